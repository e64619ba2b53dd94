"""Whether a worker's own machine reaches the web, so that its silence is never taken for that of the hosts.

That a host did not answer is believed of a worker only once that worker was answered by another host, by a request
that began later. Where none comes by itself, hosts that have answered in this run are asked once more. When none of
those answers either it is our own network: what was held back is not kept, the addresses go to other workers, and
nothing more is asked from here until one of those hosts answers again.
"""

import random
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from enum import Enum, auto

from verifier.model import LinkCheck
from verifier.resolver import HostAsksToWait, host_of
from verifier.runs.circuit_breaker import HostSign, host_sign
from verifier.runs.notify.log import Event, log_event

MOST_ASKED = 3
"""Hosts that are asked before their silence counts as ours."""

_REMEMBERED = 30
"""Addresses that answered here, of as many hosts: any of them may be asked."""

_LOOK_AGAIN = 15.0
"""Seconds between two looks whether a network that was away is back."""

Ask = Callable[[str], bool]
"""Whether anything answers at an address; raises HostAsksToWait."""

AnsweredInRun = Callable[[int], Iterable[str]]
"""So many addresses, of as many hosts, that answered any worker in this run."""


class Reach(Enum):
    """What can be said of a silence."""

    ONLINE = auto()
    OFFLINE = auto()
    UNKNOWN = auto()
    """Nobody was ever answered in this run: the circuit breaker over all workers judges that."""
    BUSY = auto()
    """All that could be asked want to be left alone."""


class OwnNetwork:
    """What one worker knows of its own network in one run; thread-safe. Moments are of `time.monotonic`."""

    def __init__(self, ask: Ask, answered_in_run: AnsweredInRun, clock: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._answered_in_run = answered_in_run
        self.clock = clock
        self._lock = threading.Lock()
        self._asking = threading.Lock()
        self._answering: OrderedDict[str, str] = OrderedDict()
        self._proven = float("-inf")
        self._doubtful = float("-inf")
        self._offline = False
        self._next_look = float("-inf")

    @property
    def is_offline(self) -> bool:
        """Whether nothing is to be asked from here."""
        return self._offline

    def saw(self, check: LinkCheck, began: float) -> None:
        """A check that began at a moment has come to its end."""
        if host_sign(check) is HostSign.ANSWERED:
            with self._lock:
                self._proven = max(self._proven, began)
                self._answering[check.host] = check.address
                self._answering.move_to_end(check.host)
                while len(self._answering) > _REMEMBERED:
                    self._answering.popitem(last=False)

    def is_proven(self, moment: float) -> bool:
        """Whether this worker was answered after a moment, and its network was not away at it."""
        return not self._offline and self._doubtful < moment <= self._proven

    def judge(self, moment: float, silent: Iterable[str] = ()) -> Reach:
        """What hosts that were `silent` until a moment say: asks others, where no answer came by itself."""
        with self._asking:
            if self._offline or moment <= self._doubtful:
                return Reach.OFFLINE
            if self.is_proven(moment):
                return Reach.ONLINE
            found = self._ask_others(frozenset(silent))
            if found is Reach.OFFLINE:
                self._went_offline()
            return found

    def look_again(self) -> None:
        """Where the network was away: see whether it is back, now and then."""
        if not self._offline or self.clock() < self._next_look:
            return
        with self._asking:
            if self._offline and self._ask_others(frozenset()) is Reach.ONLINE:
                self._offline = False
                self._doubtful = self.clock()
                log_event(Event.WORKER_ONLINE)
            self._next_look = self.clock() + _LOOK_AGAIN

    def _went_offline(self) -> None:
        self._offline = True
        self._doubtful = self.clock()
        self._next_look = self.clock() + _LOOK_AGAIN
        log_event(Event.WORKER_OFFLINE)

    def _ask_others(self, silent: frozenset[str]) -> Reach:
        """Ask hosts that answered before: here, where any did, else any other worker."""
        asked, candidates = 0, self._candidates(silent)
        for address in candidates:
            began = self.clock()
            try:
                answers = self._ask(address)
            except HostAsksToWait:
                continue
            if answers:
                with self._lock:
                    self._proven = max(self._proven, began)
                return Reach.ONLINE
            asked += 1
            if asked == MOST_ASKED:
                break
        if asked:
            return Reach.OFFLINE
        return Reach.BUSY if candidates else Reach.UNKNOWN

    def _candidates(self, silent: frozenset[str]) -> list[str]:
        with self._lock:
            here = [address for host, address in self._answering.items() if host not in silent]
        random.shuffle(here)
        known = {host_of(address) for address in here} | silent
        others = [address for address in self._answered_in_run(3 * MOST_ASKED) if host_of(address) not in known]
        return here[:MOST_ASKED] + others if len(here) < MOST_ASKED else here
