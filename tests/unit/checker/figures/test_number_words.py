"""Numbers written in words: their value, whether they are a share, and what is no number."""

from decimal import Decimal

import pytest

from verifier.checker.figures.number_words import spelled_number_at


def read(text: str) -> tuple[str, Decimal, bool] | None:
    """(the words, their value, whether it is a share) of the number at the start of a text."""
    found = spelled_number_at(text, 0)
    return None if found is None else (text[: found.end], found.value, found.is_share)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("two bridges", "two", 2),
        ("Twenty-six bridges", "Twenty-six", 26),
        ("twenty six bridges", "twenty six", 26),
        ("two hundred and five bridges", "two hundred and five", 205),
        ("three thousand four hundred tolls", "three thousand four hundred", 3400),
        ("two million five hundred thousand", "two million five hundred thousand", 2_500_000),
        ("four lakh voters", "four lakh", 400_000),
        ("a hundred bridges", "a hundred", 100),
        ("half a dozen bridges", "half a dozen", 6),
        ("a dozen bridges", "a dozen", 12),
        ("two dozen bridges", "two dozen", 24),
        ("half a million people", "half a million", 500_000),
        ("a quarter of a million people", "a quarter of a million", 250_000),
        ("three-quarters of a percentage point", "three-quarters of a", "0.75"),
        ("two and a half years", "two and a half", "2.5"),
        ("one and a half years", "one and a half", "1.5"),
        ("two million and a half", "two million and a half", 2_500_000),
    ],
)
def test_numbers(text: str, words: str, value: int | str):
    assert read(text) == (words, Decimal(value), False)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("half of them", "half", 50),
        ("half the bridges", "half", 50),
        ("a third of them", "a third", "33.33"),
        ("two-thirds of them", "two-thirds", "66.67"),
        ("three quarters", "three quarters", 75),
        ("one in five adults", "one in five", 20),
        ("two out of every three adults", "two out of every three", "66.67"),
        ("nine in 10 adults", "nine in 10", 90),
    ],
)
def test_shares(text: str, words: str, value: int | str):
    assert read(text) == (words, Decimal(value), True)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("two three bridges", "two", 2),
        ("six fifty", "six", 6),
        ("twenty nineteen", "twenty", 20),
    ],
)
def test_words_in_a_row_that_are_not_one_number(text: str, words: str, value: int):
    assert read(text) == (words, Decimal(value), False)


@pytest.mark.parametrize(
    "text",
    [
        "one of them",
        "zero tolerance",
        "hundred",
        "a third bridge",
        "half-time",
        "halfway there",
        "half brother",
        "four thirds of them",
        "five in four adults",
        "an office",
        "bridges",
        "",
    ],
)
def test_what_is_no_quantity(text: str):
    assert read(text) is None


@pytest.mark.parametrize("text", ["the first half of it", "the second half", "the other half"])
def test_a_half_that_is_one_of_two_is_none(text: str):
    assert spelled_number_at(text, text.index("half")) is None


@pytest.mark.parametrize(
    ("text", "grain"),
    [("five", 1), ("two hundred", 100), ("a hundred", 10), ("two million and a half", 100_000), ("half", 5)],
)
def test_the_distance_to_the_next_number_that_could_have_been_said(text: str, grain: int):
    found = spelled_number_at(text, 0)
    assert found is not None
    assert found.grain == grain


def test_a_long_run_of_number_words_ends():
    assert spelled_number_at("million billion hundred thousand and " * 2_000, 0) is None
