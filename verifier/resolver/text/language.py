"""The language of a readable text, guessed from its commonest words; what a page states of itself is often its
template's language, so it counts only where the words do not say."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

_WORD = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?")  # single letters are as often initials and list marks
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")
_LOOKED_AT = 60_000  # characters of a text: its start, middle and end, where it is longer
_FEWEST_WORDS = 40  # below, words say nothing: a heading and a table of names
_LEAST_SHARE = 0.06  # of the words: running text has 0.2 to 0.45, that of languages without articles 0.1
_FEWEST_KINDS = 7  # of stop words: a list of towns has "de la" in every line, and little else
_ENGLISH_ENOUGH = 0.5  # of the best language's share: a bilingual page can be read in English
_SCRIPT_TAGS: Mapping[str, str] = {
    "CYRILLIC": "und-Cyrl",
    "GREEK": "el",
    "ARABIC": "und-Arab",
    "HEBREW": "he",
    "DEVANAGARI": "und-Deva",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
}
_ENGLISH = "en"


def language_of(text: str, stated: str = "") -> str | None:
    """The language of a text as a BCP 47 tag of its primary language, None where nothing says.

    `stated` is what its maker says (`html lang`). Text of which a good part is English is `en`, whatever else it holds.
    A script that several languages share is reported as `und-` and its ISO 15924 code where nothing is stated.
    """
    sample = _sample(text)
    words = [word.lower() for word in _WORD.findall(sample)]
    return _by_script(sample, _primary(stated)) or _by_words(words) or _primary(stated)


def _sample(text: str) -> str:
    if len(text) <= _LOOKED_AT:
        return text
    third, middle = _LOOKED_AT // 3, len(text) // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))


def _primary(stated: str) -> str | None:
    found = _TAG.fullmatch(stated.strip())
    return found[1].lower() if found else None


def _by_words(words: list[str]) -> str | None:
    if len(words) < _FEWEST_WORDS:
        return None
    kinds: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for language in _languages_of().get(word, ()):
            kinds[language] += 1
            counts[language] += count
    shares = {language: counts[language] / len(words) for language in _stop_words() if kinds[language] >= _FEWEST_KINDS}
    best = max(shares, key=lambda language: shares[language], default=None)
    if best is None or shares[best] < _LEAST_SHARE:
        return None
    return _ENGLISH if shares.get(_ENGLISH, 0.0) >= _ENGLISH_ENOUGH * shares[best] else best


def _by_script(sample: str, stated: str | None) -> str | None:
    """The language of a text most of whose letters are of a script that English is not written in."""
    if not any(_script(char) in _SCRIPT_TAGS for char in set(sample) if not char.isascii()):
        return None
    letters = [char for char in sample if char.isalpha()][:: max(1, len(sample) // 5000)]
    scripts = Counter(_script(char) for char in letters if not char.isascii())
    if len(letters) < _FEWEST_WORDS or not scripts:
        return None
    foreign = {script: count for script, count in scripts.items() if script in _SCRIPT_TAGS}
    if sum(foreign.values()) <= len(letters) / 2:
        return None
    if foreign.get("HIRAGANA", 0) + foreign.get("KATAKANA", 0) > len(letters) / 10:
        return "ja"
    tag = _SCRIPT_TAGS[max(foreign, key=lambda script: foreign[script])]
    if not tag.startswith("und"):
        return tag
    by_words = _by_words([word.lower() for word in _WORD.findall(sample)])
    return by_words or (stated if stated not in (None, _ENGLISH) else tag)


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """The languages that a word is a stop word of."""
    found: dict[str, tuple[str, ...]] = {}
    for language, stop_words in _stop_words().items():
        for word in stop_words:
            found[word] = (*found.get(word, ()), language)
    return found


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    listed = {}
    for line in resources.files("verifier.resolver.text").joinpath("stop_words.txt").read_text("utf-8").splitlines():
        language, is_list, words = line.partition(" = ")
        if is_list and not line.startswith("#"):
            listed[language] = frozenset(words.split())
    return listed
