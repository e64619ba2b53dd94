"""Looking names up, and telling a name that does not exist from a resolver that does not work."""

import socket
import threading
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from typing import Any

from verifier.model import Outcome

# Never delegated (RFC 6761, RFC 2606): that these do not exist needs no resolver to be believed.
_RESERVED = frozenset({"invalid", "test", "example", "localhost", "onion", "alt"})
_CANARY = b"example.com"  # kept by IANA (RFC 2606): where even this has no address, the resolver does not work
_CANARY_GOOD_FOR = 60.0  # seconds that its answer is believed

# EAI_NODATA: the name exists without an address of the wanted kind; not every platform has it.
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is nowhere to connect to."""

    outcome: Outcome
    detail: str


class Names:
    """Looks names up with the system's resolver.

    Without a network some systems say "no such name" of every name. So that answer is believed only of a resolver
    that has found some name, if need be a well-known one.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._working = False
        self._asked_at = float("-inf")

    def look_up(self, host: str, port: int, seconds: float | None = None) -> tuple[str, ...] | Refusal:
        """The IP addresses of a host; or why there are none: NO_SUCH_HOST or RESOLVER_FAILURE.

        The answer is waited for so many seconds: whoever owns a name can let its servers be silent.
        """
        try:
            answers = _asked(host.encode("ascii"), port, seconds)
        except socket.gaierror as error:
            missing = error.errno in _NO_SUCH_NAME and self._is_believed_of(host)
            outcome = Outcome.NO_SUCH_HOST if missing else Outcome.RESOLVER_FAILURE
            return Refusal(outcome, f"{host}: {error.strerror}")
        except OSError as error:
            return Refusal(Outcome.RESOLVER_FAILURE, f"{host}: {error}")
        self._working = True
        return tuple(dict.fromkeys(str(answer[4][0]).partition("%")[0] for answer in answers))

    def _is_believed_of(self, host: str) -> bool:
        if _is_reserved(host.rstrip(".").split(".")):
            return True
        with self._lock:
            if not self._working and time.monotonic() - self._asked_at > _CANARY_GOOD_FOR:
                self._asked_at = time.monotonic()
                self._working = _exists(_CANARY)
            return self._working


def _asked(host: bytes, port: int, seconds: float | None) -> list[Any]:
    """As socket.getaddrinfo, which knows no timeout. Raises OSError (TimeoutError), as that does."""
    answer: Future[list[Any]] = Future()

    def ask() -> None:
        try:
            answer.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            answer.set_exception(error)

    # A daemon: whoever ends the program waits for no resolver.
    threading.Thread(target=ask, name="look up", daemon=True).start()
    try:
        return answer.result(seconds)
    except FutureTimeoutError:
        raise TimeoutError(f"no answer within {seconds:.0f} s") from None


def _is_reserved(labels: list[str]) -> bool:
    below_example = len(labels) > 2 and labels[-2] == "example" and labels[-3] != "www"
    return labels[-1] in _RESERVED or (below_example and labels[-1] in ("com", "net", "org"))


def _exists(name: bytes) -> bool:
    try:
        return bool(socket.getaddrinfo(name, 80, type=socket.SOCK_STREAM))
    except OSError:
        return False
