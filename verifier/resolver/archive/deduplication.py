"""What of a fetch is kept already: the same bytes, or a page that says the same in other bytes.

Pages carry tokens that differ every night; keeping each of their bodies would fill a disk with nothing. What is relied
on is read back and proven first: an archive that lost a file gets its bodies anew.
"""

import hashlib
from dataclasses import replace

from verifier.errors import ArchiveAwayError, ArchiveError, DocumentError
from verifier.model import ArchivedResponse, DescribedWork, Hop, PriorFetches, SourceText
from verifier.resolver.archive.store import ArchivedPage, ArchiveStore, Sameness, Unchanged, payload_digest, status_of
from verifier.resolver.http.exchange import Exchange, Fetched
from verifier.resolver.http.media import charset_of, media_type_of
from verifier.resolver.text.document_text import ReadPayload
from verifier.resolver.text.extract import TEXT_EXTRACTOR_VERSION, readable_text


def unchanged_exchanges(
    fetched: Fetched, text: SourceText | None, prior: PriorFetches, archive: ArchiveStore, read: ReadPayload
) -> dict[int, Unchanged]:
    """The exchanges, by their index, whose bodies need not be kept again.

    Each has the address and status of an earlier response and either its bytes or, the last of them, its readable
    text: `text` is that of the fetch, where it was read. Truncated bodies and those of unknown coding are always new.
    """
    found = {}
    last = len(fetched.exchanges) - 1
    for index, exchange in enumerate(fetched.exchanges):
        if not exchange.body or exchange.truncated is not None or exchange.coding_kept:
            continue
        same = _same_payload(exchange, prior, archive)
        if same is None and index == last:
            same = _same_text(exchange, text, prior, archive, read)
        if same is not None:
            found[index] = same
    return found


def kept_page(place: ArchivedResponse, archive: ArchiveStore) -> ArchivedPage | None:
    """The archived response that a snapshot names; None where it is damaged, gone or another."""
    try:
        page = archive.read(place.warc_file, place.offset)
    except ArchiveAwayError:  # it might be the same: it is not kept twice because the bucket is away
        raise
    except ArchiveError:
        return None
    return page if (page.url, page.payload_sha256) == (place.url, place.payload_sha256) else None


def kept_text(url: str, prior: PriorFetches) -> ArchivedResponse | None:
    """The snapshot of an address whose payload the newest readable text was read from."""
    digest = None if prior.text is None else prior.text.payload_sha256
    return next((place for place in prior.snapshots if (place.url, place.payload_sha256) == (url, digest)), None)


def known_text(place: ArchivedResponse, prior: PriorFetches) -> SourceText | None:
    """The text of a snapshot's payload, if it is known as this version would read it."""
    known = prior.text
    if known is None or known.payload_sha256 != place.payload_sha256:
        return None
    return known if known.extractor_version == TEXT_EXTRACTOR_VERSION else None


def _same_payload(exchange: Exchange, prior: PriorFetches, archive: ArchiveStore) -> Unchanged | None:
    digest = payload_digest(exchange.body)
    for place in prior.snapshots:
        if (place.url, place.payload_sha256) == (exchange.url, digest):
            page = kept_page(place, archive)
            if page is not None and page.http_status == status_of(exchange):
                return Unchanged(Sameness.PAYLOAD, place, page.record_id, page.date)
    return None


def _same_text(
    exchange: Exchange,
    text: SourceText | None,
    prior: PriorFetches,
    archive: ArchiveStore,
    read: ReadPayload,
) -> Unchanged | None:
    """Only the newest capture of this address and status counts: a text that came back is a change."""
    now = text or _text_of(exchange.url, status_of(exchange), exchange.headers, exchange.body, read)
    if now is None:
        return None
    for place in prior.snapshots:
        if place.url != exchange.url:
            continue
        page = kept_page(place, archive)
        if page is None or page.http_status != status_of(exchange):
            continue
        before = known_text(place, prior) or _text_of(page.url, page.http_status, page.headers, page.payload, read)
        if before is None or _said(before) != _said(now):
            return None
        digest = hashlib.sha256(now.text.encode("utf-8", "replace")).hexdigest()
        return Unchanged(Sameness.TEXT, place, page.record_id, page.date, digest)
    return None


def _text_of(
    url: str, status: int | None, headers: tuple[tuple[str, str], ...], body: bytes, read: ReadPayload
) -> SourceText | None:
    """The text of a response; None also where it could not be read: then it is taken for new."""
    hop = Hop(url, status, headers)
    try:
        return readable_text(body, media_type_of(hop, body), charset_of(hop), url, headers, read)
    except DocumentError:
        return None


def _said(text: SourceText) -> tuple[str, str, str | None, DescribedWork | None]:
    """What counts of a text: its words, and how the page describes its work; not the start of its own text."""
    work = None if text.work is None else replace(text.work, opening="")
    return text.media_type, text.text, text.title, work
