"""The cite-check sheet: every citation of every note, what became of it, and plainly what was not checked."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.finding_details import StoredReview
from db.passages import ComparedPassage
from db.records import AddressStatus, StoredDocument
from db.store import Store
from verifier.model import Extraction, Finding, LinkStatus, SnapshotRef, Verdict
from verifier.reports.citation_statuses import Cited, citations_of
from verifier.reports.contents import ReportedFinding, RunReport
from verifier.reports.labels import CODE_WORDS, DECISION_WORDS, counted, replacement_words

NOT_CHECKED = "not checked"

_UNREAD_WORDS = {
    LinkStatus.BLOCKED: "the source may not be read by a program",
    LinkStatus.UNREACHABLE: "the source did not answer",
    LinkStatus.REFUSED: "the source was not asked, by our own policy",
    LinkStatus.BROKEN: "the link shows signs of being broken",
}


@dataclass(frozen=True, slots=True)
class CiteCheck:
    """One row: a citation of a note (or a link of the running text, `note` empty) and what became of it.

    `source` is its address, `status` a few words, `reason` the sentences behind them; `read_at` is when it was read,
    `supplied_by` who handed it in, if it was not fetched; `replacement` is what may be cited instead, in words;
    `review` is what `reviewer` decided on `reviewed_at`, `right_value` what they say is right; `assignee` is whose its
    findings are, `desk_url` the first one's page at the desk.
    """

    document: str
    page: int | None
    note: str
    sentence: str
    citation: str
    source: str
    status: str
    reason: str
    evidence: str = ""
    read_at: datetime | None = None
    snapshot: SnapshotRef | None = None
    reviewer: str = ""
    review: str = ""
    reviewed_at: datetime | None = None
    replacement: str = ""
    supplied_by: str = ""
    right_value: str = ""
    assignee: str = ""
    desk_url: str = ""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a citation, as a row shows it."""

    status: str
    reason: str
    evidence: str
    snapshot: SnapshotRef | None
    read_at: datetime | None
    supplied_by: str | None = None


def cite_checks(store: Store, report: RunReport, documents: Sequence[StoredDocument]) -> Iterator[CiteCheck]:
    """The rows of these documents, in reading order, read from the store a document at a time.

    Every finding of the report that touches one of them is in at least one row.
    """
    findings: dict[int, list[ReportedFinding]] = defaultdict(list)
    for reported in report.findings:
        for document_id in {place.document_id for place in reported.places if place.document_id is not None}:
            findings[document_id].append(reported)
    for document in documents:
        extraction = store.documents.newest_extraction(document.pdf_sha256, document.path)
        if extraction is None:
            reason = document.failure or "it was not read yet"
            yield CiteCheck(document.path, None, "", "", "", "", NOT_CHECKED, f"The document was not read: {reason}")
        else:
            yield from _Sheet(store, document, extraction, findings.get(document.id, ())).rows()


