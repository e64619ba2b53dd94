"""Jobs put into the queue's own tables by the store, in the transaction that they belong to.

The tables are Procrastinate's, in a schema of their own (`verifier.engines.queue.schema` makes them); only what has to
be one transaction with the store's own rows is written from here.
"""

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

WEB, CPU, CONTROL = "web", "cpu", "control"
"""The queues: checks of addresses; readings and comparisons; what ends a run."""

# The tasks, as they are named in the queue.
CHECK_SHARD = "check_shard"
READ_DOCUMENT = "read_document"
COMPARE_DOCUMENT = "compare_document"
PLAN_RUN = "plan_run"
CLOSE_RUN = "close_run"

_WAITING = "status IN ('todo', 'doing')"


class JobTable:
    """Procrastinate's table of jobs in a schema; each verb works on the caller's open session."""

    def __init__(self, schema: str) -> None:
        self._jobs = f'"{schema}".procrastinate_jobs'
        self.workers = f'"{schema}".procrastinate_workers'

    def add_shards(self, session: Session, run_id: int) -> int:
        """One job for each open shard of a run that has none, under its next epoch; returns how many.

        One statement, whatever the number of addresses.
        """
        added = session.execute(
            text(f"""
                WITH given AS (
                    UPDATE run_shard SET epoch = epoch + 1
                    WHERE run_id = :run AND is_open AND NOT EXISTS (
                        SELECT FROM {self._jobs} AS job
                        WHERE job.lock = 'shard:' || run_shard.shard AND {_WAITING} AND job.args->>'run' = :run_text
                    )
                    RETURNING shard, epoch
                )
                INSERT INTO {self._jobs} (queue_name, task_name, lock, args)
                SELECT '{WEB}', '{CHECK_SHARD}', 'shard:' || shard,
                       jsonb_build_object('run', CAST(:run AS bigint), 'shard', shard, 'epoch', epoch)
                FROM given ORDER BY shard
            """),
            {"run": run_id, "run_text": str(run_id)},
        )
        return _count(added)

    def add_successor(self, session: Session, run_id: int, shard: int, epoch: int) -> None:
        """The job that goes on with a shard."""
        session.execute(
            text(f"""
                INSERT INTO {self._jobs} (queue_name, task_name, lock, args)
                VALUES ('{WEB}', '{CHECK_SHARD}', 'shard:' || CAST(:shard AS int), jsonb_build_object(
                    'run', CAST(:run AS bigint), 'shard', CAST(:shard AS int), 'epoch', CAST(:epoch AS int)))
            """),
            {"run": run_id, "shard": shard, "epoch": epoch},
        )

    def add_readings(self, session: Session, run_id: int, parser_version: str) -> int:
        """A job for each edition of a run that waits to be read and has none."""
        added = session.execute(
            text(f"""
                INSERT INTO {self._jobs} (queue_name, task_name, args)
                SELECT '{CPU}', '{READ_DOCUMENT}', jsonb_build_object(
                    'run', CAST(:run AS bigint), 'sha256', edition.pdf_sha256, 'parser_version', CAST(:parser AS text))
                FROM (
                    SELECT DISTINCT document.pdf_sha256 FROM shared_run_document AS here
                    JOIN document ON document.id = here.document_id
                    WHERE here.run_id = :run AND here.awaits_reading AND document.pdf_sha256 IS NOT NULL
                ) AS edition
                WHERE NOT EXISTS (
                    SELECT FROM {self._jobs} AS job WHERE job.task_name = '{READ_DOCUMENT}' AND {_WAITING}
                    AND job.args->>'run' = :run_text AND job.args->>'sha256' = edition.pdf_sha256
                )
                ORDER BY edition.pdf_sha256
            """),
            {"run": run_id, "run_text": str(run_id), "parser": parser_version},
        )
        return _count(added)

    def add_comparisons(self, session: Session, run_id: int) -> int:
        """A job for each document of a run that waits to be compared and has none."""
        added = session.execute(
            text(f"""
                INSERT INTO {self._jobs} (queue_name, task_name, args)
                SELECT '{CPU}', '{COMPARE_DOCUMENT}', jsonb_build_object(
                    'run', CAST(:run AS bigint), 'document', here.document_id)
                FROM shared_run_document AS here
                WHERE here.run_id = :run AND here.awaits_comparison AND NOT EXISTS (
                    SELECT FROM {self._jobs} AS job WHERE job.task_name = '{COMPARE_DOCUMENT}' AND {_WAITING}
                    AND job.args->>'run' = :run_text AND job.args->>'document' = CAST(here.document_id AS text)
                )
                ORDER BY here.document_id
            """),
            {"run": run_id, "run_text": str(run_id)},
        )
        return _count(added)

    def add_control(self, session: Session, task: str, run_id: int) -> int:
        """The job that takes a run to its next phase, or closes it, unless there is one."""
        added = session.execute(
            text(f"""
                INSERT INTO {self._jobs} (queue_name, task_name, lock, args)
                SELECT '{CONTROL}', CAST(:task AS text), CAST(:task AS text),
                       jsonb_build_object('run', CAST(:run AS bigint))
                WHERE NOT EXISTS (
                    SELECT FROM {self._jobs} AS job WHERE job.task_name = CAST(:task AS text) AND {_WAITING}
                    AND job.args->>'run' = :run_text
                )
            """),
            {"run": run_id, "run_text": str(run_id), "task": task},
        )
        return _count(added)

    def close_idle_shards(self, session: Session, run_id: int) -> None:
        """Close the shards of a run that nobody is at work in."""
        session.execute(
            text(f"""
                UPDATE run_shard SET is_open = false WHERE run_id = :run AND is_open AND NOT EXISTS (
                    SELECT FROM {self._jobs} AS job WHERE job.lock = 'shard:' || run_shard.shard AND status = 'doing'
                )
            """),
            {"run": run_id},
        )

    def is_empty(self, session: Session, task: str) -> bool:
        """Whether no job of a task waits or runs."""
        found = text(f"SELECT EXISTS (SELECT FROM {self._jobs} WHERE task_name = :task AND {_WAITING})")
        return not session.scalar(found, {"task": task})

    def depths(self, session: Session) -> dict[str, int]:
        """How many jobs wait in each queue."""
        waiting = text(f"SELECT queue_name, count(*) FROM {self._jobs} WHERE status = 'todo' GROUP BY queue_name")
        return dict.fromkeys((WEB, CPU, CONTROL), 0) | {
            str(name): int(count) for name, count in session.execute(waiting)
        }


def _count(result: Any) -> int:
    return int(result.rowcount)
