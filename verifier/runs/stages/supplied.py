"""A source that an editor supplies because no program may read it: archived as such, and compared at once."""

from datetime import timedelta

from db.records import AddressStatus
from db.store import Store
from verifier.engines import InlineEngine, SourceReaders
from verifier.errors import DocumentError, SettingsError
from verifier.model import LinkStatus, SourceText
from verifier.reports.labels import counted
from verifier.resolver import Supplied, WarcArchive, readable_text, supplied_check
from verifier.runs.context import Observer, Work, utc_now, web_session
from verifier.runs.lock import only_run, open_existing_store
from verifier.runs.stages.compare import compare_documents
from verifier.runs.stages.links import conclude_addresses
from verifier.runs.stages.recheck import citing_documents
from verifier.settings import MementoSettings, Settings

_REPLACEABLE = (LinkStatus.BLOCKED, LinkStatus.OK, LinkStatus.MOVED, LinkStatus.REFUSED)
"""Statuses whose source may be supplied. Of an address that seems dead every check counts, and this would be one."""


def supply(settings: Settings, url: str, payload: bytes, media_type: str, by: str, observer: Observer) -> str:
    """Keep what a person gave as the content of an address, hold against it what cites the address, and say what came.

    The judgement of the link stays as it was: the address itself was not asked. That it is blocked is no longer to be
    looked at. It counts for the latest run, so that
    the last night's report stays the last.

    Raises SettingsError when the address is not one whose source may be supplied or nothing can be read in the
    payload, StoreBusyError while a run is going on, ArchiveError and StoreError.
    """
    with only_run(settings), open_existing_store(settings) as store:
        status = _status(store, url)
        run = store.runs.latest()
        if run is None:
            raise SettingsError(f"{url}: nothing was ever checked here; run Verifier first")
        text = _text(payload, media_type, url)
        if text is None:
            raise SettingsError("No text can be read in it; give a page, a PDF with a text layer, or plain text.")
        now = utc_now()
        with WarcArchive(settings.archive_folder) as archive:
            supplied = Supplied(url, payload, media_type, by, now)
            check = supplied_check(supplied, status.judgement, archive.write_supplied(supplied), text)
        store.links.record_check(run.id, check, now + timedelta(days=settings.schedule.live_days))
        offline = settings.model_copy(update={"memento": MementoSettings(archives=())})
        documents = citing_documents(store, url)
        with web_session(offline, stop=lambda: True) as closed:
            work = Work(offline, store, InlineEngine(), observer, run, closed)
            conclude_addresses(work, [url])
            compare_documents(work, documents)
        return f"Archived and compared: {counted(len(documents), 'document')} that cite it."


def _text(payload: bytes, media_type: str, url: str) -> SourceText | None:
    """What can be read in it, in a limited process: what a person was handed may be as hostile as any page."""
    charset = "utf-8" if media_type == "text/plain" else None
    try:
        with SourceReaders(processes=1) as read:
            return readable_text(payload, media_type, charset, url, read=read)
    except DocumentError as error:
        raise SettingsError(
            f"It cannot be read: {error}; give a page, a PDF with a text layer, or plain text."
        ) from None


def _status(store: Store, url: str) -> AddressStatus:
    status = store.links.statuses([url]).get(url)
    if status is None or status.status not in _REPLACEABLE:
        said = "was not checked yet" if status is None else f"is {status.status.value}"
        raise SettingsError(f"The link {said}: only a source that a program may not read can be supplied.")
    return status
