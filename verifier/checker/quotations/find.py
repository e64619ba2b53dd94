"""Which words of a text are a quotation: in quotation marks that belong together, long enough, and no title."""

import re
from dataclasses import dataclass

from verifier.checker.quotations.lookup import words_of

FEWEST_WORDS = 8
"""Fewer words in quotation marks are a term, a nickname or irony (the project's rule: eight words or more)."""

# A straight mark opens after a blank or a bracket and before a word, and closes the other way round: between two
# quotations are marks that face each other wrongly, and the author's own words.
_QUOTED = re.compile(
    r"“([^“”]{20,2000})”"
    r"|«([^«»]{20,2000})»"
    r"|„([^„“]{20,2000})“"
    r"|(?:(?<=[\s(\[—–-])|(?<![^\n]))\"(?=[\w\[$£€‘'….])([^\"]{20,2000})(?<=[\w.,;:!?…’'\])%])\"(?!\w)"
)
_WORK_WORD = re.compile(r"[^\W\d_]{4,}")
_TITLE_SHARE = 0.7
"""Of the words of four letters or more but the first, so many are capitals in an English title and in no sentence."""
_CASE_NAME = re.compile(r"\bv(?:s|ersus)?\.?\s")
_SAYING = re.compile(
    r"\b(?:quot|stat|not|writ|hold|find|say|explain|conclud|argu|warn|declar|observ|add|recogni[sz]|provid|requir)\w*"
    r"(?:\s+that)?[:,]?\s*$"
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation without its marks, and where it begins in its text."""

    words: str
    start: int


def find_quotations(text: str) -> tuple[Quoted, ...]:
    """The quotations of a text that are long enough to be somebody's words; titles and names of cases are none."""
    found = []
    for match in _QUOTED.finditer(text):
        words, start = next((group, match.start(n)) for n, group in enumerate(match.groups(), 1) if group)
        if len(words_of(words)) >= FEWEST_WORDS and not _is_title(words):
            found.append(Quoted(words, start))
    return tuple(found)


def find_quotations_in_note(text: str) -> tuple[Quoted, ...]:
    """As `find_quotations`, of a note: only in brackets or after a verb of saying, since most marks are about titles.

    `Smith v. Jones (“the rule applies to ...”)`, `(noting that “...”)`: so notes quote the work that they cite.
    """
    return tuple(quoted for quoted in find_quotations(text) if _says(text[: quoted.start - 1]))


def _says(before: str) -> bool:
    return before.endswith("(") or _SAYING.search(before) is not None


def _is_title(words: str) -> bool:
    weighty = _WORK_WORD.findall(words)[1:]
    capitals = sum(word[0].isupper() for word in weighty)
    return _CASE_NAME.search(words) is not None or (bool(weighty) and capitals >= _TITLE_SHARE * len(weighty))
