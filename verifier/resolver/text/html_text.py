"""The readable text of a page: its main part with every table, or all that is visible where the main part is unsure."""

from itertools import islice

import lxml.html

from verifier.resolver.text.html_lines import Line, page_lines
from verifier.resolver.text.html_tables import span_of

_LEAST_SHARE = 0.4  # of the unframed text: a "main part" below this has lost something
_MOST_SEARCHED = 1_000_000  # characters: beyond, looking for the main part takes minutes, and the page is one of data
_STRETCH = 24  # letters and digits by which a line of the main part is known again
_A_SENTENCE = 30  # characters
_MOST_ELEMENTS = 50_000  # beyond, as above


def html_text(tree: lxml.html.HtmlElement) -> str:
    """The text of a page, a block or table row a line.

    trafilatura tells where the main part begins and ends; the lines between are ours, so that no table, list or
    sentence of it is lost. Data tables outside are kept too.
    """
    lines = page_lines(tree)
    small = sum(len(line.text) for line in lines) <= _MOST_SEARCHED and _has_few_elements(tree)
    kept = _main_part(lines, _MainText(_trafilatura_text(tree)) if small else _MainText(""))
    return "\n".join(line.text for line in kept)


class _MainText:
    """What trafilatura takes for the main part. It words a line otherwise than we: it drops note marks, quotation
    marks, dates and soft hyphens, so a line is known by any of three stretches of its letters.
    """

    def __init__(self, text: str) -> None:
        self._lines = frozenset(_letters(line) for line in text.splitlines())
        self._all = _letters(text)

    def has(self, line: Line) -> bool:
        """Whether a line of the page is in it."""
        letters = _letters(line.text)
        if len(letters) <= _STRETCH:
            return bool(letters) and letters in self._lines
        starts = (0, (len(letters) - _STRETCH) // 2, len(letters) - _STRETCH)
        return any(letters[start : start + _STRETCH] in self._all for start in starts)


def _main_part(lines: list[Line], main: _MainText) -> list[Line]:
    unframed = [line for line in lines if not line.framed] or lines
    first = next((index for index, line in enumerate(lines) if main.has(line)), None)
    if first is None:
        return unframed
    last = next(index for index in range(len(lines) - 1, -1, -1) if main.has(lines[index]))
    begin, end = _with_heading(lines, first), _with_prose(lines, last)
    kept = [
        line
        for index, line in enumerate(lines)
        if (begin <= index <= end and not line.framed)
        or line.in_table
        or (first <= index <= last and line.framed and main.has(line))
    ]
    size, whole = sum(len(line.text) for line in kept), sum(len(line.text) for line in unframed)
    return kept if size >= _LEAST_SHARE * whole else unframed


def _with_heading(lines: list[Line], first: int) -> int:
    """The heading of the main part is before its first paragraph, and trafilatura may leave it out."""
    for index in range(first - 1, max(first - 6, -1), -1):
        if lines[index].heading in (1, 2) and not lines[index].framed:
            return index
    return first


def _with_prose(lines: list[Line], last: int) -> int:
    """The paragraphs right after the main part's last known line, up to a heading or a frame, are its last ones."""
    for index in range(last + 1, len(lines)):
        line = lines[index]
        if line.heading or line.framed or not (line.in_table or _is_prose(line.text)):
            return index - 1
    return len(lines) - 1


def _is_prose(text: str) -> bool:
    return len(text) >= _A_SENTENCE and text.rstrip("\"'”’»)] ")[-1:] in ".!?:;。！？…]"


def _trafilatura_text(tree: lxml.html.HtmlElement) -> str:
    from trafilatura import extract

    try:
        return extract(tree, include_comments=False, include_tables=True, favor_recall=True, fast=True) or ""
    except RecursionError:  # trafilatura descends into lists one in the other; all that is visible is kept then
        return ""


def _has_few_elements(tree: lxml.html.HtmlElement) -> bool:
    """Whether a page is small enough to be searched; a cell counts for as many as it covers."""
    covered = sum(
        span_of(cell, "colspan") * span_of(cell, "rowspan")
        for cell in tree.iter("td", "th")
        if "colspan" in cell.attrib or "rowspan" in cell.attrib
    )
    return covered <= _MOST_ELEMENTS and next(islice(tree.iter(), _MOST_ELEMENTS, None), None) is None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
