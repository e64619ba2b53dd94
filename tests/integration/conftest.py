"""Stores for tests that go through one, reading processes that outlive a test, the command line within the tests'."""

import subprocess
from collections.abc import Callable, Iterator, Mapping

import pytest

from tests.support.commandline import environment_with, run_here
from tests.support.desks import browser, data, demo_data, desk
from tests.support.kept_processes import KeptProcesses
from tests.support.stores import empty_postgresql_store, empty_sqlite_store, fresh_url, store, store_url

__all__ = [
    "browser",
    "data",
    "demo_data",
    "desk",
    "empty_postgresql_store",
    "empty_sqlite_store",
    "fresh_url",
    "store",
    "store_url",
]


@pytest.fixture(scope="session", autouse=True)
def kept_processes() -> Iterator[None]:
    """A run within this process takes its reading processes from here."""
    with KeptProcesses().in_use():
        yield


@pytest.fixture
def verifier(clean_environment) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `verifier ...` within this process: verifier("run", path, hosts={...}); `verifier_process` starts one."""

    def run(*arguments: object, hosts: Mapping[str, str] | None = None, stdin: str | None = None, **environment: str):
        return run_here(*arguments, environment=environment_with(hosts, environment), stdin=stdin)

    return run
