"""SIGTERM amid a reading that would take hours: the run ends in order with its readers; what was done is kept."""

import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.support.commandline import command, environment_with
from tests.support.hostile_pdfs import forms_in_forms
from tests.support.hostile_web import HostileWeb, Site, answer

ENDLESS = forms_in_forms(7, 10, idle=50_000)  # hours, in little memory
PAGE = "<html><body><main><h1>Bridges</h1><p>The county has 142 bridges in use, as counted.</p></main></body></html>"
BOUND = 240  # seconds: against hangs alone


@pytest.fixture
def web():
    endless = answer(ENDLESS, content_type="application/pdf")
    sites = {"a.test": Site(others=answer(PAGE)), "z.test": Site(others=endless)}
    with HostileWeb(sites) as served:
        yield served


def started(web, data: Path, *papers: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("run", *papers, "--data", data, "--allow-private"),
        env=environment_with(web.hosts, {"VERIFIER_FETCH__DEADLINE": "3600"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def children_of(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):  # a thread that has ended meanwhile
            found += map(int, (task / "children").read_text().split())
    return found


def seconds_of(pid: int) -> float:
    """The processor time that a process has taken."""
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def wait_for(what, process) -> None:
    until = time.monotonic() + BOUND
    while not what():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.2)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def asked(data: Path, question: str) -> list[tuple]:
    with closing(sqlite3.connect(data / "verifier.db")) as database:
        return database.execute(question).fetchall()


def spinning(process) -> list[int]:
    return [child for child in children_of(process.pid) if seconds_of(child) > 3]


def checked(data: Path) -> list[str]:
    try:
        return [url for (url,) in asked(data, "select url from address join fetch on fetch.address_id = address.id")]
    except sqlite3.OperationalError:
        return []


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks processes up in /proc")
def test_a_source_that_is_read_without_end(web, make_paper, tmp_path):
    paper = make_paper(
        "paper.pdf",
        [("It has 142 bridges.", "Count, http://a.test/x."), ("It has 12 tolls.", "Tolls, http://z.test/x.pdf.")],
    )
    process = started(web, tmp_path / "data", paper)
    wait_for(lambda: checked(tmp_path / "data") and spinning(process), process)
    readers = children_of(process.pid)
    process.send_signal(signal.SIGTERM)
    said, errors = process.communicate(timeout=BOUND)
    assert process.returncode == 3, errors
    assert "1 address not checked yet" in said, said
    assert checked(tmp_path / "data") == ["http://a.test/x"]
    assert not any(map(is_alive, readers))


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks processes up in /proc")
def test_a_document_that_is_read_without_end(web, make_paper, tmp_path):
    paper = make_paper("paper.pdf", [("It has 142 bridges.", "Count, http://a.test/x.")])
    hostile = tmp_path / "endless.pdf"
    hostile.write_bytes(ENDLESS)
    process = started(web, tmp_path / "data", paper, hostile)
    read = "select count(*) from extraction"
    wait_for(lambda: (tmp_path / "data/verifier.db").exists() and spinning(process), process)
    wait_for(lambda: asked(tmp_path / "data", read) == [(1,)], process)
    readers = children_of(process.pid)
    process.send_signal(signal.SIGTERM)
    said, errors = process.communicate(timeout=BOUND)
    assert process.returncode == 3, errors
    assert "1 document not read yet" in said
    assert asked(tmp_path / "data", read) == [(1,)]
    assert not any(map(is_alive, readers)), "the hostile one is not recorded as unreadable: it was not read to its end"


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks processes up in /proc")
def test_a_reader_ends_with_a_run_that_is_killed(web, make_paper, tmp_path):
    paper = make_paper("paper.pdf", [("It has 12 tolls.", "Tolls, http://z.test/x.pdf.")])
    process = started(web, tmp_path / "data", paper)
    wait_for(lambda: spinning(process), process)
    readers = children_of(process.pid)
    process.kill()
    process.communicate()
    until = time.monotonic() + BOUND
    while any(map(is_alive, readers)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(map(is_alive, readers))
