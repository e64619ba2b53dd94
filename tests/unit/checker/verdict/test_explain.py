"""The reason that an editor reads."""

import pytest

from verifier.checker import compare


@pytest.mark.parametrize(
    ("claim", "source", "reason"),
    [
        (
            "The vaccine was less than 90% effective in preventing disease.",
            "The firms said their vaccine was more than 90% effective in preventing disease.",
            "the source gives over 90% where the claim gives under 90%",
        ),
        (
            "Epidemiologic features of the 18 patients infected with the virus in Singapore.",
            "Among the 18 patients diagnosed in Singapore, illness was frequently mild.",
            "the source gives 18, but not surely of the same thing",
        ),
        (
            "The mayor of Leeds opened 412 gardens in 2021.",
            "Inspectors found 142 cracked welds on the bridge in 2024.",
            "the source does not give this figure",
        ),
        (
            "Inspectors found 412 cracked welds on the bridge in 2024.",
            "Inspectors found 142 cracked welds on the bridge in 2024.",
            "the source gives 142 where the claim gives 412",
        ),
    ],
)
def test_a_reason_names_what_differs(claim: str, source: str, reason: str) -> None:
    assert reason in [figure.reason for figure in compare(claim, source).figures]
