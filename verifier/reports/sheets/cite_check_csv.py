"""The cite-check sheet as CSV (RFC 4180), with a byte order mark so that Excel reads it as UTF-8."""

import csv
from collections.abc import Iterable
from typing import IO

from verifier.reports.sheets.cells import COLUMNS, harmless, row_values
from verifier.reports.sheets.cite_check import CiteCheck


def write_csv(rows: Iterable[CiteCheck], file: IO[str]) -> int:
    """Write the rows as they come to a text file that was opened with `newline=""`; how many there were."""
    file.write("\ufeff")
    sheet = csv.writer(file, lineterminator="\r\n")
    sheet.writerow([head for head, _ in COLUMNS])
    count = 0
    for row in rows:
        sheet.writerow([harmless(value) if isinstance(value, str) else value for value in row_values(row)])
        count += 1
    return count
