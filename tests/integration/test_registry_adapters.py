"""Each registry asked over TLS under its own name, on loopback, by the run's one session."""

# ruff: noqa: E501 - a case a line

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.registry_web import (
    NONE,
    RegistryWeb,
    courtlistener_list,
    courtlistener_result,
    crossref_list,
    federal_register_document,
    govinfo_summary,
    handle,
    openalex_list,
    openalex_work,
    registry_web,
)
from verifier.check_settings import CheckSettings
from verifier.model import DescribedWork, Nature, WorkKind
from verifier.resolver import MemoryArchive, SoughtWork, WebSession, look_up, read_payload, registries_named
from verifier.resolver import registry_keys as keys_of
from verifier.settings import FetchSettings, Settings

KEYS = {"openalex_key": "KEY-OF-OPENALEX", "govinfo_key": "KEY-OF-GOVINFO", "courtlistener_token": "KEY-OF-COURTS"}
CHECK = CheckSettings(**KEYS)
TITLE = "Tolls on Old Bridges and Ferries"
ARTICLE = SoughtWork(TITLE, WorkKind.ARTICLE, "Quist", "2016")
BOOK = SoughtWork(TITLE, WorkKind.BOOK, "Quist", "2016")
RULE = SoughtWork(TITLE, WorkKind.REGULATION)
CASE = SoughtWork("Quist v. Harbour Board", WorkKind.CASE, parties=("Quist", "Harbour Board"))
DATA = SoughtWork(TITLE, WorkKind.DATASET, "Quist", "2016")


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RegistryWeb]:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    with registry_web(tmp_path) as running:
        yield running


def ask(web: RegistryWeb, name: str, address: str, archive: MemoryArchive | None = None) -> DescribedWork | None:
    settings = Settings(allow_private=True, hosts=web.hosts, fetch=FetchSettings(pause=0), check=CHECK)
    (registry,) = registries_named([name])
    with WebSession(settings, archive) as session:
        check = look_up(address, registry, session, read_payload, keys_of(CHECK).get(name))
    return check.text.work if check.text else None


def address_of(name: str, key: str) -> str:
    (registry,) = registries_named([name])
    address = registry.address_of(key)
    assert address is not None
    return address


def search_of(name: str, sought: SoughtWork) -> str:
    (registry,) = registries_named([name])
    search = registry.search_for(sought)
    assert search is not None
    return search.address


LOOK_UPS = [
    ("openalex", "doi:10.5555/a", "api.openalex.org", "/works/doi:10.5555/a", openalex_work(TITLE, "Ada Quist", 2016, "10.5555/a"), TITLE),
    ("federalregister", "url:https://www.federalregister.gov/documents/2019/03/04/2019-04567/tolls", "www.federalregister.gov", "/api/v1/documents/2019-04567.json", federal_register_document("2019-04567", TITLE, "2019-03-04"), TITLE),
    ("govinfo", "url:https://www.govinfo.gov/content/pkg/CHRG-116hhrg12345/html/CHRG-116hhrg12345.htm", "api.govinfo.gov", "/packages/CHRG-116hhrg12345/summary", govinfo_summary("CHRG-116hhrg12345", TITLE, "2019-03-04"), TITLE),
    ("govinfo", "publ:117-2", "api.govinfo.gov", "/packages/PLAW-117publ2/summary", govinfo_summary("PLAW-117publ2", "Tolls Act", "2021-03-11"), "Tolls Act"),
    ("courtlistener", "url:https://www.courtlistener.com/opinion/112233/quist-v-board/", "www.courtlistener.com", "/api/rest/v4/clusters/112233/", {"id": 112233, "absolute_url": "/opinion/112233/quist-v-board/", "case_name": "Quist v. Board", "date_filed": "2021-03-04", "citations": [{"volume": 994, "reporter": "F.3d", "page": "925", "type": 1}]}, "Quist v. Board"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "key", "host", "path", "said", "title"), LOOK_UPS)
def test_a_record_is_read_and_known_again(
    web: RegistryWeb, name: str, key: str, host: str, path: str, said: object, title: str
) -> None:
    web.answers[host] = lambda asked, _: (200, said) if asked == path else None
    work = ask(web, name, address_of(name, key))
    assert work is not None
    assert work.title == title
    (registry,) = registries_named([name])
    assert registry.is_of(key, work)


