"""Comparisons come out of the store as they went in, each once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from db.records import ComparisonRecord
from tests.stores import checked, day, note, publish
from verifier.errors import StoreError
from verifier.model import Coverage, Figure, FigureComparison, Qualifier, Verdict

A = "http://a.test/x"
FIGURE = Figure(
    "over 150 million",
    12,
    28,
    Decimal("150000000"),
    Decimal("1.50E+8"),
    Decimal("Infinity"),
    "USD",
    "money",
    Qualifier.OVER,
)
AGREES = FigureComparison(FIGURE, Verdict.SUPPORTED, 0.1 + 0.2, "the same subject", "152.3 million", "it was 152.3", 7)
SILENT = FigureComparison(replace(FIGURE, value=Decimal("-0.00")), Verdict.NOT_FOUND, 0.0, "nothing like it")


@pytest.fixture
def document(store):
    return publish(store, "a.pdf", "sha", note(1, [A]), note(2, [A]))


@pytest.fixture
def text_ids(store) -> list[int]:
    """Two texts of an address, one after the other."""
    run_id = store.runs.begin("run", [], day(0)).id
    ids = []
    for body in ("one", "two"):
        store.links.record_check(run_id, checked(A, body=body), None)
        ids.append(store.links.texts([A])[A].text_id)
    return ids


def save(store, document, *records: ComparisonRecord) -> None:
    run_id = store.runs.begin("run", [], day(0)).id
    store.findings.save_document_result(document.id, run_id, "key", records, [], Coverage(), day(0))


def test_comparisons_come_back_in_reading_order(store, document, text_ids):
    said = [
        ComparisonRecord(0, None, 0, text_ids[0], "checker 1", SILENT),
        ComparisonRecord(0, 0, 0, text_ids[0], "checker 1", AGREES),
        ComparisonRecord(0, 0, 1, text_ids[0], "checker 1", SILENT),
        ComparisonRecord(1, 0, 0, text_ids[1], "checker 1", AGREES),
    ]
    save(store, document, *reversed(said))
    read = store.comparisons.of(document.id)
    assert read == said
    assert str(read[0].comparison.figure.value) == "-0.00"


def test_a_comparison_made_again_takes_the_place_of_the_old(store, document, text_ids):
    before = ComparisonRecord(0, 0, 0, text_ids[0], "checker 1", SILENT)
    save(store, document, before)
    save(store, document, replace(before, comparison=AGREES))
    assert store.comparisons.of(document.id) == [replace(before, comparison=AGREES)]


def test_another_text_or_checker_is_another_comparison(store, document, text_ids):
    said = [
        ComparisonRecord(0, 0, 0, text_ids[0], "checker 1", AGREES),
        ComparisonRecord(0, 0, 0, text_ids[1], "checker 1", AGREES),
        ComparisonRecord(0, 0, 0, text_ids[1], "checker 2", AGREES),
    ]
    for record in said:
        save(store, document, record)
    assert store.comparisons.of(document.id) == said


def test_comparisons_belong_to_the_reading_they_were_made_of(store, document, text_ids):
    save(store, document, ComparisonRecord(0, 0, 0, text_ids[0], "checker 1", AGREES))
    publish(store, "a.pdf", "sha 2", note(1, [A]))
    assert store.comparisons.of(document.id) == []
    publish(store, "a.pdf", "sha", note(1, [A]))
    assert len(store.comparisons.of(document.id)) == 1


def test_comparisons_of_what_was_not_read_are_refused(store, text_ids):
    unread = store.documents.record_edition("papers", "b.pdf", "sha 9", day(0))
    with pytest.raises(StoreError, match="save its extraction first"):
        save(store, unread, ComparisonRecord(0, 0, 0, text_ids[0], "checker 1", AGREES))


def test_comparisons_with_no_text_of_ours_are_refused_whole(store, document):
    with pytest.raises(StoreError):
        save(store, document, ComparisonRecord(0, 0, 0, 999, "checker 1", AGREES))
    assert store.comparisons.of(document.id) == []
    assert store.findings.compared_key(document.id) is None
