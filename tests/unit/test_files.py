"""The one writer of whole files: what is there under a file's name, however the writing ends."""

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.small_disk import small_disk
from verifier.files import (
    FILE_MODE,
    OWNER_MODE,
    SHARED_MODE,
    clear_drafts,
    create_file,
    draft_for,
    publish,
    whole_file,
    write_file,
)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode_of(file: Path) -> int:
    return file.stat().st_mode & 0o777


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.parametrize("content", ["grün\n", b"\x00\xff", "", b"x" * 3_000_000])
def test_what_was_given_is_there(tmp_path, content):
    write_file(tmp_path / "file", content)
    assert (tmp_path / "file").read_bytes() == (content.encode() if isinstance(content, str) else content)
    assert names(tmp_path) == ["file"]


@pytest.mark.parametrize(
    ("mask", "asked", "replaced", "expected"),
    [
        (0o022, FILE_MODE, None, 0o640),
        (0o000, FILE_MODE, None, 0o640),
        (0o077, FILE_MODE, None, 0o600),
        (0o000, OWNER_MODE, None, 0o600),
        (0o022, SHARED_MODE, None, 0o644),
        (0o002, SHARED_MODE, None, 0o664),
        (0o022, FILE_MODE, 0o600, 0o600),  # an operator closed it to the group: it stays closed
        (0o022, FILE_MODE, 0o666, 0o640),
        (0o022, SHARED_MODE, 0o600, 0o600),
        (0o022, SHARED_MODE, 0o755, 0o644),
    ],
)
def test_rights(tmp_path, mask, asked, replaced, expected):
    file = tmp_path / "file"
    if replaced is not None:
        file.write_text("before")
        file.chmod(replaced)
    with umask(mask), whole_file(file, asked) as draft:
        assert mode_of(draft) & 0o777 & ~asked == 0  # closed from its first byte on
        draft.write_text("after")
    assert (file.read_text(), mode_of(file)) == ("after", expected)


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_what_fails_inside_leaves_the_file_as_it_was(tmp_path, failure):
    file = tmp_path / "file"
    file.write_text("before")
    with pytest.raises(failure), whole_file(file) as draft:
        draft.write_text("half")
        raise failure
    assert file.read_text() == "before"
    assert names(tmp_path) == ["file"]


