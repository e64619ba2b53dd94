"""Comparisons come out of the store as they went in, each once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from db.records import ComparisonRecord
from tests.support.stores import checked, day, extraction, note, publish
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


class Nights:
    """A document that cites one address, and what becomes of it."""

    def __init__(self, store, document) -> None:
        self.store, self.document = store, document

    def compare(self, basis="1") -> None:
        """Compare it and find it up to date."""
        save(self.store, self.document)
        self.store.comparisons.up_to_date([self.document.id], basis, self.store.comparisons.last_fetch())

    def fetch(self, body: str | None) -> None:
        """Another night's check of the address."""
        run_id = self.store.runs.begin("run", [], day(0)).id
        self.store.links.record_check(run_id, checked(A, body=body), None)

    def is_outdated(self, basis="1") -> bool:
        """Whether it has to be compared."""
        return self.document.id in self.store.comparisons.outdated(basis)


@pytest.fixture
def nights(store, document) -> Nights:
    return Nights(store, document)


def test_a_document_never_compared_is_outdated(nights):
    assert nights.is_outdated()


def test_a_compared_document_is_up_to_date(nights):
    nights.fetch("one")
    nights.compare()
    assert not nights.is_outdated()


def test_a_document_compared_but_not_said_to_be_up_to_date_is_outdated(nights):
    save(nights.store, nights.document)
    assert nights.is_outdated()


@pytest.mark.parametrize(
    ("bodies", "outdated"),
    [(["one"], False), (["one", None], False), (["two"], True), ([None], False), (["two", "one"], True)],
    ids=["the same text", "and then a failure", "another text", "a failure", "another text and back"],
)
def test_only_another_text_makes_a_document_outdated(nights, bodies, outdated):
    nights.fetch("one")
    nights.compare()
    for body in bodies:
        nights.fetch(body)
    assert nights.is_outdated() is outdated


def test_a_first_text_makes_a_document_outdated_and_comparing_it_mends_that(nights):
    nights.compare()
    nights.fetch("one")
    assert nights.is_outdated()
    nights.compare()
    assert not nights.is_outdated()


def test_a_text_that_came_while_comparing_is_not_missed(nights):
    nights.fetch("one")
    known = nights.store.comparisons.last_fetch()
    nights.fetch("two")
    save(nights.store, nights.document)
    nights.store.comparisons.up_to_date([nights.document.id], "1", known)
    assert nights.is_outdated()


def test_another_version_setting_or_edition_makes_a_document_outdated(nights):
    nights.compare("1")
    assert nights.is_outdated("2")
    publish(nights.store, "a.pdf", "sha 2", note(1, [A]))
    assert nights.is_outdated("1")


def test_a_document_that_is_gone_is_not_outdated_and_one_that_is_back_is(nights):
    nights.compare()
    nights.store.documents.mark_missing("papers", [])
    nights.store.documents.close_missing(day(1))
    assert not nights.is_outdated()
    publish(nights.store, "a.pdf", "sha", note(1, [A]))
    assert nights.is_outdated()


def test_passages_are_told_with_where_and_when_they_were_first_read(store, document):
    run_id = store.runs.begin("run", [], day(0)).id
    ids = []
    for number, body in ((0, "one"), (3, "one"), (6, "two")):
        store.links.record_check(run_id, checked(A, at=day(number), body=body), None)
        ids.append(store.links.texts([A])[A].text_id)
    older = replace(AGREES, source_quote="it was about 152.3")
    save(
        store,
        document,
        ComparisonRecord(0, 0, 0, ids[0], "checker 0", older),
        ComparisonRecord(0, 0, 0, ids[0], "checker 1", AGREES),
        ComparisonRecord(0, None, 1, ids[2], "checker 1", AGREES),
        ComparisonRecord(1, 0, 0, ids[2], "checker 1", SILENT),
    )
    told = store.comparisons.passages_of(document.id)
    assert [(p.footnote, p.anchor, p.ordinal, p.url, p.text_id, p.quote, p.read_at) for p in told] == [
        (0, 0, 0, A, ids[0], "it was 152.3", day(0)),
        (0, None, 1, A, ids[2], "it was 152.3", day(6)),
    ]
    assert all(p.extractor_version for p in told)


def test_the_desk_tells_each_figure_once_as_the_newest_checker_and_reading_have_it(store, document, text_ids):
    newest = text_ids[1]
    save(store, document, ComparisonRecord(0, 0, 0, newest, "checker 1", SILENT))
    store.documents.save_extraction(extraction("sha", note(1, [A]), parser="parser 2"), [], day(1))
    assert store.desk.compared_with(A) == []
    save(store, document, ComparisonRecord(0, 0, 0, newest, "checker 1", SILENT))
    save(store, document, ComparisonRecord(0, 0, 0, newest, "checker 2", AGREES))
    assert [one.verdict for one in store.desk.compared_with(A)] == [Verdict.SUPPORTED]
