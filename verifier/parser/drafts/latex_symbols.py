"""LaTeX's ways of writing characters, and its words without commands."""

import re
import unicodedata
from collections.abc import Iterator

from verifier.parser.patterns import regex

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "c": "\u0327", "k": "\u0328", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
SYMBOLS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "textdagger": "†", "textdaggerdbl": "‡", "textsection": "§",
    "textparagraph": "¶", "pounds": "£", "textsterling": "£", "euro": "€", "texteuro": "€", "EUR": "€",
    "copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "textdegree": "°",
    "degree": "°", "textbullet": "•", "ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–",
    "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textquotesingle": "'", "textquotedbl": '"', "guillemotleft": "«",
    "guillemotright": "»", "flqq": "«", "frqq": "»", "og": "« ", "fg": " »", "glqq": "„", "grqq": "“", "lq": "‘",
    "rq": "’", "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\", "textbar": "|",
    "textless": "<", "textgreater": ">", "textunderscore": "_", "textdollar": "$", "textpercent": "%",
    "textyen": "¥", "textcent": "¢", "textonehalf": "½", "textmu": "µ", "textpm": "±", "texttimes": "×",
    "TeX": "TeX", "LaTeX": "LaTeX", "slash": "/", "textasteriskcentered": "*", "textnumero": "№", "quad": " ",
    "qquad": " ", "space": " ", "nobreakspace": " ", "times": "×", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥",
    "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "sim": "∼", "cdot": "·", "div": "÷", "infty": "∞", "to": "→",
    "rightarrow": "→", "leftarrow": "←", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε",
    "lambda": "λ", "mu": "µ", "pi": "π", "sigma": "σ", "theta": "θ", "omega": "ω", "Delta": "Δ", "Omega": "Ω",
    "Sigma": "Σ", "percent": "%", "circ": "°", "textvisiblespace": " ", "thinspace": " ", "enspace": " ",
    "newline": " ", "linebreak": " ", "hfill": " ", "hskip": " ", "ast": "*",
}  # fmt: skip
ESCAPED = {
    "%": "%", "&": "&", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", ",": " ", ";": " ", ":": " ",
    "!": "", "/": "", "-": "", "\n": " ", "@": "", "\\": " ", "~": " ",
}  # fmt: skip
_ACCENTED = regex(
    r"\\([`'^~=.\"])\s*(?:\{\s*\\?([A-Za-zıȷ])\s*\}|\\([ij])(?![A-Za-z])|([A-Za-z]))|\\([uHvcdbkr])(?:\s*\{\s*\\?([A-Za-z])\s*\}|\s+([A-Za-z]))"
)
_COMMAND = regex(r"\\([A-Za-z]+)\*?\s*|\\(.)", re.S)


def accented(accent: str, letter: str) -> str:
    """A letter under an accent, as one character where there is one."""
    letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    return unicodedata.normalize("NFC", letter + ACCENTS[accent]) if letter else ""


def ligatures(text: str) -> str:
    """Dashes and quotation marks that LaTeX writes with several characters."""
    text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    return text.replace("`", "‘").replace("'", "’") if "`" in text else text


def plain_words(text: str) -> str:
    """The words of a short piece of LaTeX without its commands and braces."""
    text = _ACCENTED.sub(lambda m: accented(m[1] or m[5], m[2] or m[3] or m[4] or m[6] or m[7] or ""), text)
    text = _COMMAND.sub(lambda m: SYMBOLS.get(m[1], "") if m[1] else ESCAPED.get(m[2], m[2]), text)
    text = ligatures(text.replace("~", " ")).replace("{", "").replace("}", "").replace("$", "")
    return " ".join(text.split())


_POWERS = regex(r"\^\s*(?:\{([^{}]*)\}|(\\[A-Za-z]+|.))|_\s*(?:\{([^{}]*)\}|(.))|\\(?:text|mathrm|mbox)\s*\{([^{}]*)\}")


def formula_words(formula: str) -> Iterator[tuple[str, bool]]:
    """A formula as far as it is words (figures, letters, powers), each piece with whether it is raised."""
    done = 0
    for match in _POWERS.finditer(formula):
        yield plain_words(formula[done : match.start()]), False
        power = plain_words(match[1] or match[2] or "")
        yield power, bool(power.strip("*†‡§¶‖"))
        yield plain_words(match[3] or match[4] or match[5] or ""), False
        done = match.end()
    yield plain_words(formula[done:]), False
