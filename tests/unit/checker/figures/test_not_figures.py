"""Durations that name a period are no figures."""

import pytest

from verifier.checker.figures.scanner import scan


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Sales rose in the three months to May.", []),
        ("For the six months ended 30 June sales rose.", ["30 June"]),
        ("Over the twelve months to the end of March sales rose.", []),
        ("It took three months to build.", ["three months"]),
        ("She waited nine months to hear from them.", ["nine months"]),
    ],
)
def test_lengths_of_periods(text: str, figures: list[str]):
    assert [figure.text for figure in scan(text)] == figures
