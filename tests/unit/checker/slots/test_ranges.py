"""A value beside a range that the source gives: within it, it is not contradicted by an end."""

import pytest

from verifier.checker import compare
from verifier.model import Verdict

SOURCE = "Between 3,000 and 4,000 people came to the fair, the mayor said. It went on from four to six days."


@pytest.mark.parametrize("claim", ["About 3,500 people came to the fair.", "Some 3,600 people came to the fair."])
def test_a_value_within_a_range_is_not_contradicted(claim: str):
    assert compare(claim, SOURCE).verdict is not Verdict.CONTRADICTED


def test_a_value_outside_is():
    assert compare("About 35,000 people came to the fair.", SOURCE).verdict is Verdict.CONTRADICTED


def test_the_range_itself_is_supported():
    assert (
        compare("The mayor put those who came to the fair at 3,000 to 4,000 people.", SOURCE).verdict
        is Verdict.SUPPORTED
    )
