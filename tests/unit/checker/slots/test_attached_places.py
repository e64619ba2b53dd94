"""Figures that a sentence gives for several places or groups: each is of what is attached to it."""

import pytest

from verifier.checker import compare
from verifier.model import Verdict

FEES = "Fees rose by 11% (95% CI 9-13%) in the harbour and by 3% in the old town. Nobody was asked."
FINES = "There were 204 fines on the bridge and 77 in the tunnel."


@pytest.mark.parametrize(
    ("claim", "source", "verdict"),
    [
        ("Fees in the harbour rose by 11 percent.", FEES, Verdict.SUPPORTED),
        ("Fees in the old town rose by 11 percent.", FEES, Verdict.CONTRADICTED),
        ("Fees in the old town rose by 3 percent.", FEES, Verdict.SUPPORTED),
        ("There were 77 fines in the tunnel.", FINES, Verdict.SUPPORTED),
        ("There were 204 fines in the tunnel.", FINES, Verdict.CONTRADICTED),
    ],
)
def test_each_figure_is_of_its_place(claim: str, source: str, verdict: Verdict):
    assert compare(claim, source).verdict is verdict
