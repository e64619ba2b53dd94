"""Findings: seen, seen again, closed, reopened, decided, listed and counted."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.support.stores import checked, day, figure_finding, link_finding, note, publish
from verifier.errors import StoreError
from verifier.model import (
    Coverage,
    Decision,
    Evidence,
    Finding,
    FindingCode,
    FindingKind,
    FindingState,
    Replacement,
    ReplacementKind,
    Severity,
    SnapshotRef,
)

A, B = "http://a.test/x", "http://b.test/y"
OPEN, CLOSED = FindingState.OPEN, FindingState.CLOSED
ACCEPTED, DISMISSED = FindingState.ACCEPTED, FindingState.DISMISSED


def begin(store, number: int) -> int:
    return store.runs.begin("run", [str(number)], day(number)).id


def compare(store, document, run_id: int, *findings: Finding, key: str = "key", **counts: int) -> None:
    store.findings.save_document_result(document.id, run_id, key, [], findings, Coverage(**counts), day(run_id))


def states(store) -> dict[str, FindingState]:
    return {found.finding.fingerprint: found.state for found in store.findings.list()}


@pytest.fixture
def document(store):
    return publish(store, "a.pdf", "sha", note(1, [A]))


def test_a_finding_comes_back_whole(store, document):
    said = replace(
        figure_finding("f"),
        url=A,
        evidence=Evidence("a quote", "6", SnapshotRef("a.warc.gz", 12), day(-1), 0.97, "Ana"),
        replacements=(
            Replacement(ReplacementKind.SAME_WORK, "http://b.test/", "doi:10.1/b"),
            Replacement(ReplacementKind.ARCHIVED_COPY, "http://w.test/1", captured_at=day(-2), is_late=True),
        ),
    )
    run_id = begin(store, 1)
    compare(store, document, run_id, said)
    (found,) = store.findings.list()
    assert found.finding == said
    assert (found.document, found.footnote_id, found.page, found.sentence) == ("a.pdf", "fn-1", 1, "It is 5.")
    assert (found.first_seen_run, found.first_seen_at, found.last_seen_run) == (run_id, day(run_id), run_id)
    assert (found.state, found.new_in_run, found.also_at) == (OPEN, True, ())


def test_the_findings_of_a_page_come_in_the_order_of_its_notes(store, document):
    ids = {"c": "fn-2", "a": "fn-10", "b": "fn-9"}
    said = [replace(figure_finding(fingerprint), footnote_id=note_id) for fingerprint, note_id in ids.items()]
    compare(store, document, begin(store, 1), *said)
    assert [found.footnote_id for found in store.findings.list()] == ["fn-2", "fn-9", "fn-10"]


def test_saving_a_result_twice_is_saving_it_once(store, document):
    run_id = begin(store, 1)
    for _ in range(2):
        compare(store, document, run_id, figure_finding("f"), figure_finding("g"), figures=3)
    assert states(store) == {"f": OPEN, "g": OPEN}
    assert store.findings.new_accusations(run_id) == 2
    assert store.findings.document_coverage([document.id]) == Coverage(figures=3)


def test_seeing_a_finding_again_updates_it_and_keeps_its_beginning(store, document):
    first, second = begin(store, 1), begin(store, 2)
    compare(store, document, first, figure_finding("f"))
    compare(store, document, second, replace(figure_finding("f"), message="5 here, 7 there", page=9))
    (found,) = store.findings.list()
    assert (found.finding.message, found.page) == ("5 here, 7 there", 9)
    assert (found.first_seen_run, found.last_seen_run, found.new_in_run) == (first, second, False)


def test_of_two_findings_with_one_fingerprint_the_first_counts(store, document):
    compare(store, document, begin(store, 1), figure_finding("f"), replace(figure_finding("f"), page=9))
    assert [found.page for found in store.findings.list()] == [1]


def test_what_a_document_no_longer_has_is_closed_and_reopens_in_the_same_row(store, document):
    other = publish(store, "b.pdf", "sha 2")
    compare(store, document, begin(store, 1), figure_finding("f"), figure_finding("g"))
    compare(store, other, begin(store, 1), figure_finding("h"))
    store.findings.save_link_findings(begin(store, 1), [link_finding(A)], [], day(1))
    compare(store, document, begin(store, 2), figure_finding("g"))
    assert states(store) == {"f": CLOSED, "g": OPEN, "h": OPEN, f"link {A}": OPEN}
    compare(store, document, begin(store, 3), figure_finding("f"))
    assert states(store) == {"f": OPEN, "g": CLOSED, "h": OPEN, f"link {A}": OPEN}
    (reopened,) = (found for found in store.findings.list() if found.finding.fingerprint == "f")
    assert reopened.first_seen_at == day(1)


def test_the_key_and_the_counts_of_a_comparison_are_kept(store, document):
    other = publish(store, "b.pdf", "sha 2")
    assert store.findings.compared_key(document.id) is None
    assert store.findings.document_coverage() == Coverage()
    compare(store, document, begin(store, 1), key="key 1", figures=3, figures_compared=2)
    compare(store, document, begin(store, 1), key="key 2", figures=4, figures_compared=2)
    compare(store, other, begin(store, 1), figures=10)
    assert store.findings.compared_key(document.id) == "key 2"
    assert store.findings.document_coverage() == Coverage(figures=14, figures_compared=2)
    assert store.findings.document_coverage([document.id]) == Coverage(figures=4, figures_compared=2)
    assert store.findings.document_coverage([]) == Coverage()


def test_a_result_of_no_document_is_refused_whole(store, document):
    run_id = begin(store, 1)
    with pytest.raises(StoreError):
        store.findings.save_document_result(999, run_id, "key", [], [figure_finding("f")], Coverage(), day(1))
    with pytest.raises(StoreError, match="no document 998"):
        store.findings.save_document_result(998, run_id, "key", [], [], Coverage(), day(1))
    assert store.findings.list() == []


def test_a_link_that_answers_again_closes_its_finding(store, document):
    store.findings.save_link_findings(begin(store, 1), [link_finding(A), link_finding(B)], [], day(1))
    # A finding of a document that names the same address is none of the link's.
    compare(store, document, begin(store, 1), replace(figure_finding("f"), url=A))
    store.findings.save_link_findings(begin(store, 2), [], [A, "http://never.test/"], day(2))
    assert states(store) == {f"link {A}": CLOSED, f"link {B}": OPEN, "f": OPEN}
    store.findings.save_link_findings(begin(store, 3), [link_finding(A)], [], day(3))
    assert states(store)[f"link {A}"] is OPEN


def test_findings_of_addresses_that_nobody_prints_any_more_are_closed(store, document):
    publish(store, "b.pdf", "sha 2", note(1, [A, B]))
    store.findings.save_link_findings(begin(store, 1), [link_finding(A), link_finding(B)], [], day(1))
    compare(store, document, begin(store, 1), replace(figure_finding("f"), url="http://never.test/"))
    store.findings.close_uncited(day(1))
    assert set(states(store).values()) == {OPEN}
    publish(store, "b.pdf", "sha 3")
    store.findings.close_uncited(day(2))
    assert states(store) == {f"link {A}": OPEN, f"link {B}": CLOSED, "f": OPEN}


def test_a_link_finding_names_every_place_that_prints_it(store, document):
    publish(store, "b.pdf", "sha 2", note(1, [B]), note(2, [A], "In b.", page=2), note(3, [A], "In b again.", page=3))
    store.findings.save_link_findings(begin(store, 1), [link_finding(A)], [], day(1))
    (found,) = store.findings.list()
    assert (found.document, found.footnote_id, found.footnote_label) == ("a.pdf", "fn-1", "1")
    assert (found.page, found.sentence) == (1, "It is so.")
    assert [(place.document_path, place.footnote_id) for place in found.also_at] == [
        ("b.pdf", "fn-2"),
        ("b.pdf", "fn-3"),
    ]
    assert found.finding.footnote_id is None


def test_a_link_finding_may_have_lost_its_places(store):
    store.findings.save_link_findings(begin(store, 1), [link_finding(A)], [], day(1))
    (found,) = store.findings.list()
    assert (found.document, found.also_at) == (None, ())


def test_accusations_come_first_then_severity_document_page(store, document):
    other = publish(store, "b.pdf", "sha 2")
    run_id = begin(store, 1)
    todo = FindingCode.FIGURE_CHECK
    compare(
        store,
        other,
        run_id,
        figure_finding("todo b", todo),
        figure_finding("b 1"),
        figure_finding("low b", severity=Severity.LOW),
    )
    compare(
        store,
        document,
        run_id,
        figure_finding("medium a", severity=Severity.MEDIUM),
        figure_finding("a 10", page=10),
        figure_finding("a 2 z", page=2),
        figure_finding("a 2 y", page=2),
    )
    assert list(states(store)) == ["a 2 y", "a 2 z", "a 10", "b 1", "medium a", "low b", "todo b"]


@pytest.mark.parametrize(
    ("decisions", "healed", "state"),
    [
        ([], False, OPEN),
        ([], True, CLOSED),
        ([Decision.DISMISS], False, DISMISSED),
        ([Decision.DISMISS], True, DISMISSED),
        ([Decision.ACCEPT], True, ACCEPTED),
        ([Decision.ACCEPT, Decision.DISMISS], False, DISMISSED),
        ([Decision.DISMISS, Decision.ACCEPT], False, ACCEPTED),
        ([Decision.DISMISS, Decision.REOPEN], False, OPEN),
        ([Decision.DISMISS, Decision.REOPEN], True, CLOSED),
        ([Decision.REOPEN, Decision.DISMISS], False, DISMISSED),
    ],
)
def test_the_latest_decision_of_a_person_stands_before_the_machines(store, decisions, healed, state):
    store.findings.save_link_findings(begin(store, 1), [link_finding(A)], [], day(1))
    for number, decision in enumerate(decisions):
        store.findings.add_review(f"link {A}", decision, "ann", "", f"token {number}", day(1))
    if healed:
        store.findings.save_link_findings(begin(store, 2), [], [A], day(2))
    assert states(store) == {f"link {A}": state}
    for asked in FindingState:
        listed = store.findings.list([asked])
        assert len(listed) == (1 if asked is state else 0)


def test_a_dismissed_finding_stays_dismissed_when_it_is_seen_again(store):
    for number, code in enumerate([FindingCode.LINK_UNCONFIRMED, FindingCode.LINK_BROKEN]):
        store.findings.save_link_findings(begin(store, number), [link_finding(A, code)], [], day(number))
        store.findings.add_review(f"link {A}", Decision.DISMISS, "ann", "a test page", "token", day(number))
    assert states(store) == {f"link {A}": DISMISSED}


def test_accusations_are_new_in_the_run_that_first_accused(store, document):
    runs = [begin(store, number) for number in range(4)]
    store.findings.save_link_findings(runs[0], [link_finding(A)], [], day(0))
    compare(store, document, runs[0], figure_finding("f"))
    store.findings.save_link_findings(runs[1], [link_finding(A, FindingCode.LINK_BROKEN)], [], day(1))
    compare(store, document, runs[1], figure_finding("f"))
    store.findings.save_link_findings(runs[2], [link_finding(A, FindingCode.LINK_BROKEN)], [], day(2))
    compare(store, document, runs[2], figure_finding("f"), figure_finding("g"))
    assert [store.findings.new_accusations(run_id) for run_id in runs] == [1, 1, 1, 0]


def test_an_accusation_that_is_closed_again_is_no_news(store, document):
    run_id = begin(store, 1)
    compare(store, document, run_id, figure_finding("f"), figure_finding("g"))
    compare(store, document, run_id, figure_finding("g"))
    assert store.findings.new_accusations(run_id) == 1


def test_new_in_run_is_told_for_the_run_asked_about(store, document):
    runs = [begin(store, number) for number in range(3)]
    store.findings.save_link_findings(runs[0], [link_finding(A)], [], day(0))
    store.findings.save_link_findings(runs[1], [link_finding(A, FindingCode.LINK_BROKEN)], [], day(1))
    compare(store, document, runs[2], figure_finding("f"))

    def new(run_id: int | None) -> list[str]:
        return [found.finding.fingerprint for found in store.findings.list(run_id=run_id) if found.new_in_run]

    assert [new(run_id) for run_id in (*runs, None)] == [[], [f"link {A}"], ["f"], ["f"]]


@pytest.mark.parametrize(("decision", "count"), [(Decision.DISMISS, 0), (Decision.ACCEPT, 1), (Decision.REOPEN, 1)])
def test_a_dismissed_accusation_is_no_news(store, document, decision, count):
    run_id = begin(store, 1)
    compare(store, document, run_id, figure_finding("f"))
    store.findings.add_review("f", decision, "ann", "", "token", day(1))
    assert store.findings.new_accusations(run_id) == count


def test_a_review_is_added_once_for_a_token(store):
    store.findings.save_link_findings(begin(store, 1), [link_finding(A)], [], day(1))
    first = store.findings.add_review(f"link {A}", Decision.ACCEPT, "ann", "yes", "token 1", day(1))
    assert store.findings.add_review(f"link {A}", Decision.DISMISS, "ann", "no", "token 1", day(2)) == first
    assert states(store) == {f"link {A}": ACCEPTED}
    assert store.findings.add_review(f"link {A}", Decision.DISMISS, "ann", "no", "token 2", day(2)) != first


def test_a_double_click_is_one_review(store):
    store.findings.save_link_findings(begin(store, 1), [link_finding(A)], [], day(1))

    def click(_: int) -> str:
        return store.findings.add_review(f"link {A}", Decision.ACCEPT, "ann", "yes", "token 1", day(1))

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(click, range(6)))) == 1
    assert sum('"review"' in line for line in store.dump()) == 1


def test_a_review_of_nothing_is_an_error(store):
    with pytest.raises(StoreError, match="no finding x"):
        store.findings.add_review("x", Decision.ACCEPT, "ann", "", "token", day(1))


def test_many_findings_are_saved_closed_and_listed(store, document):
    publish(store, "b.pdf", "sha 2", *(note(i, [f"http://h.test/{i}"]) for i in range(1100)))
    many = [link_finding(f"http://h.test/{i}") for i in range(1100)]
    store.findings.save_link_findings(begin(store, 1), many, [], day(1))
    store.links.record_check(begin(store, 1), checked(A), None)
    store.findings.save_link_findings(begin(store, 2), [], [finding.url or "" for finding in many[:1050]], day(2))
    assert len(store.findings.list([OPEN])) == 50
    assert {found.document for found in store.findings.list([OPEN])} == {"b.pdf"}
    assert all(found.finding.kind is FindingKind.TO_DO for found in store.findings.list())
