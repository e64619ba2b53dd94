"""Politeness over all workers: in this process first, then in the store; what another worker holds is passed over."""

import threading
from dataclasses import dataclass, field

import pytest

from verifier.engines.queue import host_turns
from verifier.engines.queue.host_turns import SharedRateLimiter
from verifier.resolver import HostAsksToWait
from verifier.settings import FetchSettings


@dataclass
class Turns:
    """The store's side, by hand: `held` hosts are another worker's, `waits` are what is answered one by one."""

    held: set[str] = field(default_factory=set)
    waits: list[float] = field(default_factory=list)
    said: list[tuple[object, ...]] = field(default_factory=list)

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
