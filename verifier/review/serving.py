"""Serving the desk: on an address that is free, until somebody presses Ctrl-C."""

import errno
import logging
from collections.abc import Callable, Sequence
from typing import Any

from db.store import Store
from verifier.errors import SettingsError
from verifier.review.access import is_loopback
from verifier.review.app import create_app
from verifier.review.desk import DeskState
from verifier.settings import Settings

_THREADS = 4


class Server:
    """The desk behind its server, bound to its address; `run` serves until it is interrupted or closed."""

    def __init__(self, settings: Settings, store: Store, job_command: Sequence[str]) -> None:
        """Raises SettingsError when the address is taken or not this machine's, or as `create_app` does."""
        from waitress import create_server

        # A queue of requests is no fault to log a line about for each of them: browsers wait.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        review = settings.review
        app = create_app(settings, store, job_command)
        self._state: DeskState = app.extensions["verifier"]
        try:
            self._server: Any = create_server(
                app,
                host=review.host,
                port=review.port,
                threads=_THREADS,
                ident="",
                max_request_body_size=review.max_upload_bytes + 1_000_000,
                # Left in, so that a desk set up for no proxy notices one; `review.client` believes trusted ones alone.
                clear_untrusted_proxy_headers=False,
            )
        except OSError as error:
            raise SettingsError(_why(error, review.host, review.port)) from None
        self.port: int = self._server.effective_port

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
        """Serve until Ctrl-C or `close`; jobs that are running then are ended, and taken up by the next run."""
        try:
            started()
            self._server.run()
        except KeyboardInterrupt:
            pass
        finally:
            self._state.jobs.stop()
            self._server.close()

    def close(self) -> None:
        """Stop serving, from another thread."""
        self._state.jobs.stop()
        self._server.close()


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is taken, perhaps by another desk; choose another with --port"
    if error.errno == errno.EACCES:
        return f"port {port} may not be used by this account; choose one above 1023 with --port"
    return f"{host}:{port} cannot be served: {error.strerror or error}; choose another with --host and --port"
