"""The slot `window`: the period, the span and the first year that a figure is of, and when two of them differ."""

import pytest

from verifier.checker.slots.slot import State
from verifier.checker.slots.windows import (
    compare_lengths,
    compare_periods,
    compare_starts,
    first_year,
    length_of,
    period_of,
)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Revenue fell in the first quarter of 2024", "quarter1"),
        ("Revenue fell in Q3", "quarter3"),
        ("Revenue fell in 2Q24", "quarter2"),
        ("in the final quarter", "quarter4"),
        ("in the same quarter", "quarter"),
        ("in the first half of 2024", "half1"),
        ("in H2 2024", "half2"),
        ("the six months to June", "half1"),
        ("in the first nine months", "nine"),
        ("for the full year", "year"),
        ("in the twelve months to March", "year"),
        ("for the year, and in Q3 too", "quarter3"),
        ("a quarter of the bridges", ""),
        ("the bridges", ""),
    ],
)
def test_periods(text: str, period: str):
    assert period_of(text, 0, len(text))[0] == period


def test_a_period_outside_the_places_is_none():
    text = "In the first quarter it rose. It fell then."
    assert period_of(text, text.index("It fell"), len(text)) == ("", "")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("over the past two decades", 7300),
        ("in the last 10 years", 3650),
        ("in the past decade", 3650),
        ("over five years", 1825),
        ("within a week", 7),
        ("in the next three months", 90),
        ("last week", 7),
        ("for 12 months", 360),
        ("the past", 0),
        ("ten years old", 0),
        ("the bridges", 0),
    ],
)
def test_spans(text: str, days: int):
    assert length_of(text, 0, len(text))[0] == days


@pytest.mark.parametrize(
    ("mine", "theirs", "conflict"),
    [
        ("quarter1", "quarter2", True),
        ("quarter1", "quarter1", False),
        ("quarter1", "quarter", False),
        ("quarter1", "year", True),
        ("half1", "half2", True),
        ("half1", "quarter1", True),
        ("year", "nine", True),
        ("year", "", False),
        ("", "year", False),
    ],
)
def test_two_periods(mine: str, theirs: str, conflict: bool):
    reading = compare_periods((mine, mine), (theirs, "their words"))
    assert (reading is not None) is conflict
    if reading is not None:
        assert (reading.state, reading.source_says) == (State.CONFLICT, "their words")


@pytest.mark.parametrize(
    ("mine", "theirs", "conflict"),
    [(3650, 3650, False), (3650, 3400, False), (3650, 1825, True), (365, 360, False), (0, 365, False), (7, 0, False)],
)
def test_two_spans(mine: int, theirs: int, conflict: bool):
    assert (compare_lengths((mine, ""), (theirs, "")) is not None) is conflict


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("since 2015", 2015),
        ("Between 2010 and 2023", 2010),
        ("from early 1998", 1998),
        ("since March 3, 2015", 2015),
        ("beginning in fiscal 2015", 2015),
        ("in 2015", 0),
        ("since then", 0),
        ("from 3015", 0),
    ],
)
def test_the_first_year(text: str, year: int):
    assert first_year(text, 0, len(text)) == year


@pytest.mark.parametrize(
    ("mine", "theirs", "conflict"), [(2015, 2015, False), (2015, 2016, True), (0, 2016, False), (2015, 0, False)]
)
def test_two_first_years(mine: int, theirs: int, conflict: bool):
    assert (compare_starts(mine, theirs) is not None) is conflict
