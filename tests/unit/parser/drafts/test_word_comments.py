"""Comments in Word files: on the sentence, else where there is text; what cannot be copied is refused with a reason."""

import io
import re
import zipfile
from datetime import UTC, datetime

import pytest

from tests.support.draft_files import docx, paragraph, run
from verifier.errors import DocumentError
from verifier.parser.drafts.word_comments import WordComment, comment_word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MADE = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "a.docx"
    made.write_bytes(docx(paragraph(run("Gate one is open. Gate two is shut.")) + paragraph(run("Gate one is open."))))
    return made


def commented(file, *sentences):
    copy = comment_word(file, [WordComment("Broken", "It says\nno.", sentences)], MADE)
    with zipfile.ZipFile(io.BytesIO(copy.content)) as package:
        return package.read("word/document.xml").decode(), package.read("word/comments.xml").decode()


@pytest.mark.parametrize(
    ("sentences", "covered"),
    [
        ([("Gate two is shut.", 1)], "Gate two is shut."),
        ([("Gate nine.", 1), ("Gate two is shut.", None)], "Gate two is shut."),
        ([("Gate one is open.", 99)], "Gate one is open."),
        ([("Gate nine.", 1)], "Gate one is open. Gate two is shut."),
        ([], "Gate one is open. Gate two is shut."),
    ],
)
def test_a_comment_is_on_the_first_of_its_sentences_that_the_text_has(file, sentences, covered):
    text, comments = commented(file, *sentences)
    within = text.partition("commentRangeStart")[2].partition("commentRangeEnd")[0]
    assert "".join(piece.rpartition(">")[2] for piece in within.split("</w:t>")[:-1]) == covered
    assert comments.count("<w:comment ") == 1
    assert "Broken" in comments


def test_of_equal_sentences_that_of_its_paragraph_is_commented(file):
    text, _ = commented(file, ("Gate one is open.", 2))
    assert text.index("commentRangeStart") > text.index("Gate two")


@pytest.mark.parametrize("typed", [False, True])
def test_a_part_of_comments_has_its_type_once_whether_it_is_new_or_known(tmp_path, typed):
    """A part whose type is not stated is of none (ECMA-376-2, 10.1.2)."""
    own = f'<w:comments xmlns:w="{W}"><w:comment w:id="7" w:author="A"><w:p/></w:comment></w:comments>'
    made = tmp_path / "a.docx"
    links = [("rC", "comments", "comments.xml")]
    made.write_bytes(docx(paragraph(run("Gate one is open.")), links=links, extra={"word/comments.xml": own}))
    if typed:
        made.write_bytes(comment_word(made, [], MADE).content)
    copy = comment_word(made, [WordComment("Broken", "No.")], MADE)
    with zipfile.ZipFile(io.BytesIO(copy.content)) as package:
        types = package.read("[Content_Types].xml").decode()
        comments = package.read("word/comments.xml").decode()
    assert types.count('PartName="/word/comments.xml"') == 1
    assert re.findall(r'w:id="(\d+)"', comments) == ["7", "8"]


def test_a_file_without_text_has_no_place_for_a_comment(tmp_path):
    (tmp_path / "a.docx").write_bytes(docx(""))
    with pytest.raises(DocumentError, match="no text"):
        commented(tmp_path / "a.docx")
