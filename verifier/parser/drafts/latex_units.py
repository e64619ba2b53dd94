r"""Quantities of siunitx: a number with the signs of its unit, as the package prints them by default."""

import re

from verifier.parser.drafts.latex_reader import LatexReader
from verifier.parser.drafts.latex_symbols import plain_words
from verifier.parser.patterns import regex

_PREFIXES = {
    "pico": "p", "nano": "n", "micro": "µ", "milli": "m", "centi": "c", "deci": "d", "hecto": "h", "kilo": "k",
    "mega": "M", "giga": "G", "tera": "T", "peta": "P", "kibi": "Ki", "mebi": "Mi", "gibi": "Gi",
}  # fmt: skip
_UNITS = {
    "metre": "m", "meter": "m", "gram": "g", "kilogram": "kg", "second": "s", "ampere": "A", "kelvin": "K",
    "mole": "mol", "hertz": "Hz", "newton": "N", "pascal": "Pa", "joule": "J", "watt": "W", "volt": "V",
    "ohm": "Ω", "litre": "L", "liter": "L", "tonne": "t", "hour": "h", "minute": "min", "day": "d",
    "hectare": "ha", "percent": "%", "degreeCelsius": "°C", "celsius": "°C", "degree": "°", "byte": "B",
    "bit": "bit", "electronvolt": "eV", "bar": "bar", "lumen": "lm", "lux": "lx", "becquerel": "Bq",
    "sievert": "Sv", "decibel": "dB", "km": "km", "cm": "cm", "mm": "mm", "m": "m", "kg": "kg", "g": "g",
    "mg": "mg", "t": "t", "s": "s", "ms": "ms", "h": "h", "kW": "kW", "MW": "MW", "kWh": "kWh", "L": "L",
    "l": "l", "mL": "mL", "K": "K", "Hz": "Hz", "kHz": "kHz", "MHz": "MHz", "GHz": "GHz", "V": "V", "W": "W",
    "J": "J", "kJ": "kJ", "Pa": "Pa", "kPa": "kPa",
}  # fmt: skip
_POWERS = {"squared": "²", "cubed": "³"}
_BEFORE = {"square": "²", "cubic": "³"}
_COMMAND = regex(r"\\([A-Za-z]+)\s*|([^\\]+)")


def quantity(reader: LatexReader, name: str) -> None:
    r"""`\qty{3}{\kilo\metre}`, `\SI{4.5}{\percent}`."""
    reader.input.option()
    number = _number(reader.input.argument())
    reader.input.option()
    sign = unit_signs(reader.input.argument())
    reader.text(f"{number}{'' if sign in ('°', '') else ' '}{sign}")


def quantity_range(reader: LatexReader, name: str) -> None:
    r"""`\qtyrange{3}{5}{\metre}`."""
    reader.input.option()
    low, high = _number(reader.input.argument()), _number(reader.input.argument())
    sign = unit_signs(reader.input.argument()) if name != "numrange" else ""
    reader.text(f"{low} {sign} to {high} {sign}".replace("  ", " ").rstrip())


def number(reader: LatexReader, name: str) -> None:
    r"""`\num{12000}`."""
    reader.input.option()
    reader.text(_number(reader.input.argument()))


def unit(reader: LatexReader, name: str) -> None:
    r"""`\unit{\metre}`, `\si{...}`."""
    reader.input.option()
    reader.text(unit_signs(reader.input.argument()))


def unit_signs(text: str) -> str:
    r"""The signs of a unit: `\kilo\metre\per\hour` is `km/h`."""
    signs, power = "", ""
    for command in _COMMAND.finditer(text.replace("~", " ").replace(".", "·")):
        word = command[1]
        if word is None:
            signs += command[2].replace("^2", "²").replace("^3", "³").replace("{", "").replace("}", "")
        elif word in _BEFORE:
            power = _BEFORE[word]
        elif word == "per":
            signs += "/"
        elif word in _PREFIXES:
            signs += _PREFIXES[word]
        else:
            signs += _POWERS.get(word) or _UNITS.get(word, f" {word} ") + power
            power = ""
    return re.sub(r"\s+", " ", signs).strip()


def _number(text: str) -> str:
    """A number as it is printed: a power of ten is written out, signs stay."""
    plain = plain_words(text).replace("+-", " ± ")
    mantissa, e, exponent = plain.partition("e")
    return f"{mantissa} × 10^{exponent}" if e and re.fullmatch(r"-?\d+", exponent) else plain
