"""Connections are shared out among processes evenly, and one that does not accept keeps none from being served."""

import socket
import subprocess
import sys
from collections import Counter

import pytest

from verifier.review.processes import can_share
from verifier.review.shared_listener import ConnectionCounts, SharedListener

pytestmark = pytest.mark.skipif(not can_share(), reason="no process can be forked here")

TELLS_ITS_NUMBER = """
import os, select, sys, time
from verifier.review import shared_listener
from verifier.review.shared_listener import ConnectionCounts, SharedListener

shared_listener._GIVE_WAY = float(sys.argv[1])
idle = set(sys.argv[2:])
listener, counts = SharedListener(), ConnectionCounts(2)
listener.bind(("127.0.0.1", 0))
listener.listen(100)
listener.setblocking(False)
listener.counts = counts
read, write = os.pipe()
for number in range(2):
    if os.fork() == 0:
        counts.claim(number)
        os.write(write, b".")
        kept = []
        while str(number) in idle:
            time.sleep(60)
        while True:
            select.select([listener], [], [])
            try:
                connection, _ = listener.accept()
            except BlockingIOError:
                continue
            connection.sendall(str(number).encode())
            kept.append(connection)
while len(os.read(read, 1)) and not (counts._read(0) == counts._read(1) == 0):
    pass
print(listener.getsockname()[1], flush=True)
sys.stdin.read()
os.killpg(0, 9)
"""


def served_by(*arguments: str, connections: int) -> Counter[str]:
    """How many of so many connections each of two processes took, by its number."""
    command = [sys.executable, "-c", TELLS_ITS_NUMBER, *arguments]
    kept, numbers = [], []
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        port = int(process.stdout.readline())
        for _ in range(connections):
            kept.append(socket.create_connection(("127.0.0.1", port), timeout=120))
            numbers.append(kept[-1].recv(1).decode())
        process.stdin.close()
    for connection in kept:
        connection.close()
    return Counter(numbers)


def test_each_process_gets_as_many_as_the_other():
    assert served_by("120", connections=20) == {"0": 10, "1": 10}


def test_one_that_does_not_accept_holds_nothing_up():
    assert served_by("0.02", "1", connections=6) == {"0": 6}


def test_what_is_closed_does_not_count_any_more():
    counts = ConnectionCounts(2)
    counts.claim(0)
    listener = SharedListener()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    listener.counts = counts
    client = socket.create_connection(listener.getsockname())
    accepted, _ = listener.accept()
    assert accepted.gettimeout() is None
    assert (counts._read(0), counts._read(1)) == (1, -1)
    assert not counts.has_most, "the other does not serve yet"
    accepted.close()
    accepted.close()
    assert counts._read(0) == 0
    client.close()
    listener.close()


def test_a_listener_without_counts_is_any_other():
    with SharedListener() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
            assert type(accepted) is socket.socket
