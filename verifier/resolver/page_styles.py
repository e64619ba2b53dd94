"""The style sheets of a page, kept with it where the operator says so: an editor sees how the page looked.

They are places of the page's fetch beside those of its hops, under numbers below zero: the place with the highest
number is still the page's own. Each is asked for once in a run, and not again for a page whose earlier fetch has them;
robots.txt is heeded, since nobody cites a style sheet.
"""

from dataclasses import replace

from verifier.errors import LimitReached
from verifier.model import ArchivedResponse, Fetch, LinkCheck, LinkStatus, Outcome, PriorFetches
from verifier.resolver.archive.store import ArchiveStore
from verifier.resolver.archive.style_sheets import named_style_sheets
from verifier.resolver.session import AddressSession

LARGEST = 1_000_000
"""Bytes of a style sheet that is kept; a site's usual one has a fifth of it."""


def with_style_sheets(check: LinkCheck, session: AddressSession, prior: PriorFetches | None) -> LinkCheck:
    """The check with the places of the page's style sheets; as it is where none are to be kept.

    Raises ArchiveError when the archive cannot be written.
    """
    archive, fetch = session.archive, check.fetch
    if not session.most_style_sheets or archive is None or not check.snapshots or not _is_page(check):
        return check
    assert fetch.final is not None
    named = named_style_sheets(fetch.body, fetch.final.url, session.most_style_sheets)
    before = {place.url: place for place in prior.snapshots if place.hop < 0} if prior is not None else {}
    kept = (before.get(address) or _kept(address, session, archive) for address in named)
    places = [
        replace(place, hop=-1 - number, url=address)
        for number, (address, place) in enumerate(zip(named, kept, strict=True))
        if place is not None
    ]
    return replace(check, snapshots=(*check.snapshots, *places))


def _is_page(check: LinkCheck) -> bool:
    fetch = check.fetch
    is_live = check.judgement.status in (LinkStatus.OK, LinkStatus.MOVED)
    return is_live and "html" in fetch.media_type and bool(fetch.body) and fetch.final is not None


def _kept(address: str, session: AddressSession, archive: ArchiveStore) -> ArchivedResponse | None:
    """Where a style sheet is, asked for now if it was not in this run; None where it cannot be had."""
    if session.budget.left <= 0 or session.quota_met:
        return None
    try:
        return session.style_sheets.of(address, lambda: _asked(address, session, archive))
    except LimitReached:  # the host asks to be left alone: the page is checked, and has no look
        return None


def _asked(address: str, session: AddressSession, archive: ArchiveStore) -> ArchivedResponse | None:
    if not session.may_crawl(address):
        return None
    fetched = session.probe(address)
    written = archive.write(fetched) if _is_style_sheet(fetched.fetch) else ()
    return written[-1] if written else None


def _is_style_sheet(fetch: Fetch) -> bool:
    is_served = fetch.outcome is Outcome.RESPONSE and fetch.final is not None and fetch.final.http_status == 200
    return is_served and fetch.media_type == "text/css" and not fetch.truncated and len(fetch.body) <= LARGEST
