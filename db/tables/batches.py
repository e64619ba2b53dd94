"""Decisions and assignments about many findings at once, with how far each is: they are made part by part."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, Member, RowId
from verifier.model import Decision, FindingState


class BatchRow(Base):
    """One batch: what is done to which findings, and what came of it so far.

    `decision` is null where the findings are given to `assignee`. `findings` are ranges of numbers, `[first, last]`,
    in order; `state` (null: any) and `seen` say which of them are decided (`db.review_batches.write_reviews`). Up to
    `done_to` all are dealt with: `made` of them, the numbers in `left_alone` not. From `undone_at` on nothing more is
    made, and what was is taken back up to `undone_to`: `undone` of them. `touched_at` is when a part was last written.
    """

    __tablename__ = "batch"
    __table_args__ = (UniqueConstraint("request_token"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    request_token: Mapped[str]
    reviewer: Mapped[str]
    decision: Mapped[Decision | None] = mapped_column(Member(Decision))
    assignee: Mapped[str | None]
    note: Mapped[str]
    right_value: Mapped[str | None]
    expires_at: Mapped[datetime | None]
    findings: Mapped[list[Any]]
    many: Mapped[int]
    state: Mapped[FindingState | None] = mapped_column(Member(FindingState))
    seen: Mapped[str | None]
    made_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    done_to: Mapped[int] = mapped_column(RowId)
    made: Mapped[int]
    left_alone: Mapped[list[Any]]
    finished_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None]
    undone_to: Mapped[int] = mapped_column(RowId)
    undone: Mapped[int]
    undo_finished_at: Mapped[datetime | None]
