"""A ledger of a million addresses in SQLite: what planning a night and recording its results cost, and how it grows.

    python -m benchmarks.ledger                           10,000, 100,000 and 1,000,000 addresses
    python -m benchmarks.ledger --sizes 10000 100000 --results 10000

For every size a store is filled in bulk (a document for every five addresses, each printing ten), then a night is
planned (what is due, host batches; a seventh is due) in a process of its own, so that its peak memory is its own, and
results are recorded. What must hold at 1,000,000: planning at most 20 s and 500 MB, recording 100,000 results at most
60 s. The exit code is 1 when it does not. With the last size, the plans of the night's questions are printed.
"""

import argparse
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.store import Store
from verifier.model import (
    ArchivedResponse,
    Fetch,
    Hop,
    Judgement,
    LinkCheck,
    LinkReason,
    LinkStatus,
    Outcome,
    SourceText,
)
from verifier.pipeline import host_batches

NOW = datetime(2026, 11, 2, 2, 15, tzinfo=UTC)
OF_HOST = 50
"""Addresses of one host."""
CITED = 10
"""Addresses that a document prints."""
DOCUMENTS_FOR = 5
"""A document for so many addresses: 200,000 for a million."""
BASIS = "1 1 180"
"""What the documents were compared on."""
CHANGED = 10
"""One page in so many has a new text, of 6,000 letters; every response has a snapshot."""
_TEXT = "The county counted its bridges again this year. " * 125
PLANNING_SECONDS, PLANNING_MB, RECORDING_SECONDS = 20.0, 500, 60.0
_TIME = "%Y-%m-%d %H:%M:%S.%f"


@dataclass(frozen=True)
class Planned:
    """What planning a night came to."""

    due: int
    batches: int
    seconds: float
    megabytes: float


