"""A byte that changes by itself, in any file of a data folder or a backup, is named by everything that proves them."""

import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.store import Store
from tests.support.desks import demo_settings
from verifier.admin.backup import back_up, prove_backup
from verifier.admin.doctor.data import backup as doctor_backup
from verifier.admin.doctor.result import CheckContext, Health
from verifier.admin.doctor.run import examine
from verifier.admin.integrity import prove_data_folder
from verifier.admin.restore import restore
from verifier.errors import BackupError, StoreError
from verifier.runs.lock import only_run, open_or_begin_store
from verifier.settings import Settings

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
FLIPS = 200


@pytest.fixture
def whole(data):
    """A data folder as a run leaves it, with everything that a desk adds."""
    for name in ("uploads/a paper (2).pdf", "supplied/1234-20260105", "pages/a-b-1-2.png", "log/verifier.jsonl"):
        (data / name).parent.mkdir(exist_ok=True)
        (data / name).write_bytes(b"what is in it\n" * 20)
    (data / "users.json").write_text('{"users": []}\n')
    (data / "review.secret").write_text("a secret that signs sessions\n")
    with only_run(Settings(data=data)):
        pass  # its end takes the digests
    return data


def files_of(folder: Path):
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size]


def flip(path: Path, chance: random.Random) -> tuple[int, int]:
    """Change one byte of a file; where, and what was there."""
    with path.open("r+b") as file:
        at = chance.randrange(path.stat().st_size)
        file.seek(at)
        before = file.read(1)[0]
        file.seek(at)
        file.write(bytes([before ^ (1 << chance.randrange(8))]))
    return at, before


