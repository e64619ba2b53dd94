"""Uploads: names become names of ours, whatever they were; only PDFs are kept as PDFs."""

import io
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.draft_files import zipped
from verifier.errors import DocumentError
from verifier.model import DOCUMENT_SUFFIXES
from verifier.review.uploads import file_name, media_type_of, save_document

PDF = b"%PDF-1.7\n..."


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Annual report.pdf", "Annual report.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\boot.PDF", "boot.pdf"),
        ("/absolute/path.pdf", "path.pdf"),
        ("C:\\Users\\a\\b.pdf", "b.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("a\x00b\nc.pdf", "a b c.pdf"),
        ("Übersicht (2) + Anhang.pdf", "Übersicht (2) + Anhang.pdf"),
        ("<script>.pdf", "script.pdf"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_names(given_name, kept):
    assert file_name(given_name) == kept


@pytest.mark.parametrize("given_name", ["", "..", ".pdf", "/", "...pdf", "con.pdf", "NUL", "\x00", "‮"])
def test_what_is_no_name_gets_one(given_name):
    assert file_name(given_name).startswith("document ")


@given(st.text(max_size=120))
def test_no_name_leads_out_of_its_folder(given_name):
    name = file_name(given_name)
    assert PurePosixPath(name).name == name
    assert PureWindowsPath(name).name == name
    assert not name.startswith(".")
    assert PurePosixPath(name).suffix in DOCUMENT_SUFFIXES
    assert len(name.encode()) < 255 + 80
    assert name.isprintable()


def test_under_a_taken_name_it_gets_a_number_or_is_the_new_edition(tmp_path):
    def save_upload(**how):
        return save_document(io.BytesIO(PDF), tmp_path, "a.pdf", **how).name

    assert [save_upload(as_new_edition=False) for _ in range(3)] == ["a.pdf", "a (2).pdf", "a (3).pdf"]
    assert save_upload(as_new_edition=True) == "a.pdf"


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x03\x04", b"\x00" * 2000 + PDF, b"%pdf-1.7"])
def test_what_is_no_pdf_is_refused_and_leaves_nothing(tmp_path, content):
    with pytest.raises(DocumentError):
        save_document(io.BytesIO(content), tmp_path, "a.pdf", as_new_edition=False)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_latex_project_is_kept_as_its_document(tmp_path):
    main = b"\\documentclass{article}\\begin{document}One.\\end{document}"
    project = zipped({"paper/main.tex": main, "paper/notes.txt": "x"})
    kept = save_document(io.BytesIO(project), tmp_path, "My paper.zip", as_new_edition=False)
    assert (kept.name, main in kept.read_bytes()) == ("My paper.tex", True)
    with pytest.raises(DocumentError, match="no LaTeX document"):
        save_document(io.BytesIO(zipped({"a.txt": "x"})), tmp_path, "b.zip", as_new_edition=False)
    with pytest.raises(DocumentError, match="does not begin as its name says"):
        save_document(io.BytesIO(project), tmp_path, "b.tex", as_new_edition=False)
    assert [file.name for file in tmp_path.iterdir()] == ["My paper.tex"]


@pytest.mark.parametrize(
    ("name", "start", "kind"),
    [
        ("a.html", b"<p>", "text/html"),
        ("a.HTM", b"<p>", "text/html"),
        ("a.txt", b"%PDF-1.4", "application/pdf"),
        ("a.pdf", b"<p>", None),
        ("a.exe", b"MZ", None),
        ("a.svg", b"<svg", None),
        ("a", b"words", None),
    ],
)
def test_the_kind_of_a_source(name, start, kind):
    assert media_type_of(name, start) == kind
