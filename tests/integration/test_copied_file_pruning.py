"""Files that were copied into a bucket: what nothing needs leaves them, all else stays, also where one is killed."""

import signal
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine

from tests.integration.test_pruning import BEFORE, START, Evidenced, exchange
from tests.support.s3 import s3, s3_server
from verifier.model import ArchivedResponse, Fetch, Outcome
from verifier.objects import open_objects
from verifier.resolver import CopiedName, Fetched, ObjectArchive, ObjectName, WarcArchive, check_objects
from verifier.resolver.archive.object_names import VISIT
from verifier.resolver.archive.store import Sameness, Unchanged, payload_digest
from verifier.runs.stages.tidy import prune_archive
from verifier.settings import GivenSettings

__all__ = ["s3", "s3_server"]


class Copied(Evidenced):
    """As `Evidenced`, of which the files are moved into a bucket; more fetches are objects of their own there."""

    def __init__(self, data, store, objects) -> None:
        super().__init__(data, store)
        self.settings = GivenSettings(data=data, store=str(store.url), objects=objects)
        self.objects = open_objects(self.folder, objects)
        self.archive = ObjectArchive(self.objects)

    def copy(self) -> None:
        for path in self.folder.glob("*.warc.gz"):
            self.objects.put_file(path.name, path)
            path.unlink()

    def visit(self, day: int) -> bytes:
        """See a page again that nothing else needs, and that is in a copied file: which body rests on it now."""
        unneeded = [place for place in check_objects(self.objects).responses if self._is_unneeded(place)]
        file, offset, digest = unneeded[0]
        page = self.archive.read(file, offset)
        place = ArchivedResponse(0, page.url, file, offset, digest)
        with time_machine.travel(START + timedelta(days=day), tick=False):
            again = exchange(page.url, page.payload, START + timedelta(days=day))
            same = Unchanged(Sameness.PAYLOAD, place, page.record_id, page.date)
            self.archive.write(Fetched(Fetch(page.url, Outcome.RESPONSE), (again,)), {0: same})
        self.needed.add(page.payload)
        return page.payload

    def _is_unneeded(self, place) -> bool:
        return CopiedName.parse(place[0]) is not None and place[2] not in {payload_digest(one) for one in self.needed}

    def names(self) -> list[str]:
        return [one.name for one in self.objects.list()]

    def size(self) -> int:
        return sum(one.bytes for one in self.objects.list())

    def prune(self, **more):
        return prune_archive(self.settings, self.store, BEFORE, **more)

    def is_whole(self) -> bool:
        report = check_objects(self.objects)
        named = {
            ObjectArchive(self.objects).read(f, at).payload
            for f, ats in self.store.places.named().items()
            for at in ats
        }
        there = {digest for *_, digest in report.responses}
        return report.sound and named == self.named and {payload_digest(body) for body in self.needed} <= there


@pytest.fixture
def copied(store, tmp_path, s3):
    made = Copied(tmp_path / "data", store, s3.settings())
    for day in (1, 2, 3, 70):
        made.night(day)
    made.copy()
    return made


def test_what_nothing_needs_leaves_the_files_and_all_else_stays(copied):
    copied.visit(80)
    before, names = copied.size(), copied.names()
    result = copied.prune()
    assert copied.is_whole()
    assert copied.size() < before
    assert result.freed > 0
    assert result.problems == ()
    changed = set(names) - set(copied.names())
    assert 1 <= len(changed) == result.files
    assert sorted(path.name for path in copied.data.iterdir()) in (["archive"], ["archive", "verifier.db"])
    again = copied.prune()
    assert (again.files, again.freed) == (0, 0)


def test_what_was_written_anew_is_still_rested_on(copied):
    body = copied.visit(80)
    copied.prune()
    copied.visit(81)
    copied.prune()
    assert copied.is_whole()
    assert payload_digest(body) in {digest for *_, digest in check_objects(copied.objects).responses}


def test_a_file_of_which_nothing_is_needed_goes(store, tmp_path, s3):
    made = Copied(tmp_path / "data", store, s3.settings())
    made.chance.choice = lambda kinds: "nothing"
    made.night(1)
    made.copy()
    assert len(made.names()) == 1
    assert (made.prune().files, made.names()) == (1, [])


