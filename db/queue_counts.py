"""How many findings each choice of a filter leads to: with all that is chosen already, but for that choice itself."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from db.queue_filter import QueueFilter, conditions, is_in
from db.queue_search import SearchKind
from db.tables import DocumentRow, ExtractionRow, QueuePlaceRow, QueueRow
from verifier.model import FindingCode, FindingState, Severity

_SEVERITIES = list(Severity)


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many findings are wanted (`total`), and how many would be with another choice of one kind.

    `new` are those that came since the last night, `reviewers` all who decided last.
    """

    total: int
    states: dict[FindingState, int]
    codes: dict[FindingCode, int]
    severities: dict[Severity, int]
    reviewers: dict[str, int]
    new: int


@dataclass(frozen=True, slots=True)
class DocumentChoice:
    """A document that may be chosen, and how many of the wanted findings touch it."""

    id: int
    path: str
    title: str | None
    count: int


@dataclass(frozen=True, slots=True)
class _Cell:
    """A group of findings that are alike in what is counted."""

    state: FindingState
    code: FindingCode
    severity: Severity
    accuses: bool


def count_choices(session: Session, wanted: QueueFilter, since_run: int, search: SearchKind) -> QueueCounts:
    """Count for every choice; the number of statements does not depend on the choices."""
    cells = _cells(session, wanted, since_run, search)
    fits: dict[str, Callable[[_Cell], bool]] = {
        "state": lambda cell: wanted.state in (None, cell.state),
        "code": lambda cell: wanted.code in (None, cell.code),
        "severity": lambda cell: wanted.severity in (None, cell.severity),
        "kind": lambda cell: wanted.kind is None or (wanted.kind.value == "accusation") == cell.accuses,
    }

    def counted(but: str, value: Callable[[_Cell], Any], *, new: bool = wanted.new) -> dict[Any, int]:
        found: Counter[Any] = Counter()
        for cell, (number, number_new) in cells.items():
            if all(fit(cell) for name, fit in fits.items() if name != but):
                found[value(cell)] += number_new if new else number
        return {choice: number for choice, number in found.items() if number}

    return QueueCounts(
        total=sum(counted("", lambda cell: None).values()),
        states=counted("state", lambda cell: cell.state),
        codes=counted("code", lambda cell: cell.code),
        severities=counted("severity", lambda cell: cell.severity),
        reviewers=_reviewers(session, wanted, since_run, search),
        new=sum(counted("", lambda cell: None, new=True).values()),
    )


def _cells(session: Session, wanted: QueueFilter, since_run: int, search: SearchKind) -> dict[_Cell, tuple[int, int]]:
    """How many findings are in each cell, and how many of them are new."""
    free = replace(wanted, state=None, code=None, severity=None, kind=None, new=False)
    new = func.sum(case((QueueRow.opened_run >= since_run, 1), else_=0))
    key = (QueueRow.review_state, QueueRow.code, QueueRow.rank)  # as the index has them, so that nothing is sorted
    rows = session.execute(select(*key, func.count(), new).where(*conditions(free, since_run, search)).group_by(*key))
    return {
        _Cell(state, code, _SEVERITIES[rank % len(_SEVERITIES)], rank < len(_SEVERITIES)): (number, int(number_new))
        for state, code, rank, number, number_new in rows
    }


def _reviewers(session: Session, wanted: QueueFilter, since_run: int, search: SearchKind) -> dict[str, int]:
    """Who decided; nobody did of findings that are in a state of the machine's."""
    if wanted.state is not None and not wanted.state.is_decided:
        return {}
    which = conditions(replace(wanted, reviewer=""), since_run, search)
    number = func.count()
    rows = session.execute(
        select(QueueRow.reviewer, number)
        .where(QueueRow.reviewer != "", *which)
        .group_by(QueueRow.reviewer)
        .order_by(number.desc(), QueueRow.reviewer)
    )
    return {row[0]: row[1] for row in rows}


def count_documents(
    session: Session, wanted: QueueFilter, words: str, most: int, since_run: int, search: SearchKind
) -> list[DocumentChoice]:
    """The first so many documents by path whose path or title has all of these words, with their counts."""
    title = (
        select(ExtractionRow.title)
        .where(ExtractionRow.pdf_sha256 == DocumentRow.pdf_sha256, ExtractionRow.failure.is_(None))
        .order_by(ExtractionRow.id.desc())
        .limit(1)
        .correlate(DocumentRow)
        .scalar_subquery()
    )
    has = [
        DocumentRow.path.icontains(word, autoescape=True) | func.coalesce(title, "").icontains(word, autoescape=True)
        for word in words.split()
    ]
    found = session.execute(
        select(DocumentRow.id, DocumentRow.path, title)
        .where(DocumentRow.pdf_sha256.is_not(None), *has)
        .order_by(DocumentRow.path, DocumentRow.id)
        .limit(most)
    ).all()
    free = replace(wanted, document_id=None, page=None, state=None)
    which = conditions(free, since_run, search) + ([] if wanted.state is None else [is_in(wanted.state)])
    numbers = {
        row[0]: row[1]
        for row in session.execute(
            select(QueuePlaceRow.document_id, func.count())
            .join(QueueRow, QueueRow.finding_id == QueuePlaceRow.finding_id)
            .where(QueuePlaceRow.document_id.in_([row[0] for row in found]), *which)
            .group_by(QueuePlaceRow.document_id)
        )
    }
    return [DocumentChoice(number, path, told, numbers.get(number, 0)) for number, path, told in found]
