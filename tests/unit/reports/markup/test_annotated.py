"""Comments in a PDF: every one sits on its sentence, every reader opens the copy, and its text is what it was."""

import io
import shutil
import subprocess
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from verifier.errors import DocumentError
from verifier.model import Box, Evidence, Finding, FindingCode, FindingKind, FindingState, Severity, SnapshotRef
from verifier.parser import extract
from verifier.parser.page.open import open_pdf
from verifier.reports.contents import CitationPlace, ReportedFinding
from verifier.reports.markup.annotated import COLOURS, OPACITY, annotate, is_signed
from verifier.reports.markup.comments import Comment, comments_on
from verifier.reports.markup.locate_text import letters_of

DATA = Path(__file__).resolve().parents[3] / "data"
MADE = datetime(2026, 5, 4, 3, 2, tzinfo=UTC)
FIXTURES = ["simple-notes.pdf", "two-columns.pdf", "note-over-two-pages.pdf", "hidden-links.pdf"]


def turned(path: Path, folder: Path) -> Path:
    return changed(path, folder, lambda page: page.rotate(90))


def cropped(path: Path, folder: Path) -> Path:
    def crop(page):
        box = page.mediabox
        page.cropbox = pypdf.generic.RectangleObject((box.left + 20, box.bottom + 15, box.right, box.top))

    return changed(path, folder, crop)


def shifted(path: Path, folder: Path) -> Path:
    def shift(page):
        page.add_transformation(pypdf.Transformation().translate(-100, 50))
        box = page.mediabox
        page.mediabox = pypdf.generic.RectangleObject((box.left - 100, box.bottom + 50, box.right - 100, box.top + 50))
        page.cropbox = page.mediabox

    return changed(path, folder, shift)


def encrypted(path: Path, folder: Path) -> Path:
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt("", "an owner's password", algorithm="RC4-128")
    writer.write(folder / path.name)
    return folder / path.name


def changed(path: Path, folder: Path, change) -> Path:
    writer = pypdf.PdfWriter(clone_from=path)
    for page in writer.pages:
        change(page)
    copy = folder / f"{change.__name__}-{path.name}"
    writer.write(copy)
    return copy


def finding(note, anchor, number: int = 0) -> ReportedFinding:
    code = FindingCode.FIGURE_DISAGREES
    said = Finding(
        fingerprint=f"{number:016x}",
        code=code,
        kind=FindingKind.ACCUSATION,
        severity=Severity.HIGH,
        message="The text says 5; the source says 6.",
        url="http://a.example.test/",
        footnote_id=note.id,
        footnote_label=note.label,
        page=anchor.page,
        sentence=anchor.sentence,
        evidence=Evidence("It is “6”.", "6", SnapshotRef("a.warc.gz", 12), MADE, 0.99),
    )
    place = CitationPlace("a.pdf", note.label, anchor.page, anchor.sentence, note.id, 1)
    return ReportedFinding(said, FindingState.OPEN, (place,), True)


def commented(path: Path) -> tuple[list[ReportedFinding], list[Comment], bytes]:
    extraction = extract(path)
    findings = [
        finding(note, anchor, 100 * i + j)
        for i, note in enumerate(extraction.footnotes)
        for j, anchor in enumerate(note.anchors)
    ]
    opened = open_pdf(path, "")
    try:
        comments = comments_on(opened.document, extraction, findings)
        return findings, comments, annotate(opened.source, comments, MADE)
    finally:
        opened.document.close()


def annotations(pdf: bytes, subtype: str) -> list[tuple[int, DictionaryObject]]:
    reader = pypdf.PdfReader(io.BytesIO(pdf), strict=True)
    return [
        (number, there)
        for number, page in enumerate(reader.pages)
        for reference in page.get("/Annots", ())
        if (there := reference.get_object()).get("/Subtype") == subtype
    ]


def under(document, number: int, highlight) -> str:
    """The text that stands under a highlight."""
    page = document[number]
    quads = [float(edge) for edge in highlight["/QuadPoints"]]
    text = page.get_textpage()
    words = ""
    for left, top, right, _, _, _, _, bottom in (quads[i : i + 8] for i in range(0, len(quads), 8)):
        words += text.get_text_bounded(left - 0.5, bottom - 0.5, right + 0.5, top + 0.5) + " "
    return words


CHANGES = {"as it is": None, "turned": turned, "cropped": cropped, "shifted": shifted, "encrypted": encrypted}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("name", FIXTURES)
def test_every_comment_sits_on_its_sentence(name, change, tmp_path):
    path = change(DATA / name, tmp_path) if change else DATA / name
    findings, _, pdf = commented(path)
    assert findings
    document = pypdfium2.PdfDocument(pdf)
    by_finding: dict[str, str] = {}
    for number, highlight in annotations(pdf, "/Highlight"):
        if "See the comment" not in highlight["/Contents"]:
            name_of = str(highlight["/NM"]).split("-")[1]
            by_finding[name_of] = by_finding.get(name_of, "") + under(document, number, highlight)
    for reported in findings:
        wanted, found = letters_of(reported.finding.sentence), letters_of(by_finding[reported.id])
        blocks = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
        assert sum(block.size for block in blocks) >= 0.97 * len(wanted), by_finding[reported.id]
        assert len(found) <= len(wanted) + 4, by_finding[reported.id]
    document.close()


