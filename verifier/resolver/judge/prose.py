"""What a page has to say of its own: the sentences that are no notice to its visitor.

A notice (a page that is missing, a wall, a failure) speaks to whoever asked for the page, of the page, the site or the
browser. A source speaks of its subject, and mostly names a figure, a date or a name.
"""

import re
from functools import lru_cache

from verifier.resolver.judge.page import Page
from verifier.resolver.judge.phrases import patterns_of, plain, unquoted
from verifier.resolver.judge.prefilter import Phrases, phrases_of

VISITOR_PATTERNS = phrases_of(patterns_of("visitor"))
"""The page speaks to whoever asked for it."""
_NOTICE_PATTERNS = phrases_of(patterns_of("notices"))
NOT_FOUND_PATTERNS = phrases_of(patterns_of("not_found"))
"""A page's way of saying that it is not there."""
ABSENCE_PATTERNS = phrases_of(patterns_of("absence"))
"""Something is said to be missing, removed or unknown."""
HINT_PATTERNS = phrases_of(patterns_of("not_found_hints"))
"""Words that may say it, or be the name of a thing."""
APOLOGY_PATTERNS = patterns_of("apologies")
REGRET_PATTERNS = Phrases(
    rf"(?<!\w)(?:{pattern})(?!\w)" for patterns in APOLOGY_PATTERNS.values() for pattern in patterns
)
_WALLS = patterns_of("walls")
_WALL_TEXT = Phrases(
    pattern
    for section, patterns in _WALLS.items()
    if section.endswith("text") or section == "javascript"
    for pattern in patterns
)
_WALL_HEAD = Phrases(
    pattern
    for section in ("bot", "ratelimit", "login", "consent", "country", "paywall", "forbidden")
    for pattern in _WALLS[section]
)
_DEAD = patterns_of("dead_pages")
_FAILURE = Phrases(
    pattern
    for section in ("maintenance", "maintenanceloose", "repairtext", "maintenancetext", "suspended", "parkedtext")
    for pattern in _DEAD[section]
)
_FAILURE_TEXT = Phrases(_DEAD["repairtext"] + _DEAD["maintenancetext"])
_IN_GENERAL = re.compile(r"\b(?:a|an|each|every) (?:\w+ )?\w+ (?:that|which|has|is|was|were|had)\b")
_ENDS = re.compile(r"(?<=[.!?。！？؟;])\s+|(?<=[。！？])")
_MOST_SENTENCES = 60  # no feature counts more than three
_LONGEST = 600  # characters of a sentence that are matched: a bound of the cost, twenty lines of prose
_SOME_OF_IT = 0.45  # of a sentence that something is absent: with more, it says when, where or by whom
_LEAST = 8  # letters and digits: less is a label
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# A figure is by itself, with its currency, unit or brackets; bare statuses, nought and the ages of gates are none.
_FIGURE = re.compile(
    r"[(\[“\"«]?[£$€¥]?(?!0\b(?![.,]))(?!(?:1[68]|21)\+?$)(?!(?:4\d\d|50\d|200)\b(?![.,/]\d))"
    r"\d[\d.,]*(?:[/–-]\d{1,4})*(?:%|[a-z]{1,3})?[)\].,;:!?”\"»]*"
)
NUMBERED_THING = re.compile(
    r"\b(?!(?:http|status|error|code|page|fehler|erreur|errore|erro|fout|błąd|chyba|ошибка|hata)\b)"
    r"[^\W\d_]{2,} (?:no\.? |nr\.? )?404\b"
)
"""Something that bears the number, and is no status: a room, a lot, a section."""
_DENSE_FIGURE = re.compile(r"\d+(?:\.\d+)?(?=[年月日条條项項件名人号號%万億년월일조명])")
_NUMBERS = re.compile(r"(?<!\S)\d[\d.,:]*(?!\S)")
_OF_THE_MACHINE = re.compile(
    r"©|\(c\)|copyright|rights reserved|\b(?:error|err|status|code|id|ref(?:erence)?|ray|incident|request|ip|version|"
    r"build|or older|years? of age|jahren|seconds?|sekunden|secondes|segundos|secondi|секунд\w*|秒|초|powered by|"
    r"hotline|tel|phone|xid|\d{1,2} ?[ap]m|partners|spins?)\b[ :.]*",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)  # every kind of notice asks for it
