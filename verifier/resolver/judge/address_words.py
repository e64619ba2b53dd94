"""The words of an address that name its page: whether they head the page, are in it, or are nowhere in it."""

import re
from urllib.parse import unquote

from verifier.resolver.judge.page import Page
from verifier.resolver.sources.urls import Address, split_address

_NAMING_WORDS = 2  # words in an address's last part that name its page
_LONG_NAME = 12  # characters of an address's last part that are in a text only where it repeats the address
_STEM = 5  # letters by which a word is known in another form
WORD = re.compile(r"[^\W\d_]{4,}")
COMMON = frozenset(
    {"html", "aspx", "index", "page", "article", "default", "view", "show", "node", "content", "item", "document"}
    | {"file", "record", "detail", "details", "entry", "seite", "artikel", "dokument"}
)
# Words that name what has become of a page rather than what it is about.
SAYS_ITSELF = frozenset(
    {"found", "missing", "removed", "deleted", "gone", "error", "expired", "unavailable", "withdrawn", "lost", "broken"}
    | {"link", "links", "dead", "empty", "soft", "search", "results", "invalid", "unknown", "retired", "moved"}
)


def words_of(address: str) -> frozenset[str]:
    """The words of an address's last part that may name its page."""
    parsed = split_address(address)
    if not isinstance(parsed, Address):
        return frozenset()
    last = next((part for part in reversed(unquote(parsed.path).split("/")) if part), "")
    return frozenset(word for word in WORD.findall(last.lower()) if word not in COMMON)


def is_named(page: Page, words: frozenset[str], address: str) -> bool:
    """Whether its title or a heading has a word of its address: then it is hardly a page for any address.

    The address itself, which failures repeat, is no name.
    """
    heads = " ".join((page.title, *(text for level, text in page.headings if level < 3)))
    return _has_any(without_address(heads, address), words)


def is_elsewhere(page: Page, words: frozenset[str]) -> bool:
    """Whether none of the words that name a page in its address is in the page."""
    if len(words) < _NAMING_WORDS:
        return False
    return not _has_any(f"{page.title} {page.text} {page.meta('description')}", words)


def path_of(address: str) -> str:
    """What is behind the host, lower case."""
    return address.partition("://")[2].partition("/")[2].lower()


def without_address(text: str, address: str) -> str:
    """A text without what it repeats of its address: the path, or its last part as written."""
    path = "/" + address.partition("://")[2].partition("/")[2]
    last = path.partition("?")[0].rstrip("/").rpartition("/")[2]
    written = {path, unquote(path), *((last,) if len(last) > _LONG_NAME else ())}
    for part in sorted(written - {"/"}, key=len, reverse=True):
        text = text.replace(part, "")
    return text


def _has_any(text: str, words: frozenset[str]) -> bool:
    shown = text.lower()
    return any(word[:_STEM] in shown for word in words)
