"""Batches: made part by part, resumed where they were, one however often they are asked for, undone as a whole."""

import pytest
from sqlalchemy import event

import db.batches
from db.assignments import NewAssignment
from db.batches import NewBatch, ranges_of
from db.review_queue import QueueFilter
from db.reviews import NewReview
from db.store import Store
from tests.support.stores import day, link_finding
from verifier.model import Decision, FindingState

MANY = 25
OPEN, ACCEPTED = FindingState.OPEN, FindingState.ACCEPTED


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(db.batches, "PART", 10)


@pytest.fixture
def filled(store):
    run = store.runs.begin("nightly", [], day(0)).id
    links = [link_finding(f"http://a.test/{number:02}") for number in range(MANY)]
    store.findings.save_link_findings(run, links, [], day(0))
    return store


def ids(store, **wanted) -> list[int]:
    return sorted(store.queue.ids(QueueFilter(**({"state": None} | wanted))))


def accept(token="token-1", seen: str | None = "", **more) -> NewBatch:
    return NewBatch(NewReview(Decision.ACCEPT, "ann", "seen", token, **more), OPEN, seen)


def whole(store, batch_id, at=1.0):
    """Go on until it is over; how many parts that took."""
    parts = 0
    while not (found := store.batches.go_on(batch_id, day(at))).is_over:
        parts += 1
    return found, parts + 1


def test_a_batch_is_made_in_parts_each_its_own_transaction(filled):
    begun = filled.batches.begin(accept(), ids(filled), day(1))
    assert (begun.many, begun.made, begun.is_over) == (MANY, 0, False)
    begins = []
    event.listen(filled._sessions.engine, "commit", lambda connection: begins.append(1))
    done, parts = whole(filled, begun.id)
    assert (done.made, done.left_alone, parts) == (MANY, (), 3)
    assert len(begins) == 3
    assert ids(filled, state=ACCEPTED) == ids(filled, batch=begun.id) == ids(filled)


