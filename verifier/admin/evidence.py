"""Whether the archive holds what the store relies on."""

from collections.abc import Iterable, Iterator

from db.referenced_files import NamedSnapshot, ReferencedFiles
from db.sessions import file_of, parsed
from verifier.resolver import ArchiveProblem, ArchiveReport


def named_responses(store_url: str) -> list[NamedSnapshot]:
    """The responses that the store relies on; none where there is no store yet.

    Read before the archive is checked: what a run adds meanwhile is then no difference.

    Raises StoreError when the store cannot be read.
    """
    file = file_of(parsed(store_url))
    if file is not None and not file.is_file():
        return []
    with ReferencedFiles(store_url) as referenced:
        return [] if referenced.revision()[0] is None else list(referenced.snapshots())


def missing_responses(named: Iterable[NamedSnapshot], report: ArchiveReport) -> Iterator[ArchiveProblem]:
    """Those that a check of the archive did not prove."""
    proven = set(report.responses)
    for one in named:
        if (one.warc_file, one.offset, one.payload_sha256) not in proven:
            yield ArchiveProblem(one.warc_file, one.offset, "the store names a response that is not there")
