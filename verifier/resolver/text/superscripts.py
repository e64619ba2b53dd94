"""Raised and lowered characters in running text: powers stay powers, note marks never glue to a number."""

import re

import lxml.html

_DIGITS = re.compile(r"[-−–+]?\d+")
_POWER_BASE = re.compile(r"(?:^|[^\d.,])(?:10|2|e)\s*$", re.IGNORECASE)
_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[kcmdµ]?m|ft|mi|in|yd|s|km)\s*$")
_NUMBER_BEFORE = re.compile(r"\d\s*$")


def raised_text(element: lxml.html.HtmlElement, before: str) -> str:
    """What a `sup` or `sub` adds to the text after `before`.

    "10" with a raised 26 is 10^26, "m" with a raised 2 is m2, CO with a lowered 2 is CO2; a raised digit after a
    number or a word is a note's mark, and is set apart in brackets.
    """
    text = " ".join("".join(element.itertext()).split())
    if element.tag == "sub" or not text:
        return text
    if not _DIGITS.fullmatch(text):
        return f" {text} " if re.fullmatch(r"[\[(*†‡§].*", text) else text
    if element.find(".//a") is None:
        if _POWER_BASE.search(before):
            return "^" + text
        if _UNIT.search(before):
            return text
    return f" [{text}] " if not text.startswith(("-", "−", "–", "+")) else "^" + text
