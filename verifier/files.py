"""The one writer of whole files: a file appears under its name complete and on the disk, or not at all.

A draft is written beside the file, flushed to the disk (fsync) and renamed; then the folder is flushed, so that the
name outlives a loss of power too. A draft is hidden and ends in `.part`; whoever writes it holds a lock on it, so the
next writer of the same file removes what a killed process left, and nothing that is still at work.
"""

import errno
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG

FILE_MODE = 0o640
"""Of what an installation keeps: the owner writes, the group reads (a backup, a log shipper), nobody else."""

OWNER_MODE = 0o600
"""Of what holds secrets: passwords' hashes, sessions, a mail password."""

SHARED_MODE = 0o666
"""Of what a person asked for (reports, exports, metrics): as their umask has it, like any program's output."""

_SUFFIX = ".part"
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}
"""What file systems without hard links answer to link(2): FAT, some network and FUSE file systems."""
_NO_FSYNC = {errno.EINVAL, errno.EACCES, errno.EPERM, errno.EBADF}
"""What is answered where a folder cannot be flushed: some network file systems, a folder that may only be written."""


@contextmanager
def whole_file(target: Path, mode: int = FILE_MODE) -> Iterator[Path]:
    """A draft beside `target`, to be written inside; when the block ends well, it takes the target's name.

    The file never gets more rights than `mode`, the umask and a file that it replaces allow. However the block ends,
    the draft is gone. Raises OSError.
    """
    with draft_for(target, mode) as draft:
        yield draft
        publish(draft, target)


def write_file(target: Path, content: bytes | str, mode: int = FILE_MODE) -> None:
    """Write bytes, or text as UTF-8, as `whole_file` does. Raises OSError."""
    with whole_file(target, mode) as draft:
        draft.write_bytes(content.encode() if isinstance(content, str) else content)


def create_file(target: Path, content: bytes | str, mode: int = FILE_MODE) -> None:
    """Write a file that must not be there yet. Raises FileExistsError (and nothing is changed), OSError."""
    with draft_for(target, mode) as draft:
        draft.write_bytes(content.encode() if isinstance(content, str) else content)
        _flush(draft)
        try:
            os.link(draft, target)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if target.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
            draft.replace(target)
        _flush_folder(target.parent)


@contextmanager
def draft_for(target: Path, mode: int = FILE_MODE) -> Iterator[Path]:
    """An empty draft in the folder of `target`, for `publish`; it is removed at the end. Raises OSError."""
    draft, lock = _begin(target, mode)
    try:
        yield draft
    finally:
        if _is_at(lock, draft):  # once it is published, the name may be the next writer's
            draft.unlink(missing_ok=True)
        os.close(lock)


def publish(draft: Path, target: Path) -> None:
    """Flush a draft to the disk and give it its name, in place of a file that has it.

    Raises OSError, also where something else than a file has the name: a device or a pipe would be lost.
    """
    _flush(draft)
    with suppress(FileNotFoundError):
        there = target.stat().st_mode
        if not S_ISREG(there):
            words = os.strerror(errno.EISDIR) if S_ISDIR(there) else "is no regular file"
            raise OSError(errno.EISDIR if S_ISDIR(there) else errno.EINVAL, words, str(target))
        mode = draft.stat().st_mode & 0o777
        if mode & ~there:
            draft.chmod(mode & there)
    draft.replace(target)
    _flush_folder(target.parent)


def clear_drafts(folder: Path) -> None:
    """Remove the drafts that killed processes left in a folder; those that are being written stay. Raises OSError."""
    for draft in folder.glob(f".*{_SUFFIX}"):
        _remove_if_left(draft)


def _begin(target: Path, mode: int) -> tuple[Path, int]:
    """Make and lock a draft: under the name that belongs to the target, or another while someone else writes that."""
    draft = target.with_name(f".{target.name}{_SUFFIX}")
    while True:
        try:
            lock = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
        except FileExistsError:
            if not _remove_if_left(draft):
                draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}{_SUFFIX}")
            continue
        if _hold(lock) and _is_at(lock, draft):
            return draft, lock
        os.close(lock)  # someone took it for one that was left, between its making and its locking


def _hold(handle: int) -> bool:
    """Lock our own new draft; whether nobody else holds it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass  # a file system without locks: a draft that is left there stays
    return True


def _remove_if_left(draft: Path) -> bool:
    """Remove a draft that nobody is writing; whether it is gone. Not one that we may not judge (another user's)."""
    try:
        lock = os.open(draft, os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _is_at(lock, draft):
            draft.unlink(missing_ok=True)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(lock)


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _flush(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _flush_folder(folder: Path) -> None:
    try:
        _flush(folder)
    except OSError as error:
        if error.errno not in _NO_FSYNC:
            raise
