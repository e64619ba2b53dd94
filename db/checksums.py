"""Digests of what lies in a data folder besides store, archive and documents, which prove themselves.

Made when a run ends, in `checksums.json`. These files may be changed for good reason (a user is added, a file is
uploaded anew): what differs is reported as changed, and whoever knows of no reason has found damage.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from verifier.files import write_file

CHECKSUMS = "checksums.json"

_FOLDERS = ("uploads", "supplied", "log", "pages")
_FILES = ("users.json", "review.secret", "verifier.db.before-*")
_GROWING = "log/"
"""What only ever grows: proven as far as it went."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """A file as it was: its length in bytes, time of change in nanoseconds, and hex SHA-256."""

    bytes: int
    changed_ns: int
    sha256: str


def write_checksums(data: Path) -> None:
    """Take the digests of the files in a data folder; of those whose length and time are unchanged, the known ones.

    To be called while the data folder is held for a run. Raises OSError.
    """
    known = _read(data) or {}
    taken: dict[str, Checksum] = {}
    for name, path in _covered(data):
        found, before = path.stat(), known.get(name)
        if before is not None and (before.bytes, before.changed_ns) == (found.st_size, found.st_mtime_ns):
            taken[name] = before
        else:
            taken[name] = Checksum(found.st_size, found.st_mtime_ns, _digest(path, found.st_size))
    files = {name: [one.bytes, one.changed_ns, one.sha256] for name, one in taken.items()}
    body = json.dumps(files, sort_keys=True, indent=0)
    write_file(data / CHECKSUMS, f"{body}\n{hashlib.sha256(body.encode()).hexdigest()}\n")


def changed_files(data: Path) -> Iterator[str]:
    """The names of files that are not as the last run left them, each with what differs. Raises OSError."""
    if not (data / CHECKSUMS).is_file():
        return
    known = _read(data)
    if known is None:
        yield f"{CHECKSUMS}: is damaged; the next run writes it anew"
        return
    for name, before in sorted(known.items()):
        path = data / name
        if not path.is_file():
            if not name.startswith("pages/"):
                yield f"{name}: is not there any more"
            continue
        length = before.bytes if name.startswith(_GROWING) else path.stat().st_size
        if length != before.bytes or _digest(path, before.bytes) != before.sha256:
            yield f"{name}: has changed since the last run"


def _covered(data: Path) -> Iterator[tuple[str, Path]]:
    for pattern in _FILES:
        for path in sorted(data.glob(pattern)):
            if path.is_file():
                yield path.name, path
    for folder in _FOLDERS:
        for path in sorted((data / folder).glob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield f"{folder}/{path.name}", path


def _read(data: Path) -> dict[str, Checksum] | None:
    """The digests that were taken; None where there are none, or they are damaged themselves."""
    try:
        text = (data / CHECKSUMS).read_text(encoding="utf-8")
        body, _, digest = text.removesuffix("\n").rpartition("\n")
        if hashlib.sha256(body.encode()).hexdigest() != digest or not text.endswith("\n"):
            return None
        return {name: Checksum(*entry) for name, entry in json.loads(body).items()}
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _digest(path: Path, length: int) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while length > 0 and (piece := file.read(min(length, 1 << 20))):
            digest.update(piece)
            length -= len(piece)
    return digest.hexdigest()
