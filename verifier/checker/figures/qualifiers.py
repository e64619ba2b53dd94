"""The writer's word before (or after) a figure, and what it admits.

How far each word reaches is a rule of ours: `nearly` down to nine tenths, `about` a tenth either way (a fiftieth where
three digits or more are given, as in "some 312"), an open bound
("over", "at least") up to one and a half times, ("under", "at most") down to three quarters, beyond which a writer
would have chosen another number.
"""

import re
from decimal import Decimal

from verifier.model import Qualifier

_BEFORE = {
    Qualifier.AT_LEAST: "at least|no fewer than|no less than|not less than|minimum of|a minimum|≥|>=",
    Qualifier.AT_MOST: "at most|up to|as many as|as much as|no more than|not more than|maximum of|a maximum|≤|<=",
    Qualifier.OVER: "over|more than|above|exceeding|exceeds|exceeded|in excess of|greater than|upwards of|surpassing|"
    "surpassed|topped|beyond|>",
    Qualifier.UNDER: "under|less than|fewer than|below|lower than|smaller than|short of|<",
    Qualifier.NEARLY: "nearly|almost|close to|approaching|just under|not quite|just short of|just below|shy of",
    Qualifier.ABOUT: "about|around|roughly|approximately|approx\\.?|some|circa|ca\\.?|c\\.|an estimated|estimated|"
    "~|≈|∼|near|or so",
}
_QUALIFIER_OF = {word.replace("\\", ""): qualifier for qualifier, words in _BEFORE.items() for word in words.split("|")}
_WORDS = "|".join(sorted("|".join(_BEFORE.values()).split("|"), key=len, reverse=True))
_QUOTES = "\"'“”„‘’«‹"
_BETWEEN = rf"\s?(?:[{_QUOTES}]\s?)?[($€£~]?"
"""What may stand between the writer's words and the figure: a quotation may begin with it, as a sum of money does."""
_BEFORE_FIGURE = re.compile(rf"(?:(?<![\w-])(?:{_WORDS})|[~≈∼<>≤≥])\s*(?:an?\s|the\s)?{_BETWEEN}$", re.IGNORECASE)
_NOT_OF_QUALIFIER = re.compile(rf"\s(?:an?|the)?{_BETWEEN}$|[($€£]$")
_LAST_WORDS = tuple({word.replace("\\", "").split()[-1].rstrip(".?") for word in _WORDS.split("|")})
_SIGNS = re.compile(r"[~≈∼<>≤≥]")
_ARTICLES = (" a", " an", " the")
_AFTER_FIGURE = re.compile(
    r"\s?(?P<at_least>\+(?!\w)|or more\b|or above\b|and above\b|or higher\b|or greater\b|plus\b)"
    r"|\s(?P<at_most>or less\b|or fewer\b|or below\b|or under\b)|\s(?P<about>or so\b)",
    re.IGNORECASE,
)
LONGEST = 26
_DENIED = {Qualifier.OVER: Qualifier.AT_MOST, Qualifier.UNDER: Qualifier.AT_LEAST}
_DENIAL = re.compile(
    r"(?:\b(?:not|nor|never)|n[’']t)\s(?:be\s)?$"
    r"|\b(?:(?:shall|may|must|can|will|should)\s(?:not|never)|cannot|no\s(?:\w+\s){1,3}(?:shall|may|must|can|will|should))"
    r"\s(?:\w+\s){1,5}$",
    re.IGNORECASE,
)
"""What makes "more than" an upper bound, as statutes word it: "not exceeding", "no person shall be fined more than"."""
_DENIAL_REACH = 70
_OPPOSITE = {Qualifier.AT_LEAST: Qualifier.AT_MOST, Qualifier.AT_MOST: Qualifier.AT_LEAST}


def qualifier_of(text: str, start: int, end: int) -> Qualifier:
    """The qualifier of the figure from `start` to `end`: the one before it, else the one after it.

    A bound after it that is the opposite of the one before wins: in "a minimum of $8 or less" the minimum is a name.
    """
    before, after = qualifier_before(text, start), qualifier_after(text, end)
    return after if before is Qualifier.EXACT or _OPPOSITE.get(before) is after else before


def qualifier_before(text: str, start: int) -> Qualifier:
    """The qualifier that ends where the figure at `start` begins; one that is denied says the opposite."""
    before = text[max(0, start - LONGEST) : start]
    if not _may_end_with_qualifier(before):
        return Qualifier.EXACT
    found = _BEFORE_FIGURE.search(text, max(0, start - LONGEST), start)
    if found is None:
        return Qualifier.EXACT
    word = _NOT_OF_QUALIFIER.sub("", found.group().lower()).strip()
    qualifier = _QUALIFIER_OF.get(word) or _QUALIFIER_OF.get(word.rstrip(".")) or Qualifier.ABOUT
    if qualifier in _DENIED and _DENIAL.search(text, max(0, found.start() - _DENIAL_REACH), found.start()):
        return _DENIED[qualifier]
    return qualifier


def _may_end_with_qualifier(before: str) -> bool:
    """Whether words before a figure end as a qualifier does: most do not, and need no search."""
    if _SIGNS.search(before):
        return True
    low = before.lower().rstrip(f" \t\n\r\f\v\xa0\u2009\u202f($€£{_QUOTES}")
    for article in _ARTICLES:
        low = low.removesuffix(article).rstrip()
    return low.rstrip(".").endswith(_LAST_WORDS)


def qualifier_after(text: str, end: int) -> Qualifier:
    """The qualifier that begins where the figure ending at `end` stops ("or more", "+")."""
    found = _AFTER_FIGURE.match(text, end)
    return Qualifier(found.lastgroup) if found is not None and found.lastgroup else Qualifier.EXACT


def bounds(value: Decimal, grain: Decimal, qualifier: Qualifier) -> tuple[Decimal, Decimal]:
    """What a figure admits: `grain` is the place value of its last digit shown."""
    half = grain / 2
    match qualifier:
        case Qualifier.ABOUT:
            reach = max(half, abs(value) / (50 if abs(value) >= 100 * grain else 10))
            return value - reach, value + reach
        case Qualifier.NEARLY:
            return value - max(half, abs(value) / 10), value
        case Qualifier.OVER | Qualifier.AT_LEAST:
            return value, value + max(half, abs(value) / 2)
        case Qualifier.UNDER | Qualifier.AT_MOST:
            return value - max(half, abs(value) / 4), value
    return value - half, value + half
