"""Where in a draft that is plain text (Markdown, HTML, LaTeX) a sentence begins."""

import re
from pathlib import Path

_TEXTS = frozenset({".md", ".markdown", ".html", ".htm", ".xhtml", ".tex"})
_LONGEST = 5_000_000
"""Bytes of a draft that are looked through."""

_WORD = re.compile(r"\w+")
_WORDS_LOOKED_FOR = 8
_BETWEEN = r"[\W_]{1,400}"
"""What may be between two words: marks of emphasis, an end of line, blanks where a note was."""

_MARKUP = re.compile(r"\[\^[^\]\s]{1,40}\]|<[^<>]{1,300}>|\\(?:foot|end)note\w{0,4}\{[^{}]{0,2000}\}|\\[a-z]{1,20}\{")
"""A note's label, a tag, a note of LaTeX, the beginning of one of its commands."""


def line_of(file: Path, sentence: str) -> int | None:
    """The line, counted from 1, on which a sentence begins; None for other files and where it is not found.

    The first words decide, whatever marks are between them, so that emphasis and ends of lines do no harm.
    """
    words = _WORD.findall(sentence)[:_WORDS_LOOKED_FOR]
    if not words or file.suffix.lower() not in _TEXTS:
        return None
    try:
        if file.stat().st_size > _LONGEST:
            return None
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    text = _MARKUP.sub(_blank, text)
    found = re.search(_BETWEEN.join(map(re.escape, words)), text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def _blank(markup: re.Match[str]) -> str:
    """As many blanks, with the lines' ends where they were."""
    return "".join("\n" if sign == "\n" else " " for sign in markup[0])
