"""Fragments: whether the part of a page that a citation points at is there. A part that is not is noted, no more.

Many fragments name no part of what is served: routes of applications (`#/route`, `#!`), their state (`#tab=2`), lines
and comments that scripts put in later. Of those nothing is said, nor of any part of a page whose scripts may name them.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

import lxml.etree
import lxml.html

from verifier.resolver.text.charsets import decode_text
from verifier.resolver.text.markup import html_tree

_DIRECTIVE = ":~:"  # URL Fragment Text Directives (WICG draft), section 3.3
_PAGE = re.compile(r"(?:.*&)?page=(\d{1,6})(?:[&,].*)?", re.IGNORECASE)  # RFC 8118, section 3
_STATE = re.compile(
    r"[/!?]|readme(?:-ov-file)?$|.*[=&;{]|L\d+|.*(?:comment|reply|respond|disqus)", re.IGNORECASE | re.DOTALL
)
# Elements of running text: one that has a name shows that the page's maker, and not its scripts, names its parts.
_NAMING = frozenset({"a", "dd", "dt", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "p", "section", "sup"})
_TOP = frozenset({"", "top"})  # HTML standard, 7.4.6.4 "Scrolling to a fragment"
_PREFIX = "user-content-"  # before every id that a sanitiser lets through; the sites' scripts go there all the same
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00ad": None})


def page_asked_for(fragment: str) -> int | None:
    """The page of a PDF that a fragment asks for."""
    found = _PAGE.fullmatch(fragment)
    return int(found[1]) if found else None


def missing_in_pdf(pages: int, fragments: Sequence[str]) -> tuple[str, ...]:
    """The fragments that ask for a page beyond the last."""
    return tuple(fragment for fragment in fragments if (page_asked_for(fragment) or 0) > pages > 0)


def missing_in_html(body: bytes, charset: str | None, fragments: Sequence[str]) -> tuple[str, ...]:
    """The fragments whose element or words are not in a page."""
    tree = html_tree(decode_text(body, charset))
    if tree is None:
        return ()
    page = _Parts(tree)
    return tuple(fragment for fragment in fragments if not page.has(fragment))


class _Parts:
    """The names and words of a page."""

    def __init__(self, tree: lxml.html.HtmlElement) -> None:
        self._tree = tree
        self._names: set[str] = set()
        names_parts = False
        for element in tree.iter(lxml.etree.Element):
            name = element.get("id") or (element.get("name") if element.tag == "a" else None)
            if name:
                self._names.add(name)
                names_parts = names_parts or element.tag in _NAMING
        self._tells = names_parts or next(tree.iter("script"), None) is None
        self._words = ""

    def has(self, fragment: str) -> bool:
        """Whether what a fragment points at is there, or may be."""
        name, directive, directives = fragment.partition(_DIRECTIVE)
        return self._has_element(name) and (not directive or self._has_words(directives))

    def _has_element(self, name: str) -> bool:
        if not self._tells or name.lower() in _TOP or _STATE.match(name):
            return True
        decoded = unquote(name)
        return any(one in self._names for one in (name, decoded, _PREFIX + decoded))

    def _has_words(self, directives: str) -> bool:
        wanted = [one[len("text=") :] for one in directives.split("&") if one.startswith("text=")]
        return all(self._says(one) for one in wanted)

    def _says(self, directive: str) -> bool:
        """Whether the page has `[prefix-,]start[,end][,-suffix]`, its parts in this order; spaces do not count."""
        self._words = self._words or _squeezed("".join(_texts(self._tree)))
        place = 0
        for part in directive.split(","):
            bare = part.removesuffix("-") if part is not directive else part
            words = _squeezed(unquote(bare.removeprefix("-") if bare.startswith("-") else bare))
            place = self._words.find(words, place)
            if place < 0:
                return False
            place += len(words)
        return True


def _texts(tree: lxml.html.HtmlElement) -> Iterator[str]:
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in ("script", "style", "template"):
            yield element.text or ""
        yield element.tail or ""


def _squeezed(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    return "".join(folded.split())
