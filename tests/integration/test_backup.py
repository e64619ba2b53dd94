"""A backup is whole or not there, agrees with itself even while a run writes, and brings everything back."""

import io
import shutil
import subprocess
import sys
import tarfile
import time
from datetime import UTC, datetime

import pytest

from db.store import Store
from tests.support.commandline import command, environment_with
from tests.support.small_disk import small_disk
from verifier.admin.backup import back_up
from verifier.admin.restore import restore
from verifier.demo import DemoWeb, demo_paper
from verifier.errors import BackupError, SettingsError
from verifier.resolver import check_archive
from verifier.settings import Settings

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def web():
    with DemoWeb() as served:
        yield served


@pytest.fixture(scope="module")
def demo(web, tmp_path_factory):
    """A data folder that a run has left."""
    data = tmp_path_factory.mktemp("demo") / "data"
    done = run(web, data)
    done.communicate(timeout=300)
    assert done.returncode == 1
    return data


@pytest.fixture
def data(demo, tmp_path, clean_environment):
    shutil.copytree(demo, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture(scope="module")
def good_backup(demo, tmp_path_factory):
    return back_up(Settings(data=demo), tmp_path_factory.mktemp("good") / "good.tar", NOW).file


def run(web, data, pause="0"):
    return subprocess.Popen(
        command("run", demo_paper(), "--data", data, "--allow-private", "--pause", pause),
        env=environment_with(web.hosts),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def dump(data):
    with Store.open(f"sqlite:///{data / 'verifier.db'}") as store:
        return list(store.dump())


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_was_backed_up_comes_back(data, tmp_path):
    made = back_up(Settings(data=data), tmp_path / "a.tar", NOW)
    assert (made.missing, made.file.stat().st_mode & 0o777) == ((), 0o600)
    restored = restore(made.file, Settings(data=tmp_path / "again"))
    assert restored.problems == ()
    assert restored.manifest == made.manifest
    assert dump(tmp_path / "again") == dump(data) != []
    for part in ("archive", "documents"):
        assert files(tmp_path / "again" / part) == files(data / part) != {}
    assert {p.name for p in tmp_path.iterdir()} == {"data", "a.tar", "again"}
    assert {p.name for p in (tmp_path / "again").iterdir()} <= {
        *("archive", "documents", "uploads", "supplied", "log", "run.lock"),
        *("verifier.db", "verifier.db.sha256", "checksums.json"),
    }


def test_the_commands_say_what_they_did(data, tmp_path, verifier):
    made = verifier("backup", "a.tar", "--data", data)
    assert (made.returncode, made.stderr) == (0, "")
    assert "read back" in made.stdout
    restored = verifier("restore", "a.tar", "--data", "again")
    assert (restored.returncode, restored.stderr) == (0, "")
    assert verifier("archive", "check", "--data", "again").returncode == 0
    refused = verifier("restore", "a.tar", "--data", "again")
    assert refused.returncode == 2
    assert "not empty" in refused.stderr


@pytest.mark.slow
def test_backups_made_while_a_run_is_at_work_are_each_consistent(web, tmp_path, clean_environment):
    data, settings = tmp_path / "data", Settings(data=tmp_path / "data")
    process = run(web, data, pause="0.05")
    made = []
    while process.poll() is None:
        if (data / "verifier.db").is_file() and (data / "archive").is_dir():
            made.append(back_up(settings, tmp_path / f"{len(made)}.tar", NOW))
        time.sleep(0.1)
    assert process.wait() == 1
    assert len(made) > 2, "hardly any backup fell into the run"
    for number, backup in enumerate(made):
        assert backup.missing == ()
        assert restore(backup.file, Settings(data=tmp_path / f"again-{number}")).problems == ()
    lengths = [len(dump(tmp_path / f"again-{number}")) for number in range(len(made))]
    assert lengths[0] < lengths[-1]


def test_a_record_that_is_half_written_is_left_out(data, tmp_path):
    (warc,) = (data / "archive").glob("*.warc.gz")
    with warc.open("ab") as file:
        file.write(warc.read_bytes()[:500])
    warc.with_name(warc.name + ".writing").touch()
    made = back_up(Settings(data=data), tmp_path / "a.tar", NOW)
    assert made.missing == ()
    assert restore(made.file, Settings(data=tmp_path / "again")).problems == ()


def test_what_is_missing_already_is_said_and_all_else_kept(data, tmp_path, verifier):
    (warc,) = (data / "archive").glob("*.warc.gz")
    (paper,) = (data / "documents").glob("*.pdf")
    warc.unlink()
    paper.unlink()
    made = verifier("backup", "a.tar", "--data", data)
    assert made.returncode == 3
    assert warc.name in made.stderr
    assert paper.name in made.stderr
    restored = verifier("restore", "a.tar", "--data", "again")
    assert restored.returncode == 3
    assert paper.name in restored.stderr
    assert dump(tmp_path / "again") == dump(data)


def test_damage_that_was_backed_up_is_said_when_it_is_restored(data, tmp_path):
    (warc,) = (data / "archive").glob("*.warc.gz")
    content = bytearray(warc.read_bytes())
    content[len(content) // 2] ^= 0xFF
    warc.write_bytes(content)
    made = back_up(Settings(data=data), tmp_path / "a.tar", NOW)
    problems = restore(made.file, Settings(data=tmp_path / "again")).problems
    assert any("no whole record" in problem for problem in problems)
    assert any("names a response that is not there" in problem for problem in problems)
    assert not check_archive(tmp_path / "again" / "archive").sound


def _cut(content):
    return content[: len(content) * 2 // 3]


def _flipped_at(share):
    def flip(content):
        content = bytearray(content)
        content[int(len(content) * share)] ^= 0xFF
        return bytes(content)

    return flip


def _without_manifest(content):
    shortened = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(content)) as whole, tarfile.open(fileobj=shortened, mode="w") as tar:
        for member in whole.getmembers()[:-1]:
            tar.addfile(member, whole.extractfile(member))
    return shortened.getvalue()


def _with(name, kind=tarfile.REGTYPE):
    def add(content):
        more = io.BytesIO()
        with tarfile.open(fileobj=io.BytesIO(content)) as whole, tarfile.open(fileobj=more, mode="w") as tar:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            tar.addfile(member)
            for member in whole.getmembers():
                tar.addfile(member, whole.extractfile(member))
        return more.getvalue()

    return add


SPOILED = {
    "cut off": _cut,
    "a byte of the store": _flipped_at(0.2),
    "a byte near the end": _flipped_at(0.9),
    "no manifest": _without_manifest,
    "empty": lambda content: b"",
    "no tar": lambda content: b"hello" * 1000,
    "a file outside": _with("../evil"),
    "an absolute file": _with("/tmp/evil"),
    "a link": _with("verifier.db", tarfile.SYMTYPE),
    "a member that the manifest does not name": _with("archive/more.warc.gz"),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_spoiled_backup_is_refused_and_nothing_put_in_place(spoil, good_backup, tmp_path, clean_environment):
    spoiled = tmp_path / "spoiled.tar"
    spoiled.write_bytes(spoil(good_backup.read_bytes()))
    with pytest.raises(BackupError):
        restore(spoiled, Settings(data=tmp_path / "again"))
    assert {p.name for p in (tmp_path / "again").iterdir()} <= {"run.lock"}
    assert not (tmp_path / "evil").exists()
    assert restore(good_backup, Settings(data=tmp_path / "again")).problems == ()


def test_a_restore_that_was_killed_is_begun_anew(good_backup, tmp_path, clean_environment):
    left = tmp_path / "again" / "restoring.part" / "archive"
    left.mkdir(parents=True)
    (left / "half.warc.gz").write_bytes(b"half")
    restore(good_backup, Settings(data=tmp_path / "again"))
    assert "half.warc.gz" not in {p.name for p in (tmp_path / "again").rglob("*")}


@pytest.mark.parametrize("name", ["verifier.db", "archive", "notes.txt"])
def test_a_folder_that_holds_anything_is_left_alone(good_backup, name, tmp_path, clean_environment):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / name).write_text("mine", encoding="utf-8")
    with pytest.raises(SettingsError, match=name):
        restore(good_backup, Settings(data=tmp_path / "mine"))
    assert files(tmp_path / "mine") == {name: b"mine"} | (
        {"run.lock": b""} if (tmp_path / "mine/run.lock").exists() else {}
    )


def test_without_a_store_there_is_nothing_to_back_up(tmp_path, clean_environment):
    with pytest.raises(SettingsError, match="nothing to back up"):
        back_up(Settings(data=tmp_path / "none"), tmp_path / "a.tar", NOW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("log", [False, True], ids=["closed", "its log was not written back"])
def test_a_disk_that_turned_read_only_can_still_be_backed_up(data, log, tmp_path):
    expected = dump(data)
    with small_disk(tmp_path / "disk", "50m") as disk:
        shutil.copytree(data, disk / "data")
        if log:
            leave_a_log(disk / "data" / "verifier.db")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        made = back_up(Settings(data=disk / "data"), tmp_path / "a.tar", NOW)
    assert made.missing == ()
    assert restore(made.file, Settings(data=tmp_path / "again")).problems == ()
    assert (dump(tmp_path / "again") != expected) is log, "what is in the log alone comes along"


def leave_a_log(file):
    """As a killed process leaves it: the last change is in the log, not in the file."""
    script = f"""
import os, sqlite3
database = sqlite3.connect({str(file)!r}, isolation_level=None)
database.execute("INSERT INTO source (key) VALUES ('doi:10.1/only-in-the-log')")
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=300)
    assert file.with_name(file.name + "-wal").stat().st_size


def test_a_full_disk_leaves_the_older_backup(data, tmp_path, verifier):
    with small_disk(tmp_path / "full", "256k") as disk:
        (disk / "a.tar").write_bytes(b"older")
        made = verifier("backup", disk / "a.tar", "--data", data)
        assert made.returncode == 3
        assert "room" in made.stderr
        assert "Traceback" not in made.stderr
        assert files(disk) == {"a.tar": b"older"}


def test_a_full_disk_stops_a_restore_and_leaves_nothing(good_backup, tmp_path, verifier):
    with small_disk(tmp_path / "full", "256k") as disk:
        restored = verifier("restore", good_backup, "--data", disk)
        assert restored.returncode == 3
        assert "room" in restored.stderr
        assert "Traceback" not in restored.stderr
        assert {p.name for p in disk.iterdir()} <= {"run.lock"}


@pytest.mark.slow
def test_a_backup_that_was_killed_leaves_the_older_one(data, tmp_path, verifier):
    older = back_up(Settings(data=data), tmp_path / "a.tar", NOW).file.read_bytes()
    killed = 0
    for moment in (0.3, 0.6, 0.9, 1.2):
        process = subprocess.Popen(command("backup", tmp_path / "a.tar", "--data", data), env=environment_with(None))
        time.sleep(moment)
        process.kill()
        killed += process.wait() != 0
        content = (tmp_path / "a.tar").read_bytes()
        assert content == older or restore(tmp_path / "a.tar", Settings(data=tmp_path / f"at {moment}")).problems == ()
    assert killed > 0
    assert verifier("backup", "a.tar", "--data", data).returncode == 0
    assert {p.name for p in tmp_path.iterdir() if "a.tar" in p.name} == {"a.tar"}
