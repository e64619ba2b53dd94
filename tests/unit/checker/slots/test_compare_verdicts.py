# ruff: noqa: E501 - a case a line reads as a table
import pytest

from verifier.checker import compare, figure_code
from verifier.model import FindingCode, Verdict

SILENT = [
    ("In Norway, 77 percent of fishing boats carry a transponder.", "In Iceland, 91 percent of fishing boats carry a transponder."),
    ("The Council bill allots $28 million to libraries.", "The Assembly bill allots $18 million to libraries; the Council has not voted yet."),
    ("The 2021 fair drew 9,800 visitors.", "The 2019 fair drew 12,400 visitors."),
    ("Shipments to Brazil rose 18 percent.", "Shipments to Mexico rose 8 percent."),
    ("Desert Moon is a 1961 drama by Jan Vos.", "Harbour Lights is a 1961 drama by Jan Vos."),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "source"), SILENT)
def test_a_source_about_another_subject_is_silent(claim: str, source: str) -> None:
    assert compare(claim, source).verdict is Verdict.NOT_FOUND


def test_the_same_digits_of_another_measure_are_a_thing_to_check_with_its_reason() -> None:
    source = "Real wages fell 1.3 percent over the year; nominal wages rose 3.9 percent."
    answer = compare("Real wages rose 3.9 percent.", source)
    assert figure_code(answer) is FindingCode.FIGURE_CHECK
    assert answer.figures[0].reason == "the source gives 3.9 percent for nominal (another measure)"


HEDGED = [
    ("About a quarter of pupils were absent.", "Approximately 24% of pupils were absent.", Verdict.SUPPORTED),
    ("At least 50 houses were destroyed.", "At least 53 houses were destroyed.", Verdict.SUPPORTED),
    ("Fewer than 50 wolves remain.", "Fewer than 45 wolves remain.", Verdict.SUPPORTED),
    ("Customers may get up to 50 percent off.", "Customers may get up to 30 percent off.", Verdict.CONTRADICTED),
    ("About 90 people were at the meeting.", "About 60 people were at the meeting.", Verdict.CONTRADICTED),
]


@pytest.mark.parametrize(("claim", "source", "verdict"), HEDGED)
def test_two_hedged_figures_agree_where_their_ranges_meet(claim: str, source: str, verdict: Verdict) -> None:
    assert compare(claim, source).verdict is verdict


def test_a_dollar_says_whose_it_is_only_where_both_sides_do() -> None:
    source = "The firm paid US$30 million (C$41 million)."
    assert compare("The firm paid $30 million.", source).verdict is Verdict.SUPPORTED
    assert compare("The firm paid C$30 million.", source).verdict is Verdict.CONTRADICTED


def test_a_figure_elsewhere_in_a_page_does_not_support() -> None:
    source = "The abbey has one school.\n\nMaintenance costs | 16,499 | 2 | 14,783\nRepairs | 12 | 3 | 44"
    assert compare("There are two service bells in the precinct.", source).verdict is not Verdict.SUPPORTED
