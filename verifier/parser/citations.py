"""Citations: the works that one note cites, each with its signal, addresses and identifiers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from verifier.model import Citation, Footnote, Signal

_SIGNALS = (
    (re.compile(r"but\s+see(?:,?\s+e\.\s?g\.)?\b", re.I), Signal.BUT_SEE),
    (re.compile(r"but\s+cf\.", re.I), Signal.CF),
    (re.compile(r"see\s+also\b", re.I), Signal.SEE_ALSO),
    (re.compile(r"see,?\s+e\.\s?g\.", re.I), Signal.E_G),
    (re.compile(r"see\b", re.I), Signal.SEE),
    (re.compile(r"e\.\s?g\.", re.I), Signal.E_G),
    (re.compile(r"accord\b", re.I), Signal.ACCORD),
    (re.compile(r"compare\b", re.I), Signal.COMPARE),
    (re.compile(r"cf\.", re.I), Signal.CF),
    (re.compile(r"contra\b", re.I), Signal.CONTRA),
)
_LEAD = re.compile(r"[\s“\"‘'(\[]*(?:and\s+|;\s*)?")
_STATUTE = re.compile(r"[\s(]*(?:§|\d+(?:\.\d+)*\s*(?:\(|$)|(?:para|art|sec|pt|ch)s?\.|id\.\s+at)", re.I)
_OPEN, _CLOSE = "([{“«‘", ")]}”»’"
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>“”]+)", re.I)
_ARXIV = re.compile(
    r"arxiv(?:\.org/(?:abs|pdf|html)/|\s*:\s*|\s+)((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}))(?:v\d+)?", re.I
)
_PMID = re.compile(r"(?:\bPMID:?\s*|pubmed\.ncbi\.nlm\.nih\.gov/)(\d{4,9})\b", re.I)
_RFC = re.compile(r"\bRFC[\s-]?(\d{3,5})\b|rfc-editor\.org/rfc/rfc(\d{3,5})", re.I)
_CFR = re.compile(r"\b(\d{1,2})\s+C\.?\s?F\.?\s?R\.?\s+(?:§+\s*|[Pp]ts?\.\s*|[Pp]arts?\s+)?(\d+(?:\.\d+)?)")
_USC = re.compile(r"\b(\d{1,2})\s+U\.?\s?S\.?\s?C\.?\s+§+\s*(\d+[a-z]?)")
_NOTE_WORD = r"(?:n\.|nn\.|notes?|fn\.?)"
_CROSS = re.compile(
    rf"\b(?:supra|above)(?:\s+at)?,?\s+{_NOTE_WORD}\s*(\d{{1,4}})\b|\b{_NOTE_WORD}\s*(\d{{1,4}}),?\s+(?:supra|above)\b",
    re.I,
)
_IBID = re.compile(r"(?:see\s+)?(?:ibid(?:em)?|id|idem)\b\.?", re.I)


@dataclass(frozen=True, slots=True)
class PlacedUrl:
    """An address of a note and where in its text it stands."""

    start: int
    url: str


def split_citations(text: str, urls: Sequence[PlacedUrl]) -> tuple[Citation, ...]:
    """The citations of a note's text; every address of the note goes to the citation it stands in."""
    spans = _spans(text)
    citations = []
    for number, (start, end) in enumerate(spans):
        last = number == len(spans) - 1
        own = tuple(dict.fromkeys(u.url for u in urls if start <= u.start < end or (last and u.start >= end)))
        raw = text[start:end]
        part = raw.strip(" ;")
        citations.append(
            Citation(text=part, signal=find_signal(part), urls=own, identifiers=find_identifiers(part, own))
        )
    return tuple(citation for citation in citations if citation.text or citation.urls)


def _spans(text: str) -> list[tuple[int, int]]:
    """Cut at semicolons that part works: outside quotes, brackets and addresses, and not within a statute's list."""
    cuts, depth, quoted = [0], 0, False
    for index, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE and not _is_apostrophe(text, index):
            depth = max(0, depth - 1)
        elif char == '"':
            quoted = not quoted
        elif char == ";" and not depth and not quoted and _parts_works(text, index + 1):
            cuts.append(index + 1)
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _is_apostrophe(text: str, index: int) -> bool:
    return text[index] == "’" and text[index + 1 : index + 2].isalpha()


def _parts_works(text: str, after: int) -> bool:
    return text[after : after + 1].isspace() and not _STATUTE.match(text, after)


def find_signal(text: str) -> Signal | None:
    """The introductory signal that a citation begins with."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    return next((signal for pattern, signal in _SIGNALS if pattern.match(text, start)), None)


def find_identifiers(text: str, urls: Sequence[str] = ()) -> tuple[str, ...]:
    """Keys of the works that a citation names: `doi:`, `arxiv:`, `pmid:`, `rfc:`, `cfr:`, `usc:`."""
    everything = " ".join((text, *urls))
    keys = [f"doi:{_clean_doi(m.group(1))}" for m in _DOI.finditer(everything)]
    keys += [f"arxiv:{m.group(1).lower()}" for m in _ARXIV.finditer(everything)]
    keys += [f"pmid:{m.group(1)}" for m in _PMID.finditer(everything)]
    keys += [f"rfc:{m.group(1) or m.group(2)}" for m in _RFC.finditer(everything)]
    keys += [f"cfr:{m.group(1)}/{m.group(2)}" for m in _CFR.finditer(everything)]
    keys += [f"usc:{m.group(1)}/{m.group(2)}" for m in _USC.finditer(everything)]
    return tuple(dict.fromkeys(keys))


def _clean_doi(raw: str) -> str:
    raw = re.split(r"[?#]", raw)[0].rstrip(".,;:'’”")
    while raw.endswith((")", "]")) and raw.count(raw[-1]) > raw.count("(" if raw[-1] == ")" else "["):
        raw = raw[:-1].rstrip(".,;:")
    return raw.lower()


def tie_references(footnotes: Sequence[Footnote]) -> tuple[Footnote, ...]:
    """Point every ibid., id. and supra note at the footnote it means, where that exists."""
    tied: list[Footnote] = []
    for index, note in enumerate(footnotes):
        citations = []
        for number, citation in enumerate(note.citations):
            target = _target(citation, number, index, footnotes)
            citations.append(replace(citation, refers_to=target) if target else citation)
        tied.append(replace(note, citations=tuple(citations)))
    return tuple(tied)


def cross_references(text: str) -> list[str]:
    """The labels of the notes of this document that a text refers to ("supra note 12", "note 3 above")."""
    return [match.group(1) or match.group(2) for match in _CROSS.finditer(text)]


def _target(citation: Citation, number: int, index: int, footnotes: Sequence[Footnote]) -> str | None:
    if _IBID.match(citation.text):
        return footnotes[index - 1].id if index and not number else None
    for label in cross_references(citation.text):
        earlier = [note for note in footnotes[:index] if note.label == label]
        if earlier:
            return earlier[-1].id
    return None
