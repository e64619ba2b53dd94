"""The archive's quota: a warning before it is met, and a stop when it is."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from verifier.exits import ExitCode
from verifier.runs import run
from verifier.settings import ArchiveSettings, FetchSettings, Settings

START = datetime(2026, 11, 2, 2, 15, tzinfo=UTC)
PAGE = (
    "<html><head><title>Report</title></head><body><main><p>The county has {} bridges in use.</p></main></body></html>"
)


@pytest.fixture
def night(httpserver, make_paper, tmp_path):
    for number in range(12):
        body = PAGE.format(number) + f"<!-- {'x' * 200} -->"
        httpserver.expect_request(f"/page{number}").respond_with_data(body, content_type="text/html")
    notes = [(f"Sentence {n} is here.", f"Report, http://bridges.example.test/page{n}") for n in range(12)]
    paper = make_paper("paper.pdf", notes)

    def run_on(day: float, max_bytes: int):
        settings = Settings(
            data=tmp_path / "data",
            allow_private=True,
            hosts={"*.example.test": f"127.0.0.1:{httpserver.port}"},
            fetch=FetchSettings(pause=0),
            archive=ArchiveSettings(max_bytes=max_bytes),
        )
        httpserver.clear_log()
        with time_machine.travel(START + timedelta(days=day), tick=True):
            outcome = run([paper], settings)
        asked = {request.path for request, _ in httpserver.log if request.path.startswith("/page")}
        return outcome.exit_code, outcome.report.messages, len(asked)

    run_on.size = lambda: sum(path.stat().st_size for path in (tmp_path / "data" / "archive").glob("*.warc.gz"))
    return run_on


def test_without_a_quota_nothing_is_said(night):
    assert night(0, 0) == (ExitCode.CLEAN, (), 12)


def test_it_warns_before_it_is_met_and_stops_nothing(night):
    night(0, 0)
    code, messages, asked = night(
        8, int(night.size() * 2.1)
    )  # what is left out of the second night takes as much again
    assert (code, asked) == (ExitCode.CLEAN, 12)
    (message,) = messages
    assert "when it is full no source is checked" in message
    assert "Raise archive.max_bytes in time" in message


def test_a_full_archive_asks_nobody_and_says_what_is_left(night):
    night(0, 0)
    size = night.size()
    code, messages, asked = night(8, size)
    assert (code, asked) == (ExitCode.INCOMPLETE, 0)
    assert any("12 addresses not checked yet" in message for message in messages)
    assert any("no source is checked any more. Raise archive.max_bytes." in message for message in messages)
    assert night.size() == size
    assert night(8.1, 0)[2] == 12


def test_it_stops_within_a_night(night):
    code, messages, asked = night(0, 3000)
    assert code == ExitCode.INCOMPLETE
    assert 0 < asked < 12
    assert any("not checked yet" in message for message in messages)
