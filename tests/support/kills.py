"""Kill `verifier nightly` at random moments, start it again, and see whether anything was lost or asked for twice.

    python -m tests.support.kills                       100 kills, 30 hosts with 10 addresses each
    python -m tests.support.kills --kills 30 --seed 2

Nights are killed (SIGKILL) and taken up again until one comes to its end; then its store and archive are judged, and
the next begins in an empty folder. What must hold of each: `verifier dump` equals that of an undisturbed night,
`archive check` is clean, and no address was asked for again but those that a kill caught in flight, at most one a host.
The exit code is 1 when something does not hold.
"""

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.loopback import Answer, Loopback
from tests.support.papers import write_paper

_PAGE = (
    "<html><head><title>Survey {name}</title></head><body><main><h1>Survey</h1><p>The district of {name} has {figure} "
    "wells in use, as its own survey counted them in the spring of the year.</p></main></body></html>"
)
_NOT_THERE = "<html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>"


@dataclass(frozen=True)
class Plan:
    """How large the night is and how it is killed; `pause` is between two requests to one host, in seconds."""

    kills: int
    seed: int
    hosts: int = 30
    of_host: int = 10
    pause: float = 0.3


@dataclass
class Night:
    """One night from its first start to its end: how often it was killed, and what does not hold of it."""

    kills: int = 0
    caught: Counter[str] = field(default_factory=Counter)
    most_caught: int = 0
    asked_again: int = 0
    problems: list[str] = field(default_factory=list)


