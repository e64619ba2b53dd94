"""Comments in Word files: on the sentence, else where there is text; what cannot be copied is refused with a reason."""

import io
import re
import zipfile
from datetime import UTC, datetime

import pytest
from lxml import etree

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


OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def links_of(content: bytes) -> list[tuple[str, str]]:
    """The words of each link in the comments, and where it leads."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        known = etree.fromstring(package.read("word/_rels/comments.xml.rels"))
        comments = etree.fromstring(package.read("word/comments.xml"))
        assert package.read("[Content_Types].xml").count(b'Extension="rels"') == 1
    targets = {one.get("Id"): one.get("Target") for one in known}
    assert len(targets) == len(known)
    assert {one.get("TargetMode") for one in known} == {"External"}
    found = comments.iter(f"{{{W}}}hyperlink")
    return [("".join(one.itertext()), targets[one.get(f"{OFFICE}id")]) for one in found]


def test_the_line_that_is_a_link_leads_there_and_a_copy_may_be_commented_again(file, tmp_path):
    """By relationships, which every program follows: LibreOffice shows a field's instruction as text."""
    first, second = "https://desk.example.test/findings/a", 'https://desk.example.test/findings/"b'
    comments = [WordComment("Broken", f"No.\n{link}", link=link) for link in (first, second, first)]
    once = comment_word(file, comments, MADE).content
    led = [(first, first), (second, second.replace('"', "%22")), (first, first)]
    assert links_of(once) == led
    assert b"fldSimple" not in zipfile.ZipFile(io.BytesIO(once)).read("word/comments.xml")
    (tmp_path / "again.docx").write_bytes(once)
    third = "https://desk.example.test/findings/c"
    twice = comment_word(tmp_path / "again.docx", [WordComment("Moved", third, link=third)], MADE).content
    assert links_of(twice) == [*led, (third, third)]


def test_no_part_of_links_is_added_where_there_are_none(file):
    content = comment_word(file, [WordComment("Broken", "No.")], MADE).content
    assert "word/_rels/comments.xml.rels" not in zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_what_turns_the_order_of_signs_is_not_in_a_comment(file):
    copy = comment_word(file, [WordComment("Broken \x07", "a\u202eb\ufffe")], MADE)
    comments = zipfile.ZipFile(io.BytesIO(copy.content)).read("word/comments.xml").decode()
    assert "a\ufffdb<" in comments
    assert "Broken <" in comments
