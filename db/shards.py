"""The shards of a run that workers share: what is due in each, and every check kept under its shard's token."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, distinct, func, literal, or_, select, update
from sqlalchemy.orm import Session

from db import fetches
from db.cited import cited_by_current_editions, printed_addresses
from db.queue_jobs import JobTable
from db.records import DueAddress
from db.sessions import Sessions, insert
from db.tables import (
    AddressRow,
    DocumentRow,
    FetchRow,
    RunHostRow,
    RunShardRow,
    SharedRunDocumentRow,
    SourceAddressRow,
)
from db.tables.base import RowId, UtcTime
from verifier.domains import SHARDS
from verifier.errors import LeaseLostError
from verifier.model import HostsSeen, LinkCheck, ShardToken

MOST_OF_HOST = 300
"""Addresses of one host that a job takes: as many as are asked in five minutes with a pause of a second."""

MOST_OF_JOB = 5000
"""Addresses that a job takes: what is over is its successor's, who asks first the hosts that were asked least."""

_LOST = "another worker went on with this shard; what this one fetched since is not kept"


@dataclass(frozen=True, slots=True)
class KeptHost:
    """What a check says of our own network: whether its host answered, or could not even be looked up."""

    answered: bool
    unresolved: bool
    tells: bool


@dataclass(frozen=True, slots=True)
class DueOfShard:
    """Addresses to check now, host by host: first those asked least in this run, of them those with the fewest due.

    Some of them are `printed`.

    `is_all` says that they are all that is left of the shard.
    """

    addresses: tuple[DueAddress, ...]
    printed: frozenset[str]
    is_all: bool


class Shards:
    """The verbs about shards; only for PostgreSQL stores."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def plan(self, run_id: int, jobs: JobTable, now: datetime) -> int:
        """A job for every shard with due addresses, in two statements that do not grow with the store; how many."""
        with self._sessions.writing() as session:
            return plan_shards(session, run_id, jobs, now)

    def open(self, token: ShardToken, now: datetime) -> int:
        """Take up a shard's work; how many times it was since its last check was kept.

        Raises LeaseLostError where the token is void.
        """
        with self._sessions.writing() as session:
            _hold(session, token, opened_at=now, barren=RunShardRow.barren + 1)
            return session.scalar(select(RunShardRow.barren).where(_of(token))) or 0

    def due(self, run_id: int, shard: int, planned_at: datetime, budget: int) -> DueOfShard:
        """What is to be checked in a shard: cited by the run's documents, due when it was planned, not fetched in it.

        Of each host at most `budget` in the whole run.
        """
        with self._sessions.reading() as session:
            rows = session.execute(_due(run_id, shard, planned_at, budget)).all()
            printed = printed_addresses(session, [row.url for row in rows])
            of_host = Counter(row.host for row in rows)
            is_all = len(rows) < MOST_OF_JOB and max(of_host.values(), default=0) < MOST_OF_HOST
            return DueOfShard(tuple(DueAddress(row.url, row.host) for row in rows), frozenset(printed), is_all)

    def keep_check(
        self,
        token: ShardToken,
        check: LinkCheck,
        due_at: datetime | None,
        now: datetime,
        *,
        host: KeptHost | None = None,
        kept_bytes: int = 0,
    ) -> None:
        """Keep a check as `Links.record_check` does, in one transaction with its shard's token and its host's health.

        Raises LeaseLostError where the token is void: nothing is kept then.
        """
        with self._sessions.writing() as session:
            _hold(
                session,
                token,
                fetched=RunShardRow.fetched + 1,
                throttled=RunShardRow.throttled + int(check.judgement.http_status == 429),
                kept_bytes=RunShardRow.kept_bytes + kept_bytes,
                progress_at=now,
                barren=0,
            )
            fetches.write_check(session, token.run_id, check, due_at, now)
            if host is not None:
                _keep_host(session, token.run_id, check.host, host)

    def hand_on(self, token: ShardToken, jobs: JobTable) -> None:
        """End a job whose work is not done: its successor is deferred under the next epoch, all in one transaction."""
        with self._sessions.writing() as session:
            _hold(session, token, epoch=token.epoch + 1)
            jobs.add_successor(session, token.run_id, token.shard, token.epoch + 1)

    def close(self, token: ShardToken) -> None:
        """Nothing is left to do in a shard."""
        with self._sessions.writing() as session:
            _hold(session, token, is_open=False)

    def hosts_seen(self, run_id: int) -> HostsSeen:
        """How many hosts a run asked, and how many of them are silent: the printed ones, where there are any."""
        silent = ~RunHostRow.answered
        counts = (func.count(), func.count().filter(silent), func.count().filter(silent & RunHostRow.unresolved))
        of_run = select(*counts).where(RunHostRow.run_id == run_id)
        with self._sessions.reading() as session:
            seen = HostsSeen(*session.execute(of_run.where(RunHostRow.tells)).one())
            return seen if seen.tried else HostsSeen(*session.execute(of_run).one())

    def hosts_due(self, run_id: int, planned_at: datetime) -> int:
        """How many hosts a run means to ask: those that it asked, and those of all addresses that were due."""
        with self._sessions.reading() as session:
            due = select(func.count(distinct(AddressRow.host))).where(_is_due(planned_at))
            asked = select(func.count()).select_from(RunHostRow).where(RunHostRow.run_id == run_id)
            return int((session.scalar(due) or 0) + (session.scalar(asked) or 0))

    def kept_bytes(self, run_id: int) -> int:
        """How much a run's fetches have added to the archive."""
        with self._sessions.reading() as session:
            total = select(func.coalesce(func.sum(RunShardRow.kept_bytes), 0)).where(RunShardRow.run_id == run_id)
            return int(session.scalar(total) or 0)

    def left(self, run_id: int, planned_at: datetime, budget: int) -> tuple[int, int]:
        """How many addresses of a run were not checked: those that could have been, and those over their budget."""
        with self._sessions.reading() as session:
            within = over = 0
            asked, left = _asked_of_hosts(run_id), _left_of_hosts(run_id, planned_at)
            hosts = select(left.c.due, func.coalesce(asked.c.asked, 0)).outerjoin(asked, asked.c.host == left.c.host)
            for due, fetched in session.execute(hosts):
                may = min(due, max(0, budget - fetched))
                within += may
                over += due - may
            return within, over


