"""What the editors' desk keeps for itself: the queue's index, and who is looking at what."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, Member, RowId
from verifier.model import FindingCode, FindingState


class QueueRow(Base):
    """A finding as the queue sorts, filters and searches it: made anew whenever what it is made of changes.

    `rank` sorts accusations before to-dos, and by severity within each; `home_id` is the document that holds the
    finding, or the first that prints its address (0: none), `page` the page there (0: none). `standing` is what a
    person last decided, else the machine's state, until `standing_until`. `words` is what a search looks through,
    case folded. `assignee` is whose it is (None: nobody's), `asked_at` when the author was asked, where a query is the
    latest decision.
    """

    __tablename__ = "queue"
    __table_args__ = (
        Index("ix_queue_order", "standing", "rank", "home_id", "page", "finding_id"),
        Index("ix_queue_code", "standing", "code", "opened_run"),
        Index("ix_queue_host", "standing", "host"),
        Index("ix_queue_home", "home_id", "standing"),
        Index("ix_queue_new", "standing", "opened_run"),
        Index("ix_queue_until", "standing_until"),
        Index("ix_queue_assignee", "assignee", "standing"),
        Index("ix_queue_asked", "standing", "asked_at"),
    )

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), primary_key=True)
    standing: Mapped[FindingState] = mapped_column(Member(FindingState))
    standing_until: Mapped[datetime | None]
    rank: Mapped[int]
    home_id: Mapped[int] = mapped_column(RowId)
    page: Mapped[int]
    code: Mapped[FindingCode] = mapped_column(Member(FindingCode))
    host: Mapped[str]
    opened_run: Mapped[int] = mapped_column(RowId)
    words: Mapped[str]
    assignee: Mapped[str | None]
    asked_at: Mapped[datetime | None]


class PresenceRow(Base):
    """Who had a finding on the screen, and when last; told for some minutes only."""

    __tablename__ = "presence"
    __table_args__ = (Index("ix_presence_seen_at", "seen_at"),)

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), primary_key=True)
    reviewer: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]
