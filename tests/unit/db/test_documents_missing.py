"""Documents that go, come back or are renamed keep what is known of them."""

import pytest

from tests.support.stores import day, figure_finding, publish
from verifier.model import Coverage, FindingState


@pytest.fixture
def begun(store):
    document = publish(store, "a.pdf", "sha-a")
    run = store.runs.begin("nightly", ["x"], day(0))
    store.findings.save_document_result(document.id, run.id, "key", [], [figure_finding("f 1")], Coverage(), day(0))
    return document


def states(store):
    return [found.state for found in store.findings.list()]


def test_a_missing_document_is_no_longer_current_and_its_findings_close(store, begun):
    store.documents.mark_missing(begun.collection, [])
    assert store.documents.current() == []
    assert states(store) == [FindingState.OPEN]
    assert store.documents.close_missing(day(1)) == 1
    assert states(store) == [FindingState.CLOSED]
    assert store.documents.close_missing(day(1)) == 0
    assert store.findings.compared_key(begun.id) is None


def test_only_what_is_not_there_is_missing(store, begun):
    other = publish(store, "b.pdf", "sha-b")
    store.documents.mark_missing(begun.collection, ["b.pdf"])
    assert [document.id for document in store.documents.current()] == [other.id]
    store.documents.mark_missing("another collection", [])
    assert [document.id for document in store.documents.current()] == [other.id]


def test_a_renamed_document_is_the_same_with_its_key_and_its_findings(store, begun):
    store.documents.mark_missing(begun.collection, ["new name.pdf"])
    renamed = store.documents.record_edition(begun.collection, "new name.pdf", "sha-a", day(1))
    assert (renamed.id, renamed.key, renamed.path) == (begun.id, begun.key, "new name.pdf")
    assert store.documents.close_missing(day(1)) == 0
    assert states(store) == [FindingState.OPEN]
    assert [found.document for found in store.findings.list()] == ["new name.pdf"]


def test_a_document_that_comes_back_is_the_same(store, begun):
    store.documents.mark_missing(begun.collection, [])
    store.documents.close_missing(day(1))
    back = store.documents.record_edition(begun.collection, "a.pdf", "sha-a2", day(2))
    assert (back.id, back.pdf_sha256) == (begun.id, "sha-a2")


def test_a_new_document_under_the_old_name_of_a_renamed_one_has_a_key_of_its_own(store, begun):
    store.documents.mark_missing(begun.collection, [])
    store.documents.record_edition(begun.collection, "renamed.pdf", "sha-a", day(1))
    other = store.documents.record_edition(begun.collection, "a.pdf", "sha-c", day(1))
    assert other.id != begun.id
    assert other.key != begun.key


def test_the_same_bytes_in_another_collection_are_the_document_moved(store, begun):
    store.documents.mark_missing(begun.collection, [])
    other = store.documents.record_edition("another collection", "a.pdf", "sha-a", day(1))
    assert (other.id, other.collection) == (begun.id, "another collection")
