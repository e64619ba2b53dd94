"""A year of simulated nights over a web with a script: is every event told once, on the right night, and nothing else?

    python -m tests.support.year                              365 nights, seeds 1 2 3
    python -m tests.support.year --nights 120 --seeds 4 5 --events

The clock is moved (time-machine); nights are real ones of `verifier.runs` over PDFs and a loopback web. The exit
code is 1 when what was told differs from what was to be told, with the difference printed.
"""

import argparse
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

from tests.support.loopback import Answer, Loopback
from tests.support.papers import MOST_NOTES, write_paper
from tests.support.year_script import ACCUSATIONS, Expectation, Face, Page, Script, Told, expect, write_script
from verifier.engines import InlineEngine
from verifier.exits import ExitCode
from verifier.reports.contents import ReportedFinding
from verifier.runs import RunOutcome, nightly
from verifier.settings import FetchSettings, MementoSettings, Settings, WatchSettings

START = datetime(2026, 1, 5, 2, 15, tzinfo=UTC)
_HTML = "<html><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
_PADDING = "The survey was made by the county's own office and is printed here in full for the public record. " * 4


class ScriptedWeb:
    """Answers as the script says for the night that it is."""

    def __init__(self, script: Script) -> None:
        self.night = 0
        self._script = script
        self._pages = {(page.host, page.path): page for page in script.pages}

    def answer(self, host: str, path: str) -> Answer:
        """What a host answers tonight."""
        if path == "/":
            return Answer(200, _HTML.format(title="Office of the county", text="Welcome to the office. Opening hours."))
        if path.startswith("/moved/"):
            page = self._pages.get((host, path.removeprefix("/moved")))
            return self._content(page) if page else _not_found()
        page = self._pages.get((host, path))
        if page is None:
            return self._unknown(host)
        return self._faced(page, self._script.face(page, self.night))

    def _unknown(self, host: str) -> Answer:
        """Unknown paths are answered as the host's dead pages are: that is the second witness of a soft 404."""
        for (of_host, _), page in self._pages.items():
            face = self._script.face(page, self.night) if of_host == host else Face.FINE
            if face in (Face.SOFT_404, Face.TO_HOME):
                return self._faced(page, face)
        return _not_found()

    def _faced(self, page: Page, face: Face) -> Answer:
        match face:
            case Face.FINE:
                return self._content(page)
            case Face.MOVED:
                return Answer(301, "", {"Location": f"/moved{page.path}"})
            case Face.TO_HOME:
                return Answer(302, "", {"Location": "/"})
            case Face.SOFT_404:
                return Answer(200, _not_found().body)
            case Face.GONE:
                return Answer(410, _HTML.format(title="Gone", text="This page is gone."))
            case Face.FAILING:
                return Answer(503, _HTML.format(title="Service unavailable", text="Try again later."))
            case _:
                return _not_found()

    def _content(self, page: Page) -> Answer:
        figure = self._script.figure(page, self.night)
        text = f"By its own survey the county of {page.says(figure)} in use. {_PADDING}"
        return Answer(200, _HTML.format(title="County survey", text=text))


def _not_found() -> Answer:
    return Answer(404, _HTML.format(title="Page not found", text="Sorry, the page you asked for could not be found."))


@dataclass(frozen=True)
class Year:
    """What was expected and what came of it."""

    script: Script
    expected: Expectation
    told: list[Told]
    problems: list[str]
    seconds: float

    def differences(self) -> list[str]:
        """What was told and should not have been, or not told and should have been, or told twice; empty is good."""
        wanted, got = Counter(self.expected.told), Counter(self.told)
        missing = [(told, f"night {told.night}: not told: {told.words}") for told in (wanted - got).elements()]
        surplus = [(told, f"night {told.night}: told: {told.words}") for told in (got - wanted).elements()]
        return [*(words for _, words in sorted(missing + surplus)), *self.problems]


