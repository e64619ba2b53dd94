"""What the doctor looks at in the data folder: the store, the archive, and the clock as the store remembers it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from db.referenced_files import Holdings
from db.schema import is_older, is_too_old
from db.sessions import file_of, parsed
from db.sqlite_backup import damage_of
from verifier.admin.doctor.result import Checkup, Patient, mend, note, well
from verifier.admin.integrity import prove_data_folder
from verifier.errors import StoreError

PATIENCE = 2.0
"""Seconds to wait for a store that another process holds: asking again is easy."""

QUOTA_NEAR = 0.9
"""The part of the quota from which it is told, as in every report."""

CLOCK_SLACK = timedelta(minutes=5)
"""Clocks that are set over the network differ by far less."""


def store(patient: Patient) -> Iterator[Checkup]:
    """Whether the store is sound, and its schema that of this version. Nothing is changed, nothing upgraded."""
    url = patient.settings.store_url
    file = file_of(parsed(url))
    if file is not None and not file.is_file():
        yield note("store", "there is none yet", "the first run makes it")
        return
    problems = damage_of(file, PATIENCE) if file is not None else []
    if problems:
        remedy = f"let no run start, move {file} away, and bring a backup back: verifier restore"
        yield mend("store", f"damaged: {problems[0]}", remedy)
        return
    with Holdings(url, PATIENCE) as holdings:
        found, newest = holdings.revision()
    if found == newest:
        yield well("store", f"sound; schema {found}")
    elif found is None or is_older(found):
        remedy = "the next run upgrades it, and keeps the store as it is beside it (verifier.db.before-...)"
        yield note("store", f"sound; schema {found}, this version writes {newest}", remedy)
    elif is_too_old(found):
        remedy = "bring it to 0015 with an earlier version first (docs/operate.md, Upgrade)"
        yield mend("store", f"schema {found} is older than what this version upgrades", remedy)
    else:
        yield mend("store", f"schema {found} is newer than this version's ({newest})", "upgrade Verifier")


def archive(patient: Patient) -> Iterator[Checkup]:
    """Whether a killed run left half a record; `verifier archive check` proves all of them."""
    from verifier.resolver import archive_length

    files = sorted(patient.settings.archive_folder.glob("*.warc.gz"))
    torn = [file.name for file in files if archive_length(file) < file.stat().st_size]
    if torn:
        remedy = "nothing to do: what is half written is cut off when the next run begins"
        yield note("archive", f"a record is half written at the end of {', '.join(torn[:3])}", remedy)
    else:
        yield well("archive", f"{len(files)} files; `verifier archive check` proves every record")


def integrity(patient: Patient) -> Iterator[Checkup]:
    """Whether every file is as it was left; reads all of them."""
    if not patient.settings.data.is_dir():
        return
    found = prove_data_folder(patient.settings)
    for problem in found.problems:
        yield mend("files", problem, "restore the last backup: verifier restore (docs/operate.md)")
    for changed in found.changed:
        yield note("files", changed, "nothing to do if somebody changed it; else bring it back from a backup")
    if not found.problems and not found.changed:
        yield well("files", "all as they were left")


def quota(patient: Patient) -> Iterator[Checkup]:
    """Whether the archive may still grow; nothing to say where it has no quota."""
    most = patient.settings.archive.max_bytes
    if not most:
        return
    size = sum(file.stat().st_size for file in patient.settings.archive_folder.glob("*.warc.gz"))
    found = f"the archive holds {size / most:.0%} of archive.max_bytes"
    if size >= most:
        yield mend("quota", found, "raise it: until then no source is checked")
    elif size >= QUOTA_NEAR * most:
        yield note("quota", found, "raise it in time: when it is full no source is checked")
    else:
        yield well("quota", found)


def clock(patient: Patient) -> Iterator[Checkup]:
    """Whether this machine's clock has gone back: addresses would not become due, and checks lie about their gaps."""
    known = _newest_time(patient.settings.store_url)
    shown = f"{patient.now:%Y-%m-%d %H:%M} UTC"
    if known is not None and known > patient.now + CLOCK_SLACK:
        remedy = "set the clock (timedatectl set-ntp true); what is due waits until the clock has caught up"
        yield mend("clock", f"{shown}, but the store knows of {known:%Y-%m-%d %H:%M} UTC", remedy)
    else:
        yield well("clock", shown)


def _newest_time(url: str) -> datetime | None:
    """The latest moment that the store knows of, None where it knows of none or cannot be read."""
    file = file_of(parsed(url))
    if file is not None and not file.is_file():
        return None
    try:
        with Holdings(url, PATIENCE) as holdings:
            return holdings.newest_time() if holdings.revision()[0] is not None else None
    except StoreError:
        return None  # which the store's own examination says
