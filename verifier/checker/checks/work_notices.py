"""Later notices on a work (retraction, concern, correction, new edition): which an editor is told of, and how."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verifier.model import FindingCode, Update, UpdateKind

_BECAME: Mapping[UpdateKind, str] = {
    UpdateKind.RETRACTION: "which its publisher retracted",
    UpdateKind.WITHDRAWAL: "which its publisher withdrew",
    UpdateKind.REINSTATEMENT: "which its publisher had taken back and reinstated",
    UpdateKind.PARTIAL_RETRACTION: "of which its publisher retracted a part",
    UpdateKind.CONCERN: "about which its publisher expressed concern",
    UpdateKind.CORRECTION: "which its publisher corrected",
    UpdateKind.NEW_EDITION: "of which there is a newer edition",
}
_TAKEN_BACK = re.compile(r"\bretract|\bwithdraw|\bsuperseded", re.IGNORECASE)
_LESS = re.compile(r"\bexpressions?\s+of\s+concern|\berrat(?:um|a)\b|\bcorrigend|\bcorrected\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WeightyNotice:
    """The notice that says most of a work, and the finding that it is."""

    update: Update
    code: FindingCode

    @property
    def words(self) -> str:
        """`which its publisher corrected on 2021-02-03 (doi:10.5555/n)`."""
        when = f" on {self.update.date}" if self.update.date else ""
        notice = f" (doi:{self.update.doi})" if self.update.doi else ""
        return f"{_BECAME[self.update.kind]}{when}{notice}"

    def is_in(self, note: str) -> bool:
        """Whether a note says so itself: a word of less does not do for a retraction."""
        admitted = self.code is not FindingCode.WORK_RETRACTED and _LESS.search(note)
        return bool(_TAKEN_BACK.search(note) or admitted)


_LESSER: tuple[tuple[frozenset[UpdateKind], FindingCode], ...] = (
    (frozenset(kind for kind in UpdateKind if kind.casts_doubt), FindingCode.WORK_IN_DOUBT),
    (frozenset({UpdateKind.CORRECTION}), FindingCode.WORK_CORRECTED),
    (frozenset({UpdateKind.NEW_EDITION}), FindingCode.WORK_NEWER_EDITION),
)
"""Notices that take nothing back, the weightiest first."""


def weightiest_notice(updates: Sequence[Update]) -> WeightyNotice | None:
    """The notice that says most of a work; None for none.

    A retraction that was itself taken back leaves a doubt; a part that was retracted and a concern are doubts; a
    correction is neither doubt nor retraction.
    """
    taken_back = next((one for one in updates if one.kind.takes_back), None)
    reinstated = next((one for one in updates if one.kind is UpdateKind.REINSTATEMENT), None)
    if taken_back is not None and reinstated is not None and not _is_before(reinstated, taken_back):
        return WeightyNotice(reinstated, FindingCode.WORK_IN_DOUBT)
    if taken_back is not None:
        return WeightyNotice(taken_back, FindingCode.WORK_RETRACTED)
    for kinds, code in _LESSER:
        found = next((one for one in updates if one.kind in kinds), None)
        if found is not None:
            return WeightyNotice(found, code)
    return None


def _is_before(one: Update, other: Update) -> bool:
    return one.date is not None and other.date is not None and one.date < other.date
