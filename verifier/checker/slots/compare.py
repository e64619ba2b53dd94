"""All slots of a claim's figure beside those of one figure of a source."""

from dataclasses import dataclass, field

from verifier.checker.align.index import ReadSource
from verifier.checker.slots.attached_places import compare_attached_places
from verifier.checker.slots.attached_years import compare_attached_years
from verifier.checker.slots.contrasts import NEEDED, SLOT_OF, Mention, mentions
from verifier.checker.slots.names import NameFinder
from verifier.checker.slots.phrases import unknown_phrase
from verifier.checker.slots.ranges import compare_ends, compare_with_range, end_of_range
from verifier.checker.slots.rates import Rate, compare_rates, rate_of
from verifier.checker.slots.relations import Role, compare_roles, is_withdrawn, role_of
from verifier.checker.slots.respective import compare_respective
from verifier.checker.slots.scores import compare_scores, score_of
from verifier.checker.slots.slot import WITHDRAWN, Slot, SlotComparison, SlotReading, State
from verifier.checker.slots.span import own_span, segment_chars
from verifier.checker.slots.statistics import compare_labels, label_of
from verifier.checker.slots.subject import SubjectReader
from verifier.checker.slots.units import counts_single_things
from verifier.checker.slots.wholes import compare_shares, compare_wholes
from verifier.checker.slots.windows import (
    compare_lengths,
    compare_periods,
    compare_starts,
    compare_years,
    first_year,
    length_of,
    period_of,
)

_BESIDE = 60
"""How many characters a word such as "real" or "median" is at most from the figure that it belongs to."""

_TAKEN_BACK = 3
"""How many figures away a source may take a number back: "said that 1,421 closed. It was 1,241, not 1,421."."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What is read once of a figure's words: the sides of contrasts it is named with, its times, its rate, its role."""

    own: dict[int, Mention]
    around: dict[int, set[int]]
    beside: frozenset[int]
    period: tuple[str, str]
    length: tuple[int, str]
    rate: Rate
    role: Role
    since: int
    label: str
    end_of_range: str


@dataclass(slots=True)
class SlotReader:
    """Compares slots between one claim and one source, reading each figure's words once."""

    claim: ReadSource
    source: ReadSource
    subjects: SubjectReader = field(init=False)
    _mine: dict[int, _Words] = field(default_factory=dict)
    _theirs: dict[int, _Words] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.subjects = SubjectReader(self.claim, self.source, NameFinder(self.source))

    def compare(self, index: int, number: int) -> SlotComparison:
        """The slots of the claim's figure `index` beside those of the source's figure `number`."""
        if index not in self._mine:
            self._mine[index] = _read(self.claim, index, alone=True)
        if number not in self._theirs:
            self._theirs[number] = _read(self.source, number)
        mine, theirs = self._mine[index], self._theirs[number]
        figure, other = self.claim.figures[index], self.source.figures[number]
        in_list = compare_respective(self.claim, index, self.source, number)
        is_its_own = in_list is not None and in_list.state is State.SAME
        found = [
            in_list,
            self.subjects.compare(index, number),
            *(() if is_its_own else _compare_contrasts(mine, theirs)),  # the nearest side's words are another figure's
            unknown_phrase(self.claim, index, self.source),
            compare_wholes(self.claim, index, self.source, number),
            compare_shares(self.claim, index, self.source, number),
            compare_scores(score_of(self.claim.text, figure), score_of(self.source.text, other)),
            compare_years(self.claim.text, figure, self.source.text, other),
            compare_attached_years(self.claim, index, self.source, number),
            compare_periods(mine.period, theirs.period),
            compare_attached_places(self.claim, index, self.source, number),
            compare_starts(mine.since, theirs.since) if figure.dimension != "date" else None,
            compare_labels(mine.label, theirs.label) if figure.dimension != "date" else None,
            compare_ends(mine.end_of_range, theirs.end_of_range) if figure.dimension != "date" else None,
            compare_with_range(figure, self.source, number) if figure.dimension != "date" else None,
            compare_lengths(mine.length, theirs.length) if figure.dimension != "duration" else None,
        ]
        if figure.dimension not in ("date", "duration"):
            found.append(compare_rates(mine.rate, theirs.rate, figure, other))
        if figure.dimension == other.dimension != "date":
            found.append(compare_roles(mine.role, theirs.role))
        if self._is_withdrawn(number) and not is_withdrawn(self.claim.text, figure):
            found.append(SlotReading(Slot.STATUS, State.CONFLICT, WITHDRAWN))
        cell = self.source.cells.get(number)
        if cell is not None and cell.scale != 1 and counts_single_things(self.claim.text, figure, other):
            found.append(SlotReading(Slot.UNIT, State.CONFLICT, f"counted in {cell.scale:,}"))
        return SlotComparison(tuple(reading for reading in found if reading is not None))

    def _is_withdrawn(self, number: int) -> bool:
        """Whether the source takes a figure back, there or where it gives the same number close by again."""
        figures = self.source.figures
        mine = figures[number]
        nearby = range(max(0, number - _TAKEN_BACK), min(len(figures), number + _TAKEN_BACK + 1))
        return any(figures[one].value == mine.value and is_withdrawn(self.source.text, figures[one]) for one in nearby)


