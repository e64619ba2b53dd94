"""What the doctor looks at in the data folder: the store, the archive, and the clock as the store remembers it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from db.referenced_files import ReferencedFiles
from db.schema import is_older, is_too_old
from db.sessions import file_of, parsed
from db.sqlite_backup import damage_of
from verifier.admin.backup import prove_backup
from verifier.admin.doctor.result import CheckContext, CheckResult, fail, ok, warn
from verifier.admin.integrity import prove_data_folder
from verifier.errors import BackupError, StoreError

PATIENCE = 2.0
"""Seconds to wait for a store that another process holds: asking again is easy."""

QUOTA_NEAR = 0.9
"""The part of the quota from which it is told, as in every report."""

CLOCK_SLACK = timedelta(minutes=5)
"""Clocks that are set over the network differ by far less."""


def store(context: CheckContext) -> Iterator[CheckResult]:
    """Whether the store is sound, and its schema that of this version. Nothing is changed, nothing upgraded."""
    url = context.settings.store_url
    file = file_of(parsed(url))
    if file is not None and not file.is_file():
        yield warn("store", "there is none yet", "the first run makes it")
        return
    problems = damage_of(file, PATIENCE) if file is not None else []
    if problems:
        remedy = f"let no run start, move {file} away, and bring a backup back: verifier restore"
        yield fail("store", f"damaged: {problems[0]}", remedy)
        return
    with ReferencedFiles(url, PATIENCE) as referenced:
        found, newest = referenced.revision()
    if found == newest:
        yield ok("store", f"sound; schema {found}")
    elif found is None or is_older(found):
        remedy = "the next run upgrades it, and keeps the store as it is beside it (verifier.db.before-...)"
        yield warn("store", f"sound; schema {found}, this version writes {newest}", remedy)
    elif is_too_old(found):
        remedy = "bring it to 0015 with an earlier version first (docs/operate.md, Upgrade)"
        yield fail("store", f"schema {found} is older than what this version upgrades", remedy)
    else:
        yield fail("store", f"schema {found} is newer than this version's ({newest})", "upgrade Verifier")


def archive(context: CheckContext) -> Iterator[CheckResult]:
    """Whether a killed run left half a record; `verifier archive check` proves all of them."""
    from verifier.resolver import archive_length

    files = sorted(context.settings.archive_folder.glob("*.warc.gz"))
    torn = [file.name for file in files if archive_length(file) < file.stat().st_size]
    if torn:
        remedy = "nothing to do: what is half written is cut off when the next run begins"
        yield warn("archive", f"a record is half written at the end of {', '.join(torn[:3])}", remedy)
    else:
        yield ok("archive", f"{len(files)} files; `verifier archive check` proves every record")


def integrity(context: CheckContext) -> Iterator[CheckResult]:
    """Whether every file is as it was left; reads all of them."""
    if not context.settings.data.is_dir():
        return
    found = prove_data_folder(context.settings)
    for problem in found.problems:
        yield fail("files", problem, "restore the last backup: verifier restore (docs/operate.md)")
    for changed in found.changed:
        yield warn("files", changed, "nothing to do if somebody changed it; else bring it back from a backup")
    if not found.problems and not found.changed:
        yield ok("files", "all as they were left")


def backup(context: CheckContext) -> Iterator[CheckResult]:
    """Whether the newest backup is as it was written, every byte of it; nothing to say where none is configured."""
    folder = context.settings.backup_folder
    if folder is None:
        return
    found = sorted(folder.glob("*.tar"), key=lambda file: file.stat().st_mtime)
    if not found:
        yield fail("backup", f"there is none in {folder}", "make one: verifier backup (docs/operate.md)")
        return
    try:
        manifest = prove_backup(found[-1])
    except BackupError as error:
        yield fail("backup", str(error), "make another at once, and see whether an older one is sound")
        return
    yield ok("backup", f"{found[-1].name} is as it was written, {manifest.made_at:.16}")


def quota(context: CheckContext) -> Iterator[CheckResult]:
    """Whether the archive may still grow; nothing to say where it has no quota."""
    most = context.settings.archive.max_bytes
    if not most:
        return
    size = sum(file.stat().st_size for file in context.settings.archive_folder.glob("*.warc.gz"))
    found = f"the archive holds {size / most:.0%} of archive.max_bytes"
    if size >= most:
        yield fail("quota", found, "raise it: until then no source is checked")
    elif size >= QUOTA_NEAR * most:
        yield warn("quota", found, "raise it in time: when it is full no source is checked")
    else:
        yield ok("quota", found)


def clock(context: CheckContext) -> Iterator[CheckResult]:
    """Whether this machine's clock has gone back: addresses would not become due, and checks lie about their gaps."""
    known = _newest_time(context.settings.store_url)
    shown = f"{context.now:%Y-%m-%d %H:%M} UTC"
    if known is not None and known > context.now + CLOCK_SLACK:
        remedy = "set the clock (timedatectl set-ntp true); what is due waits until the clock has caught up"
        yield fail("clock", f"{shown}, but the store knows of {known:%Y-%m-%d %H:%M} UTC", remedy)
    else:
        yield ok("clock", shown)


def _newest_time(url: str) -> datetime | None:
    """The latest moment that the store knows of, None where it knows of none or cannot be read."""
    file = file_of(parsed(url))
    if file is not None and not file.is_file():
        return None
    try:
        with ReferencedFiles(url, PATIENCE) as referenced:
            return referenced.newest_time() if referenced.revision()[0] is not None else None
    except StoreError:
        return None  # which the store's own check says
