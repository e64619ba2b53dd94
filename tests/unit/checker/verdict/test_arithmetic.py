import pytest

from verifier.checker.align.index import read_source
from verifier.checker.verdict.arithmetic import calculate
from verifier.checker.verdict.compare import compare
from verifier.model import Verdict

TABLE = "Ferry | Passengers | Cars\nNorth line | 412 | 96\nSouth line | 287 | 55\nIsland line | 150 | 31\n"


def sum_for(claim: str, source: str) -> str | None:
    """The sum that gives the claim's last figure."""
    read = read_source(claim)
    found = calculate(read, len(read.figures) - 1, read_source(source))
    return found.sum_shown if found else None


@pytest.mark.parametrize(
    ("claim", "source", "shown"),
    [
        (
            "Membership of the club rose by 340.",
            "Membership of the club was 1,210 in spring and 1,550 in autumn.",
            "1,550 - 1,210 = 340",
        ),
        (
            "Membership of the club grew by 28 percent.",
            "Membership of the club went from 1,210 to 1,550.",
            "from 1,210 to 1,550 is 28 percent",
        ),
        (
            "The share of barley fell by 14 percentage points.",
            "The share of barley was 45 percent then and is 31 percent now.",
            "45 percent - 31 percent = 14 percentage points",
        ),
        (
            "The two mills produced 710 tonnes of flour combined.",
            "The old mill produced 430 tonnes of flour and the new mill 280 tonnes of flour.",
            "430 tonnes + 280 tonnes = 710 tonnes",
        ),
        ("Some 35% of the orchards are irrigated.", "Of the 240 orchards 84 are irrigated.", "84 of 240 is 35%"),
        (
            "The orchestra played for 13 years under Lund.",
            "The orchestra played under Lund from 1951 until 1964.",
            "from 1951 to 1964 is 13 years",
        ),
        ("Wages of the millers rose by 5.", "Wages of the millers rose from 10 to 15.", "15 - 10 = 5"),
        ("The North line carried 125 more passengers than the South line.", TABLE, "412 - 287 = 125"),
    ],
)
def test_a_sum_that_the_words_ask_for_is_found(claim: str, source: str, shown: str) -> None:
    assert sum_for(claim, source) == shown


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The club has 340 members.", "The club had 1,210 members in spring and 1,550 in autumn."),  # no word for a sum
        ("Membership of the club rose by 350.", "Membership of the club was 1,210 and is 1,550."),  # another result
        ("Membership of the club rose by 340.", "The herd had 1,210 cattle in spring, then 1,550."),  # another thing
        ("Fees rose by 5.", "Fees were 10 in spring, 15 in autumn."),  # one digit comes out by chance
    ],
)
def test_no_sum_where_none_is_asked_for_or_none_comes_out(claim: str, source: str) -> None:
    assert sum_for(claim, source) is None


def test_a_calculated_figure_is_supported_and_the_sum_is_shown() -> None:
    answer = compare("Membership of the club rose by 340.", "Membership of the club rose from 1,210 to 1,550.")
    assert answer.verdict is Verdict.SUPPORTED
    assert answer.figures[0].reason == "calculated from the source: 1,550 - 1,210 = 340"
    assert answer.figures[0].source_quote == "Membership of the club rose from 1,210 to 1,550."


def test_points_between_two_percentages_are_no_percent() -> None:
    source = "The share of barley rose from 31 percent to 45 percent."
    assert sum_for("The share of barley rose by 14 percent.", source) is None
    assert sum_for("The share of barley rose by 14 percentage points.", source) is not None


def test_the_amount_of_a_change_may_follow_its_verb() -> None:
    source = "Takings of the fair were 52.1 million in spring and 57.3 million in autumn."
    assert sum_for("Takings of the fair grew 10 percent.", source) is not None
