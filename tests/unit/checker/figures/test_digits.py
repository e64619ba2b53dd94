"""Numbers in digits: the ways of writing one, and numbers that are no figures."""

from decimal import Decimal

import pytest

from verifier.checker.figures.digits import read_digits
from verifier.checker.figures.scanner import scan


def read(text: str, at: str = "") -> tuple[Decimal, str | None] | None:
    """(value, unit) of the number at the first digit, or at `at`."""
    start = text.index(at) if at else next(place for place, char in enumerate(text) if char.isdigit())
    figure, end = read_digits(text, start)
    assert end > start
    return None if figure is None else (figure.value, figure.unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("142 bridges", "142"),
        ("1,420 bridges", "1420"),
        ("1,420,000.5 bridges", "1420000.5"),
        ("12,34,567 voters", "1234567"),
        ("1 420 000 voters", "1420000"),
        ("1\u202f420 bridges", "1420"),
        ("1'420 bridges", "1420"),
        ("1.420.000 bridges", "1420000"),
        ("1.420,50 bridges", "1420.50"),
        ("4.25 bridges", "4.25"),
        ("3.2 × 10^8 people", "320000000"),
        ("1e6 people", "1000000"),
        ("2 million people", "2000000"),
        ("12, 500 people", "12500"),
    ],
)
def test_values(text: str, value: str):
    found = read(text)
    assert found is not None
    assert found[0] == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12 percent of them", "12", "%"),
        ("12.5% of them", "12.5", "%"),
        ("12,5 % davon", "12.5", "%"),
        ("the 21st bridge", "21", "ordinal"),
        ("at 7.30 pm", "19.30", "clock"),
        ("at 12 a.m.", "0", "clock"),
        ("in FY2024", "2024", "year"),
        ("in 2024, the county", "2024", "year"),
        ("the under-18s", "18", "age"),
    ],
)
def test_units(text: str, value: str, unit: str):
    assert read(text) == (Decimal(value), unit)


def test_the_second_year_of_a_season():
    assert read("in 2019-20 it rose", at="20 it") == (Decimal(2020), "year")


@pytest.mark.parametrize("text", ["the A380 flew", "5G masts", "a 4x4 car"])
def test_names_are_no_figures(text: str):
    assert read(text) is None


def test_digits_of_another_script_are_read_and_raised_ones_passed_over():
    assert read("\u0664\u0662 bridges") == (Decimal(42), "")
    assert read_digits("\u00b2", 0) == (None, 1)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Some 241 000 people came.", ["241000"]),
        ("Some 18 000 to 20 000 people came.", ["18000", "20000"]),
        ("In rows: 12 345 678", ["12345678"]),
        ("Rooms 12 and 100 beds", ["12", "100"]),
        ("Nine tenths of them came.", ["90"]),
    ],
)
def test_thousands_after_a_plain_blank(text: str, values: list[str]) -> None:
    assert [f"{figure.value.normalize():f}" for figure in scan(text)] == values
