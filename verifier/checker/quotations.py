"""Looking up a quotation in a source: there word for word, there but altered, or not there.

Typography, letter case, line-end hyphens and the two spellings of English are no alterations; `...` stands for words
left out, brackets for the quoting author's own.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

FEWEST_WORDS = 8
_ALTERED_FROM = 0.75
"""The share of a quotation's words that a passage must have, in order, to be called the quoted one. A rule of ours."""

_QUOTED = re.compile(r"“([^“”]{20,2000})”|\"([^\"]{20,2000})\"|«([^«»]{20,2000})»")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_GAP = re.compile(r"\[?(?:\.\s?){3,4}\]?|\[?…\]?")
_LETTER_IN_BRACKETS = re.compile(r"\[(\w)\](?=\w)")
_BRACKETS = re.compile(r"\[[^\[\]]{0,80}\]")
_SPELLINGS = (
    ("isation", "ization"),
    ("ise", "ize"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("our", "or"),
    ("tre", "ter"),
)
_SPREAD = 4
_COMMON = 400


class Found(StrEnum):
    """What became of a quotation."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the quotation, and the source's words in their place; either may be empty."""

    quoted: str
    source: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """A quotation held against a source: `start` and `end` are the passage's place in the source, if there is one."""

    found: Found
    differences: tuple[Difference, ...] = ()
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    plain: str
    start: int
    end: int


def find_quotations(text: str) -> tuple[str, ...]:
    """The quotations of a text that are long enough to be somebody's words, without their quotation marks."""
    quoted = (next(group for group in found.groups() if group) for found in _QUOTED.finditer(text))
    return tuple(words for words in quoted if len(_WORD.findall(words)) >= FEWEST_WORDS)


def look_up(quotation: str, source: str) -> Lookup:
    """Look for a quotation in a source's text; time grows linearly with the source."""
    words = _words(source)
    parts = [part for part in _parts(quotation) if part]
    lookups = [_look_up_part(part, words, source) for part in parts]
    if not lookups or any(one.found is Found.ABSENT for one in lookups):
        return Lookup(Found.ABSENT)
    start = min(one.start for one in lookups if one.start is not None)
    end = max(one.end for one in lookups if one.end is not None)
    differences = tuple(difference for one in lookups for difference in one.differences)
    return Lookup(Found.ALTERED if differences else Found.VERBATIM, differences, start, end)


def _parts(quotation: str) -> list[list[str]]:
    """The stretches of words between what was left out or put in, very short ones dropped."""
    restored = _LETTER_IN_BRACKETS.sub(r"\1", quotation)
    stretches = _GAP.split(_BRACKETS.sub("…", restored))
    parts = [[word.plain for word in _words(stretch)] for stretch in stretches]
    return [part for part in parts if len(part) >= 3]


def _words(text: str) -> list[_Word]:
    return [_Word(_plain(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]


def _plain(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).casefold().replace("’", "").replace("'", "")
    for british, american in _SPELLINGS:
        if len(plain) > len(british) + 2 and plain.endswith(british):
            return plain.removesuffix(british) + american
    return plain


def _look_up_part(part: list[str], words: Sequence[_Word], source: str) -> Lookup:
    offset = _likeliest_offset(part, words)
    if offset is None:
        return Lookup(Found.ABSENT)
    low = max(0, offset - _SPREAD)
    window = words[low : offset + len(part) + 2 * _SPREAD]
    matcher = SequenceMatcher(None, part, [word.plain for word in window], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in blocks) < _ALTERED_FROM * len(part):
        return Lookup(Found.ABSENT)
    first, last = blocks[0], blocks[-1]
    begin = max(0, first.b - first.a)
    finish = min(len(window), last.b + len(part) - last.a)
    differences = _differences(part, window[begin:finish], source)
    found = Found.ALTERED if differences else Found.VERBATIM
    return Lookup(found, differences, window[begin].start, window[finish - 1].end)


def _likeliest_offset(part: list[str], words: Sequence[_Word]) -> int | None:
    """Where in the source most of the words stand as they do in the part."""
    places: dict[str, list[int]] = {word: [] for word in part}
    for number, theirs in enumerate(words):
        if theirs.plain in places:
            places[theirs.plain].append(number)
    votes: Counter[int] = Counter()
    for at, word in enumerate(part):
        if len(places[word]) <= _COMMON:
            votes.update(number - at for number in places[word])
    if not votes:
        return None
    near = {offset: sum(votes[offset + by] for by in range(-2, 3)) for offset in votes}
    best = max(near, key=lambda offset: (near[offset], votes[offset]))
    return best if near[best] >= len(part) / 2 else None


def _differences(part: list[str], window: Sequence[_Word], source: str) -> tuple[Difference, ...]:
    theirs = [word.plain for word in window]
    differences = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, part, theirs, autojunk=False).get_opcodes():
        if kind == "equal" or "".join(part[a1:a2]) == "".join(theirs[b1:b2]):
            continue
        passage = source[window[b1].start : window[b2 - 1].end] if b2 > b1 else ""
        differences.append(Difference(" ".join(part[a1:a2]), " ".join(passage.split())))
    return tuple(differences)
