"""What befalls a machine, done for real: nothing is lost, the message says what to do, the next run completes."""

import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest

from tests.support.commandline import command, environment_with
from tests.support.small_disk import small_disk
from tests.support.waiting import wait_until
from verifier.demo import DemoWeb, demo_paper


@pytest.fixture(scope="module")
def web():
    with DemoWeb() as served:
        yield served


def arguments(data, pause="0"):
    return ("run", demo_paper(), "--data", data, "--allow-private", "--pause", pause)


@pytest.fixture(scope="module")
def undisturbed(web, tmp_path_factory):
    """A data folder that a run has left, and its dump."""
    data = tmp_path_factory.mktemp("undisturbed") / "data"
    environment = environment_with(web.hosts)
    done = subprocess.run(command(*arguments(data)), env=environment, capture_output=True, timeout=300)
    assert done.returncode == 1
    dump = subprocess.run(command("dump", "--data", data), env=environment, capture_output=True, text=True, timeout=300)
    assert dump.stdout.count("\n") > 50
    return data, dump.stdout


@pytest.fixture
def data(undisturbed, tmp_path):
    shutil.copytree(undisturbed[0], tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def run(verifier, web):
    def run(data, **environment):
        return verifier(*arguments(data), hosts=web.hosts, **environment)

    return run


@pytest.fixture
def struck(verifier_process, web):
    """A run that something befalls: a process of its own."""

    def run(data, **environment):
        done = verifier_process(*arguments(data), hosts=web.hosts, **environment)
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.mark.slow
@pytest.mark.parametrize("size", ["100k", "400k", "700k"], ids=["schema", "document", "sources"])
def test_a_full_disk_stops_a_run_and_the_next_completes(size, run, struck, verifier, undisturbed, tmp_path):
    with small_disk(tmp_path / "disk", size) as disk:
        data = disk / "data"
        stopped = struck(data)
        assert stopped.returncode == 3
        said = stopped.stderr + stopped.stdout
        assert "no room left" in said or "No space left" in said
        subprocess.run(["mount", "-o", "remount,size=100m", str(disk)], check=True)
        assert run(data).returncode == 1
        assert verifier("dump", "--data", data).stdout == undisturbed[1]
        checked = verifier("archive", "check", "--data", data)
        assert checked.returncode == 0, checked.stdout


@pytest.mark.slow
def test_a_full_archive_stops_a_run_and_the_next_completes(run, struck, verifier, undisturbed, tmp_path):
    with small_disk(tmp_path / "disk", "160k") as disk:
        data, store = disk / "data", {"VERIFIER_STORE": f"sqlite:///{tmp_path / 'verifier.db'}"}
        stopped = struck(data, **store)
        assert stopped.returncode == 3
        assert "cannot write the archive" in stopped.stderr
        assert "No space left" in stopped.stderr
        subprocess.run(["mount", "-o", "remount,size=100m", str(disk)], check=True)
        assert run(data, **store).returncode == 1
        assert verifier("dump", "--data", data, **store).stdout == undisturbed[1]
        checked = verifier("archive", "check", "--data", data)
        assert checked.returncode == 0, checked.stdout


def test_a_read_only_folder_is_told_and_nothing_is_lost(run, struck, data, verifier, undisturbed, tmp_path):
    with small_disk(tmp_path / "disk", "50m") as disk:
        shutil.copytree(data, disk / "data")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        refused = struck(disk / "data")
        assert refused.returncode in (2, 3)
        assert "cannot be written" in refused.stderr
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        assert run(disk / "data").returncode == 0
        assert verifier("dump", "--data", disk / "data").stdout == undisturbed[1]


def spoil(file):
    """Overwrite the pages behind the first two, as a failing disk does."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as raw:
        raw.seek(8192)
        raw.write(b"\xde\xad" * 4096 * 20)


def test_a_damaged_store_is_never_written_and_a_backup_brings_it_back(
    run, struck, data, verifier, undisturbed, tmp_path
):
    assert verifier("backup", "night.tar", "--data", data).returncode == 0
    spoil(data / "verifier.db")
    spoiled = (data / "verifier.db").read_bytes()
    stopped = struck(data)
    assert stopped.returncode == 3
    assert "Restore the last backup" in stopped.stderr
    assert (data / "verifier.db").read_bytes() == spoiled
    assert "verifier restore" in verifier("doctor", "--data", data).stdout
    assert verifier("backup", "damaged.tar", "--data", data).returncode == 3
    assert not (tmp_path / "damaged.tar").exists()
    assert verifier("restore", "night.tar", "--data", "again").returncode == 0
    assert run(tmp_path / "again").returncode == 0
    assert verifier("dump", "--data", "again").stdout == undisturbed[1]


def test_a_torn_tail_is_cut_by_the_next_run(run, data, verifier):
    (warc,) = (data / "archive").glob("*.warc.gz")
    whole = warc.read_bytes()
    warc.write_bytes(whole + whole[:100])
    warc.with_name(warc.name + ".writing").touch()
    assert verifier("archive", "check", "--data", data).returncode == 3
    with closing(sqlite3.connect(data / "verifier.db")) as database, database:
        database.execute("UPDATE address SET due_at = NULL WHERE id = 1")
    (data / "verifier.db.sha256").unlink()  # as whoever changes a store by hand is advised
    assert run(data).returncode == 0
    assert warc.read_bytes() == whole
    assert verifier("archive", "check", "--data", data).returncode == 0


@pytest.mark.slow
def test_of_two_instances_one_works_and_the_other_says_so(run, struck, web, verifier, undisturbed, tmp_path):
    first = subprocess.Popen(
        command(*arguments(tmp_path / "data", pause="0.2")),
        env=environment_with(web.hosts),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until((tmp_path / "data" / "verifier.db").is_file)
    second = struck(tmp_path / "data")
    assert second.returncode == 4
    assert "another run" in second.stderr
    assert first.wait(timeout=300) == 1
    assert verifier("dump", "--data", tmp_path / "data").stdout == undisturbed[1]
