"""Letters to the authors of documents: what is asked, and what was written. A letter is kept as it was written."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from db.extractions import newest_extraction_id
from db.sessions import Sessions, insert
from db.tables import DocumentRow, ExtractionRow, FindingRow, LetterQueryRow, LetterRow, QueueRow, ReviewRow
from db.ulids import ulid_after
from verifier.errors import StoreError
from verifier.model import Decision, FindingState

MOST_LETTERS = 100
"""Letters of a document, and documents with questions, that are listed."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A query that waits for its author: its review, its finding, and in which letter it is (None: in none yet).

    `question` is the editor's text, None where none was kept.
    """

    review_id: str
    fingerprint: str
    message: str
    question: str | None
    reviewer: str
    asked_at: datetime
    letter_id: str | None


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter that is to be kept; `questions` are reviews with the editor's words for each, in order."""

    document_id: int
    recipient: str
    address: str
    subject: str
    opening: str
    closing: str
    questions: tuple[tuple[str, str], ...]
    reviewer: str
    request_token: str


@dataclass(frozen=True, slots=True)
class LetterQuestion:
    """A question of a letter, and the finding that it is about."""

    words: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """A letter as it was written."""

    id: str
    document_id: int
    recipient: str
    address: str
    subject: str
    opening: str
    closing: str
    questions: tuple[LetterQuestion, ...]
    reviewer: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class AskedDocument:
    """A document with questions to its author: how many are in no letter yet, wait for an answer, or got none."""

    document_id: int
    path: str
    title: str | None
    to_write: int
    waiting: int
    unanswered: int


