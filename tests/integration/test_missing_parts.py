"""Parts of pages that are cited and are not there: noted in reports and by `links`, and no fault of the link."""

import json

import pytest
from fpdf import FPDF

from verifier.engines import check_links
from verifier.model import LinkStatus
from verifier.reports.html import HtmlReport
from verifier.reports.interchange import JsonReport, link_json
from verifier.reports.terminal import TextReport
from verifier.runs import run
from verifier.settings import FetchSettings, Settings

PAGE = "<html><head><title>Report</title></head><body><main><h2 id=tolls>Tolls</h2><p>Roads are long.</p></main></body>"
SITE = "http://a.example.test"


@pytest.fixture
def settings(httpserver, tmp_path):
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    for number in range(3):
        pdf.add_page()
        pdf.cell(text=f"Leaf {'abc'[number]} of the report.")
    httpserver.expect_request("/page").respond_with_data(PAGE, content_type="text/html")
    httpserver.expect_request("/gone").respond_with_data("Not found", 404, content_type="text/html")
    httpserver.expect_request("/report.pdf").respond_with_data(bytes(pdf.output()), content_type="application/pdf")
    return Settings(
        data=tmp_path / "data",
        allow_private=True,
        hosts={"*.example.test": f"127.0.0.1:{httpserver.port}"},
        fetch=FetchSettings(pause=0),
    )


def test_links_notes_each_address_by_its_own_fragment(settings):
    cited = ["/page#tolls", "/page#ferries", "/page", "/page#/route", "/report.pdf#page=3", "/report.pdf#page=4"]
    judged = dict(check_links([SITE + url for url in [*cited, "/gone#ferries"]], settings))
    notes = {url.removeprefix(SITE): link_json(url, judgement).get("note") for url, judgement in judged.items()}
    assert notes == {
        "/page#tolls": None,
        "/page#ferries": "the page has no part #ferries",
        "/page": None,
        "/page#/route": None,
        "/report.pdf#page=3": None,
        "/report.pdf#page=4": "the page has no part #page=4",
        "/gone#ferries": None,
    }
    assert judged[SITE + "/page#ferries"].status is LinkStatus.OK


def test_a_night_notes_them_in_every_report_until_they_are_there(make_paper, settings, httpserver):
    paper = make_paper(
        "paper.pdf",
        [
            ("Roads are long.", f"Report, {SITE}/page#ferries."),
            ("Roads are wide.", f"Report, {SITE}/page#tolls."),
        ],
    )
    report = run([paper], settings).report
    assert report.findings == ()
    assert f"NOTED (the pages answer)\n  - {SITE}/page: the page has no part #ferries, at note 1" in TextReport(
        200
    ).render(report)
    assert "the page has no part #ferries" in HtmlReport().render(report)
    (part,) = json.loads(JsonReport().render(report))["missing_parts"]
    assert (part["url"], part["fragments"]) == (f"{SITE}/page", ["ferries"])
