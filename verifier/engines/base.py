"""The seam between the work and where it runs."""

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from verifier.deadlines import no_deadline
from verifier.model import Extraction, HostBatch, LinkCheck

Emit = Callable[[LinkCheck], bool]
"""Hands one check to whoever asked; False says that nobody wants more, and the batch should end."""

BatchWork = Callable[[HostBatch, Emit], None]
"""Checks the addresses of a batch in order and emits each."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What became of one PDF: an extraction, or the reason why there is none."""

    path: Path
    extraction: Extraction | None
    failure: str | None = None


class Engine(Protocol):
    """Runs documents and host batches somewhere."""

    def read_documents(self, paths: Iterable[Path], stop: Callable[[], bool] = no_deadline) -> Iterator[ReadDocument]:
        """Read PDFs, in any order; one that fails, hangs or kills its reader is reported as a failure.

        Once `stop` says that the run has to end, what is not read soon is left out.
        """
        ...

    def check(self, batches: Iterable[HostBatch], work: BatchWork) -> Generator[LinkCheck, None, None]:
        """Run host batches, several hosts at a time and the batches of one host in order; yield checks as they come.

        Closing the iterator ends the work after the fetches in flight.
        """
        ...
