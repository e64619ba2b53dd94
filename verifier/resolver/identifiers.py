"""Identifiers of works: the key that an address implies, and the addresses that an identifier implies."""

import re

from verifier.resolver.addresses import Address

# What a key's scheme resolves at. Sources of the forms:
# doi: doi.org "DOI Handbook", 3.8 (2023); arxiv: info.arxiv.org/help/arxiv_identifier; pmid, pmcid: NLM "Linking to
# PubMed and PMC"; rfc: rfc-editor.org/rfc-index; hdl: handle.net "Proxy server"; ssrn: the "suggested citation" on its
# pages; isbn: openlibrary.org/dev/docs/api/books; urn: DNB "URN service" for urn:nbn:de only.
ADDRESS_TEMPLATES: dict[str, str] = {
    "doi": "https://doi.org/{}",
    "arxiv": "https://arxiv.org/abs/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/",
    "rfc": "https://www.rfc-editor.org/rfc/rfc{}",
    "hdl": "https://hdl.handle.net/{}",
    "ssrn": "https://papers.ssrn.com/sol3/papers.cfm?abstract_id={}",
    "isbn": "https://openlibrary.org/isbn/{}",
}

# (hosts, pattern of the target, key scheme): addresses that are another spelling of an identifier.
_KEYED_ADDRESSES = (
    (r"(?:dx\.|www\.)?doi\.org", r"/(?:doi:)?(?P<id>10\.\d{4,9}/[^?#]+)", "doi"),
    (
        r"(?:www\.|export\.)?arxiv\.org",
        r"/(?:abs|pdf|html)/(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})",
        "arxiv",
    ),
    (r"pubmed\.ncbi\.nlm\.nih\.gov", r"/(?P<id>\d+)/?", "pmid"),
    (r"(?:www\.)?ncbi\.nlm\.nih\.gov|pmc\.ncbi\.nlm\.nih\.gov", r"/(?:pmc/)?articles/(?P<id>PMC\d+)(?:/|$)", "pmcid"),
    (r"(?:www\.)?rfc-editor\.org", r"/(?:rfc|info)/rfc(?P<id>\d+)(?:\.(?:txt|html|pdf))?/?", "rfc"),
    (r"datatracker\.ietf\.org", r"/doc/(?:html/)?rfc(?P<id>\d+)/?", "rfc"),
    (r"hdl\.handle\.net", r"/(?P<id>[^?#/]+/[^?#]+)", "hdl"),
)
_COMPILED = tuple((re.compile(host), re.compile(target), scheme) for host, target, scheme in _KEYED_ADDRESSES)


def key_of_address(address: Address) -> str | None:
    """The identifier's key that an address spells (`https://doi.org/10.1/x` is `doi:10.1/x`), if it does."""
    for host, target, scheme in _COMPILED:
        found = host.fullmatch(address.host) and target.match(address.target)
        if found:
            return canonical_key(f"{scheme}:{found['id']}")
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
    return f"{scheme}:{value}"


def guessed_address(key: str) -> str | None:
    """The address at which an identifier resolves, where its scheme has a public resolver."""
    scheme, _, value = key.partition(":")
    template = ADDRESS_TEMPLATES.get(scheme)
    return template.format(value) if template and value else None
