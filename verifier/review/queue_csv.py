"""The queue as a table for a spreadsheet: a finding a line, in the order in which it is shown."""

import csv
import io
from collections.abc import Iterator

from db.review_queue import Queue, QueueEntry, QueueFilter
from verifier.reports.labels import CODE_WORDS, STATE_WORDS
from verifier.reports.sheets.cells import harmless

HEADS = (
    *("Finding", "Code", "Kind", "Severity", "State", "Reviewer", "Document", "Page", "Note"),
    *("Message", "Sentence", "Address", "First seen"),
)

_AT_ONCE = 1000
"""Findings that are read at a time, so that memory does not grow with the queue."""


def csv_lines(queue: Queue, wanted: QueueFilter) -> Iterator[str]:
    """The lines of the table, with its heads; UTF-8 with a mark at the beginning, by which Excel knows it."""
    yield "\ufeff" + _line(HEADS)
    after = None
    while entries := queue.page(wanted, after, _AT_ONCE):
        yield "".join(_line(tuple(map(harmless, _values(entry)))) for entry in entries)
        after = entries[-1].place


def _values(entry: QueueEntry) -> tuple[str, ...]:
    return (
        entry.fingerprint[:16],
        CODE_WORDS[entry.code].title,
        entry.kind.value,
        entry.severity.value,
        STATE_WORDS[entry.state],
        entry.reviewer or "",
        entry.document or "",
        str(entry.place.page or ""),
        entry.label or "",
        entry.message,
        entry.sentence or "",
        entry.url or "",
        f"{entry.first_seen_at:%Y-%m-%d}",
    )


def _line(values: tuple[str, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(values)
    return written.getvalue()
