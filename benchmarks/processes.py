"""What processes of this machine have used so far, by /proc: processor seconds and memory."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Used:
    """Processor seconds, and megabytes in memory now."""

    seconds: float = 0.0
    megabytes: float = 0.0


@dataclass(frozen=True, slots=True)
class _Process:
    parent: int
    used: Used


def used_by_tree(root: int) -> Used:
    """What a process and its descendants have used; of those that ended, their seconds."""
    found = _processes(with_ended=True)
    inside = {root}
    while True:
        more = {pid for pid, process in found.items() if process.parent in inside} - inside
        if not more:
            break
        inside |= more
    return _total(found[pid].used for pid in inside if pid in found)


@dataclass
class ServerUse:
    """What PostgreSQL's processes have used since this was made, of one database and of none; ended ones count.

    `own_pid` is the number of any of its backends on this machine.
    """

    own_pid: int
    database: str
    _seen: dict[int, float] = field(default_factory=dict)
    _began: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        processes = _processes(with_ended=False)
        self._server = processes[self.own_pid].parent if self.own_pid in processes else -1
        self._began = self._now()

    def seconds(self) -> float:
        """Processor seconds so far."""
        self._seen |= self._now()
        return sum(seconds - self._began.get(pid, 0.0) for pid, seconds in self._seen.items())

    def _now(self) -> dict[int, float]:
        found = _processes(with_ended=False)
        return {
            pid: process.used.seconds
            for pid, process in found.items()
            if process.parent == self._server and self._counts(pid)
        }

    def _counts(self, pid: int) -> bool:
        """Whether a backend is of our database, or one of the server's own (checkpointer, writers)."""
        title = _read(Path(f"/proc/{pid}/cmdline")) or ""
        return "127.0.0.1" not in title or f" {self.database} " in title


def _processes(with_ended: bool) -> dict[int, _Process]:
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            said = _read(folder / "stat")
            if said is not None:
                found[int(folder.name)] = _parsed(said, with_ended)
    return found


def _parsed(said: str, with_ended: bool) -> _Process:
    fields = said.rpartition(")")[2].split()
    ticks = sum(map(int, fields[11:15] if with_ended else fields[11:13]))
    return _Process(int(fields[1]), Used(ticks / _TICK, int(fields[21]) * _PAGE / 1e6))


def _total(many: Iterable[Used]) -> Used:
    every = list(many)
    return Used(sum(one.seconds for one in every), sum(one.megabytes for one in every))


def _read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended
        return None
