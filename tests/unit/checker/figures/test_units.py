"""Units that a letter just after a number stands for, and what only looks like one."""

import pytest

from verifier.checker.figures.scanner import scan


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("The dividend is 8.4p a share.", "GBP", "0.084"),
        ("Shares closed at 512p.", "GBP", "5.12"),
        ("The pond warmed to 18.5C in May.", "c", "18.5"),
        ("Temperatures of 91F were read.", "f", "91"),
        ("A stamp costs 65¢ now.", "¢", "0.65"),
        ("The fee is 40 eurocent.", "EUR", "0.40"),
        ("It holds 2 cubic kilometres of ice.", "km3", "2"),
    ],
)
def test_units_after_a_number(text: str, unit: str, value: str):
    figure = scan(text)[0]
    assert figure.unit == unit
    assert f"{figure.value.normalize():f}" == f"{float(value):g}"


@pytest.mark.parametrize(
    "text",
    [
        "Films in 1080p are large.",
        "He sat in 14C all the way.",
        "See row 3F of the plan.",
        "The film has 512 p. of notes.",
    ],
)
def test_a_letter_that_is_no_unit(text: str):
    assert all(figure.dimension not in ("money", "temperature") for figure in scan(text))
