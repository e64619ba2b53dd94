"""Archived copies of an address in public web archives, over Memento (RFC 7089).

A TimeGate is asked for the copy nearest to a date; where it offers one that will not do, its TimeMap (the list of all
copies) is read. Which copy: the rule of Wikimedia's InternetArchiveBot, the nearest *before* the date that was
archived with the status 200, 203 or 206, else the nearest after it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from verifier.model import ArchivedCopy, Fetch, Hop, LinkStatus, Outcome
from verifier.resolver.archive.surt import surt
from verifier.resolver.http.public_names import is_public_name
from verifier.resolver.http.rate_limit import HostAsksToWait
from verifier.resolver.judge.judgement import judge
from verifier.resolver.memento.link_format import Link, read_links
from verifier.resolver.session import WebSession
from verifier.resolver.sources.urls import Address, split_address

WHOLE_STATUSES = frozenset({200, 203, 206})
"""Statuses under which a copy holds the page."""

MOST_PAGES = 5
"""Pages of one TimeMap that are read."""

MOST_COPIES = 4
"""Copies of one address that are looked at in one archive before it is given up."""

_STAMP = re.compile(r"/(\d{14})(?:mp_)?/(?=https?:)")
_LED_ON = (301, 302, 303, 307, 308)
_NOT_HERE = (404, 403, 451)  # the archive has no copy, or does not show it


class ArchiveUnavailable(Exception):  # noqa: N818 - says what is the case, and goes no further than this module
    """An archive did not answer, or not in Memento's words."""