def simulate(seed: int, nights: int, folder: Path, places: int = 12) -> Year:
    """Live through the nights of one script in an empty folder; every place is a host with four pages."""
    script = write_script(seed, nights, places)
    expected = expect(script)
    web = ScriptedWeb(script)
    told: list[Told] = []
    problems: list[str] = []
    began = time.perf_counter()
    with time_machine.travel(START, tick=True):
        _write_papers(script.pages, folder / "papers")
    with Loopback(web.answer) as loopback:
        fine = _settings(folder, loopback.hosts)
        down = _settings(folder, {"*.example.test": f"127.0.0.1:{_closed_port()}"})
        for night in range(nights):
            web.night = night
            with time_machine.travel(START + timedelta(minutes=script.minute(night)), tick=False):
                outcome = nightly(down if night in expected.down else fine, engine=InlineEngine())
            told += _told(night, outcome, script.pages)
            problems += _wrong_end(night, outcome, expected)
    return Year(script, expected, told, problems, time.perf_counter() - began)


def _write_papers(pages: Sequence[Page], folder: Path) -> None:
    for number, start in enumerate(range(0, len(pages), MOST_NOTES)):
        notes = [(page.sentence, f"County survey, {page.url}.") for page in pages[start : start + MOST_NOTES]]
        write_paper(folder / f"paper-{number}.pdf", notes)


def _settings(folder: Path, hosts: dict[str, str]) -> Settings:
    return Settings(
        data=folder / "data",
        allow_private=True,
        hosts=hosts,
        fetch=FetchSettings(pause=0, retry_after_cap=0),
        memento=MementoSettings(archives=()),
        watch=(WatchSettings(path=folder / "papers"),),
    )


def _closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _told(night: int, outcome: RunOutcome, pages: Sequence[Page]) -> list[Told]:
    new = [(f, f.finding.code.value) for f in outcome.report.findings if f.new]
    healed = [(f, "") for f in outcome.healed]
    return [Told(night, *_subject(found, pages), code) for found, code in [*new, *healed]]


def _subject(found: ReportedFinding, pages: Sequence[Page]) -> tuple[str, str]:
    if found.finding.code.value.startswith("link_"):
        return found.finding.url or "", "link"
    words = found.finding.sentence or ""
    page = next((page.url for page in pages if page.sentence.rstrip(".") in words), words)
    of_figures = found.finding.code.value.startswith(("figure_", "source_changed"))
    return page, "figure" if of_figures else found.finding.code.value


def _wrong_end(night: int, outcome: RunOutcome, expected: Expectation) -> list[str]:
    accused = any(told.night == night and told.code in ACCUSATIONS for told in expected.told)
    wanted = ExitCode.NEW_ACCUSATIONS if accused else ExitCode.CLEAN
    if night in expected.down:
        wanted = ExitCode.INCOMPLETE
    if outcome.exit_code is wanted:
        return []
    return [f"night {night}: exit code {outcome.exit_code.name}, not {wanted.name}"]


def _print(seed: int, year: Year, *, events: bool) -> None:
    counts = Counter(told.code or "healed" for told in year.told)
    print(f"seed {seed}: {year.script.nights} nights in {year.seconds:.0f} s, {len(year.script.pages)} pages cited")
    planted = sorted(year.script.planted())
    print(f"  planted: {len(planted)} events, {len(year.expected.down)} nights without network")
    if events:
        for night, words in planted:
            print(f"    night {night}: {words}")
    print(f"  told: {', '.join(f'{count} {code}' for code, count in sorted(counts.items()))}")
    differences = year.differences()
    print(f"  differences: {len(differences)}")
    for difference in differences:
        print(f"    {difference}")


def main() -> int:
    """Print a year for each seed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--nights", type=int, default=365)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--events", action="store_true", help="print every planted event")
    options = parser.parse_args()
    wrong = 0
    for seed in options.seeds:
        with tempfile.TemporaryDirectory() as folder:
            year = simulate(seed, options.nights, Path(folder))
        _print(seed, year, events=options.events)
        wrong += len(year.differences())
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
