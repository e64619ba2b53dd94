"""Which files a run looks at."""

import errno
import os

import pytest

from verifier.errors import SettingsError
from verifier.runs.discovery import UnreadFolder, watched_files


@pytest.fixture
def folder(tmp_path):
    for name in ("b.pdf", "A.PDF", "notes.txt", ".hidden.pdf", "sub/c.pdf", ".git/d.pdf", "data/documents/e.pdf"):
        file = tmp_path / "pubs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())
    return tmp_path / "pubs"


def names(watched):
    return [file.path for file in watched]


def test_a_folder_gives_its_pdfs_to_the_bottom_without_hidden_ones_and_our_own(folder):
    assert names(watched_files([folder], leave_out=folder / "data").files) == ["A.PDF", "b.pdf", "sub/c.pdf"]


def test_a_file_named_twice_is_one_document(folder):
    watched = watched_files([folder, folder / "b.pdf"], leave_out=folder / "data").files
    assert names(watched).count("b.pdf") == 1


def test_a_file_belongs_to_the_collection_of_its_folder(folder):
    (alone,) = watched_files([folder / "b.pdf"], leave_out=folder / "data").files
    assert (alone.collection, alone.path) == (folder, "b.pdf")


def test_a_path_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"nowhere\.pdf: no such file"):
        watched_files([tmp_path / "nowhere.pdf"], leave_out=tmp_path)


def test_a_folder_without_pdfs_is_an_error(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(SettingsError, match="no document"):
        watched_files([tmp_path / "empty"], leave_out=tmp_path / "data")


@pytest.fixture
def closed_to_us(monkeypatch):
    """Closes folders: root, who may run the tests, can look into all of them."""
    looks, stands = os.scandir, os.stat

    def close(folder):
        def look(path="."):
            if os.fspath(path) == str(folder):
                raise PermissionError(errno.EACCES, "Permission denied", str(folder))
            return looks(path)

        def stand(path, **options):
            if str(path).startswith(f"{folder}/"):
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return stands(path, **options)

        monkeypatch.setattr(os, "scandir", look)
        monkeypatch.setattr(os, "stat", stand)

    return close


def test_a_folder_that_cannot_be_looked_into_is_told_and_not_passed_over(folder, closed_to_us):
    closed_to_us(folder / "sub")
    found = watched_files([folder], leave_out=folder / "data")
    assert names(found.files) == ["A.PDF", "b.pdf"]
    assert found.unread == (UnreadFolder("sub", "Permission denied"),)
    assert [found.unread[0].holds(path) for path in ("sub/c.pdf", "subway.pdf")] == [True, False]


def test_a_file_in_a_folder_that_cannot_be_looked_into_is_an_error(folder, closed_to_us):
    closed_to_us(folder / "sub")
    with pytest.raises(SettingsError, match=r"c\.pdf: cannot be read: Permission denied"):
        watched_files([folder / "sub" / "c.pdf"], leave_out=folder / "data")


def test_what_another_latex_file_reads_in_is_no_document_of_its_own(tmp_path):
    part = "\\documentclass[../book]{subfiles}\\begin{document}P.\\end{document}"
    whole = "\\documentclass{article}\\begin{document}%s\\end{document}"
    sources = {
        "book.tex": whole % "\\subfile{parts/one} \\input{two}%\\input{alone}\n",
        "parts/one.tex": part,
        "two.tex": "\\begin{document}T.\\end{document}",
        "alone.tex": whole % "A.",
        "chapter.tex": "no document",
        "twin.tex": whole % "\\input{mate}",
        "mate.tex": whole % "\\input{twin}",
    }
    for name, text in sources.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert names(watched_files([tmp_path], leave_out=tmp_path / "data").files) == ["alone.tex", "book.tex", "mate.tex"]
