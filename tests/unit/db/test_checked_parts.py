"""What became of a document's figures, quotations and works is kept as it was last compared."""

from db.records import PartRecord
from tests.support.stores import day, note, publish
from verifier.model import CheckedPart, ComparedField, Coverage, Evidence, PartKind, PartStatus, SnapshotRef

EVIDENCE = Evidence(
    "It was 5.", "5", SnapshotRef("a.warc.gz", 7), day(1), 0.5, "Ana", (ComparedField("title", "A", "B", True),)
)
RECORDS = (
    PartRecord(0, 1, None, CheckedPart(PartKind.FIGURE, PartStatus.AGREES, "5", 3, 4, "http://a/", EVIDENCE, "f")),
    PartRecord(0, None, 2, CheckedPart(PartKind.WORK, PartStatus.NOT_IDENTIFIED, "Tolls\0 and fees"), ("http://b/",)),
    PartRecord(3, None, None, CheckedPart(PartKind.QUOTATION, PartStatus.SOURCE_NOT_GIVEN, "so \ud800 said")),
)


def save(store, document, parts) -> None:
    run = store.runs.begin("run", ["a.pdf"], day(0))
    store.findings.save_document_result(document.id, run.id, "key", [], [], Coverage(), day(0), parts)


def test_parts_are_read_as_they_were_written_and_replaced(store):
    document = publish(store, "a.pdf", "sha", note(1, ["http://a/"]))
    assert store.checked_parts.of(document.id) is None
    save(store, document, RECORDS)
    first, work, quotation = store.checked_parts.of(document.id)
    assert first == RECORDS[0]
    assert (work.citation, work.part.text, work.unread) == (2, "Tolls\ufffd and fees", ("http://b/",))
    assert quotation.part.text == "so \ufffd said"
    save(store, document, RECORDS[:1])
    assert store.checked_parts.of(document.id) == RECORDS[:1]
    save(store, document, ())
    assert store.checked_parts.of(document.id) == ()


def test_a_dump_says_nothing_of_where_and_when(store):
    document = publish(store, "a.pdf", "sha", note(1, ["http://a/"]))
    save(store, document, RECORDS)
    told = [line for line in store.dump() if '"table": "checked_parts"' in line]
    assert len(told) == 1
    assert "It was 5." in told[0] and "a.warc.gz" not in told[0] and "fetched_at" not in told[0]
