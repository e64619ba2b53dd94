"""Jobs of workers that died: found by their heartbeats, and taken away so that the store can put them in anew.

Procrastinate's own advice, to try such a job again, fails where its successor waits under the same lock; a job that is
deleted frees it.
"""

from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status


async def reap(app: App, lease: float) -> int:
    """Take away the jobs whose worker gave no sign of life for so many seconds; returns how many."""
    manager = app.job_manager
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=lease))
    reaped = 0
    for job in stalled:
        if job.id is not None and await take_away(app, job.id):
            reaped += 1
    await manager.prune_stalled_workers(lease)
    return reaped


async def end_abandoned_sessions(app: App, lease: float, schema: str) -> None:
    """End the database sessions that wrote in the store's schema and have been idle in that for longer than the lease.

    A worker that was stopped in the middle of one holds rows that all others wait for, the run's lease among them. What
    it wrote is not kept; it goes on with another session. Sessions of other schemas of the database are not ours.
    """
    await app.connector.execute_query_async(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND usename = current_user AND state = 'idle in transaction' "
        "AND backend_xid IS NOT NULL AND state_change < now() - make_interval(secs => %(lease)s) "
        "AND EXISTS (SELECT 1 FROM pg_locks JOIN pg_class ON pg_class.oid = pg_locks.relation "
        "WHERE pg_locks.pid = pg_stat_activity.pid AND relnamespace = to_regnamespace(%(schema)s))",
        lease=lease,
        schema=schema,
    )


async def take_away(app: App, job_id: int) -> bool:
    """Take one job away; False where it is gone already."""
    try:
        await app.job_manager.finish_job_by_id_async(job_id, Status.FAILED, delete_job=True)
    except ConnectorException:  # another worker was sooner, or the job's own came to its end after all
        return False
    return True
