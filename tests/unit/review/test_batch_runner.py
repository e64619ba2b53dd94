"""The runner of batches: a small one is made at once, a large one in the background, with room for others between."""

import threading

import pytest

import db.batches
from db.batches import NewBatch
from db.review_queue import QueueFilter
from db.reviews import NewReview
from tests.support.stores import day, empty_sqlite_store, link_finding, store_url
from verifier.errors import StoreBusyError, StoreError
from verifier.model import Decision, FindingState
from verifier.review.batch_runner import AT_ONCE, BatchRunner

__all__ = ["empty_sqlite_store", "store_url"]

HANG = 120
MANY = 50


@pytest.fixture
def filled(tmp_path, monkeypatch):
    from db.store import Store

    monkeypatch.setattr(db.batches, "PART", 10)
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as store:
        run = store.runs.begin("nightly", [], day(0)).id
        links = [link_finding(f"http://a.test/{number:02}") for number in range(MANY)]
        store.findings.save_link_findings(run, links, [], day(0))
        yield store


def begin(store, many=MANY, token="token-1"):
    ids = store.queue.ids(QueueFilter())[:many]
    review = NewReview(Decision.ACCEPT, "ann", "", token)
    return store.batches.begin(NewBatch(review, FindingState.OPEN, ""), ids, day(1))


class Rest:
    """What is done between two parts: wait until the test lets the next one begin."""

    def __init__(self) -> None:
        self.reached, self.go = threading.Semaphore(0), threading.Semaphore(0)

    def __call__(self, _seconds: float) -> None:
        self.reached.release()
        assert self.go.acquire(timeout=HANG)


def wait_until_over(store, batch_id):
    for thread in threading.enumerate():
        if thread.name == f"batch-{batch_id}":
            thread.join(HANG)
    return store.batches.find(batch_id)


def test_a_small_batch_is_over_when_the_page_answers(filled):
    batch = BatchRunner(filled, pytest.fail).carry_out(begin(filled, 10 * AT_ONCE))
    assert (batch.made, batch.is_over) == (10 * AT_ONCE, True)


def test_a_colleague_decides_between_two_parts_of_a_large_one(filled):
    rest = Rest()
    runner = BatchRunner(filled, rest)
    begun = begin(filled)
    last = filled.desk.fingerprints([filled.queue.numbers(QueueFilter())[-1]])[0]
    now = runner.carry_out(begun)
    assert (now.made, now.is_over) == (10 * AT_ONCE, False)
    assert rest.reached.acquire(timeout=HANG)
    assert runner.is_running(begun.id)
    filled.findings.add_review(last, Decision.DISMISS, "ben", "no fault", "colleague", day(1))
    for _ in range(MANY // 10):
        rest.go.release()
    done = wait_until_over(filled, begun.id)
    assert (done.made, len(done.left_alone), done.is_over) == (MANY - 1, 1, True)
    assert not runner.is_running(begun.id)


def test_a_double_click_while_it_runs_is_one_batch(filled):
    rest = Rest()
    runner = BatchRunner(filled, rest)
    begun = begin(filled)
    runner.carry_out(begun)
    assert rest.reached.acquire(timeout=HANG)
    again = runner.carry_out(begin(filled))
    assert again.id == begun.id
    for _ in range(MANY // 10):
        rest.go.release()
    assert wait_until_over(filled, begun.id).made == MANY


def test_an_undo_while_it_runs_ends_it(filled):
    rest = Rest()
    runner = BatchRunner(filled, rest)
    begun = begin(filled)
    runner.carry_out(begun)
    assert rest.reached.acquire(timeout=HANG)
    runner.carry_out(filled.batches.undo(begun.id, "ann", day(2)))
    for _ in range(2 * MANY // 10):
        rest.go.release()
    done = wait_until_over(filled, begun.id)
    assert done.is_over
    assert done.undone == done.made < MANY
    assert len(filled.queue.ids(QueueFilter())) == MANY


def test_a_store_that_is_busy_is_tried_again_and_a_broken_one_stops_the_work(filled, monkeypatch):
    failures = [StoreBusyError("busy"), StoreBusyError("busy")]
    go_on = filled.batches.go_on

    def sometimes(batch_id, now):
        if failures:
            raise failures.pop()
        return go_on(batch_id, now)

    monkeypatch.setattr(filled.batches, "go_on", sometimes)
    runner = BatchRunner(filled, lambda _seconds: None)
    begun = begin(filled)
    runner.carry_out(begun)
    assert wait_until_over(filled, begun.id).made == MANY
    runner.carry_out(filled.batches.undo(begun.id, "ann", day(2)))
    wait_until_over(filled, begun.id)
    other = begin(filled, token="token-2")
    runner.carry_out(other)  # within it, one part fails for good
    wait_until_over(filled, other.id)
    third = begin(filled, token="token-3")
    monkeypatch.setattr(filled.batches, "go_on", _broken)
    with pytest.raises(StoreError):
        runner.carry_out(third)
    assert not runner.is_running(third.id)


def _broken(batch_id, now):
    raise StoreError("broken")
