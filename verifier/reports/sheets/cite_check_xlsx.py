"""The cite-check sheet as a workbook: citations with working links, and what was checked on a second sheet."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter

from verifier.reports.contents import RunReport, coverage_sentences
from verifier.reports.sheets.cells import COLUMNS, cell_text, row_values
from verifier.reports.sheets.cite_check import CiteCheck
from verifier.reports.terminal import moment

_HEADS = [head for head, _ in COLUMNS]
_SOURCE = _HEADS.index("Source")
_SNAPSHOT = _HEADS.index("Snapshot")
_DESK = _HEADS.index("At the desk")
_WORDS = "Words of the sheet"
_LINK = "Link of the sheet"
_LONGEST_LINK = 2_000
_KEPT_IN_LINKS = "%/:=&?~#+!$,;'@()*"
"""Excel calls a workbook damaged whose links are no URIs (RFC 3986): all other signs are percent-encoded."""

_MOST_LINKS = 65_000
"""Excel takes 65,530 hyperlinks on a sheet ("Excel specifications and limits") and repairs a file with more."""


def write_xlsx(rows: Iterable[CiteCheck], report: RunReport, file: Path, archive: str = "") -> int:
    """Write the workbook, rows as they come; how many there were.

    `archive` is the folder of the archive as seen from the workbook's: snapshots link to their file in it.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Citations")
    for number, (_, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "D2"
    writer = _RowWriter(sheet, archive)
    writer.head()
    count = 0
    for row in rows:
        writer.row(row)
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{count + 1}"
    _coverage_sheet(book, report)
    book.save(file)
    return count


class _RowWriter:
    """Writes rows with their links, as many as Excel takes."""

    def __init__(self, sheet: Any, archive: str) -> None:
        self._sheet = sheet
        self._archive = archive
        self._links = 0
        wrapped = Alignment(wrap_text=True, vertical="top")
        sheet.parent.add_named_style(NamedStyle(_WORDS, alignment=wrapped))
        sheet.parent.add_named_style(
            NamedStyle(_LINK, alignment=wrapped, font=Font(color="0000568A", underline="single"))
        )

    def head(self) -> None:
        """The heads of the columns."""
        cells = [WriteOnlyCell(self._sheet, head) for head in _HEADS]
        for cell in cells:
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="00E4E7EC")
        self._sheet.append(cells)

    def row(self, row: CiteCheck) -> None:
        """One citation."""
        cells = [self._cell(value) for value in row_values(row)]
        if _is_web(row.source):
            self._link(cells[_SOURCE], row.source)
        if row.desk_url:
            self._link(cells[_DESK], row.desk_url)
        warc_file = row.snapshot.warc_file if row.snapshot else ""
        if self._archive and warc_file:
            self._link(cells[_SNAPSHOT], f"{self._archive}/{warc_file}")
        self._sheet.append(cells)

    def _cell(self, value: str | int | None) -> Cell:
        cell = WriteOnlyCell(self._sheet, cell_text(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.data_type = "s"  # openpyxl would take `=1+1` for a formula, and `#N/A` for an error
        cell.style = _WORDS
        return cell

    def _link(self, cell: Cell, address: str) -> None:
        target = quote(address, safe=_KEPT_IN_LINKS)
        if self._links < _MOST_LINKS and len(target) <= _LONGEST_LINK:
            cell.hyperlink = target
            cell.style = _LINK
            self._links += 1


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and address.isprintable()


def _coverage_sheet(book: Workbook, report: RunReport) -> None:
    """What was checked and what was not, in sentences and as counts."""
    sheet = book.create_sheet("Coverage")
    sheet.column_dimensions["A"].width = 44
    sheet.column_dimensions["B"].width = 14
    lines: list[tuple[str, int | None]] = []
    if report.run_id is not None:
        ended = f", {moment(report.finished_at)}" if report.finished_at else ""
        lines.append((f"Run {report.run_id}, {report.state.value.replace('_', ' ')}{ended}", None))
    lines += [(sentence, None) for sentence in coverage_sentences(report.coverage)]
    lines += [(f"{failed.document} was not read: {failed.reason}", None) for failed in report.failed]
    lines += [
        (sentence, None) for sentence in (*report.messages, "What is not counted as checked was not checked.", "")
    ]
    lines += [(name.replace("_", " "), count) for name, count in asdict(report.coverage).items()]
    for words, count in lines:
        cell = WriteOnlyCell(sheet, cell_text(words))
        cell.data_type = "s"
        sheet.append([cell, count])
