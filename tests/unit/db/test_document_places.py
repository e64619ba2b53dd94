"""The same bytes are one document wherever they lie; another that says mostly the same is known as its new edition."""

import pytest

from db.records import DocumentPlace
from db.reviews import NewReview
from db.tables import SentenceSketchRow
from tests.support.stores import PARSER, day, extraction, figure_finding, note, publish
from verifier.model import Coverage, Decision, FindingState

SENTENCES = ["The county has 7 bridges.", "Of these 3 are old.", "One fell in 1998.", "Nobody was hurt."]


def record(store, collection, path, sha, at=0.0):
    return store.documents.record_edition(collection, path, sha, day(at))


def places(store):
    return {
        (document.id, document.collection, document.path, *((p.collection, p.path) for p in document.also_at))
        for document in store.documents.current()
    }


def test_a_copy_is_a_further_place_of_the_document(store):
    paper = record(store, "papers", "a.pdf", "one")
    copy = record(store, "uploads", "b.pdf", "one", 1)
    assert (copy.id, copy.also_at) == (paper.id, (DocumentPlace("uploads", "b.pdf"),))
    assert copy.collections == {"papers", "uploads"}
    assert places(store) == {(paper.id, "papers", "a.pdf", ("uploads", "b.pdf"))}
    assert record(store, "uploads", "b.pdf", "one", 2).id == paper.id
    assert set(store.documents.present_in(["uploads"])) == {("uploads", "b.pdf")}
    assert set(store.documents.present_in(["papers", "uploads"])) == {("papers", "a.pdf"), ("uploads", "b.pdf")}
    assert store.documents.known_places() == [("papers", "a.pdf"), ("uploads", "b.pdf")]


def test_a_document_goes_on_at_its_other_place(store):
    paper = record(store, "papers", "a.pdf", "one")
    record(store, "papers", "sub/a.pdf", "one", 1)
    store.documents.mark_missing("papers", ["sub/a.pdf"])
    assert places(store) == {(paper.id, "papers", "sub/a.pdf")}
    store.documents.mark_missing("papers", [])
    assert places(store) == set()
    assert record(store, "elsewhere", "new.pdf", "one", 2).id == paper.id, "it has moved"


def test_only_the_copy_goes(store):
    paper = record(store, "papers", "a.pdf", "one")
    record(store, "uploads", "a.pdf", "one", 1)
    store.documents.mark_missing("uploads", [])
    assert places(store) == {(paper.id, "papers", "a.pdf")}


def test_a_document_that_changes_leaves_its_copy_a_document_of_its_own(store):
    paper = record(store, "papers", "a.pdf", "one")
    record(store, "papers", "copy.pdf", "one", 1)
    assert record(store, "papers", "a.pdf", "two", 2).also_at == ()
    copy = record(store, "papers", "copy.pdf", "one", 2)
    assert copy.id != paper.id


def test_a_copy_that_changes_is_a_document_of_its_own(store):
    paper = record(store, "papers", "a.pdf", "one")
    record(store, "papers", "copy.pdf", "one", 1)
    copy = record(store, "papers", "copy.pdf", "two", 2)
    assert copy.id != paper.id
    assert places(store) == {(paper.id, "papers", "a.pdf"), (copy.id, "papers", "copy.pdf")}


def test_a_document_and_its_copy_that_both_change_stay_one(store):
    paper = record(store, "papers", "a.pdf", "one")
    record(store, "papers", "copy.pdf", "one", 1)
    record(store, "papers", "a.pdf", "two", 2)
    assert record(store, "papers", "copy.pdf", "two", 2).id == paper.id


def notes(sentences):
    return [note(i, [], sentence) for i, sentence in enumerate(sentences, 1)]


def written(store, path, sha, sentences, at):
    document = record(store, "papers", path, sha, at)
    store.documents.save_extraction(extraction(sha, *notes(sentences)), [], day(at))
    store.documents.find_earlier_editions([document.id])
    (found,) = store.documents.current([document.id])
    return found


@pytest.mark.parametrize(
    ("sentences", "is_edition"),
    [
        pytest.param(SENTENCES, True, id="the same words in other bytes"),
        pytest.param([s.upper().replace(" ", "  ") for s in SENTENCES], True, id="typeset anew"),
        pytest.param([*SENTENCES[:3], "Two were hurt."], True, id="one sentence changed"),
        pytest.param([*SENTENCES, "Yet more is said.", "And more."], True, id="enlarged"),
        pytest.param([SENTENCES[0], "A", "B", "C", "D", "E"], False, id="one sentence shared"),
        pytest.param([*SENTENCES, *(f"Other words, {i} of them." for i in range(30))], False, id="quoted in a book"),
        pytest.param(["Nothing is the same."], False, id="another document"),
        pytest.param([], False, id="no note at all"),
    ],
)
def test_what_says_mostly_the_same_is_an_edition(store, sentences, is_edition):
    first = written(store, "paper.pdf", "one", SENTENCES, 0)
    assert first.edition_of is None
    second = written(store, "paper-v2.pdf", "two", sentences, 1)
    assert (second.id != first.id, second.edition_of) == (True, first.id if is_edition else None)
    assert second.edition_of_key == (first.key if is_edition else None)


def test_the_nearest_of_several_and_also_one_that_is_gone(store):
    written(store, "far.pdf", "far", [*SENTENCES[:3], "Three were hurt."], 0)
    near = written(store, "near.pdf", "near", SENTENCES, 1)
    store.documents.mark_missing("papers", ["far.pdf"])
    assert written(store, "new.pdf", "new", SENTENCES, 2).edition_of == near.id


