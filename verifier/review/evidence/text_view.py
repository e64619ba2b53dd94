"""The readable text of a source as it was compared, with the passage marked."""

import re

from markupsafe import Markup

from verifier.review.evidence.frame import framed
from verifier.review.evidence.passage import NO_PASSAGE, Marking, Passage

_PAGE = "\f"
_LINE = re.compile(r"[^\n\f]+|\f")
_CELL = " | "
_MOST_CHARACTERS = 600_000
_LONGEST_LINE = 20_000
_BEFORE = 200_000
"""Characters shown before the passage, of a text that is too long to be shown whole."""


def text_view(text: str, passage: Passage = NO_PASSAGE, *, title: str = "", language: str = "") -> Markup:
    """A source's text as a safe document: a paragraph a line, rows of tables as rows, PDF pages numbered.

    `text` is as `SourceText.text` has it. Of a longer text the part around the passage is shown, and that it is one.
    """
    marking = Marking.of(text, passage)
    first, end = _shown(text, marking)
    parts: list[Markup] = [_left_out(first)] if first else []
    page = 1 + text.count(_PAGE, 0, first)
    if _PAGE in text and not first:
        parts.append(_page_head(page))
    for line in _LINE.finditer(text, first, end):
        if line.group() == _PAGE:
            page += 1
            parts.append(_page_head(page))
        elif not line.group().isspace():
            kind = Markup(' class="row"') if _CELL in line.group() else Markup("")
            parts.append(Markup("<p{}>{}</p>").format(kind, marking.marked(line.group(), line.start())))
    if end < len(text):
        parts.append(_left_out(len(text) - end))
    return framed(Markup("\n").join(parts) or Markup("<p>There is no text.</p>"), title=title, language=language)


def _shown(text: str, marking: Marking) -> tuple[int, int]:
    """The part of the text that is shown: whole lines, unless a line is itself without end."""
    if len(text) <= _MOST_CHARACTERS:
        return 0, len(text)
    at = marking.pieces[0][0] if marking.pieces else 0
    wanted = max(0, at - _BEFORE)
    first = text.rfind("\n", max(0, wanted - _LONGEST_LINE), wanted) + 1 or wanted
    wanted = min(first + _MOST_CHARACTERS, len(text))
    end = text.find("\n", wanted, wanted + _LONGEST_LINE)
    return first, wanted if end < 0 else end


def _page_head(page: int) -> Markup:
    return Markup('<p class="page">Page {}</p>').format(page)


def _left_out(characters: int) -> Markup:
    return Markup('<p class="left-out">{} characters are left out here.</p>').format(f"{characters:,}")
