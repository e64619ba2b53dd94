"""What is asked every night is answered by indexes: no question walks through a table that grows with the years."""

from collections.abc import Callable

import pytest
from sqlalchemy import event, text

from db.review_queue import QueueFilter
from db.store import Store
from tests.support.stores import checked, day, figure_finding, link_finding, note, publish
from verifier.model import Coverage, Decision, FindingState

A = "http://a.test/x"
GROWS = {
    "address",
    "source",
    "source_address",
    "cited_source",
    "cited_address",
    "fetch",
    "snapshot",
    "text",
    "sighting",
}
GROWS |= {"edition", "extraction", "footnote", "anchor", "citation", "body_link", "comparison", "review"}


@pytest.fixture
def sqlite_store(tmp_path, empty_sqlite_store):
    file = tmp_path / "verifier.db"
    file.write_bytes(empty_sqlite_store.read_bytes())
    with Store.open(f"sqlite:///{file}") as store:
        publish(store, "a.pdf", "sha", note(1, [A]))
        run_id = store.runs.begin("run", [], day(0)).id
        store.links.record_check(run_id, checked(A, body="text"), day(7))
        store.findings.save_link_findings(run_id, [link_finding(A)], [], day(0))
        yield store


QUESTIONS: dict[str, Callable[[Store], object]] = {
    "due": lambda store: store.links.due(1, day(0)),
    "due of some": lambda store: store.links.due(1, day(0), [1]),
    "tally": lambda store: store.links.counts([1]),
    "sources": lambda store: store.links.sources_of("sha", "parser 1"),
    "save sources": lambda store: store.links.save_sources("sha", "parser 1", []),
    "record": lambda store: store.links.record_check(1, checked(A, body="text"), day(7)),
    "past": lambda store: store.links.past_checks([A]),
    "statuses": lambda store: store.links.statuses([A]),
    "texts": lambda store: store.links.texts([A]),
    "fetched in": lambda store: store.links.fetched_in(1),
    "roll up": lambda store: store.retention.roll_up(1),
    "cancel": lambda store: store.links.cancel_run_due(1),
    "citing": lambda store: store.links.citing([A]),
    "edition": lambda store: store.documents.record_edition("papers", "a.pdf", "sha", day(1)),
    "extraction": lambda store: store.documents.extraction("sha", "parser 1"),
    "current": lambda store: store.documents.current([1]),
    "all current": lambda store: store.documents.current(),
    "outdated": lambda store: (store.comparisons.up_to_date([1], "1", 0), store.comparisons.outdated("1")),
    "comparisons": lambda store: store.comparisons.of(1),
    "result": lambda store: store.findings.save_document_result(
        1, 1, "key", [], [figure_finding("f")], Coverage(), day(1)
    ),
    "link findings": lambda store: store.findings.save_link_findings(1, [link_finding(A)], [A], day(1)),
    "uncited": lambda store: store.findings.close_uncited(day(1)),
    "new": lambda store: store.findings.new_accusations(1),
    "open": lambda store: store.findings.list([FindingState.OPEN], run_id=1),
    "queue": lambda store: store.queue.page(QueueFilter()),
    "queue of a document": lambda store: store.queue.page(QueueFilter(document_id=1)),
    "queue of a source": lambda store: store.queue.page(QueueFilter(source=f"url:{A}")),
    "desk": lambda store: store.desk.finding(f"link {A}", day(1)),
    "compared with": lambda store: store.desk.compared_with(A),
    "checks": lambda store: store.source_histories.checks(A),
    "shelf": lambda store: store.shelf.page(),
    "look": lambda store: store.presences.look(1, "ann", day(1)),
    "review": lambda store: store.findings.add_review(f"link {A}", Decision.ACCEPT, "ann", "", "token", day(1)),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_growing_table_is_walked_through(sqlite_store, question):
    asked: list[tuple[str, object]] = []

    def note_down(_connection, _cursor, statement, parameters, _context, many):
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
            asked.append((statement, parameters[0] if many else parameters))

    event.listen(sqlite_store._sessions.engine, "before_cursor_execute", note_down)
    QUESTIONS[question](sqlite_store)
    event.remove(sqlite_store._sessions.engine, "before_cursor_execute", note_down)
    assert asked
    with sqlite_store._sessions.engine.connect() as connection:
        for statement, parameters in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            # An alias is the table's name and a number.
            walked = {words[1].rstrip("_0123456789") for *_, step in plan if (words := step.split())[0] == "SCAN"}
            assert not walked & GROWS, f"{statement}\n{plan}"


def test_a_question_without_an_index_would_be_noticed(sqlite_store):
    with sqlite_store._sessions.engine.connect() as connection:
        plan = connection.execute(text("EXPLAIN QUERY PLAN SELECT * FROM address WHERE host = 'a.test'")).all()
    assert [step for *_, step in plan] == ["SCAN address"]
