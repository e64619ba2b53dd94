"""A PDF with what an author is told of it: a summary on its first page, and a comment at each finding."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from verifier.model import Extraction
from verifier.parser.page.open import open_pdf
from verifier.pdfium import PDFIUM
from verifier.reports.contents import ReportedFinding
from verifier.reports.markup.annotated import annotate, is_signed
from verifier.reports.markup.comments import Comment, comments_on

_SIGNED = "The original is digitally signed; the signature does not hold for this copy."


@dataclass(frozen=True, slots=True)
class CommentedPdf:
    """The bytes of a copy, and whether its original is signed."""

    content: bytes
    was_signed: bool


def comment_pdf(
    file: Path, extraction: Extraction, findings: Sequence[ReportedFinding], summary: Comment, made: datetime
) -> CommentedPdf:
    """A copy of a PDF with comments. Raises DocumentError where it cannot be read or copied."""
    with PDFIUM:
        opened = open_pdf(file, "")
        try:
            signed = is_signed(opened.source)
            first = replace(summary, text=f"{summary.text}\n{_SIGNED}") if signed else summary
            comments = [first, *comments_on(opened.document, extraction, findings)]
            return CommentedPdf(annotate(opened.source, comments, made), signed)
        finally:
            opened.document.close()
