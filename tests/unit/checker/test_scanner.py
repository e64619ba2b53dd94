from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.checker.scanner import scan, scan_implied


def found(text: str) -> list[tuple[str, str, str]]:
    """(text, value, unit) of every figure."""
    return [(figure.text, f"{figure.value.normalize():f}", figure.unit) for figure in scan(text)]


COUNTS = [
    ("It killed 47 men.", [("47", "47", "")]),
    ("Some 150,000,000 records", [("150,000,000", "150000000", "")]),
    ("5.2 million inhabitants", [("5.2 million", "5200000", "")]),
    ("3.1m households", [("3.1m", "3100000", "")]),
    ("from 300M to 3B parameters", [("300M", "300000000", ""), ("3B", "3000000000", "")]),
    ("1.2bn users", [("1.2bn", "1200000000", "")]),
    ("an average of .359", [(".359", "0.359", "")]),
    ("1 234 567 voters", [("1 234 567", "1234567", "")]),
    ("1\u202f234 voters", [("1\u202f234", "1234", "")]),
    ("12,34,567 people", [("12,34,567", "1234567", "")]),
    ("| 503 | (8,483) |", [("503", "503", ""), ("8,483", "8483", "")]),
    ("a vote of 5-4", [("5", "5", ""), ("4", "4", "")]),
    ("the 2nd and the 16th", [("2nd", "2", "ordinal"), ("16th", "16", "ordinal")]),
]
WORDS = [
    ("twenty-six episodes", [("twenty-six", "26", "")]),
    ("two hundred and five men", [("two hundred and five", "205", "")]),
    ("half a dozen states", [("half a dozen", "6", "")]),
    ("two and a half acres", [("two and a half acres", "2.5", "acre")]),
    ("six hundred thousand", [("six hundred thousand", "600000", "")]),
    ("half a million people", [("half a million", "500000", "")]),
    ("a third of respondents", [("a third", "33.33", "%")]),
    ("one in five pupils", [("one in five", "20", "%")]),
    ("three quarters of them", [("three quarters", "75", "%")]),
    ("more than half of them", [("half", "50", "%")]),
    ("one of them", []),
    ("a third title", []),
    ("in the second half", []),
    ("half-time", []),
    ("two, three", [("two", "2", ""), ("three", "3", "")]),
]
UNITS = [
    ("rose 12.5%", [("12.5%", "12.5", "%")]),
    ("76 per cent", [("76 per cent", "76", "%")]),
    ("by 5 percentage points", [("5 percentage points", "5", "pp")]),
    ("by 25 basis points", [("25 basis points", "0.25", "pp")]),
    ("€66.1 million", [("€66.1 million", "66100000", "EUR")]),
    ("£ 800 a month", [("£ 800", "800", "GBP")]),
    ("5 lakh rupees", [("5 lakh rupees", "500000", "INR")]),
    ("$350m in debt", [("$350m", "350000000", "USD")]),
    ("US$2 billion", [("US$2 billion", "2000000000", "USD")]),
    ("the 100m race", [("100m", "100", "m")]),
    ("16 km long", [("16 km", "16", "km")]),
    ("2,000 square miles", [("2,000 square miles", "2000", "mi2")]),
    ("74 consecutive years", [("74 consecutive years", "74", "a")]),
    ("for 12 decades", [("12 decades", "12", "dec")]),
    ("a 23-year-old man", [("23-year-old", "23", "age")]),
    ("a 44 - year - old star", [("44 - year - old", "44", "age")]),
    ("Mei Ru, 50, parked", [("50", "50", "age")]),
    ("at 7.30 pm", [("7.30 pm", "19.3", "clock")]),
    ("a 3x gain", [("3x", "3", "x")]),
    ("3,5 % der Fälle", [("3,5 %", "3.5", "%")]),
    ("1.234.567,89 EUR", [("1.234.567,89 EUR", "1234567.89", "EUR")]),
    ("5 to 10 percent", [("5", "5", "%"), ("10 percent", "10", "%")]),
    ("from $10 to $15 million", [("$10", "10000000", "USD"), ("$15 million", "15000000", "USD")]),
]
POWERS = [
    ("10^26 operations", [("10^26", "1" + "0" * 26, "")]),
    ("10²⁶ operations", [("10²⁶", "1" + "0" * 26, "")]),
    ("3.1 × 10^6 cells", [("3.1 × 10^6", "3100000", "")]),
    ("10 to the power of 9", [("10 to the power of 9", "1000000000", "")]),
    ("5.2 million inhabitants¹² and", [("5.2 million", "5200000", "")]),
]
NO_FIGURES = [
    "Article 5 of the treaty",
    "Section 12(b) and § 1030",
    "18 U.S.C. 1030",
    "see page 44",
    "Table 6 and Fig. 3",
    "CVE-2021-44228",
    "GPT-4 and COVID-19",
    "a Q3 result",
    "the Type 37A",
    "Call +1 (202) 555-0147 for a copy",
    "ISBN 978-3-16-148410-0",
    "https://example.org/2019/12/story-44",
    "updated at 10:42",
    "models.12",
    "said so.”14",
    "restructuring charges (2)",
    "3,4-dihydroxyphenylacetic acid",
    "24/7 support",
    "version 3.11",
    "",
]


@pytest.mark.parametrize(("text", "expected"), [*COUNTS, *WORDS, *UNITS, *POWERS])
def test_figures(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_looks_like_a_figure_and_is_none(text: str) -> None:
    assert found(text) == []


def test_a_glued_note_mark_leaves_the_figure_before_it() -> None:
    assert found("Toll bridges carry 80 percent of lorries.4") == [("80 percent", "80", "%")]


def test_places_are_those_of_the_text() -> None:
    text = "In 2019, over $3.5 million was paid to 12 of the 40 pupils."
    assert [text[figure.start : figure.end] for figure in scan(text)] == [figure.text for figure in scan(text)]
    assert [figure.text for figure in scan(text)] == ["2019", "$3.5 million", "12", "40"]


def test_implied_figures() -> None:
    assert [(figure.text, figure.value) for figure in scan_implied("Both men scored twice in the third round.")] == [
        ("Both", Decimal(2)),
        ("twice", Decimal(2)),
        ("third", Decimal(3)),
    ]


@given(st.text(max_size=200))
def test_any_text_is_scanned_in_order_and_within_itself(text: str) -> None:
    figures = scan(text)
    assert all(text[figure.start : figure.end] == figure.text for figure in figures)
    assert [figure.start for figure in figures] == sorted(figure.start for figure in figures)
    assert all(figure.low <= figure.high for figure in figures)


PIECES = st.sampled_from(
    [
        "over ",
        "12",
        "3.5",
        " million",
        "%",
        " percent",
        "$",
        "€",
        " km",
        " to ",
        "-",
        "–",
        "2019",
        " March ",
        "4",
        ",",
        ".",
        " ",
        "two",
        " half",
        "th",
        "¹²",
        "^6",
        "(",
        ")",
        "|",
        "\n",
        " years old",
        " of ",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_figures_never_overlap(text: str) -> None:
    figures = scan(text)
    for before, after in pairwise(figures):
        assert before.end <= after.start


@given(st.integers(0, 10**15), st.sampled_from(["", " people", " km", "%"]))
def test_grouped_digits_are_read_back(number: int, suffix: str) -> None:
    figures = scan(f"There were {number:,}{suffix} counted.")
    assert [figure.value for figure in figures] == [Decimal(number)]
