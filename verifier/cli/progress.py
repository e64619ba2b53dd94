"""Progress on standard error while long work runs; silent where that is not a terminal."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from verifier.characters import printable


class TerminalProgress:
    """Bars for the stages of a run: documents read, addresses checked, documents compared, findings."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bars = Progress(
            TextColumn("{task.description:<22}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}"),
            console=console,
            transient=True,
            disable=not console.is_terminal or not sys.stderr.isatty(),
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def stage(self, name: str, total: int) -> None:
        """A stage begins, with so many things to do."""
        self._tasks[name] = self._bars.add_task(name, total=total, note="")

    def step(self, name: str, note: str = "") -> None:
        """One thing of a stage is done; `note` says what, or what was found."""
        self._bars.update(self._tasks[name], advance=1, note=printable(note))