def fill(store: str, addresses: int) -> None:
    """Make a store with so many addresses, each checked once in a run a week or less ago."""
    Store.open(f"sqlite:///{store}").close()
    chance = random.Random(addresses)
    documents = max(1, addresses // DOCUMENTS_FOR)
    db = sqlite3.connect(store, isolation_level=None)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("BEGIN")
    first = (NOW - timedelta(days=7)).strftime(_TIME)
    db.execute(
        "INSERT INTO run (id, kind, inputs, state, started_at, finished_at, coverage) VALUES (1,?,?,?,?,?,?)",
        ("nightly", "[]", "finished", first, first, "{}"),
    )
    days = [(NOW + timedelta(days=day)).strftime(_TIME) for day in range(7)]
    ids = range(1, addresses + 1)
    db.executemany(
        "INSERT INTO address (id, url, host, due_at) VALUES (?,?,?,?)",
        ((i, _url(i), _host(i), days[chance.randrange(7)]) for i in ids),
    )
    db.executemany("INSERT INTO source (id, key) VALUES (?,?)", ((i, f"url:{_url(i)}") for i in ids))
    db.executemany(
        "INSERT INTO source_address (id, source_id, address_id, origin) VALUES (?,?,?,'printed')",
        ((i, i, i) for i in ids),
    )
    hops = json.dumps(
        [{"url": "http://a.test/", "http_status": 200, "headers": [], "started_at": None, "elapsed": 0.1}]
    )
    db.executemany(
        "INSERT INTO fetch (id, address_id, run_id, attempt, outcome, status, reason, http_status, final_url,"
        " fetched_at, media_type, truncated, detail, hops)"
        " VALUES (?,?,1,1,'response','ok','served',200,?,?,'text/html',0,'',?)",
        ((i, i, _url(i), first, hops) for i in ids),
    )
    for table, columns, rows in _documents(documents, addresses, first):
        marks = ",".join("?" * (columns.count(",") + 1))
        db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
    db.execute("COMMIT")
    db.execute("ANALYZE")
    db.close()


Rows = tuple[str, str, Iterator[tuple[object, ...]]]
"""A table, its columns, and what goes in."""


def _documents(documents: int, addresses: int, first: str) -> Iterator[Rows]:
    ids = range(1, documents + 1)
    yield (
        "document",
        "id,collection,path,key,pdf_sha256,first_seen,last_seen,compared_key,coverage,compared_basis,compared_fetch",
        (
            (i, "/papers", f"{i}.pdf", f"/papers\n{i}.pdf", sha, first, first, "key", "{}", f"{BASIS} {sha}", addresses)
            for i in ids
            for sha in [f"{i:064x}"]
        ),
    )
    yield "edition", "document_id,pdf_sha256,first_seen", ((i, f"{i:064x}", first) for i in ids)
    yield (
        "extraction",
        "id,pdf_sha256,parser_version,read_at,pages",
        ((i, f"{i:064x}", "1", first, 10) for i in ids),
    )
    yield (
        "footnote",
        "extraction_id,ordinal,note_id,label,kind,page,text,urls,boxes",
        ((i, n, f"fn-{n}", str(n), "footnote", 1, "Report.", "[]", "[]") for i in ids for n in range(CITED)),
    )
    yield (
        "cited_source",
        "extraction_id,ordinal,footnote,source_id",
        ((i, n, n, _cited(i, n, addresses)) for i in ids for n in range(CITED)),
    )
    yield (
        "cited_address",
        "extraction_id,cited,ordinal,source_address_id",
        ((i, n, 0, _cited(i, n, addresses)) for i in ids for n in range(CITED)),
    )


def _cited(document: int, note: int, addresses: int) -> int:
    return ((document - 1) * DOCUMENTS_FOR + note * 7919) % addresses + 1


def _url(number: int) -> str:
    return f"http://{_host(number)}/reports/{number}/the-annual-report.html"


def _host(number: int) -> str:
    return f"h{number // OF_HOST}.example.test"


def plan(store: str) -> Planned:
    """Plan a night over every document, as `nightly` does."""
    with Store.open(f"sqlite:///{store}") as opened:
        began = time.perf_counter()
        run = opened.runs.begin("nightly", ["/papers"], NOW)
        documents = [document.id for document in opened.documents.current()]
        due = opened.links.due(run.id, NOW, documents)
        batches = list(host_batches([(address.host, address.url) for address in due]))
        opened.comparisons.outdated(BASIS)
        seconds = time.perf_counter() - began
    return Planned(len(due), len(batches), seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def record(store: str, results: int) -> tuple[float, float]:
    """Seconds that recording so many results takes, each in its own transaction as in a night, and seconds that it
    then takes to say which documents have to be compared anew.
    """
    with Store.open(f"sqlite:///{store}") as opened:
        run = opened.runs.begin("nightly", ["/papers"], NOW)
        checks = [_check(number) for number in range(1, results + 1)]
        began = time.perf_counter()
        for check in checks:
            opened.links.record_check(run.id, check, NOW + timedelta(days=7))
        recorded = time.perf_counter()
        opened.comparisons.outdated(BASIS)
        return recorded - began, time.perf_counter() - recorded


def _check(number: int) -> LinkCheck:
    url = _url(number)
    digest = f"{number:064x}"
    hop = Hop(url, 200, (("Content-Type", "text/html"),), NOW, 0.1)
    fetch = Fetch(url, Outcome.RESPONSE, (hop,), fetched_at=NOW, media_type="text/html")
    snapshot = ArchivedResponse(0, url, "2026.warc.gz", number * 20_000, digest)
    text = SourceText(digest, "text/html", "1", _TEXT) if number % CHANGED == 0 else None
    return LinkCheck(
        url, _host(number), fetch, Judgement(LinkStatus.OK, LinkReason.SERVED, 200, url), (snapshot,), text
    )


def plans(store: str) -> Iterator[str]:
    """EXPLAIN QUERY PLAN of every question that planning a night asks."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    asked: dict[str, object] = {}

    def note(connection: object, cursor: object, statement: str, parameters: object, *rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.setdefault(statement, parameters)

    event.listen(Engine, "before_cursor_execute", note)
    plan(store)
    event.remove(Engine, "before_cursor_execute", note)
    db = sqlite3.connect(store)
    for statement, parameters in asked.items():
        yield " ".join(statement.split())[:200]
        try:
            steps = db.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()  # type: ignore[arg-type]
        except sqlite3.Error as error:
            yield f"    cannot be explained: {error}"
            continue
        yield from (f"    {step[3]}" for step in steps)
    db.close()


def main() -> int:
    """Print a line for each size, then the plans."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--results", type=int, default=100_000)
    parser.add_argument("--plan", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.plan:
        print(json.dumps(asdict(plan(options.plan))))
        return 0
    heads = (
        ("addresses", 10),
        ("filled", 8),
        ("due", 8),
        ("batches", 8),
        ("planned", 8),
        ("peak", 8),
        ("recorded", 16),
    )
    print(*(f"{head:>{width}}" for head, width in (*heads, ("outdated", 10))))
    too_much = False
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            store = str(Path(folder) / "verifier.db")
            began = time.perf_counter()
            fill(store, size)
            filled = time.perf_counter() - began
            child = [sys.executable, "-m", "benchmarks.ledger", "--plan", store]
            planned = Planned(**json.loads(subprocess.run(child, check=True, capture_output=True, text=True).stdout))
            results = min(options.results, size)
            recorded, compared = record(store, results)
            print(
                f"{size:>10,} {filled:>6.0f} s {planned.due:>8,} {planned.batches:>8,} {planned.seconds:>6.1f} s "
                f"{planned.megabytes:>5.0f} MB {results:>7,} {recorded:>6.1f} s {compared:>8.1f} s",
                flush=True,
            )
            too_much |= planned.seconds > PLANNING_SECONDS or planned.megabytes > PLANNING_MB
            too_much |= recorded * 100_000 / results > RECORDING_SECONDS
            if size == options.sizes[-1]:
                print(*plans(store), sep="\n")
    return 1 if too_much else 0


if __name__ == "__main__":
    sys.exit(main())
