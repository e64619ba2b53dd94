"""How similar two pages are, apart from what they repeat of their own addresses."""

import re
from urllib.parse import unquote

from rapidfuzz import fuzz

from verifier.resolver.judge.page import Page

_MOST = 4000  # characters that are compared: a page's text from its start
_TOKENS = re.compile(r"[\w%-]{4,}")
_NUMBERS = re.compile(r"\d+")


_TITLES_DIFFER = 0.85  # the most that pages of different titles are alike, however much of their menus they share


def similarity(page: Page, url: str, other: Page, other_url: str) -> float:
    """0 to 1: how much of two pages' own texts is the same, words of their addresses and all numbers left out."""
    mine, theirs = _own_text(page, url), _own_text(other, other_url)
    most = 1.0 if _heads(page, url) == _heads(other, other_url) else _TITLES_DIFFER
    if not mine or not theirs:
        return most if mine == theirs else 0.0
    if max(len(mine), len(theirs)) > 2 * min(len(mine), len(theirs)) + 100:
        return 0.0
    return min(most, fuzz.ratio(mine[:_MOST], theirs[:_MOST]) / 100)


def _own_text(page: Page, url: str) -> str:
    return _without_address((page.main or page.text)[: 2 * _MOST], url)


def _heads(page: Page, url: str) -> tuple[str, ...]:
    return tuple(
        _without_address(head, url) for head in (page.title, *(text for level, text in page.headings if level < 3))
    )


def _without_address(text: str, url: str) -> str:
    target = unquote(url.partition("://")[2].partition("/")[2])
    for token in sorted({target, *_TOKENS.findall(target)}, key=len, reverse=True):
        if len(token) > 3:
            text = text.replace(token, "")
    return " ".join(_NUMBERS.sub("", text).split())
