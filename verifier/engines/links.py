"""A list of addresses, judged: each once, host by host, answered in the order of the list."""

from collections.abc import Iterator, Sequence
from contextlib import closing

from verifier.engines.base import BatchWork, Emit
from verifier.engines.local import LocalEngine
from verifier.model import HostBatch, Judgement
from verifier.resolver import (
    AddressGuard,
    ArchiveStore,
    Fetcher,
    HostTurns,
    address_of,
    host_of,
    judge_address,
    without_body,
)
from verifier.settings import Settings


def check_links(
    urls: Sequence[str], settings: Settings | None = None, archive: ArchiveStore | None = None
) -> Iterator[tuple[str, Judgement]]:
    """Judge addresses: yields (url as given, judgement) in the order given,
    each as soon as it and all before it are known.

    Fragments are not sent; an address that stands twice is asked once. With an archive every response is kept.

    Raises ArchiveError when the archive cannot be written.
    """
    settings = settings or Settings()
    addresses = [address_of(url) for url in urls]
    judged: dict[str, Judgement] = {}
    guard = AddressGuard(settings.allow_private, settings.hosts)
    with Fetcher(settings.fetch, guard, HostTurns(settings.fetch.pause)) as fetcher:
        checks = LocalEngine(settings.fetch.workers).check(_batches(addresses), _work(fetcher, archive))
        with closing(checks):
            for url, address in zip(urls, addresses, strict=True):
                while address not in judged:
                    check = next(checks)
                    judged[check.address] = check.judgement
                yield url, judged[address]


def _batches(addresses: Sequence[str]) -> list[HostBatch]:
    by_host: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        by_host.setdefault(host_of(address), []).append(address)
    return [
        HostBatch(host, tuple(of_host[start : start + HostBatch.MOST]))
        for host, of_host in by_host.items()
        for start in range(0, len(of_host), HostBatch.MOST)
    ]


def _work(fetcher: Fetcher, archive: ArchiveStore | None) -> BatchWork:
    def work(batch: HostBatch, emit: Emit) -> None:
        for address in batch.addresses:
            if not emit(without_body(judge_address(address, fetcher, archive))):
                return

    return work
