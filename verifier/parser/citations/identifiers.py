"""Identifiers: the keys of the works that a citation names by number."""

import re
from collections.abc import Callable, Iterator, Sequence

from verifier.parser.citations.cases import find_cases
from verifier.parser.patterns import regex

_Placed = tuple[int, str]
"""Where in a text an identifier is, and its key."""

_DOI = regex(r"\b(10\.\d{4,9}/[^\s\"<>“”]+)", re.I)
_ARXIV = regex(
    r"(?:arxiv(?:\.org/(?:abs|pdf|html)/|\s*:\s*|\s+(?:preprint\s+)?|\s+e-?prints?\s+)|\bCoRR,?\s+abs/)"
    r"(?:(\d{4}\.\d{4,5})|([a-z-]+)(?:\.[A-Z]{2})?(/\d{7}))(?:v\d+)?",
    re.I,
)
_PMID = regex(r"(?:\bPMID:?\s*|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{4,9})\b", re.I)
_PMCID = regex(r"\bPMC\s?(\d{4,9})\b")
_RFC = regex(r"\bRFC[\s-]?(\d{3,5})\b|rfc-editor\.org/(?:rfc|info)/rfc(\d{3,5})", re.I)
_ISBN = regex(r"\bISBN(?:-1[03])?:?\s*((?:\d[\s-]?){9}(?:(?:\d[\s-]?){3}\d|[\dX])(?!\d))", re.I)
_SSRN = regex(
    r"(?:\bSSRN(?:\.com)?/?\s*(?:abstract|no\.|id|paper|working\s+paper|research\s+paper)?\s*(?:no\.|id|=|:|\#)?\s*"
    r"|\babstract(?:_id)?\s*=\s*)(\d{5,8})\b",
    re.I,
)
_SECTION = r"\d+(?:[a-z]{1,4}(?:[-–]\d+[a-z]?)?)?(?![\w.]*\w/)"
_USC = regex(
    rf"\b(\d{{1,2}})\s+(?:U\.?\s?S\.?\s?C\.?(?:\s?A\.)?|U\.?S\.?\s+Code)\s*,?\s*(§*|[Ss]ec(?:tions?|s?\.))\s*({_SECTION})"
    r"(?=(?P<more>[^;.]*))"
)
_CFR_PART = r"\d+(?:\.\d+[a-z]?)?"
_CFR = regex(
    r"\b(\d{1,2})\s+C\.?\s?F\.?\s?R\.?\s*,?\s*(§+\s*|[Pp]ts?\.\s*|[Pp]arts?\s+|[Ss]ections?\s+)?"
    rf"({_CFR_PART})(?=(?P<more>[^;]*))"
)
_TITLE = regex(
    r"\b[Tt]itle\s+(\d{1,2})\s*,?\s*(?:of\s+the\s+)?(?P<code>U\.?S\.?\s?C(?:ode|\.)|United\s+States\s+Code"
    r"|Code\s+of\s+Federal\s+Regulations)\s*,?\s*(?:§+|[Ss]ections?|[Pp]arts?)\s*(\d+(?:\.\d+)?[a-z]?)"
)
_BILL = regex(
    r"(?<![\w.])(?P<type>(?:H\.?\s?R|H|S)\.?(?:\s?(?:J|Con)\.)?(?:\s?Res)?\.?)\s?(?:No\.\s*)?(?P<number>\d{1,5})\b"
    r"(?=(?P<rest>(?:[^.;]|(?<=[A-Z])\.|(?<=Res)\.){0,40}?\b\d{2,3}(?:th|st|nd|rd|d)\s+Cong))"
)
_CONGRESS = regex(r"\b(\d{2,3})(?:th|st|nd|rd|d)\s+Cong")
_BILL_PAGE = regex(
    r"congress\.gov/bill/(\d{2,3})(?:th|st|nd|rd)-congress/"
    r"(house|senate)-(bill|resolution|joint-resolution|concurrent-resolution)/(\d{1,5})",
    re.I,
)
_BILL_TYPES = frozenset(("hr", "s", "hjres", "sjres", "hres", "sres", "hconres", "sconres"))
_PAGE_TYPES = {"resolution": "res", "joint-resolution": "jres", "concurrent-resolution": "conres"}
_FEDERAL_REGISTER = regex(
    r"\b(\d{1,3})\s+(?:Fed\.\s?Reg\.|Federal\s+Register|F\.?\s?R\.?(?!\s?D))\s*(?:at\s+)?(\d{1,3},\d{3}|\d{2,6})\b"
)
_PUBLIC_LAW = regex(
    r"\b(?:Pub(?:lic)?\.?\s*L(?:aw)?\.?|P\.\s?L\.)\s*(?:No\.?\s*)?(\d{2,3})\s?[-–‑]\s?(\d{1,4})\b", re.I
)
_MORE = regex(r"\s*(?:,|and|&|or|,\s*and)\s*(?:§+\s*)?(\d+(?:\.\d+)?[a-z]?)(?=[\s,;.()]|$)(?!\s+(?:[A-Z]|C\.?F))")


