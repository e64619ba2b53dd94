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
from verifier.reports.citation_statuses import CitationStatus, Level, citation_statuses
from verifier.reports.citations import Cited
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

    `link`, `figures`, `quotations` and `work` say what became of each, whatever became of the others. `source` is its
    address, `status` what is found in a few words, `reason` the sentences behind it, and what was not checked;
    `read_at` is when it was read, `supplied_by` who handed it in, if it was not fetched; `replacement` is what may be
    cited instead, in words; `review` is what `reviewer` decided on `reviewed_at`, `right_value` what they say is right;
    `assignee` is whose its findings are, `desk_url` the first one's page at the desk.
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
    link: str = ""
    figures: str = ""
    quotations: str = ""
    work: str = ""
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
        self._citations = citation_statuses(store, document, extraction, findings)
        urls = sorted({url for citation in self._citations for url in citation.cited.urls})
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
        return map(self._row, self._citations)

    def _row(self, citation: CitationStatus) -> CiteCheck:
        cited, here = citation.cited, citation.findings
        url = next((r.finding.url for r in here if r.finding.url), None) or next(iter(cited.urls), "")
        findings = [reported.finding for reported in here]
        outcome = self._outcome(cited, findings)
        review = self._review(here)
        of_parts = citation.unchecked[citation.link.level is Level.NOT_CHECKED :]  # the link's is told by the outcome
        unchecked = [f"Not checked: {one.what}: {one.why}." for one in of_parts]
        return CiteCheck(
            document=self._document.path,
            page=cited.page,
            note=cited.note.label if cited.note else self._label(here),
            sentence=cited.sentence,
            citation=cited.words,
            link=citation.link.words,
            figures=citation.figures.words,
            quotations=citation.quotations.words,
            work=citation.work.words,
            source=url,
            status=outcome.status,
            reason=" ".join([outcome.reason, *unchecked]),
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

    def _label(self, here: Sequence[ReportedFinding]) -> str:
        """The label that a finding of no citation has here, if any."""
        places = (place for reported in here for place in reported.places if place.document_id == self._document.id)
        return next((place.footnote_label or "" for place in places), "")

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
