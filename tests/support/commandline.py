"""The command line as tests start it, with no setting of this machine: a process of its own, or within this one."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

from verifier.cli import app


def command(*arguments: object) -> list[str]:
    """The command line of `verifier` with some arguments."""
    return [sys.executable, "-m", "verifier", *map(str, arguments)]


def environment_with(hosts: Mapping[str, str] | None, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment without settings, but with a `[hosts]` map."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VERIFIER_")}
    if hosts is not None:
        environment["VERIFIER_HOSTS"] = json.dumps(dict(hosts))
        environment["VERIFIER_FETCH__PAUSE"] = "0"
    return environment | dict(more or {})


def run_here(
    *arguments: object, environment: Mapping[str, str], stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    """What `verifier` with some arguments says and how it ends, run within this process.

    What a process of its own would end with a traceback is raised here.
    """
    given, out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(3))
    given.write(stdin or "")
    given.seek(0)
    with pytest.MonkeyPatch.context() as patch:
        for name in set(os.environ) - set(environment):
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["verifier", *map(str, arguments)])
        patch.setattr(sys, "excepthook", sys.excepthook)  # the command sets one, which ends with this
        for name, stream in (("stdin", given), ("stdout", out), ("stderr", err)):
            patch.setattr(sys, name, stream)
        patch.setattr(app, "_leave", sys.exit)
        try:
            app.main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
    for stream in (out, err):
        stream.flush()
    said, told = (stream.buffer.getvalue().decode() for stream in (out, err))
    return subprocess.CompletedProcess(sys.argv, code, said, told)
