"""Nights by the queue, for tests and benchmarks: papers, a web that notes every request, workers as processes.

Every host is a domain of its own (`h1.test`), so that the addresses are spread over the shards.
"""

import json
import subprocess
import threading
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from sqlalchemy import NullPool, create_engine, text

from tests.support.commandline import command, environment_with
from tests.support.loopback import Answer, Loopback
from tests.support.papers import write_paper
from tests.support.stores import POSTGRESQL

_PAGE = (
    "<html><head><title>Survey {name}</title></head><body><main><h1>Survey</h1><p>The district of {name} has {figure} "
    "wells in use, as its own survey counted them in the spring of the year.</p></main></body></html>"
)
_NOT_THERE = "<html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>"


@dataclass
class RequestLog:
    """Every request of a web: when each host was asked, in seconds, and how often each address."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    asked: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, host: str, path: str) -> None:
        """Note a request at this moment."""
        with self.lock:
            self.times[host].append(time.monotonic())
            self.asked[f"http://{host}{path}"] += 1

    def smallest_gap(self) -> float:
        """The least time between the starts of two requests to one host, in seconds."""
        with self.lock:
            gaps = [later - sooner for times in self.times.values() for sooner, later in pairwise(times)]
        return min(gaps, default=float("inf"))

    @property
    def requests(self) -> int:
        """How many there were."""
        with self.lock:
            return self.asked.total()


class QueueWeb(Loopback):
    """A web of surveys at `http://h<n>.test/surveys/<n>`; each answer takes `latency` seconds.

    Every tenth page is gone, every tenth has moved within its host; `hops` leads some pages to another host. One that
    `hangs_up` after each answer can be left at once: an open connection would still be served.
    """

    def __init__(self, latency: float = 0.0, hops: Mapping[str, str] | None = None, hangs_up: bool = False) -> None:
        self.log = RequestLog()
        log, leads = self.log, dict(hops or {})

        def answer(host: str, path: str) -> Answer:
            log.note(host, path)
            if latency:
                time.sleep(latency)
            if (target := leads.get(f"http://{host}{path}")) is not None:
                return Answer(302, "", {"Location": target})
            found = _answer(host, path)
            return replace(found, headers={**found.headers, "Connection": "close"}) if hangs_up else found

        super().__init__(answer)

    @property
    def names(self) -> dict[str, str]:
        """The `[hosts]` map that leads every `*.test` here."""
        return {"*.test": next(iter(self.hosts.values()))}


def _answer(host: str, path: str) -> Answer:
    number = path.rpartition("/")[2]
    if not number.isdigit() or int(number) % 10 == 3:
        return Answer(404, _NOT_THERE)
    if int(number) % 10 == 7 and not path.startswith("/there/"):
        return Answer(301, "", {"Location": f"/there/{number}"})
    return Answer(200, _PAGE.format(name=f"{host.partition('.')[0]} {number}", figure=200 + 7 * int(number)))


def write_surveys(folder: Path, hosts: int, of_host: int) -> list[str]:
    """Papers that cite so many addresses of each host; the addresses."""
    urls = []
    for host in range(hosts):
        for first in range(0, of_host, 10):
            notes = []
            for number in range(first, min(of_host, first + 10)):
                url = f"http://h{host}.test/surveys/{number}"
                figure = 200 + 7 * number + (300 if number == 5 else 0)
                notes.append((f"The district of h{host} {number} has {figure} wells in use.", f"Survey, {url}."))
                urls.append(url)
            write_paper(folder / f"paper-{host:03}-{first:03}.pdf", notes)
    return urls


@contextmanager
def empty_store(url: str = POSTGRESQL) -> Iterator[tuple[str, str]]:
    """The address of an empty schema for a store, and the name of one for its queue; both are gone afterwards."""
    name = f"night_{uuid.uuid4().hex[:16]}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    yield f"{url}{'&' if urlsplit(url).query else '?'}options=-csearch_path%3D{name}", f"{name}_queue"
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {name}_queue CASCADE"))
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    engine.dispose()


class Installation:
    """One data folder, one store and one queue; its commands are processes. Its workers end with the context."""

    def __init__(
        self,
        folder: Path,
        papers: Path,
        names: Mapping[str, str],
        store: str = "",
        queue: str = "procrastinate",
        *,
        pause: float = 0.0,
        workers: int = 8,
        settings: Sequence[str] = (),
        of_queue: Sequence[str] = ("concurrency = 4", "lease_seconds = 4"),
    ) -> None:
        self.data = folder / "data"
        self.store = store
        self.queue = queue
        folder.mkdir(parents=True, exist_ok=True)
        self._config = folder / "verifier.toml"
        hosts = "".join(f'"{name}" = "{address}"\n' for name, address in names.items())
        self._config.write_text(
            "\n".join(
                (
                    f"data = {json.dumps(str(self.data))}",
                    f"store = {json.dumps(store)}",
                    "allow_private = true",
                    *settings,
                    f"[hosts]\n{hosts}",
                    f"[fetch]\npause = {pause}\nworkers = {workers}",
                    "[memento]\narchives = []",
                    f'[queue]\nschema_name = "{queue}"',
                    *of_queue,
                    f"[[watch]]\npath = {json.dumps(str(papers))}",
                )
            ),
            encoding="utf-8",
        )
        self._environment = environment_with(None)
        self.workers: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self.workers:
            if process.poll() is None:
                process.kill()
            process.communicate()

    def run(self, *arguments: object, timeout: float = 600) -> subprocess.CompletedProcess[str]:
        """A command to its end."""
        return subprocess.run(
            self._line(arguments), env=self._environment, capture_output=True, text=True, timeout=timeout
        )

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        """A command under way."""
        return subprocess.Popen(
            self._line(arguments), env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def worker(self, *arguments: object, names: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """One more worker, on a machine whose `[hosts]` map may be another."""
        elsewhere = {} if names is None else {"VERIFIER_HOSTS": json.dumps(dict(names))}
        process = subprocess.Popen(
            self._line(("worker", *arguments)),
            env=self._environment | elsewhere,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.workers.append(process)
        return process

    def ask(self, statement: str) -> list[Any]:
        """Rows of the store."""
        engine = create_engine(self.store, poolclass=NullPool)
        with engine.connect() as connection:
            found = list(connection.execute(text(statement)).all())
        engine.dispose()
        return found

    def change(self, statement: str) -> None:
        """Change the store, or its queue."""
        engine = create_engine(self.store, poolclass=NullPool)
        with engine.begin() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def phase(self) -> str:
        """How far the shared run is; empty before it was planned."""
        return next((row[0] for row in self.ask("SELECT phase FROM shared_run")), "")

    def dump(self) -> list[str]:
        """The lines of `verifier dump`."""
        done = self.run("dump")
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def _line(self, arguments: Sequence[object]) -> list[str]:
        return command(*arguments, "--config", self._config)
