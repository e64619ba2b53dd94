"""Old fetches are rolled up to changes of state, and nothing that anybody asks for changes by it."""

from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.records import ComparisonRecord
from tests.support.stores import checked, day, note, publish
from verifier.model import (
    Coverage,
    Figure,
    FigureComparison,
    LinkReason,
    LinkStatus,
    Qualifier,
    RunState,
    Verdict,
)

URL = "http://www.example.test/page"
OK, GONE, BUSY = (
    (LinkStatus.OK, LinkReason.SERVED),
    (LinkStatus.BROKEN, LinkReason.NOT_FOUND),
    (LinkStatus.UNREACHABLE, LinkReason.SERVER_ERROR),
)
NIGHTS = count(1)


def nights(store, states, url=URL, body="It is so.", down=()):
    """One run a night, each with one fetch of the address; returns the last run's id."""
    for n, (status, reason) in enumerate(states):
        run = store.runs.begin("nightly", [str(next(NIGHTS))], day(n))
        text = body if status is LinkStatus.OK else None
        store.links.record_check(run.id, checked(url, status, reason, day(n), text), None)
        store.runs.finish(run.id, RunState.NETWORK_DOWN if n in down else RunState.FINISHED, Coverage(), day(n))
    return run.id


def kept(store):
    """The nights (by their fetches' times) that are left."""
    from sqlalchemy import select

    from db.tables import FetchRow, SnapshotRow

    with store._sessions.reading() as session:
        times = session.scalars(select(FetchRow.fetched_at).order_by(FetchRow.id)).all()
        of_fetches = session.scalars(select(SnapshotRow.fetch_id).order_by(SnapshotRow.fetch_id)).all()
        assert of_fetches == session.scalars(select(FetchRow.id).order_by(FetchRow.id)).all()
    return [round((moment - day(0)).total_seconds() / 86400) for moment in times]


@pytest.mark.parametrize(
    ("states", "stay"),
    [
        ([OK] * 20, list(range(20))),
        ([OK] * 21, list(range(21))),
        ([OK] * 30, [0, *range(10, 30)]),
        ([OK] * 5 + [GONE] * 25, [*range(6), *range(10, 30)]),
        ([OK, GONE] * 15, list(range(30))),
        ([OK] * 25 + [GONE] * 25, [0, *range(5, 26), *range(30, 50)]),
        ([BUSY] * 3 + [GONE] * 27, [*range(4), *range(10, 30)]),
    ],
    ids=["twenty", "one more", "always well", "died", "died late", "comes and goes", "first busy, then gone"],
)
def test_the_last_twenty_of_each_status_and_changes_of_state_stay(store, states, stay):
    run = nights(store, states)
    deleted = store.retention.roll_up(run)
    assert kept(store) == stay
    assert deleted == len(states) - len(stay)
    assert store.retention.roll_up(run) == 0


def test_more_may_be_kept_but_never_fewer(store):
    run = nights(store, [OK] * 30)
    store.retention.roll_up(run, 25)
    assert kept(store) == [0, *range(5, 30)]
    store.retention.roll_up(run, 1)
    assert kept(store) == [0, *range(10, 30)]


def test_only_addresses_of_the_run_are_looked_at(store):
    other = nights(store, [OK] * 30, url="http://www.example.test/other")
    run = nights(store, [OK] * 3)
    assert store.retention.roll_up(run) == 0
    assert store.retention.roll_up(other) == 9


def test_nights_without_a_network_are_passed_over(store):
    run = nights(store, [OK, *[BUSY] * 25, *[OK] * 21], down=range(1, 26))
    store.retention.roll_up(run)
    assert kept(store) == [0, *range(6, 26), *range(27, 47)]
    assert len(store.links.past_checks([URL])[URL]) == 20


def test_what_a_figure_was_compared_with_stays(store):
    document = publish(store, "a.pdf", "sha-a", note(1, [URL]))
    run = nights(store, [OK] * 3, body="It is five.")
    text = store.links.texts([URL])[URL].text_id
    figure = Figure("5", 0, 1, Decimal(5), Decimal(5), Decimal(5), "", "", Qualifier.EXACT)
    record = ComparisonRecord(0, None, 0, text, "checker 1", FigureComparison(figure, Verdict.SUPPORTED, 1.0, "same"))
    store.findings.save_document_result(document.id, run, "key", [record], [], Coverage(), day(3))
    again = nights(store, [OK] * 30, body="It is seven.")
    store.retention.roll_up(again)
    assert store.comparisons.of(document.id) == [record]
    left = kept(store)
    assert left.count(0) == 1, "of the text that was compared, its first fetch"
    assert len(left) == 21


def texts(store):
    from sqlalchemy import select

    from db.tables import TextRow

    with store._sessions.reading() as session:
        return sorted(session.scalars(select(TextRow.text)))


def test_a_text_goes_with_the_last_fetch_that_brought_it(store):
    for n in range(3):
        nights(store, [OK], body=f"old {n}")
    run = nights(store, [OK] * 30, body="new")
    assert texts(store) == ["new", "old 0", "old 1", "old 2"]
    store.retention.roll_up(run)
    assert texts(store) == ["new", "old 0"], "the first fetch began the state that lasts, and stays with its text"


def test_a_text_that_another_address_brought_too_stays(store):
    other = "http://www.example.test/other"
    nights(store, [OK], body="first")
    nights(store, [OK], body="shared")
    nights(store, [OK], url=other, body="shared")
    run = nights(store, [OK] * 30, body="new")
    store.retention.roll_up(run)
    assert texts(store) == ["first", "new", "shared"]
    assert store.links.texts([other])[other].text.text == "shared"


ADDRESSES = count(1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([OK, GONE, BUSY]), st.sampled_from("ab")), min_size=1, max_size=45))
def test_whoever_asks_gets_the_same_answer(store, history):
    url = f"http://www.example.test/{next(ADDRESSES)}"

    def answers():
        return (
            store.links.past_checks([url]),
            store.links.statuses([url]),
            store.links.texts([url]),
            store.links.prior_fetches(url),
        )

    run = 0
    for n, (state, body) in enumerate(history):
        run = nights(store, [state], url=url, body=f"{body} {url}")
        if n % 7 == 6:
            store.retention.roll_up(run)
    before = answers()
    store.retention.roll_up(run)
    assert answers() == before
    assert store.retention.roll_up(run) == 0