def test_a_fetch_stays_that_a_copied_file_rests_on(copied):
    """As where a bucket was backed up, restored into files, worked with, and copied into a bucket again."""
    with time_machine.travel(START + timedelta(days=1), tick=False):
        page = exchange("http://example.test/back", b"came as an object", START + timedelta(days=1))
        (place,) = copied.archive.write(Fetched(Fetch(page.url, Outcome.RESPONSE), (page,)))
    kept = copied.archive.read(place.warc_file, place.offset)
    with WarcArchive(copied.folder) as files:
        again = exchange(page.url, page.body, START + timedelta(days=90))
        same = Unchanged(Sameness.PAYLOAD, place, kept.record_id, kept.date)
        files.write(Fetched(Fetch(page.url, Outcome.RESPONSE), (again,)), {0: same})
    copied.copy()
    copied.needed.add(page.body)
    copied.prune()
    assert copied.is_whole()
    assert place.warc_file in copied.names()


def test_a_visit_whose_body_was_written_into_another_file_meanwhile_keeps_it(copied):
    """As where objects became files, were pruned there, and came into a bucket again."""
    copied.visit(80)
    (visit,) = [name for name in copied.names() if name.startswith("visit-")]
    moved = ObjectName(VISIT, ObjectName.parse(visit).id, ("20200101T000000000000Z-00000000",))
    copied.objects.put(str(moved), copied.objects.get(visit))
    copied.objects.delete(visit)
    copied.prune()
    assert copied.is_whole()


def test_what_cannot_be_pruned_is_said_and_stays(copied):
    copied.objects.put("zebra.warc.gz", copied.objects.get(copied.names()[0]))
    result = copied.prune()
    assert any("zebra.warc.gz" in problem for problem in result.problems)
    assert "zebra.warc.gz" in copied.names()


def test_a_damaged_file_is_said_and_stays(copied):
    whole = {name: copied.objects.get(name) for name in copied.names()}
    for name, content in whole.items():
        copied.objects.put(name, content[:-7])
    result = copied.prune()
    assert any("is damaged" in problem for problem in result.problems)
    assert {name: copied.objects.get(name) for name in copied.names()} == {n: c[:-7] for n, c in whole.items()}


def test_when_time_is_up_what_is_left_is_left_for_the_next_time(copied):
    assert copied.prune(time_is_up=lambda: True).files == 0
    assert copied.prune().files > 0
    assert copied.is_whole()


KILLED = """
import os, signal, sys
from datetime import datetime
from db.snapshot_locations import Places
from db.store import Store
from verifier.objects import S3Objects
from verifier.runs.stages.tidy import prune_archive
from verifier.settings import GivenSettings
moment, settings, before = int(sys.argv[1]), GivenSettings.model_validate_json(sys.argv[2]), sys.argv[3]
steps = [0]
def dying(call):
    def step(*given):
        steps[0] += 1
        if steps[0] == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*given)
    return step
S3Objects.put_file = dying(S3Objects.put_file)
Places.move = dying(Places.move)
S3Objects.delete = dying(S3Objects.delete)
with Store.open(settings.store_url) as store:
    prune_archive(settings, store, datetime.fromisoformat(before))
"""


def test_killed_before_any_step_nothing_is_lost_and_the_next_pruning_ends_it(copied):
    copied.visit(80)
    copied.store.close()
    killed = 0
    for moment in (1, 2, 3, 2, 3, 1, 2):
        arguments = [str(moment), copied.settings.model_dump_json(), BEFORE.isoformat()]
        ended = subprocess.run([sys.executable, "-c", KILLED, *arguments], timeout=300).returncode
        killed += ended == -signal.SIGKILL
        assert ended in (0, -signal.SIGKILL)
        assert copied.is_whole()
    assert killed > 2
    copied.prune()
    assert copied.is_whole()
    ids = [parts.id for name in copied.names() if (parts := CopiedName.parse(name))]
    assert len(ids) == len(set(ids)), "of each file one version is left"
    assert copied.prune().files == 0


def test_names_say_which_file_they_are_of():
    first = CopiedName.parse("verifier-20250105T021500000000Z-0a1b2c3d.warc.gz")
    second = CopiedName.parse(first.next())
    third = CopiedName.parse(second.next())
    assert [(one.id, one.times) for one in (first, second, third)] == [(first.id, number) for number in (0, 1, 2)]
    assert first.next() != first.next()
    for other in ("zebra.warc.gz", "fetch-20250105T021500000000Z-0a1b2c3d.warc.gz", "pruned"):
        assert CopiedName.parse(other) is None
