"""PDF -> footnotes with their anchors and citations, and the links of the running text.

`extract` is the interface, `cited_work` tells which of a note's works a cross reference means; the libraries behind
them are loaded at the first call of `extract`.
"""

from pathlib import Path

from verifier.model import Extraction
from verifier.parser.citations.cross_references import cited_work
from verifier.parser.version import PARSER_VERSION

__all__ = ["PARSER_VERSION", "cited_work", "extract"]


def extract(path: Path | str, *, password: str = "") -> Extraction:
    """Read a PDF: its footnotes, what they support and cite, and the links of its running text.

    `password` opens an encrypted file. What could not be read of a document that opens is said in
    `Extraction.warnings`.

    Raises DocumentError when the file is missing, is not a PDF, has no pages, is encrypted with another
    password, or is damaged beyond reading.
    """
    from verifier.parser.extraction import extract_document

    return extract_document(Path(path), password=password)
