"""An archive as one WACZ file (WACZ 1.1.1): the WARC files, their index, a list of pages, and a digest of everything.

A zip file with a defined layout; the WARC files and the compressed index are stored as they are, so that a replay tool
can read any record of it in place.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from verifier._version import __version__
from verifier.errors import ArchiveError
from verifier.files import SHARED_MODE, whole_file
from verifier.objects import FileObjects, ObjectStore
from verifier.resolver.archive.cdxj import blocks, index_line
from verifier.resolver.archive.warc_check import ArchiveProblem
from verifier.resolver.archive.warc_members import members
from verifier.resolver.text.charsets import decode_text

WACZ_VERSION = "1.1.1"

_PIECE = 1 << 20
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_HEAD = 50_000  # bytes of a page that its title is sought in
_PAGES = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain")


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export holds, and what of the archive it could not take."""

    files: int
    captures: int
    pages: int
    problems: tuple[ArchiveProblem, ...]


def export_wacz(folder: Path, target: Path) -> ExportReport:
    """As `export_objects`, of the files of a folder."""
    return export_objects(FileObjects(folder), target)


def export_objects(archive: ObjectStore, target: Path) -> ExportReport:
    """Write everything that an archive holds to `target`; an earlier file there is replaced when all is written.

    Files that are being written meanwhile are taken up to their last whole record.

    Raises ArchiveError when there is no archive, or a file cannot be read or written.
    """
    names = [file.name for file in archive.list() if file.name.endswith(".warc.gz")]
    if not names:
        raise ArchiveError(f"{archive.place}: no archive there; check --data")
    try:
        with whole_file(target, SHARED_MODE) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as package:
            return _Package(package).write(archive, names)
    except OSError as error:
        raise ArchiveError(f"{target}: cannot be written: {error.strerror or error}; name another file") from error


@dataclass
class _Package:
    package: zipfile.ZipFile
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    resources: list[dict[str, str | int]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    problems: list[ArchiveProblem] = field(default_factory=list)

    def write(self, archive: ObjectStore, names: list[str]) -> ExportReport:
        for name in names:
            with archive.open(name) as file:
                self._add(f"archive/{name}", _pieces(file, self._read(name, file)))
        self._add_index()
        header = {"format": "json-pages-1.0", "id": "pages", "title": "Pages"}
        self._add("pages/pages.jsonl", _lines([json.dumps(header), *self.pages]), zipfile.ZIP_DEFLATED)
        self._add_description()
        return ExportReport(len(names), len(self.lines), len(self.pages), tuple(self.problems))

    def _read(self, name: str, file: BinaryIO) -> int:
        """Index a file's records; returns where its last whole one ends."""
        end = 0
        for member in members(file):
            end = member.end
            try:
                record = next(iter(ArchiveIterator(BytesIO(member.data))), None)
                line = None if record is None else index_line(name, member, record)
                page = None if record is None or line is None else _page(record)
            except ArchiveLoadFailed as error:
                self.problems.append(ArchiveProblem(name, member.offset, str(error)))
                continue
            if line is not None:
                self.lines.append(line)
            if page is not None:
                self.pages.append(page)
        left = file.seek(0, 2) - end
        if left:
            self.problems.append(ArchiveProblem(name, end, f"{left} bytes that are no whole record were left out"))
        return end

    def _add_index(self) -> None:
        self.lines.sort()
        parts = list(blocks(self.lines))
        meta = json.dumps({"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"})
        pointers = [f"!meta 0 {meta}", *(block.pointer for block in parts)]
        self._add("indexes/index.cdx.gz", (block.data for block in parts))
        self._add("indexes/index.idx", _lines(pointers), zipfile.ZIP_DEFLATED)

    def _add_description(self) -> None:
        described = json.dumps(
            {
                "profile": "data-package",
                "title": "Sources archived by Verifier",
                "wacz_version": WACZ_VERSION,
                "software": f"Verifier/{__version__}",
                "created": self.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "resources": self.resources,
            },
            indent=2,
        ).encode("utf-8")
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(described).hexdigest()}"}
        self._add("datapackage.json", iter([described]), zipfile.ZIP_DEFLATED)
        self._add("datapackage-digest.json", iter([json.dumps(digest).encode("utf-8")]), zipfile.ZIP_DEFLATED)

    def _add(self, path: str, pieces: Iterator[bytes], compression: int = zipfile.ZIP_STORED) -> None:
        entry = zipfile.ZipInfo(path, self.created.timetuple()[:6])
        entry.compress_type = compression
        digest = hashlib.sha256()
        size = 0
        with self.package.open(entry, "w", force_zip64=True) as out:
            for piece in pieces:
                out.write(piece)
                digest.update(piece)
                size += len(piece)
        name = path.rpartition("/")[2].lower()  # a data package's names are lower case
        self.resources.append({"name": name, "path": path, "hash": f"sha256:{digest.hexdigest()}", "bytes": size})


def _pieces(file: BinaryIO, length: int) -> Iterator[bytes]:
    file.seek(0)
    while length > 0 and (piece := file.read(min(_PIECE, length))):
        length -= len(piece)
        yield piece


def _lines(lines: list[str]) -> Iterator[bytes]:
    return (f"{line}\n".encode() for line in lines)


def _page(record: ArcWarcRecord) -> str | None:
    """The line of the page list for a response that a reader would open; None for all others."""
    stated = record.http_headers.get_header("Content-Type") or ""
    media_type = stated.partition(";")[0].strip().lower()
    if record.rec_type != "response" or record.http_headers.get_statuscode() != "200" or media_type not in _PAGES:
        return None
    headers = record.rec_headers
    page = {
        "id": (headers.get_header("WARC-Record-ID") or "").removeprefix("<urn:uuid:").removesuffix(">"),
        "url": headers.get_header("WARC-Target-URI"),
        "ts": headers.get_header("WARC-Date"),
    }
    if "html" in media_type and (title := _TITLE.search(decode_text(record.content_stream().read(_HEAD), None))):
        page["title"] = " ".join(unescape(title.group(1)).split())
    return json.dumps(page, ensure_ascii=False)
