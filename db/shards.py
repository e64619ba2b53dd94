"""The shards of a run that workers share: what is due in each, and every check kept under its shard's token."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, distinct, func, literal, or_, select, update
from sqlalchemy.orm import Session

from db.cited import cited_by_current_editions, looked_up, printed_addresses
from db.fenced_checks import KeptHost, keep_fenced
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

_LOOKED_AT = 2 * MOST_OF_HOST
"""Addresses of one host of which a job asks who cites them; all are only where too few of these are cited."""

MOST_OF_JOB = 5000
"""Addresses that a job takes: what is over is its successor's, who asks first the hosts that were asked least."""

_LOST = "another worker went on with this shard; what this one fetched since is not kept"


@dataclass(frozen=True, slots=True)
class DueOfShard:
    """Addresses to check now, host by host: first those asked least in this run, of them those with the fewest due.

    Some of them are `printed`, and some were never checked, `new`.

    `is_all` says that they are all that is left of the shard.
    """

    addresses: tuple[DueAddress, ...]
    printed: frozenset[str]
    new: frozenset[str]
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
            rows = session.execute(_due(run_id, shard, planned_at, budget, _LOOKED_AT)).all()
            if not rows or rows[0].is_cut_short:
                rows = session.execute(_due(run_id, shard, planned_at, budget, None)).all()
            printed = printed_addresses(session, [row.url for row in rows])
            of_host = Counter(row.host for row in rows)
            is_all = len(rows) < MOST_OF_JOB and max(of_host.values(), default=0) < MOST_OF_HOST
            new = frozenset(row.url for row in rows if row.is_new)
            return DueOfShard(tuple(DueAddress(row.url, row.host) for row in rows), frozenset(printed), new, is_all)

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
        with self._sessions.one_statement() as connection:
            if not keep_fenced(connection, token, check, due_at, now, host, kept_bytes):
                raise LeaseLostError(_LOST)

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


def _is_due(planned_at: datetime) -> Any:
    return or_(AddressRow.due_at.is_(None), AddressRow.due_at <= planned_at)


def _fetches_in(run_id: int) -> Any:
    """The fetches of an address in a run."""
    of_run = select(FetchRow.id).where(FetchRow.address_id == AddressRow.id, FetchRow.run_id == run_id)
    return of_run.correlate(AddressRow)


def _cited_in(run_id: int, address_id: Any = AddressRow.id) -> Any:
    """Who cites an address among the documents of a run whose sources are asked for."""
    return (
        cited_by_current_editions()
        .join(SharedRunDocumentRow, SharedRunDocumentRow.document_id == DocumentRow.id)
        .where(
            SourceAddressRow.address_id == address_id,
            SharedRunDocumentRow.run_id == run_id,
            SharedRunDocumentRow.fetched,
        )
        .correlate(address_id.table)
    )


def _due(run_id: int, shard: int, planned_at: datetime, budget: int, most: int | None) -> Any:
    """The addresses of `Shards.due`, from those of the shard outwards.

    Of each host `most` are looked at (None: all): who cites an address takes the longest to say. `is_cut_short` where a
    host has more, and too few of those that were looked at are cited.

    What a planner is free to choose it gets wrong here: it sees few documents in the run, begins with them, and reads
    what all of them cite for each of 256 shards.
    """
    of_shard = (
        select(
            AddressRow.id,
            AddressRow.url,
            AddressRow.host,
            _is_due(planned_at).label("is_due"),
            looked_up(_fetches_in(run_id)).label("is_fetched"),
        )
        .where(AddressRow.shard == shard)
        .cte("of_shard")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    fetched = select(of_shard.c.host, func.count().label("asked")).where(of_shard.c.is_fetched)
    asked = fetched.group_by(of_shard.c.host).subquery()
    waiting = select(of_shard.c.id, of_shard.c.url, of_shard.c.host).where(of_shard.c.is_due, ~of_shard.c.is_fetched)
    ranked = _ranked(waiting.subquery()).cte("ranked")
    looked_at = select(ranked).where(looked_up(_cited_in(run_id, ranked.c.id)))
    if most is not None:
        looked_at = looked_at.where(ranked.c.rank <= most)
    wanted = looked_at.cte("wanted").prefix_with("MATERIALIZED", dialect="postgresql")
    found = select(func.count()).where(wanted.c.host == ranked.c.host).correlate(ranked).scalar_subquery()
    cut_short = select(ranked.c.id).where(ranked.c.rank == (most or 0) + 1, found < MOST_OF_HOST)
    rank = func.row_number().over(partition_by=wanted.c.host, order_by=wanted.c.url)
    cited = select(wanted.c.id, wanted.c.url, wanted.c.host, wanted.c.of_host, rank.label("rank")).subquery()
    before = func.coalesce(asked.c.asked, 0)
    is_new = ~looked_up(select(FetchRow.id).where(FetchRow.address_id == cited.c.id).correlate(cited))
    return (
        select(
            cited.c.url,
            cited.c.host,
            is_new.label("is_new"),
            (literal(False) if most is None else cut_short.exists()).label("is_cut_short"),
        )
        .outerjoin(asked, asked.c.host == cited.c.host)
        .where(cited.c.rank <= MOST_OF_HOST, cited.c.rank + before <= budget)
        .order_by(before, cited.c.of_host, cited.c.host, cited.c.url)
        .limit(MOST_OF_JOB)
    )


def _ranked(addresses: Any) -> Any:
    """Addresses with their places among those of their host, and how many it has."""
    rank = func.row_number().over(partition_by=addresses.c.host, order_by=addresses.c.url)
    of_host = func.count().over(partition_by=addresses.c.host)
    return select(addresses, rank.label("rank"), of_host.label("of_host"))


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
        .where(_is_due(planned_at), ~_fetches_in(run_id).exists(), _cited_in(run_id).exists())
        .group_by(AddressRow.host)
        .subquery()
    )
