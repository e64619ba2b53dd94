"""Page pictures: every page drawn, each thing at its place in its colour, doubts in theirs."""

from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image

from verifier.errors import DocumentError, SettingsError
from verifier.model import (
    Anchor,
    BodyLink,
    Box,
    Document,
    Extraction,
    ExtractionWarning,
    Footnote,
    NoteKind,
    WarningCode,
)
from verifier.reports.markup.page_canvas import Colour
from verifier.reports.markup.pictures import draw_pages

SENTENCE = "The county keeps twelve bridges."
SIDE = 400
MARKER = Box(1, 200, 298, 206, 308)
NOTE = Box(1, 60, 50, 300, 60)
LINK = Box(1, 100, 150, 160, 160)


@pytest.fixture
def make_pdf(tmp_path):
    """A PDF of two pages: a sentence at a height of 300, a link annotation, an empty page; turned if asked."""

    def make(rotate: int = 0) -> Path:
        from pypdf import PdfReader, PdfWriter

        page = FPDF(unit="pt", format=(SIDE, SIDE))
        page.set_auto_page_break(False)
        page.set_font("Helvetica", size=10)
        page.add_page()
        page.text(50, SIDE - 300, SENTENCE)
        page.link(LINK.x0, SIDE - LINK.y1, LINK.x1 - LINK.x0, LINK.y1 - LINK.y0, "http://a.example.test/x%20y")
        page.add_page()
        path = tmp_path / "paper.pdf"
        page.output(str(path))
        if rotate:
            writer = PdfWriter(clone_from=PdfReader(path))
            writer.pages[0].rotate(rotate)
            writer.write(path)
        return path

    return make


def extraction(path: Path, *, urls=("http://a.example.test/x y",), anchors=True, warnings=(), links=()) -> Extraction:
    anchor = Anchor(1, SENTENCE, len(SENTENCE), 0, (MARKER,))
    note = Footnote("fn-1", "7", NoteKind.FOOTNOTE, 1, "County, x.", urls, (NOTE,), (anchor,) if anchors else ())
    return Extraction(Document(str(path), "0" * 64, 2), "1", (note,), links, warnings)


class Picture:
    """A drawn page, read by the points of its PDF."""

    def __init__(self, path: Path, legend: int) -> None:
        self.image = Image.open(path)
        self.legend = legend
        self.scale = (self.image.height - legend) / SIDE

    def at(self, x: float, y: float) -> tuple[int, ...]:
        return self.image.getpixel((round(x * self.scale), self.legend + round((SIDE - y) * self.scale)))

    def has(self, colour: Colour, box: Box) -> bool:
        """Whether the colour's lines run along a box, give or take a pixel."""
        x = round((box.x0 + box.x1) / 2 * self.scale)
        y = self.legend + round((SIDE - box.y0) * self.scale)
        return colour.line in [self.image.getpixel((x, y + d)) for d in (-1, 0, 1)]


def legend(lines: int = 2) -> int:
    return 17 * lines + 12


def draw(extraction: Extraction, folder: Path, lines: int = 2) -> Picture:
    first, second = draw_pages(extraction, folder)
    assert second.exists()
    return Picture(first, legend(lines))


def test_every_page_is_drawn_and_named_after_the_document(make_pdf, tmp_path):
    paths = list(draw_pages(extraction(make_pdf()), tmp_path / "new" / "folder"))
    assert [path.name for path in paths] == ["paper-p001.png", "paper-p002.png"]
    assert all(path.parent == tmp_path / "new" / "folder" for path in paths)


def test_each_thing_stands_at_its_place_in_its_colour(make_pdf, tmp_path):
    picture = draw(extraction(make_pdf()), tmp_path)
    assert Colour.CLAUSE.tint in [picture.at(x, 303) for x in range(52, 190)]
    assert Colour.CLAUSE.tint not in [picture.at(x, 330) for x in range(52, 190)]
    assert picture.has(Colour.NOTE, NOTE)
    assert picture.has(Colour.MARKER, MARKER)
    assert picture.has(Colour.LINK, LINK)
    assert picture.at(20, 20) == (255, 255, 255)


