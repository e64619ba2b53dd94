"""What is kept of the queue is what the store says now, whoever changed it, and whatever changed."""

import random
from dataclasses import replace

import pytest
from sqlalchemy import text

from db.assignments import NewAssignment
from db.queue_changes import FOLD_AT, VersionedCache
from db.review_queue import Queue, QueueFilter
from db.reviews import NewReview
from db.rules import NewRule
from db.saved_filters import SavedFilter
from db.store import Store
from tests.support.stores import day, figure_finding, link_finding, note, publish
from verifier.model import Coverage, Decision, FindingCode, FindingState, RunState, Severity

ADDRESSES = [f"http://{host}.test/{number}" for host in "abc" for number in range(3)]

FILTERS = (
    QueueFilter(),
    QueueFilter(state=None),
    QueueFilter(state=FindingState.DISMISSED),
    QueueFilter(severity=Severity.HIGH),
    QueueFilter(code=FindingCode.LINK_UNCONFIRMED),
    QueueFilter(host="a.test"),
    QueueFilter(document_id=1),
    QueueFilter(folder="papers"),
    QueueFilter(new=True),
    QueueFilter(assignee="ben", state=None),
    QueueFilter(words="number"),
    QueueFilter(source=f"url:{ADDRESSES[0]}", state=None),
)


@pytest.fixture
def filled(store):
    """Two documents with some figures and links."""
    run = store.runs.begin("nightly", [], day(0)).id
    for path, some in (("a.pdf", ADDRESSES[:5]), ("b.pdf", ADDRESSES[3:])):
        notes = [note(i + 1, [url], f"Sentence number {i} of {path}.") for i, url in enumerate(some)]
        document = publish(store, path, f"sha-{path}", *notes)
        figures = [figure_finding(f"{path} {number}", page=number + 1) for number in range(3)]
        store.findings.save_document_result(document.id, run, "key", [], figures, Coverage(), day(0))
    store.findings.save_link_findings(run, [link_finding(url) for url in ADDRESSES], [], day(0))
    return store


@pytest.fixture
def other(filled, store_url):
    """The same store as another process has it."""
    with Store.open(store_url) as opened:
        yield opened


class Editors:
    """What people and nights do, at random; by any of several openings of a store."""

    def __init__(self, draw: random.Random, stores: list[Store]) -> None:
        self._draw = draw
        self._stores = stores
        self._step = 0
        self._made: list[str] = []
        self._batches: list[str] = []

    def act(self) -> str:
        """Do something; its name."""
        self._step += 1
        name = self._draw.choice([name for name in vars(Editors) if name.startswith("_do_")])
        getattr(self, name)(self._draw.choice(self._stores), day(1 + self._step / 100), f"token {self._step}")
        return name

    def _some(self, store: Store) -> list[int]:
        numbers = store.queue.ids(QueueFilter(state=None))
        return self._draw.sample(numbers, k=self._draw.randrange(1, len(numbers)))

    def _do_decide(self, store, at, token):
        fingerprint = self._draw.choice(store.desk.fingerprints(self._some(store)))
        decision = self._draw.choice([Decision.ACCEPT, Decision.DISMISS, Decision.SNOOZE, Decision.REOPEN])
        until = day(1.02 + self._step / 100) if decision is Decision.SNOOZE else None
        who = self._draw.choice(["ann", "ben"])
        self._made.append(store.findings.add_review(fingerprint, decision, who, "a reason", token, at, until))

    def _do_batch(self, store, at, token):
        review = NewReview(self._draw.choice([Decision.ACCEPT, Decision.DISMISS]), "ann", "a reason", token)
        store.findings.add_reviews(self._some(store), review, at, None)
        self._batches.append(token)

    def _do_undo(self, store, at, token):
        if self._made:
            store.findings.undo_review(self._made.pop(), "ann", token, at)

    def _do_undo_batch(self, store, at, _):
        if self._batches:
            store.findings.undo_batch(self._batches.pop(), "ann", at)

    def _do_rule(self, store, at, token):
        rule = NewRule(
            request_token=token,
            code=FindingCode.LINK_UNCONFIRMED,
            host=f"{self._draw.choice('abc')}.test",
            why="they never answer",
            reviewer="ann",
        )
        store.rules.set(rule, at)

    def _do_end_a_rule(self, store, at, _):
        for rule in store.rules.counting(at)[:1]:
            store.rules.end(rule.id, "ann", at)

    def _do_assign(self, store, at, token):
        store.assignments.assign(self._some(store), NewAssignment("ben", "ann", token), at)

    def _do_night(self, store, at, token):
        run = store.runs.begin("nightly", [token], at)
        some = self._draw.sample(ADDRESSES, k=4)
        healed = self._draw.sample(ADDRESSES, k=2)
        store.findings.save_link_findings(
            run.id, [link_finding(url, FindingCode.LINK_BROKEN) for url in some if url not in healed], healed, at
        )
        store.runs.finish(run.id, RunState.FINISHED, Coverage(), at)

    def _do_time(self, store, at, _):
        store.queue.bring_up_to_date(at)

    def _do_publish(self, store, _, token):
        publish(store, f"{token}.pdf", f"sha {token}", note(1, [self._draw.choice(ADDRESSES)], "One more number."))


