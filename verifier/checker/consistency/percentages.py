"""`percentage` in prose: `45 of 120 households (52%)`, whose share is 37.5.

Tolerance: half a unit of the last digit shown of the percentage. Behind a hedge ("about", "nearly") a tenth of the
percentage, or two points where that is more, since writers round hedged shares to fives and tens; "more than" and
"under" bound one side only and are left with the same slack.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from verifier.checker.consistency.prose import NUMBER, Sentence, is_year, number_at, value_at
from verifier.checker.consistency.values import plain
from verifier.checker.consistency.words import HEDGE
from verifier.model import Inconsistency, InconsistencyKind

_CONFIDENCE = 0.85
_PERCENT = r"\s?(?:%|per\s?cent\b|percent\b)"
_SCALE = r"(?![\d.,]*\d)(?!\s?(?:%|million|billion|thousand|per\s?cent|percent))"
_OF = r"(?:\sout)?\sof\s(?:the\s|these\s|those\s|all\s|all\sthe\s|our\s|a\stotal\sof\s)?"
_FREE = r"[^.;:()\d]{0,70}?"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\d.,$€£])(?P<part>{NUMBER}){_SCALE}{_OF}(?P<whole>{NUMBER}){_SCALE}{_FREE}\s?[(\[](?P<hedge>[a-z~≈\s]{{0,16}})(?P<share>{NUMBER}){_PERCENT}[)\]]",
        rf"(?<![\d.,$€£])(?P<part>{NUMBER}){_SCALE}{_OF}(?P<whole>{NUMBER}){_SCALE}{_FREE},\s(?:or|i\.e\.,?|that\sis,?|amounting\sto)\s(?P<hedge>[a-z~≈\s]{{0,16}})(?P<share>{NUMBER}){_PERCENT}",
        rf"(?P<hedge>)(?<![\d.,])(?P<share>{NUMBER}){_PERCENT}[^.;:()\d]{{0,50}}?\s?\((?P<part>{NUMBER})(?:{_OF}|\s?/\s?)(?P<whole>{NUMBER})(?:\s[a-z\s]{{1,30}})?\)",
        rf"\b[Oo]f\s(?:the\s|these\s|those\s|all\s|our\s)?(?P<whole>{NUMBER}){_SCALE}\s{_FREE},\s(?P<part>{NUMBER}){_SCALE}(?:\s[a-z]+){{0,3}}(?:,\sor\s|\s?\()(?P<hedge>[a-z~≈\s]{{0,16}})(?P<share>{NUMBER}){_PERCENT}",
    )
)
_POINTS = re.compile(r"[\s-]*(?:percentage\s)?points?\b")


def wrong_percentages(sentence: Sentence) -> Iterator[Inconsistency]:
    """The percentages of a sentence that are not the share that it gives in numbers too."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(sentence.text):
            part, whole, share = (found[name] for name in ("part", "whole", "share"))
            if not _may_be_share(part, whole) or _POINTS.match(sentence.text, found.end("share")):
                continue
            computed = 100 * number_at(part) / number_at(whole)
            stated = value_at(share)
            hedged = HEDGE.search(found["hedge"]) or HEDGE.search(sentence.text[: found.start("share")])
            hedged = hedged or HEDGE.search(sentence.text[: found.start("part")])
            slack = max(stated.value / 10, Decimal(2)) if hedged else stated.step / 2
            if abs(stated.value - computed) <= slack:
                continue
            message = f"{part} of {whole} is {plain(_shown(computed, stated.step))}%, not {share}%."
            places = (sentence.place(*found.span("share")), sentence.place(*found.span("part")))
            yield Inconsistency(
                InconsistencyKind.PERCENTAGE,
                message,
                places,
                f"{share}%",
                f"{plain(_shown(computed, stated.step))}%",
                _CONFIDENCE,
            )
            return


def _shown(computed: Decimal, step: Decimal) -> Decimal:
    return computed.quantize(min(step, Decimal(1)))


def _may_be_share(part: str, whole: str) -> bool:
    """Whether one number can be a share of the other: neither is a year, and the part is not the larger."""
    if is_year(part) or is_year(whole):
        return False
    return 0 < number_at(part) <= number_at(whole)
