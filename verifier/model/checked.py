"""What became of each figure, quotation and work that a claim holds, also of those that could not be checked."""

from dataclasses import dataclass, field
from enum import StrEnum

from verifier.model.finding import Evidence


class PartKind(StrEnum):
    """What of a claim is checked by itself."""

    FIGURE = "figure"
    QUOTATION = "quotation"
    WORK = "work"


class PartStatus(StrEnum):
    """What became of a part: compared (the first three), or why it could not be.

    `NOT_FOUND` means that every source was read and none has it; `DISOWNED` that the author does not say that the
    source does (*contra*); `NOT_IDENTIFIED` that what was read does not show which work it is.
    """

    AGREES = "agrees"
    DISAGREES = "disagrees"
    NOT_FOUND = "not_found"
    SOURCE_UNREAD = "source_unread"
    SOURCE_NOT_GIVEN = "source_not_given"
    OTHER_LANGUAGE = "other_language"
    DISOWNED = "disowned"
    NOT_IDENTIFIED = "not_identified"

    @property
    def is_checked(self) -> bool:
        """Whether it was held against what its sources say."""
        return self in (PartStatus.AGREES, PartStatus.DISAGREES, PartStatus.NOT_FOUND)


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """A figure, quotation or work of a claim.

    `text` are its words, from `start` to `end` of the claim's text where they are there as such. `url` is the address
    that the status rests on and `evidence` what it says; `fingerprint` names the finding that was raised, None where
    none was (a figure that agrees, one that the author reckoned).
    """

    kind: PartKind
    status: PartStatus
    text: str
    start: int | None = None
    end: int | None = None
    url: str | None = None
    evidence: Evidence = field(default_factory=Evidence)
    fingerprint: str | None = None
