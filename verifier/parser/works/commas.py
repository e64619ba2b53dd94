"""Titles between commas: `Author, Title (Place: Publisher, 2020), 14`, and titles that are alone."""

import re
from dataclasses import dataclass

from verifier.parser.patterns import regex
from verifier.parser.works.authors import drop_roles, leading_authors
from verifier.parser.works.dates import HERE, MONTH, YEAR
from verifier.parser.works.names import is_institution

UPPER = r"[A-ZÀ-ÞĀ-ɏΑ-ΩА-Я]"
_TRANSLATED = regex(r"\s*\[[^\]]{4,}\]\s*$")
TITLE_END = regex(
    rf"""\s*\((?=[^()]*(?:{YEAR}|\bed\.|\bedn|undated|draft|n\.d\.|forthcoming|in\s+press|speech|thesis|diss))[^()]*(?:\([^()]*\))?[^()]*\)
      | \s*\[(?:data\s?set|dataset)[^\]]*\] | \s+\[(?=[^\]]*\])
      | [,.]\s+(?:{YEAR})(?=[\s,.;)]|$)(?!\s*[–-]\s*\d|\s+(?:to|and)\s+\d)
      | ,?\s+(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s+)?{MONTH}(?:\s+\d{{1,2}}(?:\s*[–-]\s*\d+)?,?)?\s+{YEAR}
      | ,\s+(?:{MONTH})\s+\d{{1,2}}
      | ,\s+(?:vol(?:ume)?\.?|no\.?|n[°º]|nr\.?|Bd\.?|version|ver\.|v\d|p+\.|S\.|para|at|ch\.|chap|chapter|ed\.|eds\.
        |edited|trans\.
        |Report\s+(?:No\.?\s*)?\d|Working\s+Paper|Research\s+Paper|Discussion\s+Paper|Policy\s+Brief|in:
        |Cm\s|Cmnd\s|H\.R\.|S\.\s?Rep|H\.\s?Doc|Doc\.|COM\(|SWD\(
        |updated|revised|adopted|published|trans\.|translated|transl\.
        |testimony|Testimony|Remarks|Speech|speech|remarks|keynote|available|table|Table|fig|§|¶)(?![a-z])
      | ,\s+(?:\d+(?:st|nd|rd|th|e|\.)?|rev\.?|revised|second|third|new)\s+(?:ed|éd|Aufl)
      | ,\s+(?:report|paper|study|submission|testimony|memorandum|address)\s+(?:to|for|by|before|prepared)\s
      | ,\s+[A-Z][A-Z/]*[-/ ]?\d{{2,}}[\w/.-]* | ,\s+[A-Z]{{2,}}[-/ ]\d[\w/.-]*
      | ,\s+(?={UPPER}[\w-]+(?:[\s-]{UPPER}[\w-]+)?,\s+{UPPER}[^,:]{{1,50}},\s+{YEAR}(?:[.,]|$))
      | ,\s+(?={UPPER}[^,:]{{2,40}}:\s+{UPPER}[^,:]{{1,60}},?\s+{YEAR})
      | ,\s+(?={UPPER}[^,]{{2,60}}\s{YEAR}(?:,\s(?:S\.\s?)?\d|[.,]?\s*$))
      | \s+(?=(?:§|¶)+\s*\d) | ,\s+in:\s
      | ,\s+\d+\s+(?=(?:{UPPER}|arXiv|bioRxiv|medRxiv|eLife)[^,]{{1,90}}?\s\d)
      | ,\s+(?!{YEAR}\s*[–-]\s*{YEAR})\d{{1,4}}(?:\s*[–-]\s*\d+)?(?=\s*[.,;(]|\s*$)
      | \s+(?!{YEAR}\b)\d{{1,4}}(?:\s*[–-]\s*\d+)?\s+(?=\((?:\d|rev|{YEAR}|[A-Z]))
    """,
    re.X,
)  # fmt: skip
_EVIDENCE = regex(rf"{YEAR}|n\.d\.|undated|forthcoming|in\s+press|\bed\.")
_CONTAINER_LAST = regex(
    r",\s+(?P<container>(?:The\s+)?[A-ZÀ-Þ][\w’'&.-]*(?:\s+(?:[A-ZÀ-Þ][\w’'&.-]*|of|the|and|for"
    r"|&|in|on|de|des|du|la|le|für|und)){0,6})$"
)
_PIECE = regex(
    r"(?:Circular|Order|Memorandum|Guidance|Document|Paper|Opinion|Recommendation)\s+(?:No\.?\s*)?[\w/.-]*\d[\w/.-]*,\s+(?=[A-Z])"
    r"|(?:Student\s+)?(?:Note|Comment|Essay|Book\s+Review|Review|Editorial|Opinion|Op-Ed|Article|[A-Z]{2,}[-/]\d[\w/-]*),\s+(?=[A-Z])"
)
"""What a law review prints before the title of a piece by a student or a reviewer (The Bluebook, rule 16.7)."""
_WANTS_MORE = regex(r"\b(?:of|on|from|to|for|in|until|since|between|vom|am|bis|du|de|le|au|depuis)$")
_INVERTED = regex(
    rf"{UPPER}[\w’'-]+,\s(?:{UPPER}[\w’'-]+|{UPPER}\.)(?:[\s-](?:{UPPER}[\w’'-]+|{UPPER}\.)){{0,2}},\s(?={UPPER})"
    rf"[^,:“„«]{{4,120}},\s+{UPPER}[^,:]{{2,40}}(?::\s+{UPPER}[^,:]{{1,60}},?)?\s+{YEAR}(?:[.,]|$)"
)
"""`Family, Given, Title, Place: Publisher, 1987`: how German works list a book."""
_FULL_DATE = regex(rf"\s*[,(]\s*(?:(?:\d{{1,2}}\.?\s+)?{MONTH}\s+(?:\d{{1,2}},\s+)?{YEAR}|{MONTH}\s+\d)")
VERB = regex(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|will|would|could|may|might|must|shall|should"
    r"|says|said|argues|shows|found|finds|include|includes|exclude|excludes|assume|assumes|refers?"
    r"|covers?|we|our|us|this\s+(?:figure|estimate|note|paper))\b"
)


