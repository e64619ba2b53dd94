"""The kept copies of editions: exact bytes under their digest, of a draft with the files that it reads in."""

import errno
import hashlib
import os
from pathlib import Path
from stat import S_ISREG
from typing import IO

from verifier.errors import DocumentError
from verifier.files import draft_for, publish
from verifier.model import edition_name
from verifier.parser.drafts.named_parts import SUFFIXES_WITH_PARTS, bundled

MOST_BYTES = 2 * 1024**3
"""The largest document that is copied: some ten times the largest report; what grows while it is read ends too."""


def _copy(source: IO[bytes], copy: IO[bytes]) -> None:
    left = MOST_BYTES
    while piece := source.read(1024**2):
        left -= len(piece)
        if left < 0:
            raise OSError(errno.EFBIG, f"is larger than {MOST_BYTES // 1024**3} GB")
        copy.write(piece)


SETTLED_NS = 2 * 10**9
"""A file that was changed less than this before its copy was made may have been changed after it, within one tick of a
coarse file system's clock (FAT counts in two seconds)."""


def keep_copy(file: Path, folder: Path) -> str:
    """Keep the exact bytes of an edition in a folder under its digest and ending; returns the digest.

    The copy appears under its name only when it is whole, with the file's time of change. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = file.stat()
    if not S_ISREG(before.st_mode):  # a device or pipe has no end
        raise OSError(errno.EINVAL, "is no regular file")
    with draft_for(folder / "edition") as draft:
        with file.open("rb") as source, draft.open("wb") as copy:
            _copy(source, copy)
        with draft.open("rb") as copied:
            digest = hashlib.file_digest(copied, "sha256").hexdigest()
        os.utime(draft, ns=(before.st_atime_ns, before.st_mtime_ns))
        publish(draft, folder / edition_name(digest, file.name))
    return digest


def keep_edition(file: Path, folder: Path) -> str:
    """Keep a document's edition as `keep_copy` does, of a draft that reads in files of its folder these with it.

    The digest then is of them together: a bibliography that changes makes a new edition. Raises OSError.
    """
    together = _with_parts(file)
    if together is None:
        return keep_copy(file, folder)
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(together).hexdigest()
    with draft_for(folder / "edition") as draft:
        draft.write_bytes(together)
        publish(draft, folder / edition_name(digest, file.name))
    return digest


def is_kept_edition(file: Path, folder: Path, digest: str) -> bool:
    """Whether a document is surely still what `keep_edition` kept: judged without reading it, but of its parts."""
    if file.suffix.lower() not in SUFFIXES_WITH_PARTS:
        return is_kept(file, folder, digest)
    try:
        together = _with_parts(file)
        if together is None:
            return is_kept(file, folder, digest)
        return hashlib.sha256(together).hexdigest() == digest and (folder / edition_name(digest, file.name)).is_file()
    except OSError:
        return False


def _with_parts(file: Path) -> bytes | None:
    """Raises OSError."""
    if file.suffix.lower() not in SUFFIXES_WITH_PARTS or not S_ISREG(file.stat().st_mode):
        return None
    try:
        return bundled(file)
    except DocumentError:  # it is too large: its reader says so of the draft alone
        return None


def is_kept(file: Path, folder: Path, digest: str) -> bool:
    """Whether a file is surely still the one whose copy `keep_copy` made, judged without reading it.

    Size and time of change are the copy's, and the system has noted no change to the file (content, name, rights:
    its ctime, which no program can set) since before the copy was made.
    """
    try:
        now, kept = file.stat(), (folder / edition_name(digest, file.name)).stat()
    except OSError:
        return False
    same = (now.st_size, now.st_mtime_ns) == (kept.st_size, kept.st_mtime_ns)
    return same and now.st_ctime_ns + SETTLED_NS < kept.st_ctime_ns
