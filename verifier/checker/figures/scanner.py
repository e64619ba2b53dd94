"""Finding the figures of a text: numbers in digits and words, with unit, bounds and qualifier."""

import re
from dataclasses import replace
from decimal import Decimal

from verifier.checker.figures.accounting import is_in_brackets_of_loss
from verifier.checker.figures.dates import find_dates, looks_like_year, year_figure
from verifier.checker.figures.fractions import fraction_at, spaced_group_at
from verifier.checker.figures.joined_figures import share_units
from verifier.checker.figures.multiples import find_multiples, find_ranks
from verifier.checker.figures.not_figures import (
    is_glued_mark,
    is_list_number,
    is_part_of_name,
    is_time_of_access,
    opaque_spans,
)
from verifier.checker.figures.number_words import NUMBER_WORD_START, ORDINALS, PARTS_AFTER, SMALL, spelled_number_at
from verifier.checker.figures.qualifiers import bounds, qualifier_of
from verifier.checker.figures.scales import scale_after
from verifier.checker.figures.units import COUNT, MULTIPLE, ORDINAL, PERCENT, UNITS, Unit, currency_before, unit_after
from verifier.model import Figure

_START = re.compile(rf"\d|[½⅓⅔¼¾⅕⅛]|(?<![^\W_])(?:{NUMBER_WORD_START})(?![^\W_])", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<grouped>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?)"
    r"|(?P<indian>\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?)"
    r"|(?P<spaced>\d{1,3}(?:[\u00a0\u202f\u2009']\d{3})+(?!\d)(?:[.,]\d+)?|\d{1,3}(?:\s\d{3}){2,}(?!\d)(?:[.,]\d+)?)"
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
_AGE_BEFORE = re.compile(r"\b(?:aged?|age\sof|(?:he|she|they)\s(?:was|is|were|turned))\s$|[A-Z][\w’'-]+,\s$")
_AGED_BEFORE, _AGED_AFTER = re.compile(r"\b(?:over|under)[-–\s]$", re.IGNORECASE), re.compile(r"s\b")
_AGE_AFTER = re.compile(r",|\)|\.?$|\s(?:said|says|was|is|has|had|who|told|from)\b|[.;]")
_SEASON = re.compile(r"(?:1\d|20)\d\d[-–/]\d\d$")
_MARGIN = re.compile(r"\bplus(?:\sor\s|[-/\s]or[-/\s]|/)minus\s$", re.IGNORECASE)
_ERA = re.compile(r"\s?(BCE?|B\.C\.(?:E\.)?|CE|AD|A\.D\.)(?![\w])")
_LETTERS = re.compile(r"[A-Za-z]")
_VULGAR = {"½": "0.5", "⅓": "0.3333", "⅔": "0.6667", "¼": "0.25", "¾": "0.75", "⅕": "0.2", "⅛": "0.125"}
_SLASH = re.compile(r"\s?/\s?(\d{1,9})(?!\d)")
_IMPLIED = re.compile(rf"\b(one|once|twice|both|pair|couple|single|double|triple|{'|'.join(ORDINALS)})\b")
_IMPLIED_VALUES = {"one": 1, "once": 1, "single": 1, "twice": 2, "both": 2, "pair": 2, "couple": 2}


def scan(text: str) -> tuple[Figure, ...]:
    """The figures of a claim or a source, in reading order."""
    dates = find_dates(text)
    words = [*find_multiples(text), *find_ranks(text)]
    skips = sorted([(figure.start, figure.end) for figure in (*dates, *words)] + opaque_spans(text))
    figures = [date for date in dates if not is_time_of_access(text, date.start)] + words
    numbers: list[Figure] = []
    skip, position = 0, 0
    while (found := _START.search(text, position)) is not None:
        start = found.start()
        while skip < len(skips) and skips[skip][1] <= start:
            skip += 1
        if skip < len(skips) and skips[skip][0] <= start:
            position = skips[skip][1]
            continue
        figure, position = _read(text, start)
        if figure is not None and _stands_free(figure, numbers[-1:], skips[skip : skip + 1]):
            numbers.append(figure)
    figures += share_units(text, numbers)
    figures.sort(key=lambda figure: figure.start)
    return tuple(figures)


def _stands_free(figure: Figure, before: list[Figure], skipped: list[tuple[int, int]]) -> bool:
    """Whether a figure overlaps neither the one before nor the next stretch that is not read."""
    if any(figure.start < other.end for other in before):
        return False
    return all(figure.end <= start or figure.start >= end for start, end in skipped)