@dataclass(frozen=True, slots=True)
class PlainTitle:
    """A title without quotation marks, the words before it (authors) and those behind it."""

    authors: str
    title: str
    rest: str
    year: str = ""


def without_translation(title: str) -> str:
    """A title without the translation in brackets behind it."""
    found = _TRANSLATED.search(title)
    return title[: found.start()].strip() if found and found.start() > 3 else title


def between_commas(words: str, *, addressed: bool) -> PlainTitle | None:
    """The title of `Author, Title (Place: Publisher, 2020), 14` and `Author, Title, 18 Journal 726 (2020)`."""
    body = re.sub(r"^(?:Press|News|Media)\s+Release,\s+", "", words)
    parts = _parts(body)
    inverted = _INVERTED.match(body)
    count = 2 if inverted else leading_authors([text for _, text in parts])
    if not count or count >= len(parts):
        return None
    named = ", ".join(drop_roles([text for _, text in parts[:count]]))
    tail = body[parts[count][0] :]
    tail = _PIECE.sub("", tail)
    if not _may_begin_title(tail):
        return None
    end = _title_end(tail)
    here = HERE.search(tail)
    stop = min([m.start() for m in (end, here) if m], default=len(tail))
    title, rest = tail[:stop].strip(" ,;"), tail[stop:]
    cut = re.search(r"(?<=[a-z)”’])\.\s+(?=[A-ZÀ-Þ(])", title)
    if cut:
        title, rest = title[: cut.start()], title[cut.start() :] + rest
    proof = bool(_EVIDENCE.search(rest)) or here is not None or addressed
    if not _fits(title, rest, proof=proof, author=named, several=count > 1):
        return None
    title, rest = _without_last_name(title, rest)
    return PlainTitle(named, without_translation(title.rstrip(".")), rest)


def _title_end(tail: str) -> re.Match[str] | None:
    """Where a title ends; a date that its last preposition wants is its own (`Minutes of 4 June 1998`)."""
    end = TITLE_END.search(tail, 1)
    while end is not None and _WANTS_MORE.search(tail[: end.start()]):
        end = TITLE_END.search(tail, end.end())
    return end


def _without_last_name(title: str, rest: str) -> tuple[str, str]:
    """A title without the newspaper before a full date, and without the body that published it; they go to the rest."""
    last = _CONTAINER_LAST.search(title)
    dated = _FULL_DATE.match(rest) and re.search(rf"{MONTH}", rest[:30])
    if last and dated and len(title[: last.start()].split()) > 1:
        title, rest = title[: last.start()], ", " + last["container"] + rest
    publisher = re.search(r",\s+(?P<p>[A-ZÀ-Þ][^,]*)$", title)
    body = publisher and is_institution(publisher["p"]) and not re.match(r".*\b(?:and|&)\b", publisher["p"])
    if publisher and body and len(title[: publisher.start()].split()) > 2:
        title, rest = title[: publisher.start()], publisher.group() + rest
    return title, rest


