"""What a sentence begins with: its leading noun phrase, up to the first verb, where its subject mostly is."""

import re
from dataclasses import dataclass

from verifier.checker.align.words import IRREGULAR_VERBS, STOP_WORDS, WORD, stem

_AUXILIARIES = frozenset(
    """
is are was were be been being has have had do does did will would can could shall should may might must said says
reached hit set stood
""".split()  # noqa: SIM905
)
_PRESENT = frozenset(
    """
covers cover spends spend gives give lacks lack gets get uses use recycle recycles employs employ costs earns earn
owns own works work runs run reports report scores score rises rise falls fall drops drop grows grow pays pay makes
make holds hold shows show includes include accounts account represents represent contains contain needs need sells
sell produces produce emits emit supports support opposes oppose requires require remains remain predicts predict
expects expect plans plan serves serve receives receive hit hits lists list tells tell
""".split()  # noqa: SIM905
)
_VERB_ENDING = re.compile(r"[a-z]{3,}ed$")
_PRONOUNS = frozenset(
    """
he she it they his her its their this these those that we our i you there who which
""".split()  # noqa: SIM905
)
_PHRASE_BEFORE = re.compile(
    r"\s*(?:[A-Z][a-z]+ly,\s|(?:In|At|On|By|For|During|Since|As of|From|After|Before|Among|Of|According to|Over|Under"
    r"|Between|Across|Throughout|With|Without|Within|Despite)\s[^,;.]{1,70},\s|\d[\d,.]*\s)"
)
_MOST_WORDS = 9


@dataclass(frozen=True, slots=True)
class Lead:
    """The leading noun phrase: its content stems, where it is, and whether it points back to something said."""

    stems: frozenset[str]
    start: int
    end: int
    is_anaphoric: bool


def lead_of(text: str, start: int, end: int) -> Lead | None:
    """The leading noun phrase of the sentence between two places; None where no verb is found close by."""
    before = _PHRASE_BEFORE.match(text, start, end)
    begin = before.end() if before is not None else start
    words: list[str] = []
    for number, word in enumerate(WORD.finditer(text, begin, end)):
        written = word.group().lower()
        if number >= _MOST_WORDS or text[word.start() - 1 : word.start()] in ("|", ":"):
            return None
        if words and is_verb(word.group()):
            return _lead(text, words, begin, word.start())
        if written[0].isdigit():
            return None
        words.append(word.group())
    return None


def is_verb(word: str) -> bool:
    """Whether a word is one that a sentence's subject ends before: an auxiliary, a common or an inflected verb."""
    low = word.lower()
    if word[0].isupper():
        return False
    return low in _AUXILIARIES or low in _PRESENT or low in IRREGULAR_VERBS or _VERB_ENDING.match(low) is not None


def _lead(text: str, words: list[str], start: int, end: int) -> Lead:
    first = words[0].lower()
    inner_names = [word for word in words[1:] if word[0].isupper()]
    anaphoric = first in _PRONOUNS or (first == "the" and not inner_names)
    stems = frozenset(stem(word) for word in words if word.lower() not in STOP_WORDS) - {""}
    return Lead(stems, start, end, anaphoric)
