"""An archived page with the look that it brings itself: its own style sheets, in a frame that can ask for nothing.

The page is written anew from a list of elements and attributes, as `sanitised` does, but keeps classes, ids and styles.
Scripts, forms, addresses, and pictures that are not in the page itself stay out; what style sheets would load is
forbidden by the frame's policy, which names no host. So a page looks as its own bytes say, and the style sheets that
were archived with it.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import lxml.html
from markupsafe import Markup, escape

from verifier.resolver.http.redirects import resolved
from verifier.resolver.text.charsets import decode_text
from verifier.review.evidence.page_tree import parsed_page

LOOK_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""The Content-Security-Policy of such a page: styles and pictures that are in it, and no request."""

NO_STYLE_SHEETS: Mapping[str, str] = MappingProxyType({})
"""For a page with which none were archived."""

_DROPPED = frozenset(
    {"script", "template", "noscript", "title", "svg", "math", "object", "embed", "applet", "iframe", "frame"}
    | {"frameset", "noframes", "noembed", "audio", "video", "canvas", "map", "base", "link", "meta", "xmp", "plaintext"}
    | {"listing", "param", "source", "track", "dialog", "portal", "head", "style"}
)
"""Elements that go with all that is in them; of style sheets the text is kept by itself."""

_AS_SPAN = frozenset({"a", "button", "label", "input", "select", "textarea", "option", "optgroup", "datalist", "area"})
"""What acts, or wants to be filled in: its words stay."""

_NAME = re.compile("[a-z][a-z0-9-]{0,30}")
_KEPT = frozenset({"class", "id", "style", "lang", "dir", "title", "align", "valign", "width", "height", "bgcolor"})
_TABLE = frozenset({"colspan", "rowspan", "cellpadding", "cellspacing", "border", "scope", "start", "type", "value"})
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]{1,2000000}")
_EMPTY = frozenset({"br", "hr", "img", "col", "wbr"})
_MOST_CHARACTERS = 5_000_000
_DEEPEST = 250


def looks(
    page: bytes, *, charset: str | None = None, url: str = "", style_sheets: Mapping[str, str] = NO_STYLE_SHEETS
) -> Markup:
    """An archived HTML page as a whole document for a sandboxed frame, under `LOOK_POLICY`.

    `url` is where it was; of the style sheets that it links there, those of `style_sheets` (text by address) are in it.
    """
    root = parsed_page(decode_text(page, charset))
    if root is None:
        return Markup("<!doctype html><title>Archived source</title><p>This page has no text.</p>")
    body = next(root.iter("body"), root)
    styles = Markup("\n").join(_styles(root, url, style_sheets))
    return Markup(
        '<!doctype html>\n<html{html}>\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>Archived source</title>\n{styles}\n</head>\n"
        "<body{attributes}>\n{body}\n</body>\n</html>\n"
    ).format(
        html=_attributes(root) if root is not body else Markup(""),
        policy=LOOK_POLICY,
        styles=styles,
        attributes=_attributes(body),
        body=Markup("").join(_written(body)),
    )


def _styles(root: lxml.html.HtmlElement, url: str, style_sheets: Mapping[str, str]) -> Iterator[Markup]:
    """The page's style sheets, in order: its own, and those that it links and that were archived with it."""
    base = next((element.get("href") for element in root.iter("base") if element.get("href")), None)
    for element in root.iter("style", "link"):
        text = element.text or "" if element.tag == "style" else _linked(element, url, base, style_sheets)
        if text.strip():
            media = Markup(' media="{}"').format(element.get("media")) if element.get("media") else Markup("")
            # In a style sheet nothing is escaped: what could end it is taken apart.
            yield Markup("<style{}>{}</style>").format(media, Markup(text.replace("<", "\\3c ")))


def _linked(element: lxml.html.HtmlElement, url: str, base: str | None, style_sheets: Mapping[str, str]) -> str:
    relations = (element.get("rel") or "").lower().split()
    if not url or not style_sheets or "stylesheet" not in relations or "alternate" in relations:
        return ""
    return style_sheets.get(resolved(resolved(url, base) if base else url, element.get("href") or ""), "")


def _written(body: lxml.html.HtmlElement) -> Iterator[Markup]:
    """The pieces of what is in an element, without recursion."""
    written = 0
    stack: list[tuple[lxml.html.HtmlElement, bool]] = [(body, False)]
    closing: list[str] = []
    while stack:
        element, leaving = stack.pop()
        if leaving:
            tag = closing.pop()
            yield Markup("</{}>").format(tag) if tag and tag not in _EMPTY else Markup("")
        elif not isinstance(element.tag, str) or element.tag in _DROPPED:
            tag = None
        else:
            tag = _tag_of(element, len(closing)) if element is not body else ""
            closing.append(tag)
            yield Markup("<{}{}>").format(tag, _attributes(element)) if tag else Markup("")
            yield _alternative(element)
            yield escape(element.text or "")
            written += len(element.text or "") + 50
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
            if written > _MOST_CHARACTERS:
                return
            continue
        if element is not body:
            yield escape(element.tail or "")
            written += len(element.tail or "")


def _tag_of(element: lxml.html.HtmlElement, depth: int) -> str:
    if depth > _DEEPEST or not _NAME.fullmatch(element.tag):
        return ""
    if element.tag == "img":
        return "img" if _PICTURE.fullmatch(element.get("src") or "") else "span"
    if element.tag == "form":
        return "div"
    return "span" if element.tag in _AS_SPAN else element.tag


def _attributes(element: lxml.html.HtmlElement) -> Markup:
    kept = [(name, value) for name, value in element.attrib.items() if name in _KEPT or name in _TABLE]
    if element.tag == "img" and _PICTURE.fullmatch(element.get("src") or ""):
        kept += [("src", element.get("src") or ""), ("alt", element.get("alt") or "")]
    elif element.tag == "a" and element.get("href") and "title" not in element.attrib:
        kept.append(("title", element.get("href") or ""))
    return Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in kept)


def _alternative(element: lxml.html.HtmlElement) -> Markup:
    """What a picture that is not in the page is called."""
    if element.tag != "img" or _PICTURE.fullmatch(element.get("src") or ""):
        return Markup("")
    told = " ".join((element.get("alt") or "").split())
    return escape(f"[picture: {told}]") if told else Markup("")
