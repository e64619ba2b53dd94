"""Snapshots that nothing needs leave the archive after a time; what is needed stays, whenever the process is killed."""

import random
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine

from db.store import Store
from tests.support.stores import checked, link_finding
from verifier.deadlines import no_deadline
from verifier.errors import ArchiveError
from verifier.model import Evidence, Fetch, Outcome
from verifier.objects import FileObjects
from verifier.resolver import Exchange, Fetched, WarcArchive, check_archive
from verifier.resolver.archive.store import Sameness, Unchanged, payload_digest
from verifier.runs.stages.pruning import EVERY, prune, prune_when_due

START = datetime(2026, 1, 5, 2, 15, tzinfo=UTC)
BEFORE = START + timedelta(days=60)


def exchange(url: str, body: bytes, at: datetime) -> Exchange:
    return Exchange(
        hop=0,
        url=url,
        ip="127.0.0.1",
        sent_at=at,
        request_line="GET / HTTP/1.1",
        request_headers=(("Host", "example.test"),),
        status_line="HTTP/1.1 200 OK",
        headers=(("Content-Type", "text/html"),),
        body=body,
    )


class Evidenced:
    """A store and an archive of some nights; `needed` are the bodies that have to stay, `named` those among them to
    whose places the store leads.
    """

    def __init__(self, data, store: Store, seed: int = 1) -> None:
        self.data, self.store, self.folder = data, store, data / "archive"
        self.needed: set[bytes] = set()
        self.named: set[bytes] = set()
        self.chance = random.Random(seed)
        self.run = store.runs.begin("run", [], START).id

    def night(self, day: int, pages: int = 6) -> None:
        """A file of its own with some responses; of a few the store knows, of others nothing does."""
        at = START + timedelta(days=day)
        with WarcArchive(self.folder) as archive:
            for page in range(pages):
                url = f"http://example.test/{day}/{page}"
                body = self.chance.randbytes(3000)
                places = archive.write(Fetched(Fetch(url, Outcome.RESPONSE), (exchange(url, body, at),)))
                kind = self.chance.choice(("nothing", "nothing", "snapshot", "finding", "younger"))
                if kind == "nothing":
                    continue
                self.needed.add(body)
                if kind != "younger":
                    self.named.add(body)
                if kind == "snapshot":
                    self.store.links.record_check(self.run, replace(checked(url), snapshots=places), None)
                if kind == "finding":
                    shown = Evidence(snapshot=f"{places[0].warc_file}:{places[0].offset}")
                    found = replace(link_finding(url), evidence=shown)
                    self.store.findings.save_link_findings(self.run, [found], [], at)
                if kind == "younger":
                    kept = archive.read(places[0].warc_file, places[0].offset)
                    same = Unchanged(Sameness.PAYLOAD, places[0], kept.record_id, kept.date)
                    again = exchange(url, body, START + timedelta(days=90))
                    archive.write(Fetched(Fetch(url, Outcome.RESPONSE), (again,)), {0: same})

    def size(self) -> int:
        return sum(path.stat().st_size for path in self.folder.glob("*.warc.gz"))

    def is_whole(self) -> bool:
        """Whether the archive is sound, all that is needed is in it, and the store's places hold what they held."""
        report = check_archive(self.folder)
        with WarcArchive(self.folder) as archive:
            named = {archive.read(file, at).payload for file, ats in self.store.places.named().items() for at in ats}
        there = {digest for *_, digest in report.responses}
        return report.sound and named == self.named and {payload_digest(body) for body in self.needed} <= there


@pytest.fixture
def evidenced(tmp_path, store):
    kept = Evidenced(tmp_path / "data", store)
    for day in (0, 10, 20, 70):
        kept.night(day)
    return kept


@pytest.mark.parametrize("seed", range(8))
def test_what_is_needed_stays_and_the_rest_goes(tmp_path, store, seed):
    kept = Evidenced(tmp_path / "data", store, seed)
    for day in (0, 10, 20, 70):
        kept.night(day, pages=kept.chance.randint(1, 9))
    before = kept.size()
    result = prune(store, kept.folder, BEFORE)
    assert kept.is_whole()
    assert result.problems == ()
    assert before - kept.size() == result.freed
    again = prune(store, kept.folder, BEFORE)
    assert again.files == 0


def test_what_is_younger_stays_though_nothing_needs_it(evidenced):
    young = [path.name for path in sorted(evidenced.folder.glob("*.warc.gz"))][-1]
    prune(evidenced.store, evidenced.folder, BEFORE)
    assert (evidenced.folder / young).is_file()
    assert len([place for place in check_archive(evidenced.folder).responses if place[0] == young]) == 6


def test_a_file_that_nothing_needs_goes_whole(tmp_path, store):
    kept = Evidenced(tmp_path / "data", store)
    with WarcArchive(kept.folder) as archive:
        archive.write(Fetched(Fetch("u", Outcome.RESPONSE), (exchange("http://example.test/", b"x" * 99, START),)))
    assert prune(store, kept.folder, BEFORE).files == 1
    assert list(kept.folder.glob("*.warc.gz*")) == []


