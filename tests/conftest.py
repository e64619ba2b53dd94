"""What tests of every kind share: the command line, and papers made on the spot."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import hypothesis
import pytest

from tests.support.commandline import command, environment_with, run_here
from tests.support.papers import write_paper

# A shell that starts the tests in the background has them ignore Ctrl-C, and so would every process they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No verdict depends on the machine's load or on chance: no time limit an example, and the same examples each time.
# To search for new ones: pytest --hypothesis-profile=search
hypothesis.settings.register_profile(
    "same", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile(
    "search", deadline=None, max_examples=1000, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("same")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Several workers begin with the files that take longest, so that none is alone with one in the end."""
    if hasattr(config, "workerinput"):
        slow = {item.path for item in items if item.get_closest_marker("slow")}
        items.sort(key=lambda item: item.path not in slow)


@pytest.fixture
def clean_environment(monkeypatch, tmp_path):
    """No setting of the machine reaches a test, and relative paths land in its own folder."""
    for name in list(os.environ):
        if name.startswith("VERIFIER_") and name != "VERIFIER_TEST_POSTGRESQL":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def verifier_process(clean_environment) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `verifier ...` as a process of its own: verifier_process("run", path, hosts={...})."""

    def run(*arguments: object, hosts: Mapping[str, str] | None = None, stdin: str | None = None, **environment: str):
        return subprocess.run(
            command(*arguments),
            env=environment_with(hosts, environment),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,
        )

    return run


@pytest.fixture
def verifier(clean_environment) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `verifier ...` within the process of the tests, which takes a tenth of a start: verifier("run", path)."""

    def run(*arguments: object, hosts: Mapping[str, str] | None = None, stdin: str | None = None, **environment: str):
        return run_here(*arguments, environment=environment_with(hosts, environment), stdin=stdin)

    return run


@pytest.fixture
def make_paper(tmp_path) -> Callable[..., Path]:
    """Writes a PDF of one page: sentences, each with a raised marker, and their notes at the foot."""

    def make(name: str, notes: Sequence[tuple[str, str]]) -> Path:
        return write_paper(tmp_path / name, notes)

    return make
