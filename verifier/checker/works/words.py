"""Words of titles and names as they are compared: letters folded, spellings of one word made one."""

import re
import unicodedata
from functools import lru_cache

from verifier.checker.figures.number_words import ORDINALS, SMALL

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "n", "ħ": "h"}
)
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")
_WORD = re.compile(r"[^\W_]+")
_YEARS = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)\s*[-–—/]\s*(\d\d)(?!\d)")

_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"is(ation|ations|e|es|ed|ing|er|ers)$"), r"iz\1"),  # organise, organize
    (re.compile(r"ys(e|es|ed|ing|er|ers)$"), r"yz\1"),  # analyse, analyze
    (re.compile(r"(?<=\w\w)our(s|ed|ing|al|hood|able|ite|ites|ful|er|ers|ism|ist|ists|ally)?$"), r"or\1"),  # harbour
    (re.compile(r"(?<=\w\w)tre(s)?$"), r"ter\1"),  # centre
    (re.compile(r"logue(s)?$"), r"log\1"),  # catalogue
    (re.compile(r"ence(s)?$"), r"ense\1"),  # defence, licence
    (re.compile(r"gramme(s)?$"), r"gram\1"),  # programme
    (re.compile(r"(?<=\w\w)ll(ed|ing|er|ers|or|ors)$"), r"l\1"),  # modelling, modeling
    (re.compile(r"^(?:grey)$"), "gray"),
    (re.compile(r"dgement(s)?$"), r"dgment\1"),
    (re.compile(r"^(ag)eing$"), r"\1ing"),
    (re.compile(r"(?<=\w)ae(?=\w)"), "e"),  # palaeo-, paediatric; also ä written ae
    (re.compile(r"(?<=\w)([ou])e(?=\w)"), r"\1"),  # ö, ü written out
)
"""British and American spellings, and umlauts that are written out: both sides are folded, so that a rule which
meets a word by chance does no harm."""

_SMALL = frozenset({"a", "an", "the"})
FOREIGN = frozenset(
    {
        "der",
        "die",
        "das",
        "und",
        "von",
        "für",
        "fur",
        "zur",
        "zum",
        "des",
        "le",
        "les",
        "et",
        "du",
        "une",
        "aux",
        "el",
        "los",
    }
    | {
        "las",
        "del",
        "para",
        "y",
        "della",
        "dei",
        "il",
        "gli",
        "och",
        "het",
        "een",
        "voor",
        "og",
        "da",
        "dos",
    }
)
"""Small words of titles in other languages than English."""

STOP_WORDS = frozenset(
    {"a", "an", "the", "of", "and", "or", "in", "on", "for", "to", "from", "by", "with", "at", "as", "is", "are", "be"}
    | {"its", "it", "via", "into", "how", "what", "why", "do", "does", "can", "not", "der", "die", "das", "und", "von"}
    | {"zur", "zum", "für", "le", "la", "les", "de", "des", "du", "et", "en", "el", "los", "y", "que"}
)


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Letters without case, accents and ligatures."""
    spread = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in spread if not unicodedata.combining(char)).translate(_LETTERS)


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded: `&` is `and`, `2020–21` is `2020 2021`, articles are left out."""
    spelt = _YEARS.sub(_both_years, text.replace("&", " and "))
    found = _WORD.findall(folded(_APOSTROPHES.sub("", spelt)))
    return tuple(_spelling(word) for word in found if word not in _SMALL)


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name, folded: `Müller` and `Mueller` are one, `Muler` is another."""
    return tuple(_WRITTEN_OUT.sub(r"\1", word) for word in _WORD.findall(folded(_APOSTROPHES.sub("", text))))


_WRITTEN_OUT = re.compile(r"(?<=\w)([aou])e(?=\w)")


def _both_years(found: re.Match[str]) -> str:
    first, last = found[1], found[2]
    return f"{first} {first[:2]}{last}" if int(last) > int(first[2:]) else found.group()


@lru_cache(maxsize=20_000)
def _spelling(word: str) -> str:
    for pattern, other in _SPELLINGS:
        word = pattern.sub(other, word)
    return word


def content(tokens: tuple[str, ...]) -> frozenset[str]:
    """The words that say what a title is about."""
    return frozenset(word for word in tokens if word not in STOP_WORDS)


def is_within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether `part` is a run of `whole`."""
    return place_in(part, whole) is not None


def place_in(part: tuple[str, ...], whole: tuple[str, ...]) -> int | None:
    """Where the run begins."""
    if not part:
        return None
    ends = len(whole) - len(part) + 1
    return next((at for at in range(ends) if whole[at] == part[0] and whole[at : at + len(part)] == part), None)


_COUNTS = {word: str(value) for word, value in ORDINALS.items() if value <= 20} | {
    word: str(value) for word, value in SMALL.items() if 2 <= value <= 12
}
_MONTHS = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"}
    | {"december", "spring", "summer", "autumn", "winter"}
)
_ROMAN = re.compile(r"(?=[ivx]{2,5}$)x{0,3}(?:ix|iv|v?i{0,3})")


def number_of(word: str) -> str | None:
    """What a word counts: digits, `6th`, `sixth`, a Roman numeral of two letters or more, a month; None for none."""
    if word.isdigit():
        return word.lstrip("0") or "0"
    if found := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word):
        return found[1]
    if found := re.fullmatch(r"(?:q|h|fy|v|no)(\d+)", word):
        return found[1]
    if word in _COUNTS:
        return _COUNTS[word]
    if word in _MONTHS:
        return word
    return f"roman {word}" if _ROMAN.fullmatch(word) else None
