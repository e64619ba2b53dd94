"""What was decided last about each finding, for reports that tell it beside them."""

from collections.abc import Sequence

from sqlalchemy import func, select

from db.finding_details import StoredReview, stored_review
from db.sessions import Sessions, chunks
from db.tables import FindingRow, ReviewRow


class Decisions:
    """The verbs about the latest reviews of many findings."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def newest(self) -> str:
        """The id of the newest review of all, empty before the first: what a page can know of that is made now."""
        with self._sessions.reading() as session:
            return session.scalar(select(func.max(ReviewRow.id))) or ""

    def latest(self, fingerprints: Sequence[str]) -> dict[str, StoredReview]:
        """The latest review of each of these findings; those that nobody reviewed are left out."""
        with self._sessions.reading() as session:
            found: dict[str, StoredReview] = {}
            for some in chunks(fingerprints):
                last = (
                    select(func.max(ReviewRow.id))
                    .join(FindingRow, FindingRow.id == ReviewRow.finding_id)
                    .where(FindingRow.fingerprint.in_(some))
                    .group_by(ReviewRow.finding_id)
                )
                rows = session.execute(
                    select(FindingRow.fingerprint, ReviewRow)
                    .join(ReviewRow, ReviewRow.finding_id == FindingRow.id)
                    .where(ReviewRow.id.in_(last))
                )
                for fingerprint, row in rows:
                    found[fingerprint] = stored_review(row)
            return found
