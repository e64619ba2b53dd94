"""Scanned pages: read by tesseract where it is there, and never accused, whoever read them."""

import json

import pytest
from fpdf import FPDF
from fpdf.enums import TextMode
from PIL import Image, ImageDraw, ImageFont

from verifier.parser.page.ocr import PageOcr, can_read

needs_tesseract = pytest.mark.skipif(not can_read(), reason="tesseract or the `ocr` extra is not installed")

WORDS = (
    "The county inspected its bridges in the spring of the year.",
    "It closed nine of them after the inspection was over.",
    "Repairs were announced in the summer, and nobody objected.",
    "The report is at http://bridges.example.test/gone for all to read.",
)


@pytest.fixture
def scan(tmp_path):
    """A page that is a picture of words, at 300 dots an inch."""
    picture = Image.new("L", (2550, 1200), 255)
    drawing, font = ImageDraw.Draw(picture), ImageFont.load_default(48)
    for number, line in enumerate(WORDS):
        drawing.text((300, 300 + 90 * number), line, fill=0, font=font)
    picture.save(tmp_path / "scan.pdf", resolution=300)
    return tmp_path / "scan.pdf"


@pytest.fixture
def scan_with_text(tmp_path):
    """A picture of a page with invisible words under it, as scanners and OCR programs write it."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Times", size=12)
    pdf.image(Image.new("L", (600, 800), 250), x=0, y=0, w=210, h=297)
    pdf.text_mode = TextMode.INVISIBLE
    for number, line in enumerate(WORDS):
        pdf.text(25, 40 + 7 * number, line)
    pdf.output(str(tmp_path / "layer.pdf"))
    return tmp_path / "layer.pdf"


def extracted(verifier, file, **more):
    done = verifier("extract", file, "--json", **more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@needs_tesseract
def test_a_scanned_page_is_read_and_said_to_be(verifier, scan):
    read = extracted(verifier, scan)
    assert [(warning["page"], warning["code"]) for warning in read["warnings"]] == [(1, "read_by_ocr")]
    (link,) = read["body_links"]
    assert link["url"].startswith("http://bridges.example.test/")


def test_without_tesseract_a_scanned_page_says_what_it_needs(verifier, scan, tmp_path):
    (tmp_path / "no-programs").mkdir()
    read = extracted(verifier, scan, PATH=str(tmp_path / "no-programs"))
    (warning,) = read["warnings"]
    assert (warning["page"], warning["code"]) == (1, "no_text_layer")
    assert "needs OCR" in warning["message"]


def test_a_layer_of_invisible_words_is_taken_for_what_it_is(verifier, scan_with_text):
    read = extracted(verifier, scan_with_text)
    assert [warning["code"] for warning in read["warnings"]] == ["read_by_ocr"]
    assert [link["url"] for link in read["body_links"]] == ["http://bridges.example.test/gone"]


def test_a_dead_address_that_was_read_by_ocr_is_no_finding(verifier, scan_with_text, httpserver, tmp_path):
    httpserver.expect_request("/gone").respond_with_data("gone", 404)
    hosts = {"*.example.test": f"127.0.0.1:{httpserver.port}"}
    arguments = ("--data", tmp_path / "data", "--allow-private", "--format", "json")
    done = verifier("run", scan_with_text, *arguments, hosts=hosts)
    assert done.returncode == 0, done.stderr
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["code"], finding["kind"]) == ("note_unparsed", "to_do")
    assert "read by OCR" in finding["message"]
    assert any(request.path == "/gone" for request, _ in httpserver.log)


@needs_tesseract
def test_a_photograph_is_no_scanned_text(tmp_path, verifier):
    Image.effect_noise((800, 600), 60).save(tmp_path / "photograph.pdf", resolution=100)
    assert [w["code"] for w in extracted(verifier, tmp_path / "photograph.pdf")["warnings"]] == ["no_text_layer"]


@needs_tesseract
def test_when_the_time_is_used_up_a_page_is_left_unread(scan):
    import pypdfium2

    assert PageOcr(seconds=0).read(pypdfium2.PdfDocument(scan), 0) is None
