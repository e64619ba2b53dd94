"""Every citation of a document in reading order, with one status each for its link, figures, quotations and work.

The sheet and the desk's page of a document are made of it. Nothing hides behind something else: that a link has moved
says nothing of the figures, and what could not be checked is named with the reason.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from db.records import AddressStatus, PartRecord, StoredDocument
from db.store import Store
from verifier.model import (
    Extraction,
    FindingCode,
    FindingKind,
    FindingState,
    LinkStatus,
    PartKind,
    PartStatus,
)
from verifier.reports.citations import Cited, citations_of
from verifier.reports.contents import ReportedFinding
from verifier.reports.labels import PART_WORDS, STATE_WORDS, STATUS_WORDS, UNCHECKED_WORDS

NOT_COMPARED = "not compared with its sources yet"


class Level(StrEnum):
    """How a status is coloured, the worst first: `NONE` is that there is nothing to check."""

    WRONG = "wrong"
    DOUBT = "doubt"
    NOT_CHECKED = "not_checked"
    GOOD = "good"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Status:
    """What became of a citation's link, figures, quotations or work, in a few words."""

    level: Level
    words: str


_NOT_SHOWN = Status(Level.NOT_CHECKED, "no source that shows it was read")


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Something that could not be checked, and why: `what` is `figure “12 percent”` or `link http://...`."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class CitationStatus:
    """A citation with what became of it: every part is in exactly one of a document, every finding in at least one."""

    cited: Cited
    link: Status
    figures: Status
    quotations: Status
    work: Status
    parts: tuple[PartRecord, ...] = ()
    findings: tuple[ReportedFinding, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()

    @property
    def is_checked(self) -> bool:
        """Whether all of it could be checked: no status says otherwise, and no finding says that the note was not."""
        statuses = (self.link, self.figures, self.quotations, self.work)
        is_known = not self.unchecked and all(status.level is not Level.NOT_CHECKED for status in statuses)
        return is_known and not any(one.finding.code in _UNREAD for one in self.findings)

    @property
    def level(self) -> Level:
        """The worst of its statuses."""
        levels = {self.link.level, self.figures.level, self.quotations.level, self.work.level}
        levels |= {level_of(reported) for reported in self.findings}
        return next(level for level in Level if level in levels)


def level_of(reported: ReportedFinding) -> Level:
    """How a finding is coloured: what a person dismissed is as good as right."""
    if reported.state in (FindingState.DISMISSED, FindingState.CLOSED):
        return Level.GOOD
    return Level.WRONG if reported.finding.kind is FindingKind.ACCUSATION else Level.DOUBT


def citation_statuses(
    store: Store, document: StoredDocument, extraction: Extraction, findings: Sequence[ReportedFinding]
) -> list[CitationStatus]:
    """The citations of a document in reading order; then, without a note, what belongs to none of them.

    `findings` are those that touch the document, whoever else they touch.
    """
    return list(_Document(store, document, extraction, findings).statuses())


class _Document:
    """What the store knows of one document's citations."""

    def __init__(
        self, store: Store, document: StoredDocument, extraction: Extraction, findings: Sequence[ReportedFinding]
    ) -> None:
        self._document = document
        self._findings = findings
        sources = store.links.sources_of(document.pdf_sha256, extraction.parser_version)
        self._cited = list(citations_of(extraction, sources))
        self._parts = store.checked_parts.of(document.id) if document.compared_key is not None else None
        named = {url for record in self._parts or () for url in record.unread}
        urls = sorted({url for cited in self._cited for url in cited.urls} | named)
        self._statuses: Mapping[str, AddressStatus] = store.links.statuses(urls)
        self._labels = {note.id: note.label for note in extraction.footnotes}
        self._by_fingerprint = {reported.finding.fingerprint: reported for reported in findings}

    def statuses(self) -> Iterator[CitationStatus]:
        parts = self._parts_by_row()
        told: set[str] = set()
        for index, cited in enumerate(self._cited):
            here = tuple(reported for reported in self._findings if self._is_about(reported, index))
            told.update(reported.finding.fingerprint for reported in here)
            yield self._status(cited, parts[index], here)
        for reported in self._findings:
            if reported.finding.fingerprint not in told:
                place = next((p for p in reported.places if p.document_id == self._document.id), None)
                page, sentence = (place.page, place.sentence or "") if place else (None, "")
                nothing = Status(Level.NONE, "")
                cited = Cited(None, None, page, sentence, "", ())
                yield CitationStatus(cited, nothing, nothing, nothing, nothing, findings=(reported,))

    @cached_property
    def _first_of_note(self) -> dict[int | None, int]:
        first: dict[int | None, int] = {}
        for index, cited in enumerate(self._cited):
            first.setdefault(cited.number, index)
        return first

    @cached_property
    def _urls_of_note(self) -> dict[int | None, set[str]]:
        urls: dict[int | None, set[str]] = defaultdict(set)
        for cited in self._cited:
            urls[cited.number].update(cited.urls)
        return urls

    @cached_property
    def _places(self) -> dict[str, set[tuple[str | None, int | None]]]:
        return {
            reported.finding.fingerprint: {
                (place.footnote_id, None if place.footnote_id else place.page)
                for place in reported.places
                if place.document_id == self._document.id
            }
            for reported in self._findings
        }

    def _is_about(self, reported: ReportedFinding, index: int) -> bool:
        """Whether a finding is told at a citation: that of its address, else the first of its note."""
        finding, cited = reported.finding, self._cited[index]
        places = self._places[finding.fingerprint]
        if cited.note is None:
            return finding.url in cited.urls and (None, cited.page) in places
        if (cited.note.id, None) not in places:
            return False
        is_first = self._first_of_note[cited.number] == index
        return finding.url in cited.urls or (is_first and finding.url not in self._urls_of_note[cited.number])

    def _parts_by_row(self) -> dict[int, list[PartRecord]]:
        """Each part at its citation: its own, else that of the source that it rests on, else the first of its note."""
        rows: dict[tuple[int | None, int | None], int] = {}
        for index, cited in enumerate(self._cited):
            rows.setdefault((cited.number, cited.citation), index)
        found: dict[int, list[PartRecord]] = defaultdict(list)
        for record in self._parts or ():
            own = rows.get((record.footnote, record.citation)) if record.citation is not None else None
            first = self._first_of_note.get(record.footnote)
            wanted = (own, self._with_source(record), first)
            found[next((index for index in wanted if index is not None), 0)].append(record)
        return found

    def _with_source(self, record: PartRecord) -> int | None:
        if record.part.url is None:
            return None
        rows = enumerate(self._cited)
        return next((i for i, one in rows if one.number == record.footnote and record.part.url in one.urls), None)

    def _status(
        self, cited: Cited, parts: Sequence[PartRecord], findings: tuple[ReportedFinding, ...]
    ) -> CitationStatus:
        of_kind = {kind: [one for one in parts if one.part.kind is kind] for kind in PartKind}
        link = self._link(cited)
        unchecked = [Unchecked(f"link {cited.urls[0]}", link.words)] if link.level is Level.NOT_CHECKED else []
        unchecked += [self._unchecked(one) for one in parts if not one.part.status.is_checked]
        work = self._of_work(cited, of_kind[PartKind.WORK])
        described = cited.described
        if described is not None and work == _NOT_SHOWN:
            unchecked.append(Unchecked(f"work “{described.title or cited.words}”", work.words))
        return CitationStatus(
            cited,
            link,
            self._of_parts(of_kind[PartKind.FIGURE]),
            self._of_parts(of_kind[PartKind.QUOTATION]),
            work,
            tuple(parts),
            findings,
            tuple(unchecked),
        )

    def _link(self, cited: Cited) -> Status:
        """The worst of a citation's printed addresses; of guessed ones the best, since it is ours that they fail."""
        asked = [self._statuses[url] for url in cited.printed or cited.urls if url in self._statuses]
        if not cited.urls:
            if cited.refers_to is not None:
                return Status(Level.NONE, f"see note {self._labels.get(cited.refers_to, cited.refers_to)}")
            return Status(Level.NONE, "no address or identifier")
        if not asked:
            return Status(Level.NOT_CHECKED, "not asked yet")
        order = list(_LINK_LEVELS)
        worst = (max if cited.printed else min)(asked, key=lambda one: order.index(one.status))
        words = STATUS_WORDS[worst.status]
        if worst.status not in (LinkStatus.OK, LinkStatus.MOVED):
            words += f": {_plain(worst.judgement.reason.value)}"
        elif not worst.has_text:
            words += ", with nothing that can be read"
        level = _LINK_LEVELS[worst.status]
        if level is Level.DOUBT and not cited.printed:
            level = Level.NOT_CHECKED
        return Status(level, words)

    def _of_parts(self, parts: Sequence[PartRecord]) -> Status:
        if self._parts is None:
            return Status(Level.NOT_CHECKED, NOT_COMPARED)
        if not parts:
            return Status(Level.NONE, "none")
        counts = Counter(self._words(record) for record in parts)
        levels = {self.level(record) for record in parts}
        words = ", ".join(f"{number} {said}" for said, number in counts.items())
        return Status(next(level for level in Level if level in levels), words)

    def _of_work(self, cited: Cited, parts: Sequence[PartRecord]) -> Status:
        if parts:
            return Status(self.level(parts[0]), self._words(parts[0]))
        if self._parts is None:
            return Status(Level.NOT_CHECKED, NOT_COMPARED)
        if cited.described is None:
            return Status(Level.NONE, "not described")
        return _NOT_SHOWN if cited.urls else Status(Level.NONE, _NOT_SHOWN.words)

    def level(self, record: PartRecord) -> Level:
        """How a part is coloured; what no finding was raised of, though it differs, is a doubt at most."""
        part = record.part
        if part.status is PartStatus.AGREES:
            return Level.GOOD
        if part.status is PartStatus.DISOWNED:
            return Level.NONE
        if not part.status.is_checked:
            return Level.NOT_CHECKED
        reported = self._by_fingerprint.get(part.fingerprint or "")
        return level_of(reported) if reported else Level.DOUBT

    def _words(self, record: PartRecord) -> str:
        """`disagrees`, `differs (dismissed)`, `not checked: a source could not be read`."""
        words = PART_WORDS[record.part.kind, record.part.status]
        reported = self._by_fingerprint.get(record.part.fingerprint or "")
        if reported is None:
            is_silent = record.part.status in (PartStatus.DISAGREES, PartStatus.NOT_FOUND)
            return f"{words} (no finding)" if is_silent else words
        return words if reported.state is FindingState.OPEN else f"{words} ({STATE_WORDS[reported.state]})"

    def _unchecked(self, record: PartRecord) -> Unchecked:
        part = record.part
        why = UNCHECKED_WORDS[part.status]
        sources = "; ".join(f"{url} ({self._why_unread(url)})" for url in dict.fromkeys(record.unread))
        return Unchecked(f"{part.kind.value} “{part.text}”", f"{why}: {sources}" if sources else why)

    def _why_unread(self, url: str) -> str:
        known = self._statuses.get(url)
        if known is None:
            return "not asked yet"
        if known.status not in (LinkStatus.OK, LinkStatus.MOVED):
            return f"{STATUS_WORDS[known.status]}: {_plain(known.judgement.reason.value)}"
        return "its text is not one that we compare with" if known.has_text else "nothing can be read in what it serves"


_LINK_LEVELS = {
    LinkStatus.OK: Level.GOOD,
    LinkStatus.MOVED: Level.DOUBT,
    LinkStatus.REFUSED: Level.NOT_CHECKED,
    LinkStatus.BLOCKED: Level.NOT_CHECKED,
    LinkStatus.UNREACHABLE: Level.NOT_CHECKED,
    LinkStatus.BROKEN: Level.DOUBT,
}
"""How link statuses are coloured, the best first: that a link is broken is for its finding to say."""


_UNREAD = (FindingCode.NOTE_UNPARSED, FindingCode.CHECK_FAILED)
"""What is found of a note that was not checked at all."""


def _plain(words: str) -> str:
    return words.replace("_", " ")
