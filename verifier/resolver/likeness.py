"""How like two pages are, apart from what they repeat of their own addresses."""

import re

from rapidfuzz import fuzz

from verifier.resolver.page import Page

_MOST = 4000  # characters that are compared: a page's text from its start
_TOKENS = re.compile(r"[\w%-]{4,}")
_NUMBERS = re.compile(r"\d+")


def likeness(page: Page, url: str, other: Page, other_url: str) -> float:
    """0 to 1: how much of two pages' texts is the same, words of their addresses and all numbers left out."""
    mine, theirs = _without_address(page.text, url), _without_address(other.text, other_url)
    if not mine or not theirs:
        return 1.0 if mine == theirs and page.title == other.title else 0.0
    if max(len(mine), len(theirs)) > 2 * min(len(mine), len(theirs)) + 100:
        return 0.0
    return fuzz.ratio(mine[:_MOST], theirs[:_MOST]) / 100


def _without_address(text: str, url: str) -> str:
    path = url.partition("://")[2].partition("/")[2]
    text = text[: 2 * _MOST]
    for token in sorted({path, *_TOKENS.findall(path)}, key=len, reverse=True):
        if len(token) > 3:
            text = text.replace(token, "")
    return " ".join(_NUMBERS.sub("", text).split())
