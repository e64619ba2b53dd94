"""A document's notes as its page lists them: in reading order, each with its citations and what became of them."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from db.records import PartRecord, StoredDocument
from db.store import Store
from verifier.model import Extraction, Footnote, PartKind, PartStatus
from verifier.reports.citation_statuses import NOT_COMPARED, CitationStatus, Level, citation_statuses
from verifier.reports.gather import document_findings

_MOST_KEPT = 16
"""Documents whose lists are kept; of some megabytes each at most."""


FETCHES_LAST = 30.0
"""Seconds that a list is shown again while links of any document are being checked."""


@dataclass(frozen=True, slots=True)
class NumberedPart:
    """A part with its number among those of the document, by which its evidence is found."""

    number: int
    record: PartRecord


@dataclass(frozen=True, slots=True)
class NoteBlock:
    """A note with its citations; without a note: a link of the running text, or a finding that belongs to no note."""

    note: Footnote | None
    page: int | None
    rows: tuple[CitationStatus, ...]
    parts: tuple[NumberedPart, ...]

    @property
    def level(self) -> Level:
        """The worst of its citations."""
        levels = {row.level for row in self.rows}
        return next((level for level in Level if level in levels), Level.NONE)


@dataclass(frozen=True, slots=True)
class NoteList:
    """All notes of a document; `is_compared` says whether it is known what became of its figures."""

    document: StoredDocument
    extraction: Extraction
    blocks: tuple[NoteBlock, ...]
    is_compared: bool
    counts: dict[str, int] = field(default_factory=dict)

    def only(self, choice: str) -> tuple[NoteBlock, ...]:
        """The notes with a citation that a choice of `CHOICES` lets through, without their other citations."""
        wanted = CHOICES[choice]
        kept = (replace(block, rows=tuple(row for row in block.rows if wanted(row))) for block in self.blocks)
        return tuple(block for block in kept if block.rows)

    @property
    def figures_seen(self) -> int:
        """How many figures there are."""
        return sum(map(self.figures, PartStatus))

    @property
    def figures_compared(self) -> int:
        """How many figures were held against a source."""
        return sum(self.figures(status) for status in PartStatus if status.is_checked)

    def figures(self, status: PartStatus) -> int:
        """How many figures came to a status."""
        return sum(_is_figure(part.record, {status}) for block in self.blocks for part in block.parts)

    def figures_of(self, choice: str) -> int:
        """How many figures a choice of `FIGURE_CHOICES` is about."""
        return sum(map(self.figures, FIGURE_CHOICES[choice]))


FIGURE_CHOICES: dict[str, frozenset[PartStatus]] = {
    "figures": frozenset(PartStatus),
    "figures_compared": frozenset(status for status in PartStatus if status.is_checked),
    **{f"figures_{status.value}": frozenset({status}) for status in PartStatus},
}
"""The choices by figures: of any status, of those that were held against a source, and of each by itself."""


def _is_figure(record: PartRecord, statuses: Collection[PartStatus]) -> bool:
    return record.part.kind is PartKind.FIGURE and record.part.status in statuses


def _with_figure(statuses: Collection[PartStatus]) -> Callable[[CitationStatus], bool]:
    return lambda row: any(_is_figure(record, statuses) for record in row.parts)


CHOICES: dict[str, Callable[[CitationStatus], bool]] = {
    "all": lambda row: True,
    "wrong": lambda row: row.level is Level.WRONG,
    "doubt": lambda row: row.level is Level.DOUBT,
    "not_checked": lambda row: not row.is_checked,
    "good": lambda row: row.level is Level.GOOD,
    "none": lambda row: row.level is Level.NONE,
    **{choice: _with_figure(statuses) for choice, statuses in FIGURE_CHOICES.items()},
}
"""What a list may be narrowed to, by name: every citation that is coloured so, or that has such a figure."""


CHOICE_WORDS: dict[str, str] = {
    "all": "all",
    "wrong": "wrong",
    "doubt": "to look at",
    "not_checked": "not checked",
    "good": "in order",
    "none": "nothing to check",
}
"""What the choices by colour are called; those by figures are led to from counts."""


def note_list(store: Store, document: StoredDocument) -> NoteList | None:
    """The list of a document; None where it was not read."""
    extraction = store.documents.newest_extraction(document.pdf_sha256, document.path)
    if extraction is None:
        return None
    rows = citation_statuses(store, document, extraction, document_findings(store, document.id))
    numbers = {id(record): number for number, record in enumerate(_records(rows))}
    blocks = sorted(_blocks(rows, numbers), key=lambda block: block.page or 0)
    is_compared = not any(row.figures.words == NOT_COMPARED for row in rows)
    made = NoteList(document, extraction, tuple(blocks), is_compared)
    return replace(made, counts={choice: sum(map(CHOICES[choice], rows)) for choice in CHOICES})


def _records(rows: Sequence[CitationStatus]) -> Iterable[PartRecord]:
    return (record for row in rows for record in row.parts)


def _blocks(rows: Sequence[CitationStatus], numbers: dict[int, int]) -> Iterable[NoteBlock]:
    """The rows of each note together; every other row by itself."""
    of_note: dict[int, list[CitationStatus]] = {}
    for row in rows:
        if row.cited.number is not None:
            of_note.setdefault(row.cited.number, []).append(row)
    for index, row in enumerate(rows):
        number = row.cited.number
        if number is None:
            yield _block(None, row.cited.page, [row], numbers)
        elif index == 0 or rows[index - 1].cited.number != number:
            note = row.cited.note
            pages = [anchor.page for anchor in note.anchors] if note else []
            yield _block(note, next((page for page in pages if page), row.cited.page), of_note[number], numbers)


def _block(
    note: Footnote | None, page: int | None, rows: Sequence[CitationStatus], numbers: dict[int, int]
) -> NoteBlock:
    parts = tuple(NumberedPart(numbers[id(record)], record) for record in _records(rows))
    return NoteBlock(note, page, tuple(rows), parts)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A list, with what it was made of, and when (monotonic)."""

    version: object
    last_fetch: int
    at: float
    made: NoteList | None


class NoteLists:
    """Lists by document, for as long as the store says the same of them; thread-safe.

    What a check of a link brings while a run is at work may be shown some seconds later.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, _Kept] = OrderedDict()

    def of(self, store: Store, document: StoredDocument) -> NoteList | None:
        """The list of a document, made when it is not kept or anything of it was decided, found or fetched since."""
        version, last_fetch = (store.queue.version_of(document.id), document), store.comparisons.last_fetch()
        with self._lock:
            kept = self._kept.get(document.id)
        is_fresh = kept and (kept.last_fetch == last_fetch or self._clock() - kept.at < FETCHES_LAST)
        if kept and is_fresh and kept.version == version:
            return kept.made
        made = note_list(store, document)
        with self._lock:
            self._kept[document.id] = _Kept(version, last_fetch, self._clock(), made)
            self._kept.move_to_end(document.id)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return made
