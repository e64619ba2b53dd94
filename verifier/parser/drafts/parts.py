"""The files that a draft reads in beside itself: in its own folder, or in one file with it (a bundle).

A bundle is the edition of a draft that has parts: a zip file, stored without compression and without times, so that
the same files always come to the same bytes. Its first member says what it is, its second is the draft, the others
are the parts under their names in the draft's folder.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from verifier.errors import DocumentError
from verifier.parser.drafts.package import DAMAGE

BUNDLE_TYPE = "application/vnd.verifier.draft+zip"
MOST_PARTS = 500
"""Files that a draft may read in."""
MOST_PART_BYTES = 32 * 1024**2
"""Of one file: the longest bibliographies come to a third."""
MOST_BYTES = 96 * 1024**2
"""Of a draft and its parts together."""

BIBLIOGRAPHY_SUFFIXES = (".bib", "")
"""What may be left out at the end of a bibliography's name."""

_MIMETYPE = "mimetype"
_MAIN_STEM = "draft"
_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """A file that a draft reads in: its name in the draft's folder, with `/`, and its bytes."""

    name: str
    data: bytes


class DraftFiles:
    """A draft and what lies in its folder. Names are looked for there, then beside the parts that were found."""

    def __init__(self, path: Path, stem: str) -> None:
        self.path = path
        self.stem = stem
        self._folders = [""]
        self._inline: dict[str, bytes] = {}

    def main(self, most_bytes: int) -> bytes:
        """The draft's own bytes. Raises DocumentError where they are more, or cannot be read."""
        raise NotImplementedError

    def beside(self, name: str, suffixes: tuple[str, ...] = ("",)) -> Part | None:
        """The part of this name; None where there is none, where it is too large, or where the name leads outside."""
        for folder in self._folders:
            for suffix in suffixes:
                inside = _inside(posixpath.join(folder, f"{name}{suffix}"))
                data = None if inside is None else self._inline.get(inside) or self._part(inside)
                if inside is not None and data is not None:
                    self._look_in(posixpath.dirname(inside))
                    return Part(inside, data)
        return None

    def add(self, name: str, data: bytes) -> None:
        """A part that the draft itself holds."""
        inside = _inside(name)
        if inside is not None:
            self._inline.setdefault(inside, data)

    def named_in(self, folder: str, suffix: str) -> list[str]:
        """The names of the files with an ending that lie in a folder."""
        raise NotImplementedError

    def _part(self, name: str) -> bytes | None:
        raise NotImplementedError

    def _look_in(self, folder: str) -> None:
        if folder not in self._folders:
            self._folders.append(folder)


