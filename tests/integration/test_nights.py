"""Broken is earned: nights with the clock moved, over a loopback web with a script."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from verifier.exits import ExitCode
from verifier.runs import run
from verifier.settings import FetchSettings, Settings

START = datetime(2026, 11, 2, 2, 15, tzinfo=UTC)
PAGE = (
    "<html><head><title>Report</title></head><body><main><p>The county has 142 bridges in use.</p></main></body></html>"
)


@pytest.fixture
def web(httpserver):
    httpserver.status = {}

    def answer(request):
        from werkzeug.wrappers import Response

        status = httpserver.status.get(request.path, 200)
        return Response(PAGE, status, {"Location": "/there"} if status == 301 else {}, content_type="text/html")

    for path in ("/live", "/dying", "/there"):
        httpserver.expect_request(path).respond_with_handler(answer)
    return httpserver


@pytest.fixture
def night(web, make_paper, tmp_path):
    paper = make_paper(
        "paper.pdf",
        [
            ("The county has 142 bridges.", "Report, http://live.example.test/live."),
            ("They are old.", "Survey, http://dying.example.test/dying."),
        ],
    )
    settings = Settings(
        data=tmp_path / "data",
        allow_private=True,
        hosts={"*.example.test": f"127.0.0.1:{web.port}"},
        fetch=FetchSettings(pause=0),
    )

    def run_on(day: float):
        with time_machine.travel(START + timedelta(days=day), tick=True):
            outcome = run([paper], settings)
        return outcome.exit_code, [(f.finding.code.value, f.new) for f in outcome.report.findings]

    return run_on


def test_a_dead_link_is_a_to_do_first_and_an_accusation_after_three_checks_in_six_days(night, web):
    web.status["/dying"] = 404
    assert night(0) == (ExitCode.CLEAN, [("link_unconfirmed", True)])
    assert night(1) == (ExitCode.CLEAN, [("link_unconfirmed", False)])
    assert night(3.01) == (ExitCode.CLEAN, [("link_unconfirmed", False)])
    assert night(6.02) == (ExitCode.NEW_ACCUSATIONS, [("link_broken", True)])
    assert night(9.03) == (ExitCode.CLEAN, [("link_broken", False)])


def test_only_what_is_due_is_asked(night, web):
    web.status["/dying"] = 404
    asked = []
    for day in (0, 1, 2, 3.01, 4, 6.02, 7.01, 8):
        web.clear_log()
        night(day)
        asked.append(sorted({request.path for request, _ in web.log if request.path in ("/live", "/dying")}))
    assert asked == [["/dying", "/live"], [], [], ["/dying"], [], ["/dying"], ["/live"], []]


def test_a_weekly_check_is_not_put_off_because_last_weeks_came_later_in_the_night(night, web):
    asked = []
    for day in (0.2, 6.2, 7.0, 14.1, 20.9, 21):
        web.clear_log()
        night(day)
        asked.append(any(request.path == "/live" for request, _ in web.log))
    assert asked == [True, False, True, True, True, False]


def test_one_answer_heals_and_the_count_starts_again(night, web):
    web.status["/dying"] = 404
    night(0)
    night(3.01)
    web.status["/dying"] = 200
    assert night(6.02) == (ExitCode.CLEAN, [])
    web.status["/dying"] = 404
    assert night(13.03) == (ExitCode.CLEAN, [("link_unconfirmed", True)])


def test_a_failing_server_is_unreachable_after_three_checks_and_never_broken(night, web):
    web.status["/dying"] = 503
    seen = [night(day)[1] for day in (0, 3.01, 6.02, 9.03, 12.04)]
    codes = [[code for code, _ in findings] for findings in seen]
    assert codes == [[], [], ["link_unreachable"], ["link_unreachable"], ["link_unreachable"]]


def test_a_moved_link_has_not_healed_because_its_host_is_down_for_a_night(night, web):
    web.status["/dying"] = 301
    assert night(0)[1] == [("link_moved", True)]
    web.status["/dying"] = 503
    assert night(7.01)[1] == [("link_moved", False)]
    web.status["/dying"] = 301
    assert night(10.02)[1] == [("link_moved", False)]
