"""A filter survives its way through an address; nonsense is the default."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.review_queue import QueueFilter, QueueKey
from verifier.model import FindingCode, FindingKind, FindingState, Severity
from verifier.review.filters import filter_of, place_of, place_words, query_of

words = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=50).map(str.strip)
filters = st.builds(
    QueueFilter,
    state=st.none() | st.sampled_from(FindingState),
    document_id=st.none() | st.integers(0, 10**17),
    code=st.none() | st.sampled_from(FindingCode),
    host=words.map(str.lower).filter(lambda host: host == host.strip().lower()),
    source=words,
    new=st.booleans(),
    words=words,
    severity=st.none() | st.sampled_from(Severity),
    kind=st.none() | st.sampled_from(FindingKind),
    folder=words,
    page=st.none() | st.integers(1, 999_999),
    reviewer=words,
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    assignee=words,
    rule=words,
    unanswered=st.booleans(),
    batch=words,
)


EVERYTHING = QueueFilter(
    *(FindingState.CLOSED, 1, FindingCode.LINK_MOVED, "a.test", "url:a", True, "toll"),
    *(Severity.LOW, FindingKind.TO_DO, "/srv", 3, "Ana", date(2026, 1, 2), date(2026, 1, 3)),
    *("Ben", "01KBRULE", True, "01KBBATCH"),
)


def test_an_address_has_every_field():
    assert len(query_of(EVERYTHING)) == len(dataclasses.fields(QueueFilter))
    assert filter_of(query_of(EVERYTHING)) == EVERYTHING


@given(filters)
def test_there_and_back(wanted):
    assert filter_of(query_of(wanted)) == wanted


@given(st.dictionaries(st.sampled_from([*query_of(EVERYTHING)]), st.text(max_size=80)))
def test_nonsense_is_no_error(query):
    assert isinstance(filter_of(query), QueueFilter)


@pytest.mark.parametrize("place", [QueueKey(0, 0, 0, 0, 0), QueueKey(5, 10**12, 999, 40, 10**15)])
def test_places(place):
    assert place_of(place_words(place)) == place


@pytest.mark.parametrize(
    "text", ["", "1.2.3.4", "1.2.3.4.5.6", "a.b.c.d.e", "-1.2.3.4.5", "1.2.3.4.٤", "9" * 40 + ".1.1.1.1", "1..2.3.4"]
)
def test_what_is_no_place(text):
    assert place_of(text) is None
