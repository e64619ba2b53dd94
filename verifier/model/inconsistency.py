"""Where a document contradicts itself, found in the document alone."""

from dataclasses import dataclass
from enum import StrEnum

from verifier.model.box import Box


class InconsistencyKind(StrEnum):
    """Which of a document's statements do not go together."""

    TOTAL = "total"
    PART_EXCEEDS_WHOLE = "part_exceeds_whole"
    PERCENTAGE = "percentage"
    CHANGE = "change"
    RESTATED = "restated"
    ROUNDING = "rounding"
    COUNT = "count"
    CROSS_REFERENCE = "cross_reference"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class InconsistencyPlace:
    """One of the passages that do not go together; `page` is None and `boxes` are empty in a draft."""

    page: int | None
    text: str
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """A contradiction of a document with itself.

    `places` begin with what is stated, and go on with what it was held against. `stated` is the figure or words as
    printed, `computed` what follows from the rest of the document. `confidence` is 0 to 1.
    """

    kind: InconsistencyKind
    message: str
    places: tuple[InconsistencyPlace, ...]
    stated: str
    computed: str | None
    confidence: float

    @property
    def page(self) -> int | None:
        """Where what is stated is."""
        return self.places[0].page if self.places else None
