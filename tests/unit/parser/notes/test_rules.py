"""Tables of rules that add points."""

import pytest

from verifier.parser.notes import endnotes, footnotes, link_evidence, markers, pairing, sequence
from verifier.parser.notes.rules import Rule, first_points, points_of

SIZES = (Rule("long", lambda word: len(word) > 3, 2.0, "-"), Rule("letters", len, -0.5, "-"))


@pytest.mark.parametrize(("word", "points"), [("", 0.0), ("abc", -1.5), ("abcd", 0.0)])
def test_a_table_adds_its_points_as_often_as_each_rule_holds(word: str, points: float) -> None:
    assert points_of(SIZES, word) == points


@pytest.mark.parametrize(("word", "points"), [("", 0.0), ("abc", -0.5), ("abcd", 2.0)])
def test_the_first_rule_that_holds_counts(word: str, points: float) -> None:
    assert first_points(SIZES, word) == points


@pytest.mark.parametrize(
    "table",
    [
        footnotes._RULES,
        endnotes._RULES,
        link_evidence.LINK_RULES,
        link_evidence.TAG_RULES,
        pairing._RULES,
        sequence._LOOKS,
        markers.DOUBTS,
    ],
)
def test_each_rule_has_a_name_of_its_own_and_says_what_it_is_worth(table: tuple[Rule[object], ...]) -> None:
    assert len({rule.name for rule in table}) == len(table)
    assert all("as they are" in rule.measured_on for rule in table)
