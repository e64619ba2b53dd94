"""How long a night is planned for: every shard with due addresses gets its job, whatever the number of addresses.

    VERIFIER_STORE=postgresql+psycopg://... python -m benchmarks.queue_planning --addresses 100000 1000000 10000000

The addresses are made by the server (`generate_series`) in a schema of their own, which goes at the end: ten million
take about 4 GB. Planning is the one call that the queue makes, `Shards.plan`, with its jobs; it is timed from cold (the
first) and again after all its jobs are done.
"""

import argparse
import os
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import Connection, create_engine, text

from db.queue_jobs import JobTable
from db.store import Store
from verifier.engines.queue.schema import ensure_schema

_INDEXES = ("uq_address_url", "ix_address_due_at", "ix_address_shard_due_at")
BOUND = 60.0
"""Seconds that planning ten million addresses may take."""


def main() -> int:
    """Print a line for each number of addresses; 1 when planning takes too long."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--addresses", type=int, nargs="+", default=[100_000, 1_000_000, 10_000_000])
    options = parser.parse_args()
    url = os.environ["VERIFIER_STORE"]
    longest = 0.0
    print(f"{'addresses':>12} {'made in s':>10} {'shards':>7} {'first, ms':>10} {'again, ms':>10}")
    for number in options.addresses:
        longest = max(longest, _measure(url, number))
    return 1 if longest > BOUND else 0


def _measure(url: str, number: int) -> float:
    name = f"planning_{uuid.uuid4().hex[:12]}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    try:
        own = f"{url}{'&' if urlsplit(url).query else '?'}options=-csearch_path%3D{name}"
        with Store.open(own) as store:
            ensure_schema(store, f"{name}_queue")
            began = time.perf_counter()
            with engine.connect() as connection:
                _make(connection, name, number)
            made = time.perf_counter() - began
            now = datetime.now(UTC)
            run = store.runs.begin("nightly", ["planning"], now)
            jobs = JobTable(f"{name}_queue")
            first, shards = _timed(store, run.id, jobs, now)
            with engine.connect() as connection:
                connection.execute(text(f"DELETE FROM {name}_queue.procrastinate_jobs"))
            again, _ = _timed(store, run.id, jobs, now + timedelta(seconds=1))
        print(f"{number:>12,} {made:>10.0f} {shards:>7} {1000 * first:>10.1f} {1000 * again:>10.1f}", flush=True)
        return max(first, again)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {name}_queue CASCADE"))
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        engine.dispose()


def _timed(store: Store, run_id: int, jobs: JobTable, now: datetime) -> tuple[float, int]:
    began = time.perf_counter()
    shards = store.shards.plan(run_id, jobs, now)
    return time.perf_counter() - began, shards


def _make(connection: Connection, schema: str, number: int) -> None:
    """Addresses of which every second is due: half of those never checked, half due again since yesterday."""
    connection.execute(text(f"SET search_path = {schema}"))
    connection.execute(text("ALTER TABLE address DROP CONSTRAINT uq_address_url"))
    for index in _INDEXES[1:]:
        connection.execute(text(f"DROP INDEX {index}"))
    connection.execute(
        text("""
            INSERT INTO address (url, host, due_at, shard)
            SELECT 'http://h' || n % (:number / 10 + 1) || '.test/' || n, 'h' || n % (:number / 10 + 1) || '.test',
                   CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN now() - interval '1 day' ELSE now() + interval '3 days' END,
                   (n % (:number / 10 + 1)) * CAST(7919 AS bigint) % 256
            FROM generate_series(1, :number) AS n
        """),
        {"number": number},
    )
    connection.execute(text("ALTER TABLE address ADD CONSTRAINT uq_address_url UNIQUE (url)"))
    connection.execute(text("CREATE INDEX ix_address_due_at ON address (due_at)"))
    connection.execute(text("CREATE INDEX ix_address_shard_due_at ON address (shard, due_at)"))
    connection.execute(text("ANALYZE address"))


if __name__ == "__main__":
    sys.exit(main())
