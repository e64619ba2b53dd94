"""The end of a night: what nothing needs any more goes, so that a year of nights does not fill the disk."""

from dataclasses import dataclass

from db.store import Store
from verifier.settings import Settings


@dataclass(frozen=True, slots=True)
class TidyResult:
    """What went: fetches that were rolled up."""

    fetches: int


def tidy(store: Store, settings: Settings) -> TidyResult:
    """Roll up the fetches of the addresses that the latest run asked, as `retention` in the settings says.

    To be called while the data folder is held for the run, best before the run is finished: a run that is taken up
    again then tidies again, and nothing is left over. Idempotent. Raises StoreError.
    """
    run = store.runs.latest()
    return TidyResult(0 if run is None else store.retention.roll_up(run.id, settings.retention.fetches))
