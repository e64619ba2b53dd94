"""A dead address is offered the copy that its author saw; an archive that is away is nobody's finding."""

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.support.memento_web import Copy, MementoWeb
from verifier.model import ArchivedCopy, Finding, FindingCode, FindingKind, Severity
from verifier.reports.labels import replacement_words
from verifier.runs import run
from verifier.runs.stages.archived_copies import replacement
from verifier.settings import FetchSettings, MementoSettings, Settings, WatchSettings

START = datetime(2026, 11, 2, 2, 15, tzinfo=UTC)
DEAD = "http://dead.example.test/survey"


@pytest.fixture
def web(httpserver):
    return MementoWeb(httpserver)


@pytest.fixture
def night(web, make_paper, tmp_path):
    paper = make_paper("papers/paper.pdf", [("They are old.", f"Survey, {DEAD}."), ("So.", "Other, http://x/y.")])

    def run_on(day: float = 0, archives=(web.gate,), **more):
        settings = Settings(
            data=tmp_path / "data",
            allow_private=True,
            hosts=web.hosts,
            fetch=FetchSettings(pause=0),
            memento=MementoSettings(archives=archives),
            **more,
        )
        with time_machine.travel(START + timedelta(days=day), tick=True):
            report = run([paper.parent], settings).report
        return {entry.finding.url: entry.finding for entry in report.findings}

    return run_on


def asked(web) -> int:
    return sum(kind == "gate" for kind, _ in web.asked)


def offered(finding) -> str:
    return " ".join(replacement_words(finding))


def test_the_copy_is_named_with_its_archive_and_day(night, web):
    copy = Copy("2026-05-01")
    web.copies[DEAD] = [copy, Copy("2025-05-01")]
    finding = night()[DEAD]
    assert finding.code == "link_unconfirmed"
    assert offered(finding) == (
        f"An archived copy: {web.place(DEAD, copy)} (kept by archive.example.test, captured 2026-05-01)."
    )
    assert "archived copy" not in finding.message  # a field of its own


def test_it_is_looked_up_once(night, web):
    web.copies[DEAD] = [Copy("2026-05-01")]
    messages = [offered(night(day)[DEAD]) for day in (0, 3.1, 6.2)]
    assert asked(web) == 1
    assert all("An archived copy: " in message for message in messages)


def test_where_there_is_none_it_is_looked_up_again_after_a_month(night, web):
    counts = []
    for day in (0, 3.1, 6.2, 33):
        assert night(day)[DEAD].replacements == ()
        counts.append(asked(web))
    assert counts == [1, 1, 1, 2]


def test_an_archive_that_is_away_changes_no_finding_and_is_asked_at_the_next_check(night, web, caplog):
    web.copies[DEAD] = [Copy("2026-05-01")]
    web.down = 503
    with caplog.at_level(logging.INFO, "verifier"):
        finding = night()[DEAD]
    assert (finding.code, finding.replacements) == ("link_unconfirmed", ())
    (event,) = [record for record in caplog.records if record.message == "web_archive_unavailable"]
    assert event.fields == {"archive": web.gate, "addresses": 1}
    web.down = 0
    assert "An archived copy: " in offered(night(3.1)[DEAD])


def test_nobody_is_asked_where_no_archive_is_set(night, web):
    web.copies[DEAD] = [Copy("2026-05-01")]
    assert night(archives=())[DEAD].replacements == ()
    assert web.asked == []


def test_nobody_is_asked_about_a_confidential_folder(night, web, tmp_path):
    web.copies[DEAD] = [Copy("2026-05-01")]
    drafts = WatchSettings(path=tmp_path / "papers", confidential=True, fetch=True)
    finding = night(watch=(drafts,))[DEAD]
    assert (finding.code, finding.replacements) == ("link_unconfirmed", ())
    assert web.asked == []


@pytest.mark.parametrize(
    ("captured", "late"),
    [("2026-06-01T23:59:59+00:00", False), ("2026-06-02T00:00:00+00:00", True), ("2019-01-01T00:00:00+00:00", False)],
)
def test_a_copy_made_after_the_document_says_so(captured, late):
    copy = ArchivedCopy("https://web.archive.org/web/1/http://a.test/", datetime.fromisoformat(captured))
    offer = replacement(copy, datetime(2026, 6, 1, tzinfo=UTC).date())
    assert offer.is_late is late
    code, kind, severity = FindingCode.LINK_BROKEN, FindingKind.ACCUSATION, Severity.HIGH
    words = offered(Finding("f", code, kind, severity, "Gone.", replacements=(offer,)))
    assert ("after the document's date" in words) is late
    assert f"captured {captured[:10]}" in words


def test_the_demo_and_tests_ask_no_public_archive(verifier, make_paper, web, tmp_path):
    """With the settings as they come: what is mapped to loopback is told to nobody outside."""
    paper = make_paper("paper.pdf", [("They are old.", f"Survey, {DEAD}.")])
    data = tmp_path / "data"
    result = verifier("run", paper, "--data", data, "--allow-private", "--format", "json", hosts=web.hosts)
    finding = next(found for found in json.loads(result.stdout)["findings"] if found["url"] == DEAD)
    assert finding["replacements"] == []
    assert "archived_copy" not in verifier("dump", "--data", data).stdout  # not looked for is not "there is none"
