"""PDF or draft -> footnotes with their anchors and citations, and the links of the running text.

`extract` is the interface, `cited_work` tells which of a note's works a cross reference means; the libraries behind
them are loaded at the first call of `extract`.
"""

from pathlib import Path

from verifier.model import Contents, Extraction
from verifier.parser.citations.cross_references import cited_work
from verifier.parser.version import PARSER_VERSION

__all__ = ["PARSER_VERSION", "cited_work", "extract", "read"]


def extract(path: Path | str, *, password: str = "") -> Extraction:
    """Read a PDF or a draft: its footnotes, what they support and cite, and the links of its running text.

    Drafts are .docx, .odt, .html, .md, .tex and .epub; what a file is, its content says before its name does.
    `password` opens an encrypted PDF. What could not be read of a document that opens is said in
    `Extraction.warnings`.

    Raises DocumentError when the file is missing, is of none of these formats, has no pages, is encrypted with another
    password, or is damaged beyond reading.
    """
    return read(path, password=password)[0]


def read(path: Path | str, *, password: str = "") -> tuple[Extraction, Contents]:
    """As `extract`, with what the document says, for checks of the whole; of a draft no tables are read.

    Raises DocumentError as `extract` does.
    """
    from verifier.parser.drafts.formats import Format, format_of

    kind = format_of(Path(path))
    if kind is not Format.PDF:
        from verifier.parser.drafts.read import read_draft

        return read_draft(Path(path), kind)
    from verifier.parser.extraction import extract_document

    pdf = extract_document(Path(path), password=password)
    return pdf.extraction, pdf.contents
