"""Labels of notes that a program counts: numbers in the formats of Word, OpenDocument and LaTeX."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CHICAGO = "*†‡§"
_FNSYMBOL = ("*", "†", "‡", "§", "¶", "‖", "**", "††", "‡‡")
"""LaTeX's \\fnsymbol, which goes no further than nine."""
_CIRCLED = 0x2460
_FULLWIDTH = 0xFF10


def roman(value: int) -> str:
    """A lower-case roman numeral."""
    text = ""
    for worth, letters in _ROMAN:
        while value >= worth:
            text += letters
            value -= worth
    return text


def letters(value: int) -> str:
    """a to z, then aa, bb as Word has them."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def chicago(value: int) -> str:
    """* † ‡ §, then each twice."""
    return _CHICAGO[(value - 1) % 4] * ((value - 1) // 4 + 1)


def fnsymbol(value: int) -> str:
    """LaTeX's symbols."""
    return _FNSYMBOL[value - 1] if 0 < value <= len(_FNSYMBOL) else str(value)


def numbered(value: int, form: str) -> str:
    """A number in a format of WordprocessingML (ST_NumberFormat); those that are not known are plain numbers."""
    if value < 1 or value > 100_000:
        return str(value)
    match form:
        case "lowerRoman":
            return roman(value)
        case "upperRoman":
            return roman(value).upper()
        case "lowerLetter":
            return letters(value)
        case "upperLetter":
            return letters(value).upper()
        case "chicago":
            return chicago(value)
        case "decimalZero":
            return f"{value:02}"
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if value <= 20:
            return chr(_CIRCLED + value - 1)
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(_FULLWIDTH + int(digit)) for digit in str(value))
        case "numberInDash":
            return f"- {value} -"
        case "ordinal":
            return f"{value}{_ordinal_end(value)}"
        case "hex":
            return f"{value:X}"
        case _:
            return str(value)


def _ordinal_end(value: int) -> str:
    return "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
