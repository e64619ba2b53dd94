"""A run's first stage: which editions are on disk, and what the parser reads in the new ones."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from db.records import StoredDocument
from verifier.engines import ReadDocument
from verifier.errors import is_of_one_unit
from verifier.files import clear_drafts
from verifier.model import edition_name
from verifier.parser import PARSER_VERSION
from verifier.pipeline import cite_sources
from verifier.reports.contents import FailedDocument
from verifier.reports.labels import counted
from verifier.resolver import TemplateResolver
from verifier.runs.context import Work, utc_now
from verifier.runs.discovery import WatchedFile
from verifier.runs.editions import is_kept, is_kept_edition, keep_copy, keep_edition
from verifier.runs.notify.log import error_words

STAGE = "documents"


def read_documents(work: Work, watched: Sequence[WatchedFile]) -> list[StoredDocument]:
    """Record each file's edition; read the editions that this parser has not read yet."""
    work.observer.stage(STAGE, len(watched))
    documents = _editions(work, watched)
    known = work.store.documents.known_extractions([document.pdf_sha256 for document in documents], PARSER_VERSION)
    unread: dict[Path, list[StoredDocument]] = {}
    for document in documents:
        if document.pdf_sha256 not in known:
            copy = work.settings.documents_folder / edition_name(document.pdf_sha256, document.path)
            unread.setdefault(copy, []).append(document)
            continue
        failure = known[document.pdf_sha256]
        if failure is not None:
            work.failed.append(FailedDocument(document.path, failure))
        work.observer.step(STAGE, document.path)
    _read(work, unread)
    documents = list({document.id: document for document in documents}.values())
    new = [document.id for document in documents if document.compared_key is None]
    if new:
        work.store.documents.find_earlier_editions(new)
    return work.store.documents.current([document.id for document in documents])


def _editions(work: Work, watched: Sequence[WatchedFile]) -> list[StoredDocument]:
    """The edition that is at each file, told without reading a file that was not touched since it was kept."""
    folder = work.settings.documents_folder
    clear_drafts(folder)
    present_in = work.store.documents.present_in({str(file.collection) for file in watched})
    documents: list[StoredDocument] = []
    untouched: list[int] = []
    # Own places first: where a document and its copy have both changed, it is the document that has a new edition.
    for file in sorted(watched, key=lambda file: not _is_own_place(present_in, file)):
        document = present_in.get((str(file.collection), file.path))
        unchanged = is_kept if _is_upload(work, file) else is_kept_edition
        if document is not None and unchanged(file.file, folder, document.pdf_sha256):
            untouched.append(document.id)
        else:
            document = _record(work, file)
        if document is None:
            known = present_in.get((str(file.collection), file.path))
            work.not_looked_at += [known] if known is not None else []
            work.observer.step(STAGE, file.path)
        else:
            documents.append(document)
    work.store.documents.seen_again(untouched, utc_now())
    return documents


def _is_own_place(present_in: Mapping[tuple[str, str], StoredDocument], file: WatchedFile) -> bool:
    place = str(file.collection), file.path
    document = present_in.get(place)
    return document is not None and (document.collection, document.path) == place


def _is_upload(work: Work, file: WatchedFile) -> bool:
    """Whether people handed a document in: what lies beside it there is other people's."""
    return file.collection.resolve() == work.settings.uploads_folder.resolve()


def _record(work: Work, file: WatchedFile) -> StoredDocument | None:
    try:
        keep = keep_copy if _is_upload(work, file) else keep_edition
        digest = keep(file.file, work.settings.documents_folder)
    except OSError as error:
        work.failed.append(FailedDocument(file.path, f"cannot be read: {error.strerror or error}"))
        return None
    return work.store.documents.record_edition(str(file.collection), file.path, digest, utc_now())


def _read(work: Work, unread: dict[Path, list[StoredDocument]]) -> None:
    done = 0
    for read in work.engine.read_documents(unread, work.time_is_up):
        done += 1
        reason = _save(work, read)
        for document in unread[read.path]:
            if reason is not None:
                work.failed.append(FailedDocument(document.path, reason))
            work.observer.step(STAGE, document.path)
    if done < len(unread):
        work.left.append(f"{counted(len(unread) - done, 'document')} not read yet")


def _save(work: Work, read: ReadDocument) -> str | None:
    """Store a reading; returns why there is none."""
    if read.extraction is None:
        reason = (read.failure or "no reason was given").removeprefix(f"{read.path}: ")
        work.store.documents.save_failure(read.path.stem, PARSER_VERSION, reason, utc_now())
        return reason
    try:
        cited = cite_sources(read.extraction, TemplateResolver())
        work.store.documents.save_extraction(read.extraction, cited, utc_now())
    except Exception as error:
        if not is_of_one_unit(error):
            raise
        reason = f"our own work on it failed: {error_words(error)}"
        work.store.documents.save_failure(read.path.stem, PARSER_VERSION, reason, utc_now())
        return reason
    return None
