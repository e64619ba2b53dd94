"""What the stages of a run share: where to work, who watches, when to stop, what went wrong so far."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Protocol

from db.records import CapturedText, Run, StoredDocument
from db.store import Store
from verifier.characters import printable
from verifier.deadlines import no_deadline
from verifier.engines import Engine
from verifier.model import RegistryAnswer
from verifier.objects.editions import Editions
from verifier.reports.contents import FailedDocument
from verifier.resolver import RateLimiter, WebSession, open_archive
from verifier.runs.notify.log import Event, log_event
from verifier.settings import Settings

_LONGEST_FAILURE = 500  # characters


class Observer(Protocol):
    """Someone who watches a run's progress."""

    def stage(self, name: str, total: int) -> None:
        """A stage begins, with so many things to do."""
        ...

    def step(self, name: str, note: str = "") -> None:
        """One thing of a stage is done."""
        ...


class NullObserver:
    """Nobody watches."""

    def stage(self, name: str, total: int) -> None:
        """Say nothing."""

    def step(self, name: str, note: str = "") -> None:
        """Say nothing."""


def utc_now() -> datetime:
    """The time, timezone-aware."""
    return datetime.now(UTC)


@contextmanager
def web_session(
    settings: Settings,
    stop: Callable[[], bool] = no_deadline,
    *,
    host_budget: int | None = None,
    limiter: RateLimiter | None = None,
) -> Iterator[WebSession]:
    """The one session of a run, which keeps what it is answered in the installation's archive.

    `host_budget` and `limiter` are others than the run's own, where several workers share it.
    """
    budget = settings.night.host_budget if host_budget is None else host_budget
    with (
        open_archive(settings) as archive,
        WebSession(settings, archive, stop, budget, limiter) as session,
    ):
        yield session


@dataclass
class Work:
    """One run at work; whatever it asks of the web passes by its `session`.

    `unfetched` are the collections whose sources are not asked for; `failed` and `left` gather what could not be done,
    for the report and the exit code; `notes` are sentences for the report alone. `silent_archives` are the public web
    archives that did not answer and are not asked again, `copies_missed` addresses whose copies could not all be seen.
    `failures` say which units failed for a reason of ours. `records` are what registries keep of cited identifiers,
    `answers` what they say of citations, by their words.
    `not_looked_at` are documents that may be where they were, but could not be looked at: what is known of them counts.
    """

    settings: Settings
    store: Store
    engine: Engine
    observer: Observer
    run: Run
    session: WebSession
    time_is_up: Callable[[], bool] = no_deadline
    unfetched: frozenset[str] = frozenset()
    not_looked_at: list[StoredDocument] = field(default_factory=list)
    failed: list[FailedDocument] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    silent_archives: set[str] = field(default_factory=set)
    copies_missed: set[str] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)
    records: dict[str, tuple[CapturedText, ...]] = field(default_factory=dict)
    answers: dict[str, tuple[RegistryAnswer, ...]] = field(default_factory=dict)

    @cached_property
    def editions(self) -> Editions:
        """The copies of the documents' editions."""
        return Editions(self.settings.documents_folder, self.settings.objects)

    def report_failure(self, unit: str, reason: str) -> None:
        """Our own work on one unit (an address, a document, a claim) failed; the run goes on and ends incomplete."""
        words = printable(f"{unit}: {reason}")[:_LONGEST_FAILURE]
        self.failures.append(words)
        log_event(Event.UNIT_FAILED, failure=words)
