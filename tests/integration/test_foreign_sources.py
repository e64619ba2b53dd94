"""A source in another language: its figures are not compared, which the coverage and the store say."""

import pytest

from db.store import Store
from verifier.reports.terminal import TextReport
from verifier.runs import run
from verifier.settings import FetchSettings, Settings

GERMAN = (
    "<html lang=en><head><title>Bericht</title></head><body><main><p>Der Landkreis unterhält 1.420 Brücken, und die "
    "meisten von ihnen sind vor dem Krieg gebaut worden. Sie werden in jedem zweiten Jahr geprüft, was weniger kostet "
    "als eine von ihnen für einen Monat zu sperren, wie es auch im letzten Bericht an den Rat heißt.</p></main></body>"
)


@pytest.fixture
def settings(httpserver, tmp_path):
    httpserver.expect_request("/bericht").respond_with_data(GERMAN, content_type="text/html; charset=utf-8")
    return Settings(
        data=tmp_path / "data",
        allow_private=True,
        hosts={"*.example.test": f"127.0.0.1:{httpserver.port}"},
        fetch=FetchSettings(pause=0),
    )


def test_a_foreign_source_is_not_checked_and_never_a_finding(make_paper, settings):
    paper = make_paper("paper.pdf", [("The county has 1,240 bridges.", "Bericht, http://a.example.test/bericht.")])
    report = run([paper], settings).report
    assert report.findings == ()
    assert report.coverage.figures == report.coverage.figures_other_language == 1
    assert report.coverage.figures_compared == 0
    assert "1 not checked: language" in " ".join(TextReport().render(report).split())
    with Store.open(settings.store_url) as store:
        document = store.documents.current()[0]
        (record,) = store.comparisons.of(document.id)
    assert record.comparison.reason.startswith("not checked: language")
