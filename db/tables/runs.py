"""Runs: one night's work, or one command's."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, Member, RowId
from verifier.model import RunState


class RunRow(Base):
    """A run; `inputs` is the list of what it was asked to do, `coverage` the counts of a `Coverage`."""

    __tablename__ = "run"
    __table_args__ = (Index("ix_run_state", "state"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    kind: Mapped[str]
    inputs: Mapped[list[Any]]
    state: Mapped[RunState] = mapped_column(Member(RunState))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    coverage: Mapped[dict[str, Any]]
