"""Serving the desk: on an address that is free, until somebody presses Ctrl-C."""

import errno
import gc
import logging
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any

from db.store import Store
from verifier.errors import SettingsError
from verifier.review.access import is_loopback
from verifier.review.app import create_app
from verifier.review.desk import AppState
from verifier.review.processes import Processes, can_share
from verifier.review.shared_listener import ConnectionCounts, SharedListener
from verifier.settings import ReviewSettings, Settings

_THREADS = 4


class Server:
    """The desk, bound to its address; `run` serves until it is interrupted or closed."""

    def __init__(self, settings: Settings, store: Store, job_command: Sequence[str]) -> None:
        """Raises SettingsError when the address is taken or not this machine's, or as `create_app` does."""
        # A queue of requests is no fault to log a line about for each of them: browsers wait.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._app = create_app(settings, store, job_command)
        self._state: AppState = self._app.extensions["verifier"]
        self._store = store
        self._sockets = _bound(settings.review)
        self.port: int = self._sockets[0].getsockname()[1]
        self._turn = threading.Lock()
        self._server: Any = None
        self._is_closed = False

    @property
    def address(self) -> str:
        """What to type into a browser."""
        review = self._state.settings.review
        host = f"[{review.host}]" if ":" in review.host else review.host
        return review.address or f"http://{host}:{self.port}"

    @property
    def welcome(self) -> str:
        """Where the desk is and who may come in, in a sentence or two."""
        if self._state.access.is_open:
            who = "Open to everybody on this machine, and to nobody else: it listens on loopback only."
        elif self._state.access.settings.trusted_header:
            who = "The proxy in front of it says who comes in."
        elif is_loopback(self._state.settings.review.host):
            who = "Named users log in; it listens on loopback only."
        else:
            who = "Named users log in; other machines reach it, so put https in front."
        return f"The desk: {self.address}\n{who} Stop it with Ctrl-C."

    def run(self, started: Callable[[], None] = lambda: None) -> None:
        """Serve by this process until Ctrl-C or `close`; jobs that are running then are ended, and taken up by the
        next run.
        """
        from waitress import create_server

        review = self._state.settings.review
        with self._turn:
            if self._is_closed:
                return
            self._server = create_server(
                self._app,
                sockets=self._sockets,
                threads=_THREADS,
                ident="",
                max_request_body_size=review.max_upload_bytes + 1_000_000,
                # Left in, so that a desk set up for no proxy notices one; `review.client` believes trusted ones alone.
                clear_untrusted_proxy_headers=False,
            )
        try:
            started()
            self._server.run()
        except KeyboardInterrupt:
            pass
        finally:
            self.close()

    def run_by_processes(self, started: Callable[[], None] = lambda: None) -> None:
        """Serve by as many processes as `review.processes` says until Ctrl-C; by this one where none can be forked."""
        _spare_the_collector()
        count = self._state.settings.review.processes
        if count == 1 or not can_share():
            self.run(started)
            return
        counts = ConnectionCounts(count)
        for one in self._sockets:
            one.listen(_WAITING)
            one.counts = counts

        def serve(number: int) -> None:
            counts.claim(number)
            self.run()

        self._store.let_go()
        started()
        try:
            Processes(count, serve).run()
        except KeyboardInterrupt:
            pass
        finally:
            self.close()

    def close(self) -> None:
        """Stop serving, also from another thread."""
        with self._turn:
            self._is_closed = True
            self._state.jobs.stop()
            if self._server is not None:
                self._server.close()
            for one in self._sockets:
                one.close()


def _spare_the_collector() -> None:
    """Have the search for garbage pass over what a desk is made of, and come by less often.

    A page makes ten thousands of small objects that end with it; looking through all others each time cost a seventh.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 20)


_NEW_OBJECTS = 10_000
"""Objects more than were let go of, after which garbage is looked for among the newest."""

_WAITING = 1024
"""Connections that may wait to be accepted."""


def _bound(review: ReviewSettings) -> list[SharedListener]:
    """Sockets bound to every address of the host. Raises SettingsError."""
    bound: list[SharedListener] = []
    port = review.port
    try:
        found = socket.getaddrinfo(review.host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, (address, _, *more) in dict.fromkeys(found):
            one = SharedListener(family, kind, protocol)
            bound.append(one)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.bind((address, port, *more))
            port = one.getsockname()[1]  # for a port that was free, the same of every address
    except OSError as error:
        for one in bound:
            one.close()
        raise SettingsError(_why(error, review.host, review.port)) from None
    return bound


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is taken, perhaps by another desk; choose another with --port"
    if error.errno == errno.EACCES:
        return f"port {port} may not be used by this account; choose one above 1023 with --port"
    return f"{host}:{port} cannot be served: {error.strerror or error}; choose another with --host and --port"
