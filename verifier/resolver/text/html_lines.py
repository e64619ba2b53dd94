"""A page's visible text as lines: a block is a line, a table row is a line with its cells separated by ` | `."""

import re
from dataclasses import dataclass

import lxml.html

from verifier.resolver.text.html_tables import is_data_table, table_lines
from verifier.resolver.text.superscripts import raised_text
from verifier.resolver.text.visibility import is_hidden

_BLANKS = re.compile(r"\s+")
_UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "title", "svg", "math", "object", "iframe", "select", "textarea"}
)
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img"}
    | {"ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt"}
    | {"u", "var", "wbr", "button", "input", "ruby", "rb", "rp", "rt"}
)
_FRAME = frozenset({"nav", "header", "footer", "aside", "dialog"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; `heading` is 1 to 6 or 0, `framed` that it is in navigation, header or footer."""

    text: str
    heading: int = 0
    in_table: bool = False
    framed: bool = False


def page_lines(tree: lxml.html.HtmlElement) -> list[Line]:
    """All visible lines of a page, in reading order."""
    return _Reader().read(tree)


class _Reader:
    """Walks a tree without recursion, since pages nest thousands deep."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._pieces: list[str] = []
        self._heading = 0
        self._framed = 0

    def read(self, root: lxml.html.HtmlElement) -> list[Line]:
        """The lines of the tree."""
        stack: list[tuple[lxml.html.HtmlElement, bool]] = [(root, False)]
        while stack:
            element, leaving = stack.pop()
            if leaving:
                self._leave(element)
                continue
            if not isinstance(element.tag, str) or element.tag in _UNSEEN or is_hidden(element):
                self._text(element.tail)
            elif element.tag == "table" and is_data_table(element):
                self._table(element)
                self._text(element.tail)
            elif element.tag in ("sup", "sub"):
                self._pieces.append(raised_text(element, "".join(self._pieces[-3:])))
                self._text(element.tail)
            else:
                self._enter(element)
                stack.append((element, True))
                stack.extend((child, False) for child in reversed(element))
        self._break()
        return self._lines

    def _enter(self, element: lxml.html.HtmlElement) -> None:
        if element.tag not in _INLINE:
            self._break()
        if len(element.tag) == 2 and element.tag[0] == "h" and element.tag[1] in "123456":
            self._heading = int(element.tag[1])
        if element.tag in _FRAME:
            self._framed += 1
        if element.tag in ("td", "th") and self._pieces:
            self._pieces.append(" ")
        self._text(element.text)

    def _leave(self, element: lxml.html.HtmlElement) -> None:
        if element.tag not in _INLINE:
            self._break()
        if len(element.tag) == 2 and element.tag[0] == "h" and element.tag[1] in "123456":
            self._heading = 0
        if element.tag in _FRAME:
            self._framed -= 1
        self._text(element.tail)

    def _table(self, element: lxml.html.HtmlElement) -> None:
        self._break()
        self._lines += [Line(text, in_table=True, framed=self._framed > 0) for text in table_lines(element)]

    def _text(self, text: str | None) -> None:
        if text:
            self._pieces.append(text)

    def _break(self) -> None:
        text = _BLANKS.sub(" ", "".join(self._pieces)).strip()
        self._pieces.clear()
        if text:
            self._lines.append(Line(text, self._heading, framed=self._framed > 0))
