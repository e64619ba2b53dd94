"""What the desk starts as a process of its own: a run over an uploaded document, a source
that an editor supplies, one address to be checked now.

Run as `python -m verifier.cli.desk_job`, with an order (JSON) on standard input; see `verifier.review.jobs`.
"""

import json
import os
import sys
from pathlib import Path
from typing import IO, Any

from verifier.errors import StoreBusyError, VerifierError
from verifier.exits import ExitCode

MEMORY_LIMIT = 4 * 1024**3
"""Bytes of address space that a job may take: what a hostile file asks for beyond it fails, and the desk goes on."""


class _Lines:
    """An observer that tells every step as a JSON line."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def stage(self, name: str, total: int) -> None:
        self.send({"stage": name, "total": total})

    def step(self, name: str, note: str = "") -> None:
        self.send({"step": name, "note": note})

    def send(self, what: dict[str, Any]) -> None:
        self._out.write(json.dumps(what).encode() + b"\n")
        self._out.flush()


def carry_out(order: dict[str, Any], lines: _Lines) -> None:
    """Do what an order says, and tell how it ended."""
    from verifier.runs import run
    from verifier.runs.stages.recheck import check_again
    from verifier.runs.stages.supplied import supply
    from verifier.runs.stages.withdrawal import withdraw
    from verifier.settings import Settings

    settings = Settings(**order["settings"])
    try:
        if order["job"] == "check":
            outcome = run([Path(order["path"])], settings, observer=lines)
            incomplete = outcome.exit_code is ExitCode.INCOMPLETE
            unread = [failed.reason for failed in outcome.report.failed]
            lines.send({"done": {"incomplete": incomplete, "said": [*outcome.report.messages, *unread]}})
        elif order["job"] == "check link":
            lines.send({"done": {"said": [check_again(settings, order["url"], lines)]}})
        elif order["job"] == "withdraw":
            lines.send({"done": {"said": [withdraw(settings, Path(order["path"]), order["by"])]}})
        else:
            said = supply(
                settings, order["url"], Path(order["path"]).read_bytes(), order["media_type"], order["by"], lines
            )
            lines.send({"done": {"said": [said]}})
    except StoreBusyError as error:
        lines.send({"failed": str(error), "busy": True})
        return  # what was handed in is kept for another try
    except VerifierError as error:
        lines.send({"failed": str(error)})
    except OSError as error:
        lines.send({"failed": f"The file cannot be reached: {error.strerror or error}."})
    except MemoryError:
        lines.send({"failed": "The file needs more memory than one may take."})
    if order["job"] == "supply":
        Path(order["path"]).unlink(missing_ok=True)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def main() -> None:
    """Serve one order; standard output is kept clean of whatever a library prints."""
    _limit_memory()
    lines = _Lines(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)
    carry_out(json.load(sys.stdin), lines)


if __name__ == "__main__":
    main()
