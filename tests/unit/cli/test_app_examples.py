"""The examples of every command's help: on one line each, so that they can be copied, and right as they are printed."""

import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer

from tests.support.commandline import environment_with, run_here
from verifier.cli.app import app

DATA = Path(__file__).parents[2] / "data"
TERMINAL = environment_with(None, {"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"})
_EXAMPLE = re.compile(r"^ ?(?:Example|Crontab): (.+?) *$", re.M)
FILES = {
    "addresses.txt": "ftp://a.example.test/\n",
    "claims.jsonl": json.dumps({"id": 1, "claim": "12 bridges", "source": "It has 14 bridges."}),
    "notes.jsonl": json.dumps({"id": 1, "text": "Quist, Ada. Weights. Oslund: Fjord, 1999."}),
    "cases.jsonl": json.dumps({"id": 1, "citation": "Quist, Weights, 1999.", "page_path": "a.html"}),
    "a.html": "<title>Weights</title><h1>Weights</h1><p>By Ada Quist, 1999.</p>",
}
RUN_HERE = ("extract", "links", "references", "works", "consistency", "compare")
"""Commands that need no data folder and no network: their examples are run."""


def commands(group: click.Group, name: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for word, command in group.commands.items():
        yield (*name, word), command
        if isinstance(command, click.Group):
            yield from commands(command, (*name, word))


COMMANDS = {name: command for name, command in commands(typer.main.get_command(app)) if not command.hidden}


def help_of(name: tuple[str, ...]) -> str:
    return run_here(*name, "--help", environment=TERMINAL).stdout


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_every_command_has_an_example_on_one_line_with_options_that_it_has(name):
    examples = _EXAMPLE.findall(help_of(name))
    if name == ("review", "users"):  # a group alone
        return
    assert examples, "no example, or it is broken over two lines"
    for example in examples:
        for part in re.split(r"&&|;|\|", example):
            words = shlex.split(re.sub(r"^[\d* ]+", "", re.sub(r"\s*>.*", "", part)))
            if words[0] != "verifier":
                continue
            said = run_here(*words[1:], "--help", environment=TERMINAL)
            assert (said.returncode, "Usage" in said.stdout) == (0, True), said.stderr
    assert " ".join(name) in examples[0]


@pytest.mark.parametrize("name", RUN_HERE)
def test_what_can_be_run_anywhere_runs_as_it_is_printed(name, tmp_path, monkeypatch):
    for file, text in FILES.items():
        (tmp_path / file).write_text(text + "\n", encoding="utf-8")
    (tmp_path / "report.pdf").write_bytes((DATA / "simple-notes.pdf").read_bytes())
    monkeypatch.chdir(tmp_path)
    for example in _EXAMPLE.findall(help_of((name,))):
        written = example.partition(" > ")[2]
        done = run_here(*shlex.split(example.partition(" > ")[0])[1:], environment=TERMINAL)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() or not written


@pytest.mark.parametrize("name", ["references", "works", "compare"])
def test_the_line_of_input_that_is_shown_is_one(name):
    (line,) = re.findall(r"^ ?A line: (.+?) *$", help_of((name,)), re.M)
    assert line in FILES.values()


def test_a_shell_completes_commands_and_options(tmp_path):
    verifier = Path(__file__).parents[3] / ".venv" / "bin" / "verifier"
    if not verifier.exists():
        pytest.skip("Verifier is not installed in .venv here")
    script = subprocess.run(
        [verifier], env=TERMINAL | {"_VERIFIER_COMPLETE": "source_bash"}, capture_output=True, text=True, timeout=120
    ).stdout
    known = subprocess.run(
        ["bash", "-c", f"{script}\ncomplete -p verifier"], capture_output=True, text=True, timeout=120
    )
    assert known.stdout.strip().endswith("verifier"), known.stderr
    for typed, place, wanted in (("verifier rep", "1", "report"), ("verifier report --doc", "2", "--document")):
        asked = {"_VERIFIER_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": place}
        done = subprocess.run(
            [verifier], env=TERMINAL | asked, capture_output=True, text=True, timeout=120, cwd=tmp_path
        )
        assert done.stdout.split() == [wanted], done.stderr
