"""Archived copies are remembered, and wanted as of the earliest public document."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from db.records import CopyLookUp
from tests.support.stores import PARSER, T0, checked, cited, day, extraction, note, source
from verifier.model import ArchivedCopy

A, B = "http://a.test/x", "http://b.test/y"
COPY = ArchivedCopy("http://archive.test/2020/http://a.test/x", datetime(2020, 5, 1, 3, 4, 5, tzinfo=UTC))


@pytest.fixture
def publish(store):
    """A document in a collection that prints addresses; `created` is the day that the PDF states."""

    def publish(collection: str, path: str, urls, created: datetime | None, seen: datetime = T0) -> None:
        sha = f"sha of {collection}/{path}"
        store.documents.record_edition(collection, path, sha, seen)
        read = extraction(sha, note(1, urls), parser=PARSER)
        read = replace(read, document=replace(read.document, created=created))
        store.documents.save_extraction(read, [cited(0, source(*urls))], seen)

    return publish


@pytest.fixture
def checked_once(store):
    run_id = store.runs.begin("run", [], day(0)).id
    for url in (A, B):
        store.links.record_check(run_id, checked(url), None)


def test_the_earliest_document_decides_the_day(store, publish):
    publish("papers", "new.pdf", [A, B], datetime(2021, 3, 1, 23, 30, tzinfo=UTC))
    publish("papers", "old.pdf", [A], datetime(2019, 3, 1, tzinfo=UTC))
    assert store.archived_copies.days([A, B, "http://never.test/"]) == {A: date(2019, 3, 1), B: date(2021, 3, 1)}


def test_a_document_that_states_no_day_is_of_when_it_was_seen(store, publish):
    publish("papers", "undated.pdf", [A], None, day(5))
    assert store.archived_copies.days([A]) == {A: day(5).date()}


def test_what_only_confidential_documents_print_is_left_out(store, publish):
    publish("drafts", "draft.pdf", [A, B], datetime(2018, 3, 1, tzinfo=UTC))
    publish("papers", "paper.pdf", [A], datetime(2019, 3, 1, tzinfo=UTC))
    assert store.archived_copies.days([A, B], leave_out={"drafts"}) == {A: date(2019, 3, 1)}


def test_what_was_found_is_known_by_address_and_day(store, checked_once):
    copies = store.archived_copies
    copies.record(A, date(2020, 6, 1), COPY, day(1))
    copies.record(A, date(2021, 6, 1), None, day(2))
    copies.record(B, date(2020, 6, 1), None, day(3))
    assert copies.known([A]) == {
        (A, date(2020, 6, 1)): CopyLookUp(COPY, day(1)),
        (A, date(2021, 6, 1)): CopyLookUp(None, day(2)),
    }


def test_a_later_look_up_replaces_an_earlier(store, checked_once):
    copies = store.archived_copies
    copies.record(A, date(2020, 6, 1), None, day(1))
    copies.record(A, date(2020, 6, 1), COPY, day(9))
    assert copies.known([A, B]) == {(A, date(2020, 6, 1)): CopyLookUp(COPY, day(9))}


def test_a_copy_is_in_the_dump_without_our_time(store, checked_once):
    def told() -> list[str]:
        return [line for line in store.dump() if '"table": "archived_copy"' in line]

    store.archived_copies.record(A, date(2020, 6, 1), COPY, day(1))
    first = told()
    store.archived_copies.record(A, date(2020, 6, 1), COPY, day(2))
    assert len(first) == 1
    assert told() == first
