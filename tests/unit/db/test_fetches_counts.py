"""Counts of links over documents, however many addresses there are and whoever cites them."""

from dataclasses import replace

from db.sessions import CHUNK
from tests.support.stores import checked, day, note, publish
from verifier.model import Coverage, LinkReason, LinkStatus, RunState

A, B, C = "http://a.test/x", "http://b.test/x", "http://c.test/x"
GONE = (LinkStatus.BROKEN, LinkReason.GONE)


def night(store, *checks, state=RunState.FINISHED):
    run_id = store.runs.begin("run", [], day(0)).id
    for check in checks:
        store.links.record_check(run_id, check, day(7))
    store.runs.finish(run_id, state, Coverage(), day(0))


def test_addresses_are_counted_by_their_latest_status(store):
    document = publish(store, "a.pdf", "sha", note(1, [A, B, C]))
    night(store, checked(A), checked(B, *GONE))
    night(store, checked(A, *GONE))
    for asked in (None, [document.id]):
        told = store.links.counts(asked)
        assert told.addresses == 3
        assert told.by_status == {LinkStatus.BROKEN: 2}


def test_a_night_without_network_does_not_count(store):
    publish(store, "a.pdf", "sha", note(1, [A]))
    night(store, checked(A))
    night(store, checked(A, *GONE), state=RunState.NETWORK_DOWN)
    assert store.links.counts().by_status == {LinkStatus.OK: 1}


def test_an_address_that_several_cite_counts_once_and_of_others_documents_not_at_all(store):
    one = publish(store, "a.pdf", "sha 1", note(1, [A]), note(2, [A]))
    two = publish(store, "b.pdf", "sha 2", note(1, [A, B]))
    night(store, checked(A), checked(B))
    assert store.links.counts([one.id]).by_status == {LinkStatus.OK: 1}
    assert store.links.counts([one.id, two.id]).by_status == {LinkStatus.OK: 2}
    assert store.links.counts([]).addresses == 0


def test_more_than_one_statement_takes_are_all_counted(store):
    urls = [f"http://many.test/{number}" for number in range(CHUNK + 10)]
    publish(store, "a.pdf", "sha", note(1, urls))
    night(store, *(checked(url) for url in urls))
    told = store.links.counts()
    assert told.addresses == sum(told.by_status.values()) == CHUNK + 10


def test_missing_parts_are_those_of_the_latest_answer(store):
    publish(store, "a.pdf", "sha", note(1, [A, B]))
    without = checked(A)
    without = replace(without, judgement=replace(without.judgement, missing_fragments=("section-9",)))
    night(store, without, replace(without, address=B, host="b.test"))
    assert store.links.counts().missing_parts == {A: ("section-9",), B: ("section-9",)}
    night(store, checked(B))
    assert store.links.counts().missing_parts == {A: ("section-9",)}
