"""Reading a number in digits: the ways of writing one, tried in turn.

A form is a function that looks at the digits of a number and what is about them, and says what they are:
a time of day, a season's second year, a share ("1 in 4"), a year. The first form that knows them is right.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from verifier.checker.figures.dates import looks_like_year, year_figure
from verifier.checker.figures.fractions import fraction_at, spaced_group_at
from verifier.checker.figures.not_figures import is_glued_mark, is_list_number, is_part_of_name, is_time_of_access
from verifier.checker.figures.number_words import PARTS_AFTER, SMALL
from verifier.checker.figures.quantities import quantity
from verifier.checker.figures.scales import scale_after
from verifier.checker.figures.units import PERCENT, currency_before, unit_after
from verifier.model import Figure

_NUMBER = re.compile(
    r"(?P<grouped>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?)"
    r"|(?P<indian>\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?)"
    r"|(?P<spaced>\d{1,3}(?:[\u00a0\u202f\u2009']\d{3})+(?!\d)(?:[.,]\d+)?|\d{1,3}(?:\s\d{3}){2,}(?!\d)(?:[.,]\d+)?"
    r"|[1-9]\d{0,2} 000(?![\d,.]\d|\d| \d))"
    r"|(?P<dotted>\d{1,3}(?:\.\d{3}){2,}(?!\d)(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d))"
    r"|(?P<comma>\d+,\d{1,2}(?![\d,]))(?=\s?(?:%|€|[Mm]illi|[Mm]rd|Euro|percent|per\scent))"
    r"|(?P<plain>\d+(?:\.\d+)?)"
)
_POWER = re.compile(
    r"(?:\s?[×x*]\s?10)(?:\^|\s?\*\*\s?)?\(?([-−]?\d{1,2}|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\)?"
    r"|(?<=10)\^\(?([-−]?\d{1,3})\)?|(?<=10)([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|[eE]([+-]?\d{1,2})(?![\w.])"
    r"|(?<=10)\sto\sthe\s(?:power\s(?:of\s)?)?(\d{1,3})(?:th\b(?:\spower)?)?(?!\w)"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s?([ap])\.?m\b\.?", re.IGNORECASE)
_AGED_BEFORE, _AGED_AFTER = re.compile(r"\b(?:over|under)[-–\s]$", re.IGNORECASE), re.compile(r"s\b")
_SEASON = re.compile(r"(?:1\d|20)\d\d[-–/]\d\d$")
_ERA = re.compile(r"\s?(BCE?|B\.C\.(?:E\.)?|CE|AD|A\.D\.)(?![\w])")
VULGAR_FRACTIONS = {
    "½": "0.5", "⅓": "0.3333", "⅔": "0.6667", "¼": "0.25", "¾": "0.75", "⅕": "0.2", "⅛": "0.125",
}  # fmt: skip
_SLASH = re.compile(r"\s?/\s?(\d{1,9})(?!\d)")


@dataclass(frozen=True, slots=True)
class _Digits:
    """The digits of a number: where they are, how they are grouped (a group of `_NUMBER`), and what follows them."""

    text: str
    start: int
    end: int
    grouping: str
    after: str

    @property
    def is_plain(self) -> bool:
        """Whether the digits are in no groups."""
        return self.grouping == "plain"

    def written(self) -> str:
        """The digits as they are."""
        return self.text[self.start : self.end]

    def normal(self) -> str:
        """The digits without groups, with a point before the decimals."""
        digits = self.written()
        if self.grouping in ("grouped", "indian"):
            return digits.replace(",", "")
        if self.grouping == "spaced":
            return re.sub(r"[\s']", "", digits).replace(",", ".")
        if self.grouping == "dotted":
            return digits.replace(".", "").replace(",", ".")
        return digits.replace(",", ".")


Reading = tuple[Figure | None, int]
"""A figure, None for a number that is none, and where to go on reading."""


def read_digits(text: str, start: int) -> Reading:
    """The figure whose digits begin at `start` and where to go on reading; None for a number that is no figure."""
    found = _NUMBER.match(text, start)
    if found is None:  # digits of another script: int() reads them, the formats above do not
        return None, start + 1
    end = found.end()
    digits = _Digits(text, start, end, found.lastgroup or "", text[end : end + 1])
    for form in _FORMS:
        reading = form(digits)
        if reading is not None:
            return reading
    number = digits.normal()
    figure = quantity(text, start, end, Decimal(number), _grain(number), None)
    if figure.end == end and digits.after.isascii() and digits.after.isalpha():
        return None, _end_of_name(text, end)
    return figure, figure.end


def _decimals_alone(digits: _Digits) -> Reading | None:
    """ ".5": a point before the digits that ends no word."""
    text, start, end = digits.text, digits.start, digits.end
    if not start or text[start - 1] != "." or not (start == 1 or not text[start - 2].isalnum()):
        return None
    if not digits.written().isdigit():
        return None, _end_of_name(text, end)
    value = Decimal("0." + digits.written())
    return quantity(text, start - 1, end, value, _grain(str(value)), None), end


def _aged_group(digits: _Digits) -> Reading | None:
    """People by age: "the over-65s", "under-18s"."""
    if digits.after != "s" or not digits.is_plain:
        return None
    text, start = digits.text, digits.start
    after = _AGED_AFTER.match(text, digits.end)
    if after is None or _AGED_BEFORE.search(text, max(0, start - 8), start) is None:
        return None
    value = Decimal(digits.written())
    return Figure(text[start : after.end()], start, after.end(), value, value, value, "age", "age"), after.end()


def _fiscal_year(digits: _Digits) -> Reading | None:
    """FY2024."""
    text, start, end = digits.text, digits.start, digits.end
    if end - start != 4 or text[max(0, start - 2) : start] != "FY":
        return None
    return year_figure(text, start, end), end


def _time_of_day(digits: _Digits) -> Reading | None:
    """A time of day as hours and hundredths: "7.30 pm" is 19.30."""
    if digits.text[digits.end : digits.end + 2].lstrip()[:1] not in _BEFORE_PM:
        return None
    found = _CLOCK.match(digits.text, digits.start)
    if found is None:
        return None
    hour, minute = int(found.group(1)) % 12 + (12 if found.group(3).lower() == "p" else 0), int(found.group(2) or 0)
    value = Decimal(hour) + Decimal(minute) / 100
    return Figure(found.group(), found.start(), found.end(), value, value, value, "clock", "clock"), found.end()


_BEFORE_PM = frozenset(["a", "A", "p", "P", ":", "."])


def _no_figure(digits: _Digits) -> Reading | None:
    """A note's mark, a part of a name, a list's number."""
    text, start, end = digits.text, digits.start, digits.end
    if is_glued_mark(text, start, end) or is_part_of_name(text, start, end) or is_list_number(text, start, end):
        return None, _end_of_name(text, end)
    return None


def _season(digits: _Digits) -> Reading | None:
    """The second year of "2019-20"."""
    text, start, end = digits.text, digits.start, digits.end
    if text[start - 1 : start] not in ("-", "–", "/") or digits.after.isdigit():
        return None
    if _SEASON.search(text, max(0, start - 5), end) is None:
        return None
    year = int(text[start - 5 : start - 3] + text[start:end])
    return replace(year_figure(text, start - 5, start - 1), text=text[start:end], start=start, end=end,
                   value=Decimal(year), low=Decimal(year), high=Decimal(year)), end  # fmt: skip


def _spaced_group(digits: _Digits) -> Reading | None:
    """ "12, 500 people"."""
    if digits.after != "," or not digits.is_plain:
        return None
    written = spaced_group_at(digits.text, digits.start, digits.end)
    if written is None:
        return None
    return quantity(digits.text, digits.start, written.end, written.value, written.grain, None), written.end


def _fraction(digits: _Digits) -> Reading | None:
    """ "1 1/2", "3/4 percentage point"."""
    if not digits.is_plain or "/" not in digits.text[digits.end : digits.end + 7]:
        return None
    written = fraction_at(digits.text, digits.start, digits.end)
    if written is None:
        return None
    figure = quantity(digits.text, digits.start, written.end, written.value, written.grain, None)
    return figure, figure.end


def _ordinal(digits: _Digits) -> Reading | None:
    """ "21st"."""
    found = _ORDINAL.match(digits.text, digits.end)
    if found is None:
        return None
    value, end = Decimal(digits.normal()), found.end()
    return Figure(digits.text[digits.start : end], digits.start, end, value, value, value, "ordinal", "ordinal"), end


def _power_of_ten(digits: _Digits) -> Reading | None:
    """ "3.2 × 10^8", "10 to the 26th", "1e6"."""
    text, start, end = digits.text, digits.start, digits.end
    power = _POWER.match(text, end)
    exponent = next((group for group in power.groups() if group), None) if power is not None else None
    if power is None or exponent is None:
        return None
    number, shift = digits.normal(), Decimal(10) ** int(exponent.translate(_RAISED))
    value, grain = Decimal(number) * shift, _grain(number) * shift
    if number == "10" and not power.group(1):
        value = grain = shift
    return quantity(text, start, power.end(), value, grain, None), power.end()


def _vulgar_fraction(digits: _Digits) -> Reading | None:
    """ "2½"."""
    if digits.after not in VULGAR_FRACTIONS or not digits.is_plain:
        return None
    value, end = Decimal(digits.normal()) + Decimal(VULGAR_FRACTIONS[digits.after]), digits.end + 1
    return quantity(digits.text, digits.start, end, value, Decimal("0.1"), None), end


def _one_in(digits: _Digits) -> Reading | None:
    """ "1 in 4", "3 out of 10" of something that cannot be counted as games are."""
    if not digits.is_plain or digits.text[digits.end + 1 : digits.end + 2] not in _IN_OR_OUT:
        return None
    part = PARTS_AFTER.match(digits.text, digits.end)
    value = Decimal(digits.normal())
    if part is None or not 0 < value < (whole := _whole(part["whole"])) <= 100:
        return None
    share = (100 * value / whole).quantize(Decimal("0.01"))
    return quantity(digits.text, digits.start, part.end(), share, share / 10, PERCENT), part.end()


_IN_OR_OUT = frozenset("iIoO")


def _slashed_share(digits: _Digits) -> Reading | None:
    """ "3/5"."""
    if not digits.is_plain or "/" not in digits.text[digits.end : digits.end + 2]:
        return None
    slash, value = _SLASH.match(digits.text, digits.end), Decimal(digits.normal())
    if slash is None or not 0 < value < int(slash.group(1)) <= 100:
        return None
    share = (100 * value / int(slash.group(1))).quantize(Decimal("0.01"))
    return quantity(digits.text, digits.start, slash.end(), share, share / 50, PERCENT), slash.end()


def _bare_year(digits: _Digits) -> Reading | None:
    """Four digits that name a year; one on which somebody looked is no figure."""
    text, start, end = digits.text, digits.start, digits.end
    if end - start != 4 or not digits.is_plain or currency_before(text, start) is not None:
        return None
    if unit_after(text, end) or scale_after(text, end, False) or not looks_like_year(text, start, end):
        return None
    return (None if is_time_of_access(text, start) else year_figure(text, start, end)), end


def _year_of_era(digits: _Digits) -> Reading | None:
    """ "44 BC", "AD"."""
    if digits.grouping not in ("plain", "grouped"):
        return None
    era = _ERA.match(digits.text, digits.end)
    if era is None:
        return None
    value, end = Decimal(digits.normal()), era.end()
    value = -value if era.group(1).startswith("B") else value
    return Figure(digits.text[digits.start : end], digits.start, end, value, value, value, "year", "date"), end


_FORMS: tuple[Callable[[_Digits], Reading | None], ...] = (
    _decimals_alone,
    _aged_group,
    _fiscal_year,
    _time_of_day,
    _no_figure,
    _season,
    _spaced_group,
    _fraction,
    _ordinal,
    _power_of_ten,
    _vulgar_fraction,
    _one_in,
    _slashed_share,
    _bare_year,
    _year_of_era,
)
"""The ways of writing a number, the first that knows the digits is right: what only looks like a number's own writing
("7.30 pm", "the over-65s") before names, and names before everything that counts."""


def _whole(words: str) -> int:
    return int(words) if words.isdigit() else SMALL[words.lower()]


def _end_of_name(text: str, end: int) -> int:
    while end < len(text) and (text[end].isalnum() or (text[end] in "-._" and text[end + 1 : end + 2].isalnum())):
        end += 1
    return end


def _grain(digits: str) -> Decimal:
    """The place value of the last digit shown; zeros at the end of a whole number may be rounding, up to two places."""
    whole, point, decimals = digits.partition(".")
    if point:
        return Decimal(1).scaleb(-len(decimals))
    zeros = len(whole) - len(whole.rstrip("0"))
    return Decimal(1).scaleb(min(zeros, max(0, len(whole) - 2)))
