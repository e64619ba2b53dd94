"""A source that a person supplies for an address that no program may read."""

from functools import partial

import pytest
import time_machine

from db.store import Store
from tests.support import stores
from tests.support.hostile_pdfs import forms_in_forms
from tests.support.stores import checked, day, note
from verifier.engines import InlineEngine, SourceReaders
from verifier.errors import SettingsError, StoreBusyError
from verifier.model import LinkReason, LinkStatus
from verifier.parser import PARSER_VERSION
from verifier.resolver import WarcArchive, check_archive
from verifier.runs.context import NullObserver, Work, web_session
from verifier.runs.lock import only_run
from verifier.runs.stages import supplied
from verifier.runs.stages.links import conclude_links
from verifier.runs.stages.supplied import supply
from verifier.settings import Settings

WALL = "http://courier.test/news"
CLAIM = "In 2024 the ferries of Port Ellery carried 412 thousand passengers."
PAGE = "<html><body><p>In 2024 the ferries of Port Ellery carried 142 thousand passengers.</p></body></html>"


@pytest.fixture
def settings(tmp_path, clean_environment):
    data = tmp_path / "data"
    settings = Settings(data=data)
    with Store.open(settings.store_url) as store:
        document = store.documents.record_edition("papers", "ferries.pdf", "sha", day(0), day(0))
        cites = note(1, [WALL], CLAIM)
        reading = stores.extraction("sha", cites, parser=PARSER_VERSION)
        store.documents.save_extraction(reading, [stores.cited(0, stores.source(WALL))], day(0))
        assert document.id
        run = store.runs.begin("nightly", [], day(0)).id
        store.links.record_check(run, checked(WALL, LinkStatus.BLOCKED, LinkReason.BOT_WALL, day(0)), day(7))
    return settings


def test_it_is_archived_as_such_and_compared_at_once(settings):
    said = supply(settings, WALL, PAGE.encode(), "text/html", "Ana", NullObserver())
    assert said == "Archived and compared: 1 document that cite it."
    with Store.open(settings.store_url) as store:
        assert store.links.statuses([WALL])[WALL].status is LinkStatus.BLOCKED
        newest = store.source_histories.checks(WALL)[0]
        assert newest.detail == "supplied by Ana"
        codes = [found.finding.code.value for found in store.findings.list()]
        assert codes in (["figure_disagrees"], ["figure_check"])
        compared = {record.comparison.figure.text: record.comparison for record in store.comparisons.of(1)}
        assert compared["412 thousand"].source_text == "142 thousand"
    warc_file, offset = newest.snapshot.warc_file, newest.snapshot.offset
    with WarcArchive(settings.archive_folder) as archive:
        page = archive.read(warc_file, offset)
    assert (page.payload, page.http_status) == (PAGE.encode(), None)
    report = check_archive(settings.archive_folder)
    assert report.sound
    assert (warc_file, offset, newest.payload_sha256) in report.responses


def test_what_was_to_be_looked_at_is_done_and_stays_done(settings):
    """The next night is kept out just as well: that is no news."""

    def link_findings(store, when) -> list[tuple[str, str]]:
        run = store.runs.begin("nightly", [], day(when))
        store.links.record_check(
            run.id, checked(WALL, LinkStatus.BLOCKED, LinkReason.BOT_WALL, day(when)), day(when + 7)
        )
        with web_session(settings, stop=lambda: True) as closed:
            conclude_links(Work(settings, store, InlineEngine(), NullObserver(), run, closed))
        found = [found for found in store.findings.list() if found.finding.code.value.startswith("link_")]
        return [(found.finding.code.value, found.state.value) for found in found]

    with Store.open(settings.store_url) as store:
        assert link_findings(store, 1) == [("link_blocked", "open")]
    supply(settings, WALL, PAGE.encode(), "text/html", "Ana", NullObserver())
    with Store.open(settings.store_url) as store:
        closed = [f.state.value for f in store.findings.list() if f.finding.code.value == "link_blocked"]
        assert closed == ["closed"]
        assert link_findings(store, 400) == [("link_blocked", "closed")]


def test_what_a_person_handed_in_is_no_copy_of_a_lost_source(settings):
    """Its address is blocked at every check: that says nothing against the page."""
    with Store.open(settings.store_url) as store:
        run = store.runs.latest().id
        store.links.record_check(run, checked(WALL, LinkStatus.BLOCKED, LinkReason.BOT_WALL, day(1)), day(7))
    with time_machine.travel(day(2), tick=True):
        supply(settings, WALL, PAGE.encode(), "text/html", "Ana", NullObserver())
    with Store.open(settings.store_url) as store:
        (found,) = store.findings.list()
    assert found.finding.code.value == "figure_disagrees"
    assert "copy" not in found.finding.message


def test_a_dead_link_is_not_brought_nearer_to_broken_by_a_supply(settings):
    with Store.open(settings.store_url) as store:
        run = store.runs.latest().id
        store.links.record_check(run, checked(WALL, LinkStatus.BROKEN, LinkReason.NOT_FOUND, day(1)), day(7))
    with pytest.raises(SettingsError, match="is broken"):
        supply(settings, WALL, PAGE.encode(), "text/html", "Ana", NullObserver())


@pytest.mark.parametrize("payload", [b"", b"   ", b"\x89PNG\r\n"])
def test_what_holds_no_text_is_refused_and_leaves_nothing(settings, payload):
    with pytest.raises(SettingsError, match="No text"):
        supply(settings, WALL, payload, "image/png", "Ana", NullObserver())
    with Store.open(settings.store_url) as store:
        assert len(store.source_histories.checks(WALL)) == 1
    assert not settings.archive_folder.exists()


def test_an_address_that_nobody_cites_is_refused(settings):
    with pytest.raises(SettingsError, match="was not checked yet"):
        supply(settings, "http://elsewhere.test/", PAGE.encode(), "text/html", "Ana", NullObserver())


def test_a_run_that_is_going_on_is_not_disturbed(settings):
    with only_run(settings), pytest.raises(StoreBusyError):
        supply(settings, WALL, PAGE.encode(), "text/html", "Ana", NullObserver())


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("application/pdf", forms_in_forms(7, 10, idle=50_000)),
        ("text/html", b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">"),
    ],
)
def test_what_harms_its_reader_is_refused_and_nothing_else(settings, monkeypatch, kind, payload):
    """In a process of its own: this one would read the first for days."""
    monkeypatch.setattr(supplied, "SourceReaders", partial(SourceReaders, deadline=2, longest=0.2))
    with pytest.raises(SettingsError, match="cannot be read"):
        supply(settings, WALL, payload, kind, "Ana", NullObserver())
    with Store.open(settings.store_url) as store:
        assert len(store.source_histories.checks(WALL)) == 1
    assert not list(settings.archive_folder.glob("*.warc.gz"))
