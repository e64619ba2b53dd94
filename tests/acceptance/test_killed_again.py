"""Killed on the second night, when bodies are left out of the archive: nothing is lost, and nothing is kept twice."""

import random
import signal
import sqlite3
import subprocess
from contextlib import closing
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.support.commandline import command, environment_with
from tests.support.waiting import wait_until
from verifier.demo import DemoWeb, demo_paper

AT_ONCE = {"VERIFIER_SCHEDULE__LIVE_DAYS": "0.000001", "VERIFIER_SCHEDULE__SUSPICIOUS_DAYS": "0.000001"}


@pytest.fixture(scope="module")
def web():
    with DemoWeb() as served:
        yield served


def bodies(data) -> dict[str, int]:
    """How often each payload is kept, by the record's own digest; empty ones do not count."""
    kept: dict[str, int] = {}
    for path in sorted((data / "archive").glob("*.warc.gz")):
        for record in ArchiveIterator(BytesIO(path.read_bytes())):
            if record.rec_type == "response" and record.content_stream().read():
                place = f"{record.rec_headers['WARC-Target-URI']} {record.rec_headers['WARC-Payload-Digest']}"
                kept[place] = kept.get(place, 0) + 1
    return kept


def fetches(data) -> int:
    """How many fetches a store has that a run may be writing."""
    with closing(sqlite3.connect(f"file:{data / 'verifier.db'}?mode=ro", uri=True)) as store:
        return store.execute("SELECT count(*) FROM fetch").fetchone()[0]


@pytest.mark.slow
def test_kills_on_the_second_night_leave_a_sound_archive_without_doubles(web, tmp_path, verifier):
    data = tmp_path / "data"

    def night() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command("run", demo_paper(), "--data", data, "--allow-private", "--pause", "0.05"),
            env=environment_with(web.hosts, AT_ONCE),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def done() -> None:
        run = ("run", demo_paper(), "--data", data, "--allow-private", "--pause", "0")
        ended = verifier(*run, hosts=web.hosts, **AT_ONCE)
        assert ended.returncode in (0, 1), ended.stderr

    done()
    first = bodies(data)
    assert sum(first.values()) > 15
    of_the_first = fetches(data)

    moments = random.Random(11)
    killed = 0
    for _ in range(12):
        enough = fetches(data) + moments.uniform(0.05, 0.4) * of_the_first  # half of them ask nothing more
        process = night()
        wait_until(lambda process=process, enough=enough: fetches(data) >= enough or process.poll() is not None)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=300)
        killed += process.returncode == -signal.SIGKILL
        if killed == 4:
            break
    assert killed == 4, "hardly any run was still at work when it was killed"
    done()
    checked = verifier("archive", "check", "--data", data)
    assert checked.returncode == 0, checked.stdout
    assert bodies(data) == first
