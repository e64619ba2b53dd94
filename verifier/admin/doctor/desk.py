"""What the doctor looks at of the editors' desk: who may come in, and whether it could be served."""

import errno
import json
import socket
from collections.abc import Iterator

from verifier.admin.doctor.result import CheckContext, CheckResult, fail, ok, warn

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def users(context: CheckContext) -> Iterator[CheckResult]:
    """Whether there is somebody who may log in, where the desk can be reached from elsewhere."""
    review = context.settings.review
    file = review.users or context.settings.data / "users.json"
    is_reached = bool(review.address) or review.host not in _LOOPBACK
    known = 0
    if file.exists():
        try:
            known = len(json.loads(file.read_text(encoding="utf-8"))["users"])
        except (ValueError, KeyError, TypeError) as error:
            yield fail("desk users", f"{file} is no file of users ({error})", "bring it back from a backup")
            return
    if known:
        yield ok("desk users", f"{known} in {file}")
    elif review.trusted_header:
        yield ok("desk users", f"named by the proxy, in {review.trusted_header}")
    elif is_reached:
        remedy = "verifier review add-user NAME, or name a review.trusted_header"
        yield fail("desk users", "there are none, and the desk can be reached from elsewhere", remedy)
    else:
        yield warn("desk users", "none: the desk is open to this machine", "verifier review add-user NAME closes it")


def port(context: CheckContext) -> Iterator[CheckResult]:
    """Whether the desk's port is free, or the desk (or whatever) answers there already."""
    review = context.settings.review
    if not review.port:
        return
    family = socket.AF_INET6 if ":" in review.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind((review.host, review.port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                yield ok("desk port", f"{review.host}:{review.port} is in use: the desk is at work there, or another")
            else:
                found = f"{review.host}:{review.port} cannot be listened on: {error.strerror or error}"
                yield fail("desk port", found, "correct review.host and review.port in the settings")
            return
    yield ok("desk port", f"{review.host}:{review.port} is free")
