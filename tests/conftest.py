"""What tests of every kind share: the command line as a process, and papers made on the spot."""

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from tests.commandline import command, environment_with


@pytest.fixture
def clean_environment(monkeypatch, tmp_path):
    """No setting of the machine reaches a test, and relative paths land in its own folder."""
    for name in list(os.environ):
        if name.startswith("VERIFIER_") and name != "VERIFIER_TEST_POSTGRESQL":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def verifier(clean_environment) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `verifier ...` as a process of its own: verifier("run", path, hosts={...})."""

    def run(*arguments: object, hosts: Mapping[str, str] | None = None, stdin: str | None = None, **environment: str):
        return subprocess.run(
            command(*arguments),
            env=environment_with(hosts, environment),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


_FILLER = (
    "This paper was set for a test, and a page without running text is no page. What stands in this paragraph has no "
    "note and no figure; it is here so that the body is larger than the notes, as it is in every real document. "
    "The sentences that matter come after it, each with its marker, and what they rest on stands at the foot."
)


@pytest.fixture
def make_paper(tmp_path) -> Callable[..., Path]:
    """Writes a PDF of one page: sentences, each with a raised marker, and their notes at the foot."""

    def make(name: str, notes: Sequence[tuple[str, str]]) -> Path:
        from fpdf import FPDF

        page = FPDF(format="A4")
        page.set_margin(60 / 2.83465)
        page.set_auto_page_break(False)
        page.add_page()
        page.set_font("Times", size=11)
        page.write(6, _FILLER)
        page.ln(9)
        for number, (sentence, _) in enumerate(notes, 1):
            page.write(6, sentence)
            page.char_vpos = "SUP"
            page.write(6, str(number))
            page.char_vpos = "LINE"
            page.write(6, " ")
        page.set_y(-20 - 9 * len(notes))
        page.line(page.l_margin, page.get_y() - 1, page.l_margin + 45, page.get_y() - 1)
        for number, (_, note) in enumerate(notes, 1):
            page.set_font("Times", size=8)
            page.char_vpos = "SUP"
            page.write(4, str(number))
            page.char_vpos = "LINE"
            page.write(4, " " + note)
            page.ln(4)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        page.output(str(path))
        return path

    return make
