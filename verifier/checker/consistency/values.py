"""The figures of cells and sentences, with the step that they are rounded to."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

_MARKS = r"(?:\s?\[\w{1,2}\]|\s?\([a-z]\)|[*†‡§¹²³]+|(?<=[\d%)])[a-h])*"
_CELL = re.compile(
    rf"(?P<open>\()?(?P<sign>[-–−+])?\s?(?P<money>[$€£¥])?\s?(?P<minus>[-–−])?"
    rf"(?P<number>\d[\d.,\s’']*\d|\d)\s?(?P<percent>%)?(?P<close>\))?{_MARKS}"
)
_DASH = re.compile(r"[-–−—]+")
_ENGLISH = re.compile(r"\d{1,3}(?:[,\s’']\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?")
_CONTINENTAL = re.compile(r"\d{1,3}(?:[.\s’']\d{3})*(?:,\d+)?|\d+(?:,\d+)?")
_SIGN_OF_COMMA = re.compile(r"\d,\d{1,2}(?!\d)|\d\.\d{3}\.\d{3}|\d\.\d{3},\d")
_SIGN_OF_POINT = re.compile(r"\d\.\d{1,2}(?!\d)|\d,\d{3},\d{3}|\d,\d{3}\.\d|\d\.\d{4,}")
_LEAST_DIGITS = 3
_LEAST_ROUND = 4
"""Figures that must all end in noughts before they are taken as rounded to them."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure: `step` is the unit of its last digit shown, so that what was rounded lies within half a step."""

    value: Decimal
    step: Decimal
    percent: bool = False
    money: str = ""

    @property
    def low(self) -> Decimal:
        """The least that may have been rounded to it."""
        return self.value - self.step / 2

    @property
    def high(self) -> Decimal:
        """The most that may have been rounded to it."""
        return self.value + self.step / 2


def uses_commas(texts: Iterable[str]) -> bool | None:
    """Whether cells write decimals with a comma; None where signs of both are found."""
    commas = points = False
    for text in texts:
        commas = commas or bool(_SIGN_OF_COMMA.search(text))
        points = points or bool(_SIGN_OF_POINT.search(text))
    return None if commas and points else commas


def read_value(text: str, *, comma: bool = False) -> Value | None:
    """The figure of a cell; a dash is nought; None where it is no plain figure (a range, a suffix, two figures)."""
    text = text.strip()
    if _DASH.fullmatch(text):
        return Value(Decimal(0), Decimal(0))
    found = _CELL.fullmatch(text)
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    number = found["number"]
    if not (_CONTINENTAL if comma else _ENGLISH).fullmatch(number):
        return None
    plain = re.sub(r"[.\s’']", "", number).replace(",", ".") if comma else re.sub(r"[,\s’']", "", number)
    value = Decimal(plain)
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    signs = (found["sign"] or "", found["minus"] or "")
    negative = bool(found["open"]) or any(sign and sign != "+" for sign in signs)
    return Value(-value if negative else value, step, bool(found["percent"]), found["money"] or "")


def common_step(values: Sequence[Value]) -> Decimal:
    """The step that figures share: noughts at the end of all of several figures are taken as rounding."""
    finest = min((value.step for value in values if value.step), default=Decimal(1))
    if finest < 1 or len(values) < _LEAST_ROUND:
        return finest
    step = Decimal(1)
    while step < 10**9 and all(value.value % (step * 10) == 0 for value in values):
        step *= 10
    return max(step, finest)


def is_slip(stated: Decimal, computed: Decimal) -> bool:
    """Whether two figures differ as a slip of the pen makes them: one digit, or two neighbouring ones exchanged.

    The leading digit counts too; figures of fewer than three digits are too short to tell.
    """
    places = max(-min(0, _exponent(figure)) for figure in (stated, computed))
    one, two = (str(abs(int(figure.scaleb(places)))) for figure in (stated, computed))
    if len(one) != len(two) or len(one) < _LEAST_DIGITS or (stated < 0) != (computed < 0):
        return False
    wrong = [at for at in range(len(one)) if one[at] != two[at]]
    if len(wrong) == 2 and wrong[1] - wrong[0] == 1:
        return one[wrong[0]] == two[wrong[1]] and one[wrong[1]] == two[wrong[0]]
    return len(wrong) == 1


def is_near(stated: Decimal, computed: Decimal, share: Decimal) -> bool:
    """Whether two figures differ by no more than a share of the larger."""
    return abs(stated - computed) <= share * max(abs(stated), abs(computed))


def plain(value: Decimal) -> str:
    """A figure as a reader writes it: `79,735`, `4.25`."""
    rounded = value.quantize(Decimal("0.01")) if value != value.to_integral_value() else value.to_integral_value()
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _exponent(figure: Decimal) -> int:
    exponent = figure.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
