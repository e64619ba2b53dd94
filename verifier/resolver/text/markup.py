"""HTML source to a tree, however broken: what a browser shows is in the tree, whatever its maker left open.

libxml2 stops at the end of the first `html` element, lets an element that is never closed swallow the rest of the page,
and gives up at a depth of 2,048. Browsers do none of this, so the source is repaired first.
"""

import re

import lxml.etree
import lxml.html

MOST_CHARACTERS = 8_000_000
"""A longer page is cut, as reading takes many times its size in memory."""

# A page has one of each; whatever follows the first end is still shown (HTML standard, 13.2.6.4.19 "after body").
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_STARTS = re.compile(r"<(?:html|body)(?=[\s>/])[^>]*>", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"<(/?)(select|textarea|noscript|template|object|svg|math)(?=[\s>/])([^>]*)>", re.IGNORECASE)
_WRAPPERS = re.compile(
    r"<(/?)(?:div|span|font|b|i|u|em|strong|big|small|center|section|article|blockquote|a|ul|ol|li|p|table|tbody|tr|td"
    r"|dl|dd|dt)(?=[\s>/])[^>]*>",
    re.IGNORECASE,
)
_DEEPEST = 500  # wrappers within one another: pages that mean it have dozens
_TOO_DEEP = "depth"  # libxml2: "Excessive depth in document"


def html_tree(source: str) -> lxml.html.HtmlElement | None:
    """The tree of a page's source; None where there is nothing in it."""
    return _parsed(source, lxml.html.HTMLParser)


def plain_html_tree(source: str) -> lxml.etree._Element | None:
    """As `html_tree`, of lxml's plain elements: its HTML ones cost a call of Python each."""
    return _parsed(source, lxml.etree.HTMLParser)


def _parsed(source: str, kind: type[lxml.etree.HTMLParser]) -> lxml.html.HtmlElement | None:
    repaired = _one_document(_closed(source[:MOST_CHARACTERS]))
    tree, too_deep = _tree(repaired, kind)
    return _tree(_flattened(repaired), kind)[0] if too_deep else tree


def _tree(source: str, kind: type[lxml.etree.HTMLParser]) -> tuple[lxml.html.HtmlElement | None, bool]:
    parser = kind(encoding="utf-8", huge_tree=True)
    try:
        tree = lxml.etree.fromstring(source.encode("utf-8", "replace"), parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        tree = None
    return tree, any(_TOO_DEEP in entry.message for entry in parser.error_log)


def _one_document(source: str) -> str:
    """The source with one `html` and one `body` element, which reach to its end."""
    source = _ENDS.sub("", source)
    seen: set[str] = set()

    def first_only(found: re.Match[str]) -> str:
        name = found.group()[1:5].lower()
        if name in seen:
            return ""
        seen.add(name)
        return found.group()

    return _STARTS.sub(first_only, source)


def _closed(source: str) -> str:
    """The source with the starts of elements that are not shown, and are never closed, renamed."""
    opened: dict[str, list[re.Match[str]]] = {}
    for found in _NOT_SHOWN.finditer(source):
        started = opened.setdefault(found[2].lower(), [])
        if not found[1]:
            if not found[3].endswith("/"):
                started.append(found)
        elif started:
            started.pop()
    pieces, place = [], 0
    for found in sorted((one for started in opened.values() for one in started), key=lambda one: one.start()):
        pieces += [source[place : found.start()], "<span>"]
        place = found.end()
    return "".join((*pieces, source[place:]))


def _flattened(source: str) -> str:
    """The source without the wrappers that are nested deepest: a break in their place."""
    depth = 0

    def within(found: re.Match[str]) -> str:
        nonlocal depth
        if found[1]:
            depth = max(depth - 1, 0)
            return found.group() if depth < _DEEPEST else " "
        depth += 1
        return found.group() if depth <= _DEEPEST else "<br>"

    return _WRAPPERS.sub(within, source)
