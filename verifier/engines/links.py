"""A list of addresses, judged: each once, host by host, answered in the order of the list."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace

from verifier.engines.base import BatchWork, Emit
from verifier.engines.local import LocalEngine
from verifier.engines.source_reader import SourceReaders
from verifier.model import HostBatch, Judgement, LinkCheck
from verifier.resolver import (
    ArchiveStore,
    HostAsksToWait,
    ReadPayload,
    WebSession,
    address_of,
    fragment_of,
    host_of,
    isolated,
    judge_address,
    not_asked,
    without_body,
)
from verifier.settings import Settings

_READERS = "verifier.engines.page_reader"


def check_links(
    urls: Sequence[str], settings: Settings | None = None, archive: ArchiveStore | None = None
) -> Iterator[tuple[str, Judgement]]:
    """Judge addresses: yields (url as given, judgement) in the order given,
    each as soon as it and all before it are known.

    Fragments are not sent; one that the page does not have is noted in the judgement. An address that is given twice is
    asked once. With an archive every response is kept.

    An address whose host asks, by its answer to another, to be left alone for longer than we wait is not asked:
    unreachable, without a status of its own.

    Raises ArchiveError when the archive cannot be written; LimitReached when the archive is full.
    """
    settings = settings or Settings()
    addresses = [address_of(url) for url in urls]
    cited: dict[str, list[str]] = {}
    for url, address in zip(urls, addresses, strict=True):
        cited.setdefault(address, []).extend(filter(None, [fragment_of(url)]))
    judged: dict[str, Judgement] = {}
    with WebSession(settings, archive) as session, SourceReaders(module=_READERS) as read:
        checks = LocalEngine(settings.fetch.workers).check(_batches(addresses), _work(session, read, cited))
        with closing(checks):
            for url, address in zip(urls, addresses, strict=True):
                while address not in judged:
                    check = next(checks)
                    judged[check.address] = check.judgement
                yield url, _of_fragment(judged[address], fragment_of(url))


def _of_fragment(judgement: Judgement, fragment: str) -> Judgement:
    """The judgement as it is of one of the fragments that were asked about."""
    if not judgement.missing_fragments:
        return judgement
    return replace(judgement, missing_fragments=tuple(f for f in judgement.missing_fragments if f == fragment))


def _batches(addresses: Sequence[str]) -> list[HostBatch]:
    by_host: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        by_host.setdefault(host_of(address), []).append(address)
    return [
        HostBatch(host, tuple(of_host[start : start + HostBatch.MOST]))
        for host, of_host in by_host.items()
        for start in range(0, len(of_host), HostBatch.MOST)
    ]


def _work(session: WebSession, read: ReadPayload, cited: Mapping[str, Sequence[str]]) -> BatchWork:
    def work(batch: HostBatch, emit: Emit) -> None:
        for address in batch.addresses:

            def judge(address: str = address) -> LinkCheck:
                return judge_address(address, session, read, cited[address])

            try:
                check = isolated(address, judge)
            except HostAsksToWait as error:
                check = not_asked(address, str(error))
            if not emit(without_body(check)):
                return

    return work
