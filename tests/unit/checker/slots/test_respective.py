# ruff: noqa: E501 - a case a line reads as a table
""" "Respectively": the figures of a list are of its items in their order."""

import pytest

from verifier.checker import compare
from verifier.model import Verdict

PAIR = "In 1994, Ardle and Benning shipped 31.6 and 12.9 tonnes of wool, respectively. The mill took all of it."
THREE = "Prices for oats, barley and rye rose by 14, 22 and 6 shillings respectively. Nobody had expected it."
WITH_ASIDES = (
    "The upper parish, with 41,200 souls, and the lower parish, with 38,700 souls, lost 1,912 (-4.6%) and 733 (-1.9%) people,"
    " respectively."
)
GROUPS = "The treated group and the untreated group had 17 and 58 relapses, respectively."


BEHIND = "The count explained 66% and 37% of the spread in hamlets and boroughs, respectively."


@pytest.mark.parametrize(
    ("claim", "source", "verdict"),
    [
        ("Ardle shipped 31.6 tonnes of wool in 1994.", PAIR, Verdict.SUPPORTED),
        ("Ardle shipped 12.9 tonnes of wool in 1994.", PAIR, Verdict.CONTRADICTED),
        ("Benning shipped 31.6 tonnes of wool in 1994.", PAIR, Verdict.CONTRADICTED),
        ("Barley prices rose by 22 shillings.", THREE, Verdict.SUPPORTED),
        ("The lower parish lost 733 people.", WITH_ASIDES, Verdict.SUPPORTED),
        ("The lower parish lost 1,912 people.", WITH_ASIDES, Verdict.CONTRADICTED),
        ("The count explained 37% of the spread in boroughs.", BEHIND, Verdict.SUPPORTED),
        ("The count explained 66% of the spread in boroughs.", BEHIND, Verdict.CONTRADICTED),
        ("There were 17 relapses in the treated group.", GROUPS, Verdict.SUPPORTED),
        ("There were 58 relapses in the treated group.", GROUPS, Verdict.CONTRADICTED),
    ],
)
def test_each_figure_is_of_its_item(claim: str, source: str, verdict: Verdict):
    assert compare(claim, source).verdict is verdict


@pytest.mark.parametrize("claim", ["Prices for oats rose by 22 shillings.", "Prices for rye rose by 14 shillings."])
def test_another_items_figure_supports_nothing(claim: str):
    assert compare(claim, THREE).verdict is not Verdict.SUPPORTED
