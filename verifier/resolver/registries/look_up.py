"""Asking a registry one thing: fetched, judged and archived as any address is, and nothing besides is asked.

A registry's host is not probed: what an unknown record is answered with is no sign of anything, and a request costs it
as much as a look-up.
"""

import hashlib
from dataclasses import replace

from verifier.errors import DocumentError
from verifier.model import DescribedWork, Fetch, LinkCheck, Nature, SourceText
from verifier.resolver.check import answered_check, read_text
from verifier.resolver.judge.judgement import judge_seen
from verifier.resolver.judge.seen import see
from verifier.resolver.registries.credentials import RegistryKey
from verifier.resolver.registries.registry import Registry
from verifier.resolver.session import WebSession
from verifier.resolver.sources.urls import host_of
from verifier.resolver.text.document_text import ReadPayload
from verifier.resolver.text.extract import TEXT_EXTRACTOR_VERSION

_LONGEST_TEXT = 20_000


def look_up(
    address: str, registry: Registry, session: WebSession, read: ReadPayload, key: RegistryKey | None = None
) -> LinkCheck:
    """The check of an address at a registry; its text carries what the registry describes, if it answered.

    `read` reads the body. Raises ArchiveError when the archive cannot be written, and LimitReached as the session does.
    """
    fetched = session.fetch(address, key)
    kept = fetched if key is None else key.withheld(fetched)
    snapshots = session.archive.write(kept) if session.archive is not None else ()
    judgement = judge_seen(see(fetched.fetch, read), None)
    check = read_text(answered_check(fetched.fetch, judgement, snapshots), read)
    if not _may_answer(fetched.fetch):
        return replace(check, text=None)
    try:
        described = read.record(fetched.fetch.body, registry.name)
    except DocumentError as error:
        return replace(check, text=None, text_failure=str(error))
    if described is None or not _goes_with(fetched.fetch, described):
        return replace(check, text=None)
    return replace(check, text=replace(check.text or _text(fetched.fetch), work=described), text_failure="")


def _may_answer(fetch: Fetch) -> bool:
    """Whether the registry itself may have said it: a whole answer, from its own host."""
    final = fetch.final
    return final is not None and not fetch.truncated and host_of(final.url) == host_of(fetch.address)


def _goes_with(fetch: Fetch, described: DescribedWork) -> bool:
    """Whether the status goes with what is said: 200, or a 404 that says in the registry's words what is not there."""
    status = fetch.final.http_status if fetch.final is not None else None
    says_none = described.nature is Nature.LIST and not described.listed
    return status == 200 or (status == 404 and says_none and bool(described.identifiers))


def _text(fetch: Fetch) -> SourceText:
    """The answer as it came, where nothing in it is there to be read."""
    return SourceText(
        payload_sha256=hashlib.sha256(fetch.body).hexdigest(),
        media_type=fetch.media_type or "application/json",
        extractor_version=TEXT_EXTRACTOR_VERSION,
        text=fetch.body.decode("utf-8", "replace")[:_LONGEST_TEXT],
    )
