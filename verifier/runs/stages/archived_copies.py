"""Archived copies, to cite in place of dead addresses: looked up once for an address and a day, and remembered."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from verifier.errors import LimitReached, is_of_one_unit
from verifier.model import ArchivedCopy, Replacement, ReplacementKind
from verifier.reports.labels import counted
from verifier.resolver import CopyFinder, host_of
from verifier.runs.confidential import confidential_collections
from verifier.runs.context import Work, utc_now
from verifier.runs.notify.log import Event, error_words, log_event

STAGE = "archived copies"

LOOK_AGAIN = timedelta(days=30)
"""After this long an address without a copy is looked up again: archives take in pages years later."""

MOST_LOOK_UPS = 200
"""Look-ups at a time: some ten minutes of one request a second; what is over waits for its address's next check."""


def replacements(work: Work, dead: Sequence[str]) -> dict[str, Replacement]:
    """The copies that may be cited in place of dead addresses, by address; an address without a copy is left out."""
    days = work.store.archived_copies.days(dead, leave_out=confidential_collections(work.store, work.settings))
    return {url: replacement(copy, days[url]) for url, copy in copies_of(work, days).items()}


def copies_of(work: Work, days: Mapping[str, date]) -> dict[str, ArchivedCopy]:
    """The copy of each address as of its day: as remembered, else looked up; an address without a copy is left out."""
    if not work.settings.memento.archives:
        return {}
    known = work.store.archived_copies.known(list(days))
    copies: dict[str, ArchivedCopy] = {}
    wanted: list[tuple[str, date]] = []
    for url, day in days.items():
        looked_up = known.get((url, day))
        if looked_up is not None and looked_up.copy is not None:
            copies[url] = looked_up.copy
        elif looked_up is None or utc_now() - looked_up.looked_up_at > LOOK_AGAIN:
            wanted.append((url, day))
    return copies | _look_up(work, wanted[:MOST_LOOK_UPS])


def replacement(copy: ArchivedCopy, day: date) -> Replacement:
    """A copy as it is offered for an address that was cited on a day."""
    return Replacement(
        ReplacementKind.ARCHIVED_COPY,
        copy.url,
        captured_at=copy.captured_at,
        is_late=copy.captured_at >= _end_of(day),
    )


def _look_up(work: Work, wanted: Sequence[tuple[str, date]]) -> dict[str, ArchivedCopy]:
    """Ask the archives; a copy that could not be looked for is looked for at the address's next check."""
    if not wanted:
        return {}
    found: dict[str, ArchivedCopy] = {}
    missed: dict[str, int] = {}
    work.observer.stage(STAGE, len(wanted))
    finder = CopyFinder(work.settings.memento.archives, work.session, work.silent_archives)
    for number, (url, day) in enumerate(wanted):
        try:
            answer = finder.find(url, _end_of(day))
        except LimitReached:
            left = len(wanted) - number
            work.left.append(f"{counted(left, 'archived copy', 'archived copies')} not looked up")
            break
        except Exception as error:
            if not is_of_one_unit(error):
                raise
            work.report_failure(url, error_words(error))
            continue
        for archive in answer.unavailable:
            missed[archive] = missed.get(archive, 0) + 1
        if answer.copy is not None:
            found[url] = answer.copy
        if not answer.is_final:
            work.copies_missed.add(url)
        else:
            work.store.archived_copies.record(url, day, answer.copy, utc_now())
        work.observer.step(STAGE, host_of(url))
    for archive, addresses in missed.items():
        log_event(Event.WEB_ARCHIVE_UNAVAILABLE, archive=archive, addresses=addresses)
    return found


def _end_of(day: date) -> datetime:
    """The moment that a day has passed: a copy of the day itself is what its author saw."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)
