"""`change` in prose: `rose from 120 to 150, an increase of 40 percent`, which is 25.

Tolerance: both figures and the rate may be rounded, each by half a unit of its last digit shown; behind a hedge the
rate may be off by a tenth, or by two points. Nothing is said of rates a year, in real terms or in points, or where a
sentence has any other figure that the rate may belong to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from verifier.checker.consistency.derived import change
from verifier.checker.consistency.prose import NUMBER, Sentence, is_year, value_at
from verifier.checker.consistency.values import Value, plain
from verifier.checker.consistency.words import HEDGE
from verifier.model import Inconsistency, InconsistencyKind

_RATE, _DIRECTION = 0.82, 0.75
_PERCENT = r"\s?(?:%|per\s?cent\b|percent\b)"
_FIRST, _SECOND = (
    r"(?P<NAMEmoney>[$€£]\s?)?(?P<NAME>FIGURE)(?P<NAMEscale>\s(?:thousand|million|billion|trillion))?(?P<NAMEshare>PERCENT)?".replace(
        "NAME", name
    )
    .replace("FIGURE", NUMBER)
    .replace("PERCENT", _PERCENT)
    for name in ("first", "second")
)
_FILL = r"(?:[^.;:()\d]|(?:1[89]|20)\d\d(?!\d|,\d)){0,70}?"
_PAIR = re.compile(rf"\b[Ff]rom\s{_FIRST}(?!\d|[.,]\d|-|–){_FILL}\bto\s{_SECOND}(?!\d|[.,]\d|-|–)")
_SHARE = re.compile(
    rf"(?P<sign>[-+−–])?(?<![\d.,])(?P<share>{NUMBER}){_PERCENT}(?P<points>[\s-]*(?:percentage\s)?points?\b)?"
)
_CLAUSES = re.compile(r";|,?\s(?:while|whereas|but|although|though|as\sagainst|compared)\b|,\sand\b")
_UP = re.compile(
    r"\b(?:rose|rise[ns]?|rising|grew|grow[ns]?|growing|increas\w+|climb\w+|gain\w*|up|jump\w+|expan\w+|more)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:fell|fall[s]?|fallen|falling|declin\w+|decreas\w+|drop\w*|shr[aiu]nk\w*|cut|reduc\w+|down|lost|loss|less|lower\w*)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:(?P<up>rose|grew|increased|climbed)|(?P<down>fell|declined|decreased|dropped|shrank))\s(?:(?:sharply|slightly|steadily|again)\s)?$",
)
_OTHER_RATES = re.compile(
    r"\breal\b|\binflation\b|\bannual\w*|\b(?:a|per|each|every)\s(?:year|month|annum|day|week|decade|quarter)\b|\byearly\b|\baverages?\b|\bcompound\w*|\bCAGR\b"
    r"|\badjust\w+|\bper\s(?:capita|head|person)\b|\bpoints?\b|\bthird\b|\bhalf\b|\bquarter\b|\bnominal\b|\brespectively\b|\bof\s(?:which|whom|the)\b"
    r"|\bshares?\b|\bproportion\b|\bmargin\b|\bbetter\b|\bfaster\b|\brank\w*|\bprice\b.*\bvolume\b|\bconstant\b|\bexpected\b|\bage[sd]?\b",
    re.IGNORECASE,
)
"""Rates that do not follow from two figures, and shares that are no rates of change."""
_SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


@dataclass(frozen=True, slots=True)
class _Pair:
    first: Value
    second: Value
    start: int
    end: int


def wrong_changes_in_prose(sentence: Sentence) -> Iterator[Inconsistency]:
    """The rates of a sentence that do not follow from its two figures, and verbs that go the other way."""
    start = 0
    for end in [*(found.start() for found in _CLAUSES.finditer(sentence.text)), len(sentence.text)]:
        yield from _in_clause(sentence, start, end)
        start = end


def _in_clause(sentence: Sentence, start: int, end: int) -> Iterator[Inconsistency]:
    clause = sentence.text[start:end]
    pairs = list(_PAIR.finditer(clause))
    if len(pairs) != 1 or _OTHER_RATES.search(clause):
        return
    found = pairs[0]
    pair = _read_pair(found)
    if pair is None:
        return
    rates = [one for one in _SHARE.finditer(clause) if one.end() <= found.start() or one.start() >= found.end()]
    others = re.sub(_PAIR, " ", clause)
    others = re.sub(_SHARE, " ", others)
    if any(not is_year(number) for number in re.findall(NUMBER, others)) or len(rates) > 1:
        return
    yield from _held(sentence, start, clause, pair, rates)


def _held(
    sentence: Sentence, start: int, clause: str, pair: _Pair, rates: list[re.Match[str]]
) -> Iterator[Inconsistency]:
    ups, downs = bool(_UP.search(clause)), bool(_DOWN.search(clause))
    both = (start + pair.start, start + pair.end)
    figures = clause[pair.start : pair.end]
    if not rates:
        verb = _VERB.search(clause[: pair.start])
        went_up = pair.second.low > pair.first.high
        went_down = pair.second.high < pair.first.low
        if verb and ((verb["up"] and went_down) or (verb["down"] and went_up)):
            word = verb["up"] or verb["down"]
            message = f"“{word}” goes one way, {figures} the other."
            place = sentence.place(*both)
            yield Inconsistency(
                InconsistencyKind.CHANGE, message, (place, place), word, "fell" if went_down else "rose", _DIRECTION
            )
        return
    rate = rates[0]
    computed = change(pair.first, pair.second)
    if computed is None or rate["points"] or ups == downs:
        return
    stated = value_at(rate["share"])
    hedged = HEDGE.search(clause[: rate.start("share")]) or HEDGE.search(clause[: pair.start + 5])
    if hedged:
        stated = replace(stated, step=2 * max(stated.value / 10, Decimal(2)))
    sign = -1 if downs else 1
    signed = replace(stated, value=sign * stated.value)
    if computed.meets(signed):
        return
    shown = plain(abs(computed.exact).quantize(min(value_at(rate["share"]).step, Decimal(1))))
    message = f"{figures} is a change of {shown}%, not {rate['share']}%."
    places = (sentence.place(start + rate.start("share"), start + rate.end()), sentence.place(*both))
    yield Inconsistency(InconsistencyKind.CHANGE, message, places, f"{rate['share']}%", f"{shown}%", _RATE)


def _read_pair(found: re.Match[str]) -> _Pair | None:
    """The two figures in one unit; None where they are years, shares, or in units of their own."""
    if found["firstshare"] or found["secondshare"]:
        return None
    if is_year(found["first"]) and is_year(found["second"]):
        return None
    if found["firstmoney"] and found["secondmoney"] and found["firstmoney"] != found["secondmoney"]:
        return None
    first, second = value_at(found["first"]), value_at(found["second"])
    one, two = ((found[name] or "").strip() for name in ("firstscale", "secondscale"))
    if one and not two:
        return None
    one = one or two
    first, second = (
        replace(value, value=value.value * _SCALES[scale], step=value.step * _SCALES[scale])
        for value, scale in ((first, one), (second, two))
    )
    return _Pair(first, second, found.start(), found.end()) if first.value else None