def plan_shards(session: Session, run_id: int, jobs: JobTable, now: datetime) -> int:
    """As `Shards.plan`, on an open session."""
    shards = select(func.generate_series(0, SHARDS - 1).label("shard")).subquery()
    never = select(AddressRow.id).where(AddressRow.shard == shards.c.shard, AddressRow.due_at.is_(None)).exists()
    again = select(AddressRow.id).where(AddressRow.shard == shards.c.shard, AddressRow.due_at <= now).exists()
    wanted: Select[Any] = select(
        literal(run_id, RowId),
        shards.c.shard,
        literal(0),
        literal(True),
        literal(0),
        literal(0),
        literal(0, RowId),
        literal(0),
        literal(now, UtcTime()),
    ).where(or_(never, again))
    names = ["run_id", "shard", "epoch", "is_open", "fetched", "throttled", "kept_bytes", "barren", "progress_at"]
    new = insert(session, RunShardRow).from_select(names, wanted)
    session.execute(
        new.on_conflict_do_update(
            index_elements=["run_id", "shard"],
            set_={"is_open": True, "barren": 0, "progress_at": new.excluded.progress_at},
        )
    )
    return jobs.add_shards(session, run_id)


def _of(token: ShardToken) -> Any:
    return and_(
        RunShardRow.run_id == token.run_id,
        RunShardRow.shard == token.shard,
        RunShardRow.epoch == token.epoch,
        RunShardRow.is_open,
    )


def _hold(session: Session, token: ShardToken, **values: Any) -> None:
    """Write to a shard's row, which proves the token and keeps others from it until the transaction ends."""
    held = session.execute(
        update(RunShardRow)
        .where(_of(token))
        .values(**values)
        .returning(RunShardRow.shard)
        .execution_options(synchronize_session=False)
    )
    if held.first() is None:
        raise LeaseLostError(_LOST)


def _keep_host(session: Session, run_id: int, name: str, host: KeptHost) -> None:
    new = insert(session, RunHostRow).values(
        run_id=run_id, host=name, answered=host.answered, unresolved=host.unresolved, tells=host.tells
    )
    session.execute(
        new.on_conflict_do_update(
            index_elements=["run_id", "host"],
            set_={
                "answered": RunHostRow.answered | new.excluded.answered,
                "unresolved": RunHostRow.unresolved | new.excluded.unresolved,
                "tells": RunHostRow.tells | new.excluded.tells,
            },
        )
    )


def _is_due(planned_at: datetime) -> Any:
    return or_(AddressRow.due_at.is_(None), AddressRow.due_at <= planned_at)


def _not_fetched(run_id: int) -> Any:
    return ~select(FetchRow.id).where(FetchRow.address_id == AddressRow.id, FetchRow.run_id == run_id).exists()


def _cited_in(run_id: int) -> Any:
    """Whether a document of the run whose sources are asked for cites an address."""
    return (
        cited_by_current_editions()
        .join(SharedRunDocumentRow, SharedRunDocumentRow.document_id == DocumentRow.id)
        .where(
            SourceAddressRow.address_id == AddressRow.id,
            SharedRunDocumentRow.run_id == run_id,
            SharedRunDocumentRow.fetched,
        )
        .exists()
    )


def _due(run_id: int, shard: int, planned_at: datetime, budget: int) -> Any:
    in_shard = AddressRow.shard == shard
    asked = (
        select(AddressRow.host, func.count(distinct(AddressRow.id)).label("asked"))
        .join(FetchRow, and_(FetchRow.address_id == AddressRow.id, FetchRow.run_id == run_id))
        .where(in_shard)
        .group_by(AddressRow.host)
        .subquery()
    )
    rank = func.row_number().over(partition_by=AddressRow.host, order_by=AddressRow.url)
    of_host = func.count().over(partition_by=AddressRow.host)
    ranked = (
        select(AddressRow.url, AddressRow.host, rank.label("rank"), of_host.label("of_host"))
        .where(in_shard, _is_due(planned_at), _not_fetched(run_id), _cited_in(run_id))
        .subquery()
    )
    before = func.coalesce(asked.c.asked, 0)
    return (
        select(ranked.c.url, ranked.c.host)
        .outerjoin(asked, asked.c.host == ranked.c.host)
        .where(ranked.c.rank <= MOST_OF_HOST, ranked.c.rank + before <= budget)
        .order_by(before, ranked.c.of_host, ranked.c.host, ranked.c.url)
        .limit(MOST_OF_JOB)
    )


def _asked_of_hosts(run_id: int) -> Any:
    return (
        select(AddressRow.host, func.count(distinct(AddressRow.id)).label("asked"))
        .join(FetchRow, FetchRow.address_id == AddressRow.id)
        .where(FetchRow.run_id == run_id)
        .group_by(AddressRow.host)
        .subquery()
    )


def _left_of_hosts(run_id: int, planned_at: datetime) -> Any:
    return (
        select(AddressRow.host, func.count().label("due"))
        .where(_is_due(planned_at), _not_fetched(run_id), _cited_in(run_id))
        .group_by(AddressRow.host)
        .subquery()
    )
