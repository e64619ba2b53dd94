"""The signs by which a web page's markers, notes and ways back are known."""

import re
from typing import Any

from verifier.parser.drafts.html_tree import BLOCKS, HEADINGS, block_of, classes, epub_type, roles, tag_of, words_of
from verifier.parser.patterns import regex

LABEL = regex(
    r"\d{1,6}|[ivxlcIVXLC]{1,7}|[a-zA-Z]{1,2}|[*∗⁎†‡§¶‖∥#]{1,4}|(?:note|notes?|nb|n|fn|a)\.?\s?\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}|[①-⑳]",
    re.I,
)
_ARROWS = regex(r"[\s↩↵↲↑^⏎⤴︎️]+")
REFERENCE_SIGN = regex(
    r"(?:foot|end|side)?note-?_?(?:ref|anchor|link|marker|referrer)|fn-?ref|^(?:foot|end)?note[_-]?ref|^fn$|^footnote$|^reference$"
    r"|sd(?:foot|end)noteanc|^easy-footnote|modern-footnotes|^cite_ref|^footref$|^_(?:ftn|edn)ref|simple-footnote",
    re.I,
)
_BACK_SIGN = regex(r"back-?(?:ref|link)|reversefootnote|footnote-?(?:back|return)|sd(?:foot|end)notesym|fn-?back", re.I)
NOTE_SIGN = regex(
    r"^(?:[\w-]*[_-])?(?:foot|end|side)?notes?(?:[_.:-]?(?:def|item|text|body|content|list)?[_.:-]?\w*)?$|^_?(?:fn|ftn|edn|en)[_.:-]?\w*$"
    r"|cite_note|^footdef$|^sd(?:foot|end)note|user-content-fn|footnotedef",
    re.I,
)
NOTE_ROLES = frozenset(
    (
        "doc-footnote",
        "doc-endnote",
        "doc-endnotes",
        "footnote",
        "endnote",
        "footnotes",
        "endnotes",
        "rearnote",
        "rearnotes",
        "note",
    )
)
REFERENCE_ROLES = frozenset(("doc-noteref", "noteref", "doc-biblioref", "biblioref"))
INLINE_NOTE = regex(
    r"^sidenote$|^(?:foot)?note[_-]*(?:tooltip|text|content|body)$|footnote[\w-]*(?:tooltip|__note)$|^tooltip$", re.I
)
WHOLE_PAGE = frozenset(("body", "main", "article", "html", "nav", "header"))
_HOLDERS = frozenset(("li", "div", "aside", "dd", "td", "tr"))
_MARKER_HOLDERS = frozenset(("sup", "span", "a", "small", "font", "strong", "b", "em", "i"))


def says(element: Any, sign: "re.Pattern[str]") -> bool:
    """Whether a link, or what is set around it for its sake, names itself so."""
    for _ in range(3):
        if element is None or tag_of(element) in BLOCKS:
            return False
        if any(
            sign.search(word)
            for word in (*classes(element), element.get("id") or "", element.get("name") or "")
            if word
        ):
            return True
        element = element.getparent()
    return False


def is_back_link(link: Any) -> bool:
    """Whether a link leads from a note back to its marker."""
    if "footref" in classes(link):  # Org gives its markers the role of the way back too
        return False
    if "doc-backlink" in roles(link) or "backlink" in epub_type(link) or link.get("data-footnote-backref") is not None:
        return True
    words = words_of(link)
    return (
        bool(words and _ARROWS.fullmatch(words))
        or any(_BACK_SIGN.search(word) for word in classes(link))
        or any("backlink" in word for one in list(link.iterancestors())[:2] for word in classes(one))
    )


def holds_heading(element: Any) -> bool:
    """Whether an element is a chapter: it begins with a heading."""
    first = next((one for one in element.iter() if one is not element and tag_of(one)), None)
    return first is not None and tag_of(first) in HEADINGS


def marker_element(link: Any, bare: str) -> Any:
    """The outermost element that holds nothing but the marker and its brackets."""
    element = link
    while True:
        parent = element.getparent()
        if parent is None or tag_of(parent) not in _MARKER_HOLDERS or words_of(parent).strip(" []()") != bare:
            return element
        if sum(1 for _ in parent.iter("a")) > 1:
            return element
        element = parent


def container_of(target: Any, holders: dict[Any, int]) -> list[Any]:
    """The elements that hold the note a target is in or is."""
    element = block_of(target)
    if element is None or tag_of(element) in WHOLE_PAGE:
        return []
    if tag_of(element) == "dt":
        following = next(iter(element.itersiblings("dd")), None)
        return [following] if following is not None else [element]
    if element is not target and holders.get(element, 0) > 1:
        return []
    while _opens_holder(element, holders):
        element = element.getparent()
    if tag_of(element) in ("td", "th"):
        row = element.getparent()
        return [row] if row is not None and tag_of(row) == "tr" and holders.get(row, 0) == 1 else [element]
    return [element]


def _opens_holder(element: Any, holders: dict[Any, int]) -> bool:
    """Whether an element's parent holds the same note, and nothing before the element."""
    parent = element.getparent()
    if parent is None or tag_of(parent) not in _HOLDERS or holders.get(parent, 0) != 1:
        return False
    first = next((one for one in parent if tag_of(one) and words_of(one)), None)
    named = tag_of(parent) in ("li", "tr", "aside") or _is_named(parent)
    return named and (first is element or tag_of(parent) == "tr")


def _is_named(element: Any) -> bool:
    words = (*classes(element), element.get("id") or "")
    style = (element.get("style") or "").replace(" ", "")
    if bool(roles(element) & NOTE_ROLES) or style.startswith(("mso-element:footnote", "mso-element:endnote")):
        return not style.endswith("-list")
    return any(NOTE_SIGN.search(word) for word in words if word)


def continued_in(paragraph: Any, firsts: set[Any]) -> list[Any]:
    """The paragraphs behind a note's first that come before the next note: none behind the last note."""
    own: list[Any] = []
    for following in paragraph.itersiblings():
        if following in firsts:
            return own
        if tag_of(following) not in ("p", "blockquote", "ul", "ol", "pre"):
            return []
        own.append(following)
    return []


def marker_before(element: Any) -> Any:
    """The marker that an inline note hangs on: the label, link or raised figure just before it."""
    before = element.getprevious()
    while before is not None and tag_of(before) in ("input", ""):
        if (before.tail or "").strip():
            return None
        before = before.getprevious()
    if before is None or (before.tail or "").strip():
        return None
    words = words_of(before).strip(" []()")
    if tag_of(before) == "label":
        return before if "sidenote-number" in classes(before) or LABEL.fullmatch(words) else None
    if tag_of(before) in ("sup", "a", "span", "button") and (
        LABEL.fullmatch(words) or (not words and says(before, REFERENCE_SIGN))
    ):
        return before
    return None
