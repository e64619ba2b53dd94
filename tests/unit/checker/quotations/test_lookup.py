import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.checker.quotations.alterations import real_differences
from verifier.checker.quotations.lookup import Difference, Found, look_up

SOURCE = """A foreword that says little about anything.
The Secretary may, after notice and comment, require each operator of a covered bridge to report its receipts, and
shall publish the reports within ninety days. Operators who organize their accounts by calendar year "need not
restate them" for this purpose. A re-
elected board keeps office until the next meeting.
"""
SAME = [
    "The Secretary may, after notice and comment, require each operator of a covered bridge",
    "the secretary may after notice and comment, require each operator of a covered bridge",
    "[T]he Secretary may, after notice and comment, require each operator",
    "The Secretary may ... require each operator of a covered bridge … shall publish the reports within ninety days",
    "The Secretary may, after notice and comment, require [every such] operator of a covered bridge to report",
    "Operators who organise their accounts by calendar year ‘need not restate them’",
    "A re-elected board keeps office until the next meeting.",
    "A reelected board keeps office until the next meeting.",
]
ALTERED = [
    (
        "The Secretary shall, after notice and comment, require each operator of a covered bridge",
        [Difference("shall", "may")],
    ),
    (
        "shall publish the reports within thirty days. Operators who organize their accounts",
        [Difference("thirty", "ninety")],
    ),
    (
        "The Secretary may, after notice, require each operator of a covered bridge to report its receipts",
        [Difference("", "and comment")],
    ),
    (
        "The Secretary may, after due notice and comment, require each operator of a covered bridge",
        [Difference("due", "")],
    ),
]
ABSENT = [
    "Every pupil in the county will be given a free meal on each day that the school is open",
    "The Secretary of the museum opened its garden and the visitors liked the comment of a guide",
]


@pytest.mark.parametrize("quotation", SAME)
def test_typography_brackets_and_gaps_are_no_alterations(quotation: str) -> None:
    assert look_up(quotation, SOURCE).found is Found.VERBATIM


@pytest.mark.parametrize(("quotation", "differences"), ALTERED)
def test_altered_words_are_shown(quotation: str, differences: list[Difference]) -> None:
    lookup = look_up(quotation, SOURCE)
    assert lookup.found is Found.ALTERED
    assert list(lookup.differences) == differences


@pytest.mark.parametrize("quotation", ABSENT)
def test_absent(quotation: str) -> None:
    assert look_up(quotation, SOURCE).found is Found.ABSENT


def test_the_place_of_the_passage() -> None:
    lookup = look_up(SAME[0], SOURCE)
    assert lookup.start is not None
    assert SOURCE[lookup.start : lookup.end] == SAME[0]


SPOILT = """The office shall keep a register of every bridge in the county, and shall open it to the
12
\fAnnual report of the office
public on every working day.3 A fee of five shillings may be asked for a copy of any entry in the register, but no-
body shall be asked to give a reason.
"""
STILL_THERE = [
    "shall open it to the public on every working day. A fee of five shillings may be asked",
    "A fee of five shillings may be asked for a copy of any entry in the register, but nobody shall be asked",
    "The office shall keep a register … A fee of five shillings may be asked for a copy",
    "The office shall keep a register * * * but nobody shall be asked to give a reason",
    "[The board] shall keep a register of every bridge [sic] in the county, and shall open it to the public",
]


@pytest.mark.parametrize("quotation", STILL_THERE)
def test_what_a_parser_does_to_a_source_is_no_alteration(quotation: str) -> None:
    lookup = look_up(quotation, SPOILT)
    assert lookup.found is not Found.ABSENT
    assert real_differences(lookup.differences) == []


def test_the_clause_that_is_quoted_is_found_among_its_likes() -> None:
    likes = " ".join(f"The {what} of the county may be opened to the public on {day}." for what, day in CLAUSES)
    lookup = look_up("The gardens of the county may be opened to the public on Sunday", likes)
    assert (lookup.found, lookup.differences) == (Found.VERBATIM, ())


CLAUSES = [
    ("halls", "Monday"),
    ("schools", "Sunday"),
    ("gardens", "Friday"),
    ("gardens", "Sunday"),
    ("parks", "Sunday"),
]


@given(st.integers(0, 60), st.integers(8, 30))
def test_every_stretch_of_a_source_is_found_in_it(first: int, count: int) -> None:
    words = SOURCE.replace('"', "").replace("-\n", "-").split()
    stretch = words[first : first + count]
    if len(stretch) >= 8:
        assert look_up(" ".join(stretch), SOURCE).found is Found.VERBATIM


@given(st.text(max_size=120), st.text(max_size=200))
def test_any_texts_can_be_compared(quotation: str, source: str) -> None:
    lookup = look_up(quotation, source)
    assert (lookup.start is None) == (lookup.found is Found.ABSENT)