def answers(queue: Queue) -> dict[object, object]:
    """All that is kept."""
    counts = {wanted: (queue.counts(wanted), queue.count(wanted)) for wanted in FILTERS}
    return counts | {"hosts": queue.hosts(2), "folders": queue.folders()}


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_is_what_would_be_counted_now(filled, other, seed):
    editors = Editors(random.Random(seed), [filled, other])
    for _ in range(10):
        done = editors.act()
        fresh = answers(Queue(filled._sessions))
        for store in (filled, other):
            assert answers(store.queue) == fresh, done


@pytest.mark.parametrize("seed", range(2))
def test_what_is_seen_within_one_state_fits_together(filled, other, seed):
    editors = Editors(random.Random(100 + seed), [other])
    for _ in range(5):
        with filled.one_state():
            version, before = filled.queue.version(), answers(filled.queue)
            editors.act()
            assert (filled.queue.version(), answers(filled.queue)) == (version, before)
        assert answers(filled.queue) == answers(Queue(filled._sessions))


def test_a_version_changes_with_what_is_shown_and_not_with_who_looks(filled, other):
    def changes(do) -> bool:
        before = filled.queue.version()
        do()
        return filled.queue.version() != before

    number = filled.queue.ids(QueueFilter())[0]
    assert not changes(lambda: other.presences.look(number, "ann", day(1)))
    assert not changes(lambda: other.queue.counts(QueueFilter()))
    assert changes(lambda: other.saved_filters.save(SavedFilter("mine", "state=any", "ann", day(1))))
    assert changes(lambda: other.saved_filters.remove("mine"))
    assert changes(lambda: other.runs.begin("nightly", ["x"], day(2)))
    assert changes(lambda: other.documents.mark_missing("papers", ["b.pdf"]))


def test_a_change_that_is_not_committed_is_not_seen_and_then_is(filled):
    sessions, before = filled._sessions, filled.queue.version()
    with sessions.writing() as session:
        session.execute(text("UPDATE queue SET assignee = 'zoe' WHERE finding_id = 1"))
        assert filled.queue.version() == before
        session.rollback()
    assert filled.queue.version() == before
    with sessions.writing() as session:
        session.execute(text("UPDATE queue SET assignee = 'zoe' WHERE finding_id = 1"))
    assert filled.queue.version() != before


def test_many_rows_of_the_count_are_folded_and_the_number_stays(filled):
    with filled._sessions.writing() as session:
        session.execute(text("INSERT INTO queue_change (amount) VALUES (1)"), [{}] * FOLD_AT)
    before = filled.queue.version()
    filled.queue.bring_up_to_date(day(1))
    assert filled.queue.version() == before
    with filled._sessions.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM queue_change")) == 1


def test_a_cache_is_made_anew_for_another_version_or_key_and_is_bounded():
    cache, made = VersionedCache(3), []

    def make() -> int:
        made.append(len(made))
        return made[-1]

    first = cache.of(1, QueueFilter(), make)
    assert cache.of(1, QueueFilter(), make) == first
    assert cache.of(1, replace(QueueFilter(), host="a.test"), make) != first
    assert cache.of(2, QueueFilter(), make) != first
    for number in range(9):
        cache.of(2, number, make)
    assert len(cache._kept) == 3
