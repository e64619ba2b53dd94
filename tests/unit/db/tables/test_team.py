"""Batches, assignments, threads, letters and who did what, on every back end."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from db.activity import ActionKind
from db.assignments import NewAssignment
from db.letters import NewLetter
from db.review_queue import QueueFilter
from db.reviews import NewReview
from db.rules import NewRule
from tests.support.stores import T0, day, figure_finding, link_finding, note, publish
from verifier.errors import StoreError
from verifier.model import Coverage, Decision, FindingCode, FindingState

A, B = "http://a.test/x", "http://b.test/y"
OPEN, ACCEPTED, DISMISSED = FindingState.OPEN, FindingState.ACCEPTED, FindingState.DISMISSED


@pytest.fixture
def filled(store):
    """A document with three figures and a dead link, and another with nothing."""
    document = publish(store, "a.pdf", "sha-a", note(1, [A]))
    publish(store, "b.pdf", "sha-b", note(1, [B]))
    run = store.runs.begin("nightly", [], day(0)).id
    figures = [figure_finding(f"figure {number}", page=number) for number in (1, 2, 3)]
    store.findings.save_document_result(document.id, run, "key", [], figures, Coverage(), day(0))
    store.findings.save_link_findings(run, [link_finding(A)], [], day(0))
    return store


def ids(store, **wanted) -> list[int]:
    return store.queue.ids(QueueFilter(**wanted))


def states(store, at: float = 2) -> list[FindingState]:
    listed = {found.finding.fingerprint: found.state for found in store.findings.list(now=day(at))}
    entered = {entry.fingerprint: entry.state for entry in store.queue.page(QueueFilter(state=None))}
    assert entered == listed, "the queue's index is what the reviews say"
    return [state for _, state in sorted(listed.items())]


def review(decision=Decision.ACCEPT, token="token", **more) -> NewReview:
    return NewReview(decision, "ann", "", token, **more)


def test_a_batch_that_comes_twice_is_one_whatever_states_it_takes(filled):
    assert len(filled.findings.add_reviews(ids(filled), review(), day(1), None)) == 4
    assert filled.findings.add_reviews(ids(filled, state=None), review(), day(1), None) == []
    assert states(filled) == [ACCEPTED] * 4


def test_a_batch_leaves_alone_what_was_decided_since_its_page_was_made(filled):
    seen = filled.decisions.newest()
    filled.findings.add_review("figure 1", Decision.DISMISS, "ben", "no fault", "t", day(1))
    assert len(filled.findings.add_reviews(ids(filled, state=None), review(), day(1.1), None, seen)) == 3
    assert states(filled) == [DISMISSED, ACCEPTED, ACCEPTED, ACCEPTED]


def test_one_undo_takes_a_batch_back_but_for_what_was_decided_since(filled):
    filled.findings.add_review("figure 2", Decision.DISMISS, "ben", "no fault", "t1", day(0.5))
    filled.findings.add_reviews(ids(filled, state=None), review(), day(1), None)
    filled.findings.add_review("figure 3", Decision.SNOOZE, "ben", "", "t2", day(1.5))
    assert filled.findings.undo_batch("token", "ann", day(1.6)) == 3
    assert states(filled) == [OPEN, DISMISSED, FindingState.SNOOZED, OPEN]
    assert filled.findings.undo_batch("token", "ann", day(1.7)) == 0
    assert filled.findings.undo_batch("toke", "ann", day(1.7)) == 0


def test_what_is_right_and_what_is_asked_is_kept_also_through_an_undo(filled):
    filled.findings.decide("figure 1", review(right_value="6 million"), None, day(1))
    latest = filled.desk.finding("figure 1", day(1)).latest
    second = filled.findings.decide("figure 1", review(Decision.QUERY, "t2", question="6?"), latest.id, day(1.1))
    assert filled.desk.finding("figure 1", day(1)).latest.question == "6?"
    filled.findings.undo_review(second, "ann", "u", day(1.2))
    assert filled.desk.finding("figure 1", day(1)).latest.right_value == "6 million"


def test_a_query_comes_back_when_its_author_does_not_answer(filled):
    until = day(15)
    filled.findings.add_reviews(ids(filled), review(Decision.QUERY, expires_at=until), day(1))
    assert filled.queue.count(QueueFilter(unanswered=True)) == 0
    filled.queue.bring_up_to_date(until)
    found = filled.queue.page(QueueFilter(unanswered=True))
    assert len(found) == 4
    assert {(entry.state, entry.asked_at) for entry in found} == {(OPEN, day(1))}
    filled.findings.add_review("figure 1", Decision.ACCEPT, "ann", "", "t", day(16))
    assert filled.queue.count(QueueFilter(unanswered=True)) == 3


def owners(store) -> list[str | None]:
    return [entry.assignee for entry in sorted(store.queue.page(QueueFilter()), key=lambda entry: entry.fingerprint)]


def test_findings_are_given_to_a_person_and_back(filled):
    numbers = ids(filled)
    give = NewAssignment("ben", "ann", "token", "yours")
    version = filled.queue.version()
    assert filled.assignments.assign(numbers[:2], give, day(1)) == 2
    assert filled.queue.version() != version
    assert filled.assignments.assign(numbers[:2], give, day(1)) == 0, "a double click is one batch"
    assert owners(filled).count("ben") == filled.queue.count(QueueFilter(assignee="ben")) == 2
    assert filled.assignments.people() == ["ben"]
    filled.assignments.assign(numbers[:1], NewAssignment("cem", "ben", "another"), day(1.1))
    assert filled.assignments.undo("token", "ann", day(1.2)) == 1, "what was given away since stays"
    assert [owner for owner in owners(filled) if owner] == ["cem"]
    assert filled.assignments.undo("another", "ben", day(1.3)) == 1
    assert [owner for owner in owners(filled) if owner] == ["ben"], "whose it was before"
    thread = filled.discussions.of(numbers[0])
    assert [one.assignee for one in thread.assignments] == ["ben", "cem", "ben"]
    assert thread.assignee == "ben"
    assert states(filled) == [OPEN] * 4, "an assignment decides nothing"


def test_an_assignment_outlives_what_runs_make_of_the_finding(filled):
    filled.assignments.assign(ids(filled), NewAssignment("ben", "ann", "token"), day(1))
    filled.findings.save_link_findings(1, [link_finding(A)], [], day(2))
    assert owners(filled) == ["ben"] * 4


def test_a_thread_is_told_in_order_and_decides_nothing(filled):
    number = filled.desk.finding("figure 1", day(1)).finding_id
    first = filled.discussions.say("figure 1", "ann", "Is it 6?", "t1", day(1))
    assert filled.discussions.say("figure 1", "ann", "Is it 6?", "t1", day(1)) == first
    filled.discussions.say("figure 1", "ben", "Yes.", "t2", day(1))
    assert [(one.reviewer, one.words) for one in filled.discussions.of(number).comments] == [
        ("ann", "Is it 6?"),
        ("ben", "Yes."),
    ]
    assert states(filled) == [OPEN] * 4
    with pytest.raises(StoreError):
        filled.discussions.say("none", "ann", "x", "t3", day(1))


def letter(store, questions, token="letter", document=1) -> NewLetter:
    return NewLetter(document, "Dr Who", "who@x.test", "Questions", "Dear Dr Who,", "Bye", questions, "ann", token)


def test_one_letter_holds_all_that_a_document_is_asked(filled):
    filled.findings.add_reviews(ids(filled), review(Decision.QUERY), day(1))
    asked = filled.letters.questions(1)
    assert {one.fingerprint for one in asked} == {f"link {A}", "figure 1", "figure 2", "figure 3"}
    assert {one.letter_id for one in asked} == {None}
    assert [(one.path, one.to_write, one.waiting) for one in filled.letters.asked_documents()] == [("a.pdf", 4, 4)]
    told = tuple((one.review_id, f"About {one.fingerprint}?") for one in asked[:3])
    made = filled.letters.write(letter(filled, told), day(1.1))
    assert filled.letters.write(letter(filled, told), day(1.2)) == made
    kept = filled.letters.find(made)
    assert [one.words for one in kept.questions] == [words for _, words in told]
    assert (kept.recipient, kept.written_at, filled.letters.of_document(1)) == ("Dr Who", day(1.1), [kept])
    assert [one.letter_id for one in filled.letters.questions(1)] == [made, made, made, None]
    assert filled.letters.asked_documents()[0].to_write == 1
    assert filled.letters.find("none") is None


def test_a_letter_asks_about_its_own_document_only(filled):
    filled.findings.add_reviews(ids(filled), review(Decision.QUERY), day(1))
    asked = ((filled.letters.questions(1)[0].review_id, "?"),)
    with pytest.raises(StoreError):
        filled.letters.write(letter(filled, asked, document=2), day(1))
    with pytest.raises(StoreError):
        filled.letters.write(letter(filled, (("no review", "?"),)), day(1))
    assert filled.letters.of_document(2) == []


def test_who_did_what_is_told_by_day_and_person(filled):
    filled.findings.add_reviews(ids(filled), review(), day(1))
    filled.findings.undo_batch("token", "ben", day(1.1))
    filled.discussions.say("figure 1", "ann", "Hm.", "t1", day(2))
    filled.assignments.assign(ids(filled)[:1], NewAssignment("ben", "ann", "a"), day(2))
    today = (T0 + timedelta(days=2)).date()
    days = [(one.day, one.reviewer, one.counts) for one in filled.activity.days(today)]
    assert days == [
        (today, "ann", {ActionKind.COMMENT: 1, ActionKind.ASSIGN: 1}),
        (day(1).date(), "ann", {Decision.ACCEPT: 4}),
        (day(1).date(), "ben", {ActionKind.UNDO: 4}),
    ]
    (batch,) = filled.activity.of_day(day(1).date(), "ann")
    assert (batch.what, batch.findings) == (Decision.ACCEPT, 4)
    total, found = filled.activity.findings_of(batch.id, 3)
    assert (total, len(found), len(filled.activity.findings_of(batch.id, 3, 3)[1])) == (4, 3, 1)
    assert {one.what for one in filled.activity.of_day(today)} == {ActionKind.ASSIGN, ActionKind.COMMENT}
    assert filled.activity.of_day(today, "ben") == []
    given = next(one for one in filled.activity.of_day(today) if one.what is ActionKind.ASSIGN)
    assert filled.activity.findings_of(given.id, 9)[0] == 1
    assert filled.activity.findings_of("none", 9) == (0, [])


def test_who_has_what_open_is_told(filled):
    number = filled.desk.finding("figure 1", day(1)).finding_id
    filled.presences.look(number, "ann", day(1))
    assert [(one.reviewer, one.fingerprint) for one in filled.presences.everywhere(day(1))] == [("ann", "figure 1")]
    filled.presences.look(number, "ben", day(1))
    told = filled.presences.everywhere(day(1), but="ann")
    assert [(one.reviewer, one.fingerprint) for one in told] == [("ben", "figure 1")], "seen before it is written"
    assert [one.reviewer for one in filled.presences.everywhere(day(1))] == ["ann", "ben"]
    assert filled.presences.everywhere(day(2)) == []


def test_all_of_it_is_in_the_dump(filled):
    def lines() -> set[str]:
        return set(filled.dump())

    before = lines()
    filled.findings.add_reviews(ids(filled)[:1], review(Decision.QUERY, question="Is it 6?"), day(1))
    filled.discussions.say("figure 1", "ann", "Hm.", "t1", day(2))
    filled.assignments.assign(ids(filled)[:1], NewAssignment("ben", "ann", "a"), day(2))
    filled.letters.write(letter(filled, ((filled.letters.questions(1)[0].review_id, "Is it 7?"),)), day(2))
    new = "\n".join(lines() - before)
    for words in ("Is it 6?", "Hm.", '"assignee": "ben"', "Dear Dr Who", "Is it 7?"):
        assert words in new


def at_once(*work) -> list:
    """What comes of things that are done at the same moment, each by a thread of its own."""
    start = threading.Barrier(len(work))

    def do(one):
        start.wait(60)
        return one()

    with ThreadPoolExecutor(len(work)) as pool:
        return [done.result(60) for done in [pool.submit(do, one) for one in work]]


def test_of_two_editors_at_once_each_finding_has_one_decision(filled):
    numbers, seen = ids(filled), filled.decisions.newest()

    def decide(decision, token):
        return lambda: filled.findings.add_reviews(numbers, review(decision, token), day(1), None, seen)

    made = at_once(decide(Decision.ACCEPT, "ana"), decide(Decision.SNOOZE, "ben"))
    assert sorted(map(len, made)) == [0, 4]
    assert len(set(states(filled))) == 1


def test_a_double_click_at_once_is_one_batch(filled):
    numbers = ids(filled)
    give = NewAssignment("ben", "ann", "token")
    assert sorted(at_once(*[lambda: filled.assignments.assign(numbers, give, day(1))] * 2)) == [0, 4]
    accept = review()
    made = at_once(*[lambda: filled.findings.add_reviews(numbers, accept, day(1))] * 2)
    assert sorted(map(len, made)) == [0, 4]


def test_two_undos_at_once_undo_once(filled):
    filled.findings.add_reviews(ids(filled), review(), day(1))
    assert sorted(at_once(*[lambda: filled.findings.undo_batch("token", "ann", day(2))] * 2)) == [0, 4]
    assert states(filled) == [OPEN] * 4
    filled.assignments.assign(ids(filled), NewAssignment("ben", "ann", "given"), day(3))
    assert sorted(at_once(*[lambda: filled.assignments.undo("given", "ann", day(4))] * 2)) == [0, 4]


def test_a_rule_is_set_and_ended_once_also_at_once(filled):
    rule = NewRule(
        code=FindingCode.FIGURE_DISAGREES,
        why="all wrong",
        reviewer="ann",
        request_token="token",
        url="http://none.test/",
    )
    made = at_once(*[lambda: filled.rules.set(rule, day(1))] * 2)
    assert made[0][0] == made[1][0]
    ended = at_once(*[lambda: filled.rules.end(made[0][0], "ann", day(2))] * 2)
    assert sorted(one is None for one in ended) == [False, True]
