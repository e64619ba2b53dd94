"""How the cited sources stood after each run."""

from tests.support.stores import checked, day, note, publish
from verifier.model import Coverage, LinkReason, LinkStatus, RunState

A, B, C, UNCITED = (f"http://{name}.example.test/" for name in ("a", "b", "c", "uncited"))


def night(store, number, checks, state=RunState.FINISHED):
    run = store.runs.begin("nightly", [], day(number))
    for url, status in checks.items():
        store.links.record_check(run.id, checked(url, status, LinkReason.SERVED, day(number)), None)
    store.runs.finish(run.id, state, Coverage(), day(number + 0.1))
    return run.id


def test_an_address_that_was_not_asked_stands_as_it_last_did(store):
    publish(store, "a.pdf", "sha a", note(1, [A, B]), note(2, [C]))
    first = night(store, 0, {A: LinkStatus.OK, B: LinkStatus.OK, UNCITED: LinkStatus.BROKEN})
    second = night(store, 1, {B: LinkStatus.BROKEN})
    night(store, 2, {A: LinkStatus.UNREACHABLE, B: LinkStatus.UNREACHABLE}, RunState.NETWORK_DOWN)
    fourth = night(store, 3, {C: LinkStatus.MOVED, B: LinkStatus.OK})
    night(store, 4, {})
    health = store.health.over_time()
    assert [(h.run_id, h.at, dict(h.statuses), h.checked) for h in health] == [
        (first, day(0.1), {LinkStatus.OK: 2}, 2),
        (second, day(1.1), {LinkStatus.OK: 1, LinkStatus.BROKEN: 1}, 1),
        (fourth, day(3.1), {LinkStatus.OK: 2, LinkStatus.MOVED: 1}, 2),
    ]
    assert store.health.over_time(2) == health[1:]
    assert store.health.over_time(1) == health[2:]


def test_before_the_first_run_there_is_nothing(store):
    assert store.health.over_time() == []
