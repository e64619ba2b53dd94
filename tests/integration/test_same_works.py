"""A dead address of a work that has an identifier: the finding says where the work lives; a guess is no finding."""

import pytest

from verifier.model import Replacement, ReplacementKind, RunState
from verifier.reports.labels import replacement_words
from verifier.reports.terminal import TextReport
from verifier.runs import run
from verifier.settings import FetchSettings, Settings, WatchSettings

PAGE = "<html><head><title>Bridges</title></head><body><main><h1>Bridges</h1><p>The county's bridges.</p></main></body>"


@pytest.fixture
def settings(httpserver, tmp_path):
    here = f"127.0.0.1:{httpserver.port}"
    httpserver.expect_request("/gone").respond_with_data("Not found", 404, content_type="text/html")
    httpserver.expect_request("/there").respond_with_data(PAGE, content_type="text/html")
    return Settings(
        data=tmp_path / "data",
        allow_private=True,
        hosts={"*.example.test": here, "doi.org": here, "doi.org:443": here},
        fetch=FetchSettings(pause=0),
    )


@pytest.fixture(autouse=True)
def plain_http(monkeypatch):
    """doi.org on loopback has no certificate."""
    from verifier.resolver.sources import resolve as sources

    guessed = sources.guessed_address
    monkeypatch.setattr(
        sources, "guessed_address", lambda key: (guess := guessed(key)) and guess.replace("https:", "http:")
    )


def paper(make_paper, address: str):
    return make_paper("paper.pdf", [("They are old.", f"Smith, Bridges, {address}, doi:10.1234/bridges.")])


def asked(httpserver) -> list[str]:
    return [request.path for request, _ in httpserver.log]


def test_a_dead_address_names_the_identifier_that_lives(make_paper, settings, httpserver):
    httpserver.expect_request("/10.1234/bridges").respond_with_data(PAGE, content_type="text/html")
    (found,) = run([paper(make_paper, "http://a.example.test/gone")], settings).report.findings
    assert found.finding.url == "http://a.example.test/gone"
    assert found.finding.replacements == (
        Replacement(ReplacementKind.SAME_WORK, "http://doi.org/10.1234/bridges", "doi:10.1234/bridges"),
    )
    assert replacement_words(found.finding) == [
        "An identifier of the same work leads to it: doi:10.1234/bridges, at http://doi.org/10.1234/bridges."
    ]


def test_a_dead_identifier_beside_a_dead_address_is_not_named(make_paper, settings, httpserver):
    httpserver.expect_request("/10.1234/bridges").respond_with_data("Not found", 404, content_type="text/html")
    outcome = run([paper(make_paper, "http://a.example.test/gone")], settings)
    (found,) = outcome.report.findings
    assert found.finding.replacements == ()
    assert outcome.healed == ()


def test_an_identifier_beside_a_living_address_is_not_asked(make_paper, settings, httpserver):
    assert run([paper(make_paper, "http://a.example.test/there")], settings).report.findings == ()
    assert "/10.1234/bridges" not in asked(httpserver)


def test_a_guess_that_fails_is_neither_found_nor_healed(make_paper, settings, httpserver):
    httpserver.expect_request("/10.1234/bridges").respond_with_data("Not found", 404, content_type="text/html")
    paper = make_paper("paper.pdf", [("They are old.", "Smith, Bridges, doi:10.1234/bridges.")])
    outcome = run([paper], settings)
    assert asked(httpserver)[0] == "/10.1234/bridges"
    assert outcome.report.findings == ()
    assert outcome.healed == ()


def test_a_draft_is_not_talked_about(make_paper, settings, httpserver):
    file = paper(make_paper, "http://a.example.test/gone")
    drafts = WatchSettings(path=file.parent, confidential=True, fetch=True)
    run([file], settings.model_copy(update={"watch": (drafts,)}))
    assert "/10.1234/bridges" not in asked(httpserver)


def test_what_is_not_checked_of_decisions_is_said(make_paper, settings):
    file = make_paper("paper.pdf", [("So the court held.", "Roe v. Wade, 410 U.S. 113 (1973).")])
    report = run([file], settings.model_copy(update={"hosts": {"www.courtlistener.com": "127.0.0.1:9"}})).report
    assert report.coverage.decisions == 1
    said = " ".join(TextReport().render(report).split())
    assert "1 of them of courts' decisions, whose subsequent history is not checked" in said


def test_guesses_that_nobody_answers_are_not_our_network(make_paper, settings, httpserver):
    kinds = ("doi:10.1234/a", "42 U.S.C. § 1983", "16 C.F.R. § 255.2", "RFC 9110", "arXiv:2402.04825", "PMID: 31978945")
    hosts = (
        "doi.org",
        "uscode.house.gov",
        "www.ecfr.gov",
        "www.rfc-editor.org",
        "arxiv.org",
        "pubmed.ncbi.nlm.nih.gov",
    )
    settings = settings.model_copy(update={"hosts": settings.hosts | dict.fromkeys(hosts, "127.0.0.1:9")})
    notes = [("They are old.", "Report, http://a.example.test/there.")]
    notes += [(f"They are number {n}.", f"Smith, Bridges, {kind}.") for n, kind in enumerate(kinds)]
    report = run([make_paper("paper.pdf", notes)], settings).report
    assert report.state is RunState.FINISHED
    assert report.coverage.addresses >= 6
    assert [found.finding.code.value for found in report.findings if found.finding.code.value.startswith("link_")] == []


@pytest.mark.parametrize(
    ("said", "code"),
    [("has 142 bridges", None), ("has 124 bridges", "figure_check"), ("spent $9.3 million on paint for what is", None)],
)
def test_a_page_behind_an_identifier_supports_and_never_accuses(make_paper, settings, httpserver, said, code):
    """It may be an abstract, or a catalogue's entry."""
    page = PAGE.replace("The county's bridges.", "The county has 142 bridges in use.")
    httpserver.expect_request("/10.1234/bridges").respond_with_data(page, content_type="text/html")
    notes = [(f"The county {said} in use.", "Smith, Bridges, doi:10.1234/bridges.")]
    report = run([make_paper("paper.pdf", notes)], settings).report
    assert [found.finding.code.value for found in report.findings] == ([code] if code else [])


@pytest.mark.parametrize("served", [200, 404])
def test_a_guess_beside_a_printed_source_softens_nothing(make_paper, settings, httpserver, served):
    printed = PAGE.replace("The county's bridges.", "The county has 142 bridges in use.")
    httpserver.expect_request("/report").respond_with_data(printed, content_type="text/html")
    other = PAGE.replace("The county's bridges.", "The county has 99 bridges in use.")
    httpserver.expect_request("/10.1234/bridges").respond_with_data(other, served, content_type="text/html")
    cited = "Report, http://a.example.test/report; Smith, Bridges, doi:10.1234/bridges."
    wrong = run([make_paper("wrong.pdf", [("The county has 124 bridges in use.", cited)])], settings).report
    assert [found.finding.code.value for found in wrong.findings] == ["figure_disagrees"]
    right = settings.model_copy(update={"data": settings.data / "right"})
    assert run([make_paper("right.pdf", [("The county has 142 bridges in use.", cited)])], right).report.findings == ()
