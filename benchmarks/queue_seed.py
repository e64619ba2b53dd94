"""Very many cited addresses put into a store at once: some real documents, whose note then cites thousands more.

Documents come in as the pipeline brings them (`publish`); what they cite beyond their first address is copied into the
five tables that a night asks, with the rows that `db.cited.write_sources` would write.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import create_engine

from db.queue_jobs import JobTable
from db.shared_runs import RunDocument
from db.store import Store
from tests.support.stores import note, publish
from verifier.domains import shard_of
from verifier.engines.queue.schema import ensure_schema
from verifier.model import Origin, RunPhase, SharedRun

_OF_DOCUMENT = 1000
_TABLES = {
    "source": ("id", "key"),
    "address": ("id", "url", "host", "due_at", "shard"),
    "source_address": ("id", "source_id", "address_id", "origin"),
    "cited_source": ("extraction_id", "ordinal", "footnote", "citation", "body_link", "source_id"),
    "cited_address": ("extraction_id", "cited", "ordinal", "source_address_id", "fragments"),
}


def share_night(store: Store, queue: str, urls: Sequence[str]) -> int:
    """Documents that cite these addresses, each once, and a night that is about to check them; its run."""
    ensure_schema(store, queue)
    now = datetime.now(UTC)
    documents = []
    for first in range(0, len(urls), _OF_DOCUMENT):
        documents.append(publish(store, f"{first}.pdf", f"{first:064}", note(1, [urls[first]]), now=now).id)
    _cite(store, urls)
    run = store.runs.begin("nightly", ["benchmark"], now)
    lease = store.lease.acquire("benchmark", 600)
    shared = SharedRun(run.id, RunPhase.CHECKING, now, None, "", 0, 0)
    store.shared_runs.begin(shared, [RunDocument(document, True, True, False) for document in documents], [])
    store.lease.hand_over(lease, run.id, 600)
    store.shards.plan(run.id, JobTable(queue), now)
    return run.id


def _cite(store: Store, urls: Sequence[str]) -> None:
    """Let the note of each document cite its other addresses, too."""
    engine = create_engine(store.url)
    with engine.begin() as connection:
        of_edition = dict(connection.exec_driver_sql("SELECT pdf_sha256, id FROM extraction").tuples().all())
        rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _TABLES}
        for place, url in enumerate(urls):
            ordinal = place % _OF_DOCUMENT
            if ordinal == 0:
                extraction = of_edition[f"{place:064}"]
                continue
            number, host = len(urls) + place, urlsplit(url).hostname or ""
            rows["source"].append((number, f"url:{url}"))
            rows["address"].append((number, url, host, None, shard_of(host)))
            rows["source_address"].append((number, number, number, Origin.PRINTED.value))
            rows["cited_source"].append((extraction, ordinal, 0, 0, None, number))
            rows["cited_address"].append((extraction, ordinal, 0, number, None))
        driver: Any = connection.connection  # psycopg's cursors have COPY, which DB-API does not know
        for table, names in _TABLES.items():
            _copy(driver, table, names, rows.pop(table))
        for table in ("source", "address", "source_address"):
            last = f"setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            connection.exec_driver_sql(f"SELECT {last}")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def _copy(driver: Any, table: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    quoted = ", ".join(f'"{name}"' for name in names)
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({quoted}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
