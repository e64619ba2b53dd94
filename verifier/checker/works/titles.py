"""Two titles of works held against each other."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum

from rapidfuzz.distance import OSA

from verifier.checker.works.words import content, number_of, place_in, words


class Similarity(IntEnum):
    """How two titles relate, the least alike first."""

    OTHER = 0
    PARTLY = 1
    NUMBER = 2  # the same words with another number: another year, issue or part of a series
    NEAR = 3  # a word or two are another's
    ONE_NUMBER = 4  # the same words, and only one of the two has a number
    SUBTITLE = 5  # one of them without its subtitle, or cut short
    SAME = 6

    @property
    def is_same(self) -> bool:
        """Whether both name one work."""
        return self >= Similarity.SUBTITLE


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """The similarity of two titles; `share` of their words that both have (0 to 1), `numbers` that only one has."""

    similarity: Similarity
    share: float = 0.0
    numbers: tuple[str, ...] = ()


_SUBTITLE = re.compile(r"\s*(?::\s|\s[–—-]\s|[?!.]\s|;\s|\s\(|[–—])")
_CUT = re.compile(r"\s*(?:…|\.\.\.)\s*$")
_SEPARATED = re.compile(r"\s+[|–—·»-]{1,2}\s+|\s*[|:]\s+|[“”\"]")
_SERIAL = frozenset(
    {
        "report",
        "bulletin",
        "book",
        "yearbook",
        "survey",
        "outlook",
        "review",
        "statistics",
        "issue",
        "account",
        "accounts",
    }
    | {"monitor", "index", "census", "edition", "session", "meeting", "minutes", "proceedings", "conference", "budget"}
    | {"plan", "brief", "series", "part", "chapter", "volume", "vol", "no", "number", "paper", "update", "barometer"}
    | {"handbook", "factsheet", "newsletter", "assessment", "forecast", "trends", "results", "indicators", "estimates"}
    | {"bericht", "jahresbericht", "rapport", "informe", "quarter", "quarterly", "annual", "monthly", "supplement"}
)
_NEAR = 0.7  # of the words of both: below, two titles are of different works or were reworded
_PARTLY = 0.45
_FEWEST_SHARED = 2


def compare_titles(cited: str, shown: str) -> TitleMatch:
    """The similarity of a note's title and one that a page or record gives."""
    one, other = words(cited), words(shown)
    if not one or not other:
        return TitleMatch(Similarity.OTHER)
    if one == other or "".join(one) == "".join(other) or _are_typos(one, other) or _is_short_form(one, other):
        return TitleMatch(Similarity.SAME, 1.0)
    if _is_cut(cited, one, other) or _is_cut(shown, other, one):
        return TitleMatch(Similarity.SUBTITLE, 1.0)
    part = _part(cited, shown, one, other)
    if part is not None:
        return part
    return _numbers(one, other) or _by_words(one, other)


def _are_typos(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """One letter of a long word in six or more words."""
    if len(one) != len(other):
        return False
    unlike = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    slips = all(min(len(a), len(b)) >= 6 and a[0] == b[0] and OSA.distance(a, b) == 1 for a, b in unlike)
    return slips and len(unlike) <= max(len(one) // 5, 1) and not any(number_of(a) for a, _ in unlike)


def _is_short_form(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether only an acronym or short form and what it is short for differ: `TB`, `UK`, `Gov.`"""
    unlike = [op for op in SequenceMatcher(None, one, other, autojunk=False).get_opcodes() if op[0] != "equal"]
    if not unlike or len(unlike) > 2 or any(op[0] != "replace" for op in unlike):
        return False
    return (
        all(_shortens(one[a:b], other[c:d]) or _shortens(other[c:d], one[a:b]) for _, a, b, c, d in unlike)
        and len(one) - len(unlike) >= _FEWEST_SHARED
    )


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if len(short) != 1 or not 2 <= len(short[0]) <= 5 or number_of(short[0]):
        return False
    if len(long) > 1:
        return short[0] == "".join(word[0] for word in long)
    letters = iter(long[0])
    return (
        len(long[0]) >= 2 * len(short[0])
        and long[0][0] == short[0][0]
        and all(letter in letters for letter in short[0])
    )


def _is_cut(text: str, one: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether a title ends in an ellipsis and the other goes on from there."""
    if not _CUT.search(text) or len("".join(one)) < 12:
        return False
    return "".join(whole).startswith("".join(one))


def _part(cited: str, shown: str, one: tuple[str, ...], other: tuple[str, ...]) -> TitleMatch | None:
    """One title within the other: a subtitle or a site's name is left out, or a label is before it."""
    short, long, text = (one, other, shown) if len(one) < len(other) else (other, one, cited)
    at = place_in(short, long)
    if at is None:
        return None
    rest = (*long[:at], *long[at + len(short) :])
    numbers = tuple(number for word in rest if (number := number_of(word)))
    if numbers and len(content(tuple(word for word in rest if not number_of(word)))) <= 1:
        return TitleMatch(Similarity.ONE_NUMBER, 1.0, numbers)
    pieces = {words(piece) for piece in _SEPARATED.split(text)} | {words(head) for head in _heads(text)}
    if short in pieces and (len(content(short)) > 1 or len("".join(short)) >= 6):
        return TitleMatch(Similarity.SUBTITLE, 1.0)
    if len(content(short)) >= 4 or (len(content(short)) >= 3 and at == 0):
        return TitleMatch(Similarity.SUBTITLE, len(short) / len(long))
    return TitleMatch(Similarity.PARTLY, len(short) / len(long))


def _heads(text: str) -> list[str]:
    """A title up to each place where a subtitle may begin, and what comes behind it."""
    ends = list(_SUBTITLE.finditer(text))
    return [*(text[: found.start()] for found in ends), *(text[found.end() :] for found in ends)]


def _numbers(one: tuple[str, ...], other: tuple[str, ...]) -> TitleMatch | None:
    """The same words about other numbers."""
    bare_one, bare_other = (tuple(word for word in side if number_of(word) is None) for side in (one, other))
    if bare_one != bare_other or not content(bare_one):
        return None
    counted = [[number for word in side if (number := number_of(word))] for side in (one, other)]
    only = tuple(set(counted[0]) ^ set(counted[1]))
    if not only:
        return TitleMatch(Similarity.SAME, 1.0)
    if not counted[0] or not counted[1] or set(counted[0]) < set(counted[1]) or set(counted[1]) < set(counted[0]):
        return TitleMatch(Similarity.ONE_NUMBER, 1.0, only)
    years = all(re.fullmatch(r"(?:1[5-9]|20)\d\d", number) for number in only)
    serial = years or bool(set(bare_one) & _SERIAL) or len(bare_one) <= 4
    return TitleMatch(Similarity.NUMBER if serial else Similarity.NEAR, 1.0, only)


def _by_words(one: tuple[str, ...], other: tuple[str, ...]) -> TitleMatch:
    matched = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    share = 2 * matched / (len(one) + len(other))
    about = content(one), content(other)
    shared = len(about[0] & about[1])
    both = 2 * shared / max(len(about[0]) + len(about[1]), 1)
    if share >= _NEAR and both >= _NEAR - 0.1 and shared >= _FEWEST_SHARED and matched >= 3:
        return TitleMatch(Similarity.NEAR, share)
    if max(share, both) >= _PARTLY and shared >= _FEWEST_SHARED:
        return TitleMatch(Similarity.PARTLY, max(share, both))
    return TitleMatch(Similarity.OTHER, both)
