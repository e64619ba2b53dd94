"""Several processes that serve one desk by one listening socket, begun and watched over by the process that bound it.

One Python process keeps one processor busy; readers of a large desk need more. Each process has connections of its own
to the store; what they must know together is in files (`verifier.review.shared_record`, `verifier.review.sessions`).
"""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from verifier.errors import VerifierError

_SOON = 5.0
"""Seconds: a process that ends sooner than that after it began is not begun again for ever."""

_MOST_SOON = 5
"""So many such ends in a row end the desk."""

_PATIENCE = 10.0
"""Seconds that processes have to end in order."""

_log = logging.getLogger("verifier.review")


def can_share() -> bool:
    """Whether processes can share a listening socket here by being forked (POSIX)."""
    return hasattr(os, "fork")


class Processes:
    """`count` processes that each carry out `serve`, given its number from 0; one that ends is begun again.

    To be used where no other thread runs, and signals arrive: `serve` is carried out in forked copies of this process.
    """

    def __init__(self, count: int, serve: Callable[[int], None]) -> None:
        self._count = count
        self._serve = serve
        self._began: dict[int, tuple[int, float]] = {}
        # Nothing is ever written: it reads as ended when this process has ended, however that came about.
        self._life, self._held = os.pipe()

    def run(self) -> None:
        """Serve until KeyboardInterrupt, which is passed on when all have ended.

        Raises VerifierError when processes end as soon as they begin.
        """
        ended_soon = 0
        try:
            while True:
                at_work = {number for number, _ in self._began.values()}
                for number in sorted(set(range(self._count)) - at_work):
                    self._begin(number)
                process, status = os.wait()
                known = self._began.pop(process, None)
                if known is None:
                    continue
                began = known[1]
                code = os.waitstatus_to_exitcode(status)
                _log.warning("a process of the desk ended (exit code %s); another takes its place", code)
                ended_soon = ended_soon + 1 if time.monotonic() - began < _SOON else 0
                if ended_soon >= _MOST_SOON:
                    raise VerifierError("the processes of the desk end as soon as they begin; see the lines above")
        finally:
            self._end()

    def _begin(self, number: int) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process:
            self._began[process] = (number, time.monotonic())
            return
        code = 1
        try:
            os.close(self._held)
            # Ctrl-C reaches all processes of a terminal: the one that watches over the others ends them in order. No
            # SIG_IGN, which the programs that this process starts would inherit.
            signal.signal(signal.SIGINT, lambda *_: None)
            signal.signal(signal.SIGTERM, _interrupt)
            threading.Thread(target=self._end_with_parent, name="life", daemon=True).start()
            self._serve(number)
            code = 0
        except KeyboardInterrupt:
            code = 0
        except Exception:  # noqa: BLE001 - the outermost boundary of this process
            _log.exception("a process of the desk failed")
        finally:
            os._exit(code)  # nothing of its parent's is run on the way out

    def _end_with_parent(self) -> None:
        os.read(self._life, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def _end(self) -> None:
        for process in self._began:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)
        until = time.monotonic() + _PATIENCE
        while self._began:
            for process in list(self._began):
                ended, _ = os.waitpid(process, os.WNOHANG)
                if ended:
                    del self._began[process]
                elif time.monotonic() > until:
                    os.kill(process, signal.SIGKILL)
            time.sleep(0.02)
        os.close(self._life)
        os.close(self._held)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
