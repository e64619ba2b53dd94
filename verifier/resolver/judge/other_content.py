"""Whether a page shows something else than was read, or shown, before."""

from rapidfuzz import fuzz

from verifier.resolver.judge.page import Page
from verifier.resolver.judge.similarity import similarity
from verifier.resolver.judge.soft_404 import ALIKE

_COMPARED = 4000  # characters
_SAME_CONTENT = 60
"""Of 100: the least similarity of a page to its own earlier text. The same page read twice differs by its furniture
only; a page and the notice in its place share hardly more than the site's name (test_resolver_witnesses.py).
"""


def is_other_content(page: Page | None, text: str) -> bool:
    """Whether a page (None: nothing readable) shows something else than a text that was read at its address."""
    shown = "" if page is None else page.main or page.text
    return fuzz.ratio(shown[:_COMPARED], text[:_COMPARED]) < _SAME_CONTENT


def shows_the_same(page: Page | None, other: Page | None, url: str) -> bool:
    """Whether two pages of one address show the same, but for numbers and what repeats the address."""
    if page is None or other is None:
        return page is other
    return similarity(page, url, other, url) >= ALIKE
