"""What is known of links broken by their content besides today's page: archived copies, and what was dismissed.

Both compare archived pages: today's as this run archived it with a copy of a public web archive, and with what an
editor saw who dismissed the finding.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from verifier.checker import wants_witness
from verifier.engines import SourceReaders
from verifier.errors import ArchiveAwayError, ArchiveError, DocumentError
from verifier.model import BY_CONTENT, Finding, FindingCode, PastCheck, SnapshotRef, Witness
from verifier.resolver import (
    ArchivedPage,
    Page,
    ReadPayload,
    archived_as_page,
    is_other_content,
    shows_the_same,
)
from verifier.runs.confidential import confidential_collections
from verifier.runs.context import Work, utc_now
from verifier.runs.stages.archived_copies import copies_of
from verifier.runs.stages.near_captures import read_copies

_WHY = "The page shows something else than when this was dismissed."
_ASKED_ANEW = frozenset({FindingCode.LINK_UNCONFIRMED, FindingCode.LINK_BROKEN})


def add_archived_witnesses(work: Work, history: Mapping[str, Sequence[PastCheck]]) -> bool:
    """Note of links that look missing, and have no other witness, that an archived copy holds another content.

    Returns whether any was found. A copy is good evidence: it was judged to hold a page when it was looked up.
    """
    wanting = [url for url, checks in history.items() if wants_witness(checks)]
    if not wanting:
        return False
    days = work.store.archived_copies.days(wanting, leave_out=confidential_collections(work.store, work.settings))
    copies = copies_of(work, days)
    statuses = work.store.links.statuses(sorted(copies))
    held = read_copies(work, copies)
    with SourceReaders(processes=1) as read:
        witnessed = [
            url
            for url, copy in held.items()
            if is_other_content(_page_at(work, statuses[url].snapshot, read), copy.text.text)
        ]
    work.store.links.add_witness(work.run.id, witnessed, Witness.ARCHIVED_COPY)
    return bool(witnessed)


def ask_again(work: Work, findings: Sequence[Finding]) -> None:
    """Open dismissed findings of broken links whose page shows something else than what was dismissed.

    Only such as were dismissed for what the page showed: a code or a name says the same whatever is shown.
    """
    now = utc_now()
    by_url = {finding.url: finding for finding in findings if finding.code in _ASKED_ANEW and finding.url}
    dismissed = work.store.findings.dismissed_links(sorted(by_url), now)
    if not dismissed:
        return
    with SourceReaders(processes=1) as read:
        changed = [by_url[url].fingerprint for url in dismissed if _is_new(work, url, dismissed[url], read)]
    work.store.findings.ask_again(work.run.id, changed, _WHY, now)


def _is_new(work: Work, url: str, decided_at: Sequence[datetime], read: ReadPayload) -> bool:
    """Whether what an address shows by now is none of what was dismissed of it."""
    seen = work.store.links.snapshots_before(url, decided_at)
    status = work.store.links.statuses([url])[url]
    if not any(reason in BY_CONTENT for reason, _ in seen):
        return False
    if status.judgement.reason not in BY_CONTENT:
        return status.judgement.reason not in {reason for reason, _ in seen}
    page = _page_at(work, status.snapshot, read)
    before = [_page_at(work, place, read) for _, place in seen]
    return page is not None and None not in before and not any(shows_the_same(page, other, url) for other in before)


def _page_at(work: Work, place: SnapshotRef | None, read: ReadPayload) -> Page | None:
    """The archived page at a place; None where nothing was archived there, or it cannot be read."""
    archived = _archived(work, place)
    try:
        return None if archived is None else archived_as_page(archived, read)
    except DocumentError:
        return None


def _archived(work: Work, place: SnapshotRef | None) -> ArchivedPage | None:
    archive = work.session.archive
    if place is None or archive is None:
        return None
    try:
        return archive.read(place.warc_file, place.offset)
    except ArchiveAwayError:  # what it holds would be evidence: nothing is concluded without it
        raise
    except ArchiveError:
        return None
