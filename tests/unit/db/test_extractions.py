"""An extraction comes out of the store as it went in."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.stores import day
from verifier.model import (
    Anchor,
    Author,
    BodyLink,
    Box,
    Citation,
    Document,
    Extraction,
    ExtractionWarning,
    Footnote,
    NoteKind,
    Signal,
    WarningCode,
    Work,
    WorkKind,
)

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
numbers = st.integers(0, 2**31 - 1)
edges = st.floats(allow_nan=False, allow_infinity=False)
boxes = st.lists(st.builds(Box, numbers, edges, edges, edges, edges), max_size=3).map(tuple)
several_words = st.lists(words, max_size=3).map(tuple)
zones = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-8))])
anchors = st.builds(Anchor, numbers, words, numbers, numbers, boxes, boxes)
works = st.builds(
    Work,
    st.none() | words,
    st.none() | words,
    st.none() | words,
    st.lists(st.builds(Author, words, st.none() | words), max_size=3).map(tuple),
    st.none() | words,
    st.sampled_from(WorkKind),
)


def _cited(*fields, work, pinpoint):
    """A citation whose work has its pinpoint: the store holds it once."""
    return Citation(*fields, work=work and replace(work, pinpoint=pinpoint), pinpoint=pinpoint)


citations = st.builds(
    _cited,
    words,
    st.none() | st.sampled_from(Signal),
    several_words,
    several_words,
    st.none() | words,
    work=st.none() | works,
    pinpoint=st.none() | words,
)
footnotes = st.builds(
    Footnote,
    words,
    words,
    st.sampled_from(NoteKind),
    numbers,
    words,
    several_words,
    boxes,
    st.lists(anchors, max_size=3).map(tuple),
    st.lists(citations, max_size=3).map(tuple),
)
extractions = st.builds(
    Extraction,
    st.builds(
        Document,
        st.just(""),
        st.just("sha"),
        numbers,
        st.none() | words,
        st.none() | st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=zones),
    ),
    st.just("parser"),
    st.lists(footnotes, max_size=4).map(tuple),
    st.lists(st.builds(BodyLink, numbers, words, words, words), max_size=3).map(tuple),
    st.lists(st.builds(ExtractionWarning, st.none() | numbers, st.sampled_from(WarningCode), words), max_size=3).map(
        tuple
    ),
)
editions = itertools.count()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(extractions)
def test_a_reading_comes_back_as_it_was(store, reading):
    sha = f"sha {next(editions)}"
    kept = Extraction(
        Document("", sha, reading.document.pages, reading.document.title, reading.document.created),
        reading.parser_version,
        reading.footnotes,
        reading.body_links,
        reading.warnings,
    )
    store.documents.save_extraction(kept, [], day(0))
    assert store.documents.extraction(sha, "parser") == kept


@pytest.mark.parametrize("bad", ["a\x00b", "a\ud800b", "a\udfffb"])
def test_characters_that_no_database_holds_stop_nobody(store, bad):
    reading = Extraction(Document("", "sha", 1), "parser", body_links=(BodyLink(1, "http://a.test/", bad, bad),))
    store.documents.save_extraction(reading, [], day(0))
    read = store.documents.extraction("sha", "parser")
    assert isinstance(read, Extraction)
    assert read.body_links == (BodyLink(1, "http://a.test/", "a\ufffdb", "a\ufffdb"),)
