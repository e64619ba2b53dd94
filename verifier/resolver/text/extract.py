"""The readable text of a payload, whatever its kind: what the checker compares figures with."""

import mimetypes
from dataclasses import replace
from pathlib import Path

from verifier.errors import DocumentError
from verifier.model import SourceText
from verifier.resolver.archive.store import payload_digest
from verifier.resolver.text.charsets import decode_text
from verifier.resolver.text.dates import header_date, page_date
from verifier.resolver.text.document_text import ReadPayload, read_payload
from verifier.resolver.text.language import language_of
from verifier.resolver.text.readable import Readable

TEXT_EXTRACTOR_VERSION = "4"
"""Raised when the text of the same bytes may come out differently: texts are keyed by it."""

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_CSV = frozenset({"text/csv", "application/csv", "text/tab-separated-values"})
_SAYS_NOTHING = frozenset({"application/octet-stream", "application/zip", "application/force-download"})


def readable_text(
    body: bytes,
    media_type: str,
    charset: str | None,
    url: str,
    headers: tuple[tuple[str, str], ...] = (),
    read: ReadPayload = read_payload,
) -> SourceText | None:
    """The text of a payload, None for kinds that have none (pictures, archives) or that are damaged.

    `charset` is what the header stated; `url` is where the payload came from; `headers` are the response's. `read`
    reads the payload; raises DocumentError where it could not.
    """
    stated = mimetypes.guess_type(url.partition("?")[0])[0] if media_type in _SAYS_NOTHING else media_type
    kind = stated or media_type
    readable = read(body, kind, charset, url)
    if readable is None or not readable.text.strip():
        return None
    return SourceText(
        payload_sha256=payload_digest(body),
        media_type=media_type,
        extractor_version=TEXT_EXTRACTOR_VERSION,
        text=readable.text,
        title=readable.title or None,
        language=language_of(readable.text, readable.language),
        dated=header_date(headers) or readable.dated,
        work=readable.work,
    )


def text_of_file(path: Path, read: ReadPayload = read_payload) -> str:
    """The readable text of a source kept as a file; its kind is recognised by its name. `read` reads its bytes.

    Raises DocumentError when the file cannot be read or has no text.
    """
    try:
        body = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror or error}; check source_path") from None
    media_type = mimetypes.guess_type(path.name)[0] or "text/plain"
    try:
        text = readable_text(body, media_type, None, path.name, read=read)
    except DocumentError as error:
        raise DocumentError(f"{path}: {error}") from None
    if text is None:
        raise DocumentError(f"{path}: no readable text in it; give a page, a PDF or plain text")
    return text.text


def read_markup(body: bytes, media_type: str, charset: str | None, url: str) -> Readable | None:
    """The text of a page, a data file or plain text; None for other kinds and where there is none in it."""
    if media_type in _HTML:
        return _read_html(decode_text(body, charset), url)
    if media_type in _CSV or (media_type == "text/plain" and url.lower().endswith((".csv", ".tsv"))):
        from verifier.resolver.text.data_text import csv_text

        return Readable(csv_text(decode_text(body, charset)))
    if media_type == "application/json" or media_type.endswith("+json"):
        from verifier.resolver.text.data_text import json_text

        return Readable(json_text(decode_text(body, charset)))
    if media_type in ("application/xml", "text/xml") or media_type.endswith("+xml"):
        from verifier.resolver.text.data_text import xml_text

        return Readable(xml_text(body, decode_text(body, charset)))
    return Readable(decode_text(body, charset)) if media_type.startswith("text/") else None


def _read_html(source: str, url: str) -> Readable | None:
    from verifier.resolver.text.html_text import html_text
    from verifier.resolver.text.markup import html_tree
    from verifier.resolver.works.page import described_page

    tree = html_tree(source)
    if tree is None:
        return None
    title = next(tree.iter("title"), None)
    stated = (tree.get("lang") or "").strip()[:20]
    work = described_page(tree, url)
    return Readable(
        text=html_text(tree),
        title=" ".join(" ".join(map(str, title.itertext())).split()) if title is not None else "",
        language=stated,
        dated=page_date(tree),
        work=replace(work, language=language_of(work.opening, stated)),
    )
