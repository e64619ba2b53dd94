"""The authors that a document of any format names."""

from pathlib import Path

from verifier.errors import DocumentError
from verifier.parser.authorship.front_matter import markdown_authors
from verifier.parser.authorship.latex import latex_authors
from verifier.parser.authorship.page import epub_authors, html_authors
from verifier.parser.authorship.properties import opendocument_authors, pdf_authors, word_authors
from verifier.parser.drafts.charset import decoded
from verifier.parser.drafts.formats import Format, format_of
from verifier.parser.drafts.package import Package
from verifier.parser.drafts.parts import draft_files
from verifier.parser.page.structure import DAMAGE

_MOST_BYTES = 32 * 1024**2
_OF_TEXT = {Format.MARKDOWN: markdown_authors, Format.LATEX: latex_authors, Format.HTML: html_authors}


def authors_of(file: Path) -> tuple[str, ...]:
    """Who wrote a document, as it says itself: people and bodies, each once; empty where it names none.

    Names of programs, accounts and placeholders are none. Raises DocumentError where it cannot be read.
    """
    try:
        kind = format_of(file)
        if kind is Format.PDF:
            return pdf_authors(file)
        if kind is Format.WORD:
            return word_authors(file)
        if kind is Format.OPENDOCUMENT:
            return opendocument_authors(file)
        if kind is Format.EPUB:
            with Package(file) as package:
                return epub_authors(package)
        return _OF_TEXT[kind](decoded(draft_files(file).main(_MOST_BYTES)).replace("\r\n", "\n").replace("\r", "\n"))
    except (*DAMAGE, OSError) as error:
        raise DocumentError(f"{file}: its author cannot be read ({error})") from error
