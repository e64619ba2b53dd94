"""Standing rules: they keep quiet what they name, and nothing else."""

import pytest

import db.rules
from db.review_queue import QueueFilter
from db.reviews import PROGRAM
from db.rules import NewRule
from tests.support.stores import checked, day, figure_finding, link_finding, note, publish
from verifier.errors import StoreError
from verifier.model import Coverage, Decision, FindingCode, FindingState, LinkReason, LinkStatus

A, B, C = "http://a.test/1", "http://a.test/2", "http://c.test/3"
OPEN, QUIET = FindingState.OPEN, FindingState.QUIET
BLOCKED, BROKEN = FindingCode.LINK_BLOCKED, FindingCode.LINK_BROKEN


def answered(url: str, status: int, at: float = 0.0):
    check = checked(url, LinkStatus.BLOCKED, LinkReason.FORBIDDEN, at=day(at))
    judgement = type(check.judgement)(LinkStatus.BLOCKED, LinkReason.FORBIDDEN, status, url)
    return type(check)(check.address, check.host, check.fetch, judgement, check.snapshots, None)


@pytest.fixture
def filled(store):
    """Three blocked links, two of one host: one by 403, one by 401; and a figure held against the first."""
    document = publish(store, "a.pdf", "sha", *(note(i, [url]) for i, url in enumerate((A, B, C), 1)))
    run = store.runs.begin("nightly", [], day(0)).id
    for url, status in ((A, 403), (B, 401), (C, 403)):
        store.links.record_check(run, answered(url, status), day(7))
    see(store, run, 0)
    figure = figure_finding("figure")
    store.findings.save_document_result(document.id, run, "key", [], [figure], Coverage(), day(0))
    return store


def see(store, run, at, *more, codes=None):
    codes = codes or {}
    links = [link_finding(url, codes.get(url, BLOCKED)) for url in (A, B, C, *more)]
    store.findings.save_link_findings(run, links, [], day(at))


def rule(**more) -> NewRule:
    more = {"code": BLOCKED, "host": "a.test", "why": "they never let us in", "reviewer": "ann"} | more
    return NewRule(request_token=f"token {sorted(more.items(), key=str)}", **more)


def states(store) -> dict[str, FindingState]:
    return {found.finding.fingerprint.removeprefix("link "): found.state for found in store.findings.list(now=day(2))}


def queue(store, **wanted) -> list[str]:
    return [entry.fingerprint.removeprefix("link ") for entry in store.queue.page(QueueFilter(**wanted))]


@pytest.mark.parametrize(
    ("more", "quiet"),
    [
        ({}, {A, B}),
        ({"http_status": 403}, {A}),
        ({"http_status": 404}, set()),
        ({"host": "test"}, set()),
        ({"host": None, "url": C}, {C}),
        ({"host": None, "url": C, "http_status": 401}, set()),
        ({"code": BROKEN}, set()),
        ({"code": FindingCode.FIGURE_DISAGREES}, set()),
    ],
)
def test_a_rule_is_applied_at_once_to_what_it_names(filled, more, quiet):
    wanted = rule(**more)
    assert len(filled.rules.which(wanted)) == len(quiet)
    rule_id, made = filled.rules.set(wanted, day(1))
    assert made == len(quiet)
    assert {name for name, state in states(filled).items() if state is QUIET} == quiet
    assert set(queue(filled, state=QUIET)) == set(queue(filled, state=QUIET, rule=rule_id)) == quiet
    assert filled.rules.find(rule_id).quiet == len(quiet)


def test_a_rule_is_about_one_place(filled):
    with pytest.raises(StoreError):
        filled.rules.set(rule(host=None), day(1))
    with pytest.raises(StoreError):
        filled.rules.set(rule(url=A), day(1))


def test_a_double_click_is_one_rule(filled):
    first = filled.rules.set(rule(), day(1))
    assert filled.rules.set(rule(), day(1)) == (first[0], 0)
    assert len(filled.rules.all()) == 1


def test_a_rule_says_who_and_why_beside_the_finding(filled):
    rule_id, _ = filled.rules.set(rule(expires_at=day(9)), day(1))
    review = filled.desk.finding(f"link {A}", day(2)).latest
    assert (review.decision, review.reviewer, review.note) == (Decision.QUIET, "ann", "they never let us in")
    assert (review.rule_id, review.expires_at) == (rule_id, day(9))


