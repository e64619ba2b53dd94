"""Documents keep their identity over editions, and readings over repeated saving."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from tests.support.stores import PARSER, day, extraction, note
from verifier.model import Extraction


def test_a_document_keeps_its_id_when_its_bytes_change(store):
    first = store.documents.record_edition("papers", "a.pdf", "sha 1", day(0), created=day(-9))
    second = store.documents.record_edition("papers", "a.pdf", "sha 2", day(1))
    assert first.id == second.id
    assert (first.first_seen, first.created) == (day(0), day(-9))
    assert (second.first_seen, second.created) == (day(1), None)
    assert store.documents.current() == [second]


def test_seeing_an_edition_again_changes_nothing(store):
    first = store.documents.record_edition("papers", "a.pdf", "sha 1", day(0), created=day(-9))
    assert store.documents.record_edition("papers", "a.pdf", "sha 1", day(1)) == first


def test_a_document_may_return_to_an_older_edition(store):
    first = store.documents.record_edition("papers", "a.pdf", "sha 1", day(0))
    store.documents.record_edition("papers", "a.pdf", "sha 2", day(1))
    assert store.documents.record_edition("papers", "a.pdf", "sha 1", day(2)) == first
    assert [document.pdf_sha256 for document in store.documents.current()] == ["sha 1"]


def test_a_path_is_another_document_in_another_collection(store):
    here = store.documents.record_edition("papers", "a.pdf", "sha 1", day(0))
    there = store.documents.record_edition("drafts", "a.pdf", "sha 2", day(0))
    assert here.id != there.id
    assert [document.collection for document in store.documents.current()] == ["drafts", "papers"]
    assert store.documents.current([here.id]) == [here]
    assert store.documents.current([]) == []


def test_many_documents_are_asked_for_at_once(store):
    ids = [store.documents.record_edition("papers", f"{i:03}.pdf", f"sha {i}", day(0)).id for i in range(3)]
    unknown = list(range(10_000, 11_500))
    assert [document.id for document in store.documents.current([*unknown, *ids])] == ids


def test_a_reading_is_saved_once(store):
    reading = extraction("sha 1", note(1, ["http://a.test/"]))
    store.documents.save_extraction(reading, [], day(0))
    store.documents.save_extraction(replace(reading, footnotes=()), [], day(1))
    assert store.documents.extraction("sha 1", PARSER) == reading


def test_the_path_of_a_reading_is_the_readers(store):
    store.documents.save_extraction(extraction("sha 1"), [], day(0))
    read = store.documents.extraction("sha 1", PARSER, "/somewhere/a.pdf")
    assert isinstance(read, Extraction)
    assert read.document.path == "/somewhere/a.pdf"


def test_the_newest_reading_is_of_whatever_version(store):
    assert store.documents.newest_extraction("sha 1") is None
    store.documents.save_extraction(extraction("sha 1", note(1, [])), [], day(0))
    store.documents.save_extraction(extraction("sha 1", note(1, []), note(2, []), parser="parser 2"), [], day(1))
    store.documents.save_failure("sha 1", "parser 3", "too slow", day(2))
    read = store.documents.newest_extraction("sha 1", "a.pdf")
    assert (read.parser_version, len(read.footnotes), read.document.path) == ("parser 2", 2, "a.pdf")


def test_what_no_version_read_is_none(store):
    store.documents.save_extraction(extraction("sha 1"), [], day(0))
    assert store.documents.extraction("sha 1", "parser 2") is None
    assert store.documents.extraction("sha 2", PARSER) is None


def test_a_failure_gives_way_to_a_reading_and_not_the_other_way_round(store):
    store.documents.save_failure("sha 1", PARSER, "encrypted", day(0))
    assert store.documents.extraction("sha 1", PARSER) == "encrypted"
    store.documents.save_failure("sha 1", PARSER, "encrypted with a key", day(1))
    assert store.documents.extraction("sha 1", PARSER) == "encrypted with a key"
    reading = extraction("sha 1", note(1, []))
    store.documents.save_extraction(reading, [], day(2))
    store.documents.save_failure("sha 1", PARSER, "encrypted", day(3))
    assert store.documents.extraction("sha 1", PARSER) == reading


def test_current_documents_tell_their_title_or_why_there_is_none(store):
    for path, sha in (("good.pdf", "sha 1"), ("bad.pdf", "sha 2"), ("new.pdf", "sha 3")):
        store.documents.record_edition("papers", path, sha, day(0))
    store.documents.save_extraction(extraction("sha 1"), [], day(0))
    store.documents.save_failure("sha 2", PARSER, "encrypted", day(0))
    told = {document.path: (document.title, document.failure) for document in store.documents.current()}
    assert told == {"good.pdf": ("A title", None), "bad.pdf": (None, "encrypted"), "new.pdf": (None, None)}


def test_a_date_that_has_no_moment_in_utc_is_no_date(store):
    before_time = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5)))
    assert store.documents.record_edition("papers", "a.pdf", "sha 1", day(0), created=before_time).created is None
    reading = extraction("sha 1")
    store.documents.save_extraction(
        replace(reading, document=replace(reading.document, created=before_time)), [], day(0)
    )
    read = store.documents.extraction("sha 1", PARSER)
    assert isinstance(read, Extraction)
    assert read.document.created is None


def test_the_places_of_documents_that_are_gone_stay_known(store):
    store.documents.record_edition("papers", "a.pdf", "sha 1", day(0))
    store.documents.record_edition("papers", "gone.pdf", "sha 2", day(0))
    store.documents.mark_missing("papers", ["a.pdf"])
    assert store.documents.known_places() == [("papers", "a.pdf"), ("papers", "gone.pdf")]
    assert [document.path for document in store.documents.current()] == ["a.pdf"]


def test_what_stands_in_a_collection_is_told_by_its_place(store):
    here = store.documents.record_edition("papers", "a.pdf", "sha 1", day(0))
    store.documents.record_edition("papers", "gone.pdf", "sha 2", day(0))
    store.documents.record_edition("drafts", "a.pdf", "sha 3", day(0))
    store.documents.mark_missing("papers", ["a.pdf"])
    assert store.documents.present_in(["papers", "elsewhere"]) == {("papers", "a.pdf"): here}
    assert store.documents.present_in([]) == {}


def test_seeing_many_again_changes_nothing_but_when(store):
    documents = [store.documents.record_edition("papers", f"{i}.pdf", f"sha {i}", day(0)) for i in range(3)]
    store.documents.seen_again([document.id for document in documents[:2]], day(1))
    store.documents.seen_again([], day(2))
    assert store.documents.current() == documents


def test_editions_that_were_read_are_told_with_their_failures(store):
    store.documents.save_extraction(extraction("sha 1", note(1, [])), [], day(0))
    store.documents.save_failure("sha 2", PARSER, "no pages", day(0))
    store.documents.save_failure("sha 3", "another", "no pages", day(0))
    assert store.documents.known_extractions(["sha 1", "sha 2", "sha 3", "sha 4"], PARSER) == {
        "sha 1": None,
        "sha 2": "no pages",
    }
