"""An archived page with the look that it brings itself: its own style sheets, in a frame that can ask for nothing.

The page is written anew from a list of elements and attributes, as `sanitised` does, but keeps classes, ids and styles.
Scripts, forms, addresses, and pictures that are not in the page itself stay out; what style sheets would load is
forbidden by the frame's policy, which names no host. So a page looks as its own bytes say, without what it took from
elsewhere.
"""

import re
from collections.abc import Iterator

import lxml.html
from markupsafe import Markup, escape

from verifier.resolver.text.charsets import decode_text
from verifier.review.evidence.page_tree import parsed_page

LOOK_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""The Content-Security-Policy of such a page: styles and pictures that are in it, and no request."""

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


def looks(page: bytes, *, charset: str | None = None) -> Markup:
    """An archived HTML page as a whole document for a sandboxed frame, under `LOOK_POLICY`."""
    root = parsed_page(decode_text(page, charset))
    if root is None:
        return Markup("<!doctype html><title>Archived source</title><p>This page has no text.</p>")
    body = next(root.iter("body"), root)
    styles = "\n".join(style.text or "" for style in root.iter("style"))
    return Markup(
        '<!doctype html>\n<html{html}>\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>Archived source</title>\n<style>{styles}</style>\n</head>\n"
        "<body{attributes}>\n{body}\n</body>\n</html>\n"
    ).format(
        html=_attributes(root) if root is not body else Markup(""),
        policy=LOOK_POLICY,
        # In a style sheet nothing is escaped: what could end it is taken apart.
        styles=Markup(styles.replace("<", "\\3c ")),
        attributes=_attributes(body),
        body=Markup("").join(_written(body)),
    )


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
