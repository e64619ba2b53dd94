"""What the doctor looks at on the machine: versions, folders, disk, the lock."""

import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from db.private import is_open_to_others
from verifier.admin.doctor.result import CheckContext, CheckResult, fail, ok, warn

OLDEST_PYTHON = (3, 11)
OLDEST_SQLITE = (3, 35, 0)
"""The first with RETURNING, by which the store reads back what it wrote (sqlite.org, release 3.35.0 of 2021-03-12)."""

LEAST_FREE = 200_000_000
"""Bytes: several times what one night of a few hundred addresses archives."""

LOW_FREE = 2_000_000_000


def versions(_patient: CheckContext) -> Iterator[CheckResult]:
    """Python and SQLite."""
    python = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        yield fail("python", python, "install Python 3.11 or newer, and Verifier into it")
    else:
        yield ok("python", python)
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        yield fail("sqlite", sqlite3.sqlite_version, "use a Python that was built with SQLite 3.35 or newer")
    else:
        yield ok("sqlite", sqlite3.sqlite_version)


def data_folder(context: CheckContext) -> Iterator[CheckResult]:
    """Whether the data folder is there and can be written: by writing."""
    folder = context.settings.data
    subject, remedy = "data folder", f"give this user the right to write {folder}, or name another with --data"
    if not folder.exists():
        parent = _nearest(folder)
        if _writable(parent):
            yield warn(subject, f"{folder} is not there yet", "the first run makes it")
        else:
            yield fail(subject, f"{folder} is not there, and {parent} cannot be written", remedy)
    elif _writable(folder):
        yield ok(subject, f"{folder} can be written")
    else:
        yield fail(subject, f"{folder} cannot be written", remedy)


def disk(context: CheckContext) -> Iterator[CheckResult]:
    """Whether there is room for the coming nights, and for the copy that an upgrade makes of the store."""
    folder = _nearest(context.settings.data)
    free = shutil.disk_usage(folder).free
    store = context.settings.data / "verifier.db"
    needed = LEAST_FREE + (store.stat().st_size if store.is_file() else 0)
    found = f"{free / 1e9:.1f} GB free in {folder}"
    if free < needed:
        yield fail("disk", found, f"free at least {needed / 1e9:.1f} GB: a night stops when the disk is full")
    elif free < needed + LOW_FREE:
        yield warn("disk", found, "it will be full before long: free some, or move the data folder")
    else:
        yield ok("disk", found)


def run_lock(context: CheckContext) -> Iterator[CheckResult]:
    """Whether a run holds the folder now; the file alone says nothing, the system frees it when a process dies."""
    if context.settings.store_is_shared:
        return  # the store's lease says it, see `shared`
    file = context.settings.data / "run.lock"
    if not file.exists():
        yield ok("lock", "no run has been here")
        return
    try:
        with FileLock(file).acquire(timeout=0):
            yield ok("lock", "free")
    except Timeout:
        yield warn(
            "lock", "a run is at work", "nothing to do; if it never ends, see which process holds run.lock (fuser)"
        )


def watched_folders(context: CheckContext) -> Iterator[CheckResult]:
    """Whether the folders of the nightly run are there."""
    watched = context.settings.watch
    if not watched:
        yield warn("watched", "no folder is watched", "name some as [[watch]] in the settings for `verifier nightly`")
    for folder in watched:
        if not folder.path.is_dir():
            yield fail("watched", f"{folder.path} is no folder", "mount it, or correct [[watch]] in the settings")
            continue
        next(folder.path.iterdir(), None)
        yield ok("watched", f"{folder.path} can be read")


def metrics(context: CheckContext) -> Iterator[CheckResult]:
    """Whether the metrics can be put where their collector reads; nothing to say where there are none."""
    file = context.settings.metrics_file
    if file is None:
        return
    if file.is_dir():
        yield fail("metrics", f"{file} is a folder", "name a file as metrics_file, such as .../verifier.prom")
    elif not file.parent.is_dir():
        yield fail("metrics", f"{file.parent} is not there", "make it, or correct metrics_file in the settings")
    elif not _writable(file.parent):
        remedy = f"give this user the right to write {file.parent} (under systemd: ReadWritePaths=)"
        yield fail("metrics", f"{file.parent} cannot be written", remedy)
    else:
        yield ok("metrics", f"{file} can be written")


def access(context: CheckContext) -> Iterator[CheckResult]:
    """Whether the data folder and the store are closed to other users of the machine."""
    store = context.settings.data / "verifier.db"
    there = [path for path in (context.settings.data, store) if path.exists()]
    for path in there:
        if is_open_to_others(path):
            remedy = f"chmod o= {path}; the next run does it by itself, unless it belongs to another user"
            yield warn("access", f"{path} can be read by every user of this machine", remedy)


def _writable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\0" * 4096)
    except OSError:
        return False
    return True


def _nearest(folder: Path) -> Path:
    """The folder, or the one that it would be made in."""
    return next((there for there in (folder.absolute(), *folder.absolute().parents) if there.exists()), Path("/"))
