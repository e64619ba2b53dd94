"""Zip packages from anyone: their parts, within limits, and XML without entities, DTDs and the network."""

import posixpath
import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

from lxml import etree

from verifier.errors import DocumentError

DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError, NotImplementedError)
"""What zipfile raises for a damaged file: of its own, of zlib, and where a stated length or place is absurd."""

MOST_BYTES = 96 * 1024**2
"""Of one part, unpacked: the text of the longest books comes to a tenth."""
MOST_TAGS = 4_000_000
"""Tags in one part: a tree of so many takes about a gigabyte."""


class Package:
    """A zip file whose parts are read one at a time. Raises DocumentError where a part cannot be read.

    `most_tags` bounds the tree of one part: less where it is read in a process that others share.
    """

    def __init__(self, path: Path, most_tags: int = MOST_TAGS) -> None:
        self._path = path
        self._most_tags = most_tags
        try:
            self._zip = zipfile.ZipFile(path)
        except DAMAGE as error:
            raise DocumentError(f"{path}: is damaged; save it again") from error
        self._names = {name.lstrip("/"): name for name in self._zip.namelist()}
        self._folded = {name.casefold(): name for name in self._names}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        """The parts' names."""
        return list(self._names)

    def has(self, name: str) -> bool:
        """Whether there is such a part, whatever the case of its letters."""
        return name in self._names or name.casefold() in self._folded

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        known = self._names.get(name) or self._names.get(self._folded.get(name.casefold(), ""))
        if known is None:
            raise DocumentError(f"{self._path}: its part {name} is missing; save it again")
        try:
            with self._zip.open(known) as part:
                data = part.read(MOST_BYTES + 1)
        except DAMAGE as error:
            raise DocumentError(f"{self._path}: its part {name} is damaged; save it again") from error
        except RuntimeError as error:
            raise DocumentError(f"{self._path}: is encrypted; save it without a password") from error
        if len(data) > MOST_BYTES:
            raise DocumentError(f"{self._path}: its part {name} is larger than {MOST_BYTES // 1024**2} MB")
        return data

    def xml(self, name: str) -> Any:
        """The root element of a part."""
        return parse_xml(self.read(name), f"{self._path}: its part {name}", self._most_tags)


def parse_xml(data: bytes, what: str, most_tags: int = MOST_TAGS) -> Any:
    """The root element of XML; no entity is expanded, no DTD loaded, nothing fetched. Raises DocumentError."""
    if data.count(b"<") > most_tags:
        raise DocumentError(f"{what} has more than {most_tags} tags")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(f"{what} is no well-formed XML (line {error.lineno}); save it again") from error
    except (ValueError, LookupError) as error:
        raise DocumentError(f"{what} is no well-formed XML; save it again") from error
    return root


def resolved(base: str, target: str) -> str | None:
    """The name of the part that a relative target means, seen from part `base`; None outside the package."""
    target = unquote(target.partition("#")[0])
    if "\\" in target or "://" in target:
        return None
    name = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(base), target)
    name = posixpath.normpath(name)
    return None if name.startswith("..") or name in (".", "/") else name.lstrip("/")
