"""What is in a backup: a tar file that ends with a manifest of its members' digests, and behind it its own digest.

The members are named as in a data folder: `verifier.db`, `archive/*.warc.gz`, `documents/<sha256>.pdf` (or with a
draft's ending), `uploads/*`, `supplied/*`, `log/*`, `users.json`. The digest behind the tar file, where its readers do
not look, covers also what no digest of a member does: heads, paddings and the manifest.
"""

import hashlib
import json
import re
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from verifier.errors import BackupError
from verifier.model import EDITION_NAME

STORE = "verifier.db"
MANIFEST = "manifest.json"

_FORMAT = "verifier backup 2"
_OLDER_FORMAT = "verifier backup 1"
"""Without a digest of its own."""

USERS = "users.json"
_PLACES = re.compile(
    rf"{re.escape(STORE)}|{re.escape(USERS)}|archive/[A-Za-z0-9_.+-]+\.warc\.gz|documents/{EDITION_NAME.pattern}"
    r"|(?:uploads|supplied|log)/[^/\\\x00-\x1f.][^/\\\x00-\x1f]*"
)
_TRAILER = re.compile(rb"verifier backup sha256 ([0-9a-f]{64})\n")
_TRAILER_LENGTH = len(b"verifier backup sha256 ") + 64 + 1
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A member of a backup: its name, length in bytes and hex SHA-256."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; `made_at` is ISO 8601, `verifier` the version that made it.

    `has_digest` says that a digest of the whole file is behind it; earlier versions wrote none. `objects` is the
    bucket in which archive and documents are that were left out, empty where they are in the backup.
    """

    verifier: str
    made_at: str
    files: tuple[KeptFile, ...]
    has_digest: bool = True
    objects: str = ""

    def as_json(self) -> bytes:
        """As it is in the backup."""
        said = {"format": _FORMAT, "made_at": self.made_at, "verifier": self.verifier}
        if self.objects:
            said["objects"] = self.objects
        # One file after the other: a bucket may hold a million.
        files = ",\n".join(json.dumps(asdict(kept), sort_keys=True) for kept in self.files)
        head = json.dumps(said, indent=1, sort_keys=True).removesuffix("\n}")
        return f'{head},\n "files": [\n{files}\n]}}'.encode()

    @classmethod
    def from_json(cls, data: bytes) -> "Manifest":
        """Raises BackupError when it is none, or of another format."""
        try:
            said = json.loads(data, object_hook=_kept_file)
            if said["format"] not in (_FORMAT, _OLDER_FORMAT):
                raise BackupError(f"a backup of another format ({said['format']}); use the Verifier that made it")
            files = tuple(said["files"])
            if not all(isinstance(one, KeptFile) for one in files):
                raise BackupError("its manifest names something that is no file")
            has_digest, objects = said["format"] == _FORMAT, str(said.get("objects", ""))
            return cls(str(said["verifier"]), str(said["made_at"]), files, has_digest, objects)
        except (ValueError, KeyError, TypeError) as error:
            raise BackupError(f"its manifest cannot be read ({error!r})") from error


def _kept_file(said: dict[str, Any]) -> Any:
    """A file of a manifest as soon as it is read, anything else as it is."""
    if said.keys() == {"name", "bytes", "sha256"}:
        return KeptFile(str(said["name"]), int(said["bytes"]), str(said["sha256"]))
    return said


def has_its_place(name: str) -> bool:
    """Whether a member of this name belongs into a data folder, and so never leaves it."""
    return _PLACES.fullmatch(name) is not None


@contextmanager
def members_of(backup: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The members of a backup, in order, each to be read before the next; the manifest is the last.

    Raises BackupError, also inside, when it is no whole tar file or holds anything that no backup holds; OSError.
    """
    try:
        with tarfile.open(backup, "r:") as tar:
            yield _members(backup, tar)
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"{backup}: is no whole backup ({error}); take another") from error


def _members(backup: Path, tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    while (member := tar.next()) is not None:
        tar.members.clear()  # type: ignore[attr-defined]  # else a backup of many objects fills the memory
        content = tar.extractfile(member) if member.isreg() else None
        if content is None or (member.name != MANIFEST and not has_its_place(member.name)):
            raise BackupError(f"{backup}: holds {member.name!r}, which is no part of a backup; nothing was done")
        yield member.name, content


def prove(backup: Path, found: Sequence[KeptFile], manifest: Manifest | None) -> Manifest:
    """The manifest, when what was found in a backup is all that it names. Raises BackupError for every difference.

    Of a file with a digest behind it that is proven too.
    """
    if manifest is None:
        raise BackupError(f"{backup}: has no manifest, so it was cut off; take another backup")
    if tuple(found) != manifest.files:
        stated, there = {f.name: f for f in manifest.files}, {f.name: f for f in found}
        wrong = sorted(name for name in stated.keys() | there.keys() if stated.get(name) != there.get(name))
        raise BackupError(
            f"{backup}: is damaged: {', '.join(wrong[:5]) or 'what is twice'}{' and others' if len(wrong) > 5 else ''} "
            "differ from its manifest; take another backup"
        )
    if manifest.has_digest:
        _prove_digest(backup)
    return manifest


def write_digest(backup: Path) -> None:
    """Append the digest of a tar file to it. Raises OSError."""
    with backup.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with backup.open("ab") as file:
        file.write(f"verifier backup sha256 {digest}\n".encode())


def _prove_digest(backup: Path) -> None:
    digest, left = hashlib.sha256(), backup.stat().st_size - _TRAILER_LENGTH
    with backup.open("rb") as file:
        while left > 0 and (piece := file.read(min(_PIECE, left))):
            digest.update(piece)
            left -= len(piece)
        stated = _TRAILER.fullmatch(file.read())
    if stated is None or stated[1].decode() != digest.hexdigest():
        raise BackupError(f"{backup}: is damaged: it is not the bytes that its digest names; take another backup")


def copied(name: str, source: IO[bytes], target: IO[bytes] | None = None) -> KeptFile:
    """Read a member to its end, into a file if one is given; returns what was read."""
    digest, length = hashlib.sha256(), 0
    while piece := source.read(_PIECE):
        digest.update(piece)
        length += len(piece)
        if target is not None:
            target.write(piece)
    return KeptFile(name, length, digest.hexdigest())