class FolderFiles(DraftFiles):
    """A draft in a folder; what links lead out of the folder is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, path.stem)
        self._folder = path.parent.resolve()

    def main(self, most_bytes: int) -> bytes:
        """As above."""
        with self.path.open("rb") as file:
            data = file.read(most_bytes + 1)
        return _within(data, most_bytes, self.path)

    def named_in(self, folder: str, suffix: str) -> list[str]:
        """As above."""
        inside = _inside(folder or ".")
        try:
            place = (self._folder / (inside or "")).resolve()
            if inside is None or not place.is_relative_to(self._folder):
                return []
            return sorted(one.relative_to(self._folder).as_posix() for one in place.glob(f"*{suffix}"))[:MOST_PARTS]
        except (OSError, ValueError, RuntimeError):  # the last is what a circle of links raises
            return []

    def _part(self, name: str) -> bytes | None:
        try:
            place = (self._folder / name).resolve()
            if not (place.is_relative_to(self._folder) and place.is_file()):
                return None
            with place.open("rb") as file:
                data = file.read(MOST_PART_BYTES + 1)
        except (OSError, ValueError, RuntimeError):  # the last is what a circle of links raises
            return None
        return data if len(data) <= MOST_PART_BYTES else None


class HeldFiles(DraftFiles):
    """A draft and files that are held in memory, by their names: nothing else is looked at."""

    def __init__(self, main: str, members: Mapping[str, bytes], path: Path | None = None) -> None:
        super().__init__(path or Path(main), PurePosixPath(main).stem)
        self._main_name = main
        self._members = members
        self._look_in(posixpath.dirname(main))

    def main(self, most_bytes: int) -> bytes:
        """As above."""
        return _within(self._members[self._main_name], most_bytes, self.path)

    def named_in(self, folder: str, suffix: str) -> list[str]:
        """As above."""
        there = posixpath.normpath(folder or ".").removeprefix(".")
        return sorted(n for n in self._members if posixpath.dirname(n) == there and n.endswith(suffix))

    def _part(self, name: str) -> bytes | None:
        return self._members.get(name) if name != self._main_name else None


def bundled_files(path: Path) -> DraftFiles:
    """The files of a bundle. Raises DocumentError where it is damaged."""
    try:
        with zipfile.ZipFile(path) as bundle:
            members = dict(_members(bundle, path))
    except (*DAMAGE, RuntimeError) as error:
        raise DocumentError(f"{path}: is damaged; hand it in again") from error
    return HeldFiles(bundled_name(path), members, path)


def draft_files(path: Path) -> DraftFiles:
    """The files of a draft: a bundle's where it is one, else its folder's. Raises DocumentError, OSError."""
    with path.open("rb") as file:
        is_zip = file.read(4) == b"PK\x03\x04"
    return bundled_files(path) if is_zip else FolderFiles(path)


def bundled_name(path: Path) -> str:
    """The name that a draft has in its bundle. Raises DocumentError where a zip file is none."""
    try:
        with zipfile.ZipFile(path) as bundle:
            names = bundle.namelist()
    except DAMAGE as error:
        raise DocumentError(f"{path}: is damaged; hand it in again") from error
    if len(names) < 2 or names[0] != _MIMETYPE:
        raise DocumentError(f"{path}: is a zip file without a draft; check that the right file was given")
    return names[1]


def write_bundle(suffix: str, main: bytes, parts: Mapping[str, bytes], stem: str) -> bytes:
    """The bytes of a bundle. The draft's own name is no part of it; what is named by it (`stem`) follows it."""
    renamed = {_renamed(name, stem): data for name, data in parts.items()}
    free = next(n for k in range(len(renamed) + 1) if f"{(n := f'{_MAIN_STEM}{k or str()}')}{suffix}" not in renamed)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as bundle:
        for name, data in (
            (_MIMETYPE, BUNDLE_TYPE.encode("ascii")),
            (f"{free}{suffix}", main),
            *sorted((name.replace(f"{_MAIN_STEM}\0", free), data) for name, data in renamed.items()),
        ):
            member = zipfile.ZipInfo(name, _TIME)
            member.create_system = 3  # by default it is that of the machine
            bundle.writestr(member, data)
    return content.getvalue()


def _renamed(name: str, stem: str) -> str:
    return f"{_MAIN_STEM}\0.bbl" if name == f"{stem}.bbl" else name


def _members(bundle: zipfile.ZipFile, path: Path) -> Iterator[tuple[str, bytes]]:
    left = MOST_BYTES
    for number, info in enumerate(bundle.infolist()):
        with bundle.open(info) as member:
            data = member.read(left + 1)
        left -= len(data)
        if left < 0 or number > MOST_PARTS + 1:
            limits = f"{MOST_PARTS} parts, or is larger than {MOST_BYTES // 1024**2} MB"
            raise DocumentError(f"{path}: has more than {limits}")
        yield info.filename, data


def _inside(name: str) -> str | None:
    """A name within a folder, without `.` and `..`; None where it leads outside, or is hidden."""
    if "\0" in name or "\\" in name or posixpath.isabs(name):
        return None
    plain = posixpath.normpath(name)
    if plain == ".":
        return ""
    return None if any(piece.startswith(".") for piece in plain.split("/")) else plain


def _within(data: bytes, most_bytes: int, path: Path) -> bytes:
    if len(data) > most_bytes:
        raise DocumentError(f"{path}: is larger than {most_bytes // 1024**2} MB")
    return data
