"""The slot `window`, as far as a sentence gives one thing for several years: "from 62% in 2009 to 91% in 2021".

Which year a figure is of is read only where it is attached to the figure itself: "91% in 2021", "437 million (2021)",
"(2021: 4,390 million)". A figure of another year is in conflict only where the same sentence has one that is attached
to the claim's year.
"""

import re
from dataclasses import dataclass

from verifier.checker.align.index import ReadSource
from verifier.checker.slots.slot import Slot, SlotReading, State
from verifier.checker.slots.span import segment_chars

_YEAR = r"(?P<year>(?:19|20)\d\d)(?:[-/–](?P<second>\d\d(?:\d\d)?)(?!\d))?"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct"
    r"|Nov|Dec)\.?"
)
_YEAR_AGAIN = _YEAR.replace("<year>", "<year2>").replace("<second>", "<second2>")
_QUARTER = r"(?:Q[1-4]\s|H[12]\s|(?:the\s)?(?:first|second|third|fourth)\s(?:quarter|half)\s(?:of\s)?)"
_AFTER = re.compile(
    rf"(?:\s(?!and\b|to\b|or\b|but\b|than\b|from\b)[^\W\d_][\w’'-]*){{0,5}}?\s?[(,]?\s?(?:\b(?:in|for|during|by|at|as\sof)\s)"
    rf"(?:(?:the\s)?(?:fiscal|financial|calendar)?\s?(?:year\s)?|(?:the\s)?(?:end\sof|early|late|mid-?)\s?|FY\s?|{_QUARTER}|{_MONTH}\s)?{_YEAR}(?!\w)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(rf"\s?\((?:in\s|FY\s?)?{_YEAR}\)")
_LABEL_BEFORE = re.compile(
    rf"[(;,]\s?(?:in\s|FY\s?|{_QUARTER}|{_MONTH}\s)?{_YEAR}\s?:\s?\S{{0,4}}\s?$"
    rf"|\b(?:in|for|than)\s{_YEAR_AGAIN}\s\(\S{{0,4}}$",
    re.IGNORECASE,
)
_IN_YEAR = re.compile(rf"(?<![\w.,/-]){_YEAR}(?![\w%]|[.,]\d)")
_COMPARED = re.compile(r"\(|\bfrom\b|\bcompared\b|\bagainst\b|\bversus\b|\bthan\b|\bafter\b", re.IGNORECASE)
_MOST_BEFORE = 44


@dataclass(frozen=True, slots=True)
class AttachedYear:
    """A year or a business year ("2020/21"): the year it begins in and the one it ends in."""

    begins: int
    ends: int

    def is_other_than(self, other: "AttachedYear") -> bool:
        """Whether two years share neither beginning nor end: "2021" may be "2020/21"."""
        return self.begins != other.begins and self.ends != other.ends

    def __str__(self) -> str:
        """As an editor reads it."""
        return str(self.begins) if self.begins == self.ends else f"{self.begins}/{self.ends % 100:02}"


def attached_year(source: ReadSource, number: int) -> AttachedYear | None:
    """The year that a figure is attached to, None where it has none of its own."""
    figure, text = source.figures[number], source.text
    label = _LABEL_BEFORE.search(text, max(0, figure.start - _MOST_BEFORE), figure.start)
    if label is not None:
        return _year_of(label)
    _, end = segment_chars(source, source.segment_at(source.figure_words[number]))
    found = _IN_BRACKETS.match(text, figure.end, end) or _AFTER.match(text, figure.end, end)
    return _year_of(found) if found is not None else None


def _year_of(found: re.Match[str]) -> AttachedYear:
    groups = found.groupdict()
    year, second = int(groups["year"] or groups["year2"]), groups["second"] or groups.get("second2")
    if second is None:
        return AttachedYear(year, year)
    ends = int(second)
    return AttachedYear(year, ends if ends > 99 else year // 100 * 100 + ends)


def claimed_year(claim: ReadSource, index: int) -> AttachedYear | None:
    """The year that the claim gives a figure for: attached to it, or the only one of its sentence."""
    own = attached_year(claim, index)
    if own is not None:
        return own
    start, end = segment_chars(claim, claim.segment_at(claim.figure_words[index]))
    years = {_year_of(found) for found in _IN_YEAR.finditer(claim.text, start, end)}
    return years.pop() if len(years) == 1 else None


def compare_attached_years(claim: ReadSource, index: int, source: ReadSource, number: int) -> SlotReading | None:
    """A figure of another year than the claim's, beside one of the claim's year in the same sentence."""
    figure, other = claim.figures[index], source.figures[number]
    if "date" in (figure.dimension, other.dimension) or number in source.cells:
        return None
    mine = claimed_year(claim, index)
    if mine is None:
        return None
    theirs = attached_year(source, number)
    if theirs is not None and not mine.is_other_than(theirs):
        return None
    for sibling in source.figures_of(source.segment_at(source.figure_words[number])):
        if sibling == number or source.figures[sibling].dimension != other.dimension:
            continue
        year = attached_year(source, sibling)
        if year is None or mine.is_other_than(year) or source.figures[sibling].value == other.value:
            continue
        if theirs is not None or _is_compared_with(source, number, sibling):
            return SlotReading(Slot.WINDOW, State.CONFLICT, str(theirs) if theirs is not None else "another year")
    return None


def _is_compared_with(source: ReadSource, number: int, sibling: int) -> bool:
    """Whether a figure has the one of another year behind it: "4,811 (2021: 4,390)", "71%, up from 64% in 2017"."""
    after, before = source.figures[sibling], source.figures[number]
    if sibling <= number or any(
        source.figures[one].dimension == before.dimension for one in range(number + 1, sibling)
    ):
        return False
    return _COMPARED.search(source.text, before.end, after.start) is not None
