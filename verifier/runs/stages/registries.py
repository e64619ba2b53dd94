"""Records of registries: asked for once a month for an identifier, archived and kept like any answer.

Only where the settings name a registry, and never for a document of a confidential folder. An answer that is no record
of the identifier (silence, an error, another work's record) says nothing, and is asked for again by the next run.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from db.records import CapturedText, StoredDocument
from verifier.engines import SourceReaders
from verifier.errors import LimitReached
from verifier.model import Extraction, LinkStatus
from verifier.parser import PARSER_VERSION
from verifier.reports.labels import counted
from verifier.resolver import Registry, identifier_keys, isolated, look_up, registries_named, without_body
from verifier.runs.confidential import confidential_collections
from verifier.runs.context import Work, utc_now
from verifier.runs.stages.recording import record

STAGE = "registries"

LOOK_AGAIN = timedelta(days=30)
"""After this long a record is asked for again: retractions come years after a work."""

MOST_LOOK_UPS = 200
"""Look-ups of a run: what is over waits for the next."""

_ANSWERED = (LinkStatus.OK, LinkStatus.MOVED, LinkStatus.BROKEN)


def read_records(work: Work, documents: Sequence[StoredDocument]) -> None:
    """Ask for the records of every identifier that the documents cite; what is known of them is in `work.records`."""
    asked = registries_named(work.settings.check.registries)
    if not asked:
        return
    keys = _keys(work, documents)
    pairs = [(key, registry, url) for key in keys for registry in asked if (url := registry.address_of(key))]
    known = work.store.links.statuses([url for _, _, url in pairs])
    now = utc_now()
    due = [
        (key, registry, url)
        for key, registry, url in pairs
        if url not in known or known[url].status not in _ANSWERED or now - known[url].fetched_at > LOOK_AGAIN
    ]
    _ask(work, due[:MOST_LOOK_UPS])
    texts = work.store.links.texts([url for _, _, url in pairs])
    found: dict[str, tuple[CapturedText, ...]] = {}
    for key, registry, url in pairs:
        captured = texts.get(url)
        if captured is not None and captured.text.work is not None and registry.is_of(key, captured.text.work):
            found[key] = (*found.get(key, ()), captured)
    work.records.update(found)


def _keys(work: Work, documents: Sequence[StoredDocument]) -> list[str]:
    """The identifiers that documents outside confidential folders cite, each once."""
    secret = confidential_collections(work.store, work.settings)
    keys: dict[str, None] = {}
    for document in documents:
        if not document.collections.isdisjoint(secret):
            continue
        extraction = work.store.documents.extraction(document.pdf_sha256, PARSER_VERSION)
        if isinstance(extraction, Extraction):
            citations = (citation for note in extraction.footnotes for citation in note.citations)
            keys.update(dict.fromkeys(key for citation in citations for key in identifier_keys(citation)))
    return list(keys)


def _ask(work: Work, due: Sequence[tuple[str, Registry, str]]) -> None:
    if not due:
        return
    work.observer.stage(STAGE, len(due))
    with SourceReaders(processes=1) as read:
        for number, (_, registry, url) in enumerate(due):
            try:
                check = isolated(url, partial(look_up, url, registry, work.session, read))
            except LimitReached:
                work.left.append(f"{counted(len(due) - number, 'record')} of registries not asked for")
                return
            record(work, without_body(check), None)
            work.observer.step(STAGE, registry.name)
