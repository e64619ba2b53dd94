"""Places in the archive (`file`, offset) that the store names, and their moving when a file is written anew."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select, update

from db.sessions import Sessions, chunks
from db.tables import FindingRow, SnapshotRow
from verifier.model import SnapshotRef


class Places:
    """The verbs about where in the archive things are."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def named(self) -> dict[str, set[int]]:
        """The offsets that snapshots and findings name, by file."""
        places: dict[str, set[int]] = defaultdict(set)
        with self._sessions.reading() as session:
            for file, offset in session.execute(select(SnapshotRow.warc_file, SnapshotRow.offset).distinct()):
                places[file].add(offset)
            for place in session.scalars(
                select(FindingRow.snapshot).where(FindingRow.snapshot.is_not(None)).distinct()
            ):
                if place is not None:
                    places[place.warc_file].add(place.offset)
        return dict(places)

    def named_files(self, files: Iterable[str]) -> set[str]:
        """Those of these files in which a snapshot of the store is."""
        with self._sessions.reading() as session:
            found: set[str] = set()
            for some in chunks(files):
                found |= set(
                    session.scalars(select(SnapshotRow.warc_file).where(SnapshotRow.warc_file.in_(some)).distinct())
                )
            return found

    def offsets_in(self, file: str) -> set[int]:
        """The offsets in a file that snapshots and findings name."""
        with self._sessions.reading() as session:
            offsets = set(session.scalars(select(SnapshotRow.offset).where(SnapshotRow.warc_file == file).distinct()))
            places = session.scalars(select(FindingRow.snapshot).where(FindingRow.snapshot.startswith(f"{file}:")))
            return offsets | {place.offset for place in places if place is not None and place.warc_file == file}

    def files_of_findings(self) -> set[str]:
        """The files that findings name."""
        with self._sessions.reading() as session:
            places = session.scalars(select(FindingRow.snapshot).where(FindingRow.snapshot.is_not(None)).distinct())
            return {place.warc_file for place in places if place is not None}

    def move(self, warc_file: str, to_file: str, moved: Mapping[int, int]) -> None:
        """Say that what was in a file at these offsets is in another at those, in one transaction."""
        with self._sessions.writing() as session:
            rows = session.execute(
                select(SnapshotRow.fetch_id, SnapshotRow.hop, SnapshotRow.offset).where(
                    SnapshotRow.warc_file == warc_file
                )
            )
            snapshots = [
                {"fetch_id": row.fetch_id, "hop": row.hop, "warc_file": to_file, "offset": moved[row.offset]}
                for row in rows
                if row.offset in moved
            ]
            if snapshots:
                session.execute(update(SnapshotRow), snapshots)
            now_at = {offset: SnapshotRef(to_file, place) for offset, place in moved.items()}
            finding_rows = session.execute(
                select(FindingRow.id, FindingRow.snapshot).where(FindingRow.snapshot.startswith(f"{warc_file}:"))
            )
            findings = [
                {"id": row.id, "snapshot": now_at[row.snapshot.offset]}
                for row in finding_rows
                if row.snapshot is not None and row.snapshot.offset in now_at
            ]
            if findings:
                session.execute(update(FindingRow), findings)
