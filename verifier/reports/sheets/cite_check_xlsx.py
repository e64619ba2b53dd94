"""The cite-check sheet as a workbook: citations with working links, and what was checked on a second sheet."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from verifier.reports.contents import RunReport, coverage_sentences
from verifier.reports.sheets.cells import COLUMNS, PRINTED, cell_text, row_values
from verifier.reports.sheets.cite_check import CiteCheck
from verifier.reports.terminal import moment

_HEADS = [head for head, _ in COLUMNS]
_SOURCE = _HEADS.index("Source")
_SNAPSHOT = _HEADS.index("Snapshot")
_DESK = _HEADS.index("At the desk")
_WORDS = "Words of the sheet"
_LINK = "Link of the sheet"
_LONGEST_LINK = 2_000
_LINE = 15.0
"""Points of a line: the height of a row that Excel takes for its usual type."""

_HIGHEST = 405.0
"""Excel's rows are at most 409 points ("Excel specifications and limits")."""

_COVERAGE_WIDTH = 84
"""Characters of the second sheet's sentences: with the counts beside them an upright page of A4."""

_FILLED = 0.85
"""How much of a column's width the words of a wrapped line fill: 0.8 to 0.95 in the demo's sheet."""

_KEPT_IN_LINKS = "%/:=&?~#+!$,;'@()*"
"""Excel calls a workbook damaged whose links are no URIs (RFC 3986): all other signs are percent-encoded."""

_MOST_LINKS = 65_000
"""Excel takes 65,530 hyperlinks on a sheet ("Excel specifications and limits") and repairs a file with more."""


SnapshotLink = Callable[[CiteCheck], str]
"""Where a row's snapshot can be seen; empty for nowhere."""


def no_link(row: CiteCheck) -> str:
    """The snapshot is only named."""
    return ""


def file_link(archive: str) -> SnapshotLink:
    """To the file that holds the snapshot; `archive` is the folder of the archive as seen from the workbook's."""
    return lambda row: f"{archive}/{row.snapshot.warc_file}" if row.snapshot else ""


def desk_link(address: str) -> SnapshotLink:
    """To the editors' desk, which browsers reach at an address: the finding with the snapshot, else its source."""

    def link(row: CiteCheck) -> str:
        if row.snapshot is None or not address:
            return ""
        if row.desk_url:
            return f"{row.desk_url}?{urlencode({'snapshot': str(row.snapshot)})}"
        return f"{address.rstrip('/')}/sources/of?{urlencode({'url': row.source})}" if row.source else ""

    return link


def write_xlsx(rows: Iterable[CiteCheck], report: RunReport, file: Path, snapshot_link: SnapshotLink = no_link) -> int:
    """Write the workbook, rows as they come; how many there were."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Citations")
    for number, (_, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "D2"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)  # written with the first row
    writer = _RowWriter(sheet, snapshot_link)
    writer.head()
    count = 0
    for row in rows:
        writer.row(row)
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{count + 1}"
    _for_paper(sheet, count)
    _coverage_sheet(book, report)
    book.save(file)
    return count


def _for_paper(sheet: Any, rows: int) -> None:
    """Landscape pages as wide as what is read, with the heads on each and its number at the foot."""
    sheet.print_area = f"A1:{get_column_letter(PRINTED)}{rows + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.25, footer=0.25)
    sheet.print_options.gridLines = True
    sheet.oddFooter.right.text = "&P / &N"


class _RowWriter:
    """Writes rows with their links, as many as Excel takes."""

    def __init__(self, sheet: Any, snapshot_link: SnapshotLink) -> None:
        self._sheet = sheet
        self._snapshot_link = snapshot_link
        self._links = 0
        self._rows = 1
        wrapped = Alignment(horizontal="left", vertical="top", wrap_text=True)  # else numbers abut what is next
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
        values = row_values(row)
        cells = [self._cell(value) for value in values]
        if _is_web(row.source):
            self._link(cells[_SOURCE], row.source)
        if row.desk_url:
            self._link(cells[_DESK], row.desk_url)
        if snapshot_link := self._snapshot_link(row):
            self._link(cells[_SNAPSHOT], snapshot_link)
        self._rows += 1
        self._sheet.row_dimensions[self._rows].height = _height(values)
        self._sheet.append(cells)
        del self._sheet.row_dimensions[self._rows]  # it is written: a sheet of 50,000 rows stays small

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


def _height(values: Sequence[str | int | None]) -> float:
    """Points that the printed cells of a row need, by their widths: not every program fits rows to wrapped text."""
    lines = [
        sum(max(1, math.ceil(len(line) / (width * _FILLED))) for line in str(value).splitlines())
        for value, (_, width) in zip(values[:PRINTED], COLUMNS, strict=False)
        if value is not None
    ]
    return min(_HIGHEST, _LINE * max([1, *lines]))


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and address.isprintable()


def _coverage_sheet(book: Workbook, report: RunReport) -> None:
    """What was checked and what was not, in sentences and as counts."""
    sheet = book.create_sheet("Coverage")
    sheet.column_dimensions["A"].width = _COVERAGE_WIDTH
    sheet.column_dimensions["B"].width = 12
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
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
    for number, (words, count) in enumerate(lines, 1):
        cell = WriteOnlyCell(sheet, cell_text(words))
        cell.data_type = "s"
        cell.style = _WORDS
        needed = math.ceil(len(words) / (_COVERAGE_WIDTH * _FILLED))
        sheet.row_dimensions[number].height = min(_HIGHEST, _LINE * max(1, needed))
        sheet.append([cell, count])
