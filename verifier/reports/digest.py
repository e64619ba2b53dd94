"""What is new of a night, for people who were not there: chosen here, told as a subject line and as text.

Mail goes through other people's machines: of confidential documents a digest holds counts and nothing else.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from verifier.model import FindingKind, FindingState, RunState
from verifier.reports.contents import FailedDocument, ReportedFinding, RunReport, coverage_sentences
from verifier.reports.labels import CODE_WORDS, RUN_WORDS, counted
from verifier.reports.terminal import TextReport, moment, place_words

MOST_SHOWN = 100
"""So many things of a section are described, the rest counted: a first night may find thousands."""

WIDTH = 78
"""Characters a line of plain-text mail should have at most (RFC 5322, section 2.1.1)."""

_STATE_IN_SUBJECT = {
    RunState.RUNNING: "not finished",
    RunState.INCOMPLETE: "incomplete",
    RunState.NETWORK_DOWN: "network down",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things a digest is about."""

    accusations: int = 0
    to_dos: int = 0
    healed: int = 0
    failed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.accusations + other.accusations,
            self.to_dos + other.to_dos,
            self.healed + other.healed,
            self.failed + other.failed,
        )

    def words(self) -> tuple[str, ...]:
        """What there is, most urgent first; what there is none of is left out, but for new findings."""
        new = []
        if self.accusations:
            new.append(counted(self.accusations, "new accusation"))
        if self.to_dos:
            new.append(counted(self.to_dos, "new to-do"))
        if self.healed:
            new.append(f"{self.healed} healed")
        if self.failed:
            new.append(counted(self.failed, "document") + " not read")
        return tuple(new) if self.accusations or self.to_dos else ("0 new", *new)


@dataclass(frozen=True, slots=True)
class Digest:
    """What of a run's report is told: all of it described here, but for `withheld`, which is only counted."""

    report: RunReport
    accusations: tuple[ReportedFinding, ...] = ()
    to_dos: tuple[ReportedFinding, ...] = ()
    healed: tuple[ReportedFinding, ...] = ()
    failed: tuple[FailedDocument, ...] = ()
    withheld: Counts = field(default_factory=Counts)

    @property
    def counts(self) -> Counts:
        """Everything, described or withheld."""
        described = Counts(len(self.accusations), len(self.to_dos), len(self.healed), len(self.failed))
        return described + self.withheld

    @property
    def subject(self) -> str:
        """The night in one line: `Verifier: 0 new, 812 checked`."""
        if self.report.run_id is None:
            return "Verifier: no run yet"
        state = _STATE_IN_SUBJECT.get(self.report.state)
        checked = f"{self.report.coverage.addresses_checked} checked"
        return "Verifier: " + ", ".join([*([state] if state else []), *self.counts.words(), checked])

    @property
    def is_incomplete(self) -> bool:
        """Whether the run did not come to its end."""
        return self.report.state in _STATE_IN_SUBJECT

    @property
    def still_open(self) -> str:
        """What is open altogether, so that a quiet night is not taken for a clean document."""
        accusations = counted(len(self.report.open_accusations), "accusation")
        to_dos = counted(len(self.report.open_to_dos), "to-do")
        return f"Open altogether: {accusations}, {to_dos}. All of it: verifier report"

    @property
    def withheld_words(self) -> str:
        """What is said of confidential documents; empty where there is nothing."""
        if self.withheld == Counts():
            return ""
        return f"{', '.join(self.withheld.words())}. Not described in mail; see: verifier report"

    @property
    def run_words(self) -> str:
        """Which run this is and how it ended."""
        report = self.report
        if report.run_id is None:
            return "Nothing was checked yet."
        ended = f", {moment(report.finished_at)}" if report.finished_at else ""
        return f"Run {report.run_id}{ended}: {RUN_WORDS[report.state]}."


