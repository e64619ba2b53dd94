"""What kind of thing a response is: its media type, its stated charset, and whether it came whole."""

import re

from verifier.model import Hop

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
_HTML_START = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body|title|h1|p|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_GENERIC = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/download", "unknown/unknown"})


def media_type_of(hop: Hop, body: bytes) -> str:
    """The media type, lower case without parameters.

    What the server states holds, but for a missing or generic type and for HTML that is a PDF by its first bytes, or a
    "PDF" that is HTML: those are recognised by their content (MIME Sniffing standard, sections 5 and 7, cut down to
    this).
    """
    stated = (hop.header("Content-Type") or "").partition(";")[0].strip().lower()
    stated = stated if _MEDIA_TYPE.fullmatch(stated) else ""
    if body.lstrip()[:5] == b"%PDF-":
        return "application/pdf"
    if stated in _GENERIC or stated == "application/pdf":
        if _HTML_START.match(body[:1024]):
            return "text/html"
        if stated in ("", "unknown/unknown"):
            return "application/octet-stream" if b"\0" in body[:1024] else "text/plain"
    return stated


def charset_of(hop: Hop) -> str | None:
    """The charset that the header states, lower case."""
    match = _CHARSET.search(hop.header("Content-Type") or "")
    return match.group(1).lower() if match else None


def looks_finished(media_type: str, body: bytes) -> bool:
    """Whether a body that ended early has its own end mark, so that only its stated length was wrong."""
    if media_type == "application/pdf":
        return b"%%EOF" in body[-2048:]
    if "html" in media_type:
        return re.search(rb"</(?:html|body)\s*>", body[-2048:], re.IGNORECASE) is not None
    return False
