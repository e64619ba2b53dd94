"""One address checked now, because an editor asks: fetched, archived, judged and compared as in a night."""

from collections.abc import Sequence

from db.records import Run, StoredDocument
from db.store import Store
from verifier.engines import InlineEngine, SourceReaders
from verifier.errors import SettingsError
from verifier.model import HostBatch, LinkCheck, LinkStatus
from verifier.pipeline import check_host_batch
from verifier.reports.labels import STATUS_WORDS
from verifier.resolver import host_of
from verifier.runs.context import Observer, Work, web_session
from verifier.runs.lock import only_run, open_existing_store
from verifier.runs.stages.compare import compare_documents
from verifier.runs.stages.links import conclude_addresses, due_at
from verifier.runs.stages.recording import record
from verifier.runs.watched import unfetched_folders, watched_folders
from verifier.settings import Settings

STAGE = "sources"


def check_again(settings: Settings, url: str, observer: Observer) -> str:
    """Check an address that a document prints, conclude what all its checks amount to, and say what came.

    It counts for the latest run, so that the last night's report stays the last. The rule of three checks with days
    between holds: asking again and again brings nothing nearer to broken.

    Raises SettingsError when nobody prints the address or it may not be asked, StoreBusyError while a run is going
    on, ArchiveError and StoreError.
    """
    with only_run(settings), open_existing_store(settings) as store:
        run, documents = _asked(store, settings, url)
        with web_session(settings) as session, SourceReaders(processes=1) as read:
            work = Work(settings, store, InlineEngine(), observer, run, session)
            check = _check(work, read, url)
            if check is None:
                return "It was not checked: its host asks to be left alone for now, or the archive is full."
            conclude_addresses(work, [url])
            if check.judgement.status in (LinkStatus.OK, LinkStatus.MOVED):
                compare_documents(work, documents)
        return f"Checked just now: {STATUS_WORDS[check.judgement.status]}."


def _asked(store: Store, settings: Settings, url: str) -> tuple[Run, Sequence[StoredDocument]]:
    run = store.runs.latest()
    documents = citing_documents(store, url)
    if run is None or not documents:
        raise SettingsError(f"{url}: no document cites it any more")
    unfetched = unfetched_folders(watched_folders(settings.watch))
    if all(document.collections <= unfetched for document in documents):
        raise SettingsError("It is cited in confidential documents alone, whose sources are not asked for.")
    return run, documents


def _check(work: Work, read: SourceReaders, url: str) -> LinkCheck | None:
    """The check as it was recorded; None where the address was not asked."""
    made: list[LinkCheck] = []

    def keep(check: LinkCheck) -> bool:
        made.append(record(work, check, due_at(work, check)))
        work.observer.step(STAGE, check.host)
        return True

    work.observer.stage(STAGE, 1)
    links = work.store.links
    check_host_batch(
        HostBatch(host_of(url), (url,)), keep, work.session, links.prior_fetches, read, links.fragments([url])
    )
    return made[0] if made else None


def citing_documents(store: Store, url: str) -> Sequence[StoredDocument]:
    """The documents that cite an address now."""
    places = store.links.citing([url]).get(url, [])
    numbers = sorted({place.document_id for place in places if place.document_id is not None})
    return store.documents.current(numbers) if numbers else []
