"""Works cited without an address, and DOIs that may not exist: looked for in registries, on the whole path."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from tests.support.registry_web import (
    NONE,
    RegistryWeb,
    courtlistener_list,
    courtlistener_result,
    crossref_list,
    handle,
    openalex_list,
    openalex_work,
    registry_web,
)
from verifier.check_settings import CheckSettings
from verifier.reports.contents import RunReport
from verifier.runs import run
from verifier.settings import FetchSettings, Settings, WatchSettings

START = datetime(2026, 11, 2, 2, 15, tzinfo=UTC)
TITLE = "Tolls on Old Bridges and Ferries"
NOTE = f'Ada Quist, "{TITLE}," Port Economics 12 (2016): 4-9.'
CASE = "Quist v. Harbour Board, 994 F.3d 925, 930 (9th Cir. 2021)."
DOI = "10.5555/tolls.2016"
PAGE = (
    "<html><head><title>Tolls on Old Bridges and Ferries</title></head><body><main><h1>Tolls on Old Bridges and Ferries"
    "</h1><p>The survey covers forty districts and three rivers. Tolls were paid at 142 bridges in 2015, and at sixty "
    "ferries that cross the estuary in all of the months of the year.</p></main></body></html>"
)
KEYS = {"openalex_key": "k", "govinfo_key": "k", "courtlistener_token": "k"}


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RegistryWeb]:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    with registry_web(tmp_path) as running:
        yield running


@pytest.fixture
def night(web: RegistryWeb, make_paper: Callable[..., Path], tmp_path: Path) -> Callable[..., RunReport]:
    def run_on(note: str, *registries: str, day: float = 0, sentence: str = "", **settings: object) -> RunReport:
        paper = make_paper("paper.pdf", [(sentence or "Tolls are as old as bridges.", note)])
        chosen = Settings(
            data=tmp_path / "data",
            allow_private=True,
            hosts=web.hosts,
            fetch=FetchSettings(pause=0),
            check=CheckSettings(registries=registries, **KEYS),
            **settings,
        )
        with time_machine.travel(START + timedelta(days=day), tick=True):
            return run([paper], chosen).report

    return run_on


def codes(report: RunReport) -> list[str]:
    return sorted(one.finding.code.value for one in report.findings)


def says(web: RegistryWeb, host: str, value: object, status: int = 200) -> None:
    web.answers[host] = lambda *_: (status, value)


def test_a_work_that_its_registry_does_not_have_is_a_to_do_that_says_where_was_looked(
    web: RegistryWeb, night: Callable[..., RunReport]
) -> None:
    says(web, "api.openalex.org", NONE["openalex"])
    report = night(NOTE, "openalex")
    (told,) = [one.finding for one in report.findings if one.finding.code.value == "work_not_found"]
    assert told.kind == "to_do"
    assert "OpenAlex was asked for its title on 2026-11-02" in told.message
    assert "does not say that there is none" in told.message
    assert (report.coverage.works_sought, report.coverage.works_not_found) == (1, 1)
    says(web, "api.openalex.org", openalex_list(openalex_work(TITLE, "Ada Quist", 2016)))
    assert "work_not_found" in codes(night(NOTE, "openalex", day=8))
    assert len(web.asked("api.openalex.org")) == 1  # asked once a month


def test_a_work_that_comes_into_its_registry_is_no_longer_told(
    web: RegistryWeb, night: Callable[..., RunReport]
) -> None:
    says(web, "api.openalex.org", NONE["openalex"])
    assert "work_not_found" in codes(night(NOTE, "openalex"))
    says(web, "api.openalex.org", openalex_list(openalex_work(TITLE, "Ada Quist", 2016)))
    assert "work_not_found" not in codes(night(NOTE, "openalex", day=40))


@pytest.mark.parametrize(
    ("status", "said"),
    [(429, "slow down"), (500, ""), (404, NONE["openalex"]), (200, "<html>Sign in</html>"), (200, {"results": []})],
)
def test_silence_and_wrong_answers_leave_it_unchecked(
    web: RegistryWeb, night: Callable[..., RunReport], status: int, said: object
) -> None:
    says(web, "api.openalex.org", said, status)
    report = night(NOTE, "openalex")
    assert "work_not_found" not in codes(report)
    assert (report.coverage.works_sought, report.coverage.works_unanswered) == (1, 1)


def test_every_registry_that_is_asked_must_answer(web: RegistryWeb, night: Callable[..., RunReport]) -> None:
    says(web, "api.openalex.org", NONE["openalex"])
    says(web, "api.crossref.org", "", 503)
    report = night(NOTE, "openalex", "crossref")
    assert "work_not_found" not in codes(report)
    assert report.coverage.works_unanswered == 1


def test_something_like_it_in_another_registry_is_not_nothing(
    web: RegistryWeb, night: Callable[..., RunReport]
) -> None:
    says(web, "api.openalex.org", NONE["openalex"])
    says(web, "api.crossref.org", crossref_list({"DOI": "10.5555/x", "title": ["Tolls on Old Bridges and Fords"]}))
    assert "work_not_found" not in codes(night(NOTE, "openalex", "crossref"))


def test_registries_that_answer_with_whatever_is_nearest_never_say_that_there_is_none(
    web: RegistryWeb, night: Callable[..., RunReport]
) -> None:
    says(web, "api.crossref.org", NONE["crossref"])
    report = night(NOTE, "crossref")
    assert "work_not_found" not in codes(report)
    assert report.coverage.works_not_found == 0


@pytest.mark.parametrize(
    "note",
    [
        "Office of Tolls, Annual Report on Ferries and Old Bridges 2016 (2017).",
        'Ada Quist, "Tolls on Old Bridges and Ferries," Harbour Times, March 4, 2016.',
        "Ada Quist, Letter to the Harbour Office about Tolls on Ferries, March 4, 2016.",
    ],
)
def test_kinds_that_no_registry_has_all_of_are_not_missed(
    web: RegistryWeb, night: Callable[..., RunReport], note: str
) -> None:
    for host in ("api.openalex.org", "openlibrary.org", "api.crossref.org"):
        name = {"api.openalex.org": "openalex", "openlibrary.org": "openlibrary"}.get(host, "crossref")
        says(web, host, NONE[name])
    assert "work_not_found" not in codes(night(note, "openalex", "openlibrary", "crossref"))


def test_a_doi_that_is_not_registered_is_a_to_do(web: RegistryWeb, night: Callable[..., RunReport]) -> None:
    note = f"{NOTE[:-1]}, doi:{DOI}."
    says(web, "doi.org", handle(DOI, found=False), 404)
    report = night(note, "doi")
    (told,) = [one.finding for one in report.findings if one.finding.code.value == "work_not_found"]
    assert f"doi.org was asked for doi:{DOI} on 2026-11-02" in told.message
    says(web, "doi.org", handle(DOI, found=True))
    assert "work_not_found" not in codes(night(note, "doi", day=40))


def test_an_answer_about_another_doi_says_nothing(web: RegistryWeb, night: Callable[..., RunReport]) -> None:
    says(web, "doi.org", handle("10.5555/another", found=False), 404)
    report = night(f"{NOTE[:-1]}, doi:{DOI}.", "doi")
    assert "work_not_found" not in codes(report)
    assert report.coverage.works_unanswered == 1


def test_a_decision_that_is_not_where_the_note_says(web: RegistryWeb, night: Callable[..., RunReport]) -> None:
    says(web, "www.courtlistener.com", NONE["courtlistener"])
    report = night(CASE, "courtlistener")
    (told,) = [one.finding for one in report.findings if one.finding.code.value == "work_not_found"]
    assert "CourtListener was asked for case:994/F.3d/925" in told.message
    asked = web.asked("www.courtlistener.com")
    assert any("994 F.3d 925" in target for target in asked)
    assert any("Harbour Board" in target and "caseName" in target for target in asked)


def test_a_decision_under_another_place_is_not_missed(web: RegistryWeb, night: Callable[..., RunReport]) -> None:
    found = courtlistener_list(courtlistener_result("Quist v. Harbour Board", ["995 F.3d 110"], "2021-03-04"))
    web.answers["www.courtlistener.com"] = lambda _, target: (
        200,
        found if "caseName" in target else NONE["courtlistener"],
    )
    assert "work_not_found" not in codes(night(CASE, "courtlistener"))


def test_another_case_at_the_cited_place_is_a_to_do(web: RegistryWeb, night: Callable[..., RunReport]) -> None:
    found = courtlistener_list(courtlistener_result("Lund v. Ferry Company", ["994 F.3d 925"], "2021-03-04"))
    web.answers["www.courtlistener.com"] = lambda _, target: (
        200,
        found if "citation:" in target else NONE["courtlistener"],
    )
    assert [code for code in codes(night(CASE, "courtlistener")) if code.startswith("work_")] == ["work_differs"]


def test_one_of_several_decisions_on_a_page_is_enough(web: RegistryWeb, night: Callable[..., RunReport]) -> None:
    found = courtlistener_list(
        courtlistener_result("Lund v. Ferry Company", ["994 F.3d 925"], "2021-03-04"),
        courtlistener_result("Quist v. Harbour Board", ["994 F.3d 925"], "2021-03-04"),
    )
    says(web, "www.courtlistener.com", found)
    assert [code for code in codes(night(CASE, "courtlistener")) if code.startswith("work_")] == []


DOCKET = "Quist v. Harbour Board, No. 1:17-cv-01234 (D.D.C. Mar. 4, 2019)."


@pytest.mark.parametrize(
    ("name", "court", "expected"),
    [
        ("Quist v. Harbour Board", "D.D.C.", []),
        ("Quist v. Lund", "D.D.C.", []),  # an officer's successor
        ("Moor v. Ferry Company", "D.D.C.", ["work_differs"]),
        ("Moor v. Ferry Company", "S.D.N.Y.", []),  # every court has a docket of this number
    ],
)
def test_a_docket_number_that_names_another_case(
    web: RegistryWeb, night: Callable[..., RunReport], name: str, court: str, expected: list[str]
) -> None:
    result = courtlistener_result(name, [], "2017-06-27", "1:17-cv-01234-ABC", court)
    says(web, "www.courtlistener.com", courtlistener_list(result))
    assert [code for code in codes(night(DOCKET, "courtlistener")) if code.startswith("work_")] == expected


SENTENCE = "Tolls were paid at 142 bridges in 2015."


def test_a_work_that_is_found_gives_addresses_at_which_figures_are_checked(
    web: RegistryWeb, night: Callable[..., RunReport]
) -> None:
    copy = "https://a.example.test/tolls.html"
    says(web, "api.openalex.org", openalex_list(openalex_work(TITLE, "Ada Quist", 2016, DOI, copy)))
    web.answers["a.example.test"] = lambda path, _: (200, PAGE) if path == "/tolls.html" else None
    report = night(NOTE, "openalex", sentence=SENTENCE)
    assert report.coverage.figures_supported == report.coverage.figures > 0
    assert codes(report) == []
    assert web.asked("a.example.test")


def test_a_found_address_that_is_dead_is_our_miss(web: RegistryWeb, night: Callable[..., RunReport]) -> None:
    gone = "https://a.example.test/gone.html"
    says(web, "api.openalex.org", openalex_list(openalex_work(TITLE, "Ada Quist", 2016, DOI, gone)))
    report = night(NOTE, "openalex", sentence=SENTENCE)
    assert [code for code in codes(report) if code.startswith("link_")] == []


def test_a_found_work_accuses_nobody(web: RegistryWeb, night: Callable[..., RunReport]) -> None:
    copy = "https://a.example.test/tolls.html"
    says(web, "api.openalex.org", openalex_list(openalex_work(TITLE, "Ada Quist", 2016, DOI, copy)))
    web.answers["a.example.test"] = lambda *_: (200, PAGE.replace("142", "131"))
    report = night(NOTE, "openalex", sentence=SENTENCE)
    assert not any(one.finding.kind == "accusation" for one in report.findings)


@pytest.mark.parametrize(
    "record",
    [
        openalex_work(TITLE, "Sofia Lund", 2009, DOI, "https://a.example.test/tolls.html"),
        openalex_work("Tolls on Old Bridges and Fords", "Ada Quist", 2016, DOI, "https://a.example.test/tolls.html"),
        openalex_work("Ferries", "Ada Quist", 2016, DOI, "https://a.example.test/tolls.html"),
    ],
)
def test_what_may_be_another_work_gives_no_address(
    web: RegistryWeb, night: Callable[..., RunReport], record: dict[str, object]
) -> None:
    says(web, "api.openalex.org", openalex_list(record))
    night(NOTE, "openalex", sentence=SENTENCE)
    assert web.asked("a.example.test") == []


def test_nobody_is_asked_for_confidential_folders_or_without_a_setting(
    web: RegistryWeb, night: Callable[..., RunReport], tmp_path: Path
) -> None:
    night(NOTE)
    secret = (WatchSettings(path=tmp_path, confidential=True),)
    night(NOTE, "openalex", "crossref", watch=secret)
    assert web.asked("api.openalex.org") == web.asked("api.crossref.org") == []


def test_a_registry_that_keeps_silent_is_left_alone(web: RegistryWeb, night: Callable[..., RunReport]) -> None:
    says(web, "api.openalex.org", "", 500)
    titles = ("Ferries", "Harbours", "Canals", "Rivers", "Lakes", "Coasts")
    note = "; ".join(
        f'Ada Quist, "Tolls on Old Bridges and {place}," Port Economics 12 (2016): 4-9' for place in titles
    )
    report = night(f"{note}.", "openalex")
    assert len(set(web.asked("api.openalex.org"))) == 3
    assert report.coverage.works_unanswered == len(titles)