def test_what_a_run_saves_is_quiet_too(filled):
    new = "http://a.test/new"
    filled.rules.set(rule(), day(1))
    run = filled.runs.begin("nightly", ["2"], day(2)).id
    filled.links.record_check(run, checked(new), day(7))
    see(filled, run, 2, new)
    assert states(filled)[new] is QUIET
    assert filled.findings.new_accusations(run) == 0


def test_another_accusation_is_never_hidden(filled):
    filled.rules.set(rule(), day(1))
    run = filled.runs.begin("nightly", ["2"], day(2)).id
    see(filled, run, 2, codes={A: BROKEN})
    assert states(filled) == {A: OPEN, B: QUIET, C: OPEN, "figure": OPEN}
    assert filled.findings.new_accusations(run) == 1
    assert filled.desk.finding(f"link {A}", day(2)).latest.reviewer == PROGRAM
    see(filled, run, 3)
    assert states(filled)[A] is QUIET, "it is blocked again, as the rule says"


def test_another_answer_is_never_hidden(filled):
    filled.rules.set(rule(http_status=403), day(1))
    run = filled.runs.begin("nightly", ["2"], day(2)).id
    filled.links.record_check(run, answered(A, 451, 2), day(9))
    see(filled, run, 2)
    assert states(filled)[A] is OPEN


def test_a_rule_that_names_an_accusation_keeps_that_quiet(filled):
    run = filled.runs.begin("nightly", ["2"], day(2)).id
    filled.rules.set(rule(code=BROKEN), day(1))
    see(filled, run, 2, codes={A: BROKEN})
    assert states(filled)[A] is QUIET
    assert filled.findings.new_accusations(run) == 0


def test_a_rule_ends_on_its_day(filled):
    filled.rules.set(rule(expires_at=day(5)), day(1))
    assert [one.quiet for one in filled.rules.counting(day(4))] == [2]
    assert filled.rules.counting(day(5)) == []
    filled.queue.bring_up_to_date(day(5))
    assert queue(filled, state=QUIET) == []
    see(filled, filled.runs.begin("nightly", ["2"], day(6)).id, 6)
    assert set(queue(filled, code=BLOCKED)) == {A, B, C}


def test_a_rule_is_ended_once(filled):
    rule_id, _ = filled.rules.set(rule(), day(1))
    assert filled.rules.end(rule_id, "ben", day(2)) == 2
    assert filled.rules.end(rule_id, "ben", day(2)) is None
    assert filled.rules.end("no such rule", "ben", day(2)) is None
    assert set(states(filled).values()) == {OPEN}
    assert (filled.rules.find(rule_id).ended_by, filled.rules.counting(day(2))) == ("ben", [])
    see(filled, filled.runs.begin("nightly", ["2"], day(3)).id, 3)
    assert set(states(filled).values()) == {OPEN}


def test_where_two_rules_say_the_same_the_other_goes_on(filled):
    first, _ = filled.rules.set(rule(), day(1))
    second, made = filled.rules.set(rule(http_status=403), day(1.1))
    assert made == 0
    filled.rules.end(first, "ben", day(1.5))
    assert set(queue(filled, state=QUIET, rule=second)) == {A}


def test_what_a_person_decided_is_left_alone(filled):
    filled.findings.add_review(f"link {A}", Decision.ACCEPT, "ben", "", "t1", day(0.5))
    rule_id, made = filled.rules.set(rule(), day(1))
    assert made == 1
    assert states(filled)[A] is FindingState.ACCEPTED
    filled.rules.end(rule_id, "ann", day(2))
    assert states(filled)[A] is FindingState.ACCEPTED


def test_what_a_person_opened_again_stays_open(filled):
    filled.rules.set(rule(), day(1))
    filled.findings.add_review(f"link {A}", Decision.REOPEN, "ben", "I want to see it", "t1", day(1.5))
    see(filled, filled.runs.begin("nightly", ["2"], day(2)).id, 2)
    assert (states(filled)[A], states(filled)[B]) == (OPEN, QUIET)


