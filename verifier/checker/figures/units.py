"""The units that figures carry: how they are written, what they measure, and how large they are.

Factors are to the base unit of the dimension (metre, kilogram, second, square metre, litre, joule, watt, byte,
metres per second); customary units by their exact international definitions (NIST SP 811, appendix B).
"""

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """A canonical unit: its name, what it measures, its factor to the dimension's base, and the system it is of.

    Units of one system are converted freely (2 tonnes, 2000 kg); between two systems only within a rounding.
    """

    name: str
    dimension: str
    factor: Decimal
    system: str = ""


COUNT = Unit("", "count", Decimal(1))
PERCENT = Unit("%", "share", Decimal(1))
POINTS = Unit("pp", "points", Decimal(1))
MULTIPLE = Unit("x", "multiple", Decimal(1))
ORDINAL = Unit("ordinal", "ordinal", Decimal(1))
YEAR = Unit("year", "date", Decimal(1))
DATE = Unit("date", "date", Decimal(1))

# canonical name, dimension, factor, system, spelled-out forms (a plural s is understood), symbols (case matters)
_TABLE = """
%       share    1       -         percent,per cent,pct,per-cent                        %,٪,％
pp      points   1       -         percentage point,percentage-point,percent point      pp
bp      points   0.01    -         basis point                                          bps
x       multiple 1       -         fold,times as many,times as much,times more          x,×
km      length   1000    metric    kilometre,kilometer                                  km,kms
m       length   1       metric    metre,meter                                          m
cm      length   0.01    metric    centimetre,centimeter                                cm
mm      length   0.001   metric    millimetre,millimeter                                mm
nm      length   1e-9    metric    nanometre,nanometer                                  nm
mi      length   1609.344 customary mile                                                mi
yd      length   0.9144  customary yard                                                 yd,yds
ft      length   0.3048  customary foot,feet                                            ft
in      length   0.0254  customary inch,inches                                          -
nmi     length   1852    nautical  nautical mile                                        nmi
t       mass     1000    metric    tonne,metric ton,metric tonne                        t
kt      mass     1e6     metric    kilotonne                                            -
Mt      mass     1e9     metric    megatonne                                            Mt
Gt      mass     1e12    metric    gigatonne                                            Gt
ton     mass     907.18474 customary ton,short ton                                      -
kg      mass     1       metric    kilogram,kilogramme,kilo                             kg,kgs
g       mass     0.001   metric    gram,gramme                                          g
mg      mass     1e-6    metric    milligram                                            mg
ug      mass     1e-9    metric    microgram                                            µg,μg,mcg
lb      mass     0.45359237 customary pound                                             lb,lbs
oz      mass     0.028349523125 customary ounce                                         oz
km2     area     1e6     metric    square kilometre,square kilometer,sq km              km²,km2
m2      area     1       metric    square metre,square meter,sq m                       m²,m2,sqm
ha      area     10000   metric    hectare                                              ha
acre    area     4046.8564224 customary acre                                            -
mi2     area     2589988.110336 customary square mile,sq mi                             -
ft2     area     0.09290304 customary square foot,square feet,sq ft                     ft²,sqft
l       volume   1       metric    litre,liter                                          -
ml      volume   0.001   metric    millilitre,milliliter                                ml,mL
m3      volume   1000    metric    cubic metre,cubic meter                              m³,m3
km3     volume   1e12    metric    cubic kilometre,cubic kilometer                      km³,km3
gal     volume   3.785411784 customary gallon                                           -
bbl     volume   158.987294928 customary barrel                                         bbl
s       duration 1       -         second,sec                                           secs
ms      duration 0.001   -         millisecond                                          ms
min     duration 60      -         minute,min                                           mins
h       duration 3600    -         hour,hr                                              h,hrs
day     duration 86400   -         day                                                  -
week    duration 604800  -         week                                                 wks,wk
month   duration 2629746 -         month                                                -
a       duration 31556952 -        year,yr                                              -
dec     duration 315569520 -       decade                                               -
cent    duration 3155695200 -      centuries,century                                    -
age     age      1       -         year-old,years-old,years of age                      yo
kmh     speed    0.2777777778 metric kilometres per hour,kilometers per hour,km per hour  km/h,kph,kmh
mph     speed    0.44704 customary mile per hour,miles per hour,miles an hour           mph
kn      speed    0.5144444444 nautical knot                                             kn
wh      energy   3600    -         watt-hour,watt hour                                  Wh
kwh     energy   3.6e6   -         kilowatt-hour,kilowatt hour                          kWh
mwh     energy   3.6e9   -         megawatt-hour,megawatt hour                          MWh
gwh     energy   3.6e12  -         gigawatt-hour,gigawatt hour                          GWh
twh     energy   3.6e15  -         terawatt-hour,terawatt hour                          TWh
j       energy   1       -         joule                                                J
kj      energy   1000    -         kilojoule                                            kJ
mj      energy   1e6     -         megajoule                                            MJ
gj      energy   1e9     -         gigajoule                                            GJ
cal     energy   4184    -         calorie,kilocalorie                                  kcal
w       power    1       -         watt                                                 W
kw      power    1000    -         kilowatt                                             kW
mw      power    1e6     -         megawatt                                             MW
gw      power    1e9     -         gigawatt                                             GW
hp      power    745.69987 -       horsepower                                           hp
b       data     1       -         byte                                                 -
kb      data     1e3     -         kilobyte                                             KB,kB
mb      data     1e6     -         megabyte                                             MB
gb      data     1e9     -         gigabyte                                             GB
tb      data     1e12    -         terabyte                                             TB
pb      data     1e15    -         petabyte                                             PB
mbps    rate     1e6     -         megabit per second,megabits per second               Mbit/s,Mbps
gbps    rate     1e9     -         gigabit per second,gigabits per second               Gbit/s,Gbps
ppm     concentration 1  -         parts per million                                    ppm
ppb     concentration 0.001 -      parts per billion                                    ppb
c       temperature 1    metric    degrees celsius,degree celsius,degrees centigrade,celsius  °C,º C,ºC,° C
f       temperature 1    customary degrees fahrenheit,degree fahrenheit,fahrenheit       °F,ºF,° F
deg     angle    1       -         degree                                               °
"""

