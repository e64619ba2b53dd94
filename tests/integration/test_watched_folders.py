"""`nightly` over folders that live: PDFs come, change, are renamed, go; drafts are not talked about outside."""

import errno
import os
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from db.store import Store
from verifier.errors import SettingsError
from verifier.exits import ExitCode
from verifier.model import FindingState
from verifier.reports.digest import make_digest
from verifier.runs import nightly
from verifier.runs.nightly import time_limit
from verifier.settings import FetchSettings, NightSettings, Settings, WatchSettings

START = datetime(2026, 11, 2, 2, 15, tzinfo=UTC)
PAGE = (
    "<html><head><title>Report</title></head><body><main><p>The county has 142 bridges in use.</p></main></body></html>"
)
RIGHT = ("The county has 142 bridges.", "Report, http://bridges.example.test/report.")
WRONG = ("The county has 124 bridges.", "Report, http://bridges.example.test/report.")
GONE = ("They are old.", "Survey, http://bridges.example.test/gone.")


@pytest.fixture
def web(httpserver):
    httpserver.expect_request("/report").respond_with_data(PAGE, content_type="text/html")
    httpserver.expect_request("/gone").respond_with_data("<h1>Not found</h1>", 404, content_type="text/html")
    return httpserver


@pytest.fixture
def settings(web, tmp_path):
    (tmp_path / "papers").mkdir()
    return Settings(
        data=tmp_path / "data",
        allow_private=True,
        hosts={"*.example.test": f"127.0.0.1:{web.port}"},
        fetch=FetchSettings(pause=0),
        watch=(WatchSettings(path=tmp_path / "papers"),),
    )


@pytest.fixture
def night(settings):
    def run_on(day: float, changed: Settings | None = None):
        with time_machine.travel(START + timedelta(days=day), tick=True):
            outcome = nightly(changed or settings)
        found = [(f.places[0].document, f.finding.code.value, f.new) for f in outcome.report.findings]
        return outcome, sorted(found)

    return run_on


def test_a_folder_that_cannot_be_looked_into_is_told_and_its_documents_stay(
    night, settings, make_paper, tmp_path, monkeypatch
):
    make_paper("papers/a.pdf", [RIGHT])
    make_paper("papers/sub/b.pdf", [WRONG])
    night(0)
    looks, closed = os.scandir, tmp_path / "papers" / "sub"

    def look(path="."):
        if os.fspath(path) == str(closed):
            raise PermissionError(errno.EACCES, "Permission denied", str(closed))
        return looks(path)

    monkeypatch.setattr(os, "scandir", look)
    outcome, _ = night(1)
    assert outcome.exit_code is ExitCode.INCOMPLETE
    (failed,) = outcome.report.failed
    assert failed.document == "sub"
    assert "Permission denied" in failed.reason
    with Store.open(settings.store_url) as store:
        assert [document.path for document in store.documents.current()] == ["a.pdf", "sub/b.pdf"]
        assert [f.document for f in store.findings.list([FindingState.OPEN])] == ["sub/b.pdf"]


def test_a_new_document_is_picked_up_and_a_removed_one_lets_its_findings_go(night, make_paper, tmp_path):
    make_paper("papers/a.pdf", [RIGHT])
    assert night(0)[1] == []
    make_paper("papers/b.pdf", [WRONG, GONE])
    outcome, found = night(1)
    assert outcome.exit_code is ExitCode.NEW_ACCUSATIONS
    assert found == [("b.pdf", "figure_disagrees", True), ("b.pdf", "link_unconfirmed", True)]
    (tmp_path / "papers" / "b.pdf").unlink()
    outcome, found = night(2)
    assert (outcome.exit_code, found) == (ExitCode.CLEAN, [])
    assert outcome.healed == ()  # nobody found anything healed
    (message,) = outcome.report.messages
    assert message.startswith("2 findings closed unchecked: they belong to documents that are gone")
    assert outcome.report.coverage.documents == 1


def test_a_renamed_document_keeps_its_findings_and_accuses_nobody_again(night, make_paper, tmp_path):
    paper = make_paper("papers/a.pdf", [WRONG])
    before, _ = night(0)
    paper.rename(tmp_path / "papers" / "final.pdf")
    after, found = night(1)
    assert found == [("final.pdf", "figure_disagrees", False)]
    assert after.exit_code is ExitCode.CLEAN
    assert [f.id for f in after.report.findings] == [f.id for f in before.report.findings]


