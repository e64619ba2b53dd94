"""The seam: one reader a format, which turns a file into a draft."""

from collections.abc import Callable
from pathlib import Path

from verifier.errors import DocumentError
from verifier.model import Contents, Extraction, PlacedText
from verifier.parser.drafts.assemble import assemble
from verifier.parser.drafts.formats import Format
from verifier.parser.drafts.lists import draft_lists
from verifier.parser.drafts.paragraphs import Draft
from verifier.parser.drafts.tables import draft_tables
from verifier.parser.page.open import digest

DraftReader = Callable[[Path], Draft]
"""Reads a file of one format. Raises DocumentError, with a message that begins with the path."""


def reader_of(format_: Format) -> DraftReader:
    """The reader of a format; each is loaded when first used."""
    match format_:
        case Format.WORD:
            from verifier.parser.drafts.word import read_word

            return read_word
        case Format.OPENDOCUMENT:
            from verifier.parser.drafts.opendocument import read_opendocument

            return read_opendocument
        case Format.HTML:
            from verifier.parser.drafts.html import read_html

            return read_html
        case Format.MARKDOWN:
            from verifier.parser.drafts.markdown import read_markdown

            return read_markdown
        case Format.LATEX:
            from verifier.parser.drafts.latex import read_latex

            return read_latex
        case Format.EPUB:
            from verifier.parser.drafts.epub import read_epub

            return read_epub
        case Format.PDF:
            raise ValueError("a PDF is no draft")


def extract_draft(path: Path, format_: Format) -> Extraction:
    """Read a draft. Raises DocumentError where it cannot be read."""
    return read_draft(path, format_)[0]


def read_draft(path: Path, format_: Format) -> tuple[Extraction, Contents]:
    """Read a draft, and what its running text and its tables say. Raises DocumentError as above."""
    sha256 = digest(path)
    try:
        draft = reader_of(format_)(path)
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror or error})") from error
    extraction = assemble(str(path), sha256, draft)
    paragraphs = [paragraph.text for paragraph in draft.paragraphs if not paragraph.whole]
    contents = Contents(
        body=PlacedText("\n".join(paragraph.replace("\n", " ") for paragraph in paragraphs)),
        notes=tuple(PlacedText(note.text) for note in extraction.footnotes),
        tables=draft_tables(draft.paragraphs),
        unmarked_lists=tuple(draft_lists(draft.paragraphs)),
        line_starts=tuple(paragraph.text for paragraph in draft.paragraphs if paragraph.cell is None),
    )
    return extraction, contents
