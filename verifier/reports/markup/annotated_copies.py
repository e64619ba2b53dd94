"""`--format pdf`: a commented copy of each PDF and Word file, for an editor to hand to its author."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Protocol

from db.records import StoredDocument
from db.store import Store
from verifier.errors import DocumentError
from verifier.model import Extraction, FindingKind, FindingState, Severity, edition_name, suffix_of
from verifier.objects.editions import Editions
from verifier.parser.drafts.formats import Format, format_of
from verifier.parser.drafts.word_comments import CommentedWord, WordComment
from verifier.reports.contents import CitationPlace, ReportedFinding, RunReport, coverage_sentences
from verifier.reports.gather import coverage_of
from verifier.reports.labels import counted
from verifier.reports.markup.commented_pdf import CommentedPdf
from verifier.reports.markup.comments import Comment, word_comments_on


class CommentWriter(Protocol):
    """Writes comments into copies of documents, in a process of its own; every verb raises DocumentError."""

    def comment_word(self, file: Path, comments: Sequence[WordComment], made: datetime) -> CommentedWord:
        """A copy of a Word file."""
        ...

    def comment_pdf(
        self,
        file: Path,
        extraction: Extraction,
        findings: Sequence[ReportedFinding],
        summary: Comment,
        made: datetime,
    ) -> CommentedPdf:
        """A copy of a PDF."""
        ...


_ANNOTATED = ".annotated"
_LONGEST_NAME = 230
"""Bytes of a copy's name: most systems take 255, and while it is written its name is longer."""

COMMENTED_SUFFIXES = (".pdf", ".docx", ".docm")
"""Endings of the documents that comments are written into."""


@dataclass(frozen=True, slots=True)
class CommentedCopy:
    """What became of one document: its copy, or (`content` None) why there is none. `findings` are those it tells."""

    document: StoredDocument
    findings: int
    content: bytes | None
    failure: str | None = None
    was_signed: bool = False


def commented_copies(
    store: Store,
    report: RunReport,
    documents: Sequence[StoredDocument],
    editions: Editions,
    made: datetime,
    writer: CommentWriter,
) -> Iterator[CommentedCopy]:
    """A commented copy of each of these documents, one at a time. Raises ArchiveError where editions are
    kept in a bucket that does not answer.

    The copy bears the findings of the report that are open, or accepted and to be corrected, a PDF on its first page
    what was checked too. The originals stay as they are.
    """
    by_document = told_findings(report)
    for document in documents:
        findings = by_document.get(document.id, ())
        try:
            file = editions.file(edition_name(document.pdf_sha256, document.path))
            yield _commented(store, document, findings, file, made, writer)
        except DocumentError as error:
            yield CommentedCopy(document, len(findings), None, str(error))


def told_findings(report: RunReport) -> dict[int, list[ReportedFinding]]:
    """What an author is told of a report, by the number of the document it touches, with the places in it alone.

    That is the findings that are open, and those that an editor accepted: they are to be corrected.
    """
    found: dict[int, list[ReportedFinding]] = defaultdict(list)
    accepted = [reported for reported in report.findings if reported.state is FindingState.ACCEPTED]
    for reported in (*report.open_accusations, *report.open_to_dos, *accepted):
        here: dict[int, list[CitationPlace]] = defaultdict(list)
        for place in reported.places:
            if place.document_id is not None:
                here[place.document_id].append(place)
        for document_id, places in here.items():
            found[document_id].append(replace(reported, places=tuple(places)))
    return dict(found)


def copy_name(document: StoredDocument) -> PurePosixPath:
    """Where in a folder the copy of a document goes: its own path, with `.annotated` in its name, never outside."""
    parts = [part for part in PurePosixPath(document.path.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    path = PurePosixPath(*parts) if parts else PurePosixPath("document.pdf")
    ending = f"{_ANNOTATED}{suffix_of(path.name)}"
    stem = path.stem.removesuffix(_ANNOTATED)
    while len(f"{stem}{ending}".encode("utf-8", "surrogateescape")) > _LONGEST_NAME:
        stem = stem[:-1]
    return path.with_name(f"{stem or 'document'}{ending}")


def _commented(
    store: Store,
    document: StoredDocument,
    findings: Sequence[ReportedFinding],
    file: Path,
    made: datetime,
    writer: CommentWriter,
) -> CommentedCopy:
    extraction = store.documents.newest_extraction(document.pdf_sha256, document.path)
    if extraction is None:
        raise DocumentError(f"{document.path}: {document.failure or 'was not read yet'}")
    if not file.is_file():
        raise DocumentError(f"{document.path}: its edition {file.name} is not in the data folder any more")
    kind = format_of(file)
    copy: CommentedPdf | CommentedWord
    if kind is Format.WORD:
        copy = writer.comment_word(file, word_comments_on(extraction, findings), made)
    elif kind is Format.PDF:
        copy = writer.comment_pdf(file, extraction, findings, _summary(store, document, findings), made)
    else:
        raise DocumentError(f"{document.path}: comments are written into PDFs and Word files only")
    return CommentedCopy(document, len(findings), copy.content, was_signed=copy.was_signed)


def _summary(store: Store, document: StoredDocument, findings: Sequence[ReportedFinding]) -> Comment:
    """The note on the first page: how much there is to look at, and plainly what was checked and what was not."""
    accusations = sum(reported.finding.kind is FindingKind.ACCUSATION for reported in findings)
    to_dos = len(findings) - accusations
    checked = coverage_sentences(coverage_of(store, [document]))[1:]
    return Comment(
        name="verifier-summary",
        title=f"Checked by Verifier: {counted(accusations, 'accusation')}, {counted(to_dos, 'to-do')}",
        text="\n".join(["What was checked", *checked, "What is not counted as checked was not checked."]),
        severity=Severity.LOW,
        page=1,
    )
