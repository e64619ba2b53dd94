"""Registries on loopback: each host answers with documents of the shape that the registry documents.

Served over TLS under their own names, which the settings' `[hosts]` lead to loopback; their certificates are a test
authority's, which `SSL_CERT_FILE` names.
"""

import json
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import trustme

from tests.support.hostile_web import HostileWeb, Request, Site, answer

HOSTS = (
    "doi.org",
    "api.crossref.org",
    "api.datacite.org",
    "api.openalex.org",
    "openlibrary.org",
    "www.federalregister.gov",
    "api.govinfo.gov",
    "www.courtlistener.com",
)

CROSSREF_NONE = {
    "status": "ok",
    "message-type": "work-list",
    "message-version": "1.0.0",
    "message": {"facets": {}, "total-results": 0, "items": [], "items-per-page": 5, "query": {"start-index": 0}},
}
DATACITE_NONE = {"data": [], "meta": {"total": 0, "totalPages": 0, "page": 1}, "links": {"self": "x"}}
OPENALEX_NONE = {"meta": {"count": 0, "page": 1, "per_page": 5}, "results": [], "group_by": []}
OPENLIBRARY_NONE = {"numFound": 0, "start": 0, "numFoundExact": True, "num_found": 0, "docs": []}
FEDERAL_REGISTER_NONE = {"count": 0, "description": 'Documents matching "x"'}
COURTLISTENER_NONE = {"count": 0, "document_count": 0, "next": None, "previous": None, "results": []}
NONE: Mapping[str, Any] = {
    "crossref": CROSSREF_NONE,
    "datacite": DATACITE_NONE,
    "openalex": OPENALEX_NONE,
    "openlibrary": OPENLIBRARY_NONE,
    "federalregister": FEDERAL_REGISTER_NONE,
    "courtlistener": COURTLISTENER_NONE,
}
"""What each answers a search that finds nothing with."""


def handle(doi: str, *, found: bool) -> dict[str, Any]:
    """An answer of the handle proxy."""
    if not found:
        return {"responseCode": 100, "handle": doi}
    value = {"index": 1, "type": "URL", "data": {"format": "string", "value": "https://a.example/"}, "ttl": 86400}
    return {"responseCode": 1, "handle": doi, "values": [value]}


def crossref_list(*items: dict[str, Any]) -> dict[str, Any]:
    """A list of works."""
    message = {**CROSSREF_NONE["message"], "total-results": len(items), "items": list(items)}  # type: ignore[dict-item]
    return {**CROSSREF_NONE, "message": message}


def openalex_work(title: str, author: str, year: int, doi: str | None = None, pdf: str | None = None) -> dict[str, Any]:
    """A work."""
    return {
        "id": "https://openalex.org/W2741809807",
        "doi": f"https://doi.org/{doi}" if doi else None,
        "title": title,
        "display_name": title,
        "publication_year": year,
        "publication_date": f"{year}-03-04",
        "ids": {"openalex": "https://openalex.org/W2741809807"},
        "primary_location": {"is_oa": False, "source": {"display_name": "Port Economics", "type": "journal"}},
        "best_oa_location": {"is_oa": True, "landing_page_url": None, "pdf_url": pdf} if pdf else None,
        "authorships": [{"author_position": "first", "author": {"display_name": author}, "raw_author_name": author}],
    }


def openalex_list(*works: dict[str, Any]) -> dict[str, Any]:
    """A list of works."""
    return {**OPENALEX_NONE, "meta": {"count": len(works), "page": 1, "per_page": 5}, "results": list(works)}


def federal_register_document(number: str, title: str, date: str) -> dict[str, Any]:
    """A document of the Federal Register."""
    return {
        "title": title,
        "type": "Rule",
        "abstract": "This rule sets tolls.",
        "document_number": number,
        "html_url": f"https://www.federalregister.gov/documents/{date.replace('-', '/')}/{number}/tolls",
        "pdf_url": f"https://www.govinfo.gov/content/pkg/FR-{date}/pdf/{number}.pdf",
        "publication_date": date,
        "agencies": [{"raw_name": "HARBOUR OFFICE", "name": "Harbour Office", "id": 1, "slug": "harbour-office"}],
    }


def govinfo_summary(package: str, title: str, date: str) -> dict[str, Any]:
    """A package's summary."""
    return {
        "title": title,
        "collectionCode": package.partition("-")[0],
        "category": "Congressional Committee Materials",
        "dateIssued": date,
        "packageId": package,
        "publisher": "U.S. Government Publishing Office",
        "governmentAuthor1": "Congress",
        "download": {"pdfLink": f"https://api.govinfo.gov/packages/{package}/pdf"},
        "docClass": "HR",
    }


def courtlistener_result(name: str, citations: list[str], date: str, docket: str = "", court: str = "9th Cir.") -> Any:
    """A result of a search of opinions."""
    return {
        "absolute_url": "/opinion/112233/quist-v-board/",
        "caseName": name,
        "caseNameFull": name,
        "citation": citations,
        "cluster_id": 112233,
        "court": "Court of Appeals",
        "court_citation_string": court,
        "dateFiled": date,
        "docketNumber": docket,
        "status": "Published",
    }


def courtlistener_list(*results: Any) -> dict[str, Any]:
    """A list of results."""
    return {**COURTLISTENER_NONE, "count": len(results), "results": list(results)}


Answers = Callable[[str, str], tuple[int, Any] | None]
"""What a host says to a target: a status and a value (JSON, or text as it is); None for what it does not know."""


class RegistryWeb:
    """The registries, and pages of other hosts; `answers` is theirs, and may be changed."""

    def __init__(self, web: HostileWeb, answers: dict[str, Answers]) -> None:
        self._web = web
        self.answers = answers

    @property
    def port(self) -> int:
        """Where they listen."""
        return self._web.port

    @property
    def hosts(self) -> dict[str, str]:
        """The `hosts` of the settings that lead to them."""
        return dict.fromkeys((*HOSTS, "*.example.test"), f"127.0.0.1:{self.port}")

    def asked(self, host: str) -> list[str]:
        """The targets that a host was asked for, decoded."""
        return [unquote(target) for name, target in self._web.seen if name == host]

    def headers(self, host: str, name: str) -> list[str]:
        """The values of a header in a host's requests."""
        return [one.header(name) for one in self._web.heads if one.header("Host").partition(":")[0] == host]


@contextmanager
def registry_web(folder: Path) -> Iterator[RegistryWeb]:
    """Registries that know nothing until they are told; write their authority to `folder/ca.pem`."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*HOSTS, "a.example.test", "b.example.test").configure_cert(context)
    answers: dict[str, Answers] = {}

    def reply_of(host: str) -> Callable[[ssl.SSLSocket, Request], None]:
        def reply(sock: ssl.SSLSocket, request: Request) -> None:
            said = answers[host](urlsplit(request.target).path, unquote(request.target)) if host in answers else None
            status, value = said or (404, "Resource not found.")
            if isinstance(value, str):
                sock.sendall(answer(value, status, content_type="text/html" if "<" in value else "text/plain"))
            else:
                sock.sendall(answer(json.dumps(value), status, content_type="application/json"))

        return reply

    sites = {host: Site(others=reply_of(host)) for host in (*HOSTS, "a.example.test", "b.example.test")}  # type: ignore[arg-type]
    with HostileWeb(sites, context) as web:
        yield RegistryWeb(web, answers)
