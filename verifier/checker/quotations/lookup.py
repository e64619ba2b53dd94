"""Looking up a quotation in a source: there word for word, there but altered, or not there.

Typography, letter case, line-end hyphens and the two spellings of English are no alterations; `...` stands for words
left out, brackets for the quoting author's own.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

_ALTERED_FROM = 0.75
"""The share of a quotation's words that a passage must have, in order, to be called the quoted one. A rule of ours."""

# A word torn at a line's end is one word: the hyphen and the break go.
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+|[-‐\u00ad]\s*\n\s*[^\W\d_]+)*")
_TORN = re.compile(r"[-‐\u00ad]\s*\n\s*")
_NOTE_NUMBER = re.compile(r"(?<=[^\W\d_]{2})\d{1,3}$")  # glued to a word where the text has lost that it was raised
_LETTER_IN_BRACKETS = re.compile(r"\[(\w)\](?=\w)")
_BREAK = re.compile(r"(?P<left_out>\[?(?:\.\s?){3,4}\]?|\[?…\]?|\[?\*\s?\*\s?\*\]?)|(?P<own_words>\[[^\[\]]{0,80}\])")
_SPELLINGS = (
    ("isation", "ization"),
    ("ise", "ize"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("our", "or"),
    ("tre", "ter"),
)
_SPREAD = 24
"""Words by which a passage may be longer than what is quoted of it: the head and number of a page are in it."""
_LEFT_OUT = 400
_OWN_WORDS = 12
"""Words of the source that a mark of omission, or words in brackets, may stand for."""
_FEWEST = 5
"""A stretch of fewer words is anywhere: it is looked for beside its neighbours, and is no alteration."""
_CANDIDATES = 5
_SOURCES_AT_HAND = 4
"""Sources whose words are kept: all quotations of a note are looked up in the same few."""
_COMMON = 400


class Found(StrEnum):
    """What became of a quotation."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the quotation, and the source's words in their place; either may be empty.

    `page_turn` says that in the source a page ends at that place.
    """

    quoted: str
    source: str
    page_turn: bool = False


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


def words_of(text: str) -> list[str]:
    """The words of a text, as they are there."""
    return _WORD.findall(text)


def placed_words(text: str) -> list[tuple[str, int, int]]:
    """The words of a text as they are compared, each with its begin and end."""
    return [(word.plain, word.start, word.end) for word in _words(text)]


def look_up(quotation: str, source: str) -> Lookup:
    """Look for a quotation in a source's text; time grows linearly with the source."""
    parts = _parts(quotation)
    if not parts:
        return Lookup(Found.ABSENT)
    words = _source_words(source)
    main = max(range(len(parts)), key=lambda n: len(parts[n].words))
    found = {main: _look_up_part(parts[main].words, words, 0, len(words), source)}
    for n in [*range(main + 1, len(parts)), *range(main - 1, -1, -1)]:
        beside = found[n - 1 if n > main else n + 1]
        found[n] = _look_up_beside(parts, n, beside, words, source, after=n > main)
    if any(one.found is Found.ABSENT for one in found.values()):
        return Lookup(Found.ABSENT)
    placed = [found[n] for n in range(len(parts)) if found[n].start is not None]
    differences = tuple(difference for one in placed for difference in one.differences)
    start = min(one.start for one in placed if one.start is not None)
    end = max(one.end for one in placed if one.end is not None)
    return Lookup(Found.ALTERED if differences else Found.VERBATIM, differences, start, end)


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of quoted words; `reach` is how many words of the source may lie between the one before and it."""

    words: list[str]
    reach: int


def _parts(quotation: str) -> list[_Part]:
    """The stretches of words between what was left out or put in, single words dropped."""
    restored = _LETTER_IN_BRACKETS.sub(r"\1", quotation)
    parts, start, reach = [], 0, 0
    for end in (*_BREAK.finditer(restored), None):
        words = [word.plain for word in _words(restored[start : end.start() if end else None])]
        if len(words) >= 2:
            parts.append(_Part(words, reach))
            reach = 0
        if end is not None:
            start = end.end()
            reach += _LEFT_OUT if end["left_out"] else _OWN_WORDS
    return parts


def _look_up_beside(
    parts: Sequence[_Part], n: int, beside: Lookup, words: Sequence[_Word], source: str, *, after: bool
) -> Lookup:
    """Look for a part behind or before the one next to it; elsewhere only for the very words."""
    part = parts[n].words
    reach = parts[n if after else n + 1].reach + len(part) + _SPREAD
    near = Lookup(Found.ABSENT)
    if beside.start is not None and beside.end is not None:
        if after:
            first = bisect_left(words, beside.end, key=lambda word: word.start)
            near = _look_up_part(part, words, first, min(len(words), first + reach), source)
        else:
            last = bisect_left(words, beside.start, key=lambda word: word.start)
            near = _look_up_part(part, words, max(0, last - reach), last, source)
    if near.found is Found.VERBATIM:
        return near
    if len(part) < _FEWEST:
        return Lookup(Found.VERBATIM)
    anywhere = _look_up_part(part, words, 0, len(words), source)
    return anywhere if anywhere.found is Found.VERBATIM else near


@lru_cache(maxsize=_SOURCES_AT_HAND)
def _source_words(source: str) -> list[_Word]:
    return _words(source)


def _words(text: str) -> list[_Word]:
    return [_Word(_plain(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]


def _plain(word: str) -> str:
    plain = unicodedata.normalize("NFKC", _TORN.sub("", word)).casefold().replace("’", "").replace("'", "")
    plain = _NOTE_NUMBER.sub("", plain)
    for british, american in _SPELLINGS:
        if len(plain) > len(british) + 2 and plain.endswith(british):
            return plain.removesuffix(british) + american
    return plain


def _look_up_part(part: list[str], words: Sequence[_Word], first: int, last: int, source: str) -> Lookup:
    """The passage among these words of the source that differs least from a part."""
    best = Lookup(Found.ABSENT)
    for offset in _likely_offsets(part, words, first, last):
        lookup = _compare(part, words[max(first, offset - _SPREAD) : min(last, offset + len(part) + _SPREAD)], source)
        if lookup.found is Found.VERBATIM:
            return lookup
        if lookup.found is Found.ALTERED and (
            best.found is Found.ABSENT or _weight(lookup.differences) < _weight(best.differences)
        ):
            best = lookup
    return best


def _weight(differences: Sequence[Difference]) -> int:
    """How many words two texts do not share; what a page's turn puts between does not count."""
    return sum(len(one.quoted.split()) + (0 if one.page_turn else len(one.source.split())) for one in differences)


def _compare(part: list[str], window: Sequence[_Word], source: str) -> Lookup:
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


def _likely_offsets(part: list[str], words: Sequence[_Word], first: int, last: int) -> list[int]:
    """Where in the source most of the words are as they do in the part, likeliest first."""
    places: dict[str, list[int]] = {word: [] for word in part}
    for number in range(first, last):
        if words[number].plain in places:
            places[words[number].plain].append(number)
    votes: Counter[int] = Counter()
    for at, word in enumerate(part):
        if len(places[word]) <= _COMMON:
            votes.update(number - at for number in places[word])
    near = {offset: sum(votes[offset + by] for by in range(-2, 3)) for offset in votes}
    ranked = sorted(near, key=lambda offset: (-near[offset], -votes[offset], offset))
    offsets: list[int] = []
    for offset in ranked:
        if len(offsets) == _CANDIDATES or near[offset] < min(len(part) / 3, 4):
            break
        if all(abs(offset - other) > 2 for other in offsets):
            offsets.append(offset)
    return offsets


def _differences(part: list[str], window: Sequence[_Word], source: str) -> tuple[Difference, ...]:
    theirs = [word.plain for word in window]
    differences = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, part, theirs, autojunk=False).get_opcodes():
        if kind == "equal" or _one_in_other_words(part[a1:a2], theirs[b1:b2], a1 == 0, a2 == len(part)):
            continue
        passage = source[window[b1].start : window[b2 - 1].end] if b2 > b1 else ""
        around = source[window[max(b1 - 1, 0)].end : window[min(b2, len(window) - 1)].start]
        differences.append(Difference(" ".join(part[a1:a2]), " ".join(passage.split()), "\f" in around))
    return tuple(differences)


def _one_in_other_words(quoted: Sequence[str], theirs: Sequence[str], begins: bool, ends: bool) -> bool:
    """Whether both are the same letters, parted otherwise; at the quotation's edges the source may go on."""
    letters, others = "".join(quoted), "".join(theirs)
    return letters == others or (
        bool(letters) and ((ends and others.startswith(letters)) or (begins and others.endswith(letters)))
    )
