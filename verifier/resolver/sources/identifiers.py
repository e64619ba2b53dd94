"""Identifiers of works: the key that an address implies, and the addresses that an identifier implies.

`identifiers.csv` is the table of the latter: a scheme, a pattern of its values, the address with the pattern's parts in
it (`{congress:th}` is an ordinal), and who says that the work is there.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import quote

from verifier.resolver.sources.urls import Address

# (hosts, pattern of the target, key): addresses that are another spelling of an identifier.
_KEYED_ADDRESSES = (
    (r"(?:dx\.|www\.)?doi\.org", r"/(?:doi:)?(?P<id>10\.\d{4,9}/[^?#]+)", "doi:{id}"),
    (
        r"(?:www\.|export\.)?arxiv\.org",
        r"/(?:abs|pdf|html)/(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})",
        "arxiv:{id}",
    ),
    (r"pubmed\.ncbi\.nlm\.nih\.gov", r"/(?P<id>\d+)/?", "pmid:{id}"),
    (
        r"(?:www\.)?ncbi\.nlm\.nih\.gov|pmc\.ncbi\.nlm\.nih\.gov",
        r"/(?:pmc/)?articles/(?P<id>PMC\d+)(?:/|$)",
        "pmcid:{id}",
    ),
    (r"(?:www\.)?rfc-editor\.org", r"/(?:rfc|info)/rfc(?P<id>\d+)(?:\.(?:txt|html|pdf))?/?", "rfc:{id}"),
    (r"datatracker\.ietf\.org", r"/doc/(?:html/)?rfc(?P<id>\d+)/?", "rfc:{id}"),
    (r"hdl\.handle\.net", r"/(?P<id>[^?#/]+/[^?#]+)", "hdl:{id}"),
    (r"www\.federalregister\.gov", r"/citation/(?P<volume>\d+)-FR-(?P<page>\d+)/?$", "fr:{volume}/{page}"),
    (
        r"www\.congress\.gov",
        r"/bill/(?P<congress>\d+)(?:st|nd|rd|th)-congress/house-bill/(?P<number>\d+)/?$",
        "bill:{congress}/hr{number}",
    ),
    (
        r"www\.congress\.gov",
        r"/bill/(?P<congress>\d+)(?:st|nd|rd|th)-congress/senate-bill/(?P<number>\d+)/?$",
        "bill:{congress}/s{number}",
    ),
)
_COMPILED = tuple((re.compile(host), re.compile(target), key) for host, target, key in _KEYED_ADDRESSES)


class _Ordinal(str):
    """A number that can be set as an ordinal: `f"{_Ordinal('117'):th}"` is `117th`."""

    def __format__(self, spec: str) -> str:
        if spec != "th":
            return format(str(self), spec)
        ending = {"1": "st", "2": "nd", "3": "rd"}.get(self[-1:], "th")
        return f"{self}{'th' if self[-2:] in ('11', '12', '13') else ending}"


@dataclass(frozen=True, slots=True)
class AddressTemplate:
    """A line of the table: where works of a scheme are, if their value has this form; `source` says so."""

    scheme: str
    value: re.Pattern[str]
    address: str
    source: str

    def address_of(self, value: str) -> str | None:
        """The address of a value, None where it has another form."""
        found = self.value.fullmatch(value)
        if found is None:
            return None
        parts = {name: _Ordinal(quote(part, safe="/:().;,-_~%+@!*'")) for name, part in found.groupdict().items()}
        return self.address.format(**parts)


@cache
def address_templates() -> tuple[AddressTemplate, ...]:
    """The table, in its order."""
    table = resources.files("verifier.resolver.sources").joinpath("identifiers.csv").read_text("utf-8")
    return tuple(
        AddressTemplate(line["scheme"], re.compile(line["value"]), line["address"], line["source"])
        for line in csv.DictReader(table.splitlines())
    )


def key_of_address(address: Address) -> str | None:
    """The identifier's key that an address spells (`https://doi.org/10.1/x` is `doi:10.1/x`), if it does."""
    for host, target, key in _COMPILED:
        found = host.fullmatch(address.host) and target.match(address.target)
        if found:
            return canonical_key(key.format(**found.groupdict()))
    return None


def canonical_key(identifier: str) -> str:
    """One spelling per identifier: DOIs are case-insensitive (DOI Handbook, 2.4), arXiv versions are one work."""
    scheme, _, value = identifier.strip().partition(":")
    scheme, value = scheme.strip().lower(), value.strip()
    if scheme == "doi":
        value = value.lower().rstrip("/.")
    elif scheme == "arxiv":
        value = re.sub(r"v\d+$", "", value)
    elif scheme == "pmcid":
        value = value.upper() if value.upper().startswith("PMC") else f"PMC{value}"
    elif scheme == "isbn":
        value = value.replace("-", "").replace(" ", "").upper()
    elif scheme in ("bill", "cfr", "usc"):
        value = value.lower()
    return f"{scheme}:{value}"


def is_decision(key: str) -> bool:
    """Whether a key names a court's decision, which a later one may have overruled."""
    return key.startswith("case:")


def guessed_address(key: str) -> str | None:
    """The address at which an identifier resolves, where the table has one for it."""
    scheme, _, value = key.partition(":")
    found = (line.address_of(value) for line in address_templates() if line.scheme == scheme)
    return next((address for address in found if address), None)