@pytest.mark.parametrize("write", [write_file, create_file])
def test_a_full_disk_leaves_the_file_as_it_was(tmp_path, write):
    with small_disk(tmp_path / "disk", "64k") as disk:
        if write is write_file:
            (disk / "file").write_text("before")
        was = names(disk)
        with pytest.raises(OSError) as error:
            write(disk / "file", b"x" * 200_000)
        assert error.value.errno == errno.ENOSPC
        assert names(disk) == was
        assert was == [] or (disk / "file").read_text() == "before"


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_fails_at_the_end_leaves_the_file_as_it_was(tmp_path, monkeypatch, call):
    (tmp_path / "file").write_text("before")

    def fails(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr("os.fsync" if call == "fsync" else "pathlib.Path.replace", fails)
    with pytest.raises(OSError, match="Input/output"):
        write_file(tmp_path / "file", "after")
    monkeypatch.undo()
    assert (tmp_path / "file").read_text() == "before"
    assert names(tmp_path) == ["file"]


def test_content_is_on_the_disk_before_the_name_and_the_name_before_the_end(tmp_path, monkeypatch):
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def flushed(handle: int) -> None:
        done.append(f"flush {Path(f'/proc/self/fd/{handle}').readlink().name}")
        fsync(handle)

    def renamed(path: Path, target: Path) -> Path:
        done.append(f"rename {target.name}")
        return replace(path, target)

    monkeypatch.setattr("os.fsync", flushed)
    monkeypatch.setattr("pathlib.Path.replace", renamed)
    write_file(tmp_path / "file", "text")
    assert done == ["flush .file.part", "rename file", f"flush {tmp_path.name}"]


KILLED = """
import os, signal, sys
from pathlib import Path
from verifier.files import whole_file
with whole_file(Path(sys.argv[1])) as draft:
    draft.write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_process_left_goes_with_the_next_writer(tmp_path):
    file = tmp_path / "file"
    file.write_text("before")
    ended = subprocess.run([sys.executable, "-c", KILLED, str(file)], timeout=60)
    assert ended.returncode == -signal.SIGKILL
    assert file.read_text() == "before"
    assert names(tmp_path) == [".file.part", "file"]
    write_file(file, "after")
    assert file.read_text() == "after"
    assert names(tmp_path) == ["file"]


def test_drafts_that_were_left_are_cleared_and_those_at_work_are_not(tmp_path):
    (tmp_path / ".left.part").write_text("half")
    (tmp_path / ".hidden").write_text("another's")
    (tmp_path / "whole.part").write_text("another's")
    with whole_file(tmp_path / "file") as draft:
        draft.write_text("text")
        clear_drafts(tmp_path)
    assert names(tmp_path) == [".hidden", "file", "whole.part"]
    clear_drafts(tmp_path / "not there")


def test_two_writers_of_one_file_do_not_meet(tmp_path):
    file = tmp_path / "file"
    with whole_file(file) as one:
        one.write_text("one")
        with whole_file(file) as other:
            other.write_text("other")
        assert file.read_text() == "other"
    assert file.read_text() == "one"
    assert names(tmp_path) == ["file"]


def test_many_writers_of_one_file_leave_one_of_their_texts(tmp_path):
    file = tmp_path / "file"
    texts = [letter * 50_000 for letter in "abcdefgh"]
    errors: list[BaseException] = []

    def write(text: str) -> None:
        try:
            for _ in range(10):
                write_file(file, text)
                assert file.read_text() in texts
        except BaseException as error:  # noqa: BLE001 - a thread's failure has to reach the test
            errors.append(error)

    threads = [threading.Thread(target=write, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not errors
    assert names(tmp_path) == ["file"]


def test_a_name_that_is_known_only_at_the_end(tmp_path):
    with draft_for(tmp_path / "edition") as draft:
        draft.write_text("text")
        publish(draft, tmp_path / "by its digest")
    assert names(tmp_path) == ["by its digest"]
    with draft_for(tmp_path / "edition") as draft:
        draft.write_text("not wanted")
    assert names(tmp_path) == ["by its digest"]


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "none"])
def test_a_file_that_is_there_is_not_made_anew(tmp_path, monkeypatch, links):
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if not links:
        monkeypatch.setattr("os.link", no_links)
    create_file(tmp_path / "file", "first", OWNER_MODE)
    with pytest.raises(FileExistsError):
        create_file(tmp_path / "file", "second")
    assert (tmp_path / "file").read_text() == "first"
    assert mode_of(tmp_path / "file") == 0o600
    assert names(tmp_path) == ["file"]


def test_a_pipe_or_a_folder_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(OSError, match=r"no regular file|directory"):
            write_file(tmp_path / name, "text")
    assert names(tmp_path) == ["folder", "pipe"]


def test_a_link_under_the_draft_s_name_is_not_followed(tmp_path):
    (tmp_path / "other").write_text("another's")
    (tmp_path / ".file.part").symlink_to(tmp_path / "other")
    write_file(tmp_path / "file", "text")
    assert (tmp_path / "other").read_text() == "another's"
    assert (tmp_path / "file").read_text() == "text"


def test_nothing_else_renames_files():
    """A second writer of whole files would soon forget to flush, or to close the file to others."""
    root = Path(__file__).parents[2]
    for path in [*root.glob("verifier/**/*.py"), *root.glob("db/**/*.py")]:
        if path.relative_to(root).as_posix() not in ("verifier/files.py", "verifier/admin/restore.py"):
            text = path.read_text(encoding="utf-8")
            for call in ("os.replace(", "os.rename(", ".rename(", "draft.replace(", '.part"', "os.fsync("):
                assert call not in text or (path.name == "warc.py" and call == "os.fsync("), f"{path}: {call}"
