"""A letter as a Word file."""

import io
import zipfile
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from db.letters import LetterQuestion
from tests.unit.review.letters.test_compose import LETTER, TEXT
from verifier.parser.drafts.package import Package
from verifier.parser.drafts.word import read_word_parts
from verifier.review.letters.word import word_letter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_lines(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        root = etree.fromstring(package.read("word/document.xml"))
    return [
        "".join(
            "\n" if element.tag == f"{W}br" else element.text or "" for element in paragraph.iter(f"{W}t", f"{W}br")
        )
        for paragraph in root.iter(f"{W}p")
    ]


def test_the_letter_as_a_word_file_that_our_own_parser_reads(tmp_path):
    file = tmp_path / "letter.docx"
    file.write_bytes(word_letter(LETTER))
    assert word_lines(file.read_bytes()) == [LETTER.subject, *TEXT.strip().split("\n\n")]
    assert word_letter(LETTER) == word_letter(LETTER)
    with Package(file) as package:
        _, paragraphs = read_word_parts(package, file)
    assert paragraphs[1].text == "Dear Dr Who,"


@given(st.text(max_size=300))
def test_any_words_make_a_file_that_opens(words):
    letter = replace(LETTER, opening=words, subject=words, questions=(LetterQuestion(words, "f"),))
    assert word_lines(word_letter(letter))
