"""What sources said near a document's date, from public web archives, where today's page gives another figure."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import partial

from db.records import CapturedText
from verifier.engines import SourceReaders
from verifier.errors import LimitReached
from verifier.model import ArchivedCopy, LinkCheck, LinkStatus
from verifier.reports.labels import counted
from verifier.resolver import (
    ReadPayload,
    as_archived,
    check_address,
    isolated,
)
from verifier.runs.context import Work
from verifier.runs.stages.archived_copies import copies_of
from verifier.runs.stages.recording import record


def known_captures(work: Work, urls: Collection[str], day: date) -> dict[str, CapturedText]:
    """The captures near a day that were fetched already, by the address that is cited."""
    known = work.store.archived_copies.known(list(urls))
    copies = {
        url: looked_up.copy
        for (url, before), looked_up in known.items()
        if before == day and looked_up.copy is not None and _is_near(work, looked_up.copy, day)
    }
    return _texts(work, copies)


def fetch_captures(work: Work, urls: Collection[str], day: date) -> dict[str, CapturedText]:
    """The captures of addresses near a day, looked up, fetched and archived; addresses without one are left out."""
    copies = {
        url: copy
        for url, copy in copies_of(work, dict.fromkeys(sorted(urls), day)).items()
        if _is_near(work, copy, day)
    }
    return read_copies(work, copies)


def read_copies(work: Work, copies: dict[str, ArchivedCopy]) -> dict[str, CapturedText]:
    """What archived copies say, by the address that they are of; read now where they were not before."""
    found = _texts(work, copies)
    missing = {url: copy for url, copy in copies.items() if url not in found}
    if not missing:
        return found
    with SourceReaders(processes=1, stop=work.time_is_up) as read:
        for number, copy in enumerate(missing.values()):
            try:
                _fetch(work, copy, read)
            except LimitReached:
                left = len(missing) - number
                work.left.append(f"{counted(left, 'archived copy', 'archived copies')} not read")
                break
    return found | _texts(work, missing)


def _fetch(work: Work, copy: ArchivedCopy, read: ReadPayload) -> None:
    """Record a copy's text under the copy's own address; nothing where it cannot be read."""
    for url in dict.fromkeys((as_archived(copy.url), copy.url)):
        check = isolated(url, partial(check_address, url, work.session, read=read))
        if _is_the_copy(check):
            record(work, replace(check, address=copy.url), None)
            return


def _is_the_copy(check: LinkCheck) -> bool:
    final = check.fetch.final
    served = check.judgement.status is LinkStatus.OK and check.text is not None
    return served and final is not None and final.header("Memento-Datetime") is not None


def _texts(work: Work, copies: dict[str, ArchivedCopy]) -> dict[str, CapturedText]:
    read = work.store.links.texts([copy.url for copy in copies.values()])
    return {
        url: replace(read[copy.url], url=url, fetched_at=copy.captured_at, copy_url=copy.url)
        for url, copy in copies.items()
        if copy.url in read
    }


def _is_near(work: Work, copy: ArchivedCopy, day: date) -> bool:
    return abs((copy.captured_at.date() - day).days) <= work.settings.check.near_days
