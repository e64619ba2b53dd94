"""Documents under another name that say mostly the same: the earlier editions of new documents.

Functions on an open session; `db.documents` gives them their transactions. Candidates come from a sketch of each
extraction (the bottom k hashes of its words, A. Broder, "On the resemblance and containment of documents", 1997), so
that a new document costs an index look-up, however many there are; what they really share is then counted.
"""

import hashlib
import heapq
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from db.extractions import newest_extraction_id
from db.sessions import insert
from db.tables import AnchorRow, DocumentRow, EditionRow, ExtractionRow, FootnoteRow, SentenceSketchRow

SKETCH_SIZE = 32
"""Hashes a sketch: two texts that share half of their sentences share about a third of all, here some ten."""

FEWEST_SHARED_HASHES = 4
"""Below a third of 32 by more than three standard deviations, where the texts share half of their sentences."""

MOSTLY = 0.5
"""The part of the larger text's sentences that has to be the same: more than this is "mostly"."""

FEWEST_SHARED = 2
"""Sentences or notes: one alone may be anybody's."""

_MOST_CANDIDATES = 20

_NOTHING = 0
"""The hash of an extraction without any sentence: that it was sketched has to be known."""


def write_sketch(session: Session, extraction_id: int, words: Iterable[str]) -> None:
    """Keep the sketch of an extraction; `words` are the sentences of its anchors and the texts of its notes."""
    hashes = heapq.nsmallest(SKETCH_SIZE, {_hash(one) for one in units(words)}) or [_NOTHING]
    new = insert(session, SentenceSketchRow).on_conflict_do_nothing(index_elements=["extraction_id", "hash"])
    session.execute(new, [{"extraction_id": extraction_id, "hash": one} for one in hashes])


def write_missing_sketches(session: Session) -> None:
    """Sketch the extractions of a store that is older than the sketches."""
    sketched = select(SentenceSketchRow.extraction_id)
    missing = select(ExtractionRow.id).where(ExtractionRow.failure.is_(None), ExtractionRow.id.not_in(sketched))
    for extraction_id in session.scalars(missing).all():
        write_sketch(session, extraction_id, _words_of(session, extraction_id))


def earlier_edition(session: Session, document_id: int) -> int | None:
    """The document, first seen before this one, that says mostly the same; the nearest to it, None where there is none.

    One that is gone counts too: it may have given way to this one.
    """
    extraction_id = session.scalar(
        select(newest_extraction_id(DocumentRow.pdf_sha256)).where(DocumentRow.id == document_id)
    )
    if extraction_id is None:
        return None
    ours = units(_words_of(session, extraction_id))
    found: list[tuple[float, int]] = []
    for other_extraction_id, others in _candidates(session, document_id, extraction_id):
        theirs = units(_words_of(session, other_extraction_id))
        shared = len(ours & theirs)
        alike = shared / max(len(ours), len(theirs), 1)
        if shared >= FEWEST_SHARED and alike > MOSTLY:
            found += [(alike, other) for other in others]
    return max(found)[1] if found else None


def _candidates(session: Session, document_id: int, extraction_id: int) -> Iterator[tuple[int, Sequence[int]]]:
    """Extractions that share hashes with this one, each with the earlier documents that it is an extraction of."""
    own = session.scalars(select(SentenceSketchRow.hash).where(SentenceSketchRow.extraction_id == extraction_id)).all()
    shared = func.count().label("shared")
    fewest = min(FEWEST_SHARED_HASHES, max(1, len(own) // 3))
    rows = session.execute(
        select(SentenceSketchRow.extraction_id, ExtractionRow.pdf_sha256)
        .join(ExtractionRow, ExtractionRow.id == SentenceSketchRow.extraction_id)
        .where(SentenceSketchRow.hash.in_(own), SentenceSketchRow.hash != _NOTHING)
        .group_by(SentenceSketchRow.extraction_id, ExtractionRow.pdf_sha256)
        .having(shared >= fewest)
        .order_by(shared.desc(), SentenceSketchRow.extraction_id.desc())
        .limit(_MOST_CANDIDATES)
    ).all()
    first_seen = select(DocumentRow.first_seen).where(DocumentRow.id == document_id).scalar_subquery()
    for row in rows:
        earlier = session.scalars(
            select(DocumentRow.id)
            .join(EditionRow, EditionRow.document_id == DocumentRow.id)
            .where(
                EditionRow.pdf_sha256 == row.pdf_sha256,
                DocumentRow.id != document_id,
                or_(
                    DocumentRow.first_seen < first_seen,
                    and_(DocumentRow.first_seen == first_seen, DocumentRow.id < document_id),
                ),
            )
        ).all()
        if earlier:
            yield row.extraction_id, earlier


def units(words: Iterable[str]) -> set[str]:
    """Sentences and notes without what a new typesetting changes: letters and digits alone, letter case folded."""
    return {one for one in map(_plain, words) if one}


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def _words_of(session: Session, extraction_id: int) -> list[str]:
    sentences = session.scalars(select(AnchorRow.sentence).where(AnchorRow.extraction_id == extraction_id))
    notes = session.scalars(select(FootnoteRow.text).where(FootnoteRow.extraction_id == extraction_id))
    return [*sentences, *notes]


def _hash(unit: str) -> int:
    """63 bits, as both back ends hold them; never that of nothing."""
    return int.from_bytes(hashlib.sha256(unit.encode("utf-8", "replace")).digest()[:8], "big") >> 1 or 1
