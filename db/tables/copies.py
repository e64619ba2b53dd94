"""Copies of cited addresses in public web archives."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base


class ArchivedCopyRow(Base):
    """What the public web archives keep of an address as of a day: the copy nearest before it, else the nearest after.

    `url` and `captured_at` are null where none was found when it was looked up.
    """

    __tablename__ = "archived_copy"

    address_id: Mapped[int] = mapped_column(ForeignKey("address.id"), primary_key=True)
    before: Mapped[date] = mapped_column(primary_key=True)
    url: Mapped[str | None]
    captured_at: Mapped[datetime | None]
    looked_up_at: Mapped[datetime]
