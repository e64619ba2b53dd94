"""Several processes share a store, and one that is killed loses nothing it had kept."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text

from db.store import Store
from tests.support.stores import PARSER, checked, cited, day, extraction, link_finding, note, publish, source

OPENS = """
import sys
from db.store import Store
sys.stdin.readline()
with Store.open(sys.argv[1]) as store:
    print(sum(1 for _ in store.dump()))
"""

RECORDS = """
import itertools, sys
from db.store import Store
from tests.support.stores import checked, day
with Store.open(sys.argv[1]) as store:
    run_id = store.runs.begin("run", ["a.pdf"], day(0)).id
    sys.stdin.readline()
    numbers = range(int(sys.argv[3])) if sys.argv[3] else itertools.count()
    for number in numbers:
        url = f"http://{sys.argv[2]}.test/{number}"
        store.links.record_check(run_id, checked(url, body=f"text {number}"), day(7))
        print(url, flush=True)
"""


def process(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def start(*processes: subprocess.Popen[str]) -> None:
    for one in processes:
        one.stdin.write("go\n")
        one.stdin.flush()


def test_processes_that_open_a_fresh_store_at_once_all_succeed(fresh_url):
    processes = [process(OPENS, fresh_url) for _ in range(3)]
    start(*processes)
    told = [one.communicate(timeout=300)[0] for one in processes]
    assert [(one.returncode, said) for one, said in zip(processes, told, strict=True)] == [(0, "0\n")] * 3


def test_two_processes_record_at_once(store_url):
    processes = [process(RECORDS, store_url, name, "30") for name in ("a", "b")]
    start(*processes)
    told = [one.communicate(timeout=300)[0].split() for one in processes]
    with Store.open(store_url) as store:
        # The second process took up the first one's run, so all of it is one run's work.
        fetched = store.links.fetched_in(store.runs.latest().id)
        assert fetched == sorted(told[0] + told[1])
        assert len(fetched) == 60
        # Both brought the same thirty texts.
        assert len({text.text_id for text in store.links.texts(told[0] + told[1]).values()}) == 30


@pytest.mark.parametrize("after", [0, 1, 7])
def test_a_killed_writer_loses_nothing_it_had_kept(store_url, after):
    writer = process(RECORDS, store_url, "a", "")
    start(writer)
    told = [writer.stdout.readline().strip() for _ in range(after + 1)]
    writer.kill()
    # Not communicate(), which would miss what readline() has buffered.
    told += writer.stdout.read().split()
    writer.wait(timeout=300)
    writer.stdin.close()
    writer.stdout.close()
    with Store.open(store_url) as store:
        run = store.runs.begin("run", ["a.pdf"], day(1))
        assert run.resumed
        kept = set(store.links.fetched_in(run.id))
        assert kept >= set(told)
        assert len(kept) <= len(told) + 1
        assert set(store.links.texts(sorted(kept))) == kept
        store.links.record_check(run.id, checked("http://a.test/0", body="text 0"), day(7))
        if store_url.startswith("sqlite"):
            with store._sessions.reading() as session:
                assert session.scalars(text("PRAGMA integrity_check")).all() == ["ok"]
                assert session.execute(text("PRAGMA foreign_key_check")).all() == []


def test_threads_that_cite_the_same_sources_do_not_stop_each_other(store):
    urls = [f"http://h{number}.test/" for number in range(60)]
    notes = [note(number, [url]) for number, url in enumerate(urls)]

    def work(number: int) -> None:
        turned = notes[number:] + notes[:number]
        store.documents.record_edition("papers", f"{number}.pdf", f"sha {number}", day(0))
        sources = [cited(place, source(*entry.urls)) for place, entry in enumerate(turned)]
        store.documents.save_extraction(extraction(f"sha {number}", *turned), sources, day(0))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(16)))
    places = store.links.citing(urls)
    assert {len(places[url]) for url in urls} == {16}
    assert [len(store.links.sources_of(f"sha {number}", PARSER)) for number in range(16)] == [60] * 16


def test_a_reader_is_not_stopped_by_a_writer(store, store_url):
    publish(store, "a.pdf", "sha", note(1, ["http://a.test/"]))
    with Store.open(store_url, busy_seconds=0.1) as reader, store._sessions.writing() as session:
        session.execute(text("UPDATE document SET last_seen = last_seen"))
        assert len(reader.documents.current()) == 1
        assert reader.findings.list() == []
    run_id = store.runs.begin("run", [], day(0)).id
    store.findings.save_link_findings(run_id, [link_finding("http://a.test/")], [], day(0))
    assert len(store.findings.list()) == 1


def test_a_run_that_many_begin_at_once_is_one(store):
    together = Barrier(8)

    def begin(inputs: list[str]):
        store.runs.latest()  # connected before the race
        together.wait(timeout=300)
        return store.runs.begin("run", inputs, day(0))

    for round_ in range(20):
        inputs = [f"{round_}.pdf"]
        with ThreadPoolExecutor(8) as pool:
            begun = list(pool.map(begin, [inputs] * 8))
        assert len({run.id for run in begun}) == 1
        assert sum(not run.resumed for run in begun) == 1