def test_an_undo_does_not_bring_an_ended_rule_back(filled):
    rule_id, _ = filled.rules.set(rule(), day(1))
    made = filled.findings.add_review(f"link {A}", Decision.ACCEPT, "ben", "", "t1", day(1.2))
    filled.findings.undo_review(made, "ben", "undo", day(1.3))
    assert states(filled)[A] is QUIET
    again = filled.findings.add_review(f"link {A}", Decision.ACCEPT, "ben", "", "t2", day(1.4))
    filled.rules.end(rule_id, "ann", day(1.5))
    filled.findings.undo_review(again, "ben", "undo 2", day(1.6))
    assert states(filled)[A] is OPEN


def test_a_link_that_answers_again_is_not_quiet_but_closed(filled):
    filled.rules.set(rule(), day(1))
    filled.findings.save_link_findings(1, [], [A], day(1.5))
    assert states(filled)[A] is FindingState.CLOSED
    assert queue(filled, state=QUIET) == [B]
    assert [one.quiet for one in filled.rules.all()] == [1]


def test_a_rule_goes_part_by_part_and_is_ended_last(filled, monkeypatch):
    monkeypatch.setattr(db.rules, "PART", 1)
    monkeypatch.setattr(db.rules, "REST", 0)
    rule_id, made = filled.rules.set(rule(), day(1))
    assert made == 2
    begun = []
    reopened = db.rules.write_reviews

    def interrupted(*given, **more):
        if begun:
            raise KeyboardInterrupt
        begun.append(1)
        return reopened(*given, **more)

    monkeypatch.setattr(db.rules, "write_reviews", interrupted)
    with pytest.raises(KeyboardInterrupt):
        filled.rules.end(rule_id, "ben", day(2))
    assert filled.rules.find(rule_id).ended_at is None, "what it still keeps quiet has a rule that one can see and end"
    assert filled.rules.find(rule_id).quiet == 1
    monkeypatch.setattr(db.rules, "write_reviews", reopened)
    assert filled.rules.end(rule_id, "ben", day(2)) == 1
    assert set(states(filled).values()) == {OPEN}


def test_a_changed_rule_is_a_new_version_that_takes_over(filled):
    old, _ = filled.rules.set(rule(), day(1))
    new, quiet = filled.rules.change(old, rule(host=None, below="http://a.test/1", why="only this"), day(2))
    assert (states(filled)[A], states(filled)[B], quiet) == (QUIET, OPEN, 1)
    assert filled.rules.find(old).ended_by == "ann"
    assert (filled.rules.find(new).replaces, filled.rules.find(old).ever, filled.rules.find(new).ever) == (old, 2, 1)
    assert filled.desk.finding(f"link {A}", day(3)).latest.note == "only this"
    assert set(queue(filled, state=None, rule=old)) == {A, B}, "what it ever did can be seen"
    assert filled.rules.change(old, rule(), day(3)) is None
    assert filled.rules.change("no such rule", rule(), day(3)) is None
    wider, quiet = filled.rules.change(new, rule(host="test", subdomains=True), day(3))
    assert quiet == 3
    assert queue(filled, state=QUIET, rule=wider)


def test_what_a_person_opened_again_stays_open_when_the_rule_is_changed(filled):
    old, _ = filled.rules.set(rule(), day(1))
    filled.findings.add_review(f"link {A}", Decision.REOPEN, "ben", "I want to see it", "t1", day(1.5))
    filled.rules.change(old, rule(http_status=None, why="another reason"), day(2))
    assert (states(filled)[A], states(filled)[B]) == (OPEN, QUIET)


def test_a_reason_is_that_of_the_last_answer(filled):
    assert len(filled.rules.which(rule(reason=LinkReason.FORBIDDEN))) == 2
    assert len(filled.rules.which(rule(reason=LinkReason.PAYWALL))) == 0


def test_a_link_that_another_document_prints_too_is_quiet_no_more(filled):
    own = filled.documents.known_places()
    document = filled.documents.record_edition("papers", "a.pdf", "sha", day(0))
    assert own
    filled.rules.set(rule(document_id=document.id, host=None), day(1))
    assert queue(filled, state=QUIET) == [A, B, C]
    publish(filled, "b.pdf", "other", note(1, [B]), now=day(2))
    assert states(filled)[B] is OPEN
    assert set(queue(filled, state=QUIET)) == {A, C}
