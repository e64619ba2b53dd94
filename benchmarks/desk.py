"""The desk on a large store: how long its pages take on the server, and the plans of the queue's questions.

    python -m benchmarks.desk                       50,000 findings over 2,000 documents
    python -m benchmarks.desk --documents 200       a small one
    python -m benchmarks.desk --keep FOLDER         keep the store there, and use it again

What must hold: the 95th percentile of every kind of page at most 150 ms. The exit code is 1 when it does not. Pages are
asked in this process, one after the other, without a network: it is the server's own time. On a machine that others use
the processor's time says more.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event

from db.records import CitedSource, PartRecord
from db.review_queue import QueueFilter
from db.store import Store
from verifier.model import (
    Anchor,
    ArchivedResponse,
    CheckedPart,
    Citation,
    Coverage,
    Decision,
    Document,
    Evidence,
    Extraction,
    Fetch,
    Finding,
    FindingCode,
    FindingKind,
    FindingState,
    Footnote,
    Hop,
    Judgement,
    LinkCheck,
    LinkReason,
    LinkStatus,
    NoteKind,
    Origin,
    Outcome,
    PartKind,
    PartStatus,
    Severity,
    Source,
    SourceAddress,
    SourceText,
)
from verifier.review.app import create_app
from verifier.settings import ReviewSettings, Settings

MOST_MS = 150.0
NOTES, FIGURES, HOSTS = 30, 20, 400
LINKS = 5
"""Notes of a document, findings about its figures, hosts in all, dead links of each document."""
NOW = datetime(2026, 11, 2, 2, 15, tzinfo=UTC)
_TOPICS = ("ferries", "tolls", "bridges", "schools", "harvests", "wards", "reservoirs", "orchards", "clinics", "trams")


def fill(store: Store, documents: int) -> None:
    """Documents whose notes cite two sources each, with findings about figures and links, one in ten decided."""
    draw = random.Random(7)
    night = store.runs.begin("nightly", ["benchmark"], NOW).id
    for number in range(documents):
        extraction, cited = _reading(number, draw)
        document = store.documents.record_edition("/srv/papers", f"paper-{number:05}.pdf", f"{number:064x}", NOW, NOW)
        store.documents.save_extraction(extraction, cited, NOW)
        for entry in cited[:LINKS]:
            store.links.record_check(night, _check(entry.source.addresses[0].url, number), NOW + timedelta(days=3))
        figures = [_figure(number, i, extraction, cited, draw) for i in range(FIGURES)]
        store.findings.save_document_result(
            document.id,
            night,
            "key",
            [],
            figures,
            Coverage(footnotes=NOTES, figures=FIGURES, figures_compared=12),
            NOW,
            _parts(extraction, figures),
        )
        dead = [_link(entry.source.addresses[0].url, draw) for entry in cited[:LINKS]]
        store.findings.save_link_findings(night, dead, [], NOW)
        for finding in figures[::10]:
            decision = draw.choice([Decision.ACCEPT, Decision.DISMISS, Decision.QUERY])
            store.findings.add_review(finding.fingerprint, decision, "Ana", "seen", finding.fingerprint, NOW)


def _parts(extraction: Extraction, figures: Sequence[Finding]) -> list[PartRecord]:
    """Two figures of every note, those that a finding is about among them."""
    raised = {finding.footnote_id: finding for finding in figures}
    parts = []
    for i, note in enumerate(extraction.footnotes):
        finding = raised.get(note.id)
        status = PartStatus.DISAGREES if finding else PartStatus.AGREES
        for start, end in ((3, 7), (25, 31)):
            words = note.anchors[0].sentence[start:end]
            evidence = Evidence("The survey says otherwise.", "otherwise", confidence=0.9)
            fingerprint = finding.fingerprint if finding else None
            part = CheckedPart(PartKind.FIGURE, status, words, start, end, note.urls[0], evidence, fingerprint)
            parts.append(PartRecord(i, 0, None, part))
    return parts


def _url(number: int, i: int) -> str:
    return f"https://host-{(number * 7 + i) % HOSTS}.example.test/reports/{number}/{i}.html"


def _reading(number: int, draw: random.Random) -> tuple[Extraction, list[CitedSource]]:
    notes, cited = [], []
    for i in range(NOTES):
        topic, count = draw.choice(_TOPICS), draw.randrange(100, 99_999)
        sentence = f"In 2024 the county counted {count:,} people at its {topic}, and the survey of ward {i} agrees."
        url = _url(number, i)
        words = f"County Office, Survey of {topic}, {url}."
        citation = Citation(words, urls=(url,))
        notes.append(
            Footnote(
                f"fn-{i + 1}",
                str(i + 1),
                NoteKind.FOOTNOTE,
                i // 3 + 1,
                words,
                (url,),
                (),
                (Anchor(i // 3 + 1, sentence, len(sentence)),),
                (citation,),
            )
        )
        source = Source(f"url:{url}", (SourceAddress(url, Origin.PRINTED),))
        cited.append(CitedSource(i, 0, None, source, {url: url.split("/")[2]}))
    document = Document("", f"{number:064x}", 12, f"Paper {number} about the county", NOW)
    return Extraction(document, "benchmark", tuple(notes)), cited


def _check(url: str, number: int) -> LinkCheck:
    text = SourceText(f"{url}", "text/html", "1", f"The survey of {number} says otherwise. " * 40, "Survey", "en")
    return LinkCheck(
        url,
        url.split("/")[2],
        Fetch(url, Outcome.RESPONSE, (Hop(url, 200, ()),), media_type="text/html", fetched_at=NOW),
        Judgement(LinkStatus.OK, LinkReason.SERVED, 200, url),
        (ArchivedResponse(0, url, "benchmark.warc.gz", number, url),),
        text,
    )


def _figure(number: int, i: int, extraction: Extraction, cited: Sequence[CitedSource], draw: random.Random) -> Finding:
    note = extraction.footnotes[i]
    accuses = draw.random() < 0.15
    return Finding(
        fingerprint=f"{number * 100 + i:064x}",
        code=FindingCode.FIGURE_DISAGREES if accuses else FindingCode.FIGURE_NOT_FOUND,
        kind=FindingKind.ACCUSATION if accuses else FindingKind.TO_DO,
        severity=Severity.HIGH if accuses else Severity.LOW,
        message=f"The text at note {note.label} says {draw.randrange(100, 9999)}; the source says otherwise.",
        url=cited[i].source.addresses[0].url,
        footnote_id=note.id,
        footnote_label=note.label,
        page=note.page,
        sentence=note.anchors[0].sentence,
        evidence=Evidence("The survey says otherwise.", "otherwise", f"benchmark.warc.gz:{number}", NOW, 0.99),
    )


def _link(url: str, draw: random.Random) -> Finding:
    broken = draw.random() < 0.3
    return Finding(
        fingerprint="f" + url.encode().hex()[-63:].rjust(63, "0"),
        code=FindingCode.LINK_BROKEN if broken else FindingCode.LINK_UNCONFIRMED,
        kind=FindingKind.ACCUSATION if broken else FindingKind.TO_DO,
        severity=Severity.HIGH if broken else Severity.MEDIUM,
        message="The link looks broken: the server says that there is no such page (HTTP 404).",
        url=url,
    )


def pages(store: Store, draw: random.Random) -> dict[str, Callable[[], str]]:
    """The kinds of pages, each as a maker of addresses."""
    documents = len(store.documents.known_places())
    some = [entry.fingerprint for entry in store.queue.page(QueueFilter(), most=2000)]
    links = [e.fingerprint for e in store.queue.page(QueueFilter(code=FindingCode.LINK_UNCONFIRMED), most=500)]
    places = [f"{rank}.{draw.randrange(1, documents)}.1.1.1" for rank in (0, 4, 5) for _ in range(20)]
    return {
        "queue": lambda: "/",
        "queue, deep": lambda: f"/?after={draw.choice(places)}",
        "queue, one code": lambda: f"/?code={draw.choice(['link_broken', 'figure_not_found', 'figure_disagrees'])}",
        "queue, one host": lambda: f"/?host=host-{draw.randrange(HOSTS)}.example.test",
        "queue, one document": lambda: f"/?document={draw.randrange(1, documents)}",
        "queue, new": lambda: "/?new=1",
        "queue, decided": lambda: "/?state=dismissed",
        "queue, common word": lambda: f"/?q={draw.choice(_TOPICS)}",
        "queue, rare word": lambda: f"/?q={draw.randrange(100, 9999)}+{draw.choice(_TOPICS)}",
        "queue, no such word": lambda: f"/?q=zebra{draw.randrange(99)}",
        "finding, figure": lambda: f"/findings/{draw.choice(some)}",
        "finding, link": lambda: f"/findings/{draw.choice(links)}",
        "documents": lambda: "/documents",
        "document": lambda: f"/documents/{draw.randrange(1, documents)}",
        "queue, two filters": lambda: (
            f"/?severity={draw.choice(['high', 'low'])}&since=2026-11-0{draw.randrange(1, 3)}"
        ),
        "queue, one reviewer": lambda: "/?state=any&reviewer=Ana",
        "queue, a folder": lambda: f"/?folder=/srv/papers&code={draw.choice(['link_broken', 'figure_not_found'])}",
        "queue, page by number": lambda: f"/?p={draw.randrange(1, 800)}",
        "queue, document search": lambda: f"/queue/documents?docs=paper-0{draw.randrange(10, 200)}",
        "finding, one document": lambda: f"/findings/{draw.choice(some)}?document={draw.randrange(1, documents)}",
        "notes of a document": lambda: f"/documents/{draw.randrange(1, documents)}/notes",
        "notes, not checked": lambda: f"/documents/{draw.randrange(1, documents)}/notes?show=not_checked",
    }


def measure(client: FlaskClient, address: Callable[[], str], times: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each answer, sorted: those that passed, and those of the processor."""
    taken, spent = [], []
    for _ in range(times):
        wanted = address()
        begun, used = time.perf_counter(), time.process_time()
        answer = client.get(wanted, headers={"Host": "127.0.0.1"})
        taken.append((time.perf_counter() - begun) * 1000)
        spent.append((time.process_time() - used) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{wanted}: {answer.status_code}")
    return sorted(taken), sorted(spent)


def show_plans(store: Store) -> None:
    """How SQLite answers the queue's questions."""
    for name, wanted in (
        ("first page", QueueFilter()),
        ("one code", QueueFilter(code=FindingCode.LINK_BROKEN)),
        ("one host", QueueFilter(host="host-1.example.test")),
        ("one document", QueueFilter(document_id=1)),
        ("dismissed", QueueFilter(state=FindingState.DISMISSED)),
    ):
        with _asked(store) as asked:
            store.queue.page(wanted)
        print(f"\n{name}")
        with store._sessions.engine.connect() as connection:
            for statement, parameters in asked[1:2]:
                for *_, step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                    print(f"    {step}")


@contextmanager
def _asked(store: Store) -> Iterator[list[tuple[str, Any]]]:
    asked: list[tuple[str, Any]] = []

    def note_down(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(store._sessions.engine, "before_cursor_execute", note_down)
    yield asked
    event.remove(store._sessions.engine, "before_cursor_execute", note_down)


def main() -> int:
    """Fill, measure, print; 1 when a kind of page is too slow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        data = given.keep or Path(temporary)
        settings = Settings(data=data, review=ReviewSettings(port=0))
        is_filled = (data / "verifier.db").is_file()
        with Store.open(settings.store_url) as store:
            if not is_filled:
                begun = time.perf_counter()
                fill(store, given.documents)
                print(f"filled in {time.perf_counter() - begun:.0f} s")
            client = create_app(settings, store, ("false",)).test_client()
            print(f"{len(store.queue.ids(QueueFilter(state=None))):,} findings")
            worst = 0.0
            for name, address in pages(store, random.Random(11)).items():
                taken, spent = measure(client, address, given.times)
                p50, p95 = taken[len(taken) // 2], taken[int(len(taken) * 0.95)]
                worst = max(worst, p95)
                busy = spent[int(len(spent) * 0.95)]
                print(f"{name:24} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   processor p95 {busy:6.1f} ms")
            print(f"load of the machine: {os.getloadavg()[0]:.1f}")
            show_plans(store)
    return int(worst > MOST_MS)


if __name__ == "__main__":
    sys.exit(main())
