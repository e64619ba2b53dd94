"""The readable text of a payload, whatever its kind: what the checker compares figures with."""

import mimetypes
from pathlib import Path

from verifier.errors import DocumentError
from verifier.model import SourceText
from verifier.resolver.archive import payload_digest
from verifier.resolver.charsets import decode_text

TEXT_EXTRACTOR_VERSION = "1"
"""Raised when the text of the same bytes may come out differently: texts are keyed by it."""


def readable_text(
    body: bytes, media_type: str, charset: str | None, url: str, headers: tuple[tuple[str, str], ...] = ()
) -> SourceText | None:
    """The text of a payload, None for kinds that have none (pictures, archives) or cannot be read.

    `charset` is what the header stated; `url` is where the payload came from; `headers` are the response's.
    """
    return SourceText(payload_digest(body), media_type, TEXT_EXTRACTOR_VERSION, decode_text(body, charset))


def text_of_file(path: Path) -> str:
    """The readable text of a source kept as a file; its kind is told by its name.

    Raises DocumentError when the file cannot be read or has no text.
    """
    try:
        body = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror or error}; check source_path") from None
    media_type = mimetypes.guess_type(path.name)[0] or "text/plain"
    text = readable_text(body, media_type, None, path.as_uri() if path.is_absolute() else path.name)
    if text is None:
        raise DocumentError(f"{path}: no readable text in it; give a page, a PDF or plain text")
    return text.text
