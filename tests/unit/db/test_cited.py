"""What is cited where, what of it is due, and which places print an address."""

from dataclasses import replace

import pytest

from db.records import CitingPlace, DueAddress
from tests.support.stores import PARSER, checked, cited, day, extraction, note, publish, source
from verifier.errors import StoreError
from verifier.model import BodyLink, Origin, Source, SourceAddress

A, B, C = "http://a.test/x", "http://b.test/y", "http://a.test/c"


def urls(due: list[DueAddress]) -> list[str]:
    return [address.url for address in due]


@pytest.fixture
def run_id(store) -> int:
    return store.runs.begin("run", [], day(0)).id


def test_sources_come_back_in_their_order(store):
    reading = extraction("sha", note(1, [A]), note(2, [B]), body=[BodyLink(1, C, "here", "Look here.")])
    said = [
        cited(1, source(B, A, guessed=[C], key="doi:10.1/x")),
        cited(0, source(A)),
        cited(0, source(A), citation=None),
        cited(None, source(C), citation=None, body_link=0),
        cited(0, Source("isbn:1", ())),
    ]
    store.documents.save_extraction(reading, said, day(0))
    assert store.links.sources_of("sha", PARSER) == said


def test_saving_sources_again_puts_them_in_the_place_of_the_old(store, run_id):
    publish(store, "a.pdf", "sha", note(1, [A]))
    for _ in range(2):
        store.links.save_sources("sha", PARSER, [cited(0, source(B))])
    assert store.links.sources_of("sha", PARSER) == [cited(0, source(B))]
    assert urls(store.links.due(run_id, day(0))) == [B]
    store.links.save_sources("sha", PARSER, [])
    assert store.links.sources_of("sha", PARSER) == []


def test_sources_of_what_was_not_read_are_refused(store):
    with pytest.raises(StoreError, match="no extraction"):
        store.links.save_sources("sha", PARSER, [])
    assert store.links.sources_of("sha", PARSER) == []


def test_due_is_told_by_host_and_address(store, run_id):
    publish(store, "a.pdf", "sha", note(1, [B, A]), note(2, [C, A]))
    assert store.links.due(run_id, day(0)) == [
        DueAddress(C, "a.test"),
        DueAddress(A, "a.test"),
        DueAddress(B, "b.test"),
    ]


def test_a_guess_is_due_only_where_the_citation_prints_nothing(store, run_id):
    store.documents.record_edition("papers", "a.pdf", "sha", day(0))
    both = [cited(0, source(A, guessed=[B], key="doi:1")), cited(1, source(guessed=[C], key="doi:2"))]
    store.documents.save_extraction(extraction("sha", note(1, [A]), note(2, [])), both, day(0))
    assert urls(store.links.due(run_id, day(0))) == [C, A]


def test_what_another_document_prints_takes_no_guess_away(store, run_id):
    for path, sha, what in (
        ("a.pdf", "sha 1", source(A, key="doi:1")),
        ("b.pdf", "sha 2", source(guessed=[B], key="doi:1")),
    ):
        store.documents.record_edition("papers", path, sha, day(0))
        store.documents.save_extraction(extraction(sha, note(1, [])), [cited(0, what)], day(0))
    assert urls(store.links.due(run_id, day(0))) == [A, B]


@pytest.mark.parametrize(("due_at", "asked_at", "expected"), [(7, 6.9, []), (7, 7, [A]), (7, 8, [A]), (None, 0, [A])])
def test_an_address_is_due_again_at_its_time(store, run_id, due_at, asked_at, expected):
    publish(store, "a.pdf", "sha", note(1, [A]))
    store.links.record_check(run_id, checked(A), None if due_at is None else day(due_at))
    assert store.links.due(run_id, day(asked_at)) == []
    tomorrow = store.runs.begin("another", [], day(1)).id
    assert urls(store.links.due(tomorrow, day(asked_at))) == expected


def test_only_current_editions_count(store, run_id):
    publish(store, "a.pdf", "sha 1", note(1, [A]))
    publish(store, "a.pdf", "sha 2", note(1, [B]))
    assert urls(store.links.due(run_id, day(0))) == [B]
    publish(store, "a.pdf", "sha 1", note(1, [A]))
    assert urls(store.links.due(run_id, day(0))) == [A]