@pytest.mark.parametrize("name", FIXTURES)
def test_the_text_is_what_it_was_and_every_reader_opens_it(name, tmp_path):
    _, comments, pdf = commented(DATA / name)
    before, after = pypdfium2.PdfDocument(DATA / name), pypdfium2.PdfDocument(pdf)
    assert [page.get_textpage().get_text_range() for page in after] == [
        page.get_textpage().get_text_range() for page in before
    ]
    for page in after:
        page.render(scale=0.2, may_draw_forms=True)
    assert len(annotations(pdf, "/Popup")) == len(annotations(pdf, "/Highlight")) >= len(comments)
    if shutil.which("pdftotext") is None or shutil.which("pdftoppm") is None:
        pytest.skip("poppler-utils are not installed, so poppler does not read the copy")
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(pdf)
    texts = [subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True) for file in (DATA / name, copy)]
    assert texts[0].stdout == texts[1].stdout
    drawn = subprocess.run(["pdftoppm", "-r", "20", copy, tmp_path / "page"], capture_output=True, check=True)
    assert texts[1].stderr == drawn.stderr == b""


def test_a_highlight_says_all_that_a_viewer_shows():
    findings, _, pdf = commented(DATA / "simple-notes.pdf")
    first = next(a for _, a in annotations(pdf, "/Highlight") if a["/NM"].startswith(f"verifier-{findings[0].id}-1"))
    assert (first["/T"], first["/M"]) == ("Verifier", "D:20260504030200Z")
    assert first["/Subj"] == "Figure disagrees with its source"
    for words in ("The text says 5; the source says 6.", "It is “6”.", "http://a.example.test/", "a.warc.gz:12"):
        assert words in first["/Contents"]
    popup = first["/Popup"].get_object()
    assert popup["/Parent"].get_object()["/NM"] == first["/NM"]


def test_names_are_unique_and_each_finding_is_told_once_in_full():
    findings, _, pdf = commented(DATA / "two-columns.pdf")
    names = [str(a["/NM"]) for _, a in annotations(pdf, "/Highlight")]
    assert len(names) == len(set(names))
    full = {n.split("-")[1] for n, (_, a) in zip(names, annotations(pdf, "/Highlight"), strict=True)
            if "See the comment" not in a["/Contents"]}  # fmt: skip
    assert full == {reported.id for reported in findings}


def test_what_is_found_nowhere_is_a_note_at_the_edge_of_its_page():
    said = Finding("f" * 16, FindingCode.NOTE_UNPARSED, FindingKind.TO_DO, Severity.LOW, "A gap.", page=99)
    reported = ReportedFinding(said, FindingState.OPEN, (CitationPlace("a.pdf", None, 99, None, None, 1),), True)
    pdf = pypdfium2.PdfDocument(DATA / "simple-notes.pdf")
    (comment,) = comments_on(pdf, extract(DATA / "simple-notes.pdf"), [reported])
    assert (comment.page, comment.boxes) == (len(pdf), ())
    ((number, sticker),) = annotations(annotate(DATA / "simple-notes.pdf", [comment], MADE), "/Text")
    assert number == len(pdf) - 1
    assert "A gap." in sticker["/Contents"]


def test_a_sentence_over_columns_and_pages_has_a_quad_a_line_and_a_highlight_a_page():
    lines = (Box(1, 72, 80, 280, 92), Box(1, 310, 700, 520, 712), Box(2, 72, 700, 200, 712))
    comment = Comment("verifier-x-1", "A title", "A text", Severity.LOW, 1, lines)
    copy = annotate(DATA / "note-over-two-pages.pdf", [comment], MADE)
    placed = [(number, str(a["/NM"]), len(a["/QuadPoints"])) for number, a in annotations(copy, "/Highlight")]
    assert placed == [(0, "verifier-x-1-p1", 16), (1, "verifier-x-1-p2", 8)]
    assert [number for number, _ in annotations(copy, "/Popup")] == [0, 1]


def test_notes_at_the_edge_do_not_hide_one_another():
    comments = [Comment(f"n{number}", "T", "x", Severity.LOW, 1) for number in range(3)]
    copy = annotate(DATA / "simple-notes.pdf", comments, MADE)
    bottoms = [float(a["/Rect"][1]) for _, a in annotations(copy, "/Text")]
    tops = [float(a["/Rect"][3]) for _, a in annotations(copy, "/Text")]
    assert all(below < above for below, above in zip(tops[1:], bottoms, strict=False))


def test_annotations_that_were_there_stay():
    before = annotations((DATA / "hidden-links.pdf").read_bytes(), "/Link")
    assert before
    assert len(annotations(commented(DATA / "hidden-links.pdf")[2], "/Link")) == len(before)


def test_a_signed_document_is_known(tmp_path):
    writer = pypdf.PdfWriter(clone_from=DATA / "simple-notes.pdf")
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/SigFlags"): NumberObject(3)})
    writer.write(tmp_path / "signed.pdf")
    assert is_signed(tmp_path / "signed.pdf")
    assert not is_signed(DATA / "simple-notes.pdf")


@pytest.mark.parametrize("verb", [lambda file: annotate(file, [], MADE), is_signed])
def test_what_cannot_be_copied_is_an_error_of_the_document(verb, tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing more")
    with pytest.raises(DocumentError, match="export it again"):
        verb(broken)


@pytest.mark.parametrize("severity", Severity)
def test_print_keeps_its_contrast_under_every_colour(severity):
    paper = [1 - OPACITY * (1 - part) for part in COLOURS[severity]]
    assert contrast(paper, (0, 0, 0)) > 12
    blue = (0.0, 0.2, 0.5)
    assert contrast(paper, [p * b for p, b in zip(paper, blue, strict=True)]) > 4.5


def contrast(one, other) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""

    def luminance(colour) -> float:
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
