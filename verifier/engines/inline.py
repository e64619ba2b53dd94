"""An engine without threads or processes: one thing after the other, in the caller's thread."""

from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path

from verifier.deadlines import no_deadline
from verifier.engines.base import BatchWork, ReadDocument
from verifier.errors import DocumentError
from verifier.model import HostBatch, LinkCheck


class InlineEngine:
    """Runs everything where it is called."""

    def read_documents(self, paths: Iterable[Path], stop: Callable[[], bool] = no_deadline) -> Iterator[ReadDocument]:
        """Read each PDF in turn."""
        from verifier.documents import read_document

        for path in paths:
            if stop():
                return
            try:
                yield ReadDocument(path, read_document(path))
            except DocumentError as error:
                yield ReadDocument(path, None, str(error))

    def check(self, batches: Iterable[HostBatch], work: BatchWork) -> Generator[LinkCheck, None, None]:
        """Run each batch in turn; the checks of a batch come when it is done."""
        for batch in batches:
            done: list[LinkCheck] = []

            def keep(check: LinkCheck, done: list[LinkCheck] = done) -> bool:
                done.append(check)
                return True

            work(batch, keep)
            yield from done
