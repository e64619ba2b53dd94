"""What HTML's elements are to a reader: blocks, headings, hidden parts, raised words."""

import re
from typing import Any

from verifier.parser.patterns import regex

IGNORED = frozenset(
    (
        "script", "style", "template", "noscript", "nav", "head", "svg", "math-annotation", "iframe", "object", "embed",
        "button", "select", "input", "textarea", "audio", "video", "canvas", "title", "meta", "link", "map", "datalist",
        "annotation", "annotation-xml", "rp", "rt",
    )
)  # fmt: skip
BLOCKS = frozenset(
    (
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre",
        "section", "article", "aside", "header", "footer", "main", "figure", "figcaption", "address", "hr", "form",
        "fieldset",
        "center", "details", "summary", "body", "html", "tr", "td", "th", "caption", "hgroup",
    )
)  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HIDDEN = regex(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_RAISED_STYLE = regex(r"vertical-align\s*:\s*super", re.I)
_UNPRINTED_CLASSES = frozenset(
    (
        "noprint",
        "mw-editsection",
        "inline-template",
        "headerlink",
        "mw-empty-elt",
    )
)


_UNSEEN = ("sr-only", "screen-reader-text", "visually-hidden", "visuallyhidden")
"""How classes end of what only screen readers say."""


def tag_of(element: Any) -> str:
    """An element's name in lower case without a namespace; nothing for comments."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def classes(element: Any) -> frozenset[str]:
    """An element's classes in lower case."""
    return frozenset((element.get("class") or "").lower().split())


def roles(element: Any) -> frozenset[str]:
    """What an element says that it is: ARIA's and EPUB's roles."""
    return frozenset(f"{element.get('role') or ''} {epub_type(element)}".lower().split())


def epub_type(element: Any) -> str:
    """The `epub:type` of an element, which parsers of HTML know under several names."""
    found = element.get("epub:type") or element.get("{http://www.idpf.org/2007/ops}type") or element.get("type")
    return str(found or "")


def is_hidden(element: Any) -> bool:
    """Whether what an element holds is not shown to a reader."""
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return True
    return any(one in _UNPRINTED_CLASSES or one.endswith(_UNSEEN) for one in classes(element))


def is_raised(element: Any) -> bool:
    """Whether an element's own words are set above the line."""
    while element is not None:
        tag = tag_of(element)
        if tag == "sup" or _RAISED_STYLE.search(element.get("style") or ""):
            return True
        if tag in BLOCKS:
            return False
        element = element.getparent()
    return False


def block_of(element: Any) -> Any:
    """The block that an element is in, itself included."""
    while element is not None and tag_of(element) not in BLOCKS:
        element = element.getparent()
    return element


def words_of(element: Any) -> str:
    """The words of an element, blanks joined."""
    return " ".join("".join(element.itertext()).split())
