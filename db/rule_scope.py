"""Which findings a standing rule is about: by code, place, answer, and the documents that print them.

Addresses are compared in their canonical form, which is part of the key of the source behind each (`url:...`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from db.fetches import latest_fetch
from db.queue_filter import in_folder
from db.tables import (
    AddressRow,
    DocumentRow,
    FetchRow,
    FindingRow,
    QueuePlaceRow,
    QueueRow,
    SourceAddressRow,
    SourceRow,
)
from verifier.model import FindingCode, LinkReason, Origin

_URL_KEY = "url:"
"""How the key of a source begins that is known by its address alone; the rest is that in its canonical form."""


class Scope(Protocol):
    """What a rule is about; see `RuleScope`."""

    @property
    def code(self) -> FindingCode: ...  # noqa: D102
    @property
    def host(self) -> str | None: ...  # noqa: D102
    @property
    def subdomains(self) -> bool: ...  # noqa: D102
    @property
    def url(self) -> str | None: ...  # noqa: D102
    @property
    def below(self) -> str | None: ...  # noqa: D102
    @property
    def http_status(self) -> int | None: ...  # noqa: D102
    @property
    def reason(self) -> LinkReason | None: ...  # noqa: D102
    @property
    def document_id(self) -> int | None: ...  # noqa: D102
    @property
    def folder(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleScope:
    """What a rule is about: a code, and at least a place or a part of the documents.

    `host` is in lower case and ASCII, without a dot at its end; with `subdomains` also every host below it. `url` is an
    address in its canonical form. `below` is the beginning of addresses, without a slash at its end: canonical, or,
    from `//` on, of http and https alike. `http_status` and `reason` are those of the last fetch. Of a finding that
    several documents print, all have to be `document_id`, or in `folder`.
    """

    code: FindingCode
    host: str | None = None
    subdomains: bool = False
    url: str | None = None
    below: str | None = None
    http_status: int | None = None
    reason: LinkReason | None = None
    document_id: int | None = None
    folder: str | None = None


def is_whole(scope: Scope) -> bool:
    """Whether a scope says where: one place at most, and a place or a part of the documents."""
    places = [scope.host, scope.url, scope.below]
    return sum(map(bool, places)) <= 1 and bool(any(places) or scope.document_id is not None or scope.folder)


def is_of_documents(scope: Scope) -> bool:
    """Whether it matters to a rule which documents print a finding."""
    return scope.document_id is not None or bool(scope.folder)


def may_fit(scope: Scope, there: Collection[tuple[FindingCode, str]]) -> bool:
    """Whether a rule may be about any of some findings, by their codes and hosts."""
    hosts = [host.rstrip(".") for code, host in there if code is scope.code]
    if scope.host:
        return any(host == scope.host or (scope.subdomains and host.endswith(f".{scope.host}")) for host in hosts)
    return bool(hosts)


def fitting(scope: Scope) -> Any:
    """A statement: the numbers of the findings that a rule is about, whatever their state."""
    which: list[ColumnElement[bool]] = [QueueRow.code == scope.code]
    if scope.host:
        which.append(_at_host(scope.host, subdomains=scope.subdomains))
    if scope.url:
        which.append(_at_address(scope.url))
    if scope.below:
        which.append(_below(scope.below))
    for column, wanted in ((FetchRow.http_status, scope.http_status), (FetchRow.reason, scope.reason)):
        if wanted is not None:
            which.append(_last_answer(column) == wanted)
    if scope.document_id is not None:
        which += _only_in(QueuePlaceRow.document_id == scope.document_id)
    if scope.folder:
        there = select(DocumentRow.id).where(in_folder(scope.folder))
        which += _only_in(QueuePlaceRow.document_id.in_(there))
    return select(QueueRow.finding_id).join(FindingRow, FindingRow.id == QueueRow.finding_id).where(*which)


def _at_host(host: str, *, subdomains: bool) -> ColumnElement[bool]:
    """A name may be printed with the dot of the root at its end, and is the same host."""
    itself: ColumnElement[bool] = QueueRow.host.in_([host, f"{host}."])
    if not subdomains:
        return itself
    ends = (_ends(QueueRow.host, f".{host}{dot}") for dot in ("", "."))
    return or_(itself, *ends)


def _ends(column: Any, ending: str) -> ColumnElement[bool]:
    # Not LIKE, to which `_` is any character, and on SQLite `A` is `a`.
    begins_at = func.length(column) - len(ending) + 1
    return and_(begins_at > 1, func.substr(column, begins_at) == ending)


def _at_address(url: str) -> ColumnElement[bool]:
    return or_(FindingRow.url == url, exists(_keys().where(SourceRow.key == f"{_URL_KEY}{url}")))


def _below(prefix: str) -> ColumnElement[bool]:
    prefixes = [f"http:{prefix}", f"https:{prefix}"] if prefix.startswith("//") else [prefix]
    host = urlsplit(prefixes[0]).hostname or ""
    by_key = exists(_keys().where(or_(*(_begins(SourceRow.key, f"{_URL_KEY}{one}") for one in prefixes))))
    has_key = exists(_keys().where(_begins_with(SourceRow.key, _URL_KEY)))
    as_printed = or_(*(_begins(FindingRow.url, one) for one in prefixes))
    return and_(QueueRow.host == host, or_(by_key, and_(~has_key, as_printed)))


def _keys() -> Any:
    """The sources that print a finding's address: one of a key of its own is known by that address alone."""
    return (
        select(SourceRow.id)
        .join(SourceAddressRow, SourceAddressRow.source_id == SourceRow.id)
        .join(AddressRow, AddressRow.id == SourceAddressRow.address_id)
        .where(AddressRow.url == FindingRow.url, SourceAddressRow.origin == Origin.PRINTED)
        .correlate(FindingRow)
    )


def _begins(column: Any, prefix: str) -> ColumnElement[bool]:
    """That an address is this one or below it: what follows begins a part of the path, or a query."""
    ends: Sequence[str] = ("", "&") if "?" in prefix else ("", "/", "?")
    return and_(_begins_with(column, prefix), func.substr(column, len(prefix) + 1, 1).in_(ends))


def _begins_with(column: Any, beginning: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = func.substr(column, 1, len(beginning)) == beginning
    return found


def _last_answer(column: Any) -> Any:
    return (
        select(column)
        .join(AddressRow, FetchRow.id == latest_fetch())
        .where(AddressRow.url == FindingRow.url)
        .correlate(FindingRow)
        .scalar_subquery()
    )


def _only_in(there: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """That a finding is in some documents, and in no other."""
    of_finding = QueuePlaceRow.finding_id == QueueRow.finding_id
    return [
        exists(select(QueuePlaceRow.document_id).where(of_finding, there).correlate(QueueRow)),
        ~exists(select(QueuePlaceRow.document_id).where(of_finding, ~there).correlate(QueueRow)),
    ]
