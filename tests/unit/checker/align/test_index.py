import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.checker.align.index import WHOLE_TEXT, read_source
from verifier.checker.align.words import stem


def test_words_segments_and_clauses_are_numbered_alike() -> None:
    source = read_source("The mill opened in 1958, and closed in 1970. A new mill was built.")
    assert len(source.segments) == len(source.clauses) == len(source.word_starts)
    assert source.segments[-1] == 1
    assert source.clauses[0] != source.clauses[8]


def test_lifespans_say_born_and_died() -> None:
    source = read_source("Anna Weir (March 4, 1871 – August 19, 1938) was a bridge builder.")
    born, died = source.postings[stem("born")], source.postings[stem("died")]
    text = source.text
    assert text[source.word_starts[born[0] + 1] :].startswith("1871")
    assert text[source.word_starts[died[0] + 1] :].startswith("1938")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ferry news. 4 May 2021. The ferry sank on 2 May 2021.", 20210504),
        ("The ferry sank in May 2021, on the 2nd.", 0),
        ("word " * 800 + "on 4 May 2021", 0),
    ],
)
def test_the_first_full_date_of_a_text_is_its_dateline(text: str, day: int) -> None:
    assert read_source(text).dateline == day


def test_a_figure_owns_the_words_nearer_to_it_than_to_others_of_its_kind() -> None:
    source = read_source("The mill has 14 horses and the farm over there has 90 goats on 12 hectares.")
    fourteen, ninety, hectares = source.figure_spans
    assert fourteen[1] == ninety[0]
    assert source.figure_words[0] < fourteen[1] < source.figure_words[1]
    assert hectares == WHOLE_TEXT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("increased", "rises"),
        ("companies", "company"),
        ("died", "death"),
        ("published", "publication"),
        ("residents", "population"),
        ("effective", "effect"),
        ("fell", "declined"),
    ],
)
def test_stems_join_what_newspapers_exchange(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("rose", "fell"), ("mean", "median"), ("import", "export"), ("began", "end")]
)
def test_stems_keep_apart_what_differs(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    source = read_source(text)
    assert len(source.figure_words) == len(source.figures)
    assert all(0 <= index < len(source.figures) for index in source.cells)


def test_reading_grows_linearly() -> None:
    page = "In 2019 the agency paid $3.5 million to 40 schools, up from 2.9 million a year before. " * 40

    def seconds(pages: int) -> float:
        text = page * pages
        started = time.process_time()
        read_source(text)
        return time.process_time() - started

    seconds(1)
    rounds = [(seconds(10), seconds(40)) for _ in range(5)]  # the best of five: what else the machine does costs too
    assert min(long for _, long in rounds) < 8 * max(min(short for short, _ in rounds), 0.02)
