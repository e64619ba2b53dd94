"""The works of documents, each once, however many notes cite it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from db.records import StoredDocument
from db.store import Store
from verifier.model import Citation, Extraction, Work

_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A work with its addresses and identifiers (`doi:10.1000/182`), and the labels of the notes that cite it."""

    work: Work
    identifiers: tuple[str, ...]
    urls: tuple[str, ...]
    notes: tuple[str, ...]

    def identifier(self, scheme: str) -> str | None:
        """The first identifier of a scheme (`doi`, `isbn`), without the scheme."""
        return next((one.partition(":")[2] for one in self.identifiers if one.startswith(f"{scheme}:")), None)


def entries_of(store: Store, documents: Iterable[StoredDocument]) -> list[Entry]:
    """The works that the newest readings of some documents cite, in reading order."""
    readings = (store.documents.newest_extraction(document.pdf_sha256, document.path) for document in documents)
    return entries(reading for reading in readings if reading is not None)


def entries(readings: Iterable[Extraction]) -> list[Entry]:
    """The works of these readings, each once: the same by an identifier, else by title and year.

    A citation that gives no title names no work that a reference manager could hold, and is left out.
    """
    found: list[Entry] = []
    places: dict[tuple[str, str], int] = {}
    for reading in readings:
        for note in reading.footnotes:
            for citation in note.citations:
                if citation.work is None or not citation.work.title:
                    continue
                keys = _keys(citation, citation.work)
                place = next((places[key] for key in keys if key in places), len(found))
                cited = Entry(citation.work, citation.identifiers, citation.urls, (note.label,))
                if place == len(found):
                    found.append(cited)
                else:
                    found[place] = _joined(found[place], cited)
                places |= dict.fromkeys(keys, place)
    return found


def _keys(citation: Citation, work: Work) -> list[tuple[str, str]]:
    """What a work is known by; two parts of one page are two works, so an address is no key."""
    return [
        *(("identifier", identifier.casefold()) for identifier in citation.identifiers),
        ("title", f"{_SIGNS.sub(' ', (work.title or '').casefold()).strip()} {work.year or ''}"),
    ]


def _joined(first: Entry, again: Entry) -> Entry:
    """One entry of two citations: what the first leaves out, the later one may say."""
    missing = {
        name: getattr(again.work, name)
        for name in ("container", "publisher", "authors", "date")
        if not getattr(first.work, name)
    }
    return Entry(
        replace(first.work, **missing),
        tuple(dict.fromkeys((*first.identifiers, *again.identifiers))),
        tuple(dict.fromkeys((*first.urls, *again.urls))),
        tuple(dict.fromkeys((*first.notes, *again.notes))),
    )
