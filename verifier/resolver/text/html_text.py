"""The readable text of a page: its main part with every table, or all that is visible where the main part is unsure."""

from itertools import islice

import lxml.etree
import lxml.html

from verifier.resolver.text.html_lines import Line, page_lines

_LEAST_SHARE = 0.4  # of the unframed text: a "main part" below this has lost something
_MOST_SEARCHED = 1_000_000  # characters: beyond, looking for the main part takes minutes, and the page is one of data
_MOST_ELEMENTS = 50_000  # beyond, as above
_SAME_START = 40  # characters by which a line of the main part is known again


def html_text(tree: lxml.html.HtmlElement) -> str:
    """The text of a page, a block or table row a line.

    trafilatura tells where the main part begins and ends; the lines between are ours, so that no table, list or
    sentence of it is lost. Data tables outside are kept too.
    """
    lines = page_lines(tree)
    small = sum(len(line.text) for line in lines) <= _MOST_SEARCHED and _has_few_elements(tree)
    kept = _main_part(lines, _main_starts(tree) if small else frozenset())
    return "\n".join(line.text for line in kept)


def _main_part(lines: list[Line], starts: frozenset[str]) -> list[Line]:
    unframed = [line for line in lines if not line.framed] or lines
    found = [index for index, line in enumerate(lines) if _start(line.text) in starts]
    if not found:
        return unframed
    first = _with_heading(lines, found[0])
    kept = [
        line
        for index, line in enumerate(lines)
        if (first <= index <= found[-1] and not line.framed) or line.in_table or index in found
    ]
    size, whole = sum(len(line.text) for line in kept), sum(len(line.text) for line in unframed)
    return kept if size >= _LEAST_SHARE * whole else unframed


def _with_heading(lines: list[Line], first: int) -> int:
    """The heading of the main part stands before its first paragraph, and trafilatura may leave it out."""
    for index in range(first - 1, max(first - 6, -1), -1):
        if lines[index].heading in (1, 2) and not lines[index].framed:
            return index
    return first


def _main_starts(tree: lxml.html.HtmlElement) -> frozenset[str]:
    from trafilatura import extract

    try:
        main = extract(tree, include_comments=False, include_tables=True, favor_recall=True, fast=True) or ""
    except RecursionError:  # trafilatura descends into lists one in the other; all that is visible is kept then
        return frozenset()
    return frozenset(_start(line.lstrip("- ")) for line in main.splitlines() if len(line) > 3)


def _has_few_elements(tree: lxml.html.HtmlElement) -> bool:
    return next(islice(tree.iter(), _MOST_ELEMENTS, None), None) is None


def _start(text: str) -> str:
    return "".join(text.split())[:_SAME_START]
