"""A process that is stopped between the start of a turn and its request does not send it once another had the turn."""

import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from tests.support.loopback import Answer, Loopback
from tests.support.shared_stores import needs_postgresql, shared
from tests.support.waiting import wait_until
from verifier.engines.queue.host_turns import SharedRateLimiter
from verifier.settings import FetchSettings

__all__ = ["shared"]

pytestmark = [pytest.mark.postgresql, needs_postgresql]

ASKING = """
import os, signal, socket, sys
from db.store import Store
from verifier.engines.queue.host_turns import SharedRateLimiter
from verifier.errors import VerifierError
from verifier.resolver.http.connection import GuardedConnection, Limits
from verifier.resolver.http.time_budget import TimeBudget
from verifier.resolver.sources.urls import Address
from verifier.settings import FetchSettings

store_url, port, stop = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "stop"
budget = TimeBudget(600)
budget.start()
with Store.open(store_url) as store:
    limiter = SharedRateLimiter(FetchSettings(pause=0.0), store.host_turns(0.1), lease=1.0)
    try:
        with limiter.turn("a.test"):
            address = Address("http", "a.test", port, "/stopped")
            sock = socket.create_connection(("127.0.0.1", port))
            connection = GuardedConnection.over(sock, address, Limits(5, 600, budget), None, ip="127.0.0.1")
            print("ready", flush=True)
            if stop:
                os.kill(os.getpid(), signal.SIGSTOP)
            connection.ask("/stopped", (("Host", "a.test"),), budget)
        print("sent")
    except VerifierError as error:
        print("not sent:", error)
    finally:
        limiter.close()
"""


@pytest.mark.parametrize("stop", [True, False])
def test_who_was_stopped_before_it_sent_asks_nobody(shared, stop):
    with Loopback(lambda host, path: Answer(200, "here")) as web:
        port = str(urlsplit(f"//{next(iter(web.hosts.values()))}").port)
        process = subprocess.Popen(
            [sys.executable, "-c", ASKING, shared.url, port, "stop" if stop else "go on"],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stdout.readline() == "ready\n"
            if stop:
                wait_until(lambda: os.waitpid(process.pid, os.WUNTRACED | os.WNOHANG)[1])
                limiter = SharedRateLimiter(FetchSettings(pause=0.0), shared.store.host_turns(0.1), lease=1.0)
                with limiter.turn("a.test"):  # waits until the other one gave no sign of life for a second
                    process.send_signal(signal.SIGCONT)
                    said = process.communicate(timeout=300)[0]
                limiter.close()
            else:
                said = process.communicate(timeout=300)[0]
        finally:
            process.kill()
            process.wait()
        assert said.startswith("not sent" if stop else "sent"), said
        assert web.asked == ({} if stop else {"http://a.test/stopped": 1})
