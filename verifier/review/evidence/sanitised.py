"""An archived page made safe to look at: its words and their order, and nothing that acts or asks.

An archived page is hostile input. It is not cleaned but written anew, from a short list of elements without any of
the page's attributes but the spans of table cells; then nh3 (the Ammonia sanitiser) passes it through the same list
once more, parsed as browsers parse. What an editor is shown is a document of its own for a sandboxed frame, with a
Content-Security-Policy that allows its one style sheet and nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html
from markupsafe import Markup

from verifier.resolver.text.charsets import decode_text
from verifier.resolver.text.visibility import is_hidden
from verifier.review.evidence.frame import framed
from verifier.review.evidence.page_tree import parsed_page
from verifier.review.evidence.passage import NO_PASSAGE, Marking, Passage

_KEPT = frozenset(
    {
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "hr",
        "br",
    }
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "figure", "figcaption", "address"}
    | {"em", "strong", "b", "i", "u", "s", "del", "ins", "sub", "sup", "small", "code", "q", "cite", "abbr", "span"}
    | {"ruby", "rt", "rp", "kbd", "samp", "var", "dfn"}
)
"""Elements that are written as they are, without attributes."""

_AS_DIV = frozenset(
    {"section", "article", "main", "header", "footer", "nav", "aside", "form", "fieldset", "legend", "details"}
    | {"summary", "dialog", "center", "menu", "dir", "address", "body", "hgroup", "search", "optgroup", "option"}
)
"""Blocks without a use here: a `details` that stays shut would hide what it says."""

_DROPPED = frozenset(
    {"script", "style", "template", "noscript", "title", "svg", "math", "object", "embed", "applet", "iframe"}
    | {"frame", "frameset", "noframes", "noembed", "select", "textarea", "audio", "video", "canvas", "map", "base"}
    | {"link", "meta", "xmp", "plaintext", "listing", "datalist", "param", "source", "track"}
)
"""Elements that go with all that is in them: it is no text of the page, or parsed by other rules."""

_EMPTY = frozenset({"br", "hr"})
_NO_TEXT = frozenset({"table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_MOST_SPANNED = 100
_DEEPEST = 120
_MOST_CHARACTERS = 3_000_000
_ELEMENT = 20
"""Characters that an element counts for, words or no words in it."""

_LONGEST_TARGET = 500


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of the page as it is written anew: a tag (markup), or words to be escaped and marked."""

    markup: Markup
    words: str = ""


def sanitised(page: bytes, passage: Passage = NO_PASSAGE, *, charset: str | None = None) -> Markup:
    """An archived HTML page as a whole, safe document for a sandboxed frame, with the passage marked.

    `page` is the payload as archived, `charset` what its header stated. The first mark has the id `passage`, so that
    the frame's address may end in `#passage`. Pictures are recognised by their alternative text, links by their words,
    with the target as `title`. Nothing of the page can run, ask the network, submit or navigate.
    """
    root = parsed_page(decode_text(page, charset))
    if root is None:
        return framed(Markup("<p>This page has no text.</p>"))
    pieces = list(_Writer().write(root))
    marking = Marking.of("".join(piece.words for piece in pieces), passage)
    parts: list[Markup] = []
    at = 0
    for piece in pieces:
        parts.append(marking.marked(piece.words, at) if piece.words else piece.markup)
        at += len(piece.words)
    titles = root.iter("title")
    title = " ".join("".join(next(titles, root.makeelement("title")).itertext()).split())[:300]
    language = root.get("lang") or ""
    return framed(
        _through_the_gate(Markup("").join(parts)),
        title=title,
        language=language if _LANGUAGE.fullmatch(language) else "",
    )


class _Writer:
    """Writes a tree anew, without recursion, since pages nest thousands deep."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._inside: list[str] = [""]
        self._written = 0

    def write(self, root: lxml.html.HtmlElement) -> Iterator[_Piece]:
        """The pieces of the page in order."""
        stack: list[tuple[lxml.html.HtmlElement, bool]] = [(root, False)]
        while stack:
            element, leaving = stack.pop()
            if leaving:
                yield from self._leave(element)
                continue
            if not isinstance(element.tag, str) or element.tag in _DROPPED or is_hidden(element):
                yield from self._words(element.tail)
                continue
            yield from self._enter(element)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
            if self._written > _MOST_CHARACTERS:
                yield _Piece(Markup("<hr><p>The page goes on; this much of it is shown.</p>"))
                return

    def _enter(self, element: lxml.html.HtmlElement) -> Iterator[_Piece]:
        tag = self._tag_for(element)
        self._written += _ELEMENT
        self._open.append(tag)
        self._inside.append(tag or self._inside[-1])
        if tag:
            yield _Piece(Markup("<{}{}>").format(Markup(tag), _attributes(element)))
        if element.tag == "img":
            yield from self._words(_picture_words(element))
        yield from self._words(element.text)

    def _leave(self, element: lxml.html.HtmlElement) -> Iterator[_Piece]:
        tag = self._open.pop()
        self._inside.pop()
        if tag and tag not in _EMPTY:
            yield _Piece(Markup("</{}>").format(Markup(tag)))
        yield from self._words(element.tail)

    def _tag_for(self, element: lxml.html.HtmlElement) -> str:
        """The tag that an element is written as; empty for one of which only the contents are."""
        if len(self._open) > _DEEPEST:
            return ""
        if element.tag in ("a", "img"):
            return "span"
        if element.tag in _AS_DIV:
            return "div"
        return element.tag if element.tag in _KEPT else ""

    def _words(self, words: str | None) -> Iterator[_Piece]:
        if not words:
            return
        if self._inside[-1] in _NO_TEXT and words.isspace():
            return
        self._written += len(words)
        yield _Piece(Markup(""), words)


def _attributes(element: lxml.html.HtmlElement) -> Markup:
    if element.tag == "a":
        target = " ".join((element.get("href") or "").split())[:_LONGEST_TARGET]
        return Markup(' class="link" title="{}"').format(target) if target else Markup("")
    if element.tag == "img":
        return Markup(' class="picture"')
    if element.tag in ("td", "th"):
        spans = ((name, element.get(name) or "") for name in ("colspan", "rowspan"))
        return Markup("").join(
            Markup(' {}="{}"').format(name, min(int(value), _MOST_SPANNED))
            for name, value in spans
            if value.isascii() and value.isdigit() and len(value) < 6 and int(value) > 1
        )
    return Markup("")


def _picture_words(element: lxml.html.HtmlElement) -> str:
    alternative = " ".join((element.get("alt") or "").split())[:_LONGEST_TARGET]
    return f"[picture: {alternative}]" if alternative else ""


def _through_the_gate(body: Markup) -> Markup:
    """The same list once more, by a sanitiser that parses as browsers do: what we wrote is not taken on trust."""
    import nh3

    return Markup(
        nh3.clean(
            body,
            tags=set(_KEPT | {"mark"}),
            clean_content_tags={"script", "style"},
            attributes={"span": {"title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
            tag_attribute_values={"mark": {"id": {"passage"}}},
            allowed_classes={"span": {"link", "picture"}, "mark": {"figure"}},
            url_schemes=set(),
            link_rel=None,
        )
    )
