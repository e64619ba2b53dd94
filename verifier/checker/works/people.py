"""The authors of a note held against those of a page or record."""

import re
from collections.abc import Sequence
from enum import Enum

from rapidfuzz.distance import OSA

from verifier.checker.works.words import name_words
from verifier.model import Author

_OTHERS = re.compile(r"\bet\.?\s*al\b|\band\s+others\b|\bu\.\s?a\.|\bua\b", re.IGNORECASE)
_EDITORS = re.compile(r"\((?:eds?|hg|hrsg|dir)\.?\)|\beds?\.|\bedited\s+by\b|\btrans(?:l|lated)?\b", re.IGNORECASE)
_LONG_ENOUGH = 5  # letters of a family name in which one or two may be slips
_MOST_SLIPS = 2


class Authorship(Enum):
    """What comparing the two lists comes to."""

    NOT_KNOWN = "not_known"
    SHARED = "shared"
    MISSPELT = "misspelt"
    FIRST_MISSING = "first_missing"
    DISJOINT = "disjoint"


def persons_cited(authors: Sequence[Author], citation: str) -> tuple[Author, ...]:
    """The people whom a note names as authors; none where it names editors or an institution."""
    if _EDITORS.search(citation):
        return ()
    others = bool(_OTHERS.search(citation))
    return tuple(one for one in authors if one.given or (others and len(one.family.split()) <= 2))


def compare_authors(cited: Sequence[Author], shown: Sequence[Author], citation: str) -> Authorship:
    """Who is on both lists: `cited` are people (`persons_cited`), `shown` may hold institutions, which say nothing."""
    people = [one for one in shown if one.given or len(one.family.split()) == 1]
    if not cited or not people or len(people) != len(shown):
        return Authorship.NOT_KNOWN
    names = [_names(one) for one in people]
    found = [next((at for at, name in enumerate(names) if _is_one(one, name)), None) for one in cited]
    if any(at is None and _is_misspelt(one, people) for one, at in zip(cited, found, strict=True)):
        return Authorship.MISSPELT
    if all(at is None for at in found):
        return Authorship.DISJOINT
    first = found[0]
    if first is not None and first > 0 and not names[0] & _mentioned(citation):
        return Authorship.FIRST_MISSING
    return Authorship.SHARED


def _mentioned(citation: str) -> set[str]:
    """Every word of a citation, and every two of them in one."""
    said = name_words(citation)
    return {"".join(said[at : at + many]) for at in range(len(said)) for many in (1, 2)}


def _names(author: Author) -> frozenset[str]:
    """Every name of a person that may be taken for the family's, in one word too: `van de Meent`, `Smith-Okonjo`."""
    family, given = name_words(author.family), name_words(author.given or "")
    joined = "".join(family)
    return frozenset({*(name for name in (*family, *given) if len(name) > 1), joined, joined + "".join(given)})


def _is_one(cited: Author, names: frozenset[str]) -> bool:
    family = name_words(cited.family)
    own = {"".join(family), *(name for name in family if len(name) > 2)}
    given = [name for name in name_words(cited.given or "") if len(name) > 2]
    return bool(own & names) or (len("".join(family)) <= 2 and bool(set(given) & names))


def _is_misspelt(cited: Author, people: Sequence[Author]) -> bool:
    name = "".join(name_words(cited.family))
    for one in people:
        other = "".join(name_words(one.family))
        if min(len(name), len(other)) < _LONG_ENOUGH or not _share_initial(cited, one):
            continue
        if 0 < OSA.distance(name, other) <= min(_MOST_SLIPS, len(other) // 4):
            return True
    return False


def _share_initial(one: Author, other: Author) -> bool:
    initials = [(name_words(author.given or "") or ("",))[0][:1] for author in (one, other)]
    return not all(initials) or initials[0] == initials[1]
