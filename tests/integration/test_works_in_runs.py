"""Cited works on the whole path: read with the page, held against the note, kept, shown side by side."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from verifier.resolver.registries import registry
from verifier.resolver.registries.registry import TemplateRegistry
from verifier.runs import run
from verifier.settings import CheckSettings, FetchSettings, Settings, WatchSettings

START = datetime(2026, 11, 2, 2, 15, tzinfo=UTC)
PAGE = (
    "<html><head><title>{title} | Port Economics</title><meta name='citation_title' content='{title}'>"
    "<meta name='citation_author' content='{author}'><meta name='citation_date' content='{year}'></head>"
    "<body><main><h1>{title}</h1><p>The survey covers forty districts, and three rivers that flow through them, in all "
    "of the years since the first bridge was built.</p></main></body></html>"
)
NOTE = 'Ada Quist, "Tolls on Old Bridges," Port Economics (2016), {}.'
DOI = "10.5555/tolls.2016"


@pytest.fixture
def web(httpserver, monkeypatch):
    (crossref,) = [one for one in registry.all_registries() if one.name == "crossref"]
    line = crossref.lines[0]
    mapped = replace(line, address="http://crossref.example.test/works/{id}")
    monkeypatch.setattr(registry, "all_registries", lambda: (TemplateRegistry("crossref", (mapped,)),))
    return httpserver


@pytest.fixture
def night(web, make_paper, tmp_path):
    def run_on(note: str, day: float = 0, **settings: object):
        web.expect_request(re.compile(".*")).respond_with_data("no such page", status=404)
        paper = make_paper("paper.pdf", [("Tolls are as old as bridges.", note)])
        chosen = Settings(
            data=tmp_path / "data",
            allow_private=True,
            hosts={"*.example.test": f"127.0.0.1:{web.port}"},
            fetch=FetchSettings(pause=0),
            **settings,
        )
        with time_machine.travel(START + timedelta(days=day), tick=True):
            return run([paper], chosen).report

    return run_on


def codes(report) -> list[str]:
    return sorted(one.finding.code.value for one in report.findings if one.finding.code.value.startswith("work_"))


def serve(web, title: str, author: str = "Quist, Ada", year: int = 2016, path: str = "/p") -> None:
    page = PAGE.format(title=title, author=author, year=year)
    web.expect_request(path).respond_with_data(page, content_type="text/html")


def answer(web, **fields: object) -> None:
    message = {"DOI": DOI, "title": ["Tolls on Old Bridges"], "author": [{"family": "Quist", "given": "Ada"}], **fields}
    web.expect_request(f"/works/{DOI}").respond_with_data(
        json.dumps({"status": "ok", "message-type": "work", "message": message}), content_type="application/json"
    )


ADDRESSED = NOTE.format("http://a.example.test/p")
IDENTIFIED = NOTE.format("http://a.example.test/p, doi:" + DOI)
ASKED = {"check": CheckSettings(registries=("crossref",))}


def test_the_page_of_the_cited_work_raises_nothing(web, night):
    serve(web, "Tolls on Old Bridges")
    assert codes(night(ADDRESSED)) == []


def test_the_page_of_another_work_is_accused_and_closes_when_it_is_mended(web, night):
    serve(web, "Night trains and the price of sleep", "Lund, Sofia")
    report = night(ADDRESSED)
    (told,) = [one.finding for one in report.findings if one.finding.code.value == "work_other"]
    assert told.evidence.snapshot
    assert [field.name for field in told.evidence.fields if field.differs] == ["title"]
    web.clear()
    serve(web, "Tolls on Old Bridges")
    assert codes(night(ADDRESSED, day=8)) == []


def test_a_year_that_differs_is_a_to_do(web, night):
    serve(web, "Tolls on Old Bridges", year=2019)
    assert codes(night(ADDRESSED)) == ["work_differs"]


def test_nobody_is_asked_unless_the_settings_say_so(web, night):
    serve(web, "Tolls on Old Bridges")
    answer(web)
    night(IDENTIFIED)
    assert not any("/works/" in request.path for request, _ in web.log)


def test_a_retraction_is_read_in_the_record_and_asked_for_once_a_month(web, night):
    serve(web, "Tolls on Old Bridges")
    answer(web, **{"updated-by": [{"type": "retraction", "DOI": "10.5555/notice"}]})
    assert codes(night(IDENTIFIED, **ASKED)) == ["work_retracted"]
    assert codes(night(IDENTIFIED, day=8, **ASKED)) == ["work_retracted"]
    assert sum("/works/" in request.path for request, _ in web.log) == 1
    night(IDENTIFIED, day=40, **ASKED)
    assert sum("/works/" in request.path for request, _ in web.log) == 2


def test_a_record_that_comes_later_is_told_though_nothing_else_changed(web, night):
    serve(web, "Tolls on Old Bridges")
    answer(web)
    assert codes(night(IDENTIFIED, **ASKED)) == []
    web.clear()
    serve(web, "Tolls on Old Bridges")
    answer(web, **{"updated-by": [{"type": "withdrawal", "DOI": "10.5555/notice"}]})
    assert codes(night(IDENTIFIED, day=40, **ASKED)) == ["work_retracted"]


def test_a_doi_of_another_work_is_accused_by_its_record(web, night):
    serve(web, "Tolls on Old Bridges")
    answer(web, title=["Night trains and the price of sleep"], author=[{"family": "Lund", "given": "Sofia"}])
    assert codes(night(IDENTIFIED, **ASKED)) == ["work_other"]


@pytest.mark.parametrize(
    "said",
    [
        {"status": 429, "response_data": "slow down"},
        {"status": 404, "response_data": "Resource not found."},
        {"status": 500, "response_data": ""},
        {"status": 200, "response_data": "<html><title>Sign in</title></html>", "content_type": "text/html"},
        {"status": 200, "response_data": "{", "content_type": "application/json"},
        {
            "status": 200,
            "response_data": json.dumps({"message": {"DOI": "10.5555/else", "title": ["Night trains and sleep"]}}),
            "content_type": "application/json",
        },
    ],
)
def test_an_answer_that_is_no_record_of_the_doi_says_nothing(web, night, said):
    serve(web, "Tolls on Old Bridges")
    web.expect_request(f"/works/{DOI}").respond_with_data(**said)
    assert codes(night(IDENTIFIED, **ASKED)) == []


def test_confidential_folders_are_not_told_about(web, night, tmp_path):
    serve(web, "Tolls on Old Bridges")
    answer(web, **{"updated-by": [{"type": "retraction"}]})
    secret = (WatchSettings(path=tmp_path, confidential=True),)
    night(IDENTIFIED, watch=secret, **ASKED)
    assert not any("/works/" in request.path for request, _ in web.log)
