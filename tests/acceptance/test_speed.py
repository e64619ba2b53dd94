"""Heavy libraries load when they are needed: the quick commands are quick.

Measured in processor time, in turn with a yardstick that this machine runs under the same load: no verdict depends on
how fast the machine is.
"""

import resource
import subprocess

import pytest

from tests.support.commandline import command, environment_with

YARDSTICK = (
    "import asyncio, ctypes, email.mime.text, http.client, logging.config, sqlite3, unittest.mock, xml.dom.minidom"
)
"""About a quarter of a second of imports on the machine where help took .29 s and the page .7 s (November 2026)."""


def spent_by(*arguments: object) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(arguments, env=environment_with(None), capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def in_yardsticks(*arguments: object) -> float:
    """Processor time of a command, its child processes included: the best of five over the best of five yardsticks."""
    rounds = [(spent_by(*command(*arguments)), spent_by(command()[0], "-c", YARDSTICK)) for _ in range(5)]
    return min(ours for ours, _ in rounds) / min(yardstick for _, yardstick in rounds)


@pytest.mark.parametrize(("arguments", "most"), [(["--help"], 4), (["run", "--help"], 6)], ids=["all", "run"])
def test_help_costs_little(arguments, most):
    assert in_yardsticks(*arguments) < most


def test_a_page_is_read_for_little(make_paper):
    page = make_paper("page.pdf", [("The county has 12 bridges.", "http://bridges.example.test/report.")])
    assert in_yardsticks("extract", page, "--json") < 10


def test_help_loads_nothing_heavy():
    script = (
        "import sys; from verifier.cli.app import app; "
        "heavy = {'requests', 'sqlalchemy', 'pypdf', 'pypdfium2', 'trafilatura', 'pydantic', 'jinja2', 'warcio'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    shown = subprocess.run([command()[0], "-c", script], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"
