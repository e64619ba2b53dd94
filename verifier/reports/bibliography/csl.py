"""Works as CSL-JSON, which Zotero, Mendeley, pandoc and citeproc read.

The fields and types are those of the Citation Style Language 1.0.2 (https://docs.citationstyles.org, appendices III
and IV; schema csl-data.json).
"""

import json
from collections.abc import Sequence
from typing import Any

from verifier.characters import shown
from verifier.model import Author, WorkKind
from verifier.reports.bibliography.entries import Entry

TYPES = {
    WorkKind.ARTICLE: "article-journal",
    WorkKind.PAPER: "paper-conference",
    WorkKind.PREPRINT: "article",
    WorkKind.BOOK: "book",
    WorkKind.CHAPTER: "chapter",
    WorkKind.REPORT: "report",
    WorkKind.WORKING_PAPER: "report",
    WorkKind.THESIS: "thesis",
    WorkKind.NEWS: "article-newspaper",
    WorkKind.BLOG: "post-weblog",
    WorkKind.WEBPAGE: "webpage",
    WorkKind.DATASET: "dataset",
    WorkKind.PRESS_RELEASE: "document",
    WorkKind.SPEECH: "speech",
    WorkKind.LETTER: "personal_communication",
    WorkKind.INTERVIEW: "interview",
    WorkKind.STATUTE: "legislation",
    WorkKind.BILL: "bill",
    WorkKind.REGULATION: "regulation",
    WorkKind.EU_ACT: "legislation",
    WorkKind.TREATY: "treaty",
    WorkKind.CASE: "legal_case",
    WorkKind.DOCKET: "legal_case",
}
"""CSL's type of each kind of work."""

_IDENTIFIERS = {"doi": "DOI", "isbn": "ISBN", "pmid": "PMID", "pmcid": "PMCID"}


def csl_json(entries: Sequence[Entry]) -> str:
    """The works as a CSL-JSON array; `note` says which notes cite each."""
    items = [_item(entry, number) for number, entry in enumerate(entries, 1)]
    return shown(json.dumps(items, ensure_ascii=False, indent=2)) + "\n"


def notes_words(entry: Entry) -> str:
    """Which notes cite a work: `Cited in notes 3, 14`."""
    return f"Cited in {'note' if len(entry.notes) == 1 else 'notes'} {', '.join(entry.notes)}"


def _item(entry: Entry, number: int) -> dict[str, Any]:
    work = entry.work
    item: dict[str, Any] = {
        "id": f"work-{number}",
        "type": TYPES[work.kind],
        "title": work.title,
        "author": [_name(author) for author in work.authors],
        "container-title": work.container,
        "publisher": work.publisher,
        "issued": {"date-parts": [[int(part) for part in work.date.split("-")]]} if work.date else None,
        "URL": entry.urls[0] if entry.urls else None,
        "note": notes_words(entry),
    }
    item |= {field: entry.identifier(scheme) for scheme, field in _IDENTIFIERS.items()}
    return {field: value for field, value in item.items() if value}


def _name(author: Author) -> dict[str, str]:
    return {"family": author.family, "given": author.given} if author.given else {"literal": author.family}
