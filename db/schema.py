"""Bringing a database to the schema of this version, and refusing one that is newer.

The migrations (`alembic/` at the top of the repository, `db.migrations` in the wheel) are the only maker of tables.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

import db
from db.sessions import Sessions, as_store_errors
from db.sqlite_backup import copy_sqlite
from verifier.errors import StoreBusyError, StoreError, StoreReplacedError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0033"
"""The newest revision of the migrations, known here so that opening a store at head needs no Alembic."""

_BEFORE_THE_BASELINE = frozenset(f"{number:04}" for number in range(1, 15))
"""Revisions that the baseline took the place of: no migration leads on from them any more."""

_ADVISORY_LOCK = 7_306_081_447
"""Names our migration among PostgreSQL's advisory locks; any number that nobody else uses."""


def bring_to_head(sessions: Sessions) -> None:
    """Create or upgrade the schema; several processes may do so at once.

    Raises StoreError when the schema is newer than this version, or older than its first migration, or the database is
    another program's; StoreBusyError when another process upgrades it for longer than the busy timeout.
    """
    with as_store_errors(sessions.url):
        if revision_of(sessions) == HEAD:
            return
        with _only_one_process(sessions):
            _upgrade(sessions)


def migrations() -> Path:
    """The folder of the migration scripts: in the wheel beside the tables, in the repository at its top."""
    folder = Path(db.__file__).parent
    packaged = folder / "migrations"
    return packaged if packaged.is_dir() else folder.parent / "alembic"


def configuration(connection: Connection) -> "Config":
    """Alembic's settings for our scripts over an open connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def is_older(revision: str) -> bool:
    """Whether a revision is one that this version can upgrade, so that a run would."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    return any(script.revision == revision for script in ScriptDirectory.from_config(config).walk_revisions())


def is_too_old(revision: str) -> bool:
    """Whether a revision is from before the baseline, so that this version cannot upgrade it."""
    return revision in _BEFORE_THE_BASELINE


def revision_of(sessions: Sessions) -> str | None:
    """The revision of the database, None while it has none."""
    with sessions.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def must_be_at_head(sessions: Sessions) -> None:
    """Raises StoreReplacedError when another version changed the schema since the store was opened."""
    with as_store_errors(sessions.url), sessions.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found != HEAD:
        raise StoreReplacedError(
            f"the store was upgraded ({found}) while this program ({HEAD}) ran; stop it and start it again"
        )


def _upgrade(sessions: Sessions) -> None:
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    from alembic import command

    found = revision_of(sessions)
    if found == HEAD:
        return
    with sessions.writing_engine.connect() as connection:
        config = configuration(connection)
        if found is None:
            _refuse_foreign(connection, sessions)
        else:
            if is_too_old(found):
                raise StoreError(
                    f"the store's schema ({found}) is older than what this version of Verifier upgrades; bring it to "
                    "0015 with an earlier version first (docs/operate.md, Upgrade)"
                )
            try:
                ScriptDirectory.from_config(config).get_revision(found)
            except CommandError:
                raise StoreError(
                    f"the store's schema ({found}) is newer than this version of Verifier ({HEAD}); upgrade Verifier"
                ) from None
            _keep_a_copy(connection, sessions)
        connection.rollback()
        try:
            with _sqlite_ready_for_migration(connection), connection.begin():
                command.upgrade(config, HEAD)
        except CommandError as error:
            raise StoreError(f"the store's migrations cannot be run: {error}; install Verifier again") from error


def _keep_a_copy(connection: Connection, sessions: Sessions) -> None:
    """Before an older store is changed: keep it as `<file>.before-<revision>`, if anything was ever done in it.

    Only of SQLite's files: a server's store is its administrator's to dump.
    """
    file = sessions.sqlite_file
    if file is None or not inspect(connection).has_table("run"):
        return
    if connection.scalar(text("SELECT EXISTS (SELECT 1 FROM run)")):
        copy_sqlite(file, file.with_name(f"{file.name}.before-{HEAD}"))


@contextmanager
def _sqlite_ready_for_migration(connection: Connection) -> Iterator[None]:
    """The settings that SQLite lets one change only outside of a transaction; nothing on other back ends."""
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()
    # Readers and the writer do not wait for each other; the file remembers it.
    cursor.execute("PRAGMA journal_mode=WAL")
    # A migration that rebuilds a table drops the old one, which its children would forbid.
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()


def _refuse_foreign(connection: Connection, sessions: Sessions) -> None:
    """A file with tables but no revision is another program's; a PostgreSQL schema may well be shared."""
    if connection.dialect.name == "sqlite" and inspect(connection).get_table_names():
        raise StoreError(f"store {sessions.url.database} is a database of another program; name another file")


@contextmanager
def _only_one_process(sessions: Sessions) -> Iterator[None]:
    if sessions.sqlite_file is not None:
        from filelock import FileLock, Timeout

        lock = FileLock(sessions.sqlite_file.with_name(sessions.sqlite_file.name + ".lock"))
        try:
            lock.acquire(timeout=sessions.busy_seconds)
        except Timeout:
            raise StoreBusyError("another process is upgrading the store; wait until it has finished") from None
        except OSError as error:
            raise StoreError(f"the store's folder cannot be written: {error}; give this user the right to") from None
        try:
            yield
        finally:
            lock.release()
    elif sessions.engine.dialect.name == "postgresql":
        with sessions.engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ADVISORY_LOCK})
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_LOCK})
    else:
        yield