def mend(path: Path, at: int, before: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(bytes([before]))


def test_an_untouched_folder_is_whole(whole):
    found = prove_data_folder(Settings(data=whole))
    assert (found.problems, found.changed) == ((), ())


def test_every_kind_of_file_is_there(whole):
    names = {path.relative_to(whole).parts[0] for path in files_of(whole)}
    assert names == {
        *("verifier.db", "verifier.db.sha256", "checksums.json", "users.json", "review.secret"),
        *("archive", "documents", "uploads", "supplied", "pages", "log"),
    }


def test_flipped_bytes_are_named(whole):
    """Of each flip: what proves the folder, what backs it up, and (they ask the same) the doctor."""
    chance = random.Random(20260105)
    settings = Settings(data=whole)
    unnamed = []
    files = files_of(whole)
    for number in range(FLIPS):
        path = files[number % len(files)]
        at, before = flip(path, chance)
        name = path.relative_to(whole).as_posix()
        found = prove_data_folder(settings)
        if not any(name in said for said in (*found.problems, *found.changed)):
            unnamed.append((name, at))
        mend(path, at, before)
    assert unnamed == []


@pytest.mark.slow
def test_the_commands_name_them(whole, tmp_path, verifier):
    chance = random.Random(7)
    for path in files_of(whole):
        at, before = flip(path, chance)
        name = path.relative_to(whole).as_posix()
        for command in (("archive", "check"), ("backup", tmp_path / "a.tar"), ("doctor",)):
            done = verifier(*command, "--data", whole)
            assert name in done.stdout + done.stderr, (command, name, at, done.stdout, done.stderr)
        mend(path, at, before)


def test_a_flipped_byte_of_a_backup_is_refused(whole, tmp_path):
    chance = random.Random(11)
    backup = back_up(Settings(data=whole), tmp_path / "a.tar", NOW).file
    prove_backup(backup)
    for number in range(FLIPS):
        at, before = flip(backup, chance)
        with pytest.raises(BackupError, match=r"backup|manifest"):
            prove_backup(backup)
        if number < 3:
            with pytest.raises(BackupError):
                restore(backup, Settings(data=tmp_path / "again"))
        mend(backup, at, before)
    prove_backup(backup)


def test_a_flipped_byte_of_a_backup_is_named_by_the_doctor(whole, tmp_path, monkeypatch):
    chance = random.Random(13)
    (tmp_path / "backups").mkdir()
    monkeypatch.setenv("VERIFIER_BACKUP_FOLDER", str(tmp_path / "backups"))
    context = CheckContext(Settings(data=whole), NOW)
    assert [one.health for one in doctor_backup(context)] == [Health.FAIL], "there is none"
    backup = back_up(Settings(data=whole), tmp_path / "backups/a.tar", NOW).file
    assert [one.health for one in doctor_backup(context)] == [Health.OK]
    unnamed = []
    for _ in range(FLIPS):
        at, before = flip(backup, chance)
        said = list(doctor_backup(context))
        if [one.health for one in said] != [Health.FAIL] or "a.tar" not in said[0].found:
            unnamed.append(at)
        mend(backup, at, before)
    assert unnamed == []


@pytest.mark.slow
def test_the_commands_name_a_flipped_byte_of_a_backup(whole, tmp_path, verifier):
    backup = back_up(Settings(data=whole), tmp_path / "a.tar", NOW).file
    for command in (("archive", "check", backup), ("backup", "--check", backup)):
        assert verifier(*command).returncode == 0
    flip(backup, random.Random(17))
    for command in (("archive", "check", backup), ("backup", "--check", backup), ("doctor", "--data", whole)):
        done = verifier(*command, VERIFIER_BACKUP_FOLDER=str(tmp_path))
        assert done.returncode == 3, command
        assert "a.tar" in done.stdout + done.stderr


def test_a_backup_brings_back_all_that_cannot_be_made_again(whole, tmp_path):
    made = back_up(Settings(data=whole), tmp_path / "a.tar", NOW)
    assert (made.missing, made.damaged, made.changed) == ((), (), ())
    again = tmp_path / "again"
    assert restore(made.file, Settings(data=again)).problems == ()
    for name in ("uploads/a paper (2).pdf", "supplied/1234-20260105", "log/verifier.jsonl", "users.json"):
        assert (again / name).read_bytes() == (whole / name).read_bytes()
    assert not (again / "review.secret").exists(), "it is made anew, and ends the sessions"
    found = prove_data_folder(Settings(data=again))
    assert (found.problems, found.changed) == ((), ())


def test_no_run_begins_on_a_store_that_changed_by_itself(whole):
    settings = demo_settings(whole)
    at, before = flip(whole / "verifier.db", random.Random(3))
    with pytest.raises(StoreError, match="restore"):
        open_or_begin_store(settings)
    mend(whole / "verifier.db", at, before)
    open_or_begin_store(settings).close()


def test_the_store_is_sealed_by_who_wrote_last_and_unsealed_by_who_writes(whole):
    seal = whole / "verifier.db.sha256"
    first, second = (Store.open(f"sqlite:///{whole / 'verifier.db'}") for _ in range(2))
    first.documents.mark_missing("nowhere", [])
    assert not seal.exists()
    first.close()
    second.documents.mark_missing("nowhere", [])
    second.close()
    assert seal.exists()
    assert prove_data_folder(Settings(data=whole)).problems == ()


def test_a_doctor_says_what_to_do(whole):
    flip(next((whole / "documents").glob("*.pdf")), random.Random(1))
    said = [checkup for checkup in examine(None, whole, NOW) if checkup.subject == "files"]
    assert [(one.health, "restore" in one.remedy) for one in said] == [(Health.FAIL, True)]


def test_a_backup_of_an_earlier_version_is_read(whole, tmp_path):
    settings = Settings(data=whole)
    backup = back_up(settings, tmp_path / "a.tar", NOW).file
    content = backup.read_bytes()
    older = tmp_path / "older.tar"
    older.write_bytes(
        content[: content.rindex(b"verifier backup sha256")].replace(b"verifier backup 2", b"verifier backup 1")
    )
    assert prove_backup(older).has_digest is False
    shutil.rmtree(whole)
    assert restore(older, settings).problems == ()
