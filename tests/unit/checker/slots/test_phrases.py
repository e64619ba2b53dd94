# ruff: noqa: E501 - a case a line reads as a table
"""A phrase that says of which kind a figure is, in words that the source has nowhere: no accusation rests on that."""

import pytest

from verifier.checker import compare, figure_code
from verifier.model import FindingCode

SOURCE = (
    "The average fee in municipal nurseries was 212 euros a month in 2016. A fifth of the children came from other towns."
    " Parents waited 11 weeks on average for a place."
)


@pytest.mark.parametrize(
    "claim",
    [
        "The average fee in boarding nurseries was 930 euros a month in 2016.",
        "The average fee for private tutors was 460 euros a month in 2016.",
        "Parents waited 4 weeks on average for speech therapy.",
    ],
)
def test_a_figure_of_another_kind_is_no_accusation(claim: str):
    assert figure_code(compare(claim, SOURCE)) is not FindingCode.FIGURE_DISAGREES


def test_a_wrong_figure_of_the_same_kind_is_one():
    claim = "The average fee in municipal nurseries was 221 euros a month in 2016."
    assert figure_code(compare(claim, SOURCE)) is FindingCode.FIGURE_DISAGREES
