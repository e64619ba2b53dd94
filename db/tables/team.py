"""What editors do together: standing rules, who does what, talk about findings, letters to authors. Only ever added to.

Every `id` is a ULID, and sorts by time; a `request_token` is the client's, so that a double click is one of each.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, Member
from verifier.model import FindingCode, LinkReason


class RuleRow(Base):
    """A standing rule: findings with this code, at this host or address, and answered so, are kept quiet.

    Of `host`, `url` and `below` at most one is set, the others None: a host (with `subdomains` also those below it), an
    address in its canonical form, or the beginning of addresses (`db.rule_scope`). `http_status` and `reason` None:
    however the address answers. `document_id` and `folder` None: wherever it is cited. From `expires_at` on the rule no
    longer counts. `replaces` is the version before.
    """

    __tablename__ = "rule"
    __table_args__ = (UniqueConstraint("request_token"), Index("ix_rule_expires_at", "expires_at"))

    id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[FindingCode] = mapped_column(Member(FindingCode))
    host: Mapped[str | None]
    subdomains: Mapped[bool] = mapped_column(default=False, server_default=false())
    url: Mapped[str | None]
    below: Mapped[str | None]
    http_status: Mapped[int | None]
    reason: Mapped[LinkReason | None] = mapped_column(Member(LinkReason))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    folder: Mapped[str | None]
    replaces: Mapped[str | None] = mapped_column(ForeignKey("rule.id"))
    why: Mapped[str]
    reviewer: Mapped[str]
    request_token: Mapped[str]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]


class RuleEndRow(Base):
    """The end that a person put to a rule before its time."""

    __tablename__ = "rule_end"

    rule_id: Mapped[str] = mapped_column(ForeignKey("rule.id"), primary_key=True)
    reviewer: Mapped[str]
    ended_at: Mapped[datetime]


class AssignmentRow(Base):
    """Who is to look at a finding; the latest counts, an empty `assignee` gives it back to everybody.

    `undoes` names the assignment that this one takes back: its assignee is who had it before.
    """

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("request_token"), Index("ix_assignment_finding_id_id", "finding_id", "id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    assignee: Mapped[str]
    reviewer: Mapped[str]
    note: Mapped[str]
    request_token: Mapped[str]
    assigned_at: Mapped[datetime]
    undoes: Mapped[str | None]


class CommentRow(Base):
    """Something said about a finding, without deciding it."""

    __tablename__ = "comment"
    __table_args__ = (UniqueConstraint("request_token"), Index("ix_comment_finding_id_id", "finding_id", "id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    reviewer: Mapped[str]
    words: Mapped[str]
    request_token: Mapped[str]
    written_at: Mapped[datetime]


class LetterRow(Base):
    """A letter to the author of a document, as an editor wrote it; its questions are in `letter_query`."""

    __tablename__ = "letter"
    __table_args__ = (UniqueConstraint("request_token"), Index("ix_letter_document_id_id", "document_id", "id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    recipient: Mapped[str]
    address: Mapped[str]
    subject: Mapped[str]
    opening: Mapped[str]
    closing: Mapped[str]
    reviewer: Mapped[str]
    request_token: Mapped[str]
    written_at: Mapped[datetime]


class LetterQueryRow(Base):
    """A question of a letter, in the editor's words, and the query (a review) that it puts to the author."""

    __tablename__ = "letter_query"
    __table_args__ = (Index("ix_letter_query_review_id", "review_id"),)

    letter_id: Mapped[str] = mapped_column(ForeignKey("letter.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id"))
    words: Mapped[str]
