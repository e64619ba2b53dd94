"""The author that a document names."""

import zipfile

import pytest
from pypdf import PdfWriter

from verifier.review.letters.author import author_of


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
