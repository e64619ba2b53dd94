"""Heavy libraries load when they are needed: the quick commands are quick (best of five).

Processor time, of every process that a command starts: the clock also counts what else the machine does meanwhile.
"""

import resource
import subprocess

import pytest

from tests.commandline import command, environment_with


def fastest(*arguments) -> float:
    times = []
    for _ in range(5):
        before = spent_by_children()
        subprocess.run(command(*arguments), env=environment_with(None), capture_output=True, check=True)
        times.append(spent_by_children() - before)
    return min(times)


def spent_by_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"]], ids=" ".join)
def test_help_answers_within_four_tenths_of_a_second(arguments):
    assert fastest(*arguments) < 0.4


def test_a_page_is_read_within_eight_tenths_of_a_second(make_paper):
    page = make_paper("page.pdf", [("The county has 12 bridges.", "http://bridges.example.test/report.")])
    assert fastest("extract", page, "--json") < 0.8


def test_help_loads_nothing_heavy():
    script = (
        "import sys; from verifier.cli.app import app; "
        "heavy = {'requests', 'sqlalchemy', 'pypdf', 'pypdfium2', 'trafilatura', 'pydantic', 'jinja2', 'warcio'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    shown = subprocess.run([command()[0], "-c", script], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"
