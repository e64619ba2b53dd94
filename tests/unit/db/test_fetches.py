"""What checks brought is kept whole and asked for again."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from db.fetches import MOST_PAST_CHECKS
from tests.support.stores import checked, day, note, publish
from verifier.model import (
    ArchivedResponse,
    Coverage,
    LinkReason,
    LinkStatus,
    Outcome,
    PastCheck,
    RunState,
    SnapshotRef,
)

A, B = "http://a.test/x", "http://b.test/y"
GONE = (LinkStatus.BROKEN, LinkReason.GONE)
OK = (LinkStatus.OK, LinkReason.SERVED)
BUSY = (LinkStatus.UNREACHABLE, LinkReason.SERVER_ERROR)


@pytest.fixture
def run_id(store) -> int:
    return store.runs.begin("run", [], day(0)).id


def night(store, number: int, *checks, state: RunState = RunState.FINISHED) -> int:
    """A whole run of these checks."""
    run_id = store.runs.begin("run", [str(number)], day(number)).id
    for check in checks:
        store.links.record_check(run_id, check, day(number + 7))
    store.runs.finish(run_id, state, Coverage(), day(number))
    return run_id


def test_history_is_told_oldest_first(store):
    night(store, 0, checked(A, *GONE, at=day(0)), checked(B, *OK, at=day(0)))
    night(store, 3, checked(A, *OK, at=day(3)))
    assert store.links.past_checks([A, B, "http://never.test/"]) == {
        A: (PastCheck(day(0), *GONE), PastCheck(day(3), *OK)),
        B: (PastCheck(day(0), *OK),),
    }


def test_asking_twice_is_asking_once(store):
    night(store, 0, checked(A, *GONE, at=day(0)))
    many = [A, *(f"http://never.test/{number}" for number in range(600)), A]
    assert len(store.links.past_checks(many)[A]) == 1


def test_history_is_short(store):
    for number in range(MOST_PAST_CHECKS + 3):
        night(store, number, checked(A, *GONE, at=day(number)))
    past = store.links.past_checks([A])[A]
    assert [check.checked_at for check in past] == [day(number) for number in range(3, MOST_PAST_CHECKS + 3)]


@pytest.mark.parametrize("before", [[GONE] * 3, [*[GONE] * 3, OK]], ids=["it was gone", "it came back"])
def test_a_long_time_without_an_answer_hides_neither_death_nor_life(store, before):
    for number, state in enumerate([*before, *[BUSY] * (2 * MOST_PAST_CHECKS)]):
        run_id = night(store, 4 * number, checked(A, *state, at=day(4 * number)))
    store.retention.roll_up(run_id)
    past = [(check.status, check.reason) for check in store.links.past_checks([A])[A]]
    assert past == [*before, *[BUSY] * MOST_PAST_CHECKS]


def test_a_night_without_network_counts_for_nothing(store):
    night(store, 0, checked(A, *OK, at=day(0)))
    down = night(store, 3, checked(A, *GONE, at=day(3)), checked(B, *GONE, at=day(3)), state=RunState.NETWORK_DOWN)
    assert store.links.past_checks([A, B]) == {A: (PastCheck(day(0), *OK),)}
    assert {url: status.status for url, status in store.links.statuses([A, B]).items()} == {A: LinkStatus.OK}
    assert store.links.fetched_in(down) == [A, B]


def test_what_a_night_without_network_fetched_is_due_again_at_once(store):
    publish(store, "a.pdf", "sha", note(1, [A, B]))
    run_id = store.runs.begin("run", ["1"], day(0)).id
    store.links.record_check(run_id, checked(A), day(7))
    store.runs.finish(run_id, RunState.FINISHED, Coverage(), day(0))
    down = store.runs.begin("run", ["2"], day(0)).id
    store.links.record_check(down, checked(B), day(7))
    store.links.cancel_run_due(down)
    store.runs.finish(down, RunState.NETWORK_DOWN, Coverage(), day(0))
    again = store.runs.begin("run", ["2"], day(0)).id
    assert [address.url for address in store.links.due(again, day(0))] == [B]


def test_the_latest_status_is_told_with_its_evidence(store, run_id):
    store.links.record_check(run_id, checked(A, *GONE, at=day(0)), None)
    store.links.record_check(run_id, checked(A, *OK, at=day(1)), None)
    two_hops = replace(
        checked(B, *OK, at=day(1)),
        snapshots=(ArchivedResponse(0, B, "b.warc.gz", 10, "x"), ArchivedResponse(1, B, "c.warc.gz", 20, "y")),
    )
    store.links.record_check(run_id, two_hops, None)
    told = store.links.statuses([A, B])
    assert (told[A].judgement, told[A].fetched_at, told[A].snapshot) == (
        checked(A).judgement,
        day(1),
        SnapshotRef("a.warc.gz", 1234),
    )
    assert told[B].snapshot == SnapshotRef("c.warc.gz", 20)


def test_a_status_may_have_no_snapshot(store, run_id):
    nothing = replace(checked(A, LinkStatus.BROKEN, LinkReason.NO_SUCH_HOST), snapshots=())
    store.links.record_check(run_id, nothing, None)
    assert store.links.statuses([A])[A].snapshot is None


def test_a_run_tells_each_address_that_it_fetched_once(store, run_id):
    store.links.record_check(
        run_id, checked(B, LinkStatus.UNREACHABLE, LinkReason.TIMEOUT, outcome=Outcome.TIMEOUT), None
    )
    store.links.record_check(run_id, checked(A, *GONE), None)
    store.links.record_check(run_id, checked(A, *OK), None)
    assert store.links.fetched_in(run_id) == [A, B]
    assert store.links.fetched_in(run_id + 1) == []


def test_the_newest_text_is_told_even_if_the_latest_fetch_had_none(store):
    night(store, 0, checked(A, at=day(0), body="old"))
    night(store, 1, checked(A, at=day(1), body="new"), checked(B, at=day(1), body="new"))
    night(store, 2, checked(A, *GONE, at=day(2)))
    told = store.links.texts([A, B, "http://never.test/"])
    assert sorted(told) == [A, B]
    assert (told[A].text, told[A].fetched_at, told[A].snapshot) == (
        checked(A, body="new").text,
        day(1),
        SnapshotRef("a.warc.gz", 1234),
    )
    # One payload, one text, however many addresses serve it.
    assert told[A].text_id == told[B].text_id


def test_a_text_that_returns_is_the_same_text(store):
    ids = []
    for number, body in enumerate(["one", "two", "one"]):
        night(store, number, checked(A, at=day(number), body=body))
        ids.append(store.links.texts([A])[A].text_id)
    assert ids[0] == ids[2] != ids[1]


def test_a_fetch_without_a_time_is_of_now(store, run_id):
    timeless = replace(checked(A), fetch=replace(checked(A).fetch, fetched_at=None))
    store.links.record_check(run_id, timeless, None, day(4))
    assert store.links.statuses([A])[A].fetched_at == day(4)


def test_many_threads_record_at_once(store, run_id):
    urls = [f"http://h{i}.test/" for i in range(40)]

    def work(url: str) -> None:
        for _ in range(3):
            store.links.record_check(run_id, checked(url, body="the same everywhere"), day(7))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, [*urls, *urls[:4]]))
    past = store.links.past_checks(urls)
    assert [len(past[url]) for url in urls] == [6] * 4 + [3] * 36
    assert len({text.text_id for text in store.links.texts(urls).values()}) == 1


def test_a_text_is_as_old_as_the_first_reading_that_said_so(store):
    for number, body in enumerate(("before", "after", "after", None, "after")):
        night(store, number, checked(A, *OK, at=day(number), body=body), checked(B, *OK, at=day(9), body="after"))
    told = store.links.texts([A])[A]
    assert (told.text.text, told.fetched_at) == ("after", day(1))
