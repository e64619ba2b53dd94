"""The queue's tables: Procrastinate's own, in a schema of their own, with the index that it lacks."""

from typing import Any

from db.store import Store
from verifier.engines.queue.connection import connection_parameters, require_extra
from verifier.errors import StoreError

_LOCK = 7_306_081_449
"""Names the making of the queue's tables among PostgreSQL's advisory locks."""

_LOCK_INDEX = (
    "CREATE INDEX verifier_jobs_lock_priority_idx ON procrastinate_jobs (lock, priority, id) "
    "WHERE status IN ('todo', 'doing')"
)
"""Fetching a job asks for earlier ones of its lock: without it every waiting job is looked at (226 ms at 500,000)."""

_SEARCH_PATHS = """
DO $$ DECLARE made record; BEGIN
    FOR made IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = current_schema()::regnamespace LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', made.name, current_schema());
    END LOOP;
END $$
"""
"""Triggers run in the session that inserts a job: the store's, which does not look into this schema."""


def ensure_schema(store: Store, schema: str) -> None:
    """Make the queue's tables where they are not there; make them anew where another Procrastinate made them.

    Nothing is lost with them: every job is put in again from the store. Raises SettingsError where there can be no
    queue, StoreError where workers of another version are at work or the tables cannot be made.
    """
    parameters = connection_parameters(store, schema)
    require_extra()
    import psycopg
    from procrastinate.schema import SchemaManager
    from psycopg import sql

    version = _version()
    try:
        with psycopg.connect(**parameters) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            found = connection.execute(
                "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s", (schema,)
            ).fetchone()
            if found is not None and found[0] == version:
                return
            name = sql.Identifier(schema)
            if found is not None and _is_made(connection):
                _refuse_other_workers(connection, str(found[0]), version)
                connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(name))
                found = None
            if found is None:
                connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
            connection.execute(SchemaManager.get_schema())
            connection.execute(_LOCK_INDEX)
            connection.execute(_SEARCH_PATHS)
            connection.execute(sql.SQL("COMMENT ON SCHEMA {} IS {}").format(name, sql.Literal(version)))
    except psycopg.Error as error:
        raise StoreError(f"the queue's tables cannot be made in schema {schema}: {error}") from None


def _version() -> str:
    from importlib.metadata import version

    return f"Verifier's queue, made by procrastinate {version('procrastinate')}"


def _is_made(connection: Any) -> bool:
    found = connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
    return found is not None and found[0] is not None


def _refuse_other_workers(connection: Any, made_by: str, version: str) -> None:
    alive = connection.execute(
        "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'"
    ).fetchone()
    if alive is not None and alive[0]:
        raise StoreError(
            f"{alive[0]} workers of another version are at work ({made_by}, here: {version}); stop them all, then "
            "start this one"
        )
