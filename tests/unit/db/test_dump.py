"""Two stores that know the same print the same, whatever happened on the way."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from db.records import ComparisonRecord
from db.store import Store
from tests.support.stores import checked, day, figure_finding, link_finding, note, publish
from verifier.model import (
    Coverage,
    Decision,
    Figure,
    FigureComparison,
    FindingCode,
    LinkReason,
    LinkStatus,
    RunState,
    Verdict,
)

A, B, C = "http://a.test/x", "http://b.test/y", "http://c.test/é"
FIGURE = Figure("5", 0, 1, Decimal(5), Decimal(5), Decimal(5), "", "count")


def paper(store: Store, run_id: int, hours: float) -> None:
    """Read and compare one document."""
    document = publish(store, "a.pdf", "sha", note(1, [A, B]), note(2, [C]), now=day(hours))
    text_id = store.links.texts([A])[A].text_id if store.links.texts([A]) else None
    comparison = FigureComparison(FIGURE, Verdict.CONTRADICTED, 0.9, "6 there")
    records = [ComparisonRecord(0, 0, 0, text_id, "checker 1", comparison)] if text_id else []
    store.findings.save_document_result(
        document.id, run_id, f"key {text_id}", records, [figure_finding("f")], Coverage(figures=1), day(hours)
    )


def night(store: Store, number: int, stops: tuple[int, ...] = (), begin: float = 0.0) -> None:
    """A run over one paper, killed before each of these steps and begun again."""
    steps = [
        lambda run: publish(store, "a.pdf", "sha", note(1, [A, B]), note(2, [C]), now=day(begin)),
        lambda run: store.links.record_check(run, checked(B, body="b", at=day(begin)), day(begin + 7)),
        lambda run: store.links.record_check(run, checked(A, body="a", at=day(begin)), day(begin + 7)),
        lambda run: store.links.record_check(
            run, checked(C, LinkStatus.BROKEN, LinkReason.GONE, at=day(begin)), day(begin + 3)
        ),
        lambda run: paper(store, run, begin),
        lambda run: store.findings.save_link_findings(run, [link_finding(C)], [A, B], day(begin)),
        lambda run: store.runs.finish(run, RunState.FINISHED, Coverage(documents=1), day(begin)),
    ]
    run_id = store.runs.begin("run", [str(number)], day(begin)).id
    for step, work in enumerate(steps):
        if step in stops:
            # The new process finds everything again; what it sees once more must not show.
            run_id = store.runs.begin("run", [str(number)], day(begin + 0.1)).id
            steps[0](run_id)
        work(run_id)


def other_store(tmp_path, empty_sqlite_store) -> Store:
    file = tmp_path / "other.db"
    file.write_bytes(empty_sqlite_store.read_bytes())
    return Store.open(f"sqlite:///{file}")


@pytest.mark.parametrize("stops", [(1,), (3,), (6,), (1, 2, 3, 4, 5, 6)])
def test_a_run_that_was_killed_and_resumed_leaves_the_same(store, tmp_path, empty_sqlite_store, stops):
    night(store, 1)
    with other_store(tmp_path, empty_sqlite_store) as other:
        # Another order of things on the way, and other times.
        other.runs.finish(other.runs.begin("nightly", [], day(0)).id, RunState.FINISHED, Coverage(), day(0))
        night(other, 1, stops, begin=5)
        assert list(other.dump()) == list(store.dump())


def test_a_run_that_finds_nothing_to_do_leaves_no_trace(store):
    night(store, 1)
    before = list(store.dump())
    again = store.runs.begin("run", ["1"], day(1)).id
    paper(store, again, 1)
    store.findings.save_link_findings(again, [link_finding(C)], [], day(1))
    store.findings.close_uncited(day(1))
    store.runs.finish(again, RunState.FINISHED, Coverage(documents=1), day(1))
    assert list(store.dump()) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.links.record_check(1, checked(A, body="a"), None),
        lambda store: store.findings.save_link_findings(
            store.runs.begin("run", ["2"], day(2)).id, [link_finding(C, FindingCode.LINK_BROKEN)], [], day(2)
        ),
        lambda store: store.findings.save_link_findings(1, [], [C], day(2)),
        lambda store: store.findings.add_review("f", Decision.ACCEPT, "ann", "", "token", day(2)),
        lambda store: store.documents.record_edition("papers", "a.pdf", "sha 2", day(2)),
        lambda store: store.documents.save_failure("sha 2", "parser 1", "broken", day(2)),
        lambda store: store.runs.finish(1, RunState.INCOMPLETE, Coverage(documents=1), day(2)),
    ],
    ids=["fetch", "stage", "healed", "review", "edition", "failure", "state"],
)
def test_whatever_is_new_shows(store, change):
    night(store, 1)
    before = list(store.dump())
    change(store)
    assert list(store.dump()) != before


def test_every_line_is_json_and_tells_its_table(store):
    night(store, 1)
    store.findings.add_review("f", Decision.DISMISS, "ann", "no: é", "token", day(1))
    lines = [json.loads(line) for line in store.dump()]
    tables = list(dict.fromkeys(line["table"] for line in lines))
    assert tables == [
        *("document", "edition", "extraction", "footnote", "anchor", "citation"),
        *("address", "source", "source_address", "cited_source", "cited_address", "text", "fetch", "snapshot"),
        *("comparison", "checked_parts", "finding", "sighting", "review", "run"),
    ]
    assert [line["url"] for line in lines if line["table"] == "address"] == [A, B, C]


def test_no_number_time_or_place_of_ours_shows(store):
    night(store, 1)
    told = "\n".join(store.dump())
    keys = {key for line in told.splitlines() for key in json.loads(line)}
    assert not {key for key in keys if key == "id" or key.endswith(("_id", "_at", "_seen"))} - {
        "note_id",
        "footnote_id",
    }
    for ours in ("a.warc.gz", "1234", "Server", "2026-01-12"):
        assert ours not in told


def test_the_order_is_by_code_points_on_every_back_end(store):
    for path in ("b.pdf", "B.pdf", "é.pdf", "a b.pdf", "a.pdf"):
        store.documents.record_edition("papers", path, f"sha {path}", day(0))
    lines = [json.loads(line) for line in store.dump()]
    documents = [line["path"] for line in lines if line["table"] == "document"]
    assert documents == ["B.pdf", "a b.pdf", "a.pdf", "b.pdf", "é.pdf"]


def test_reading_may_stop_early(store):
    night(store, 1)
    lines = store.dump()
    next(lines)
    lines.close()
    store.links.record_check(1, replace(checked(B), snapshots=()), None)
