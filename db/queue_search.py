"""Searching the queue's words: by full text where the database can (SQLite's FTS5, PostgreSQL's tsvector), else LIKE.

All three find the same: words that begin as the searched ones do, and what is between quotation marks in one piece.
So text is brought to one form before it is stored: letters and digits, case and accents folded, a blank between words.
"""

import re
import unicodedata
from enum import StrEnum

from sqlalchemy import Boolean, ColumnElement, column, func, literal, select, table
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import REGCONFIG
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from db.queue_changes import CHANGES_TABLE
from db.tables import QueueRow

FTS_TABLE = "queue_fts"
"""The virtual table over `queue.words`; made by a migration, where SQLite has FTS5, and kept by triggers."""

FTS_INDEX = "ix_queue_words"
"""PostgreSQL's index over the same words, likewise made by a migration."""

MOST_TERMS = 12
"""Words and phrases of a search that count: more are no search but a paste."""

_WORD = re.compile(r"[^\W_]+")
_ALONE = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)
"""Letters of scripts that put no blanks between words (Thai, Lao, Burmese, Khmer, kana, Han): each is a word."""

_TERM = re.compile(r'"([^"]*)"?|(\S+)')


def is_mapped(name: str) -> bool:
    """Whether a table or index is one that the mapped classes know: what searches or counts changes is a back end's."""
    return not name.startswith(FTS_TABLE) and name not in (FTS_INDEX, CHANGES_TABLE)


class SearchKind(StrEnum):
    """How a database searches."""

    FTS5 = "fts5"
    TSVECTOR = "tsvector"
    LIKE = "like"


def searchable(text: str) -> str:
    """A text as it is searched: ` ferries of 12 345 cafes`, each word behind a blank."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return "".join(f" {word}" for word in _WORD.findall(_ALONE.sub(r" \1 ", plain)))


def terms_of(words: str) -> tuple[str, ...]:
    """What is searched for: words, and phrases (between quotation marks, or of words that have others within)."""
    found = (searchable(quoted or word).strip() for quoted, word in _TERM.findall(words))
    return tuple(dict.fromkeys(term for term in found if term))[:MOST_TERMS]


def search_kind(session: Session) -> SearchKind:
    """How the session's database searches; a table that this SQLite cannot read counts as none."""
    if session.get_bind().dialect.name == "postgresql":
        return SearchKind.TSVECTOR
    try:
        session.execute(sql(f"SELECT rowid FROM {FTS_TABLE} LIMIT 1"))
    except OperationalError:
        return SearchKind.LIKE
    return SearchKind.FTS5


def matches(kind: SearchKind, words: str) -> list[ColumnElement[bool]]:
    """Parts of a statement about the queue: that a finding has all that is searched for."""
    terms = terms_of(words)
    if not terms:
        return []
    if kind is SearchKind.FTS5:
        fts = table(FTS_TABLE, column("rowid"), column(FTS_TABLE))
        wanted = " AND ".join(f'"{term}"*' for term in terms)
        found = select(fts.c.rowid).where(fts.c[FTS_TABLE].op("MATCH", return_type=Boolean())(wanted))
        return [QueueRow.finding_id.in_(found)]
    if kind is SearchKind.TSVECTOR:
        simple = literal("simple", REGCONFIG())
        wanted = " & ".join(f"({' <-> '.join(term.split())}:*)" for term in terms)
        # As the index has it (alembic, 0022), constants written out: another form would not be found in it.
        vector = func.to_tsvector(sql("'simple'::regconfig"), QueueRow.words)
        return [vector.op("@@", return_type=Boolean())(func.to_tsquery(simple, wanted))]
    return [QueueRow.words.contains(f" {term}", autoescape=True) for term in terms]