_LIST_GOES_ON = regex(
    rf"(?:[A-ZÀ-Þ]\.?[\s-]?)+(?:,\s*|\s*)(?:&|and\b|et\b|und\b)|(?:{UPPER}[\w’'.-]*\s){{1,3}}/\s{UPPER}"
)
"""The given names of one of several authors, and then another: `C & Ray`, `Eva / Frei`."""


def _may_begin_title(tail: str) -> bool:
    """Whether what follows the authors begins as a title does: not with a small letter, a volume or `note`."""
    if re.match(r"(?:\d+\s|supra|note\s)", tail) and not re.match(r"\d+\s+[A-Z][a-z]+\s+[a-z]", tail):
        return False
    if _LIST_GOES_ON.match(tail):
        return False
    # a list of authors in capitals goes on with its `AND`
    return re.match(r"(?!(?:AND|UND|ET)\s)[A-ZÀ-Þ\d¿¡‘“]|[a-z]+[A-Z]", tail) is not None


def _fits(title: str, rest: str, *, proof: bool, author: str, several: bool) -> bool:
    """Whether words behind an author can be a title: dated or addressed, or short, in capitals and with a page."""
    count = len(title.split())
    if (
        not title
        or len(title) < 3
        or count > 45
        or _has_quotation(title)
        or (
            VERB.search(_lower_start(title))
            and not re.search(r"[A-Z]\w+\s+(?:Is|Are|Will|Do|Does|Says)\b|[?]|:|\b(?:really|is|are)\s", title)
        )
    ):
        return False
    if is_place_or_body_only(title) and not proof:
        return False
    if proof:
        return not (re.search(r"\.\s+[A-Z][a-z]+\s+[a-z]+\s+[a-z]+", title) and count > 20)
    short = len(author.split()) <= 5 and not re.search(r"\b(?:Figures|Data|Table)\b", author)
    capitals = all(w[:1].isupper() or len(w) < 5 for w in title.split())
    return (
        short
        and count <= 8
        and capitals
        and bool(re.match(r",?\s*(?:at\s|p+\.\s*)?\d{1,4}|,\s+(?:ch|para)", rest))
        and (count > 1 or several)
    )


def _has_quotation(title: str) -> bool:
    """Whether more than a quoted word or two is in a supposed title."""
    return bool(
        re.search('[„«»"]', re.sub(r"“[^“”]{1,40}”(?=\s)", "", title))
        or re.search("[“”]", re.sub(r"“[^“”]{1,40}”(?=\s)", "", title))
    )


def _lower_start(title: str) -> str:
    return " ".join(w for w in title.split() if w[:1].islower())


def is_place_or_body_only(title: str) -> bool:
    """Whether a supposed title is one word without a digit: as likely a place."""
    return len(title.split()) == 1 and title.isalpha()


def _parts(words: str) -> list[tuple[int, str]]:
    """The parts between commas outside brackets, each with its place."""
    parts: list[tuple[int, str]] = []
    depth, start = 0, 0
    for at, char in enumerate(words):
        depth += (char in "([") - (char in ")]")
        if char == "," and depth <= 0 and words[at + 1 : at + 2].isspace():
            parts.append((start, words[start:at].strip()))
            start = at + 2
            if len(parts) > 14:
                break
    parts.append((start, words[start:].strip()))
    return parts


def alone(words: str) -> PlainTitle | None:
    """`Harbour Plan 2030 (undated draft)`: a name in capitals and a bracket that dates it, nothing else."""
    found = re.fullmatch(
        rf"(?P<title>[A-ZÀ-Þ][^()“”‘’,;]{{4,120}}?)\s*(?P<rest>\((?:undated|n\.d\.|draft|(?:[A-ZÀ-Þ][^"
        rf"()]*,?\s)?(?:{MONTH}\s+)?{YEAR})[^()]*\))\s*[.,]?\s*(?:pp?\.\s*\d+|\d+|at\s\d+)?\.?",
        words,
    )
    if found is None or VERB.search(found["title"]) or re.search(r"\bAct\b|[§¶]", found["title"]):
        return None
    long = [w for w in found["title"].split() if len(w) > 3]
    if not all(w[0].isupper() or w[0].isdigit() for w in long) or re.match(
        r"(?:Figures?|Data|Calculated|Based|Own|Author)", words
    ):
        return None
    if len(found["title"].split()) < 3 and not re.search(r"undated|draft|n\.d", found["rest"]):
        return None
    return PlainTitle("", found["title"].strip(), found["rest"])
