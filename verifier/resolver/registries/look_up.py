"""Asking a registry for one record: fetched, judged and archived as any address is, and nothing besides is asked.

A registry's host is not probed: what an unknown record is answered with is no sign of anything, and a request costs it
as much as a look-up.
"""

from dataclasses import replace

from verifier.errors import DocumentError
from verifier.model import LinkCheck
from verifier.resolver.check import answered_check, read_text
from verifier.resolver.judge.judgement import judge_seen
from verifier.resolver.judge.seen import see
from verifier.resolver.registries.registry import Registry
from verifier.resolver.session import WebSession
from verifier.resolver.text.document_text import ReadPayload


def look_up(address: str, registry: Registry, session: WebSession, read: ReadPayload) -> LinkCheck:
    """The check of a record's address; its text carries the work that the record describes, if it does.

    `read` reads the body. Raises ArchiveError when the archive cannot be written, and LimitReached as the session does.
    """
    fetched = session.fetch(address)
    snapshots = session.archive.write(fetched) if session.archive is not None else ()
    judgement = judge_seen(see(fetched.fetch, read), None)
    check = read_text(answered_check(fetched.fetch, judgement, snapshots), read)
    if check.text is None:
        return check
    try:
        works = read.records(fetched.fetch.body, registry.name)
    except DocumentError as error:
        return replace(check, text=None, text_failure=str(error))
    return replace(check, text=replace(check.text, work=next(iter(works), None)))