class CopyNotShown(Exception):  # noqa: N818 - as above
    """An archive answered and has a copy, which it did not show: that says nothing of its other copies."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """What was learned: the copy to offer, if any, how many archives answered, and those that could not be asked."""

    copy: ArchivedCopy | None
    answered: int = 0
    unavailable: tuple[str, ...] = ()

    @property
    def is_final(self) -> bool:
        """Whether asking again at once could bring nothing else."""
        return self.copy is not None or (self.answered > 0 and not self.unavailable)


@dataclass(frozen=True, slots=True)
class _AcceptDatetime:
    """Asks a TimeGate, through whatever redirects, for the copy nearest to a time (RFC 7089, section 2.1.1)."""

    when: datetime

    def headers_for(self, url: str) -> tuple[tuple[str, str], ...]:
        return (("Accept-Datetime", format_datetime(self.when.astimezone(UTC), usegmt=True)),)


class CopyFinder:
    """Looks for archived copies. `archives` are TimeGates, asked in order: the address is appended to each.

    Addresses of our own (hosts that the `[hosts]` map leads elsewhere, names and numbers that no public archive can
    know) are given only to archives of our own. An archive that did not answer once is added to `silent` and not asked
    again; one that did not show a copy is asked for others.
    """

    def __init__(self, archives: Sequence[str], session: WebSession, silent: set[str] | None = None) -> None:
        self._archives = archives
        self._session = session
        self._silent = set() if silent is None else silent

    def find(self, address: str, before: datetime) -> LookUp:
        """The copy of `address` nearest before a time, else the nearest after."""
        after: list[ArchivedCopy] = []
        missed: list[str] = []
        answered = 0
        for archive in self._archives_for(address):
            if archive in self._silent:
                missed.append(archive)
                continue
            try:
                copy = _Search(self._session, archive, address, before).nearest()
            except (ArchiveUnavailable, HostAsksToWait):
                self._silent.add(archive)
                missed.append(archive)
                continue
            except CopyNotShown:
                missed.append(archive)
                continue
            answered += 1
            if copy is not None and copy.captured_at <= before:
                return LookUp(copy, answered, tuple(missed))
            if copy is not None:
                after.append(copy)
        return LookUp(min(after, key=lambda copy: copy.captured_at, default=None), answered, tuple(missed))

    def _archives_for(self, address: str) -> Iterator[str]:
        """The archives that may hear of this address."""
        parsed = split_address(address)
        if not isinstance(parsed, Address) or parsed.userinfo is not None:
            return
        ours = self._is_ours(parsed)
        for archive in self._archives:
            gate = split_address(archive)
            if isinstance(gate, Address) and (not ours or self._is_ours(gate)):
                yield archive

    def _is_ours(self, address: Address) -> bool:
        mapped = self._session.guard.is_mapped(address.host, address.port)
        return mapped or not is_public_name(address.host)


class _Search:
    """The search for one address in one archive."""

    def __init__(self, session: WebSession, archive: str, address: str, before: datetime) -> None:
        self._session = session
        self._archive = archive
        self._address = address
        self._before = before
        self._looked_at: set[str] = set()
        self._not_shown = False

    def nearest(self) -> ArchivedCopy | None:
        """The copy to offer, None where the archive has none that will do.

        Raises ArchiveUnavailable, HostAsksToWait, and CopyNotShown where another one that was not shown might do.
        """
        asked = self._session.fetch(self._archive + self._address, _AcceptDatetime(self._before)).fetch
        if not _is_answer(asked) and not _was_led_on(asked):
            status = asked.final.http_status if asked.final is not None else None
            raise ArchiveUnavailable(f"{self._archive}: {asked.outcome} {status or ''}")
        offered = self._copy(asked)
        if offered is not None and offered.captured_at <= self._before:
            return offered
        best = self._from_list(asked, offered) or offered
        if best is None and self._not_shown:
            raise CopyNotShown(self._archive)
        return best

    def _from_list(self, asked: Fetch, offered: ArchivedCopy | None) -> ArchivedCopy | None:
        """The nearest copy of the archive's list that will do."""
        for url in self._by_nearness(self._listed(asked))[:MOST_COPIES]:
            if offered is not None and url == offered.url:
                return offered
            if url not in self._looked_at:
                copy = self._shown_copy(url)
                if copy is not None:
                    return copy
        return None

    def _shown_copy(self, url: str) -> ArchivedCopy | None:
        try:
            return self._copy(self._session.fetch(url).fetch)
        except HostAsksToWait:
            self._not_shown = True
            return None

    def _copy(self, fetch: Fetch) -> ArchivedCopy | None:
        """The copy that a fetch led to; None where it led to none, or to one that does not hold the page."""
        hop = next((hop for hop in fetch.hops if hop.header("Memento-Datetime") is not None), None)
        if hop is None:
            self._not_shown = self._not_shown or not _is_answer(fetch)
            self._looked_at.update(hop.url for hop in fetch.hops)
            return None
        captured_at = _http_time(hop.header("Memento-Datetime") or "")
        url = _own_address(hop, captured_at)
        self._looked_at.update({hop.url, url})
        if hop.http_status not in WHOLE_STATUSES or captured_at is None or not self._is_of_address(hop):
            return None
        if fetch.outcome is not Outcome.RESPONSE or hop is not fetch.final or not self._holds_the_page(fetch, hop):
            return None
        return ArchivedCopy(url, captured_at)

    def _is_of_address(self, hop: Hop) -> bool:
        originals = [link.url for link in _links(hop) if "original" in link.relations]
        return not originals or surt(self._address) in map(surt, originals)

    def _holds_the_page(self, fetch: Fetch, hop: Hop) -> bool:
        """Whether the copy reads as a page that was there: archives keep soft 404s and log-in pages too."""
        as_served = replace(fetch, address=self._address, hops=(replace(hop, url=self._address),))
        return judge(as_served, None).status in (LinkStatus.OK, LinkStatus.MOVED)

    def _listed(self, asked: Fetch) -> list[tuple[datetime, str]]:
        """(time, address) of the copies that the archive lists, by its TimeMap.

        A list in pages names the others (RFC 7089, section 5.1.2): those nearest to the wanted date are read first.
        """
        copies: list[tuple[datetime, str]] = []
        waiting = [link for hop in reversed(asked.hops) for link in _links(hop) if "timemap" in link.relations][:1]
        read: set[str] = set()
        while waiting and len(read) < MOST_PAGES:
            page = min(waiting, key=self._distance)
            read.add(page.url)
            for link in self._page(page.url):
                when = _http_time(link.parameters.get("datetime", ""))
                if when is not None and "memento" in link.relations:
                    copies.append((when, link.url))
                elif "timemap" in link.relations:
                    waiting.append(link)
            waiting = [link for link in waiting if link.url not in read]
        return copies

    def _page(self, url: str) -> list[Link]:
        """The links of one page of a TimeMap; none where it is not served."""
        fetch = self._session.fetch(url).fetch
        if fetch.outcome is not Outcome.RESPONSE or fetch.final is None or fetch.final.http_status != 200:
            return []
        return list(read_links(fetch.body.decode("utf-8", "replace"), fetch.final.url))

    def _distance(self, page: Link) -> timedelta:
        """How far the copies of a page are from the wanted date; none where the page does not say which they are."""
        first = _http_time(page.parameters.get("from", ""))
        last = _http_time(page.parameters.get("until", ""))
        if first is not None and self._before < first:
            return first - self._before
        return self._before - last if last is not None and self._before > last else timedelta()

    def _by_nearness(self, listed: list[tuple[datetime, str]]) -> list[str]:
        """The nearest before the date first, backwards, then those after it, forwards."""
        before = sorted((entry for entry in listed if entry[0] <= self._before), reverse=True)
        after = sorted(entry for entry in listed if entry[0] > self._before)
        return [url for _, url in (*before[: MOST_COPIES - 1], *after)]


def as_archived(url: str) -> str:
    """The address of a copy without the archive's banner and rewritten links, where its archive has one.

    Wayback machines (the Internet Archive's, pywb, OpenWayback) take `id_` after the time stamp; any other address
    comes back as it is.
    """
    return _STAMP.sub(r"/\1id_/", url, count=1)


def _is_answer(fetch: Fetch) -> bool:
    """Whether a fetch ended with a word on the copy: one, none, or a page of the archive's own that says so."""
    final = fetch.final
    if fetch.outcome is not Outcome.RESPONSE or final is None:
        return False
    known = final.http_status in _NOT_HERE or final.http_status in WHOLE_STATUSES
    return known or any(hop.header("Memento-Datetime") is not None for hop in fetch.hops)


def _was_led_on(fetch: Fetch) -> bool:
    """Whether the TimeGate itself answered, and it was the copy it named that failed."""
    return bool(fetch.hops) and (fetch.hops[0].http_status or 0) in _LED_ON


def _own_address(hop: Hop, captured_at: datetime | None) -> str:
    """Where a copy stands for good: a TimeGate may hand it out under its own address (RFC 7089, section 4.2)."""
    for link in _links(hop):
        if "memento" in link.relations and _http_time(link.parameters.get("datetime", "")) == captured_at:
            return link.url
    return hop.url


def _links(hop: Hop) -> Iterator[Link]:
    for name, value in hop.headers:
        if name.lower() == "link":
            yield from read_links(value, hop.url)


def _http_time(value: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