SEARCHES = [
    ("crossref", ARTICLE, "api.crossref.org", crossref_list({"DOI": "10.5555/a", "title": [TITLE]})),
    ("openalex", ARTICLE, "api.openalex.org", openalex_list(openalex_work(TITLE, "Ada Quist", 2016, "10.5555/a"))),
    ("openlibrary", BOOK, "openlibrary.org", {**NONE["openlibrary"], "numFound": 1, "docs": [{"key": "/works/OL1W", "title": TITLE, "author_name": ["Ada Quist"], "first_publish_year": 2016}]}),
    ("datacite", DATA, "api.datacite.org", {"data": [{"id": "10.5555/d", "type": "dois", "attributes": {"doi": "10.5555/d", "titles": [{"title": TITLE}], "publicationYear": 2016}}], "meta": {"total": 1}}),
    ("federalregister", RULE, "www.federalregister.gov", {"count": 1, "description": "x", "total_pages": 1, "results": [federal_register_document("2019-04567", TITLE, "2019-03-04")]}),
    ("courtlistener", CASE, "www.courtlistener.com", courtlistener_list(courtlistener_result("Quist v. Harbour Board", ["994 F.3d 925"], "2021-03-04"))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sought", "host", "said"), SEARCHES)
def test_a_search_lists_works_and_says_plainly_that_there_are_none(
    web: RegistryWeb, name: str, sought: SoughtWork, host: str, said: object
) -> None:
    address = search_of(name, sought)
    web.answers[host] = lambda *_: (200, said)
    found = ask(web, name, address)
    assert found is not None
    assert (found.nature, len(found.listed)) == (Nature.LIST, 1)
    web.answers[host] = lambda *_: (200, NONE[name])
    found = ask(web, name, address)
    assert found == DescribedWork(nature=Nature.LIST)
    asked = web.asked(host)[0].lower()
    assert all(word in asked for word in ("quist", "harbour") if sought is CASE)
    assert all(word in asked for word in ("tolls", "bridges") if sought is not CASE)


NO_ANSWERS = [
    (429, "slow down"),
    (500, ""),
    (404, "Resource not found."),
    (200, "<html><title>Sign in</title><form><input type=password></form></html>"),
    (200, "{"),
    (200, []),
    (200, None),
    (200, {}),
    (200, {"error": "rate limited"}),
    (200, {"errors": [{"title": "no"}], "data": [], "meta": {"total": 0}}),
    (200, {"count": 3, "description": "x", "results": []}),
    (200, {"count": False, "description": "x", "results": []}),
    (200, {"count": "0", "description": "x", "results": []}),
    (200, {"meta": {"count": 0}, "results": None}),
    (200, {"meta": {"count": 7}, "results": []}),
    (200, {"numFound": 0}),
    (200, {"message": {"items": []}}),
    (404, {"count": 0, "description": "x", "results": []}),
    (403, {"meta": {"count": 0}, "results": []}),
]


@pytest.mark.parametrize(("status", "said"), NO_ANSWERS)
@pytest.mark.parametrize(("name", "sought", "host"), [one[:3] for one in SEARCHES])
def test_what_is_no_answer_is_none(
    web: RegistryWeb, name: str, sought: SoughtWork, host: str, status: int, said: object
) -> None:
    web.answers[host] = lambda *_: (status, said)
    assert ask(web, name, search_of(name, sought)) is None


@pytest.mark.parametrize("doi", ["10.5555/a", "10.1000/x(y)z"])
def test_the_handle_system_says_whether_a_doi_is_registered(web: RegistryWeb, doi: str) -> None:
    address = address_of("doi", f"doi:{doi}")
    web.answers["doi.org"] = lambda *_: (200, handle(doi, found=True))
    found = ask(web, "doi", address)
    assert found is not None
    assert found.listed
    web.answers["doi.org"] = lambda *_: (404, handle(doi, found=False))
    assert ask(web, "doi", address) == DescribedWork(nature=Nature.LIST, identifiers=(f"doi:{doi}",))


@pytest.mark.parametrize("said", [{"responseCode": 2, "handle": "10.5555/a"}, {"responseCode": 100}, "Not found", {}])
def test_no_other_word_of_the_handle_system_is_that_a_doi_is_not_there(web: RegistryWeb, said: object) -> None:
    web.answers["doi.org"] = lambda *_: (404, said)
    assert ask(web, "doi", address_of("doi", "doi:10.5555/a")) is None


@pytest.mark.parametrize(
    ("name", "key", "host", "header", "value"),
    [
        ("openalex", "doi:10.5555/a", "api.openalex.org", "api_key", "KEY-OF-OPENALEX"),
        ("govinfo", "publ:117-2", "api.govinfo.gov", "X-Api-Key", "KEY-OF-GOVINFO"),
        ("courtlistener", "case:994/F.3d/925", "www.courtlistener.com", "Authorization", "Token KEY-OF-COURTS"),
    ],
)
def test_a_key_goes_to_its_registry_alone_and_is_kept_nowhere(
    web: RegistryWeb, name: str, key: str, host: str, header: str, value: str
) -> None:
    archive = MemoryArchive()
    ask(web, name, address_of(name, key), archive)
    assert web.headers(host, header) == [value]
    assert "KEY-OF" not in web.asked(host)[0]
    assert "KEY-OF" not in repr(archive.__dict__)
    ask(web, "crossref", address_of("crossref", "doi:10.5555/a"))
    assert web.headers("api.crossref.org", header) == [""]
