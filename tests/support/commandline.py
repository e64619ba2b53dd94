"""The command line as tests start it: a process of its own, with no setting of this machine."""

import json
import os
import sys
from collections.abc import Mapping


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