def test_only_the_newest_reading_counts(store, run_id):
    publish(store, "a.pdf", "sha", note(1, [A]))
    again = replace(extraction("sha", note(1, [B])), parser_version="parser 2")
    store.documents.save_extraction(again, [cited(0, source(B))], day(1))
    store.documents.save_failure("sha", "parser 3", "too hard", day(2))
    assert urls(store.links.due(run_id, day(2))) == [B]
    assert store.links.counts().addresses == 1
    assert list(store.links.citing([A, B])) == [B]


def test_some_documents_are_asked_for(store, run_id):
    one = publish(store, "a.pdf", "sha 1", note(1, [A]))
    publish(store, "b.pdf", "sha 2", note(1, [B]))
    assert urls(store.links.due(run_id, day(0), [one.id, 999])) == [A]
    assert store.links.due(run_id, day(0), []) == []
    assert urls(store.links.due(run_id, day(0), [one.id] * 700)) == [A]
    assert store.links.counts([one.id]).addresses == 1


def test_places_are_told_by_document_and_reading_order(store):
    publish(store, "b.pdf", "sha 2", note(1, [A], "In b.", page=4))
    publish(store, "a.pdf", "sha 1", note(1, [B], "Not here."), note(2, [A, B, A], "In a.", page=2))
    places = store.links.citing([A, C])
    assert places == {A: [CitingPlace("a.pdf", "fn-2", "2", 2, "In a."), CitingPlace("b.pdf", "fn-1", "1", 4, "In b.")]}


def test_a_note_that_prints_an_address_twice_is_one_place(store):
    store.documents.record_edition("papers", "a.pdf", "sha", day(0))
    twice = [cited(0, source(A)), cited(0, source(A), citation=None)]
    store.documents.save_extraction(extraction("sha", note(1, [A])), twice, day(0))
    assert len(store.links.citing([A])[A]) == 1


def test_the_running_text_and_a_note_without_a_marker_are_places(store):
    store.documents.record_edition("papers", "a.pdf", "sha", day(0))
    lonely = replace(note(1, [A]), anchors=())
    reading = extraction("sha", lonely, body=[BodyLink(3, A, "here", "Look here.")])
    said = [cited(0, source(A)), cited(None, source(A), citation=None, body_link=0)]
    store.documents.save_extraction(reading, said, day(0))
    assert store.links.citing([A])[A] == [
        CitingPlace("a.pdf", "fn-1", "1", 1, None),
        CitingPlace("a.pdf", None, None, 3, "Look here."),
    ]


def test_a_guessed_address_is_printed_nowhere(store):
    store.documents.record_edition("papers", "a.pdf", "sha", day(0))
    store.documents.save_extraction(
        extraction("sha", note(1, [])), [cited(0, source(guessed=[A], key="doi:1"))], day(0)
    )
    assert store.links.citing([A]) == {}


def test_many_sources_are_saved_and_found(store, run_id):
    many = [f"http://h{i % 7}.test/{i}" for i in range(1300)]
    document = publish(store, "a.pdf", "sha", *(note(i, [url]) for i, url in enumerate(many)))
    assert sorted(urls(store.links.due(run_id, day(0), [document.id]))) == sorted(many)
    assert sorted(store.links.citing(many)) == sorted(many)


def test_a_work_may_be_elsewhere_than_where_it_is_printed(store):
    document = publish(store, "a.pdf", "sha", note(1, [A]), note(2, []))
    store.links.save_sources(
        "sha", PARSER, [cited(0, source(A, guessed=[B], key="doi:1")), cited(1, source(guessed=[C], key="doi:2"))]
    )
    assert store.links.printed([A, B, C]) == {A}
    (found,) = store.links.alternate_addresses([A, B, C])
    assert (found.printed, found.key, found.guessed) == (A, "doi:1", B)
    assert store.links.alternate_addresses([A], leave_out=[document.collection]) == []


def test_the_parts_of_an_address_that_are_cited_come_back(store):
    publish(store, "a.pdf", "sha", note(1, [A]), note(2, [A]))
    parts = [("x", "y"), ("y", "z\x00")]
    said = [
        cited(number, Source("url:a", (SourceAddress(A, Origin.PRINTED, fragments),)))
        for number, fragments in enumerate(parts)
    ]
    store.links.save_sources("sha", PARSER, [*said, cited(1, source(B))])
    assert store.links.fragments([A, B]) == {A: ("x", "y", "z\ufffd")}
    assert store.links.sources_of("sha", PARSER)[0] == said[0]