def scan_implied(text: str) -> tuple[Figure, ...]:
    """Words that are figures only if somebody asks for one: "one", "twice", "both", "second"."""
    figures = []
    low = text.lower()
    for found in _IMPLIED.finditer(low if len(low) == len(text) else text):
        word = found.group()
        ordinal = ORDINALS.get(word)
        unit = COUNT if ordinal is None else ORDINAL
        if word.startswith(("doubl", "tripl")):
            unit, value = MULTIPLE, Decimal(2 if word[0] == "d" else 3)
        else:
            value = Decimal(ordinal or _IMPLIED_VALUES[word])
        figures.append(
            Figure(
                text[found.start() : found.end()],
                found.start(),
                found.end(),
                value,
                value,
                value,
                unit.name,
                unit.dimension,
            )
        )
    return tuple(figures)


def _read(text: str, start: int) -> tuple[Figure | None, int]:
    """The figure that begins at `start` and where to go on reading; None for a number that is no figure."""
    if text[start] in _VULGAR:
        return _finish(text, start, start + 1, Decimal(_VULGAR[text[start]]), Decimal("0.1"), None), start + 1
    if text[start].isdigit():
        return _read_digits(text, start)
    spelled = spelled_number_at(text, start)
    if spelled is None:
        word = re.compile(r"\w+").match(text, start)
        return None, word.end() if word else start + 1
    if is_part_of_name(text, spelled.start, spelled.end) and text[start - 1] != "-":
        return None, spelled.end
    unit = PERCENT if spelled.is_share else None
    return _finish(text, start, spelled.end, spelled.value, spelled.grain, unit), spelled.end


def _read_digits(text: str, start: int) -> tuple[Figure | None, int]:
    found = _NUMBER.match(text, start)
    if found is None:  # digits of another script: int() reads them, the formats above do not
        return None, start + 1
    end = found.end()
    if start and text[start - 1] == "." and (start == 1 or not text[start - 2].isalnum()):
        if not found.group().isdigit():
            return None, _end_of_name(text, end)
        value, start = Decimal("0." + found.group()), start - 1
        return _finish(text, start, end, value, _grain(str(value)), None), end
    if found.lastgroup == "plain" and (grouped := _aged_group(text, start, end)) is not None:
        return grouped, grouped.end
    if text[max(0, start - 2) : start] == "FY" and end - start == 4:
        return year_figure(text, start, end), end
    clock = _CLOCK.match(text, start)
    if clock is not None:
        return _time_of_day(clock), clock.end()
    if is_glued_mark(text, start, end) or is_part_of_name(text, start, end) or is_list_number(text, start, end):
        return None, _end_of_name(text, end)
    if _SEASON.search(text, max(0, start - 5), end) is not None and not text[end : end + 1].isdigit():
        year = int(text[start - 5 : start - 3] + text[start:end])
        return replace(year_figure(text, start - 5, start - 1), text=text[start:end], start=start, end=end,
                       value=Decimal(year), low=Decimal(year), high=Decimal(year)), end  # fmt: skip
    if found.lastgroup == "plain" and (written := spaced_group_at(text, start, end)) is not None:
        return _finish(text, start, written.end, written.value, written.grain, None), written.end
    if found.lastgroup == "plain" and (fraction := fraction_at(text, start, end)) is not None:
        figure = _finish(text, start, fraction.end, fraction.value, fraction.grain, None)
        return figure, figure.end
    digits = _plain_digits(found)
    value, grain = Decimal(digits), _grain(digits)
    ordinal = _ORDINAL.match(text, end)
    if ordinal is not None:
        return Figure(
            text[start : ordinal.end()], start, ordinal.end(), value, value, value, "ordinal", "ordinal"
        ), ordinal.end()
    power = _POWER.match(text, end)
    if power is not None and (exponent := next((g for g in power.groups() if g), None)) is not None:
        shift = Decimal(10) ** int(exponent.translate(_RAISED))
        value, grain = (
            (shift, shift)
            if power.re.pattern and digits == "10" and not power.group(1)
            else (value * shift, grain * shift)
        )
        return _finish(text, start, power.end(), value, grain, None), power.end()
    if text[end : end + 1] in _VULGAR and found.lastgroup == "plain":
        return _finish(text, start, end + 1, value + Decimal(_VULGAR[text[end]]), Decimal("0.1"), None), end + 1
    part = PARTS_AFTER.match(text, end) if found.lastgroup == "plain" else None
    if part is not None and 0 < value < (whole := _whole(part["whole"])) <= 100:
        share = (100 * value / whole).quantize(Decimal("0.01"))
        return _finish(text, start, part.end(), share, share / 10, PERCENT), part.end()
    slash = _SLASH.match(text, end)
    if slash is not None and found.lastgroup == "plain" and 0 < value < int(slash.group(1)) <= 100:
        share = (100 * value / int(slash.group(1))).quantize(Decimal("0.01"))
        return _finish(text, start, slash.end(), share, share / 50, PERCENT), slash.end()
    if end - start == 4 and found.lastgroup == "plain" and currency_before(text, start) is None:
        measured = unit_after(text, end) or scale_after(text, end, False)
        if measured is None and looks_like_year(text, start, end):
            return (None if is_time_of_access(text, start) else year_figure(text, start, end)), end
    era = _ERA.match(text, end)
    if era is not None and found.lastgroup in ("plain", "grouped"):
        value = -value if era.group(1).startswith("B") else value
        return Figure(text[start : era.end()], start, era.end(), value, value, value, "year", "date"), era.end()
    figure = _finish(text, start, end, value, grain, None)
    if figure.end == end and _LETTERS.match(text, end):
        return None, _end_of_name(text, end)
    return figure, figure.end


