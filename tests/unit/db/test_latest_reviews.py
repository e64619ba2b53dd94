"""The latest review of many findings."""

from tests.support.stores import day, figure_finding, publish
from verifier.model import Coverage, Decision


def test_the_latest_review_of_each_finding_is_told(store):
    document = publish(store, "a.pdf", "sha a")
    run = store.runs.begin("run", ["a.pdf"], day(0))
    findings = [figure_finding(f"print {number}") for number in range(3)]
    store.findings.save_document_result(document.id, run.id, "key", [], findings, Coverage(), day(0))
    store.findings.add_review("print 0", Decision.ACCEPT, "Ana", "", "t1", day(1))
    store.findings.add_review("print 0", Decision.DISMISS, "Ben", "a table", "t2", day(2))
    store.findings.add_review("print 1", Decision.ACCEPT, "Ana", "", "t3", day(1))
    latest = store.decisions.latest(["print 0", "print 1", "print 2", "unknown"])
    assert {name: (r.decision, r.reviewer, r.note, r.decided_at) for name, r in latest.items()} == {
        "print 0": (Decision.DISMISS, "Ben", "a table", day(2)),
        "print 1": (Decision.ACCEPT, "Ana", "", day(1)),
    }
