"""Journals, proceedings and newspapers held against each other, abbreviated or not."""

import re

from verifier.checker.works.words import content, folded, words

_REPOSITORIES = re.compile(
    r"\b(?:arxiv|biorxiv|medrxiv|ssrn|chemrxiv|psyarxiv|socarxiv|osf|preprints?|zenodo|figshare|pubmed|europe\s*pmc|hal|repec"
    r"|econstor|dspace|eprints?|repository|academia|researchgate|semantic\s+scholar|dblp|doaj|jstor|scholar\w*|archive|openreview"
    r"|corr|dash|escholarship|working\s+papers?|discussion\s+papers?|cornell\s+university)\b",
    re.IGNORECASE,
)
"""Where works are kept rather than published: that a note names the journal and the page a repository says nothing."""

_AGENCIES = re.compile(
    r"\b(?:agency|reuters?|associated\s+press|press\s+association|afp|ap|dpa|bloomberg|wire|newswire)\b", re.I
)
_DATE_BEHIND = re.compile(r",?\s+(?:[A-Z][a-z]+\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]+)?,?\s*(?:1[5-9]\d\d|20\d\d)?\s*$")
_NUMBERED = re.compile(r"\b\d+(?:st|nd|rd|th)?\b")
_GENERAL = frozenset(
    {"journal", "review", "international", "conference", "proceedings", "annual", "meeting", "workshop"}
)


def is_repository(name: str) -> bool:
    """Whether it keeps works rather than publishing them."""
    return bool(_REPOSITORIES.search(name))


def is_agency(name: str) -> bool:
    """Whether it passes news on: what it wrote is printed elsewhere under its name."""
    return bool(_AGENCIES.search(name))


def same_container(cited: str, shown: str) -> bool:
    """Whether two names may be of one journal, conference or newspaper; lenient, since both are often abbreviated."""
    one, other = (_NUMBERED.sub(" ", _DATE_BEHIND.sub("", name)) for name in (cited, shown))
    first, second = words(one), words(other)
    if not first or not second:
        return True
    if content(first) & content(second) - _GENERAL and _overlap(first, second) >= 0.5:
        return True
    return (
        _abbreviates(first, second) or _abbreviates(second, first) or _is_acronym(one, other) or _is_acronym(other, one)
    )


def _overlap(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    one, other = content(first), content(second)
    return len(one & other) / max(min(len(one), len(other)), 1)


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """`Trans. Mach. Learn. Res.`: every word begins one of the other's, in their order (ISO 4)."""
    rest = iter([word for word in long if word in content(long)])
    return all(
        any(word.startswith(piece[:6]) or _contracts(piece, word) for word in rest)
        for piece in short
        if piece in content(short)
    )


def _contracts(piece: str, word: str) -> bool:
    """`Intl`, `Natl`: the first and last letter with some between."""
    if len(piece) < 3 or len(piece) >= len(word) or piece[0] != word[0] or piece[-1] != word[-1]:
        return False
    letters = iter(word)
    return all(letter in letters for letter in piece)


def _is_acronym(short: str, long: str) -> bool:
    """`ICML`, `NeurIPS`, `JAMA`: its letters are beginnings of the other's words, in their order."""
    for name in re.findall(r"\b(?=\w*[A-Z]\w*[A-Z])[A-Za-z]{2,12}\b", short):
        if name in re.findall(r"\w+", long) or _spells(folded(name), list(words(long))):
            return True
    return False


def _spells(letters: str, names: list[str]) -> bool:
    if not letters:
        return True
    for at, name in enumerate(names):
        for length in range(min(len(name), len(letters), 5), 0, -1):
            if name.startswith(letters[:length]) and _spells(letters[length:], names[at + 1 :]):
                return True
    return False