def make_digest(
    report: RunReport, healed: Sequence[ReportedFinding] = (), confidential: Collection[str] = frozenset()
) -> Digest:
    """Choose what is new in a report; `healed` are the findings that closed since the run before.

    `confidential` are the paths of documents that are not talked about outside.
    """
    new = [replace(f, new=False) for f in report.findings if f.new and f.state is FindingState.OPEN]
    accusations, accusations_withheld = _open_part([f for f in new if _accuses(f)], confidential)
    to_dos, to_dos_withheld = _open_part([f for f in new if not _accuses(f)], confidential)
    told_healed, healed_withheld = _open_part(healed, confidential)
    failed = tuple(document for document in report.failed if document.document not in confidential)
    return Digest(
        report,
        accusations,
        to_dos,
        told_healed,
        failed,
        Counts(accusations_withheld, to_dos_withheld, healed_withheld, len(report.failed) - len(failed)),
    )


def _accuses(reported: ReportedFinding) -> bool:
    return reported.finding.kind is FindingKind.ACCUSATION


def _open_part(
    findings: Sequence[ReportedFinding], confidential: Collection[str]
) -> tuple[tuple[ReportedFinding, ...], int]:
    """The findings that may be described, without their confidential places, and how many may not be.

    One that no document holds any more may have been a confidential document's: where there are such, it is withheld.
    """
    if not confidential:
        return tuple(findings), 0
    described = []
    for reported in findings:
        places = tuple(place for place in reported.places if place.document not in confidential)
        if places:
            described.append(replace(reported, places=places))
    return tuple(described), len(findings) - len(described)


def healed_words(reported: ReportedFinding) -> str:
    """A closed finding in one line: `Broken link: http://... (note 5, p. 2 of tolls.pdf)`."""
    finding = reported.finding
    where = f" ({'; '.join(place_words(place) for place in reported.places)})" if reported.places else ""
    return f"{CODE_WORDS[finding.code].title}: {finding.url or finding.message}{where}"


HEALED_TITLE = "HEALED (answers again, or was corrected)"


def digest_text(digest: Digest) -> str:
    """The digest as plain text, wrapped for mail and terminals, ending in a line break."""
    page = TextReport(WIDTH)
    lines = [digest.subject.removeprefix("Verifier: "), page.wrapped(digest.run_words, ""), ""]
    warnings = [*digest.report.messages]
    warnings += [f"{document.document}: not read: {document.reason}" for document in digest.failed[:MOST_SHOWN]]
    warnings += _more(digest.failed)
    if warnings:
        lines += [*(page.wrapped(warning, "! ", "  ") for warning in warnings), ""]
    lines += _section(page.accusations("NEW ACCUSATIONS", digest.accusations[:MOST_SHOWN]), _more(digest.accusations))
    lines += _section(page.by_code("NEW TO-DOS", digest.to_dos[:MOST_SHOWN]), _more(digest.to_dos))
    if digest.healed:
        lines.append(HEALED_TITLE)
        lines += [page.wrapped(f"- {healed_words(one)}", "  ", "    ") for one in digest.healed[:MOST_SHOWN]]
        lines += _section([""], _more(digest.healed))
    if digest.withheld_words:
        lines += [page.wrapped(f"Confidential documents: {digest.withheld_words}", "", "  "), ""]
    lines += [page.wrapped(digest.still_open, ""), "", "WHAT WAS CHECKED"]
    lines += [page.wrapped(sentence, "  ", "    ") for sentence in coverage_sentences(digest.report.coverage)]
    return "\n".join(lines) + "\n"


def _section(lines: list[str], more: Sequence[str]) -> list[str]:
    """Lines that end in an empty one, with what is only counted before it."""
    return [*lines[:-1], *(f"  {words}" for words in more), *lines[-1:]]


def _more(things: Sequence[object]) -> list[str]:
    return [more_words(things)] if len(things) > MOST_SHOWN else []


def more_words(things: Sequence[object]) -> str:
    """What is said of those that are not described: `and 12 more: verifier report`; empty where there are none."""
    return f"and {len(things) - MOST_SHOWN} more: verifier report" if len(things) > MOST_SHOWN else ""
