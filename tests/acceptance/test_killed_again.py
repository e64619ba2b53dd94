"""Killed on the second night, when bodies are left out of the archive: nothing is lost, and nothing is kept twice."""

import random
import signal
import subprocess
import time
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.support.commandline import command, environment_with
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

    started = time.monotonic()
    assert night().wait(60) in (0, 1)
    took = time.monotonic() - started
    first = bodies(data)
    assert sum(first.values()) > 15

    moments = random.Random(11)
    killed = 0
    for _ in range(12):
        began = time.monotonic()
        process = night()
        try:
            process.wait(moments.uniform(0.3 * took, 0.9 * took))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        else:
            took = time.monotonic() - began  # the machine has become quicker
        process.communicate(timeout=300)
        killed += process.returncode == -signal.SIGKILL
        if killed == 4:
            break
    assert killed == 4, "hardly any run was still at work when it was killed"
    _, errors = (last := night()).communicate(timeout=300)
    assert last.returncode in (0, 1), errors.decode()
    checked = verifier("archive", "check", "--data", data)
    assert checked.returncode == 0, checked.stdout
    assert bodies(data) == first
