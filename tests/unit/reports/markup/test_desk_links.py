"""Links in a PDF's margin to the desk: one beside each comment, none over another, and none of the document's own."""

import io
from datetime import UTC, datetime

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.annotations import Link

from verifier.model import Box, Severity
from verifier.parser.page.structure import read_structure
from verifier.reports.markup.annotated import annotate
from verifier.reports.markup.comments import Comment
from verifier.reports.markup.desk_links import SIZE, DeskLinks

MADE = datetime(2026, 5, 4, 3, 2, tzinfo=UTC)
DESK = "https://desk.example.test/findings/"


def comment(name: str, link: str, *boxes: Box) -> Comment:
    return Comment(name, "Broken link", "Gone.", Severity.HIGH, 1, boxes, link=link)


def page_with(*comments: Comment) -> pypdf.PdfReader:
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(600, 800)
    writer.add_annotation(page.page_number, Link(rect=(1, 1, 2, 2), url="http://cited.example.test/"))
    content = io.BytesIO()
    writer.write(content)
    return pypdf.PdfReader(io.BytesIO(annotate(content, comments, MADE)), strict=True)


def links_of(reader: pypdf.PdfReader) -> dict[str, list[float]]:
    annotations = [one.get_object() for one in reader.pages[0]["/Annots"]]
    return {
        str(one["/A"]["/URI"]): [float(edge) for edge in one["/Rect"]]
        for one in annotations
        if one["/Subtype"] == "/Link"
    }


def test_each_comment_has_a_link_beside_it():
    reader = page_with(
        comment("a", DESK + "a", Box(1, 100, 500, 300, 512)),
        comment("b", DESK + "b", Box(1, 350, 500, 500, 512)),
        comment("c", DESK + "ä b"),
        comment("d", "", Box(1, 100, 400, 300, 412)),
    )
    links = links_of(reader)
    assert list(links) == ["http://cited.example.test/", DESK + "a", DESK + "b", DESK + "%C3%A4%20b"]
    assert links[DESK + "a"] == [4, 502, 14, 512]
    assert links[DESK + "b"] == [586, 502, 596, 512]


def test_a_copy_that_is_read_again_cites_no_desk(tmp_path):
    reader = page_with(comment("a", DESK + "a", Box(1, 100, 500, 300, 512)))
    writer = pypdf.PdfWriter(clone_from=reader)
    writer.write(tmp_path / "copy.pdf")
    found = read_structure(tmp_path / "copy.pdf").links
    assert [link.uri for link in found[1]] == ["http://cited.example.test/"]


@pytest.mark.parametrize("edges", [(0, 0, 600, 800), (-100, 50, 500, 850), (0, 0, 60, 40)])
@given(st.lists(st.tuples(st.floats(0, 600), st.floats(0, 800)), max_size=60))
def test_no_link_is_over_another(edges, places):
    links = DeskLinks(edges)
    rects = [links.beside((x, y, x + 50, y + 10)) for x, y in places]
    for number, one in enumerate(rects):
        assert one[2] - one[0] == pytest.approx(SIZE)
        assert edges[1] - 1 <= one[1] <= edges[3]
        for other in rects[:number]:
            apart = abs(one[0] - other[0]) >= SIZE or abs(one[1] - other[1]) >= SIZE
            assert apart
