"""Runs: begun, resumed, finished."""

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from db.records import Run
from db.sessions import Sessions, one_at_a_time
from db.tables import RunRow
from verifier.errors import StoreError
from verifier.model import Coverage, RunState


class Runs:
    """The verbs about runs."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def begin(self, kind: str, inputs: Sequence[str], now: datetime) -> Run:
        """Take up the unfinished run of the same kind and inputs, or begin one.

        Other unfinished runs are marked incomplete: nobody will take them up again.
        """
        with self._sessions.writing() as session:
            one_at_a_time(session, RunRow)
            unfinished = session.scalars(
                select(RunRow).where(RunRow.state == RunState.RUNNING).order_by(RunRow.id.desc())
            ).all()
            same = next((row for row in unfinished if row.kind == kind and row.inputs == list(inputs)), None)
            for row in unfinished:
                if row is not same:
                    row.state = RunState.INCOMPLETE
                    row.finished_at = now
            if same is not None:
                return run_of(same, resumed=True)
            begun = RunRow(
                kind=kind, inputs=list(inputs), state=RunState.RUNNING, started_at=now, coverage=counts_of(Coverage())
            )
            session.add(begun)
            session.flush()
            return run_of(begun)

    def finish(self, run_id: int, state: RunState, coverage: Coverage, now: datetime) -> Run:
        """Say how a run ended and what it covered. Raises StoreError when there is no such run."""
        with self._sessions.writing() as session:
            row = session.get(RunRow, run_id)
            if row is None:
                raise StoreError(f"there is no run {run_id} in the store")
            row.state = state
            row.coverage = counts_of(coverage)
            row.finished_at = now
            session.flush()
            return run_of(row)

    def latest(self) -> Run | None:
        """The run begun last, finished or not; None before the first."""
        with self._sessions.reading() as session:
            row = session.scalars(select(RunRow).order_by(RunRow.id.desc()).limit(1)).first()
            return None if row is None else run_of(row)


def run_of(row: RunRow, *, resumed: bool = False) -> Run:
    """The record of a row."""
    return Run(
        id=row.id,
        kind=row.kind,
        inputs=tuple(row.inputs),
        started_at=row.started_at,
        state=row.state,
        resumed=resumed,
        finished_at=row.finished_at,
        coverage=coverage_of(row.coverage),
    )


def counts_of(coverage: Coverage) -> dict[str, Any]:
    """A coverage as it is stored."""
    return dataclasses.asdict(coverage)


def coverage_of(counts: dict[str, Any]) -> Coverage:
    """A coverage as it was stored: a count that a later version added reads as 0, one it dropped is left out."""
    known = {field.name for field in dataclasses.fields(Coverage)}
    return Coverage(**{name: count for name, count in counts.items() if name in known})


def sum_of_counts(stored: Iterable[dict[str, Any]]) -> Coverage:
    """The sum of coverages as they were stored."""
    total: dict[str, int] = {}
    for counts in stored:
        for name, count in counts.items():
            total[name] = total.get(name, 0) + count
    return coverage_of(total)