def test_a_folder_that_is_not_mounted_changes_nothing_and_is_told(night, make_paper, tmp_path):
    make_paper("papers/a.pdf", [WRONG])
    night(0)
    (tmp_path / "papers").rename(tmp_path / "elsewhere")
    outcome, found = night(1)
    assert outcome.exit_code is ExitCode.INCOMPLETE
    assert [f.document for f in outcome.report.failed] == [str(tmp_path / "papers")]
    assert "1 document not looked at tonight" in outcome.report.failed[0].reason
    assert outcome.healed == ()
    assert found == [("a.pdf", "figure_disagrees", False)], "what is known stays counted"
    assert make_digest(outcome.report).still_open.startswith("Open altogether: 1 accusation, 0 to-dos.")
    (tmp_path / "papers").mkdir()
    outcome, found = night(1)
    assert found == [("a.pdf", "figure_disagrees", False)]
    assert "holds no document" in outcome.report.failed[0].reason
    (tmp_path / "papers").rmdir()
    (tmp_path / "elsewhere").rename(tmp_path / "papers")
    outcome, found = night(2)
    assert (outcome.exit_code, found) == (ExitCode.CLEAN, [("a.pdf", "figure_disagrees", False)])


def test_drafts_are_read_but_their_sources_are_not_asked_for(night, settings, make_paper, tmp_path, web):
    make_paper("drafts/draft.pdf", [WRONG])
    confidential = WatchSettings(path=tmp_path / "drafts", confidential=True)
    outcome, found = night(0, settings.model_copy(update={"watch": (confidential,)}))
    assert found == []
    assert web.log == []
    assert outcome.report.coverage.figures_source_unread >= 1
    told = WatchSettings(path=tmp_path / "drafts", confidential=True, fetch=True)
    assert night(1, settings.model_copy(update={"watch": (told,)}))[1] == [("draft.pdf", "figure_disagrees", True)]


def test_a_night_without_time_stops_cleanly_says_what_is_left_and_the_next_goes_on(night, settings, make_paper):
    make_paper("papers/a.pdf", [RIGHT, GONE])
    short = settings.model_copy(update={"night": NightSettings(limit_hours=1e-9)})
    outcome, _ = night(0, short)
    assert outcome.exit_code is ExitCode.INCOMPLETE
    assert any("Left for the next run" in message for message in outcome.report.messages)
    outcome, found = night(1)
    assert outcome.exit_code is ExitCode.CLEAN
    assert [(document, code) for document, code, _ in found] == [("a.pdf", "link_unconfirmed")]
    assert outcome.report.coverage.addresses_checked == 2


def test_a_host_is_asked_no_more_than_its_budget_a_night(night, settings, make_paper, web):
    make_paper("papers/a.pdf", [(f"Sentence {n}.", f"http://bridges.example.test/report?{n}") for n in range(5)])
    small = settings.model_copy(update={"night": NightSettings(host_budget=2)})
    asked = []
    for day in range(3):
        web.clear_log()
        outcome, _ = night(day, small)
        asked.append(sum(request.path == "/report" for request, _ in web.log))
    assert asked == [2, 2, 1]
    assert outcome.exit_code is ExitCode.CLEAN


def test_without_a_watched_folder_it_says_what_to_write(settings):
    with pytest.raises(SettingsError, match=r"\[\[watch\]\]"):
        nightly(settings.model_copy(update={"watch": ()}))


@pytest.mark.parametrize(
    ("settings", "seconds"),
    [
        (NightSettings(until=time(6, 0)), 4 * 3600),
        (NightSettings(until=time(1, 0)), 23 * 3600),
        (NightSettings(limit_hours=2), 2 * 3600),
        (NightSettings(limit_hours=2, until=time(3, 0)), 3600),
    ],
)
def test_the_time_is_up_at_the_sooner_of_both_limits(settings, seconds, monkeypatch):
    import time as clock

    started = clock.monotonic()
    limit = time_limit(settings, datetime(2026, 11, 2, 2, 0))
    monkeypatch.setattr(clock, "monotonic", lambda: started + seconds - 5)
    assert not limit()
    monkeypatch.setattr(clock, "monotonic", lambda: started + seconds + 5)
    assert limit()


def test_no_limit_is_never_up():
    assert not time_limit(NightSettings(), datetime(2026, 11, 2, 2, 0))()


def test_a_confidential_folder_inside_a_public_one_is_not_fetched_in_whatever_order_they_stand(
    night, settings, make_paper, tmp_path, web
):
    make_paper("papers/drafts/draft.pdf", [GONE])
    outer = WatchSettings(path=tmp_path / "papers")
    drafts = WatchSettings(path=tmp_path / "papers" / ".." / "papers" / "drafts", confidential=True)
    outcome, found = night(0, settings.model_copy(update={"watch": (outer, drafts)}))
    assert (web.log, found) == ([], [])
    assert outcome.report.coverage.documents == 1
    sentence, address = GONE
    make_paper("papers/public.pdf", [(f"{sentence} So it was.", address)])  # the same bytes would be the same document
    found = night(1, settings.model_copy(update={"watch": (outer, drafts)}))[1]
    assert found == [("public.pdf", "link_unconfirmed", True)]