def sentences(page: Page) -> tuple[str, ...]:
    """The sentences of a page's prose, from its start, ready for matching."""
    found: list[str] = []
    for block in page.prose:
        said = (sentence[:_LONGEST] for sentence in _ENDS.split(block) if _weight(sentence) >= _LEAST)
        found += [plain(unquoted(sentence)) for sentence in said]
        if len(found) >= _MOST_SENTENCES:
            break
    return tuple(filter(None, found))


@lru_cache(maxsize=64)
def own_sentences(page: Page, address: str = "") -> tuple[str, ...]:
    """The sentences that are no notice, without those that only repeat the address."""
    return tuple(
        sentence for sentence in sentences(page) if not is_notice(sentence) and not _repeats(sentence, address)
    )


@lru_cache(maxsize=1024)
def is_notice(sentence: str) -> bool:
    """Whether a sentence speaks to the visitor, or of the page, the site, the browser or something absent."""
    whole = any(pattern.fullmatch(sentence) for pattern in (HINT_PATTERNS, _WALL_HEAD, _FAILURE))
    anywhere = (_NOTICE_PATTERNS, VISITOR_PATTERNS, REGRET_PATTERNS, _WALL_TEXT, _FAILURE_TEXT)
    if whole or any(pattern.search(sentence) for pattern in anywhere):
        return True
    if _IN_GENERAL.search(sentence):
        return False
    said = NOT_FOUND_PATTERNS.search(sentence) or ABSENCE_PATTERNS.search(sentence)
    return said is not None and len(said.group()) >= _SOME_OF_IT * len(sentence)


def is_nothing_but_absence(page: Page) -> bool:
    """Whether all that a page says is that something is missing, and what to do then."""
    said = sentences(page)
    absent = any(NOT_FOUND_PATTERNS.search(sentence) or ABSENCE_PATTERNS.search(sentence) for sentence in said)
    return absent and all(map(is_notice, said))


@lru_cache(maxsize=1024)
def is_of_a_wall(sentence: str) -> bool:
    """Whether a sentence is a wall's, a failure's or a closed account's."""
    whole = any(pattern.fullmatch(sentence) for pattern in (_WALL_HEAD, _FAILURE))
    return whole or any(pattern.search(sentence) for pattern in (_WALL_TEXT, _FAILURE_TEXT))


@lru_cache(maxsize=64)
def stated_figures(page: Page, address: str = "") -> int:
    """How many sentences state a figure or a year that is neither a status, a code, a version nor of the address."""
    own = sorted(set(re.findall(r"\d+", address)))
    of_address = re.compile(rf"(?<!\d)(?:{'|'.join(own)})(?!\d)") if own else None
    return sum(
        1
        for sentence in sentences(page)
        if any(map(str.isdigit, sentence))
        and _has_figure(of_address.sub("", sentence) if of_address is not None else sentence)
        and not _OF_THE_MACHINE.search(sentence)
    )


def _has_figure(sentence: str) -> bool:
    alone = any(map(_FIGURE.fullmatch, sentence.split()))
    return alone or any(pattern.search(sentence) for pattern in (NUMBERED_THING, _DENSE_FIGURE))


def _weight(sentence: str) -> int:
    """Letters and digits; where a letter is a word, each counts for three. A row of a table has numbers."""
    letters = sum(map(str.isalnum, sentence)) + 2 * len(_DENSE.findall(sentence))
    letters += 4 if any(map(str.isdigit, sentence)) else 0
    return letters + (_LEAST if len(_NUMBERS.findall(sentence)) >= 2 else 0)


def _repeats(sentence: str, address: str) -> bool:
    return bool(address) and sentence in address.lower()
