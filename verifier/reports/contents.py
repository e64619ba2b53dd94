"""What a report is made of, whatever its format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from verifier.model import Coverage, Decision, Finding, FindingCode, FindingKind, FindingState, RunState
from verifier.reports.labels import counted


@dataclass(frozen=True, slots=True)
class CitationPlace:
    """A footnote (or, where `footnote_label` is None, the body text) that cites what a finding is about.

    `document` is a path, `document_id` its number in the store: two collections may hold the same path.
    """

    document: str
    footnote_label: str | None
    page: int | None
    sentence: str | None
    footnote_id: str | None = None
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReportedReview:
    """What was decided last about a finding; `right_value` is what belongs in the document, empty where nobody said.

    `rule` is the id of the standing rule that decided, empty where a person did.
    """

    decision: Decision
    reviewer: str
    note: str
    right_value: str
    decided_at: datetime
    rule: str = ""


@dataclass(frozen=True, slots=True)
class ReportedRule:
    """A standing rule that keeps `findings` of a report quiet; `place` is in words where it holds, `host` and `url` are
    empty where it is about something else; `reason` is that of the last fetch, empty for any.
    """

    id: str
    code: FindingCode
    host: str
    url: str
    http_status: int | None
    why: str
    reviewer: str
    made_at: datetime
    expires_at: datetime | None
    findings: int
    place: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A finding as a report shows it: with its state, the places it touches, and whether this run saw it first.

    `review` is what was decided last, `assignee` whose it is, `desk_url` its page at the desk, if that has one.
    """

    finding: Finding
    state: FindingState
    places: tuple[CitationPlace, ...]
    new: bool
    review: ReportedReview | None = None
    assignee: str = ""
    desk_url: str | None = None

    @property
    def id(self) -> str:
        """What an editor can quote: the first sixteen hex digits of the fingerprint."""
        return self.finding.fingerprint[:16]

    @property
    def unanswered_since(self) -> datetime | None:
        """When the author was asked, where the finding is open again since there was no answer."""
        is_query = self.review is not None and self.review.decision is Decision.QUERY
        return self.review.decided_at if self.review and is_query and self.state is FindingState.OPEN else None

    @property
    def right_value(self) -> str:
        """What an editor who accepted the finding says is right."""
        return self.review.right_value if self.review and self.state is FindingState.ACCEPTED else ""


@dataclass(frozen=True, slots=True)
class MissingPart:
    """A page that answers, but without a part (fragment) of it that is cited: noted, and no finding."""

    url: str
    fragments: tuple[str, ...]
    places: tuple[CitationPlace, ...]


@dataclass(frozen=True, slots=True)
class FailedDocument:
    """A PDF that could not be read, and why."""

    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class RunReport:
    """One run as told to people: how it ended, what was checked, what was found.

    `messages` are sentences about the run itself: the network seemed down, work is left for the next run.
    """

    run_id: int | None
    kind: str
    state: RunState
    started_at: datetime | None
    finished_at: datetime | None
    coverage: Coverage
    findings: tuple[ReportedFinding, ...] = ()
    failed: tuple[FailedDocument, ...] = ()
    messages: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    missing_parts: tuple[MissingPart, ...] = ()
    rules: tuple[ReportedRule, ...] = ()

    @property
    def decided(self) -> tuple[ReportedFinding, ...]:
        """The findings that people decided; those that a rule keeps quiet are told by their rules."""
        return tuple(f for f in self.findings if f.state.is_decided and f.state is not FindingState.QUIET)

    @property
    def open_accusations(self) -> tuple[ReportedFinding, ...]:
        """The accusations nobody has decided yet."""
        return self._open(FindingKind.ACCUSATION)

    @property
    def open_to_dos(self) -> tuple[ReportedFinding, ...]:
        """The to-dos nobody has decided yet."""
        return self._open(FindingKind.TO_DO)

    def _open(self, kind: FindingKind) -> tuple[ReportedFinding, ...]:
        return tuple(f for f in self.findings if f.state is FindingState.OPEN and f.finding.kind is kind)


class Report(Protocol):
    """A format: turns a run's report into text."""

    def render(self, report: RunReport) -> str:
        """The whole report as one string."""
        ...


def coverage_sentences(coverage: Coverage) -> tuple[str, ...]:
    """What was checked and what was not, in plain words: the counts that are in every report."""
    c = coverage
    documents = f"documents: {c.documents} read"
    links = (
        f"links: {c.addresses} cited, {c.addresses_checked} checked: {c.addresses_ok} answer, "
        f"{c.addresses_broken} show signs of being broken, {c.addresses_unreachable} did not answer, "
        f"{c.addresses_blocked} blocked, {c.addresses_refused} not asked (our policy)"
    )
    if c.documents_failed:
        documents += f", {c.documents_failed} could not be read"
    if c.documents_not_compared:
        documents += f", {c.documents_not_compared} not compared with their sources yet"
    if c.documents and c.documents == c.documents_not_compared:
        return (
            documents,
            links,
            *_quiet(c),
        )  # the others are counted when compared: their 0 would mislead
    figures = (
        f"figures: {c.figures} seen, {c.figures_compared} compared ({c.figures_supported} supported, "
        f"{c.figures_contradicted} contradicted, {c.figures_not_found} not found), "
        f"{c.figures_source_unread} with a source that could not be read, "
        f"{c.figures_source_not_given} without a given source"
        + (f", {c.figures_other_language} not checked: language" if c.figures_other_language else "")
    )
    notes = f"notes: {c.footnotes}, citations: {c.citations}"
    if c.decisions:
        notes += f", {c.decisions} of them of courts' decisions, whose subsequent history is not checked"
    quotations = f"quotations: {c.quotations} seen, {c.quotations_compared} looked up in their sources"
    return documents, notes, links, figures, quotations, *_works(c), *_quiet(c)


def _works(c: Coverage) -> tuple[str, ...]:
    """What came of asking registries for works: told where any was asked for."""
    if not c.works_sought:
        return ()
    works = f"works looked for in registries: {c.works_sought}, {c.works_not_found} not found"
    if c.works_unanswered:
        works += f", {c.works_unanswered} not checked since a registry did not answer"
    return (works,)


def _quiet(c: Coverage) -> tuple[str, ...]:
    """What is not shown since a rule says so: told wherever there is any."""
    if not c.findings_quiet:
        return ()
    are = "is" if c.findings_quiet == 1 else "are"
    return (f"rules: {counted(c.findings_quiet, 'finding')} {are} quiet by {counted(c.rules, 'standing rule')}",)
