"""What became of a source: its checks, its texts, who cites it."""

import pytest

from tests.support.stores import checked, day, note, publish
from verifier.model import LinkReason, LinkStatus, SnapshotRef

A = "http://a.test/x"


@pytest.fixture
def checked_store(store):
    publish(store, "a.pdf", "sha", note(1, [A], "It is so."))
    for number, status in enumerate((LinkStatus.OK, LinkStatus.BROKEN)):
        run = store.runs.begin("run", [str(number)], day(number)).id
        body = f"text {number}" if status is LinkStatus.OK else None
        store.links.record_check(run, checked(A, status, LinkReason.SERVED, day(number), body), day(7))
    return store


def test_a_source_tells_its_checks_newest_first_and_who_cites_it(checked_store):
    number, key = checked_store.source_histories.source_of(A)
    history = checked_store.source_histories.source(number)
    assert (history.key, key) == (f"url:{A}", f"url:{A}")
    (address,) = history.addresses
    assert [check.status for check in address.checks] == [LinkStatus.BROKEN, LinkStatus.OK]
    assert [place.document_path for place in address.cited_at] == ["a.pdf"]
    assert address.checks[1].snapshot == SnapshotRef("a.warc.gz", 1234)
    assert checked_store.source_histories.text(address.checks[1].text_id).text == "text 0"


def test_nothing_is_known_of_what_was_never_cited(store):
    assert store.source_histories.source(1) is None
    assert store.source_histories.source_of(A) is None
    assert store.source_histories.text(1) is None
