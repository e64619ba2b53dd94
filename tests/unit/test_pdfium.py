"""The seam to pdfium: nobody goes round it, and its lock is the only one."""

import ast
from pathlib import Path

import pytest

from verifier.pdfium import PDFIUM, PdfiumError, characters, decrypted, open_document, render, to_pixels, web_links

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
READERS = {"verifier/pdfium.py", "verifier/parser/page/glyphs.py", "verifier/parser/page/tagging.py"}
"""The seam itself, and the parser's readers of characters, shapes and structure, which its docstring names."""


@pytest.fixture
def opened():
    """Open a fixture's document."""
    documents = []

    def open_(name, password=""):
        documents.append(open_document(DATA / f"{name}.pdf", password))
        return documents[-1]

    yield open_
    for document in documents:
        document.close()


def test_only_the_seam_and_the_parsers_readers_call_pdfium():
    found = set()
    for path in [*ROOT.glob("verifier/**/*.py"), *ROOT.glob("db/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == "pypdfium2" for name in names):
                found.add(path.relative_to(ROOT).as_posix())
    assert found == READERS


def test_what_is_no_pdf_is_a_pdfium_error(tmp_path):
    for source in (DATA / "not-a-pdf.pdf", b"%PDF-1.7 nothing more"):
        with pytest.raises(PdfiumError):
            open_document(source)
    with pytest.raises(FileNotFoundError):
        open_document(tmp_path / "absent.pdf")


def test_characters_have_boxes_on_their_page(opened):
    document = opened("simple-notes")
    page = document[0]
    seen = list(characters(page))
    width, height = page.get_size()
    assert "".join(char for char, _, _ in seen).strip()
    for _, generated, box in seen:
        assert (
            generated or box is None or (0 <= box.left <= box.right <= width and 0 <= box.bottom <= box.top <= height)
        )
    page.close()


def test_a_turned_page_is_read_as_it_lies_and_left_turned(opened):
    page = opened("rotated-page")[0]
    before = page.get_rotation()
    assert len(list(characters(page))) > 10
    assert page.get_rotation() == before
    page.close()


def test_links_are_those_of_the_page(opened):
    document = opened("hidden-links")
    page = document[0]
    found = list(web_links(document, page))
    assert found
    assert all(uri.startswith("http") and box.left < box.right and box.bottom < box.top for uri, box in found)
    page.close()


def test_a_point_of_the_page_is_a_pixel_of_its_picture(opened):
    page = opened("simple-notes")[0]
    picture, convert = render(page), to_pixels(page)
    width, height = page.get_size()
    assert convert(0, height) == (0, 0)
    x, y = convert(width, 0)
    assert abs(x - picture.width) <= 1
    assert abs(y - picture.height) <= 1
    page.close()


def test_an_encrypted_document_has_a_copy_without_it(opened):
    assert decrypted(opened("simple-notes")) is None
    copy = decrypted(opened("encrypted", "tables"))
    assert copy is not None
    assert copy.read(5) == b"%PDF-"


def test_there_is_one_lock():
    locks = [
        path
        for path in ROOT.glob("verifier/**/*.py")
        if "pdfium" in (text := path.read_text(encoding="utf-8")).casefold() and "threading.Lock()" in text
    ]
    assert locks == [ROOT / "verifier" / "pdfium.py"]
    assert PDFIUM.acquire(blocking=False)
    PDFIUM.release()
