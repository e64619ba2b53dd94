"""Where a response sends us next."""

import re
from html import unescape
from urllib.parse import urljoin

from verifier.model import Hop
from verifier.resolver.sources.urls import address_of, quoted

PERMANENT = frozenset({301, 308})
TEMPORARY = frozenset({302, 303, 307})
MOST_REDIRECTS = 19  # browsers give up at the twentieth (Fetch standard, "HTTP-redirect fetch", step 6)

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def next_address(hop: Hop) -> str | None:
    """The address a redirect points to, without fragment; None where the response is the last one.

    A `Location` may be relative, and may hold raw UTF-8, which the header reader has handed to us as Latin-1.
    """
    if hop.http_status not in PERMANENT | TEMPORARY:
        return None
    location = (hop.header("Location") or "").strip()
    return resolved(hop.url, _as_utf8(location)) if location else None


def resolved(base: str, reference: str) -> str:
    """A reference as it is in a header or a page, made absolute, its percent-encoding as written."""
    if _ABSOLUTE.match(reference) and not reference.lower().startswith(("http:", "https:")):
        return address_of(reference)
    if re.match(r"https?://", reference, re.IGNORECASE):
        return address_of(reference)
    try:
        return address_of(urljoin(base, quoted(reference.replace("\\", "/"))))
    except ValueError:
        return reference


def _as_utf8(value: str) -> str:
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


_REFRESH = re.compile(
    rb"<meta\s[^>]*http-equiv\s*=\s*[\"']?refresh[\"']?[^>]*>",
    re.IGNORECASE,
)
_REFRESH_TO = re.compile(
    rb"content\s*=\s*(?P<quote>[\"']?)\s*(?P<delay>\d+)(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?(?P<url>[^\"'>\s]+|'[^']*'|\"[^\"]*\")",
    re.IGNORECASE,
)
_REFRESH_HEADER = re.compile(r"\s*(?P<delay>\d+)(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?(?P<url>\S+)", re.IGNORECASE)
_SCRIPT = re.compile(rb"<script\b[^>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"<title\b.*?</title\s*>|<style\b.*?</style\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_ASSIGNED = re.compile(
    rb"(?<![\w.])(?:(?:window|document|self|top)\.)*location(?:\.href)?\s*(?:=|\.(?:replace|assign)\()\s*"
    rb"(?P<quote>[\"'])(?P<url>[^\"'\s]+)(?P=quote)\s*\)?\s*(?:;|\}|$)"
)
_CONDITIONAL = re.compile(rb"\bif\b|\bcookie|\?|onclick|/lander\b|navigator|atob|eval", re.IGNORECASE)
_DOORWAY = 120  # bytes of text: "Redirecting, please wait"
_LONGEST_DELAY = 10  # seconds: a page that waits longer is meant to be read
_REFRESH_PAGE = 20_000  # bytes: a page with more than this is content that happens to refresh itself


def refreshed(hop: Hop, html: bytes) -> str | None:
    """The address that a page which is nothing but a doorway sends its reader to, by header or meta element."""
    stated = _REFRESH_HEADER.match(_as_utf8(hop.header("Refresh") or ""))
    if stated and int(stated["delay"][:6]) <= _LONGEST_DELAY:
        following = resolved(hop.url, stated["url"].strip("\"' "))
        return following if following != address_of(hop.url) else None
    return meta_refresh(hop.url, html) or _scripted(hop.url, html)


def _scripted(base: str, html: bytes) -> str | None:
    """The address to which the only script of a page without text sends its reader, whoever he is.

    A script that sets a cookie or asks a question is a gate, and a frame's or parking service's is no redirect.
    """
    if len(html) > _REFRESH_PAGE or not (scripts := _SCRIPT.findall(html)):
        return None
    code = b"\n".join(scripts)
    shown = _TAG.sub(b" ", _SCRIPT.sub(b" ", _without_noscript(html)))
    if len(b"".join(shown.split())) > _DOORWAY or _CONDITIONAL.search(code):
        return None
    targets = {found["url"] for found in _ASSIGNED.finditer(code)}
    if len(targets) != 1:
        return None
    reference = targets.pop().decode("utf-8", "replace").replace("\\/", "/")
    following = resolved(base, reference)
    return following if following != address_of(base) else None


def meta_refresh(base: str, html: bytes) -> str | None:
    """The address in a page's refresh element, as browsers follow it."""
    if len(html) > _REFRESH_PAGE:
        return None
    for tag in _REFRESH.finditer(_without_noscript(html)):
        found = _REFRESH_TO.search(tag.group())
        if found and int(found["delay"][:6]) <= _LONGEST_DELAY:
            reference = unescape(found["url"].strip(b"\"' ").decode("utf-8", "replace"))
            following = resolved(base, reference)
            return following if reference and following != address_of(base) else None
    return None


def _without_noscript(html: bytes) -> bytes:
    return re.sub(rb"<noscript\b.*?</noscript\s*>|<!--.*?-->", b"", html, flags=re.IGNORECASE | re.DOTALL)
