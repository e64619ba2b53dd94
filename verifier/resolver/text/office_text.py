"""The text of Office Open XML files (ECMA-376): a document's paragraphs and tables, a workbook's rows."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date

import lxml.etree

from verifier.resolver.text.dates import iso_date
from verifier.resolver.text.readable import Readable

_MOST_INFLATED = 50_000_000  # bytes of one part: a zip bomb has more
_MOST_ROWS = 200_000
_WIDEST_GAPS = 500  # columns
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_INDEX = re.compile(r"[0-9]{1,9}")
_CELL = re.compile(r"([A-Z]+)\d+")
_PERCENT_FORMATS = frozenset({9, 10})  # ECMA-376 part 1, 18.8.30: the built-in "0%" and "0.00%"


def read_docx(body: bytes) -> Readable | None:
    """The text of a Word document; None where it is none."""
    with _opened(body) as parts:
        root = _xml(parts, "word/document.xml")
        if root is None:
            return None
        content = root.find(f"{_WORD}body")
        lines = [] if content is None else list(_blocks(content))
        return Readable("\n".join(line for line in lines if line), dated=_modified(parts))


def read_xlsx(body: bytes) -> Readable | None:
    """The rows of a workbook's sheets, each under the sheet's name; None where it is none."""
    with _opened(body) as parts:
        if _xml(parts, "xl/workbook.xml") is None:
            return None
        shared = list(_shared_strings(parts))
        percent = _percent_styles(parts)
        lines: list[str] = []
        for name in sorted(parts.namelist(), key=lambda part: (len(part), part)):
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
                lines += _rows(_xml(parts, name), shared, percent)
        return Readable("\n".join(lines), dated=_modified(parts))


class _Parts:
    """The parts of a package; one that is missing, damaged or too large is None."""

    def __init__(self, archive: zipfile.ZipFile | None) -> None:
        self._archive = archive

    def __enter__(self) -> "_Parts":
        return self

    def __exit__(self, *_: object) -> None:
        if self._archive is not None:
            self._archive.close()

    def namelist(self) -> list[str]:
        return self._archive.namelist() if self._archive is not None else []

    def read(self, name: str) -> bytes | None:
        if self._archive is None:
            return None
        try:
            if self._archive.getinfo(name).file_size > _MOST_INFLATED:
                return None
            return self._archive.read(name)
        except (KeyError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
            return None


def _opened(body: bytes) -> _Parts:
    try:
        return _Parts(zipfile.ZipFile(io.BytesIO(body)))
    except (zipfile.BadZipFile, OSError, ValueError):
        return _Parts(None)


def _xml(parts: _Parts, name: str) -> lxml.etree._Element | None:
    data = parts.read(name)
    if data is None:
        return None
    try:
        return lxml.etree.fromstring(
            data, lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )
    except lxml.etree.XMLSyntaxError:
        return None


def _blocks(content: lxml.etree._Element) -> Iterator[str]:
    for block in content:
        if block.tag == f"{_WORD}p":
            yield _words(block)
        elif block.tag == f"{_WORD}tbl":
            for row in block.iter(f"{_WORD}tr"):
                yield " | ".join(_words(cell) for cell in row.findall(f"{_WORD}tc"))
        elif block.tag == f"{_WORD}sdt":
            inner = block.find(f"{_WORD}sdtContent")
            if inner is not None:
                yield from _blocks(inner)


def _words(block: lxml.etree._Element) -> str:
    pieces = []
    for element in block.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}p"):
        pieces.append(element.text or "" if element.tag == f"{_WORD}t" else " ")
    return " ".join("".join(pieces).split())


def _shared_strings(parts: _Parts) -> Iterator[str]:
    root = _xml(parts, "xl/sharedStrings.xml")
    for entry in root if root is not None else ():
        yield " ".join("".join(text.text or "" for text in entry.iter(f"{_SHEET}t")).split())


def _percent_styles(parts: _Parts) -> frozenset[int]:
    """The cell styles that show a share as a percentage."""
    root = _xml(parts, "xl/styles.xml")
    if root is None:
        return frozenset()
    formats = {
        _index(one.get("numFmtId"))
        for one in root.iter(f"{_SHEET}numFmt")
        if "%" in (one.get("formatCode") or "") and _index(one.get("numFmtId")) is not None
    } | _PERCENT_FORMATS
    styles = root.find(f"{_SHEET}cellXfs")
    return frozenset(
        index
        for index, style in enumerate(styles if styles is not None else ())
        if _index(style.get("numFmtId")) in formats
    )


def _rows(sheet: lxml.etree._Element | None, shared: list[str], percent: frozenset[int]) -> list[str]:
    lines: list[str] = []
    for row in sheet.iter(f"{_SHEET}row") if sheet is not None else ():
        cells: dict[int, str] = {}
        for cell in row.findall(f"{_SHEET}c"):
            column = _column(cell.get("r") or "", len(cells))
            cells[column] = _value(cell, shared, percent).replace(" | ", " / ")
        if any(cells.values()):
            scattered = max(cells) > _WIDEST_GAPS + 4 * len(cells)  # a cell here, one thousands of columns on
            columns = sorted(cells) if scattered else range(max(cells) + 1)
            lines.append(" | ".join(cells.get(column, "") for column in columns).strip())
        if len(lines) >= _MOST_ROWS:
            break
    return lines


def _column(reference: str, following: int) -> int:
    match = _CELL.fullmatch(reference)
    if match is None or len(match.group(1)) > 3:
        return following
    number = 0
    for letter in match.group(1):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: lxml.etree._Element, shared: list[str], percent: frozenset[int]) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        return " ".join("".join(text.text or "" for text in cell.iter(f"{_SHEET}t")).split())
    value = cell.findtext(f"{_SHEET}v") or ""
    if kind == "s":
        place = _index(value)
        return shared[place] if place is not None and place < len(shared) else ""
    if kind != "n":
        return " ".join(value.split())
    return _number(value, is_percent=_index(cell.get("s")) in percent)


def _index(stated: str | None) -> int | None:
    """A number that counts something in the file; None where it is none."""
    return int(stated) if stated is not None and _INDEX.fullmatch(stated) else None


def _number(value: str, *, is_percent: bool) -> str:
    """A number as a reader sees it: without the noise of binary fractions, shares as percentages."""
    try:
        number = float(value)
    except ValueError:
        return value
    shown = f"{number * 100 if is_percent else number:.12g}"
    return shown + "%" if is_percent else shown


def _modified(parts: _Parts) -> date | None:
    root = _xml(parts, "docProps/core.xml")
    if root is None:
        return None
    for name in ("modified", "created"):
        for element in root.iter(f"{{http://purl.org/dc/terms/}}{name}"):
            found = iso_date(element.text or "")
            if found is not None:
                return found
    return None