class Letters:
    """The verbs about questions to authors."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def questions(self, document_id: int) -> list[AskedQuestion]:
        """What the author of a document is asked, in the order in which one reads it."""
        with self._sessions.reading() as session:
            letter = select(func.max(LetterQueryRow.letter_id)).where(LetterQueryRow.review_id == ReviewRow.id)
            rows = session.execute(
                select(
                    ReviewRow.id,
                    FindingRow.fingerprint,
                    FindingRow.message,
                    ReviewRow.question,
                    ReviewRow.reviewer,
                    ReviewRow.decided_at,
                    letter.correlate(ReviewRow).scalar_subquery(),
                )
                .join(FindingRow, FindingRow.id == ReviewRow.finding_id)
                .join(QueueRow, QueueRow.finding_id == FindingRow.id)
                .where(QueueRow.home_id == document_id, QueueRow.review_state == FindingState.QUERIED, *_is_query())
                .order_by(QueueRow.page, QueueRow.note, QueueRow.rank, QueueRow.finding_id)
            )
            return [AskedQuestion(*row) for row in rows]

    def write(self, letter: NewLetter, now: datetime) -> str:
        """Keep a letter; its id. A repeated token is the first one's.

        Raises StoreError where a question is no query about this document.
        """
        with self._sessions.writing() as session:
            known = session.scalar(select(LetterRow.id).where(LetterRow.request_token == letter.request_token))
            if known is not None:
                return known
            asked = [review_id for review_id, _ in letter.questions]
            about = (
                select(func.count())
                .select_from(ReviewRow)
                .join(QueueRow, QueueRow.finding_id == ReviewRow.finding_id)
                .where(
                    ReviewRow.id.in_(asked),
                    ReviewRow.decision == Decision.QUERY,
                    QueueRow.home_id == letter.document_id,
                )
            )
            if session.scalar(about) != len(set(asked)):
                raise StoreError("a question of the letter is not about this document")
            latest = session.scalar(select(func.max(LetterRow.id)).where(LetterRow.document_id == letter.document_id))
            row = {
                "id": ulid_after(latest, now),
                "document_id": letter.document_id,
                "recipient": letter.recipient,
                "address": letter.address,
                "subject": letter.subject,
                "opening": letter.opening,
                "closing": letter.closing,
                "reviewer": letter.reviewer,
                "request_token": letter.request_token,
                "written_at": now,
            }
            new = insert(session, LetterRow).on_conflict_do_nothing(index_elements=["request_token"])
            made = session.scalars(new.returning(LetterRow.id), [row]).all()
            if made and letter.questions:
                session.execute(
                    insert(session, LetterQueryRow),
                    [
                        {"letter_id": made[0], "ordinal": number, "review_id": review_id, "words": words}
                        for number, (review_id, words) in enumerate(letter.questions)
                    ],
                )
            return session.scalars(select(LetterRow.id).where(LetterRow.request_token == letter.request_token)).one()

    def find(self, letter_id: str) -> StoredLetter | None:
        """A letter; None where there is none."""
        with self._sessions.reading() as session:
            return next(iter(_letters(session, LetterRow.id == letter_id)), None)

    def of_document(self, document_id: int) -> list[StoredLetter]:
        """The letters to the author of a document, the newest first."""
        with self._sessions.reading() as session:
            return _letters(session, LetterRow.document_id == document_id)

    def asked_documents(self) -> list[AskedDocument]:
        """The documents whose authors are asked something, by path."""
        waiting = QueueRow.review_state == FindingState.QUERIED
        unanswered = and_(QueueRow.review_state == FindingState.OPEN, QueueRow.asked_at.is_not(None))
        in_letter = exists().where(LetterQueryRow.review_id == ReviewRow.id)
        counts = (
            select(
                QueueRow.home_id,
                func.sum(case((and_(waiting, ~in_letter), 1), else_=0)).label("to_write"),
                func.sum(case((waiting, 1), else_=0)).label("waiting"),
                func.sum(case((unanswered, 1), else_=0)).label("unanswered"),
            )
            .join(ReviewRow, ReviewRow.finding_id == QueueRow.finding_id)
            .where(waiting | unanswered, *_is_query())
            .group_by(QueueRow.home_id)
            .subquery()
        )
        reading = newest_extraction_id(DocumentRow.pdf_sha256)
        with self._sessions.reading() as session:
            rows = session.execute(
                select(
                    DocumentRow.id,
                    DocumentRow.path,
                    ExtractionRow.title,
                    counts.c.to_write,
                    counts.c.waiting,
                    counts.c.unanswered,
                )
                .join(counts, counts.c.home_id == DocumentRow.id)
                .outerjoin(ExtractionRow, ExtractionRow.id == reading)
                .order_by(DocumentRow.path, DocumentRow.id)
                .limit(MOST_LETTERS)
            )
            return [AskedDocument(*row) for row in rows]


def _is_query() -> Sequence[ColumnElement[bool]]:
    """That a review asks the author, and is the latest of its finding."""
    later = aliased(ReviewRow)
    return (
        ReviewRow.decision == Decision.QUERY,
        ~exists().where(later.finding_id == ReviewRow.finding_id, later.id > ReviewRow.id),
    )


def _letters(session: Session, which: ColumnElement[bool]) -> list[StoredLetter]:
    rows = session.scalars(select(LetterRow).where(which).order_by(LetterRow.id.desc()).limit(MOST_LETTERS)).all()
    questions: dict[str, list[LetterQuestion]] = defaultdict(list)
    asked = (
        select(LetterQueryRow.letter_id, LetterQueryRow.words, FindingRow.fingerprint)
        .join(ReviewRow, ReviewRow.id == LetterQueryRow.review_id)
        .join(FindingRow, FindingRow.id == ReviewRow.finding_id)
        .where(LetterQueryRow.letter_id.in_([row.id for row in rows]))
        .order_by(LetterQueryRow.letter_id, LetterQueryRow.ordinal)
    )
    for letter_id, words, fingerprint in session.execute(asked):
        questions[letter_id].append(LetterQuestion(words, fingerprint))
    return [
        StoredLetter(
            row.id,
            row.document_id,
            row.recipient,
            row.address,
            row.subject,
            row.opening,
            row.closing,
            tuple(questions[row.id]),
            row.reviewer,
            row.written_at,
        )
        for row in rows
    ]
