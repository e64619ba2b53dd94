"""The jobs that need a processor: an edition is read, a document compared. Each may be done again."""

from db.records import StoredDocument
from verifier.engines.reader import DocumentReader
from verifier.errors import ArchiveAwayError, ArchiveError, SettingsError
from verifier.model import RunPhase, edition_name
from verifier.parser import PARSER_VERSION
from verifier.reports.contents import FailedDocument
from verifier.runs.context import Work
from verifier.runs.queued.worker_run import WorkerRun, notes_of
from verifier.runs.stages.compare import compare_or_report
from verifier.runs.stages.extract import save_reading
from verifier.runs.stages.registries import read_records


def read_document(here: WorkerRun, sha256: str, parser_version: str, reader: DocumentReader) -> None:
    """Read an edition of a run, unless that is done. Raises SettingsError where another parser is asked for."""
    if parser_version != PARSER_VERSION:
        raise SettingsError(
            f"the run wants parser {parser_version}, this worker has {PARSER_VERSION}; upgrade Verifier on all machines"
        )
    runs = here.store.shared_runs
    ids = runs.documents_of_edition(here.run.id, sha256)
    documents = here.store.documents.current(ids)
    if not documents:
        return
    work = here.work()
    with runs.fence(here.run.id, RunPhase.READING):
        known = here.store.documents.known_extractions([sha256], PARSER_VERSION)
        if sha256 in known:
            reason = known[sha256]
        else:
            copy = work.editions.file(edition_name(sha256, documents[0].path))
            reason = save_reading(work, reader.read(copy))
        if reason is not None:
            work.failed += [FailedDocument(document.path, reason) for document in documents]
        runs.was_read(here.run.id, ids, notes_of(work))


def compare_document(here: WorkerRun, document_id: int) -> None:
    """Compare a document of a run, unless that is done."""
    runs = here.store.shared_runs
    if not runs.awaits_comparison(here.run.id, document_id):
        return
    work = here.work()
    documents = here.store.documents.current([document_id])
    with runs.fence(here.run.id, RunPhase.COMPARING):
        for document in documents:
            if _compared(work, document):
                here.store.comparisons.up_to_date([document_id], here.shared.basis, here.shared.last_fetch)
        runs.was_compared(here.run.id, document_id, notes_of(work))


def _compared(work: Work, document: StoredDocument) -> bool:
    """As `compare_or_report`; that the archive is damaged ends this comparison only, and is said of the run.

    Raises ArchiveAwayError where it does not answer: the comparison is made once it does.
    """
    try:
        read_records(work, [document])
        return compare_or_report(work, document)
    except ArchiveAwayError:
        raise
    except ArchiveError as error:
        work.report_failure(document.path, str(error))
        return False