class Nights:
    """Watched papers and their web, in a folder; each night has a data folder of its own."""

    def __init__(self, plan: Plan, folder: Path, web: Loopback) -> None:
        self._plan = plan
        self._folder = folder
        self._web = web
        self._urls = frozenset(_write_papers(plan, folder / "papers"))
        self._chance = random.Random(plan.seed)
        self.seconds = 0.0

    def undisturbed(self) -> None:
        """Live through the night that the others are compared with."""
        data = self._folder / "undisturbed"
        began = time.perf_counter()
        code, errors = _finish(self._start(data))
        self.seconds = time.perf_counter() - began
        if code not in (0, 1):
            raise SystemExit(f"the undisturbed night ended with {code}: {errors}")
        self._asked_once = self._asked()
        self._expected = self._verifier(data, "dump", problems=[])

    def killed(self, number: int, most: int) -> Night:
        """Kill a night up to so many times, let it come to its end, and judge it."""
        data = self._folder / f"night-{number}"
        self._web.asked.clear()
        night = Night()
        while night.kills < most:
            process = self._start(data)
            try:
                process.wait(self._chance.uniform(0, self.seconds * 0.7))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            process.communicate()
            if process.returncode != -signal.SIGKILL:
                break
            night.kills += 1
            self._note_caught(night, data)
        code, errors = _finish(self._start(data))
        if code not in (0, 1):
            night.problems.append(f"ended with {code}: {errors}")
        self._judge(night, data)
        return night

    def _note_caught(self, night: Night, data: Path) -> None:
        """The addresses that were asked for and are not in the store."""
        recorded = Counter(_recorded(data / "verifier.db"))
        caught = [
            url
            for url, asked in self._asked().items()
            if recorded[url] == 0 and asked > self._asked_once[url] * night.caught[url]
        ]
        night.caught.update(caught)
        of_host = Counter(url.split("/")[2] for url in caught)
        night.most_caught = max(night.most_caught, len(caught))
        night.problems += [f"{host}: {count} in flight at one kill" for host, count in of_host.items() if count > 1]

    def _judge(self, night: Night, data: Path) -> None:
        for url, asked in sorted(self._asked().items()):
            night.asked_again += asked > self._asked_once[url]
            if asked > self._asked_once[url] * (1 + night.caught[url]):
                night.problems.append(f"{url}: asked {asked} times, caught in flight {night.caught[url]} times")
        for line in sorted(set(self._expected) ^ set(self._verifier(data, "dump", problems=night.problems))):
            night.problems.append(f"the dump differs: {line[:200]}")
        self._verifier(data, "archive", "check", problems=night.problems)
        night.problems += [f"left behind: {path.name}" for path in (data / "documents").glob(".*")]

    def _asked(self) -> Counter[str]:
        return Counter({url: count for url, count in self._web.asked.items() if url in self._urls})

    def _start(self, data: Path) -> subprocess.Popen[bytes]:
        settings = self._folder / "verifier.toml"
        if not settings.exists():
            hosts = "".join(f'"{name}" = "{address}"\n' for name, address in self._web.hosts.items())
            settings.write_text(
                f"allow_private = true\n[hosts]\n{hosts}"
                f"[fetch]\npause = {self._plan.pause}\nworkers = {self._plan.hosts}\n"
                f"[memento]\narchives = []\n"
                f"[[watch]]\npath = {json.dumps(str(self._folder / 'papers'))}\n"
            )
        return subprocess.Popen(
            _command("nightly", "--data", data, "--config", settings),
            env=_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def _verifier(self, data: Path, *verb: str, problems: list[str]) -> list[str]:
        done = subprocess.run(
            _command(*verb, "--data", data), env=_environment(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            problems.append(f"{' '.join(verb)} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout.splitlines()


def run(plan: Plan, folder: Path) -> Iterator[Night]:
    """Nights until all kills are done."""
    with Loopback(_answer) as web:
        nights = Nights(plan, folder, web)
        nights.undisturbed()
        left, number = plan.kills, 0
        while left > 0:
            number += 1
            night = nights.killed(number, left)
            left -= night.kills
            yield night


def _answer(host: str, path: str) -> Answer:
    number = path.rpartition("/")[2]
    if not number.isdigit():
        return Answer(404, _NOT_THERE)
    if int(number) % 10 == 3:
        return Answer(404, _NOT_THERE)
    if int(number) % 10 == 7 and not path.startswith("/there/"):
        return Answer(301, "", {"Location": f"/there/{number}"})
    return Answer(200, _PAGE.format(name=f"{host.partition('.')[0]} {number}", figure=_figure(int(number))))


def _figure(number: int) -> int:
    return 200 + 7 * number


def _write_papers(plan: Plan, folder: Path) -> Iterator[str]:
    for host in range(plan.hosts):
        notes = []
        for number in range(plan.of_host):
            url = f"http://h{host}.example.test/surveys/{number}"
            wrong = 300 if number == 5 else 0
            sentence = f"The district of h{host} {number} has {_figure(number) + wrong} wells in use."
            notes.append((sentence, f"Survey, {url}."))
            yield url
        write_paper(folder / f"paper-{host:02}.pdf", notes)


def _recorded(database: Path) -> list[str]:
    """The addresses with a fetch in a store that nobody holds any more."""
    if not database.exists():
        return []
    store = sqlite3.connect(database)
    try:
        return [url for (url,) in store.execute("SELECT url FROM address JOIN fetch ON fetch.address_id = address.id")]
    except sqlite3.OperationalError:  # killed before there were tables
        return []
    finally:
        store.close()


def _finish(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, errors = process.communicate()
    return process.returncode, errors.decode()


def _command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "verifier", *map(str, arguments)]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("VERIFIER_")}


def main() -> int:
    """Print a line for each night and a sum."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hosts", type=int, default=30)
    parser.add_argument("--of-host", type=int, default=10)
    options = parser.parse_args()
    plan = Plan(options.kills, options.seed, options.hosts, options.of_host)
    began = time.perf_counter()
    nights = []
    print(f"{'night':>5} {'kills':>5} {'caught in flight':>16} {'asked again':>11}  does not hold")
    with tempfile.TemporaryDirectory() as folder:
        for number, night in enumerate(run(plan, Path(folder)), 1):
            nights.append(night)
            told = "; ".join(night.problems[:5]) or "-"
            print(
                f"{number:>5} {night.kills:>5} {night.caught.total():>16} {night.asked_again:>11}  {told}", flush=True
            )
    problems = sum(len(night.problems) for night in nights)
    print(
        f"{sum(night.kills for night in nights)} kills, {len(nights)} nights of {plan.hosts * plan.of_host} addresses, "
        f"{sum(night.caught.total() for night in nights)} fetches caught in flight, {problems} problems, "
        f"{time.perf_counter() - began:.0f} s"
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
