"""What the editors' desk keeps for itself: the queue's index, and who is looking at what."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, Member, RowId
from verifier.model import FindingCode, FindingState


class QueueRow(Base):
    """A finding as the queue sorts, filters and searches it: made anew whenever what it is made of changes.

    `rank` sorts accusations before to-dos, and by severity within each; `home_id` is the document that holds the
    finding, or the first that prints its address (0: none), `page` the page there (0: none) and `note` the place of its
    note among the document's (0: none). `review_state` is what a person last decided, else the machine's state,
    until `expires_at`; `reviewer` is who, empty where it is the machine's. `words` is what a search looks through
    (`db.queue_search`), which has an index of its own in each back end. `assignee` is whose it is (None: nobody's),
    `asked_at` when the author was asked, where a query is the latest decision.
    """

    __tablename__ = "queue"
    __table_args__ = (
        Index("ix_queue_order", "standing", "rank", "home_id", "page", "note", "finding_id"),
        Index("ix_queue_code", "standing", "code", "rank", "opened_run", "host", "reviewer"),
        Index("ix_queue_host", "host", "standing", "rank", "home_id", "page", "note", "finding_id"),
        Index("ix_queue_reviewer", "reviewer", "standing"),
        Index("ix_queue_home", "home_id", "standing"),
        Index("ix_queue_new", "standing", "opened_run"),
        Index("ix_queue_until", "standing_until"),
        Index("ix_queue_assignee", "assignee", "standing"),
        Index("ix_queue_asked", "standing", "asked_at"),
    )

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), primary_key=True)
    review_state: Mapped[FindingState] = mapped_column("standing", Member(FindingState))
    expires_at: Mapped[datetime | None] = mapped_column("standing_until")
    rank: Mapped[int]
    home_id: Mapped[int] = mapped_column(RowId)
    page: Mapped[int]
    note: Mapped[int]
    code: Mapped[FindingCode] = mapped_column(Member(FindingCode))
    host: Mapped[str]
    opened_run: Mapped[int] = mapped_column(RowId)
    reviewer: Mapped[str]
    words: Mapped[str]
    assignee: Mapped[str | None]
    asked_at: Mapped[datetime | None]


class QueuePlaceRow(Base):
    """A document that a finding of the queue touches, and where: its own, or one that prints its address."""

    __tablename__ = "queue_place"
    __table_args__ = (Index("ix_queue_place_finding_id", "finding_id"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), primary_key=True)
    page: Mapped[int]
    note: Mapped[int]


class SavedFilterRow(Base):
    """A filter of the queue that somebody gave a name; `query` is the query string of its address."""

    __tablename__ = "saved_filter"

    name: Mapped[str] = mapped_column(primary_key=True)
    query: Mapped[str]
    saved_by: Mapped[str]
    saved_at: Mapped[datetime]


class PresenceRow(Base):
    """Who had a finding on the screen, and when last; told for some minutes only."""

    __tablename__ = "presence"
    __table_args__ = (Index("ix_presence_seen_at", "seen_at"),)

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), primary_key=True)
    reviewer: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]
