"""Taking back an upload: its file goes, its findings close, and what was known of it is kept."""

from pathlib import Path

from verifier.errors import SettingsError
from verifier.runs.context import utc_now
from verifier.runs.lock import only_run, open_existing_store
from verifier.settings import Settings


def withdraw(settings: Settings, file: Path, by: str) -> str:
    """Withdraw an uploaded document, and say what was done. Where the same bytes lie elsewhere too, it goes on there.

    The copy of its edition in `documents/` stays, as that of every edition does.

    Raises SettingsError when the file is no upload or nothing is known of it, StoreBusyError while a run is going on,
    OSError when the file cannot be removed, StoreError.
    """
    if file.parent != settings.uploads_folder.absolute():
        raise SettingsError(f"{file.name}: only an upload can be withdrawn; take other documents out of their folder")
    with only_run(settings), open_existing_store(settings) as store:
        # The file first: a run that finds it would bring the document back.
        file.unlink(missing_ok=True)
        if not store.documents.withdraw(str(file.parent), file.name, by, utc_now()):
            raise SettingsError(f"{file.name}: is withdrawn already")
        store.findings.close_uncited(utc_now())
    return f"{file.name} was withdrawn; its findings are closed."
