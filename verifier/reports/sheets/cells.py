"""Text as a spreadsheet's cell may hold it: never a formula, never a character that spoils the file."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from verifier.characters import shown
from verifier.reports.sheets.cite_check import CiteCheck

COLUMNS: Sequence[tuple[str, int]] = (
    ("Document", 16),
    ("Page", 6),
    ("Note", 6),
    ("Sentence", 38),
    ("Citation", 32),
    ("Link", 14),
    ("Figures", 18),
    ("Quotations", 16),
    ("Work", 16),
    ("Status", 22),
    ("Reason", 42),
    ("Source", 36),
    ("Evidence", 48),
    ("Read", 18),
    ("Snapshot", 22),
    ("Reviewer", 14),
    ("Review", 20),
    ("Reviewed", 18),
    ("Cite instead", 36),
    ("Supplied by", 14),
    ("Right value", 24),
    ("Assigned to", 14),
    ("At the desk", 30),
)
"""The heads of the columns, and their widths in characters."""

PRINTED = 11
"""The first so many columns go on paper: at 226 characters a landscape page of A4 sets them at about 7 points."""

LONGEST = 32_767
"""Characters that a cell of Excel holds ("Excel specifications and limits")."""

_CUT_MARK = " […]"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""What XML 1.0 does not allow, and DEL."""

_FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""How a cell begins that a spreadsheet may take for a formula (OWASP, "CSV Injection"), full-width forms included."""


def cell_text(text: str) -> str:
    """The text without what a cell may not hold, cut with a mark where it is too long."""
    return _cut(_clean(text))


def harmless(text: str) -> str:
    """The text as a cell of CSV: with an apostrophe before what a spreadsheet would take for a formula.

    It is looked at as it will be written: what is taken out may have been before an equals sign.
    """
    clean = _clean(text)
    return _cut("'" + clean if _FORMULA.match(clean) else clean)


def _clean(text: str) -> str:
    return shown(_ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - len(_CUT_MARK)] + _CUT_MARK


def row_values(row: CiteCheck) -> tuple[str | int | None, ...]:
    """The values of a row in the order of COLUMNS; times in UTC, to the minute."""
    return (
        row.document,
        row.page,
        row.note,
        row.sentence,
        row.citation,
        row.link,
        row.figures,
        row.quotations,
        row.work,
        row.status,
        row.reason,
        row.source,
        row.evidence,
        _time(row.read_at),
        str(row.snapshot or ""),
        row.reviewer,
        row.review,
        _time(row.reviewed_at),
        row.replacement,
        row.supplied_by,
        row.right_value,
        row.assignee,
        row.desk_url,
    )


def _time(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if moment else ""
