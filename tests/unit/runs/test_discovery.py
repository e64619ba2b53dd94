"""Which files a run looks at."""

import errno
import hashlib
import os
import time

import pytest

from verifier.errors import SettingsError
from verifier.files import clear_drafts
from verifier.runs.discovery import SETTLED_NS, UnreadFolder, is_kept, keep_copy, watched_files


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


def test_the_kept_copy_is_named_by_its_digest(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"some bytes")
    digest = keep_copy(file, tmp_path / "documents")
    assert digest == hashlib.sha256(b"some bytes").hexdigest()
    assert [kept.name for kept in (tmp_path / "documents").iterdir()] == [f"{digest}.pdf"]
    assert keep_copy(file, tmp_path / "documents") == digest


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A file, the folder of copies and its digest; no time need pass between a change and its copy."""
    monkeypatch.setattr("verifier.runs.discovery.SETTLED_NS", -1)
    file = tmp_path / "a.pdf"
    file.write_bytes(b"some bytes")
    digest = keep_copy(file, tmp_path / "documents")
    time.sleep(0.02)  # longer than a tick of the file system's clock
    return file, tmp_path / "documents", digest


def test_a_file_that_nobody_touched_is_known_without_reading_it(kept):
    file, folder, _ = kept
    file.chmod(0o600)
    assert not is_kept(*kept), "its rights changed since: it may be unreadable now"
    assert is_kept(file, folder, keep_copy(file, folder))


def _written_anew(file, folder, digest):
    file.write_bytes(b"other byte")


def _written_anew_with_the_old_time(file, folder, digest):
    before = file.stat()
    file.write_bytes(b"other byte")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _grown(file, folder, digest):
    with file.open("ab") as more:
        more.write(b"!")


def _replaced_by_another_with_the_old_time(file, folder, digest):
    before = file.stat()
    other = file.with_name("other")
    other.write_bytes(b"other byte")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)


def _gone(file, folder, digest):
    file.unlink()


def _copy_gone(file, folder, digest):
    (folder / f"{digest}.pdf").unlink()


def _copy_cut(file, folder, digest):
    with (folder / f"{digest}.pdf").open("r+b") as copy:
        copy.truncate(3)


@pytest.mark.parametrize(
    "happened",
    [
        _written_anew,
        _written_anew_with_the_old_time,
        _grown,
        _replaced_by_another_with_the_old_time,
        _gone,
        _copy_gone,
        _copy_cut,
    ],
)
def test_whatever_happened_to_a_file_or_its_copy_it_is_read_again(kept, happened):
    assert is_kept(*kept)
    happened(*kept)
    assert not is_kept(*kept)


def test_a_file_written_just_before_its_copy_is_read_once_more(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"some bytes")
    digest = keep_copy(file, tmp_path / "documents")
    assert SETTLED_NS >= 10**9
    assert not is_kept(file, tmp_path / "documents", digest)


def test_drafts_of_a_killed_run_go(kept):
    _, folder, digest = kept
    (folder / ".123.part").write_bytes(b"half")
    clear_drafts(folder)
    assert [path.name for path in folder.iterdir()] == [f"{digest}.pdf"]
    clear_drafts(folder / "not there")


@pytest.mark.parametrize("kind", ["device", "endless"])
def test_a_file_without_an_end_is_refused_and_leaves_no_draft(tmp_path, monkeypatch, kind):
    """A link `x.pdf -> /dev/zero` filled the disk."""
    file = tmp_path / "x.pdf"
    if kind == "device":
        file.symlink_to("/dev/zero")
    else:
        file.write_bytes(b"x" * 100)
        monkeypatch.setattr("verifier.runs.discovery.MOST_BYTES", 99)
    with pytest.raises(OSError, match=r"no regular file|larger than"):
        keep_copy(file, tmp_path / "documents")
    assert list((tmp_path / "documents").iterdir()) == []
