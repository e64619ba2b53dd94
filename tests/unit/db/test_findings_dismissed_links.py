"""What is remembered of links that people dismissed, and of second signs found later."""

from dataclasses import replace

import pytest

from db.reviews import PROGRAM
from tests.support.stores import checked, day
from verifier.model import (
    ArchivedResponse,
    Decision,
    Evidence,
    Finding,
    FindingCode,
    FindingKind,
    FindingState,
    LinkReason,
    LinkStatus,
    Severity,
    SnapshotRef,
    Witness,
)

URL = "http://a.test/x"
OTHER = "http://a.test/y"
FINGERPRINT = "link x"


@pytest.fixture
def run_id(store):
    return store.runs.begin("run", [], day(0)).id


def tell(store, run_id: int, number: float = 0) -> None:
    finding = Finding(
        FINGERPRINT, FindingCode.LINK_UNCONFIRMED, FindingKind.TO_DO, Severity.LOW, "m", url=URL, evidence=Evidence()
    )
    store.findings.save_link_findings(run_id, [finding], [], day(number))


def decide(store, decision: Decision, number: float, until: float | None = None) -> None:
    end = None if until is None else day(until)
    store.findings.add_review(FINGERPRINT, decision, "ann", "", f"{number}", day(number), end)


def test_every_dismissal_counts_while_the_last_decision_is_one(store, run_id):
    tell(store, run_id)
    assert store.findings.dismissed_links([URL, OTHER], day(9)) == {}
    decide(store, Decision.DISMISS, 1)
    decide(store, Decision.REOPEN, 2)
    assert store.findings.dismissed_links([URL], day(9)) == {}
    decide(store, Decision.DISMISS, 3)
    assert store.findings.dismissed_links([URL], day(9)) == {URL: (day(1), day(3))}


def test_a_dismissal_that_has_ended_is_none(store, run_id):
    tell(store, run_id)
    decide(store, Decision.DISMISS, 1, until=5)
    assert store.findings.dismissed_links([URL], day(4)) == {URL: (day(1),)}
    assert store.findings.dismissed_links([URL], day(6)) == {}


def test_asked_again_it_is_open_and_new_and_the_decision_is_still_there(store, run_id):
    tell(store, run_id)
    decide(store, Decision.DISMISS, 1)
    later = store.runs.begin("run", ["later"], day(8)).id
    tell(store, later, 8)
    for _ in range(2):  # a run that is taken up again asks once
        store.findings.ask_again(later, [FINGERPRINT], "other content", day(8))
    (found,) = store.findings.list(run_id=later, now=day(9))
    assert (found.state, found.new_in_run) == (FindingState.OPEN, True)
    latest = store.decisions.latest([FINGERPRINT])[FINGERPRINT]
    assert (latest.decision, latest.reviewer, latest.note) == (Decision.REOPEN, PROGRAM, "other content")


def test_a_second_sign_is_noted_of_this_runs_checks_by_content_alone(store, run_id):
    soft = checked(URL, LinkStatus.BROKEN, LinkReason.SOFT_404)
    gone = checked(OTHER, LinkStatus.BROKEN, LinkReason.GONE)
    for check in (soft, gone):
        store.links.record_check(run_id, check, None, day(0))
    later = store.runs.begin("run", ["later"], day(3)).id
    for check in (soft, gone):
        store.links.record_check(later, check, None, day(3))
    store.links.add_witness(later, [URL, OTHER], Witness.ARCHIVED_COPY)
    past = store.links.past_checks([URL, OTHER])
    assert [check.witness for check in past[URL]] == [None, Witness.ARCHIVED_COPY]
    assert [check.witness for check in past[OTHER]] == [None, None]


def test_what_people_looked_at_is_the_newest_check_before(store, run_id):
    for number in (0, 5):
        place = ArchivedResponse(0, URL, "a.warc.gz", number, "sha")
        check = checked(URL, LinkStatus.BROKEN, LinkReason.SOFT_404)
        fetch = replace(check.fetch, fetched_at=day(number))
        store.links.record_check(run_id, replace(check, fetch=fetch, snapshots=(place,)), None, day(number))
    seen = store.links.snapshots_before(URL, [day(-1), day(1), day(6)])
    places = [SnapshotRef("a.warc.gz", offset) for offset in (0, 5)]
    assert seen == [(LinkReason.SOFT_404, place) for place in places]
