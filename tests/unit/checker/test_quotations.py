import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.checker.quotations import Difference, Found, find_quotations, look_up

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


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        (f"He wrote that “{SAME[0]}” and left.", [SAME[0]]),
        (f'He wrote "{SAME[0]}."', [SAME[0] + "."]),
        ("A “bridge of sighs” is no quotation.", []),
        ("Nothing is quoted here at all.", []),
    ],
)
def test_quotations_have_eight_words_or_more(text: str, quotations: list[str]) -> None:
    assert list(find_quotations(text)) == quotations


@given(st.integers(0, 60), st.integers(8, 30))
def test_every_stretch_of_a_source_is_found_in_it(first: int, count: int) -> None:
    words = SOURCE.replace('"', "").split()
    stretch = words[first : first + count]
    if len(stretch) >= 8:
        assert look_up(" ".join(stretch), SOURCE).found is Found.VERBATIM


@given(st.text(max_size=120), st.text(max_size=200))
def test_any_texts_can_be_compared(quotation: str, source: str) -> None:
    lookup = look_up(quotation, source)
    assert (lookup.start is None) == (lookup.found is Found.ABSENT)
