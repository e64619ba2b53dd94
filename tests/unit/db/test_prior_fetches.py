"""What an address's next fetch is given of its prior ones."""

from dataclasses import replace

import pytest

from db.prior_fetches import LOOK_BACK
from tests.support.stores import checked, day
from verifier.model import (
    REPLAYED_AS_KEPT,
    ArchivedResponse,
    Coverage,
    Hop,
    LinkReason,
    LinkStatus,
    RunState,
)

URL = "http://a.test/x"
GONE = (LinkStatus.BROKEN, LinkReason.GONE)
ETAG = ("ETag", '"v1"')


def served(body: str | None, offset: int, etag: tuple[str, str] = ETAG, **more):
    check = checked(URL, body=body, **more)
    return replace(
        check,
        fetch=replace(check.fetch, hops=(Hop("http://a.test/old", 301), Hop(URL, 200, (etag,)))),
        snapshots=(ArchivedResponse(1, URL, "a.warc.gz", offset, f"sha-of-{body}"),),
    )


def not_modified(body: str, offset: int, detail: str = REPLAYED_AS_KEPT):
    check = served(body, offset)
    return replace(
        check,
        fetch=replace(check.fetch, hops=(Hop(URL, 304),), detail=detail),
        judgement=replace(check.judgement, http_status=304),
    )


@pytest.fixture
def night(store):
    nights = iter(range(100))

    def night(check, state: RunState = RunState.FINISHED) -> None:
        number = next(nights)
        run_id = store.runs.begin("run", [str(number)], day(number)).id
        store.links.record_check(run_id, check, None, day(number))
        store.runs.finish(run_id, state, Coverage(), day(number))

    return night


def test_nothing_is_known_of_an_address_never_checked(store, night):
    night(served("one", 10))
    assert store.links.prior_fetches("http://never.test/") is None


def test_the_last_whole_answer_is_told_with_its_text_and_place(store, night):
    night(served("one", 10))
    prior_fetches = store.links.prior_fetches(URL)
    assert prior_fetches.status is LinkStatus.OK
    assert (prior_fetches.served, prior_fetches.not_modified) == (Hop(URL, 200, (ETAG,)), 0)
    assert prior_fetches.text == served("one", 10).text
    assert prior_fetches.snapshots == served("one", 10).snapshots


def test_answers_not_modified_are_counted_back_to_the_whole_one(store, night):
    night(served("one", 10))
    for expected in range(1, LOOK_BACK):
        night(not_modified("one", 10))
        prior_fetches = store.links.prior_fetches(URL)
        assert (prior_fetches.not_modified, prior_fetches.served) == (expected, Hop(URL, 200, (ETAG,)))
    assert prior_fetches.snapshots == served("one", 10).snapshots


def test_a_newest_answer_that_replays_blank_is_no_ground_for_a_condition(store, night):
    night(served("one", 10))
    night(not_modified("one", 10, detail=""))
    assert store.links.prior_fetches(URL).served is None
    night(served("one", 10))
    night(not_modified("one", 10))
    assert store.links.prior_fetches(URL).served == Hop(URL, 200, (ETAG,))


def test_a_dead_night_ends_the_conditions_but_not_the_memory(store, night):
    night(served("one", 10))
    night(replace(checked(URL, *GONE), snapshots=(ArchivedResponse(0, URL, "a.warc.gz", 99, "sha-of-404"),)))
    prior_fetches = store.links.prior_fetches(URL)
    assert (prior_fetches.status, prior_fetches.served) == (LinkStatus.BROKEN, None)
    assert [place.offset for place in prior_fetches.snapshots] == [99, 10]
    assert prior_fetches.text.text == "one"


def test_the_place_of_the_text_is_told_however_long_ago_it_was(store, night):
    night(served("one", 10))
    for number in range(LOOK_BACK + 2):
        dead = ArchivedResponse(0, URL, "a.warc.gz", 100 + number, f"sha-of-404-{number}")
        night(replace(checked(URL, *GONE), snapshots=(dead,)))
    offsets = [place.offset for place in store.links.prior_fetches(URL).snapshots]
    assert offsets == [105, 104, 103, 102, 10]


def test_an_answer_that_gave_no_text_has_no_conditions(store, night):
    night(served("one", 10))
    night(served(None, 20, ("ETag", '"v2"')))
    assert store.links.prior_fetches(URL).served is None


def test_an_answer_that_was_cut_has_no_conditions(store, night):
    check = served("one", 10)
    night(replace(check, fetch=replace(check.fetch, truncated=True)))
    assert store.links.prior_fetches(URL).served is None


def test_a_night_without_network_is_passed_over(store, night):
    night(served("one", 10))
    night(checked(URL, LinkStatus.UNREACHABLE, LinkReason.TIMEOUT), RunState.NETWORK_DOWN)
    prior_fetches = store.links.prior_fetches(URL)
    assert (prior_fetches.status, prior_fetches.served) == (LinkStatus.OK, Hop(URL, 200, (ETAG,)))
