"""The queue: one order, its filters and counts, and its index following findings and reviews."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from db.queue_search import SearchKind
from db.review_queue import QueueFilter
from db.review_queue_index import rank_of
from db.reviews import NewReview
from db.saved_filters import SavedFilter
from db.store import Store
from tests.support.stores import T0, cited, day, extraction, figure_finding, link_finding, note, publish, source
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
        ({"words": "link_broken"}, [f"link {A}"]),
        ({"words": "_"}, ["figure a", f"link {A}", "figure b", f"link {B}"]),  # no word is searched for
        ({"words": "ferr mill"}, [f"link {A}"]),  # as words begin
        ({"words": "erries"}, []),
        ({"words": '"carried 12"'}, [f"link {A}"]),
        ({"words": '"12 carried"'}, []),
        ({"words": "FÉRRIES"}, [f"link {A}"]),
        ({"words": "AND OR NOT NEAR( * : ^ -"}, []),
        ({"words": "' \" & | ! <-> :* ("}, ["figure a", f"link {A}", "figure b", f"link {B}"]),
        ({"severity": Severity.LOW}, [f"link {B}"]),
        ({"kind": FindingKind.ACCUSATION}, ["figure a", f"link {A}", "figure b"]),
        ({"kind": FindingKind.TO_DO, "severity": Severity.HIGH}, []),
        ({"page": 2}, [f"link {B}"]),
        ({"since": T0.date(), "until": T0.date()}, ["figure a", f"link {A}", "figure b", f"link {B}"]),
        ({"since": day(1).date()}, []),
        ({"since": date.min, "until": date.max}, ["figure a", f"link {A}", "figure b", f"link {B}"]),
        ({"until": day(-1).date()}, []),
        ({"reviewer": "ann"}, []),
        ({"folder": "papers"}, ["figure a", f"link {A}", "figure b", f"link {B}"]),
        ({"folder": "papers/none"}, []),
        ({"folder": "pap"}, []),
        ({"state": DISMISSED}, []),
        ({"new": True}, ["figure a", f"link {A}", "figure b", f"link {B}"]),
    ],
)
def test_filters(filled, wanted, found):
    assert names(filled, **wanted) == found


def test_a_document_has_its_own_findings_and_the_links_it_prints(filled):
    second = next(d for d in filled.documents.current() if d.path == "b.pdf")
    assert names(filled, document_id=second.id) == ["figure b", f"link {A}", f"link {B}"]
    assert names(filled, document_id=second.id, page=2) == [f"link {B}"]
    assert {entry.page_there for entry in filled.queue.page(QueueFilter(document_id=second.id))} == {1, 2}


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
    assert filled.queue.hosts(9) == {"a.test": 1, "b.test": 1}
    assert filled.queue.hosts(1) == {"a.test": 1}
    assert (counts.total, counts.new, counts.reviewers) == (3, 3, {})
    assert filled.queue.counts(QueueFilter(state=DISMISSED)).reviewers == {"ann": 1}


CHOSEN = (
    QueueFilter(),
    QueueFilter(state=None),
    QueueFilter(code=FindingCode.LINK_BROKEN),
    QueueFilter(severity=Severity.HIGH, new=True),
    QueueFilter(state=None, host="a.test"),
    QueueFilter(kind=FindingKind.TO_DO, words="barges"),
    QueueFilter(state=DISMISSED, reviewer="ann"),
)


@pytest.mark.parametrize("wanted", CHOSEN)
def test_every_count_is_that_of_the_list_it_leads_to(filled, wanted):
    decide(filled, "figure a", Decision.DISMISS)
    queue, counts = filled.queue, filled.queue.counts(wanted)

    def counted(**choice) -> int:
        return len(queue.page(replace(wanted, **choice)))

    assert counts.total == counted() == queue.count(wanted) == len(queue.ids(wanted))
    assert counts.states == {state: counted(state=state) for state in FindingState if counted(state=state)}
    assert counts.codes == {code: counted(code=code) for code in FindingCode if counted(code=code)}
    assert counts.severities == {one: counted(severity=one) for one in Severity if counted(severity=one)}
    assert counts.reviewers == ({"ann": counted(reviewer="ann")} if counted(reviewer="ann") else {})
    assert counts.new == counted(new=True)
    for choice in queue.documents(wanted, ".pdf", 20):
        assert choice.count == counted(document_id=choice.id)


def test_documents_are_found_by_parts_of_their_names(filled):
    assert [choice.path for choice in filled.queue.documents(QueueFilter(), "PDF b", 20)] == ["b.pdf"]
    assert len(filled.queue.documents(QueueFilter(), "pdf", 1)) == 1
    assert filled.queue.documents(QueueFilter(), "100%", 20) == []
    assert filled.queue.folders() == ["papers"]


@pytest.mark.parametrize("in_document", [False, True])
def test_where_somebody_is_in_the_list(filled, in_document):
    second = next(d for d in filled.documents.current() if d.path == "b.pdf")
    wanted = QueueFilter(document_id=second.id if in_document else None)
    shown = filled.queue.page(wanted)
    assert [filled.queue.before(wanted, entry.place) for entry in shown] == list(range(len(shown)))
    for at, entry in enumerate(shown):
        before = shown[at - 1].fingerprint if at else None
        after = shown[at + 1].fingerprint if at + 1 < len(shown) else None
        assert filled.queue.neighbours(wanted, entry.place) == (before, after)
        assert filled.queue.page(wanted, after=entry.place) == shown[at + 1 :]
        assert filled.queue.page(wanted, offset=at) == shown[at:]
        assert filled.queue.is_wanted(wanted, entry.place)
    assert not filled.queue.is_wanted(QueueFilter(state=DISMISSED), shown[0].place)


def test_a_document_has_the_links_that_its_newest_reading_prints(filled):
    first, second = filled.documents.current()
    read = filled.documents.newest_extraction("sha-b")
    assert f"link {B}" in names(filled, document_id=second.id)
    filled.links.save_sources("sha-b", read.parser_version, [])
    assert names(filled, document_id=second.id) == ["figure b"]
    filled.documents.mark_missing("papers", ["b.pdf"])
    assert f"link {A}" not in names(filled, document_id=first.id)
    publish(filled, "a.pdf", "sha-a", note(1, [A], "Ferries carried 12 million people."), now=day(2))
    assert f"link {A}" in names(filled, document_id=first.id)


def test_notes_of_a_page_are_in_order(store):
    document = publish(store, "a.pdf", "sha-a", *(note(number, [f"{A}{number}"]) for number in (1, 2, 10)))
    run = store.runs.begin("nightly", [], day(0)).id
    found = [replace(figure_finding(f"note {number}"), footnote_id=f"fn-{number}", page=1) for number in (10, 2, 1)]
    store.findings.save_document_result(document.id, run, "key", [], found, Coverage(), day(0))
    assert names(store) == names(store, document_id=document.id) == ["note 1", "note 2", "note 10"]


def test_without_full_text_the_same_is_found(filled, monkeypatch):
    wanted = ["ferr mill", '"carried 12"', "FÉRRIES", "erries", "see b.test", "100%"]
    with_index = [names(filled, words=words) for words in wanted]
    monkeypatch.setattr(filled.queue, "_search", SearchKind.LIKE)
    assert [names(filled, words=words) for words in wanted] == with_index


def test_a_store_without_full_text_is_searched_word_by_word(tmp_path, empty_sqlite_store):
    file = Path(shutil.copy(empty_sqlite_store, tmp_path / "without.db"))
    with closing(sqlite3.connect(file)) as database:
        database.executescript(
            "DROP TRIGGER queue_fts_insert; DROP TRIGGER queue_fts_update; DROP TRIGGER queue_fts_delete;"
            "DROP TABLE queue_fts;"
        )
    with Store.open(f"sqlite:///{file}") as store:
        document = publish(store, "a.pdf", "sha-a", note(1, [A], "Ferries carried 12 million people."))
        run = store.runs.begin("nightly", [], day(0)).id
        store.findings.save_document_result(document.id, run, "key", [], [figure_finding("f")], Coverage(), day(0))
        assert names(store, words="ther 5") == ["f"]
        assert names(store, words="zebra") == []


def test_saved_filters(store):
    saved = SavedFilter("Tolls", "q=tolls&state=any", "Ana", day(1))
    store.saved_filters.save(replace(saved, query="q=toll"))
    store.saved_filters.save(saved)
    store.saved_filters.save(replace(saved, name="Boats"))
    assert [one.name for one in store.saved_filters.list()] == ["Boats", "Tolls"]
    assert store.saved_filters.list()[1] == saved
    store.saved_filters.remove("Tolls")
    store.saved_filters.remove("nothing")
    assert [one.name for one in store.saved_filters.list()] == ["Boats"]


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
        ("b.pdf", 2, 1),
        ("new.pdf", 0, 1),
    ]
    for one in shelf:
        assert one.accusations == len(names(store, document_id=one.id, kind=FindingKind.ACCUSATION))
        assert one.to_dos == len(names(store, document_id=one.id, kind=FindingKind.TO_DO))
    assert [one.path for one in store.shelf.page(after=("a.pdf", shelf[0].id), most=1)] == ["b.pdf"]
    assert [one.path for one in store.shelf.page(words="NEW")] == ["new.pdf"]
    assert store.shelf.document(99) is None