_CURRENCIES = {
    "$": "USD", "US$": "USD", "USD": "USD", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP", "¥": "JPY",
    "JPY": "JPY", "₹": "INR", "INR": "INR", "Rs": "INR", "Rs.": "INR", "A$": "AUD", "AU$": "AUD", "AUD": "AUD",
    "C$": "CAD", "CA$": "CAD", "CAD": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "R$": "BRL", "CHF": "CHF",
    "SEK": "SEK", "NOK": "NOK",
    "DKK": "DKK", "RMB": "CNY", "CNY": "CNY", "₩": "KRW", "KRW": "KRW", "₽": "RUB", "₦": "NGN", "₺": "TRY",
}  # fmt: skip
_CURRENCY_WORDS = {
    "dollar": "USD", "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD", "euro": "EUR",
    "pound sterling": "GBP", "pounds sterling": "GBP", "yen": "JPY", "rupee": "INR", "yuan": "CNY", "renminbi": "CNY",
    "rouble": "RUB", "ruble": "RUB", "franc": "CHF", "swiss franc": "CHF", "krona": "SEK", "kronor": "SEK",
    "canadian dollar": "CAD", "australian dollar": "AUD", "naira": "NGN", "cent": "cent", "eurocent": "EUR cent",
    "euro cent": "EUR cent", "pence": "GBP cent", "peso": "MXN", "lira": "TRY", "shekel": "ILS",
}  # fmt: skip


CENT = "¢"
"""The unit of a hundredth of a currency that is left unsaid: "75 cents" of a dollar, "75 cent" of a euro."""
WITH_CENTS = frozenset(["USD", "EUR", "AUD", "CAD", "NZD", "SGD", "HKD"])
"""The currencies whose hundredth is called a cent (ISO 4217, and the names their central banks use)."""
_HUNDREDTH = Decimal("0.01")


def _currency(code: str) -> Unit:
    """A currency, or the hundredth of one ("GBP cent"); a bare "cent" is of whichever currency has cents."""
    if code == "cent":
        return Unit(CENT, "money", _HUNDREDTH)
    return Unit(code.removesuffix(" cent"), "money", _HUNDREDTH if code.endswith(" cent") else Decimal(1))


def _read_table() -> tuple[dict[str, Unit], dict[str, Unit]]:
    words: dict[str, Unit] = {}
    symbols: dict[str, Unit] = {}
    for line in _TABLE.strip().splitlines():
        name, dimension, factor, system, rest = line.split(None, 4)
        spelled, _, signs = rest.partition("  ")
        unit = Unit(name, dimension, Decimal(factor), "" if system == "-" else system)
        for word in spelled.split(","):
            words[word] = unit
            if not word.endswith(("s", "feet")) and dimension != "multiple":
                words[word + "s"] = unit
        for sign in signs.strip().split(","):
            if sign not in ("-", ""):
                symbols[sign] = unit
    words["kilometres"] = words["kilometers"] = words["km"] = symbols["km"]
    for word, code in _CURRENCY_WORDS.items():
        words[word] = _currency(code)
        words[word + "s"] = words[word]
    for sign, code in _CURRENCIES.items():
        symbols.setdefault(sign, _currency(code))
    symbols[CENT] = _currency("cent")
    return words, symbols


UNIT_WORDS, UNIT_SYMBOLS = _read_table()
UNITS: dict[str, Unit] = {unit.name: unit for unit in (*UNIT_WORDS.values(), *UNIT_SYMBOLS.values())} | {
    unit.name: unit for unit in (COUNT, ORDINAL, YEAR, DATE)
}
UNITS |= {code: _currency(code) for code in ("USD", "EUR", "GBP")}


