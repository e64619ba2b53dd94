"""Texts made to be slow to search, or numbers too large to hold: each ends in an answer."""

import time

import pytest

from verifier.checker import compare, figure_code, read_source
from verifier.resolver import read_payload

ENDLESS = {
    "names of numbers": "million billion hundred thousand and ",
    "thousands": "1,",
    "fractions": "\u00bd\u2189\u215f9\u2044",
    "ranges": "between 1 and 10^9999 to 5-1e400 ",
    "zero width": "1\u200b4\u200b2\u200b ",
    "list numbers": "(1) ",
}


def _seconds(text: str) -> float:
    began = time.process_time()
    read_source(text)
    return time.process_time() - began


@pytest.mark.parametrize("piece", ENDLESS.values(), ids=ENDLESS.keys())
def test_the_time_to_search_a_text_grows_as_the_text(piece: str) -> None:
    """Eight times the text: eight times the time, and 64 times where all that follows is looked at from each word."""
    few = 6_000 // len(piece)
    short = min(_seconds(piece * few) for _ in range(3))
    long = min(_seconds(piece * few * 8) for _ in range(3))  # a collection of garbage may fall into one of them
    assert long < 30 * max(short, 0.005)


NUMBERS = {
    "400 digits": "7" * 400,
    "4,301 digits": "7" * 4_301,
    "400 digits in groups": "7" + ",777" * 133,
    "4,301 digits in groups": "7" + ",777" * 1_434,
    "400 digits and a point": "7" * 400 + "." + "7" * 400,
    "4,301 digits after a point": "0." + "7" * 4_301,
    "a power": "1e400",
    "a power of a power": "10^9999",
    "a power in words": "10 to the power of 99999999",
    "a raised power": "10\u2079\u2079\u2079\u2079",
    "a small power": "1e-999999999",
    "a long fraction": "1/" + "7" * 4_301,
    "a fraction over nothing": "1/0",
    "a fraction slash": "7" * 4_301 + "\u2044" + "0",
    "a range": "between 1 and " + "9" * 4_301,
    "a range the wrong way": "9" * 400 + "-1",
    "millions": "9" * 4_301 + " million",
    "a percentage": "9" * 4_301 + " percent",
    "money": "$" + "9" * 4_301 + " trillion",
    "a year": "in the year " + "9" * 4_301,
    "another script": "\u0667" * 4_301,
    "words": "hundred " * 600,
    "a ratio": "1 in " + "9" * 4_301,
    "a time": "9" * 400 + ":" + "9" * 400,
    "infinity": "Infinity",
    "none": "NaN",
}
_SENTENCE = "The county has {} bridges and 142 tolls in use."


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS.keys())
@pytest.mark.parametrize("beside", ["142", "1.5 million", "same"])
def test_a_number_that_nothing_holds_ends_in_an_answer(number: str, beside: str) -> None:
    other = number if beside == "same" else beside
    for claim, source in ((number, other), (other, number)):
        result = compare(_SENTENCE.format(claim), _SENTENCE.format(source))
        assert result.verdict
        figure_code(result)
        table = f"Year | Bridges | Tolls\n2020 | {source} | 142\n2021 | {claim} | 12"
        assert compare(_SENTENCE.format(claim), table).verdict


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS.keys())
@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/html", "<table><tr><th>Year<th>Bridges<tr><td>2020<td>{}</table><p>It has {} bridges.<sup>{}</sup>"),
        ("text/csv", "year,bridges\n2020,{}\n{},{}\n"),
        ("application/json", '{{"bridges": "{}", "tolls": [{}, "{}"]}}'),
        ("text/plain", "{} {} {}"),
    ],
)
def test_a_source_with_such_a_number_is_read(number: str, media_type: str, body: str) -> None:
    served = body.format(number, number, number).encode()
    readable = read_payload(served, media_type, "utf-8", "http://a.test/x")
    if readable is not None:
        read_source(readable.text)
