from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.checker.figures.scanner import scan, scan_implied


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
    ("1.234.567 Einwohner", [("1.234.567", "1234567", "")]),
    ("1 234 567,8 km", [("1 234 567,8 km", "1234567.8", "km")]),
    ("minus 3.5 percent", [("minus 3.5 percent", "-3.5", "%")]),
    ("| 503 | (8,483) |", [("503", "503", ""), ("(8,483)", "-8483", "")]),
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
    ("three out of five voters", [("three out of five", "60", "%")]),
    ("nine in ten", [("nine in ten", "90", "%")]),
    ("1 in 4 adults", [("1 in 4", "25", "%")]),
    ("1 out of every 10 adults", [("1 out of every 10", "10", "%")]),
    ("two in three games", [("two", "2", ""), ("three", "3", "")]),
]
UNITS = [
    ("rose 12.5%", [("12.5%", "12.5", "%")]),
    ("76 per cent", [("76 per cent", "76", "%")]),
    ("by 5 percentage points", [("5 percentage points", "5", "pp")]),
    ("by 25 basis points", [("25 basis points", "0.25", "pp")]),
    ("€66.1 million", [("€66.1 million", "66100000", "EUR")]),
    ("£ 800 a month", [("£ 800", "800", "GBP")]),
    ("5 lakh rupees", [("5 lakh rupees", "500000", "INR")]),
    ("Rs 5 crore", [("Rs 5 crore", "50000000", "INR")]),
    ("₹2.5 lakh crore", [("₹2.5 lakh crore", "2500000000000", "INR")]),
    ("37 °C in the shade", [("37 °C", "37", "c")]),
    ("98.6 degrees Fahrenheit", [("98.6 degrees Fahrenheit", "98.6", "f")]),
    ("at 100 km/h", [("100 km/h", "100", "kmh")]),
    ("120 Mt of coal", [("120 Mt", "120", "Mt")]),
    ("3.4 TWh", [("3.4 TWh", "3.4", "twh")]),
    ("250 kJ", [("250 kJ", "250", "kj")]),
    ("1.5 TB of data", [("1.5 TB", "1.5", "tb")]),
    ("2 Gbit/s", [("2 Gbit/s", "2", "gbps")]),
    ("400 ppm", [("400 ppm", "400", "ppm")]),
    ("a 90-minute delay", [("90-minute", "90", "min")]),
    ("the six-month study", [("six-month", "6", "month")]),
    ("the over-65s", [("65s", "65", "age")]),
    ("children aged 5 to 11", [("5", "5", "age"), ("11", "11", "age")]),
    ("until he was 41, and", [("41", "41", "age")]),
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
YEARS = [
    ("from 2010-15", [("2010", "2010", "year"), ("15", "2015", "year")]),
    ("the 2019/20 season", [("2019", "2019", "year"), ("20", "2020", "year")]),
    ("in FY2021", [("2021", "2021", "year")]),
    ("the '80s", [("'80s", "1980", "year")]),
    ("the 1940s and 50s", [("1940s", "1940", "year"), ("50s", "1950", "year")]),
    ("the 19th century", [("19th century", "1800", "year")]),
    ("on 2021-05-05", [("2021-05-05", "20210505", "date")]),
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
    "(accessed 12 May 2020)",
    "last visited Jan. 3, 2021",
    "Retrieved January 15, 2022.",
    "Copyright 2019 The Authors",
    "© 2021",
    "1. Introduction",
    "410 U.S. 113",
    "arXiv:2101.00001",
    "Vol. 12, No. 3",
    "the iPhone 15",
    "Type 2 diabetes",
    "tel. 020 7946 0958",
    "",
]


@pytest.mark.parametrize(("text", "expected"), [*COUNTS, *WORDS, *UNITS, *YEARS, *POWERS])
def test_figures(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_looks_like_a_figure_and_is_none(text: str) -> None:
    assert found(text) == []


def test_the_volume_of_a_periodical_is_no_figure() -> None:
    assert [figure.text for figure in scan("Bees, 12 J. Field Ecol. 201, 204")] == ["201", "204"]
    assert [figure.text for figure in scan("It sold 12 U.S. patents and 20 others.")] == ["12", "20"]


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