def test_a_file_that_is_being_written_is_left_alone(evidenced):
    with WarcArchive(evidenced.folder) as archive:
        archive.write(Fetched(Fetch("u", Outcome.RESPONSE), (exchange("http://example.test/w", b"x" * 99, START),)))
        writing = {path.name.removesuffix(".writing") for path in evidenced.folder.glob("*.writing")}
        prune(evidenced.store, evidenced.folder, BEFORE)
        assert {path.name for path in evidenced.folder.glob("*.warc.gz")} >= writing


def test_a_damaged_file_stays_as_it_is_and_is_told(evidenced):
    first = min(evidenced.folder.glob("*.warc.gz"))
    data = bytearray(first.read_bytes())
    data[len(data) // 2] ^= 0xFF
    first.write_bytes(data)
    result = prune(evidenced.store, evidenced.folder, BEFORE)
    assert first.read_bytes() == data
    assert any(first.name in problem for problem in result.problems)
    assert result.files >= 1


DIES = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
import verifier.files, verifier.runs.stages.pruning as pruning, verifier.resolver.archive.warc_prune as files
from db.snapshot_locations import Places
from db.store import Store

def die(*_): os.kill(os.getpid(), signal.SIGKILL)
where, url, folder, before = sys.argv[1:]
if where == "before the note": files._note_of = die
if where == "before its name":
    publish = verifier.files.publish
    verifier.files.publish = lambda draft, to: die() if to.name.endswith(".warc.gz") else publish(draft, to)
if where == "before the store": Places.move = die
if where == "before the old file goes": pruning.commit = die
with Store.open(url) as store:
    pruning.prune(store, Path(folder), datetime.fromisoformat(before))
"""


@pytest.mark.parametrize(
    "where", ["before the note", "before its name", "before the store", "before the old file goes"]
)
def test_killed_at_any_step_nothing_is_lost_and_the_next_time_goes_on(evidenced, store_url, where):
    killed = subprocess.run(
        [sys.executable, "-c", DIES, where, store_url, str(evidenced.folder), BEFORE.isoformat()], timeout=300
    )
    assert killed.returncode == -signal.SIGKILL
    assert evidenced.is_whole()
    prune(evidenced.store, evidenced.folder, BEFORE)
    assert evidenced.is_whole()
    left = [path.name for path in evidenced.folder.iterdir() if not path.name.endswith(".warc.gz")]
    assert left == []
    assert prune(evidenced.store, evidenced.folder, BEFORE).files == 0


def test_nights_do_it_once_a_month_and_only_where_it_is_asked_for(evidenced):
    now = BEFORE + timedelta(days=30)
    archive, pruning = FileObjects(evidenced.folder), partial(prune, evidenced.store, evidenced.folder)
    assert prune_when_due(archive, pruning, 0, now) is None
    first = prune_when_due(archive, pruning, 30, now)
    assert first is not None
    assert first.files
    assert prune_when_due(archive, pruning, 30, now + EVERY - timedelta(days=1)) is None
    assert prune_when_due(archive, pruning, 30, now + EVERY) is not None


def test_a_night_whose_time_is_up_does_it_again_the_next(evidenced):
    now = BEFORE + timedelta(days=30)
    archive = FileObjects(evidenced.folder)

    def pruning(before, time_is_up=no_deadline):
        return prune(evidenced.store, evidenced.folder, before, time_is_up=time_is_up)

    stopped = prune_when_due(archive, partial(pruning, time_is_up=lambda: True), 30, now, lambda: True)
    assert stopped is not None
    assert stopped.files == 0
    again = prune_when_due(archive, pruning, 30, now + timedelta(days=1))
    assert again is not None
    assert again.files


def test_an_archive_that_cannot_be_read_is_an_error(tmp_path, store):
    folder = tmp_path / "archive"
    (folder / "verifier-1.warc.gz").mkdir(parents=True)
    with pytest.raises(ArchiveError):
        prune(store, folder, BEFORE)


def test_the_command_frees_what_nights_left(verifier, httpserver, make_paper, tmp_path):
    page = "<html><body><main><p>The county has {} bridges in use.</p></main></body></html>"
    hosts = {"*.example.test": f"127.0.0.1:{httpserver.port}"}
    from verifier.runs import run
    from verifier.settings import FetchSettings, Settings

    settings = Settings(data=tmp_path / "data", allow_private=True, hosts=hosts, fetch=FetchSettings(pause=0))
    paper = make_paper("paper.pdf", [("The county has bridges.", "Report, http://a.example.test/report.")])
    for week in range(30):
        body = page.format(week) + f"<!-- {week} -->"
        httpserver.clear()
        httpserver.expect_request("/report").respond_with_data(body, content_type="text/html")
        with time_machine.travel(START + timedelta(days=8 * week - 400), tick=True):
            run([paper], settings)
    told = verifier("archive", "prune", "--older-than", "30", "--data", settings.data)
    assert told.returncode == 0, told.stderr
    assert "MB freed in" in told.stdout
    assert "in 0 files" not in told.stdout
    checked_again = verifier("archive", "check", "--data", settings.data)
    assert checked_again.returncode == 0, checked_again.stdout
