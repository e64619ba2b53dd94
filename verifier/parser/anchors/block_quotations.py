"""Block quotations: indented paragraphs without quotation marks that end with a marker.

Their right edge says nothing where text is ragged; whether they are quoted is settled by what the source says.
"""

from collections.abc import Sequence

from verifier.parser.page.lines import Line
from verifier.parser.page.text_flow import PARAGRAPH, Flow
from verifier.parser.patterns import regex

FEWEST_WORDS = 15
"""A shorter indented paragraph is an item of a list or a formula more often than a quotation."""
_INDENT = 0.9
"""In ems, on the left of every line."""
_STRAIGHT = 0.3
"""In ems: how far the left edges of lines may differ, the first line's aside."""
_TAIL = 2
"""Characters behind the marker: a closing mark, a full stop."""
_ITEM = regex(r"(?:[•◦▪■●‣·∙–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s|[“\"«„]")


def block_quotation(flow: Flow, lines: Sequence[Line], at: int) -> str | None:
    """The block quotation that the marker at this offset of the running text ends; None where it ends none."""
    start = flow.text.rfind(PARAGRAPH, 0, at) + 1
    end = flow.text.find(PARAGRAPH, at)
    end = len(flow.text) if end < 0 else end
    words = flow.text[start:at]
    if end - at > _TAIL or len(words.split()) < FEWEST_WORDS or _ITEM.match(words):
        return None
    return words.strip() if _is_set_in(flow.lines_of(start, at), lines) else None


def _is_set_in(paragraph: Sequence[int], lines: Sequence[Line]) -> bool:
    """Whether all lines of a paragraph, two or more, are inside their column's left edge, one below the other."""
    set_in = [lines[index] for index in paragraph]
    if len(set_in) < 2:
        return False
    left = [(line.x0 - line.column_x0) / line.size for line in set_in]
    return min(left) >= _INDENT and max(left[1:]) - min(left[1:]) <= _STRAIGHT