def _alternatives(surfaces: list[str]) -> str:
    return "|".join(
        re.sub(r"\\[ -]", r"\\s?[\\s-]\\s?", re.escape(surface)) for surface in sorted(surfaces, key=len, reverse=True)
    )


CURRENCY_SIGN = re.compile(rf"(?<![A-Za-z])(?:{_alternatives(list(_CURRENCIES))})\s?$")
"""A currency sign that ends just where a number begins."""

_LAST_OF_CURRENCIES = frozenset(sign[-1] for sign in _CURRENCIES) | frozenset(" \t\n\r\f\v")
_BETWEEN = "more|additional|consecutive|straight|full|further|extra|long|calendar|working|whole|solid"
_WORD_AFTER = re.compile(rf"[\s-]{{0,3}}(?:(?:{_BETWEEN})\s)?({_alternatives(list(UNIT_WORDS))})\b(?!/)", re.IGNORECASE)
_FIRST_WORDS = frozenset(re.match(r"[a-z]+", words).group() for words in (*UNIT_WORDS, *_BETWEEN.split("|")))  # type: ignore[union-attr]
_NEXT_WORD = re.compile(r"[\s-]{0,3}([A-Za-z]+)")
_LETTER_SIGNS = [sign for sign in UNIT_SYMBOLS if sign[-1].isalnum()]
_OTHER_SIGNS = [sign for sign in UNIT_SYMBOLS if not sign[-1].isalnum()]
_SYMBOL_AFTER = re.compile(
    rf"\s?(?:({_alternatives(_LETTER_SIGNS)})(?![\w’']|-[A-Za-z])|({_alternatives(_OTHER_SIGNS)}))"
)
_FIRST_OF_SIGNS = frozenset(sign[0] for sign in UNIT_SYMBOLS)
_SPACE = re.compile(r"[\s-]+")


def currency_before(text: str, start: int) -> tuple[Unit, int] | None:
    """The currency whose sign ends where the number at `start` begins, and where the sign begins."""
    before = text[max(0, start - 4) : start]
    if before.isascii() and before[-1:] not in _LAST_OF_CURRENCIES:
        return None
    found = CURRENCY_SIGN.search(text, max(0, start - 4), start)
    if found is None:
        return None
    return UNIT_SYMBOLS[found.group().strip()], found.start()


_DIGITS = frozenset("0123456789")
_LINES_OF_A_PICTURE = frozenset(["240", "360", "480", "720", "1080", "1440", "2160"])
_DIGITS_BEFORE = re.compile(r"(?<![\w.,])[\d,]+(?:\.\d+)?$")
_OF_TEMPERATURE = re.compile(
    r"temperature|warm|\bheat|\bhot|cool|\bcold|celsius|fahrenheit|°|climate|degree", re.IGNORECASE
)
_ABOUT_HEAT = 90


def _attached_letter(text: str, end: int) -> Unit | None:
    """The unit of a letter just after a number: "12.4p" are pence, "1.5C" and "76F" degrees where it is about heat."""
    letter = text[end : end + 1]
    if letter not in ("p", "C", "F") or text[end + 1 : end + 2].isalnum() or text[end - 1 : end] not in _DIGITS:
        return None
    digits = _DIGITS_BEFORE.search(text, max(0, end - 12), end)
    if digits is None:
        return None
    if letter == "p":
        return None if digits.group() in _LINES_OF_A_PICTURE else _currency("GBP cent")
    around = text[max(0, end - _ABOUT_HEAT) : end + _ABOUT_HEAT]
    return UNIT_SYMBOLS["°" + letter] if _OF_TEMPERATURE.search(around) else None


def unit_after(text: str, end: int) -> tuple[Unit, int] | None:
    """The unit that follows the number ending at `end`, and where its writing ends."""
    if (attached := _attached_letter(text, end)) is not None:
        return attached, end + 1
    first = _NEXT_WORD.match(text, end)
    found = _WORD_AFTER.match(text, end) if first is not None and first.group(1).lower() in _FIRST_WORDS else None
    if found is not None:
        word = _SPACE.sub(" ", found.group(1).lower())
        return UNIT_WORDS.get(word) or UNIT_WORDS[word.replace(" ", "-")], found.end()
    if not _FIRST_OF_SIGNS.intersection(text[end : end + 2]):
        return None
    found = _SYMBOL_AFTER.match(text, end)
    if found is None:
        return None
    sign = found.group(1) or found.group(2)
    if sign in ("x", "×") and found.start(1 if found.group(1) else 2) != end:
        return None
    unit = UNIT_SYMBOLS[sign]
    rest = text[found.end() : found.end() + 2]
    if unit.dimension == "money" and (rest[:1].isalnum() or rest.strip()[:1].isdigit()):
        return None  # the sign is the next number's
    return unit, found.end()
