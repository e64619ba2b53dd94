"""Killed with SIGKILL at random moments and started again, a run or a night leaves the store of an undisturbed one."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from tests.support import kills
from tests.support.commandline import command, environment_with
from tests.support.waiting import wait_until
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


def counted(data, table):
    """How many rows a table of a store that a run may be writing has; 0 where there is none yet."""
    try:
        with closing(sqlite3.connect(f"file:{data / 'verifier.db'}?mode=ro", uri=True)) as store:
            return store.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


@pytest.fixture(scope="module")
def undisturbed(web, tmp_path_factory):
    """A data folder that a run has left, and how many seconds that took."""
    data = tmp_path_factory.mktemp("undisturbed") / "data"
    started = time.monotonic()
    code, errors = finished(run(web, data))
    assert code in (0, 1), errors
    return data, time.monotonic() - started


@pytest.fixture
def expected(verifier, undisturbed):
    """The dump of the run that nobody disturbed."""
    dump = verifier("dump", "--data", undisturbed[0]).stdout
    assert dump.count("\n") > 50
    return dump


@pytest.fixture
def finish(verifier, web):
    """Takes a run up again and lets it come to its end."""

    def finish(data):
        done = verifier("run", demo_paper(), "--data", data, "--allow-private", "--pause", "0", hosts=web.hosts)
        assert done.returncode in (0, 1), done.stderr

    return finish


@pytest.mark.slow
def test_killed_again_and_again_it_leaves_the_same_store(web, tmp_path, verifier, finish, undisturbed, expected):
    moments = random.Random(7)
    killed = 0
    for _ in range(6):
        process = run(web, tmp_path / "killed")
        time.sleep(moments.uniform(0.15, undisturbed[1]))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=300)
        killed += process.returncode == -signal.SIGKILL
    assert killed >= 3, "hardly any run was still at work when it was killed"
    finish(tmp_path / "killed")
    assert verifier("dump", "--data", tmp_path / "killed").stdout == expected
    checked = verifier("archive", "check", "--data", tmp_path / "killed")
    assert checked.returncode == 0, checked.stdout
    warcs = sorted((tmp_path / "killed" / "archive").glob("*.warc.gz"))
    others = subprocess.run([sys.executable, "-m", "warcio.cli", "check", *warcs], capture_output=True, text=True)
    assert (others.returncode, others.stdout, others.stderr) == (0, "", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "share"),
    [
        pytest.param("extraction", 0, id="while it reads the document"),
        pytest.param("fetch", 0.05, id="at its first addresses"),
        pytest.param("fetch", 0.6, id="amid its addresses"),
        pytest.param("fetch", 1, id="when all addresses are asked"),
    ],
)
def test_killed_at_every_stage_in_a_folder_of_its_own(
    web, tmp_path, verifier, finish, undisturbed, expected, table, share
):
    enough = share * counted(undisturbed[0], table)
    for tries in range(10):
        data = tmp_path / f"killed-{tries}"
        process = run(web, data)
        wait_until(lambda data=data: (data / "verifier.db").is_file() and counted(data, table) >= enough)
        process.kill()
        process.communicate(timeout=300)
        if process.returncode == -signal.SIGKILL:
            break  # else it was done before this process came to look
    assert process.returncode == -signal.SIGKILL
    finish(data)
    assert verifier("dump", "--data", data).stdout == expected


@pytest.mark.slow
def test_a_killed_night_asks_nothing_twice_but_what_was_in_flight(tmp_path, clean_environment):
    nights = list(kills.run(kills.Plan(kills=3, seed=5, hosts=4, of_host=4, pause=0.5), tmp_path))
    assert sum(night.kills for night in nights) == 3
    assert [problem for night in nights for problem in night.problems] == []
