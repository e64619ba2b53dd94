"""A letter in every form it is sent in: nothing is lost, and nothing that somebody wrote leads out of its place."""

import email
import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from email.policy import default
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfWriter

from db.letters import LetterQuestion, StoredLetter
from verifier.review.letters.author import author_of
from verifier.review.letters.compose import letter_text, subject_words
from verifier.review.letters.mail import LONGEST_LINK, is_mail_address, mail_draft, mail_link
from verifier.review.letters.word import word_letter

LETTER = StoredLetter(
    "id",
    1,
    "Dr Iñés Who",
    "who@uni.test",
    "2 questions about “Tolls & Crossings”",
    "Dear Dr Who,\n\nwe ask:",
    "Thank you,\nAna",
    (LetterQuestion("Is it 5 < 6?\nOr 7?", "f1"), LetterQuestion("Where is it?", "f2")),
    "Ana",
    datetime(2026, 1, 5, tzinfo=UTC),
)
TEXT = "Dear Dr Who,\n\nwe ask:\n\n1. Is it 5 < 6?\nOr 7?\n\n2. Where is it?\n\nThank you,\nAna\n"
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


def test_the_letter_as_text():
    assert letter_text(LETTER) == TEXT
    assert subject_words("Tolls", 1) == "1 question about “Tolls”"


def test_the_letter_as_a_mail_draft():
    draft = email.message_from_bytes(mail_draft(LETTER), policy=default)
    assert (draft["To"], draft["Subject"]) == ("Dr Iñés Who <who@uni.test>", LETTER.subject)
    assert draft.get_content().replace("\r\n", "\n") == TEXT
    assert draft["From"] is None
    assert draft["X-Unsent"] == "1"


@pytest.mark.parametrize("words", ["x\r\nBcc: all@evil.test", "x\nBcc: all@evil.test", "x\u2028Bcc: y", "\x00x"])
def test_no_header_is_smuggled_in(words):
    draft = email.message_from_bytes(mail_draft(replace(LETTER, subject=words, recipient=words)), policy=default)
    assert draft["Bcc"] is None
    assert len(draft["To"].addresses) == 1


@pytest.mark.parametrize("address", ["", "nobody", "a@b.test, c@d.test", "a b@c.test", "ä@b.test"])
def test_an_address_that_is_none_is_left_out_of_the_draft(address):
    draft = email.message_from_bytes(mail_draft(replace(LETTER, address=address)), policy=default)
    assert draft["To"] is None


def test_what_is_an_address():
    assert is_mail_address("a.b+c@uni.test")
    assert not any(
        map(is_mail_address, ("", "a", "a@", "@b", "a@b@c", "a@b c", 'a"@b.test', "a@b.test\n", "a@b?bcc=c"))
    )


def test_the_letter_as_a_link():
    link = urlsplit(mail_link(LETTER))
    assert (link.scheme, link.path) == ("mailto", "who@uni.test")
    query = parse_qs(link.query, strict_parsing=True)
    assert query == {"subject": [LETTER.subject], "body": [TEXT.replace("\n", "\r\n")]}
    assert unquote(mail_link(replace(LETTER, address="x?bcc=y"))).startswith("mailto:?subject=")
    assert mail_link(replace(LETTER, closing="x" * LONGEST_LINK)) is None


def test_the_letter_as_a_word_file_that_our_own_parser_reads(tmp_path):
    from verifier.parser.drafts.package import Package
    from verifier.parser.drafts.word import read_word_parts

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
    email.message_from_bytes(mail_draft(letter), policy=default)
    mail_link(letter)


def test_the_author_that_a_pdf_names(tmp_path):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": "Iñés\nWho"})
    file = tmp_path / "a.pdf"
    writer.write(file)
    assert author_of(file) == "Iñés Who"


@pytest.mark.parametrize(
    ("part", "xml"),
    [
        ("docProps/core.xml", '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Iñés Who</dc:creator></p>'),
        (
            "meta.xml",
            '<m xmlns:d="x" xmlns:m="y"><d:creator>Ed</d:creator><m:initial-creator>Iñés Who</m:initial-creator></m>',
        ),
    ],
)
def test_the_author_that_a_draft_names(tmp_path, part, xml):
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(part, xml)
    assert author_of(file) == "Iñés Who"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 damaged", b"%PDF-1.7 damaged", b"plain", None])
def test_no_author_is_offered_of_what_cannot_be_read(tmp_path, content):
    file = tmp_path / "a.pdf"
    if content is not None:
        file.write_bytes(content)
    assert author_of(file) == ""
