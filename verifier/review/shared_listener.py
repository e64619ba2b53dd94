"""A listening socket that several processes accept from, so that each gets about as many connections as the others.

Browsers keep their connections open, and what comes by one is answered by the process that accepted it. Left to
themselves, the process that wakes first accepts them all, and another processor stays idle.
"""

import errno
import mmap
import select
import socket
import struct
import threading
import time
from typing import Any, Self

_SLOT = struct.Struct("i")
_UNUSED = -1

_GIVE_WAY = 0.02
"""Seconds at most that a process with more connections than another leaves a new one to that."""

_STEP = 0.001
"""Seconds between two looks whether it was taken."""


class ConnectionCounts:
    """How many connections each of some processes has open, in memory that they share by being forked."""

    def __init__(self, processes: int) -> None:
        self._memory = mmap.mmap(-1, _SLOT.size * processes)
        self._numbers = range(processes)
        self._own: int | None = None
        self._lock = threading.Lock()
        for number in self._numbers:
            self._write(number, _UNUSED)

    def claim(self, number: int) -> None:
        """Count for this process from now on: it is the one of that number, and has none open."""
        self._own = number
        self._write(number, 0)

    def add(self, change: int) -> None:
        """So many more connections of this process are open."""
        with self._lock:
            if self._own is not None:
                self._write(self._own, self._read(self._own) + change)

    @property
    def has_most(self) -> bool:
        """Whether another process that serves has fewer connections open than this one."""
        if self._own is None:
            return False
        others = [self._read(number) for number in self._numbers if number != self._own]
        return any(_UNUSED < count < self._read(self._own) for count in others)

    def _read(self, number: int) -> int:
        count: int = _SLOT.unpack_from(self._memory, number * _SLOT.size)[0]
        return count

    def _write(self, number: int, count: int) -> None:
        _SLOT.pack_into(self._memory, number * _SLOT.size, count)


class SharedListener(socket.socket):
    """A listening socket; with `counts`, one that leaves new connections to processes that have fewer."""

    counts: ConnectionCounts | None = None

    def accept(self) -> tuple[socket.socket, Any]:
        """As of every socket; raises BlockingIOError too where another process took the connection."""
        if self.counts is None:
            return super().accept()
        self._give_way(self.counts)
        accepted, address = super().accept()
        return _CountedConnection.of(accepted, self.counts), address

    def _give_way(self, counts: ConnectionCounts) -> None:
        until = time.monotonic() + _GIVE_WAY
        while counts.has_most and time.monotonic() < until:
            time.sleep(_STEP)
            if not select.select([self], [], [], 0)[0]:
                raise BlockingIOError(errno.EWOULDBLOCK, "another process took it")


class _CountedConnection(socket.socket):
    """A connection that counts as open until it is closed."""

    _counts: ConnectionCounts | None = None

    @classmethod
    def of(cls, accepted: socket.socket, counts: ConnectionCounts) -> Self:
        timeout = accepted.gettimeout()
        made = cls(accepted.family, accepted.type, accepted.proto, fileno=accepted.detach())
        made.settimeout(timeout)
        made._counts = counts
        counts.add(1)
        return made

    def close(self) -> None:
        """Close it, once."""
        counts, self._counts = self._counts, None
        if counts is not None:
            counts.add(-1)
        super().close()
