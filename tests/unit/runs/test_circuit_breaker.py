"""When is it our own network? Cases by hosts tried and what became of them."""

import pytest

from verifier.model import Fetch, Judgement, LinkCheck, LinkReason, LinkStatus, Outcome
from verifier.runs import circuit_breaker as health
from verifier.runs.circuit_breaker import NetworkHealth


def check(host: str, outcome: Outcome) -> LinkCheck:
    judgement = Judgement(LinkStatus.UNREACHABLE, LinkReason.TIMEOUT, None, None)
    return LinkCheck(f"http://{host}/", host, Fetch(f"http://{host}/", outcome), judgement)


def seen(*outcomes: tuple[str, Outcome], planned: int = 0) -> NetworkHealth:
    asked = {host for host, _ in outcomes}
    state = NetworkHealth(asked | {f"later{n}.example.test" for n in range(planned - len(asked))})
    for host, outcome in outcomes:
        state.see(check(host, outcome))
    return state


def hosts(count: int, outcome: Outcome, start: int = 0) -> list[tuple[str, Outcome]]:
    return [(f"h{n}.example.test", outcome) for n in range(start, start + count)]


@pytest.fixture(autouse=True)
def names_resolve(monkeypatch):
    monkeypatch.setattr(health, "_names_resolve", lambda: True)


@pytest.mark.parametrize(
    ("outcomes", "down"),
    [
        ([], False),
        (hosts(5, Outcome.NO_SUCH_HOST), True),
        (hosts(4, Outcome.NO_SUCH_HOST), False),
        (hosts(4, Outcome.TIMEOUT) + hosts(1, Outcome.RESPONSE, 4), True),
        (hosts(3, Outcome.TIMEOUT) + hosts(2, Outcome.RESPONSE, 3), False),
        (hosts(8, Outcome.CONNECTION_REFUSED) + hosts(3, Outcome.RESPONSE, 8), False),
        (hosts(5, Outcome.TLS_EXPIRED), False),
        (hosts(5, Outcome.MALFORMED_ADDRESS), False),
        ([("one.example.test", Outcome.TIMEOUT)] * 9, False),
        ([*hosts(5, Outcome.TIMEOUT), *hosts(5, Outcome.RESPONSE)], False),
    ],
)
def test_down_is_five_hosts_and_four_fifths_of_them(outcomes, down):
    assert seen(*outcomes).is_down() is down


def test_few_hosts_that_do_not_resolve_are_our_network_only_when_well_known_names_do_not_either(monkeypatch):
    state = seen(*hosts(2, Outcome.NO_SUCH_HOST))
    assert not state.is_down()
    monkeypatch.setattr(health, "_names_resolve", lambda: False)
    assert state.is_down()
    assert not seen(*hosts(2, Outcome.CONNECTION_REFUSED)).is_down()


@pytest.mark.parametrize(
    ("silent", "answered", "planned", "stop"),
    [
        (16, 0, 20, True),
        (15, 0, 20, False),
        (8, 2, 30, False),
        (24, 2, 30, True),
        (4, 0, 4, False),
        (5, 0, 5, True),
    ],
)
def test_the_run_stops_early_only_when_the_hosts_left_cannot_change_it(silent, answered, planned, stop):
    outcomes = hosts(silent, Outcome.TIMEOUT) + hosts(answered, Outcome.RESPONSE, silent)
    assert seen(*outcomes, planned=planned).plainly_down is stop


def test_hosts_that_tell_nothing_of_our_network_do_not_count():
    state = NetworkHealth({"h0.example.test"})
    for host, outcome in [*hosts(1, Outcome.RESPONSE), *hosts(9, Outcome.RESOLVER_FAILURE, 1)]:
        state.see(check(host, outcome))
    assert not state.is_down()
    assert not state.plainly_down
