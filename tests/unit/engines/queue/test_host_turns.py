"""Politeness over all workers: in this process first, then in the store; what another worker holds is passed over."""

import threading
from dataclasses import dataclass, field

import pytest

from verifier.engines.queue import host_turns
from verifier.engines.queue.host_turns import SharedRateLimiter
from verifier.resolver import HostAsksToWait
from verifier.resolver.http.rate_limit import look_before_sending
from verifier.settings import FetchSettings


@dataclass
class Turns:
    """The store's side, by hand: `held` hosts are another worker's, `waits` are what is answered one by one."""

    held: set[str] = field(default_factory=set)
    waits: list[float] = field(default_factory=list)
    said: list[tuple[object, ...]] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)
    freed: list[tuple[str, float]] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    confirmed: list[str] = field(default_factory=list)

    def begin(self, host, pause):
        self.said.append(("begin", host, pause))
        if host in self.held:
            return None
        return self.waits.pop(0) if self.waits else 0.0

    def start(self, host, pause):
        self.said.append(("start", host, pause))
        return self.waits.pop(0) if self.waits else 0.0

    def postpone(self, host, seconds):
        self.said.append(("postpone", host, seconds))

    def end(self, host, pause):
        self.said.append(("end", host, pause))

    def close(self):
        self.said.append(("close",))

    def free(self, host, silent):
        self.freed.append((host, silent))
        self.held.difference_update(self.silent)

    def confirm(self, host, pause):
        self.confirmed.append(host)
        return host not in self.lost


@pytest.fixture
def turns():
    return Turns()


@pytest.fixture
def limiter(turns, monkeypatch):
    monkeypatch.setattr(host_turns, "_HELD", 0.0)
    return SharedRateLimiter(FetchSettings(pause=0.0, retry_after_cap=5.0), turns)


def test_a_turn_is_taken_started_and_ended(limiter, turns):
    with limiter.turn("a.test"):
        assert turns.said == [("begin", "a.test", 0.0)], "one journey"
    assert turns.said[1:] == [("end", "a.test", 0.0)]


def test_it_is_ended_when_the_request_fails(limiter, turns):
    with pytest.raises(ZeroDivisionError), limiter.turn("a.test"):
        raise ZeroDivisionError
    assert turns.said[-1] == ("end", "a.test", 0.0)


def test_a_pause_that_others_began_is_waited_for(limiter, turns):
    turns.waits = [0.01, 0.01]
    with limiter.turn("a.test"):
        assert [word for word, *_ in turns.said] == ["begin", "start", "start"]


def test_a_host_that_wants_a_long_silence_of_others_is_not_asked(limiter, turns):
    turns.waits = [60.0]
    with pytest.raises(HostAsksToWait, match="60 more seconds"), limiter.turn("a.test"):
        pytest.fail("it was asked")
    assert turns.said[-1] == ("end", "a.test", None), "let go of, without another pause"


def test_a_host_that_another_worker_holds_is_passed_over_and_remembered(limiter, turns):
    turns.held = {"a.test"}
    with pytest.raises(HostAsksToWait, match="another worker"), limiter.turn("a.test"):
        pytest.fail("it was asked")
    assert limiter.is_held(["a.test", "b.test"])
    looked = len(turns.said)
    with pytest.raises(HostAsksToWait), limiter.turn("a.test"):
        pytest.fail("it was asked")
    assert len(turns.said) == looked, "not looked at again at once"
    assert not limiter.is_held(["b.test"])


def test_silence_and_crawl_delays_reach_the_store(limiter, turns):
    limiter.postpone("a.test", 0.01)
    limiter.slow_down("a.test", 0.02)
    assert limiter.pause_of("a.test") == 0.02
    with limiter.turn("a.test"):
        pass
    assert turns.said == [
        ("postpone", "a.test", 0.01),
        ("begin", "a.test", 0.02),
        ("end", "a.test", 0.02),
    ]


def test_one_request_at_a_time_in_this_process(limiter, turns):
    inside, most = [], []

    def ask():
        with limiter.turn("a.test"):
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1


def test_a_host_of_a_worker_without_a_sign_of_life_is_taken_from_it(turns):
    turns.held, turns.silent = {"a.test"}, {"a.test"}
    limiter = SharedRateLimiter(FetchSettings(pause=0.0), turns, lease=90.0)
    with limiter.turn("a.test"):
        assert turns.freed == [("a.test", 90.0)]


def test_what_is_sent_at_once_is_not_looked_at_again(limiter, turns, monkeypatch):
    monkeypatch.setattr(host_turns, "_now", lambda: 5.0)
    turns.lost = {"a.test"}
    with limiter.turn("a.test"):
        look_before_sending()
    assert turns.confirmed == []


def test_a_request_is_not_sent_when_the_turn_was_lost_since_it_began(limiter, turns, monkeypatch):
    times = iter([0.0, 300.0, 300.0, 600.0])
    monkeypatch.setattr(host_turns, "_now", lambda: next(times))
    turns.lost = {"a.test"}
    with pytest.raises(HostAsksToWait, match="did not go on"), limiter.turn("a.test"):
        look_before_sending()
        pytest.fail("it was sent")
    turns.lost = set()
    with limiter.turn("a.test"):
        look_before_sending()
    assert turns.confirmed == ["a.test", "a.test"]
    look_before_sending()  # outside of a turn there is nothing to look at
