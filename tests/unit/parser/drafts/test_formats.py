"""Which format a file has: by its content first, by its name second."""

import io
import zipfile
from pathlib import Path

import pytest

from verifier.errors import DocumentError
from verifier.parser.drafts.formats import Format, format_of


def package(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return file.getvalue()


WORD = package(word__document_dot_xml="<w/>")
ODT = package(mimetype="application/vnd.oasis.opendocument.text", content_dot_xml="<o/>")
EPUB = package(mimetype="application/epub+zip")
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.pdf", b"%PDF-1.7\n", Format.PDF),
        ("a.docx", b"%PDF-1.7\n", Format.PDF),
        ("a", b"junk before it %PDF-1.4\n", Format.PDF),
        ("a.md", b"How to write %PDF-1.4 by hand", Format.MARKDOWN),
        ("a.docx", WORD, Format.WORD),
        ("a", WORD, Format.WORD),
        ("a.odt", ODT, Format.OPENDOCUMENT),
        ("a.docx", ODT, Format.OPENDOCUMENT),
        ("a.epub", EPUB, Format.EPUB),
        ("a.txt", b"<!doctype html><p>x", Format.HTML),
        ("a.md", b"<!-- made by a tool -->\n<html><p>x", Format.HTML),
        ("a.html", b"words alone", Format.HTML),
        ("a", b"<p class=x>words", Format.HTML),
        ("a.tex", b"words alone", Format.LATEX),
        ("a", b"% a comment\n\\documentclass{article}", Format.LATEX),
        ("a.markdown", b"# A head", Format.MARKDOWN),
        ("A.MD", "\ufeff# A head".encode(), Format.MARKDOWN),
        ("a.htm", "<html><p>x".encode("utf-16"), Format.HTML),
    ],
)
def test_formats(tmp_path: Path, name: str, content: bytes, found: Format):
    (tmp_path / name).write_bytes(content)
    assert format_of(tmp_path / name) is found


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", "is empty"),
        ("a.pdf", b"<html>Not found", "is not a PDF"),
        ("a.doc", OLD_WORD, "old Word file"),
        ("a.docx", OLD_WORD + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
        ("a.rtf", b"{\\rtf1 words}", "Rich Text"),
        ("a.html", b"\x89PNG\r\n", "is no document"),
        ("a.html", b"words" + b"\0" * 100, "is no web page"),
        ("a.zip", package(a_dot_txt="x"), "zip file without a document"),
        ("a.docx", b"PK\x03\x04 and no more", "is damaged"),
        ("a.txt", b"words alone", "of no format that is read"),
        ("a", b"words alone", "of no format that is read"),
    ],
)
def test_what_is_refused(tmp_path: Path, name: str, content: bytes, said: str):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentError, match=said):
        format_of(tmp_path / name)


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(DocumentError, match="cannot be read"):
        format_of(tmp_path / "none.pdf")
