"""The queue: one order, its filters and counts, and its index following findings and reviews."""

from datetime import timedelta

import pytest

from db.review_queue import QueueFilter
from db.review_queue_index import rank_of
from db.reviews import NewReview
from db.store import Store
from tests.support.stores import cited, day, extraction, figure_finding, link_finding, note, publish, source
from verifier.model import Coverage, Decision, FindingCode, FindingKind, FindingState, Severity

A, B = "http://a.test/x", "http://b.test/y"
OPEN, DISMISSED, SNOOZED = FindingState.OPEN, FindingState.DISMISSED, FindingState.SNOOZED


@pytest.fixture
def filled(store):
    """Two documents; one figure in each, and a dead address that both print."""
    first = publish(store, "a.pdf", "sha-a", note(1, [A], "Ferries carried 12 million people."))
    second = publish(store, "b.pdf", "sha-b", note(1, [A], "Tolls rose."), note(2, [B], "Barges slowed.", page=2))
    run = store.runs.begin("nightly", [], day(0)).id
    for document, name in ((second, "figure b"), (first, "figure a")):
        store.findings.save_document_result(document.id, run, "key", [], [figure_finding(name)], Coverage(), day(0))
    dead = [link_finding(A, FindingCode.LINK_BROKEN), link_finding(B)]
    store.findings.save_link_findings(run, dead, [], day(0))
    return store


def names(store, **wanted) -> list[str]:
    return [entry.fingerprint for entry in store.queue.page(QueueFilter(**wanted))]


def decide(store, fingerprint, decision, at=1.0, until=None, token=None):
    end = None if until is None else day(until)
    return store.findings.add_review(fingerprint, decision, "ann", "", token or f"{fingerprint} {at}", day(at), end)


def test_ranks_are_kind_then_severity():
    order = [(kind, severity) for kind in FindingKind for severity in Severity]
    assert [rank_of(*one) for one in order] == [0, 1, 2, 3, 4, 5]


def test_accusations_come_first_then_by_document(filled):
    assert names(filled) == ["figure a", f"link {A}", "figure b", f"link {B}"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"code": FindingCode.LINK_BROKEN}, [f"link {A}"]),
        ({"host": "b.test"}, [f"link {B}"]),
        ({"source": f"url:{A}"}, [f"link {A}"]),
        ({"words": "FERRIES"}, [f"link {A}"]),
        ({"words": "tolls ferries"}, [f"link {A}"]),
        ({"words": "see b.test"}, [f"link {B}"]),
        ({"words": "100%"}, []),
        ({"words": "_"}, [f"link {A}", f"link {B}"]),  # as it stands in "link_broken", not as any letter
        ({"state": DISMISSED}, []),
        ({"new": True}, ["figure a", f"link {A}", "figure b", f"link {B}"]),
    ],
)
def test_filters(filled, wanted, found):
    assert names(filled, **wanted) == found


def test_a_document_has_its_own_findings_and_the_links_it_prints(filled):
    second = next(d for d in filled.documents.current() if d.path == "b.pdf")
    assert names(filled, document_id=second.id) == [f"link {A}", "figure b", f"link {B}"]


def test_new_is_what_stands_since_the_last_night(filled):
    filled.runs.begin("nightly", ["other"], day(1))
    assert names(filled, new=True) == []
    assert filled.queue.counts(QueueFilter()).new == 0


def test_pages_go_on_after_a_place(filled):
    first = filled.queue.page(QueueFilter(), most=2)
    rest = filled.queue.page(QueueFilter(), after=first[-1].place, most=2)
    assert [entry.fingerprint for entry in (*first, *rest)] == names(filled)
    assert filled.queue.next_after(QueueFilter(), first[0].place) == f"link {A}"
    assert filled.queue.last_before(QueueFilter(), first[1].place) == "figure a"
    assert filled.queue.last_before(QueueFilter(), first[0].place) is None
    assert filled.queue.next_after(QueueFilter(), rest[-1].place) is None


def test_counts(filled):
    decide(filled, "figure a", Decision.DISMISS)
    counts = filled.queue.counts(QueueFilter())
    assert counts.states == {OPEN: 3, DISMISSED: 1}
    assert counts.codes == {
        FindingCode.LINK_BROKEN: 1,
        FindingCode.FIGURE_DISAGREES: 1,
        FindingCode.LINK_UNCONFIRMED: 1,
    }
    assert counts.hosts == {"a.test": 1, "b.test": 1}
    assert counts.documents["b.pdf"][1] == 2


@pytest.mark.parametrize(("decision", "state"), [(Decision.DISMISS, DISMISSED), (Decision.SNOOZE, SNOOZED)])
def test_a_decision_that_ends_comes_back_on_its_day(filled, decision, state):
    decide(filled, "figure a", decision, until=5)
    filled.queue.bring_up_to_date(day(4))
    assert names(filled, state=state) == ["figure a"]
    filled.queue.bring_up_to_date(day(5))
    assert "figure a" in names(filled)
    listed = {found.finding.fingerprint: found.state for found in filled.findings.list(now=day(4))}
    assert listed["figure a"] is state
    assert {found.state for found in filled.findings.list(now=day(5))} == {OPEN}


