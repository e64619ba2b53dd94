"""Titles and lines that say what a page is to a work: its retraction, a correction or review of it."""

import re
from collections.abc import Sequence

from verifier.model import Notice

_TITLES: tuple[tuple[Notice, re.Pattern[str]], ...] = (
    (
        Notice.CORRECTION,
        re.compile(
            r"^\W*(?:errat(?:um|a)|corrigend(?:um|a)|corrections?|addend(?:um|a)|publisher\W+s?\s*correction|author\W*s?\s+correction|retraction(?:\s+(?:note|notice))?|expression\s+of\s+concern|notice\s+of\s+retraction)\b(?:\s+(?:to|for|of|in|notice))?\s*[:“\"‘'—–-]",
            re.I,
        ),
    ),
    (
        Notice.CORRECTION,
        re.compile(
            r"^\W*(?:errat(?:um|a)|corrigend(?:um|a)|corrections?|retraction\s+(?:note|notice))\s+(?:to|for|of)\b", re.I
        ),
    ),
    (
        Notice.REVIEW,
        re.compile(
            r"^\W*(?:book\s+review|review\s+(?:of|essay)|buchbesprechung|rezension|compte\s+rendu)\b|\((?:book\s+)?review\)\s*$",
            re.I,
        ),
    ),
    (
        Notice.COMMENT,
        re.compile(
            r"^\W*(?:(?:a\s+)?(?:comments?|reply|rejoinder|response|letter|discussion)\s+(?:on|to|of)\b|commentary\s*(?:on\b|:))",
            re.I,
        ),
    ),
    (
        Notice.RETRACTED,
        re.compile(
            r"^\W*(?:retracted|withdrawn)(?:\s+article)?\b\W|\[\s*(?:retracted|withdrawn)\s*\]|\((?:retracted|withdrawn)\)\s*$",
            re.I,
        ),
    ),
)
_LINES: tuple[tuple[Notice, re.Pattern[str]], ...] = (
    (
        Notice.RETRACTED,
        re.compile(
            r"\bthis\s+(?:article|paper|chapter|preprint|study)\s+(?:has\s+been|was|is)\s+(?:retracted|withdrawn)\b",
            re.I,
        ),
    ),
    (Notice.CONCERN, re.compile(r"\bexpression\s+of\s+concern\s+(?:has\s+been|was)\s+published\b", re.I)),
    (
        Notice.CORRECTED,
        re.compile(
            r"\b(?:an?\s+)?(?:erratum|corrigendum|correction)\s+to\s+this\s+(?:article|paper)\s+(?:has\s+been|was|is)\b",
            re.I,
        ),
    ),
)


def notice_in(titles: Sequence[str], opening: str) -> Notice | None:
    """What the titles, or else the first lines, say; None where they say nothing of the kind."""
    for notice, pattern in _TITLES:
        if any(pattern.search(title) for title in titles):
            return notice
    start = opening[:1500]
    return next((notice for notice, pattern in _LINES if pattern.search(start)), None)
