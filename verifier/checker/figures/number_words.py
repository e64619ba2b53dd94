"""Numbers written in words: "twenty-six", "two hundred and five", "half a dozen", "one in five", "two-thirds"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
SMALL = {word: value for value, word in enumerate(f"{_ONES} seventeen eighteen nineteen".split())} | {
    word: 10 * value
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
SCALES = {
    "hundred": 2, "thousand": 3, "lakh": 5, "million": 6, "crore": 7, "billion": 9, "trillion": 12, "quadrillion": 15,
}  # fmt: skip
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
)
ORDINALS = {
    word: value
    for value, word in enumerate(
        f"{_ORDINAL_WORDS} fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(), 1
    )
} | {"twenty-first": 21, "twenty-second": 22, "thirtieth": 30, "fiftieth": 50, "hundredth": 100}

_SMALL = "|".join(sorted(SMALL, key=len, reverse=True))
_SCALE = "|".join(SCALES)
_PART = "|".join(_PARTS)
# No number that anybody spells has more words; from each word of a long run on, all of it would be tried again.
_CARDINAL = rf"(?:{_SMALL}|{_SCALE})(?:(?:[\s-]+|\s+and\s+)(?:{_SMALL}|{_SCALE})\b){{0,20}}"

_NO_RATE = (
    r"(?!\s(?:games?|matches|days?|weeks?|months?|years?|minutes?|hours?|seconds?|attempts?|races?|seasons?|starts?"
    r"|appearances|outings|innings|overs|rounds?|places|cities|countries|states|decades?)\b)"
)
PARTS_AFTER = re.compile(rf"\s(?:in|out\sof)\s(?:every\s)?(?P<whole>{_SMALL}|\d{{1,3}})\b(?![.,]\d|%){_NO_RATE}", re.I)
"""What makes a share of the number before it: "1 in 4 adults"; "2 in 10 matches" counts."""

_WORDS = re.compile(
    rf"""\b(?:
      (?P<halfdozen>half[\s-]a[\s-]dozen)
    | (?P<dozens>(?:a|{_SMALL})[\s-]dozen)\b(?!s)
    | (?P<halfscale>(?:half[\s-]an?|an?[\s-]half)[\s-](?P<halved>{_SCALE}))
    | (?P<partscale>(?P<partcount>an?|one|two|three|four)[\s-](?P<parted>(?:{_PART})s?)
        [\s-]of[\s-](?:an?|one)[\s-](?P<partof>{_SCALE}))
    | (?P<measured>(?:(?P<mcount>an?|one|two|three)[\s-])?(?P<mpart>(?:{_PART})s?)(?:[\s-]of)?[\s-](?:an?|one))
        (?=[\s-](?:percentage[\s-])?points?\b)
    | (?P<oneof>(?P<some>{_SMALL})[\s-](?:in|out[\s-]of)[\s-](?:every[\s-])?(?P<whole>{_SMALL}|\d+))\b{_NO_RATE}
    | (?P<fraction>(?P<count>an?|one|two|three|four|five|six|seven|eight|nine)[\s-](?P<part>half|(?:{_PART})s?))
    | (?P<half>half)
    | (?P<ascale>a[\s-](?P<single>hundred|thousand|million|billion|trillion))
    | (?P<cardinal>{_CARDINAL})(?P<ahalf>\s+and\s+a\s+half)?
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SMALL_STARTS = "|".join(sorted({*SMALL, "half"}, key=len, reverse=True))
NUMBER_WORD_START = rf"{_SMALL_STARTS}|an?(?=[\s-](?:dozen|{_PART}|{_SCALE}))"
"""What a number in words begins with: an article only where a part or a scale follows it."""
_ORDER_BEFORE = re.compile(
    r"\b(?:first|second|other|better|opening|latter|top|bottom|third|fourth|final)[\s-]+$", re.IGNORECASE
)
_HALF_AS_NAME = re.compile(
    r"[\s-]?(?:time|way|hour|brother|sister|century|mile|marathon|year|day|term|back|life|lives|baked|hearted)",
    re.IGNORECASE,
)
_SHARE_AFTER = re.compile(r"[\s-](?:per\s?cent|percentage\spoint)", re.IGNORECASE)
_OF_AFTER = re.compile(r"\s+(?:of\b|the\b|as\b|[.,;)])|\s*$|[.,;)]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SpelledNumber:
    """A number in words: where it is, its value, and whether it is a share of a whole (then in percent).

    `grain` is the distance to the next number that could have been said in its stead.
    """

    start: int
    end: int
    value: Decimal
    is_share: bool
    grain: Decimal


def spelled_number_at(text: str, start: int) -> SpelledNumber | None:
    """The number in words that begins at `start`, if there is one that means a quantity."""
    found = _WORDS.match(text, start)
    if found is None:
        return None
    kind = found.lastgroup if found.lastgroup != "ahalf" else "cardinal"
    if found["partscale"] or found["measured"]:
        return _measured_part(found)
    if found["fraction"]:
        return _fraction(text, found)
    if found["oneof"]:
        return _one_of(found)
    if found["half"]:
        if _ORDER_BEFORE.search(text, max(0, start - 12), start) or _HALF_AS_NAME.match(text, found.end()):
            return None
        return SpelledNumber(start, found.end(), Decimal(50), True, Decimal(5))
    if found["halfdozen"]:
        return SpelledNumber(start, found.end(), Decimal(6), False, Decimal(1))
    if found["dozens"]:
        count = SMALL.get(re.split(r"[\s-]", found["dozens"].lower())[0], 1)
        return SpelledNumber(start, found.end(), Decimal(12 * count), False, Decimal(1))
    if found["halfscale"]:
        whole = Decimal(10) ** SCALES[found["halved"].lower()]
        return SpelledNumber(start, found.end(), whole / 2, False, whole / 10)
    if found["ascale"]:
        whole = Decimal(10) ** SCALES[found["single"].lower()]
        return SpelledNumber(start, found.end(), whole, False, whole / 10)
    assert kind is not None
    return _cardinal(found)


def _cardinal(found: re.Match[str]) -> SpelledNumber | None:
    words = [word for word in re.split(r"[\s-]+", found["cardinal"].lower()) if word != "and"]
    if words in (["one"], ["zero"]) and not (found["ahalf"] or _SHARE_AFTER.match(found.string, found.end())):
        return None
    if words[0] in SCALES or not _composable(words):
        words = words[:1]
        if words[0] in SCALES:
            return None
        first = re.match(r"\w+", found["cardinal"])
        assert first is not None
        value = Decimal(SMALL[words[0]])
        if value == 1:
            return None
        return SpelledNumber(found.start(), found.start() + first.end(), value, False, Decimal(1))
    value, grain = cardinal_value(words), Decimal(1)
    if words[-1] in SCALES:
        grain = Decimal(10) ** SCALES[words[-1]] / (1 if len(words) > 1 else 10)
    if found["ahalf"]:
        value += (Decimal(10) ** SCALES[words[-1]] if words[-1] in SCALES else Decimal(1)) / 2
        grain /= 10
    return SpelledNumber(found.start(), found.end(), value, False, grain)


def _measured_part(found: re.Match[str]) -> SpelledNumber:
    """A part of a unit: "a quarter of a million", "three-quarters of a percentage point"."""
    count, part = found["partcount"] or found["mcount"] or "a", (found["parted"] or found["mpart"]).lower()
    part = part if part in _PARTS else part.removesuffix("s")
    unit = Decimal(10) ** SCALES[found["partof"].lower()] if found["partof"] else Decimal(1)
    value = unit * (SMALL.get(count.lower()) or 1) / _PARTS[part]
    return SpelledNumber(found.start(), found.end(), value, False, value / 10)


def _composable(words: list[str]) -> bool:
    """Whether the words make one number: "twenty six" does, "two three" and "six fifty" do not."""
    for before, after in pairwise(words):
        if before in SCALES or after in SCALES:
            continue
        if not (SMALL[before] >= 20 and 1 <= SMALL[after] <= 9):
            return False
    return True


def cardinal_value(words: list[str]) -> Decimal:
    """The value of number words in a row: `["two", "hundred", "five"]` is 205."""
    total, group = 0, 0
    for word in words:
        if word in SMALL:
            group += SMALL[word]
        elif word == "hundred":
            group = max(1, group) * 100
        else:
            total, group = total + max(1, group) * 10 ** SCALES[word], 0
    return Decimal(total + group)


def _one_of(found: re.Match[str]) -> SpelledNumber | None:
    whole, some = found["whole"].lower(), SMALL[found["some"].lower()]
    parts = Decimal(whole) if whole.isdigit() else Decimal(SMALL[whole])
    if not 0 < some < parts <= 100:
        return None
    share = (Decimal(100) * some / parts).quantize(Decimal("0.01"))
    return SpelledNumber(found.start(), found.end(), share, True, share / 10)


def _fraction(text: str, found: re.Match[str]) -> SpelledNumber | None:
    part = found["part"].lower()
    part = part if part in _PARTS else part.removesuffix("s")
    count = {"a": 1, "an": 1}.get(found["count"].lower()) or SMALL[found["count"].lower()]
    if count == 1 and part != "half" and not _OF_AFTER.match(text, found.end()):
        return None
    if count >= _PARTS[part]:
        return None
    share = (Decimal(100) * count / _PARTS[part]).quantize(Decimal("0.01"))
    return SpelledNumber(found.start(), found.end(), share, True, share / 10)