def test_an_edition_is_found_among_many_long_documents(store):
    long = [f"Sentence number {i} is about bridge {i * 7919 % 1000}." for i in range(300)]
    written(store, "other.pdf", "other", [f"Another one, {i}." for i in range(300)], 0)
    first = written(store, "long.pdf", "long", long, 1)
    changed = [s if i % 3 else f"{s} It was painted." for i, s in enumerate(long)]
    assert written(store, "long-2.pdf", "long 2", changed, 2).edition_of == first.id


def finding_of(store, document, fingerprint, run):
    store.findings.save_document_result(
        document.id, run.id, "key", [], [figure_finding(fingerprint)], Coverage(), run.started_at
    )


@pytest.mark.parametrize("decision", [Decision.DISMISS, Decision.ACCEPT, Decision.QUERY])
def test_decisions_are_carried_over_once_and_can_be_taken_back(store, decision):
    old = publish(store, "paper.pdf", "one", *notes(SENTENCES))
    new = publish(store, "paper-v2.pdf", "two", *notes(SENTENCES))
    first = store.runs.begin("run", ["1"], day(0))
    finding_of(store, old, "old", first)
    store.findings.add_review("old", decision, "Ada", "as the author says", "t", day(0))
    second = store.runs.begin("run", ["2"], day(1))
    finding_of(store, new, "new", second)
    assert store.findings.new_accusations(second.id) == 1
    assert store.findings.carry_over(new.id, [("new", "old"), ("absent", "old")], day(1)) == 1
    assert store.findings.carry_over(new.id, [("new", "old")], day(1)) == 0
    states = {f.finding.fingerprint: (f.state, f.new_in_run) for f in store.findings.list(now=day(1))}
    assert states["new"] == (states["old"][0], False)
    assert states["new"][0] is not FindingState.OPEN
    assert store.findings.new_accusations(second.id) == 0
    assert store.findings.undo_batch(f"carried {new.id}", "Ada", day(2)) == 1
    assert {f.state for f in store.findings.list(now=day(2)) if f.finding.fingerprint == "new"} == {FindingState.OPEN}
    assert store.findings.carry_over(new.id, [("new", "old")], day(3)) == 0, "somebody has decided now"


@pytest.mark.parametrize(("decided", "open_"), [("new", "old"), ("old", "new")])
def test_what_is_decided_later_about_either_of_two_editions_is_shared_until_they_are_parted(store, decided, open_):
    old = publish(store, "paper.pdf", "one", *notes(SENTENCES))
    new = publish(store, "paper-v2.pdf", "two", *notes(SENTENCES))
    run = store.runs.begin("run", [], day(0))
    finding_of(store, old, "old", run)
    finding_of(store, new, "new", run)
    assert store.findings.carry_over(new.id, [("new", "old")], day(0)) == 0
    assert store.findings.share_decisions(day(0)) == 0
    store.findings.add_review(decided, Decision.DISMISS, "Ada", "", "t", day(1))
    assert [store.findings.share_decisions(day(1)) for _ in range(2)] == [1, 0]
    states = {f.finding.fingerprint: f.state for f in store.findings.list(now=day(1))}
    assert states == dict.fromkeys(("old", "new"), states[decided])
    assert store.findings.part_editions(new.id, "Ada", day(2)) == 1
    states = {f.finding.fingerprint: f.state for f in store.findings.list(now=day(2))}
    assert states == {decided: FindingState.DISMISSED, open_: FindingState.OPEN}
    assert store.findings.share_decisions(day(3)) == 0
    assert store.documents.current([new.id])[0].edition_of is None


def test_what_was_reopened_or_has_ended_is_not_carried_over(store):
    old = publish(store, "paper.pdf", "one", *notes(SENTENCES))
    new = publish(store, "paper-v2.pdf", "two", *notes(SENTENCES))
    run = store.runs.begin("run", [], day(0))
    finding_of(store, old, "old", run)
    finding_of(store, new, "new", run)
    store.findings.add_review("old", Decision.SNOOZE, "Ada", "", "t", day(0), expires_at=day(1))
    assert store.findings.carry_over(new.id, [("new", "old")], day(2)) == 0
    store.findings.decide("old", NewReview(Decision.REOPEN, "Ada", "", "u"), None, day(2))
    assert store.findings.carry_over(new.id, [("new", "old")], day(3)) == 0


def test_a_withdrawn_document_is_gone_with_its_findings_and_comes_back_with_its_decisions(store):
    paper = publish(store, "wrong.pdf", "one", *notes(SENTENCES))
    run = store.runs.begin("run", [], day(0))
    finding_of(store, paper, "found", run)
    store.findings.add_review("found", Decision.DISMISS, "Ada", "", "t", day(0))
    assert store.documents.withdraw("papers", "wrong.pdf", "Ada", day(1))
    assert not store.documents.withdraw("papers", "wrong.pdf", "Ada", day(1))
    assert places(store) == set()
    (closed,) = store.findings.list(now=day(1))
    assert closed.closed_at == day(1)
    assert record(store, "papers", "right.pdf", "one", 2).id == paper.id


def test_withdrawing_a_copy_leaves_the_document(store):
    paper = record(store, "papers", "a.pdf", "one")
    record(store, "uploads", "a.pdf", "one", 1)
    assert store.documents.withdraw("uploads", "a.pdf", "Ada", day(2))
    assert places(store) == {(paper.id, "papers", "a.pdf")}


def test_a_store_that_is_older_than_the_sketches_knows_its_documents_too(store):
    first = written(store, "paper.pdf", "one", SENTENCES, 0)
    with store._sessions.writing() as session:
        session.execute(SentenceSketchRow.__table__.delete())
    assert written(store, "paper-v2.pdf", "two", SENTENCES, 1).edition_of == first.id
    assert store.documents.extraction("one", PARSER) is not None