def test_a_link_that_answers_again_leaves_the_queue_also_while_put_off(filled):
    decide(filled, f"link {A}", Decision.SNOOZE, until=99)
    filled.findings.save_link_findings(1, [], [A], day(2))
    assert names(filled, state=FindingState.CLOSED) == [f"link {A}"]


def test_undo_restores_what_had_stood_before(filled):
    decide(filled, "figure a", Decision.ACCEPT, at=1)
    second = decide(filled, "figure a", Decision.DISMISS, at=2)
    assert filled.findings.undo_review(second, "ben", "undo 1", day(3))
    assert names(filled, state=FindingState.ACCEPTED) == ["figure a"]
    first = filled.desk.finding("figure a", day(3)).reviews[0]
    assert filled.findings.undo_review(first.id, "ben", "undo 2", day(3))
    assert "figure a" in names(filled)
    assert [review.decision for review in filled.desk.finding("figure a", day(3)).reviews] == [
        Decision.ACCEPT,
        Decision.DISMISS,
        Decision.ACCEPT,
        Decision.REOPEN,
    ]


def test_what_another_has_decided_since_is_not_undone(filled):
    mine = decide(filled, "figure a", Decision.DISMISS, at=1)
    decide(filled, "figure a", Decision.ACCEPT, at=2)
    assert filled.findings.undo_review(mine, "ann", "undo", day(3)) is None
    assert filled.findings.undo_review("no such review", "ann", "undo", day(3)) is None
    assert names(filled, state=FindingState.ACCEPTED) == ["figure a"]


def test_a_batch_is_one_review_each_also_when_sent_twice(filled):
    ids = filled.queue.ids(QueueFilter())
    review = NewReview(Decision.DISMISS, "ann", "a quiet host", "token", day(9))
    assert len(filled.findings.add_reviews(ids, review, day(1))) == 4
    assert filled.findings.add_reviews(ids, review, day(1)) == []
    assert len(names(filled, state=DISMISSED)) == 4


def test_a_batch_leaves_alone_what_somebody_decided_after_it_was_chosen(filled):
    ids = filled.queue.ids(QueueFilter())
    decide(filled, "figure b", Decision.ACCEPT)
    review = NewReview(Decision.DISMISS, "ann", "a quiet host", "token", day(9))
    assert len(filled.findings.add_reviews(ids, review, day(2))) == 3
    assert names(filled, state=FindingState.ACCEPTED) == ["figure b"]


def test_a_store_older_than_the_queue_is_entered(filled):
    from db.tables import QueueRow

    with filled._sessions.writing() as session:
        session.query(QueueRow).delete()
    assert names(filled) == []
    filled.queue.bring_up_to_date(day(1))
    assert len(names(filled)) == 4


def test_a_finding_on_the_desk_has_its_note_and_its_other_places(filled):
    shown = filled.desk.finding(f"link {A}", day(1))
    assert (shown.document.path, shown.label, shown.page) == ("a.pdf", "1", 1)
    assert shown.sentence == "Ferries carried 12 million people."
    assert shown.note.anchors[0].sentence == shown.sentence
    assert [place.document_path for place in shown.also_at] == ["b.pdf"]
    assert filled.desk.finding("none", day(1)) is None


def test_who_else_is_looking_is_told_for_a_while(filled):
    number = filled.desk.finding("figure a", day(0)).finding_id
    assert filled.presences.look(number, "ann", day(0)) == []
    assert [other.reviewer for other in filled.presences.look(number, "ben", day(0))] == ["ann"]
    assert filled.presences.look(number, "ben", day(1)) == []


def test_signs_of_many_are_written_together_and_all_are_told(filled, store_url):
    number = filled.desk.finding("figure a", day(0)).finding_id
    for name in ("ann", "ben", "cem"):
        told = filled.presences.look(number, name, day(0))
    assert [other.reviewer for other in told] == ["ann", "ben"]
    with Store.open(store_url) as another_process:
        assert [other.reviewer for other in another_process.presences.look(number, "dan", day(0))] == ["ann"]
        later = day(0) + timedelta(seconds=2)
        assert len(filled.presences.look(number, "ann", later)) == 3
        assert [one.reviewer for one in another_process.presences.look(number, "eve", later)] == [
            "ann",
            "ben",
            "cem",
            "dan",
        ]


def test_documents_are_listed_with_what_is_open(filled):
    store = filled
    store.documents.record_edition("papers", "new.pdf", "sha-new", day(1))
    store.documents.save_extraction(extraction("sha-new", note(1, [B])), [cited(0, source(B))], day(1))
    shelf = store.shelf.page()
    assert [(one.path, one.accusations, one.to_dos) for one in shelf] == [
        ("a.pdf", 2, 0),
        ("b.pdf", 1, 1),
        ("new.pdf", 0, 0),
    ]
    assert [one.path for one in store.shelf.page(after=("a.pdf", shelf[0].id), most=1)] == ["b.pdf"]
    assert [one.path for one in store.shelf.page(words="NEW")] == ["new.pdf"]
    assert store.shelf.document(99) is None