class _Sheet:
    """The rows of one document."""

    def __init__(
        self, store: Store, document: StoredDocument, extraction: Extraction, findings: Sequence[ReportedFinding]
    ) -> None:
        self._document = document
        self._extraction = extraction
        self._findings = findings
        cited = store.links.sources_of(document.pdf_sha256, extraction.parser_version)
        self._cited = list(citations_of(extraction, cited))
        self._of_note: dict[int | None, set[str]] = defaultdict(set)
        for citation in self._cited:
            self._of_note[citation.number].update(citation.urls)
        self._places = {
            reported.finding.fingerprint: {
                (place.footnote_id, None if place.footnote_id else place.page)
                for place in reported.places
                if place.document_id == document.id
            }
            for reported in findings
        }
        urls = sorted({url for citation in self._cited for url in citation.urls})
        self._statuses: Mapping[str, AddressStatus] = store.links.statuses(urls)
        self._passages: dict[tuple[int, str], list[ComparedPassage]] = defaultdict(list)
        for passage in store.comparisons.passages_of(document.id):
            self._passages[passage.footnote, passage.url].append(passage)
        self._verdicts = {
            (record.footnote, record.anchor, record.ordinal, record.text_id): record.comparison.verdict
            for record in store.comparisons.of(document.id)
        }
        self._reviews = store.decisions.latest([reported.finding.fingerprint for reported in findings])
        self._labels = {note.id: note.label for note in extraction.footnotes}

    def rows(self) -> Iterator[CiteCheck]:
        """One row a citation; then findings that belong to none of them."""
        told: set[str] = set()
        first_of_note: dict[str | None, int] = {}
        for index, cited in enumerate(self._cited):
            first_of_note.setdefault(cited.note.id if cited.note else None, index)
        for index, cited in enumerate(self._cited):
            note_id = cited.note.id if cited.note else None
            here = [r for r in self._findings if self._is_about(r, cited, is_first=first_of_note[note_id] == index)]
            told.update(reported.finding.fingerprint for reported in here)
            yield self._row(cited, here)
        for reported in self._findings:
            if reported.finding.fingerprint not in told:
                place = next(p for p in reported.places if p.document_id == self._document.id)
                cited = Cited(None, None, place.page, place.sentence or "", "", ())
                yield self._row(cited, [reported], label=place.footnote_label or "")

    def _is_about(self, reported: ReportedFinding, cited: Cited, *, is_first: bool) -> bool:
        """Whether a finding is told in a citation's row: that of its address, else the first row of its note."""
        finding = reported.finding
        places = self._places[finding.fingerprint]
        if cited.note is None:
            return finding.url in cited.urls and (None, cited.page) in places
        if (cited.note.id, None) not in places:
            return False
        return finding.url in cited.urls or (is_first and finding.url not in self._of_note[cited.number])

    def _row(self, cited: Cited, here: Sequence[ReportedFinding], label: str = "") -> CiteCheck:
        url = next((r.finding.url for r in here if r.finding.url), None) or next(iter(cited.urls), "")
        findings = [reported.finding for reported in here]
        outcome = self._outcome(cited, findings)
        review = self._review(here)
        return CiteCheck(
            document=self._document.path,
            page=cited.page,
            note=cited.note.label if cited.note else label,
            sentence=cited.sentence,
            citation=cited.words,
            source=url,
            status=outcome.status,
            reason=outcome.reason,
            evidence=outcome.evidence,
            read_at=outcome.read_at,
            snapshot=outcome.snapshot,
            reviewer=review.reviewer if review else "",
            review=" ".join(filter(None, (DECISION_WORDS[review.decision], review.note and f"({review.note})")))
            if review
            else "",
            reviewed_at=review.decided_at if review else None,
            replacement=" ".join(dict.fromkeys(word for finding in findings for word in replacement_words(finding))),
            supplied_by=outcome.supplied_by or "",
            right_value="; ".join(dict.fromkeys(reported.right_value for reported in here if reported.right_value)),
            assignee="; ".join(dict.fromkeys(reported.assignee for reported in here if reported.assignee)),
            desk_url=next((reported.desk_url for reported in here if reported.desk_url), ""),
        )

    def _outcome(self, cited: Cited, findings: Sequence[Finding]) -> _Outcome:
        passages = self._supporting(cited)
        answered = next((self._statuses[url] for url in cited.urls if url in self._statuses), None)
        read = (answered.snapshot, answered.fetched_at) if answered else (None, None)
        if findings:
            quote = next((f.evidence for f in findings if f.evidence.source_quote), findings[0].evidence)
            return _Outcome(
                "; ".join(dict.fromkeys(CODE_WORDS[finding.code].title for finding in findings)),
                " ".join(dict.fromkeys(finding.message for finding in findings)),
                quote.source_quote or "",
                quote.snapshot or read[0],
                quote.fetched_at or read[1],
                quote.supplied_by,
            )
        if passages:
            figures = len({(passage.anchor, passage.ordinal) for passage in passages})
            words = f"{counted(figures, 'figure')} found in the source."
            last = passages[-1]
            return _Outcome("figures agree", words, last.quote, last.snapshot, last.read_at, last.supplied_by)
        if answered is not None and answered.status in (LinkStatus.OK, LinkStatus.MOVED) and not answered.has_text:
            words = "The link answers, but nothing can be read in what it serves."
            return _Outcome(NOT_CHECKED, words, "", *read)
        if answered is not None and answered.status in (LinkStatus.OK, LinkStatus.MOVED):
            return _Outcome("link answers", "No figure was compared with this source.", "", *read)
        return _Outcome(NOT_CHECKED, self._why_not(cited, answered), "", *read)

    def _why_not(self, cited: Cited, answered: AddressStatus | None) -> str:
        if answered is not None:
            reason = answered.judgement.reason.value.replace("_", " ")
            return f"{_UNREAD_WORDS[answered.status].capitalize()}: {reason}."
        if cited.urls:
            return "The source was not asked yet."
        if cited.refers_to is not None:
            return f"It refers to note {self._labels.get(cited.refers_to, cited.refers_to)}; see there."
        return "No address or identifier is given."

    def _supporting(self, cited: Cited) -> list[ComparedPassage]:
        if cited.number is None:
            return []
        return [
            passage
            for url in cited.urls
            for passage in self._passages.get((cited.number, url), ())
            if self._verdicts.get((cited.number, passage.anchor, passage.ordinal, passage.text_id)) is Verdict.SUPPORTED
        ]

    def _review(self, here: Sequence[ReportedFinding]) -> StoredReview | None:
        reviews = (self._reviews.get(reported.finding.fingerprint) for reported in here)
        return max((review for review in reviews if review), key=lambda review: review.id, default=None)
