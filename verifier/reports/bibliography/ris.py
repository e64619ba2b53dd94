"""Works as RIS, which EndNote, Zotero, Mendeley and Citavi import.

The tags and types are those of "RIS Format Specifications" (Research Information Systems, 2011), as rispy writes them.
"""

from collections.abc import Sequence
from typing import Any

from rispy import RisWriter, dumps

from verifier.characters import shown
from verifier.model import WorkKind
from verifier.reports.bibliography.csl import notes_words
from verifier.reports.bibliography.entries import Entry

TYPES = {
    WorkKind.ARTICLE: "JOUR",
    WorkKind.PAPER: "CPAPER",
    WorkKind.PREPRINT: "UNPB",
    WorkKind.BOOK: "BOOK",
    WorkKind.CHAPTER: "CHAP",
    WorkKind.REPORT: "RPRT",
    WorkKind.WORKING_PAPER: "RPRT",
    WorkKind.THESIS: "THES",
    WorkKind.NEWS: "NEWS",
    WorkKind.BLOG: "BLOG",
    WorkKind.WEBPAGE: "ELEC",
    WorkKind.DATASET: "DATA",
    WorkKind.PRESS_RELEASE: "GEN",
    WorkKind.SPEECH: "GEN",
    WorkKind.LETTER: "PCOMM",
    WorkKind.INTERVIEW: "GEN",
    WorkKind.STATUTE: "STAT",
    WorkKind.BILL: "BILL",
    WorkKind.REGULATION: "STAT",
    WorkKind.EU_ACT: "STAT",
    WorkKind.TREATY: "GEN",
    WorkKind.CASE: "CASE",
    WorkKind.DOCKET: "CASE",
}
"""RIS's type of each kind of work."""


class _Writer(RisWriter):  # type: ignore[misc]
    """Without the numbers that rispy writes between references: the format knows none."""

    def set_header(self, count: int) -> str:
        return ""


def ris_text(entries: Sequence[Entry]) -> str:
    """The works as RIS references, one after another; empty for none."""
    return str(dumps([_reference(entry) for entry in entries], implementation=_Writer)) if entries else ""


def _reference(entry: Entry) -> dict[str, Any]:
    work = entry.work
    reference: dict[str, Any] = {
        "type_of_reference": TYPES[work.kind],
        "title": _line(work.title),
        "authors": [_line(str(author)) for author in work.authors],
        "secondary_title": _line(work.container),
        "publisher": _line(work.publisher),
        "year": work.year,
        "date": _date(work.date) if work.date and work.date != work.year else None,
        "doi": entry.identifier("doi"),
        "issn": entry.identifier("isbn"),
        "urls": [_line(url) for url in entry.urls],
        "notes": [_line(notes_words(entry))],
    }
    return {tag: value for tag, value in reference.items() if value}


def _date(date: str) -> str:
    """`2020/05/12/`, `2020/05//`: the format asks for three slashes, the last before what else there is to say."""
    parts = date.split("-")
    return "/".join([*parts, *[""] * (4 - len(parts))])


def _line(text: str | None) -> str:
    """Text on one line: a line of RIS that begins like a tag would be another field."""
    return " ".join(shown(text or "").split())
