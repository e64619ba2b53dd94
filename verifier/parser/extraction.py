"""Put together what the parser's modules read of one PDF."""

import hashlib
from pathlib import Path

from verifier.errors import DocumentError
from verifier.model import Document, Extraction
from verifier.parser.version import PARSER_VERSION


def extract_document(path: Path, *, password: str) -> Extraction:
    """Read the PDF at `path`; see `verifier.parser.extract`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror}; check the path") from error
    document = Document(path=str(path), sha256=hashlib.sha256(content).hexdigest(), pages=0)
    return Extraction(document=document, parser_version=PARSER_VERSION)
