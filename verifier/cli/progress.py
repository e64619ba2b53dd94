"""Progress on standard error while long work runs; silent where that is not a terminal."""

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from verifier.characters import printable

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class TerminalProgress:
    """Bars for the stages of a run: documents read, addresses checked, documents compared, findings."""

    def __init__(self) -> None:
        self._bars = _bars() if sys.stderr.isatty() else None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        if self._bars is not None:
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def stage(self, name: str, total: int) -> None:
        """A stage begins, with so many things to do."""
        if self._bars is not None:
            self._tasks[name] = self._bars.add_task(name, total=total, note="")

    def step(self, name: str, note: str = "") -> None:
        """One thing of a stage is done; `note` says what, or what was found."""
        if self._bars is not None:
            self._bars.update(self._tasks[name], advance=1, note=printable(note))


def _bars() -> "Progress":
    """rich is loaded only where its bars are seen: it takes longer than checking some addresses."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description:<22}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
