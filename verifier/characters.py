"""What may be shown of text that others wrote: file names, addresses, titles and the words of errors."""

import unicodedata

_SHOWN_AS = "\N{REPLACEMENT CHARACTER}"

# Explicit formatting characters of the bidirectional algorithm (UAX #9, table 1 and its isolates): what follows them
# is shown in another order than it is written ("Trojan Source", CVE-2021-42574).
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT_IN_TEXT = "\n\t\u061c\u200e\u200f"
_CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})


def printable(text: str, keep: str = "") -> str:
    """The text with U+FFFD for each character that steers a terminal or turns the order of the others.

    These are control characters (escape sequences begin with one), bidirectional formatting, line and paragraph
    separators, halves of surrogate pairs, tags and interlinear annotation; not those of `keep` (line feeds, say).
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char in keep or not _steers(char) else _SHOWN_AS for char in text)


def shown(text: str) -> str:
    """Text for a page, a cell, a letter or a message, with U+FFFD for what spoils it or turns the order of its rest.

    That is what `printable` replaces but for line feeds, tabs and the three marks of direction: a mark turns nothing
    but itself, and text in Arabic or Hebrew needs it.
    """
    return printable(text, keep=_KEPT_IN_TEXT)


def _steers(char: str) -> bool:
    if char in _BIDI or unicodedata.category(char) in _CONTROLS:
        return True
    return "\ufff9" <= char <= "\ufffb" or "\U000e0000" <= char <= "\U000e007f"