def _read(source: ReadSource, number: int, alone: bool = False) -> _Words:
    """The words of a figure; with `alone`, also a side that the whole sentence names and names no other of."""
    figure, cell = source.figures[number], source.cells.get(number)
    if cell is not None:
        heads = " | ".join((cell.section, cell.column_head, cell.row_head))  # the nearest head is read last, and wins
        in_heads = {mention.contrast: mention for mention in mentions(heads, 0, len(heads))}
        return _Words(
            in_heads, {}, frozenset(), period_of(heads, 0, len(heads)), (0, ""), Rate(), Role.PLAIN, 0, "", ""
        )
    segment = source.segment_at(source.figure_words[number])
    start, end = segment_chars(source, segment)
    low, high = own_span(source, number)
    own: dict[int, Mention] = {}
    around: dict[int, set[int]] = {}
    last: dict[int, Mention] = {}
    for mention in mentions(source.text, start, end):
        around.setdefault(mention.contrast, set()).add(mention.side)
        last[mention.contrast] = mention
        if low <= mention.start < high:
            nearest = own.get(mention.contrast)
            if nearest is None or _distance(mention, figure.start) < _distance(nearest, figure.start):
                own[mention.contrast] = mention
    beside = frozenset(
        contrast for contrast in NEEDED & own.keys() if _distance(own[contrast], figure.start) <= _BESIDE
    )
    if alone:
        own = {contrast: one for contrast, one in last.items() if len(around[contrast]) == 1} | own
    period = period_of(source.text, low, high)
    length = length_of(source.text, low, high)
    return _Words(
        own,
        around,
        beside,
        period if period[0] else period_of(source.text, start, end),
        length,
        rate_of(source.text, figure, end),
        role_of(source.text, figure),
        first_year(source.text, start, end),
        label_of(source.text, figure),
        end_of_range(source, number),
    )


def _distance(mention: Mention, place: int) -> int:
    return min(abs(mention.start - place), abs(mention.end - place))


def _compare_contrasts(mine: _Words, theirs: _Words) -> list[SlotReading]:
    """The contrasts that the claim names a side of: the same side, the other one, or none in the source's words."""
    found = []
    for contrast, mention in mine.own.items():
        other = theirs.own.get(contrast)
        if other is not None and other.side != mention.side:
            found.append(SlotReading(SLOT_OF[contrast], State.CONFLICT, other.words))
        elif other is None and contrast in mine.beside:
            there = theirs.around.get(contrast)
            found.append(SlotReading(SLOT_OF[contrast], State.INHERITED if there else State.ABSENT))
    return found
