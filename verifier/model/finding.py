"""What a machine wants an editor to see, and how much of a run was checked."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from verifier.model.link import SnapshotRef


class FindingCode(StrEnum):
    """What a finding says; the first five are accusations, the rest to-dos."""

    LINK_BROKEN = "link_broken"
    FIGURE_DISAGREES = "figure_disagrees"
    QUOTE_DIFFERS = "quote_differs"
    WORK_OTHER = "work_other"
    WORK_RETRACTED = "work_retracted"
    LINK_UNCONFIRMED = "link_unconfirmed"
    LINK_UNREACHABLE = "link_unreachable"
    LINK_MOVED = "link_moved"
    LINK_BLOCKED = "link_blocked"
    FIGURE_CHECK = "figure_check"
    FIGURE_NOT_FOUND = "figure_not_found"
    QUOTE_NOT_FOUND = "quote_not_found"
    WORK_DIFFERS = "work_differs"
    WORK_NOT_FOUND = "work_not_found"
    WORK_IN_DOUBT = "work_in_doubt"
    WORK_CORRECTED = "work_corrected"
    WORK_NEWER_EDITION = "work_newer_edition"
    SOURCE_CHANGED = "source_changed"
    SOURCE_NOT_GIVEN = "source_not_given"
    NOTE_UNPARSED = "note_unparsed"
    DOCUMENT_INCONSISTENT = "document_inconsistent"
    CHECK_FAILED = "check_failed"


class FindingKind(StrEnum):
    """Whether the document is said to be wrong, or an editor is asked to look."""

    ACCUSATION = "accusation"
    TO_DO = "to_do"


class Severity(StrEnum):
    """How soon an editor should look."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class FindingState(StrEnum):
    """The state of a finding: open, closed by itself (healed), decided by a person's latest review, or kept quiet by a
    standing rule that a person set.
    """

    OPEN = "open"
    CLOSED = "closed"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    QUERIED = "queried"
    SNOOZED = "snoozed"
    QUIET = "quiet"

    @property
    def is_decided(self) -> bool:
        """Whether a person, not the machine, said so."""
        return self not in (FindingState.OPEN, FindingState.CLOSED)


class Decision(StrEnum):
    """What a person decided in a review; `QUERY` asks the author first, `SNOOZE` puts it off to a day.

    `QUIET` is decided by a standing rule, in the name of the person who set it.
    """

    ACCEPT = "accept"
    DISMISS = "dismiss"
    QUERY = "query"
    SNOOZE = "snooze"
    REOPEN = "reopen"
    QUIET = "quiet"


class RunState(StrEnum):
    """How a run ended; `NETWORK_DOWN` ones count for nothing in an address's history."""

    RUNNING = "running"
    FINISHED = "finished"
    INCOMPLETE = "incomplete"
    NETWORK_DOWN = "network_down"


class ReplacementKind(StrEnum):
    """What may be cited in place of an address that moved or is dead."""

    NEW_ADDRESS = "new_address"
    SAME_WORK = "same_work"
    ARCHIVED_COPY = "archived_copy"


@dataclass(frozen=True, slots=True)
class Replacement:
    """An address to cite instead.

    `identifier` is the key of the work (`doi:10.1000/1`) where an identifier of it leads there. `captured_at` is when
    an archived copy was made, `is_late` says that this was after the document's date.
    """

    kind: ReplacementKind
    url: str
    identifier: str | None = None
    captured_at: datetime | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class ComparedField:
    """A field of a cited work: what the note says of it and what its source does, empty where either says nothing."""

    name: str
    cited: str
    shown: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The archived passage that a finding rests on; `supplied_by` names who handed it in, None where it was fetched.

    `fields` are those of a cited work beside what its source says of itself.
    """

    source_quote: str | None = None
    source_text: str | None = None
    snapshot: SnapshotRef | None = None
    fetched_at: datetime | None = None
    confidence: float | None = None
    supplied_by: str | None = None
    fields: tuple[ComparedField, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at; `replacements` are what may be cited in place of its address, the best first.

    Link findings carry the address in `url` and no document (many may cite it; the store lists them);
    all others carry the place in their document: `footnote_id`, `page`, `sentence`.
    """

    fingerprint: str
    code: FindingCode
    kind: FindingKind
    severity: Severity
    message: str
    url: str | None = None
    footnote_id: str | None = None
    footnote_label: str | None = None
    page: int | None = None
    sentence: str | None = None
    evidence: Evidence = Evidence()
    replacements: tuple[Replacement, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was seen and what was checked: the counts in every report. All count things, none is a share.

    `findings_quiet` are kept quiet by so many standing `rules`; both are counted when a report is made.
    """

    documents: int = 0
    documents_failed: int = 0
    documents_not_compared: int = 0
    footnotes: int = 0
    citations: int = 0
    addresses: int = 0
    addresses_checked: int = 0
    addresses_ok: int = 0
    addresses_broken: int = 0
    addresses_unreachable: int = 0
    addresses_blocked: int = 0
    addresses_refused: int = 0
    figures: int = 0
    figures_compared: int = 0
    figures_supported: int = 0
    figures_contradicted: int = 0
    figures_not_found: int = 0
    figures_source_unread: int = 0
    figures_source_not_given: int = 0
    figures_other_language: int = 0
    decisions: int = 0
    quotations: int = 0
    quotations_compared: int = 0
    works_sought: int = 0
    works_unanswered: int = 0
    works_not_found: int = 0
    findings_quiet: int = 0
    rules: int = 0

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))
