"""What a check is given and what it brings: the seam between the checker and those who wire it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from verifier.checker.align.index import ReadSource
from verifier.checker.verdict.joint import JointComparison
from verifier.model import CheckedPart, Coverage, Finding, PartStatus, Signal, SnapshotRef


@dataclass(frozen=True, slots=True)
class Claim:
    """The words that a note is to bear out.

    `text` is what is held against the sources: the anchor's clause, or the words of one citation in the note
    itself (`in_note`). `sentence` is the whole sentence, as an editor is shown it and as fingerprints know it.
    `own_analysis` says that the author claims the figures as their own analysis: they are never accused.
    `block_quotation` are the words of an indented paragraph that the note's marker ends, which may be another's.
    `by_ocr` says that its letters were guessed from a picture, so that a misreading is never an accusation.
    """

    document_key: str
    footnote_id: str
    footnote_label: str
    page: int | None
    text: str
    sentence: str
    in_note: bool = False
    own_analysis: bool = False
    by_ocr: bool = False
    block_quotation: str | None = None


@dataclass(frozen=True, slots=True)
class CitedText:
    """A cited source as it was read: `address` is where, `captured_at` when, `snapshot` the archived response.

    `signal` is the citation's; `dated` the date that the source states of itself; `may_be_part` says that it was read
    where an identifier resolves (an abstract, a catalogue's entry) while the note prints another source. `copy_url` is
    the archived copy that was read in place of a source that could not be, `out_of_reach` says that our own copy was,
    since the source died or was blocked: such a text accuses nobody. `supplied_by` names who handed the text in, if it
    was not fetched.
    """

    source_key: str
    address: str
    read: ReadSource
    title: str | None = None
    signal: Signal | None = None
    captured_at: datetime | None = None
    dated: date | None = None
    snapshot: SnapshotRef | None = None
    may_be_part: bool = False
    copy_url: str | None = None
    supplied_by: str | None = None
    out_of_reach: bool = False

    @property
    def is_a_copy(self) -> bool:
        """Whether it was read from a copy since the source itself cannot be."""
        return self.copy_url is not None or self.out_of_reach

    @property
    def disowned(self) -> bool:
        """Whether this source may only support: the author says so, or it may be but a part of the work."""
        return self.may_be_part or (self.signal is not None and self.signal.disowns)


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A claim with all that its note cites for it.

    `unread` counts the cited sources that are there and could not be read (dead, blocked, another language, not yet
    fetched); `foreign` names the languages of those among them that the checker does not know. `document_date` is when
    the document was made, if it is known.
    """

    claim: Claim
    cited: tuple[CitedText, ...] = ()
    unread: int = 0
    document_date: date | None = None
    foreign: tuple[str, ...] = ()

    @property
    def why_unread(self) -> PartStatus | None:
        """Why what none of the read sources has could be in another: for its language only, or for other reasons."""
        if not self.unread:
            return None
        return PartStatus.SOURCE_UNREAD if self.unread > len(self.foreign) else PartStatus.OTHER_LANGUAGE

    @property
    def may_accuse(self) -> bool:
        """Whether claim and sources were read well enough for an accusation."""
        return not self.unread and not self.claim.by_ocr and not any(one.is_a_copy for one in self.cited)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check brings: findings, the comparisons they rest on (in the order of the figures), and the counts.

    `parts` says of each figure or quotation what became of it, also of those that are in order or were not checked.
    """

    findings: tuple[Finding, ...] = ()
    comparisons: tuple[JointComparison, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    parts: tuple[CheckedPart, ...] = ()


class Check(Protocol):
    """Something that reads a claim beside its sources and may find fault."""

    @property
    def name(self) -> str:
        """What the check is called in logs and tests."""
        ...

    def findings(self, cited_claim: CitedClaim) -> CheckResult:
        """All that this check has to say of one claim; pure, and never raises for what a document or page holds."""
        ...


@dataclass(frozen=True, slots=True)
class FixedCheck:
    """A check that says of every claim what it was told to: the fake that ships with the package."""

    name: str = "fixed"
    result: CheckResult = CheckResult()

    def findings(self, cited_claim: CitedClaim) -> CheckResult:
        """The fixed result."""
        return self.result


def run_checks(checks: Sequence[Check], cited_claim: CitedClaim) -> CheckResult:
    """All checks of one claim, their results joined in the order of the checks."""
    results = [check.findings(cited_claim) for check in checks]
    return CheckResult(
        findings=tuple(finding for result in results for finding in result.findings),
        comparisons=tuple(comparison for result in results for comparison in result.comparisons),
        coverage=sum((result.coverage for result in results), Coverage()),
        parts=tuple(part for result in results for part in result.parts),
    )