def test_the_number_of_statements_depends_on_parts_and_not_on_findings(filled):
    asked = []
    event.listen(filled._sessions.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    few = filled.batches.begin(accept(), ids(filled)[:2], day(1))
    asked.clear()
    filled.batches.go_on(few.id, day(1))
    of_two = len(asked)
    many = filled.batches.begin(accept("token-2"), ids(filled)[2:12], day(1))
    asked.clear()
    filled.batches.go_on(many.id, day(1))
    assert len(asked) == of_two


def test_a_repeated_token_is_the_same_batch(filled):
    first = filled.batches.begin(accept(), ids(filled), day(1))
    filled.batches.go_on(first.id, day(1))
    again = filled.batches.begin(accept(), ids(filled)[:3], day(2))
    assert (again.id, again.many, again.made) == (first.id, MANY, 10)
    assert whole(filled, again.id)[0].made == MANY
    assert filled.batches.go_on(first.id, day(2)).made == MANY, "what is over stays as it is"


def test_an_interrupted_batch_goes_on_in_another_process_where_it_was(filled, store_url):
    begun = filled.batches.begin(accept(), ids(filled), day(1))
    filled.batches.go_on(begun.id, day(1))
    with Store.open(store_url) as other:
        assert [one.id for one in other.batches.unfinished()] == [begun.id]
        done, parts = whole(other, begun.id)
        assert (done.made, parts) == (MANY, 2)
        assert other.batches.unfinished() == ()
    assert len({review.id for review in _reviews(filled)}) == MANY


def _reviews(store):
    fingerprints = [entry.fingerprint for entry in store.queue.page(QueueFilter(state=None), most=100)]
    found = [store.desk.finding(one, day(3)) for one in fingerprints]
    assert all(len(one.reviews) <= 1 for one in found)
    return [review for one in found for review in one.reviews]


def test_what_somebody_decides_between_two_parts_is_left_alone_and_named(filled, store_url):
    begun = filled.batches.begin(accept(), ids(filled), day(1))
    filled.batches.go_on(begun.id, day(1))
    last = ids(filled)[-1]
    (fingerprint,) = filled.desk.fingerprints([last])
    with Store.open(store_url) as other:  # nothing is held between two parts: a colleague does not wait
        other.findings.add_review(fingerprint, Decision.DISMISS, "ben", "no fault", "colleague", day(1.1))
    done, _ = whole(filled, begun.id, 1.2)
    assert (done.made, done.left_alone) == (MANY - 1, (last,))
    assert ids(filled, state=FindingState.DISMISSED) == [last]
    filled.batches.undo(begun.id, "ann", day(2))
    assert whole(filled, begun.id, 2)[0].undone == MANY - 1
    assert ids(filled, state=FindingState.DISMISSED) == [last], "nor does the undo touch it"


def test_an_undo_takes_all_parts_back_and_leaves_newer_decisions(filled):
    begun = filled.batches.begin(accept(), ids(filled), day(1))
    whole(filled, begun.id)
    (first, *_) = filled.desk.fingerprints(ids(filled)[:1])
    filled.findings.add_review(first, Decision.DISMISS, "ben", "no fault", "colleague", day(1.5))
    assert filled.batches.undo(begun.id, "cem", day(2)).is_over is False
    undone, parts = whole(filled, begun.id, 2)
    assert (undone.undone, undone.undone_by, parts) == (MANY - 1, "cem", 3)
    assert len(ids(filled, state=OPEN)) == MANY - 1
    assert filled.batches.undo(begun.id, "cem", day(3)) is None, "once"


def test_an_undo_in_the_middle_ends_the_batch(filled):
    begun = filled.batches.begin(accept(), ids(filled), day(1))
    filled.batches.go_on(begun.id, day(1))
    filled.batches.undo(begun.id, "ann", day(1.1))
    undone, parts = whole(filled, begun.id, 1.2)
    assert (undone.made, undone.undone, parts) == (10, 10, 1)
    assert ids(filled, state=OPEN) == ids(filled)
    assert filled.batches.begin(accept(), ids(filled), day(2)).undone_by == "ann", "nor does a late repeat make it anew"
    assert filled.batches.go_on(begun.id, day(2)).made == 10


def test_decisions_before_the_batch_are_what_an_undo_restores(filled):
    before = filled.batches.begin(accept(), ids(filled)[:5], day(1))
    whole(filled, before.id)
    reopen = NewReview(Decision.REOPEN, "ann", "", "token-2")
    seen = filled.decisions.newest()
    batch = filled.batches.begin(NewBatch(reopen, ACCEPTED, seen), ids(filled, state=ACCEPTED), day(2))
    assert whole(filled, batch.id, 2)[0].made == 5
    filled.batches.undo(batch.id, "ann", day(3))
    whole(filled, batch.id, 3)
    assert len(ids(filled, state=ACCEPTED)) == 5


def test_findings_are_given_away_in_parts_and_given_back(filled):
    give = NewBatch(NewAssignment("ben", "ann", "token-1", "have a look"))
    begun = filled.batches.begin(give, ids(filled), day(1))
    done, parts = whole(filled, begun.id)
    assert (done.made, done.assignee, done.decision, parts) == (MANY, "ben", None, 3)
    assert ids(filled, assignee="ben") == ids(filled, batch=begun.id) == ids(filled)
    filled.batches.undo(begun.id, "ann", day(2))
    assert whole(filled, begun.id, 2)[0].undone == MANY
    assert ids(filled, assignee="ben") == []


def test_a_batch_of_nothing_is_over(filled):
    assert filled.batches.begin(accept(), [], day(1)).is_over
    assert filled.batches.find("no such") is None
    assert filled.batches.go_on("no such", day(1)) is None
    assert filled.batches.undo("no such", "ann", day(1)) is None


@pytest.mark.parametrize(
    ("numbers", "ranges"), [([], []), ([3], [[3, 3]]), ([1, 2, 4, 6, 7], [[1, 2], [4, 4], [6, 7]])]
)
def test_ranges(numbers, ranges):
    assert ranges_of(numbers) == ranges
