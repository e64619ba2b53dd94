"""Where a finding is in the queue: statements that are made once for a filter."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, tuple_

from db.queue_filter import ORDER, QueueFilter, QueueKey, conditions, key_of, order_of
from db.queue_search import SearchKind
from db.tables import FindingRow, QueueRow


@dataclass(frozen=True, slots=True)
class QueuePosition:
    """Where a finding is among those that a filter lets through: the fingerprints of its neighbours, how many come
    before it, and whether it is one of them itself.
    """

    previous: str | None
    next: str | None
    before: int
    is_wanted: bool


@lru_cache(maxsize=1000)
def neighbours_statement(wanted: QueueFilter, search: SearchKind) -> Any:
    """A statement, made once for a filter: the fingerprints before and after a place (`rank`, `home_id`, ...)."""
    return select(*_beside(wanted, search))


@lru_cache(maxsize=1000)
def position_statement(wanted: QueueFilter, search: SearchKind) -> Any:
    """A statement, made once for a filter: as `neighbours_statement`, how many come before, and the finding's own
    number where the filter lets it through.
    """
    which = conditions(wanted, bindparam("since"), search)
    earlier = tuple_(*order_of(wanted)) < tuple_(*key_of(wanted, _given()))
    before = select(func.count()).select_from(QueueRow).where(*which, earlier).scalar_subquery()
    own = select(QueueRow.finding_id).where(QueueRow.finding_id == _given().finding_id, *which).scalar_subquery()
    return select(*_beside(wanted, search), before, own)


def _given() -> Any:
    """A place whose fields are parameters of a statement."""
    fields: list[Any] = [bindparam(name, type_=of.type) for name, of in zip(QueueKey._fields, ORDER, strict=True)]
    return QueueKey(*fields)


def _beside(wanted: QueueFilter, search: SearchKind) -> tuple[Any, Any]:
    which = conditions(wanted, bindparam("since"), search)
    order, place = order_of(wanted), tuple_(*key_of(wanted, _given()))

    def first(beyond: ColumnElement[bool], *order: Any) -> Any:
        found = select(QueueRow.finding_id).where(*which, beyond).order_by(*order).limit(1).scalar_subquery()
        return select(FindingRow.fingerprint).where(FindingRow.id == found).scalar_subquery()

    return (
        first(tuple_(*order) < place, *(column.desc() for column in order)),
        first(tuple_(*order) > place, *order),
    )