def _whole(words: str) -> int:
    return int(words) if words.isdigit() else SMALL[words.lower()]


def _aged_group(text: str, start: int, end: int) -> Figure | None:
    """People by age: "the over-65s", "under-18s"."""
    after = _AGED_AFTER.match(text, end)
    before = _AGED_BEFORE.search(text, max(0, start - 8), start)
    if after is None or before is None:
        return None
    value = Decimal(text[start:end])
    return Figure(text[start : after.end()], start, after.end(), value, value, value, "age", "age")


def _time_of_day(found: re.Match[str]) -> Figure:
    """A time of day as hours and hundredths: "7.30 pm" is 19.30."""
    hour, minute = int(found.group(1)) % 12 + (12 if found.group(3).lower() == "p" else 0), int(found.group(2) or 0)
    value = Decimal(hour) + Decimal(minute) / 100
    return Figure(found.group(), found.start(), found.end(), value, value, value, "clock", "clock")


def _end_of_name(text: str, end: int) -> int:
    while end < len(text) and (text[end].isalnum() or (text[end] in "-._" and text[end + 1 : end + 2].isalnum())):
        end += 1
    return end


def _plain_digits(found: re.Match[str]) -> str:
    digits, kind = found.group(), found.lastgroup
    if kind in ("grouped", "indian"):
        return digits.replace(",", "")
    if kind == "spaced":
        return re.sub(r"[\s']", "", digits).replace(",", ".")
    if kind == "dotted":
        return digits.replace(".", "").replace(",", ".")
    return digits.replace(",", ".")


def _grain(digits: str) -> Decimal:
    """The place value of the last digit shown; zeros at the end of a whole number may be rounding, up to two places."""
    whole, point, decimals = digits.partition(".")
    if point:
        return Decimal(1).scaleb(-len(decimals))
    zeros = len(whole) - len(whole.rstrip("0"))
    return Decimal(1).scaleb(min(zeros, max(0, len(whole) - 2)))


def _finish(text: str, start: int, end: int, value: Decimal, grain: Decimal, unit: Unit | None) -> Figure:
    """Put scale, unit and qualifier to a number whose own writing is from `start` to `end`."""
    currency = currency_before(text, start)
    scaled = scale_after(text, end, currency is not None)
    if scaled is not None:
        factor, end = scaled
        value, grain = value * factor, (Decimal(1).scaleb(grain.adjusted()) if grain < 1 else Decimal(1)) * factor
    begin = start
    if currency is not None:
        unit, begin = currency
        if (cents := unit.factor) != 1:
            value, grain = value * cents, grain * cents
    elif unit is None and (after := unit_after(text, end)) is not None:
        unit, end = after
        if unit.name == "bp":
            value, grain, unit = value / 100, grain / 100, Unit("pp", "points", Decimal(1))
        elif unit.dimension == "money":
            value, grain = value * unit.factor, grain * unit.factor
    elif unit is None and _is_age(text, start, end, value):
        unit = UNITS["age"]
    unit = unit or COUNT
    if begin and text[begin - 1] in "-−" and (begin == 1 or text[begin - 2].isspace() or text[begin - 2] == "("):
        value, begin = -value, begin - 1
    elif is_in_brackets_of_loss(text, begin, end):
        value, begin, end = -value, begin - 1, end + 1
        if unit is COUNT and (after := unit_after(text, end)) is not None:
            unit, end = after
    elif text[max(0, begin - 6) : begin].lower() == "minus " and not _MARGIN.search(text, max(0, begin - 16), begin):
        value, begin = -value, begin - 6
    qualifier = qualifier_of(text, begin, end)
    low, high = bounds(value, grain, qualifier)
    return Figure(text[begin:end], begin, end, value, low, high, unit.name, unit.dimension, qualifier)


def _is_age(text: str, start: int, end: int, value: Decimal) -> bool:
    """Whether a bare number is somebody's age: "aged 44", "Mei Ru, 50, parked"."""
    if not 1 <= value <= 115 or not text[start:end].isdigit():
        return False
    before = _AGE_BEFORE.search(text, max(0, start - 20), start)
    return before is not None and (before.group()[0] == "a" or _AGE_AFTER.match(text, end) is not None)
