"""Killed with SIGKILL at random moments and started again, a run or a night leaves the store of an undisturbed one."""

import random
import signal
import subprocess
import sys
import time

import pytest

from tests.support import kills
from tests.support.commandline import command, environment_with
from verifier.demo import DemoWeb, demo_paper

PAUSE = "0.05"


@pytest.fixture(scope="module")
def web():
    with DemoWeb() as served:
        yield served


def run(web, data, **options):
    return subprocess.Popen(
        command("run", demo_paper(), "--data", data, "--allow-private", "--pause", PAUSE),
        env=environment_with(web.hosts),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        **options,
    )


def finished(process):
    _, errors = process.communicate(timeout=300)
    return process.returncode, errors.decode()


@pytest.mark.slow
def test_ten_kills_and_the_same_store(web, tmp_path, verifier):
    started = time.monotonic()
    code, errors = finished(run(web, tmp_path / "undisturbed"))
    took = time.monotonic() - started
    assert code in (0, 1), errors
    expected = verifier("dump", "--data", tmp_path / "undisturbed").stdout
    assert expected.count("\n") > 50

    moments = random.Random(7)
    killed = 0
    for _ in range(10):
        process = run(web, tmp_path / "killed")
        time.sleep(moments.uniform(0.15, took))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=300)
        killed += process.returncode == -signal.SIGKILL
    assert killed >= 3, "hardly any run was still at work when it was killed"
    code, errors = finished(run(web, tmp_path / "killed"))
    assert code in (0, 1), errors
    assert verifier("dump", "--data", tmp_path / "killed").stdout == expected
    checked = verifier("archive", "check", "--data", tmp_path / "killed")
    assert checked.returncode == 0, checked.stdout
    warcs = sorted((tmp_path / "killed" / "archive").glob("*.warc.gz"))
    others = subprocess.run([sys.executable, "-m", "warcio.cli", "check", *warcs], capture_output=True, text=True)
    assert (others.returncode, others.stdout, others.stderr) == (0, "", "")


@pytest.mark.slow
def test_killed_at_every_stage_in_a_folder_of_its_own(web, tmp_path, verifier):
    finished(run(web, tmp_path / "undisturbed"))
    expected = verifier("dump", "--data", tmp_path / "undisturbed").stdout
    for n, moment in enumerate((0.4, 0.9, 1.4, 1.9)):
        data = tmp_path / f"killed-{n}"
        process = run(web, data)
        time.sleep(moment)
        process.kill()
        process.communicate(timeout=300)
        code, errors = finished(run(web, data))
        assert code in (0, 1), errors
        assert verifier("dump", "--data", data).stdout == expected


@pytest.mark.slow
def test_a_killed_night_asks_nothing_twice_but_what_was_in_flight(tmp_path, clean_environment):
    nights = list(kills.run(kills.Plan(kills=3, seed=5, hosts=4, of_host=4, pause=0.5), tmp_path))
    assert sum(night.kills for night in nights) == 3
    assert [problem for night in nights for problem in night.problems] == []
