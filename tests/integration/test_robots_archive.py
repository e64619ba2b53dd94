"""What robots.txt forbids is judged and not archived, where the operator says so."""

import pytest

from tests.support.web_sessions import web_session
from verifier.model import LinkStatus
from verifier.resolver import MemoryArchive, check_address
from verifier.settings import ArchiveSettings, FetchSettings

PAGE = "<html><head><title>Report</title></head><body><main><p>The county has 142 bridges.</p></main></body></html>"
SETTINGS = FetchSettings(pause=0, connect_timeout=2, retry_after_cap=0)


@pytest.fixture
def visit(httpserver):
    for path in ("/public/a", "/public/b", "/private/a"):
        httpserver.expect_request(path).respond_with_data(PAGE, content_type="text/html")
    httpserver.expect_request("/public/moved").respond_with_data("", 302, {"Location": "/private/a"})

    def visit(*paths: str):
        hosts = {"*.example.test": f"127.0.0.1:{httpserver.port}"}
        keep_to = ArchiveSettings(robots=True)
        with web_session(hosts, fetch=SETTINGS, archive=MemoryArchive(), keep=keep_to) as session:
            return [check_address(f"http://www.example.test{path}", session) for path in paths]

    return visit


def asked(httpserver) -> int:
    return sum(request.path == "/robots.txt" for request, _ in httpserver.log)


def test_what_is_forbidden_is_judged_and_not_kept(visit, httpserver):
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /private")
    allowed, forbidden, led_there = visit("/public/a", "/private/a", "/public/moved")
    assert {check.judgement.status for check in (allowed, forbidden, led_there)} == {LinkStatus.OK}
    assert [len(check.snapshots) for check in (allowed, forbidden, led_there)] == [1, 0, 0]
    assert forbidden.text == allowed.text
    assert asked(httpserver) == 1


@pytest.mark.parametrize(("status", "kept"), [(404, 1), (403, 1), (500, 0), (503, 0)])
def test_no_robots_txt_allows_all_and_a_failing_one_nothing(visit, httpserver, status, kept):
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /", status)
    (check,) = visit("/public/a")
    assert len(check.snapshots) == kept


def test_it_is_asked_for_once(visit, httpserver):
    httpserver.expect_request("/robots.txt").respond_with_data("")
    visit("/public/a", "/public/b", "/public/a")
    assert asked(httpserver) == 1


def test_a_night_obeys_where_the_setting_says_so(httpserver, make_paper, tmp_path):
    from verifier.resolver import check_archive
    from verifier.runs import run
    from verifier.settings import ArchiveSettings, Settings

    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: Verifier\nDisallow: /")
    httpserver.expect_request("/report").respond_with_data(PAGE, content_type="text/html")
    paper = make_paper("paper.pdf", [("The county has 142 bridges.", "Report, http://bridges.example.test/report")])
    settings = Settings(
        data=tmp_path / "obeys",
        allow_private=True,
        hosts={"*.example.test": f"127.0.0.1:{httpserver.port}"},
        fetch=SETTINGS,
        archive=ArchiveSettings(robots=True),
    )
    for data, robots, kept in (("obeys", True, 0), ("does-not", False, 1)):
        told = replace_archive(settings, tmp_path / data, robots)
        coverage = run([paper], told).report.coverage
        assert (coverage.addresses_ok, coverage.figures_supported) == (1, 1)
        assert len(check_archive(told.archive_folder).responses) == kept


def replace_archive(settings, data, robots):
    archive = settings.archive.model_copy(update={"robots": robots})
    return settings.model_copy(update={"data": data, "archive": archive})
