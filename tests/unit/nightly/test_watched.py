"""Which files a run looks at."""

import hashlib

import pytest

from verifier.errors import SettingsError
from verifier.nightly.watched import keep_copy, watched_files


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
    assert names(watched_files([folder], leave_out=folder / "data")) == ["A.PDF", "b.pdf", "sub/c.pdf"]


def test_a_file_named_twice_is_one_document(folder):
    watched = watched_files([folder, folder / "b.pdf"], leave_out=folder / "data")
    assert names(watched).count("b.pdf") == 1


def test_a_file_belongs_to_the_collection_of_its_folder(folder):
    (alone,) = watched_files([folder / "b.pdf"], leave_out=folder / "data")
    assert (alone.collection, alone.path) == (folder, "b.pdf")


def test_a_path_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"nowhere\.pdf: no such file"):
        watched_files([tmp_path / "nowhere.pdf"], leave_out=tmp_path)


def test_a_folder_without_pdfs_is_an_error(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(SettingsError, match="no PDF"):
        watched_files([tmp_path / "empty"], leave_out=tmp_path / "data")


def test_the_kept_copy_is_named_by_its_digest(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"some bytes")
    digest = keep_copy(file, tmp_path / "documents")
    assert digest == hashlib.sha256(b"some bytes").hexdigest()
    assert [kept.name for kept in (tmp_path / "documents").iterdir()] == [f"{digest}.pdf"]
    assert keep_copy(file, tmp_path / "documents") == digest
