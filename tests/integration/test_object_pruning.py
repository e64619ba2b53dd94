"""Which objects of an archive go, and which stay: by their names, by what the store names, by what rests on them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text

from db.store import Store
from tests.support.s3 import s3, s3_server
from tests.support.stores import checked, link_finding
from verifier.model import ArchivedResponse, Evidence, Fetch, Outcome, SnapshotRef
from verifier.objects import FileObjects, open_objects
from verifier.resolver import Exchange, Fetched, ObjectArchive
from verifier.resolver.archive.store import Sameness, Unchanged
from verifier.runs.stages import object_pruning
from verifier.runs.stages.object_pruning import GRACE, prune_objects, sweep_orphans

__all__ = ["s3", "s3_server"]

START = datetime(2026, 1, 5, 2, 15, tzinfo=UTC)
BEFORE = START + timedelta(days=60)


class Kept:
    """A store and an archive of objects, made on days of one's choice."""

    def __init__(self, store: Store, objects) -> None:
        self.store, self.objects = store, objects
        self.archive = ObjectArchive(objects)
        self.run = store.runs.begin("run", [], START).id
        self.made = 0

    def fetch(self, day: float, *rests_on: ArchivedResponse, body: bytes = b"") -> str:
        """The name of an object with a body for `body` (if any), and a hop for each that is kept already."""
        self.made += 1
        bodies = [*(b"kept" for _ in rests_on), *([body] if body or not rests_on else [])]
        exchanges = [
            Exchange(
                hop=hop,
                url=f"http://example.test/{self.made}/{hop}",
                ip="127.0.0.1",
                sent_at=START,
                request_line="GET / HTTP/1.1",
                request_headers=(),
                status_line="HTTP/1.1 200 OK",
                headers=(),
                body=one,
            )
            for hop, one in enumerate(bodies)
        ]
        same = {hop: Unchanged(Sameness.PAYLOAD, kept, "<urn:uuid:1>", "") for hop, kept in enumerate(rests_on)}
        before = self.names()
        with time_machine.travel(START + timedelta(days=day), tick=False):
            self.archive.write(Fetched(Fetch("http://example.test/", Outcome.RESPONSE), tuple(exchanges)), same)
        (name,) = self.names() - before
        return name

    def name_it(self, name: str) -> None:
        """Let a snapshot of the store name it."""
        url = f"http://named.example.test/{name}"
        snapshot = ArchivedResponse(0, url, name, 300, "ab" * 32)
        check = checked(url)
        self.store.links.record_check(self.run, replace(check, snapshots=(snapshot,)), START)

    def accuse_by_it(self, name: str) -> None:
        """Let a finding alone name it."""
        finding = link_finding("http://accused.example.test/")
        evidence = Evidence(snapshot=SnapshotRef(name, 300))
        self.store.findings.save_link_findings(self.run, [replace(finding, evidence=evidence)], [], START)

    def names(self) -> set[str]:
        return {one.name for one in self.objects.list()}


def place(name: str) -> ArchivedResponse:
    return ArchivedResponse(0, "http://example.test/", name, 300, "ab" * 32)


@pytest.fixture(params=["files", "s3"])
def kept(request, store, tmp_path):
    if request.param == "files":
        return Kept(store, FileObjects(tmp_path / "archive"))
    return Kept(store, open_objects(tmp_path / "archive", request.getfixturevalue("s3").settings()))


def test_what_nothing_needs_goes_and_what_something_needs_stays(kept):
    superfluous = {kept.fetch(1, body=b"superfluous"), kept.fetch(2)}
    named, of_finding, rested_on = (kept.fetch(day, body=b"x") for day in (3, 4, 5))
    kept.name_it(named)
    kept.accuse_by_it(of_finding)
    far = kept.fetch(6, body=b"far")
    between = kept.fetch(7, place(far), body=b"mixed")
    superfluous |= {kept.fetch(8, place(rested_on)), kept.fetch(9, place(named))}
    superfluous.add(last := kept.fetch(10, body=b"rested on by what goes itself"))
    superfluous.add(kept.fetch(11, place(last), body=b"that goes itself"))
    young = {kept.fetch(70, body=b"young"), kept.fetch(71, place(rested_on)), kept.fetch(72, place(between), body=b"x")}
    others = {"verifier-20250105T021500000000Z-0a1b2c3d.warc.gz", "pruned", "zebra.warc.gz"}
    for name in others:
        kept.objects.put(name, b"")
    before = kept.names()
    result = prune_objects(kept.store, kept.objects, BEFORE)
    assert before - kept.names() == superfluous
    assert kept.names() == {named, of_finding, rested_on, far, between} | young | others
    assert (result.files, result.freed > 0) == (len(superfluous), True)
    assert prune_objects(kept.store, kept.objects, BEFORE).files == 0


def test_when_time_is_up_what_is_left_is_left_for_the_next_time(kept):
    kept.fetch(1, body=b"superfluous")
    assert prune_objects(kept.store, kept.objects, BEFORE, time_is_up=lambda: True).files == 0
    assert prune_objects(kept.store, kept.objects, BEFORE).files == 1


def test_an_empty_archive_is_pruned_and_swept(kept):
    assert prune_objects(kept.store, kept.objects, BEFORE).files == 0
    assert sweep_orphans(kept.store, kept.objects, BEFORE) == 0


def test_orphans_are_swept_when_they_are_a_day_old_and_visits_never(kept):
    orphan, named = kept.fetch(1, body=b"orphan"), kept.fetch(1.1, body=b"named")
    kept.name_it(named)
    visit = kept.fetch(1, place(named))
    kept.fetch(1, body=b"")
    sweep_orphans(kept.store, kept.objects, START + timedelta(days=1.5))
    assert orphan in kept.names()
    assert sweep_orphans(kept.store, kept.objects, START + timedelta(days=1.1) + GRACE) > 0
    assert orphan not in kept.names()
    assert {named, visit} <= kept.names()


def test_what_only_a_finding_names_is_no_orphan(kept):
    kept.accuse_by_it(name := kept.fetch(1, body=b"evidence"))
    sweep_orphans(kept.store, kept.objects, START + timedelta(days=9))
    assert name in kept.names()


def test_a_sweep_looks_only_at_what_was_made_since_the_last(kept):
    kept.name_it(name := kept.fetch(1, body=b"named until its fetch is rolled up"))
    sweep_orphans(kept.store, kept.objects, START + timedelta(days=5))
    with kept.store._sessions.writing() as session:
        session.execute(text("DELETE FROM snapshot"))
    sweep_orphans(kept.store, kept.objects, START + timedelta(days=9))
    assert name in kept.names()
    kept.objects.put("swept", b"no time at all")
    sweep_orphans(kept.store, kept.objects, START + timedelta(days=9))
    assert name not in kept.names()


def test_more_than_are_asked_for_at_once_are_pruned(store, tmp_path, monkeypatch):
    monkeypatch.setattr(object_pruning, "_AT_ONCE", 3)
    kept = Kept(store, FileObjects(tmp_path / "archive"))
    names = [kept.fetch(day, body=b"x") for day in range(10)]
    for name in names[::4]:
        kept.name_it(name)
    assert prune_objects(store, kept.objects, BEFORE).files == 7
    assert kept.names() == set(names[::4])
