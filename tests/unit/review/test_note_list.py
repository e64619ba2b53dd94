"""A document's notes are listed anew when something of the document changed, and not when something else did."""

from dataclasses import replace

import pytest

from db.records import PartRecord
from db.store import Store
from tests.support.stores import checked, day, figure_finding, note, publish
from verifier.model import CheckedPart, Coverage, Decision, Evidence, PartKind, PartStatus
from verifier.reports.citation_statuses import Level
from verifier.review.note_list import FETCHES_LAST, NoteLists

A, B = "http://a.example.test/x", "http://b.example.test/x"


@pytest.fixture
def store(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'verifier.db'}") as opened:
        yield opened


def document_of(store, path, sha, url):
    document = publish(store, path, sha, note(1, [url]))
    run = store.runs.begin("run", [path], day(0)).id
    figure = CheckedPart(PartKind.FIGURE, PartStatus.DISAGREES, "5", 6, 7, url, Evidence("It is 6.", "6"), sha)
    found = replace(figure_finding(sha), url=url)
    parts = [PartRecord(0, 0, None, figure)]
    store.findings.save_document_result(document.id, run, "key", [], [found], Coverage(), day(0), parts)
    return next(one for one in store.documents.current() if one.path == path)


def test_a_list_is_kept_until_its_document_changes(store):
    first, second = document_of(store, "a.pdf", "a" * 64, A), document_of(store, "b.pdf", "b" * 64, B)
    now = [0.0]
    lists = NoteLists(lambda: now[0])
    made = lists.of(store, first)
    assert lists.of(store, first) is made
    store.findings.add_review("b" * 64, Decision.DISMISS, "Ana", "rounded", "t1", day(1))
    assert lists.of(store, first) is made
    assert lists.of(store, second).blocks[0].rows[0].figures.level is Level.GOOD
    store.findings.add_review("a" * 64, Decision.ACCEPT, "Ana", "", "t2", day(1))
    decided = lists.of(store, first)
    assert decided is not made
    run = store.runs.begin("run", ["c"], day(2)).id
    store.links.record_check(run, checked(A, body="It is 6."), None)
    assert lists.of(store, first) is decided
    now[0] += FETCHES_LAST
    assert lists.of(store, first).blocks[0].rows[0].link.words == "answers"


def test_memory_is_bounded(store):
    document = document_of(store, "a.pdf", "a" * 64, A)
    lists = NoteLists()
    for number in range(40):
        lists.of(store, replace(document, id=number))
    assert len(lists._kept) == 16
