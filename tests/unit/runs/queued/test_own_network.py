"""A worker's own network: silence is believed only of a worker that was answered since, by whoever it was."""

from dataclasses import replace

import pytest

from tests.support.stores import checked
from verifier.model import Outcome
from verifier.resolver import HostAsksToWait
from verifier.runs.queued.own_network import MOST_ASKED, OwnNetwork, Reach


class Web:
    """What answers when a worker asks again, and who answered any worker in the run."""

    def __init__(self):
        self.now = 100.0
        self.asked = []
        self.silent = set()
        self.busy = set()
        self.in_run = []
        self.network = OwnNetwork(self.ask, lambda most: self.in_run[:most], lambda: self.now)

    def ask(self, address):
        self.asked.append(address)
        self.now += 1
        if address in self.busy:
            raise HostAsksToWait("later")
        return address not in self.silent

    def saw(self, address, outcome=Outcome.RESPONSE, began=None):
        check = checked(address)
        self.network.saw(
            replace(check, fetch=replace(check.fetch, outcome=outcome)), self.now if began is None else began
        )


@pytest.fixture
def web():
    return Web()


A, B, C, D = (f"http://{name}.test/1" for name in "abcd")


def test_an_answer_that_was_asked_for_later_proves_a_silence(web):
    web.saw(A, began=99.0)
    assert not web.network.is_proven(100.0), "the answer is older than the silence"
    web.saw(A, began=101.0)
    assert web.network.is_proven(100.0)
    assert web.network.judge(100.0) is Reach.ONLINE
    assert web.asked == []


def test_silence_of_others_proves_nothing(web):
    web.saw(A, Outcome.TIMEOUT, began=101.0)
    assert not web.network.is_proven(100.0)


def test_without_an_answer_a_host_that_answered_before_is_asked_again(web):
    web.saw(A, began=99.0)
    assert web.network.judge(100.0, ["b.test"]) is Reach.ONLINE
    assert web.asked == [A]
    assert web.network.judge(100.0, ["b.test"]) is Reach.ONLINE
    assert web.asked == [A], "the answer counts for all that were silent before it"


def test_the_silent_host_itself_is_not_asked_whether_we_are_online(web):
    web.saw(A, began=99.0)
    assert web.network.judge(100.0, ["a.test"]) is Reach.UNKNOWN
    assert web.asked == []


def test_where_none_of_several_answers_it_is_our_own_network(web):
    for address in (A, B, C, D):
        web.saw(address, began=99.0)
    web.silent = {A, B, C, D}
    assert web.network.judge(100.0, ["e.test"]) is Reach.OFFLINE
    assert len(web.asked) == MOST_ASKED
    assert web.network.is_offline
    assert web.network.judge(100.0, ["e.test"]) is Reach.OFFLINE
    assert len(web.asked) == MOST_ASKED, "nobody is asked again at once"


def test_one_of_several_that_answers_is_enough(web):
    for address in (A, B, C):
        web.saw(address, began=99.0)
    web.silent = {A, B}
    assert web.network.judge(100.0, ["e.test"]) is Reach.ONLINE


def test_a_worker_that_was_never_answered_asks_hosts_that_answered_others(web):
    web.in_run = [A, B]
    web.silent = {A, B}
    assert web.network.judge(100.0, ["e.test"]) is Reach.OFFLINE
    assert web.asked == [A, B]


def test_where_nobody_was_ever_answered_this_worker_judges_nothing(web):
    assert web.network.judge(100.0, ["e.test"]) is Reach.UNKNOWN
    assert not web.network.is_offline


def test_hosts_that_want_to_be_left_alone_say_nothing(web):
    web.saw(A, began=99.0)
    web.busy = {A}
    assert web.network.judge(100.0, ["e.test"]) is Reach.BUSY
    assert not web.network.is_offline


def test_what_fell_silent_while_the_network_was_away_stays_doubtful_once_it_is_back(web):
    web.saw(A, began=99.0)
    web.silent = {A}
    assert web.network.judge(100.0, ["e.test"]) is Reach.OFFLINE
    during = web.now
    web.now += 3600
    web.silent = set()
    web.network.look_again()
    assert not web.network.is_offline
    web.saw(A, began=web.now + 1)
    assert web.network.judge(during, ["e.test"]) is Reach.OFFLINE
    assert not web.network.is_proven(during)
    assert web.network.is_proven(web.now + 0.5)


def test_it_looks_again_now_and_then_only(web):
    web.saw(A, began=99.0)
    web.silent = {A}
    web.network.judge(100.0, ["e.test"])
    asked = len(web.asked)
    web.network.look_again()
    assert len(web.asked) == asked
    web.now += 3600
    web.network.look_again()
    assert len(web.asked) == asked + 1
    assert web.network.is_offline