def find_identifiers(text: str, urls: Sequence[str] = ()) -> tuple[str, ...]:
    """Keys of the works that a citation names.

    `doi:`, `arxiv:`, `pmid:`, `pmcid:`, `isbn:`, `ssrn:` and `rfc:` as they are written; `cfr:16/255.2` (title and part
    or section), `usc:18/1030`, `bill:118/hr3106` (congress, type and number), `fr:88/75191` (volume and page),
    `publ:117-58`, `case:410/U.S./113` (volume, reporter, page).
    """
    everything = " ".join((text, *urls))
    return tuple(dict.fromkeys(key for _, key in place_identifiers(everything)))


def place_identifiers(text: str) -> Iterator[tuple[int, str]]:
    """Where in a text each identifier is, and its key."""
    for find in _FINDERS:
        yield from find(text)


def _dois(text: str) -> Iterator[_Placed]:
    for match in _DOI.finditer(text):
        yield match.start(), f"doi:{_clean_doi(match.group(1))}"


def _clean_doi(raw: str) -> str:
    raw = re.split(r"[?#]", raw)[0].rstrip(".,;:'’”")
    while raw.endswith((")", "]")) and raw.count(raw[-1]) > raw.count("(" if raw[-1] == ")" else "["):
        raw = raw[:-1].rstrip(".,;:")
    return raw.lower()


def _numbered(text: str) -> Iterator[_Placed]:
    yield from ((m.start(), f"arxiv:{m.group(1) or m.group(2).lower() + m.group(3)}") for m in _ARXIV.finditer(text))
    yield from ((m.start(), f"pmid:{m.group(1)}") for m in _PMID.finditer(text))
    yield from ((m.start(), f"pmcid:PMC{m.group(1)}") for m in _PMCID.finditer(text))
    yield from ((m.start(), f"ssrn:{m.group(1)}") for m in _SSRN.finditer(text))
    yield from ((m.start(), f"rfc:{m.group(1) or m.group(2)}") for m in _RFC.finditer(text))


def _isbns(text: str) -> Iterator[_Placed]:
    for match in _ISBN.finditer(text):
        digits = re.sub(r"[\s-]", "", match.group(1)).upper()
        if _checks(digits):
            yield match.start(), f"isbn:{digits}"


def _checks(isbn: str) -> bool:
    """Whether the check digit is right (ISO 2108, annex C): weights 10 to 1 modulo 11, or 1 and 3 modulo 10."""
    values = [10 if digit == "X" else int(digit) for digit in isbn]
    if len(isbn) == 10:
        return sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11 == 0
    return sum((1, 3)[place % 2] * value for place, value in enumerate(values)) % 10 == 0


def _codes(text: str) -> Iterator[_Placed]:
    """Sections of the United States Code, sections and parts of the Code of Federal Regulations."""
    for match in _USC.finditer(text):
        title, mark, section = match.group(1, 2, 3)
        for one in (section, *_listed(mark, match["more"])):
            yield match.start(), f"usc:{title}/{one.replace('–', '-').lower()}"
    for match in _CFR.finditer(text):
        title, mark, part = match.group(1, 2, 3)
        for one in (part, *_listed(mark or "", match["more"])):
            yield match.start(), f"cfr:{title}/{one}"
    for match in _TITLE.finditer(text):
        scheme = "cfr" if match["code"].startswith("Code") else "usc"
        yield match.start(), f"{scheme}:{match.group(1)}/{match.group(3)}"


def _listed(mark: str, more: str) -> Iterator[str]:
    """The further sections behind a plural mark: `§§ 255.1, 255.2 and 255.5`."""
    if not re.search(r"§\s*§|s\.?\s*$", mark):
        return
    found: re.Match[str] | None = _MORE.match(more)
    while found is not None:
        yield found.group(1)
        found = _MORE.match(more, found.end())


def _bills(text: str) -> Iterator[_Placed]:
    for match in _BILL.finditer(text):
        congress = _CONGRESS.search(match["rest"])
        kind = re.sub(r"[.\s]", "", match["type"]).lower()
        if congress and kind in _BILL_TYPES:
            yield match.start(), f"bill:{congress.group(1)}/{kind}{match['number']}"
    for match in _BILL_PAGE.finditer(text):
        number, house, form, bill = (part.lower() for part in match.groups())
        plain = "hr" if house == "house" else "s"
        yield match.start(), f"bill:{number}/{plain if form == 'bill' else house[0] + _PAGE_TYPES[form]}{bill}"


def _public_acts(text: str) -> Iterator[_Placed]:
    for match in _FEDERAL_REGISTER.finditer(text):
        yield match.start(), f"fr:{match.group(1)}/{match.group(2).replace(',', '')}"
    yield from ((m.start(), f"publ:{m.group(1)}-{m.group(2)}") for m in _PUBLIC_LAW.finditer(text))


def _cases(text: str) -> Iterator[_Placed]:
    yield from ((case.start, case.key) for case in find_cases(text))


_FINDERS: tuple[Callable[[str], Iterator[_Placed]], ...] = (
    _dois,
    _numbered,
    _isbns,
    _codes,
    _bills,
    _public_acts,
    _cases,
)