def test_a_turned_page_is_drawn_as_it_is_shown(make_pdf, tmp_path):
    picture = draw(extraction(make_pdf(rotate=90)), tmp_path)
    shown = Box(1, NOTE.y0, SIDE - NOTE.x1, NOTE.y1, SIDE - NOTE.x0)
    assert picture.has(Colour.NOTE, shown)


@pytest.mark.parametrize(
    ("change", "box"),
    [
        ({"anchors": False}, NOTE),
        ({"urls": ()}, LINK),
        ({"urls": ("http://a.example.test/other",)}, LINK),
    ],
    ids=["a note without a marker", "a link that was not taken", "a link taken for another"],
)
def test_doubts_are_shown(make_pdf, tmp_path, change, box):
    assert draw(extraction(make_pdf(), **change), tmp_path).has(Colour.DOUBT, box)


def test_a_sentence_that_is_not_on_its_page_is_a_doubt(make_pdf, tmp_path):
    made = extraction(make_pdf())
    wrong = Anchor(1, "Nothing of the kind stands here.", 32, 0, (MARKER,))
    note = Footnote("fn-1", "7", NoteKind.FOOTNOTE, 1, "x", (), (NOTE,), (wrong,))
    picture = draw(Extraction(made.document, "1", (note,)), tmp_path)
    assert picture.has(Colour.DOUBT, MARKER)


def test_a_printed_address_in_the_text_is_outlined_without_an_annotation(make_pdf, tmp_path):
    link = BodyLink(1, "http://twelve.example.test/", "twelve bridges", SENTENCE)
    picture = draw(extraction(make_pdf(), links=(link,)), tmp_path)
    counted = [picture.at(x, y) for x in range(110, 200) for y in (306, 307, 308, 309)]
    assert Colour.LINK.line in counted


@pytest.mark.parametrize(("page", "lines"), [(1, 3), (None, 3), (2, 2)])
def test_warnings_stand_above_their_page_and_those_of_the_whole_above_the_first(make_pdf, tmp_path, page, lines):
    warning = ExtractionWarning(page, WarningCode.NO_TEXT_LAYER, "it is scanned")
    first, _ = draw_pages(extraction(make_pdf(), warnings=(warning,)), tmp_path)
    plain, _ = draw_pages(extraction(make_pdf()), tmp_path / "plain")
    assert Image.open(first).height - Image.open(plain).height == 17 * (lines - 2)


@pytest.mark.parametrize("label", ["†", "‡", "§", "¶", "‖"])
def test_symbols_are_written_in_words_that_the_font_has(label):
    from PIL import ImageFont

    from verifier.reports.markup.page_canvas import PageCanvas, Side, Tag

    def drawn(words: str) -> bytes:
        sheet = PageCanvas(Image.new("RGB", (200, 60), "white"), lambda x, y: (int(x), int(y)))
        sheet.outline(Tag((Box(1, 100, 30, 120, 40),), words, Colour.NOTE, Side.LEFT))
        return sheet.finished("", ()).tobytes()

    font = ImageFont.load_default(11)
    missing = bytes(font.getmask("\ue000"))
    assert bytes(font.getmask(label)) == missing, "the font has it now: the table can shrink"
    assert drawn(label) != drawn("\ue000")


@pytest.mark.parametrize("size", [(3, 3), (14400, 14400), (14400, 20)])
def test_a_picture_of_an_odd_page_stays_small(tmp_path, size):
    page = FPDF(unit="pt", format=size)
    page.add_page()
    path = tmp_path / "odd.pdf"
    page.output(str(path))
    (picture,) = draw_pages(Extraction(Document(str(path), "0" * 64, 1), "1"), tmp_path)
    width, height = Image.open(picture).size
    assert width <= 1401
    assert height <= 1401 + legend()


def test_a_document_that_is_gone_is_an_error_of_the_document(tmp_path):
    gone = Extraction(Document(str(tmp_path / "gone.pdf"), "0" * 64, 2), "1")
    with pytest.raises(DocumentError, match="read it again"):
        next(draw_pages(gone, tmp_path))


def test_a_folder_that_cannot_be_made_is_an_error_of_the_option(make_pdf, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(SettingsError, match="taken"):
        next(draw_pages(extraction(make_pdf()), taken))
