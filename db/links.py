"""Links: what is cited where, when each address is due, and what its fetches brought."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import select, update

from db import cited as citations
from db import fetches
from db.citing_places import citing_places
from db.extractions import extraction_id_of
from db.link_counts import LinkCounts, count_links
from db.prior_fetches import read_prior_fetches
from db.records import AddressStatus, AlternateAddress, CapturedText, CitedSource, CitingPlace, DueAddress
from db.rules import refresh_printed
from db.sessions import Sessions, chunks
from db.tables import AddressRow, FetchRow
from verifier.model import BY_CONTENT, LinkCheck, LinkReason, PastCheck, PriorFetches, SnapshotRef, Witness


class Links:
    """The verbs about sources, addresses and fetches."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def save_sources(self, pdf_sha256: str, parser_version: str, cited: Sequence[CitedSource]) -> None:
        """Say what an extraction cites, in place of what was said before.

        Raises StoreError when that extraction is not stored.
        """
        with self._sessions.writing() as session:
            citations.write_sources(session, extraction_id_of(session, pdf_sha256, parser_version), cited)
            refresh_printed(session, pdf_sha256, datetime.now(UTC))

    def sources_of(self, pdf_sha256: str, parser_version: str) -> list[CitedSource]:
        """What an extraction cites, in the order it was saved."""
        with self._sessions.reading() as session:
            return citations.read_sources(session, pdf_sha256, parser_version)

    def due(self, run_id: int, now: datetime, document_ids: Sequence[int] | None = None) -> list[DueAddress]:
        """The addresses to check now, by host and address.

        Cited by the current editions of these documents (None: all), printed or, where a citation prints none,
        guessed; never checked or due again by now; and without a fetch in this run.
        """
        with self._sessions.reading() as session:
            return citations.due_addresses(session, run_id, now, document_ids)

    def fragments(self, urls: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The parts of each of these addresses that citations point at; addresses without are left out."""
        with self._sessions.reading() as session:
            return citations.cited_fragments(session, urls)

    def record_check(self, run_id: int, check: LinkCheck, due_at: datetime | None, now: datetime | None = None) -> None:
        """Keep all that one check brought, in one transaction; the address is due again at `due_at` (None: at once).

        `now` is taken for the time of a fetch that does not say its own.
        """
        with self._sessions.writing() as session:
            fetches.write_check(session, run_id, check, due_at, now)

    def add_witness(self, run_id: int, urls: Sequence[str], witness: Witness) -> None:
        """Note the second sign that was found of links which this run's checks call broken by their content."""
        with self._sessions.writing() as session:
            for some in chunks(urls):
                of = select(AddressRow.id).where(AddressRow.url.in_(some))
                session.execute(
                    update(FetchRow)
                    .where(FetchRow.run_id == run_id, FetchRow.address_id.in_(of), FetchRow.reason.in_(BY_CONTENT))
                    .values(witness=witness)
                )

    def snapshots_before(self, url: str, moments: Sequence[datetime]) -> "list[tuple[LinkReason, SnapshotRef | None]]":
        """What an address was judged as when people looked at it: (reason, place in the archive) of the newest check
        before each of these moments.
        """
        with self._sessions.reading() as session:
            return fetches.read_snapshots_before(session, url, moments)

    def cancel_run_due(self, run_id: int) -> None:
        """Make what this run fetched due again at once: its judgements were of our own network."""
        with self._sessions.writing() as session:
            fetched = select(FetchRow.address_id).where(FetchRow.run_id == run_id)
            session.execute(update(AddressRow).where(AddressRow.id.in_(fetched)).values(due_at=None))

    def past_checks(self, urls: Sequence[str]) -> dict[str, tuple[PastCheck, ...]]:
        """The last judgements (20 of every link status at most) of each address, oldest first.

        Those of runs whose network was down are left out.
        """
        with self._sessions.reading() as session:
            return fetches.read_past_checks(session, urls)

    def statuses(self, urls: Sequence[str]) -> dict[str, AddressStatus]:
        """The latest judgement of each address, without runs whose network was down; unchecked ones are left out."""
        with self._sessions.reading() as session:
            return fetches.read_statuses(session, urls)

    def counts(self, document_ids: Sequence[int] | None = None) -> LinkCounts:
        """The statuses of what the current editions of these documents (None: all) cite, as `due` means it."""
        with self._sessions.reading() as session:
            return count_links(session, citations.cited_addresses(session, document_ids))

    def texts(self, urls: Sequence[str]) -> dict[str, CapturedText]:
        """The newest readable text of each address that ever had one."""
        with self._sessions.reading() as session:
            return fetches.read_texts(session, urls)

    def first_texts(self, urls: Sequence[str]) -> dict[str, CapturedText]:
        """The first readable text that is kept of each address that ever had one."""
        with self._sessions.reading() as session:
            return fetches.read_first_texts(session, urls)

    def prior_fetches(self, url: str) -> PriorFetches | None:
        """What is known and kept of an address from before, without runs whose network was down; None for nothing.

        The snapshots are those of its last four fetches and of the one that its newest text was read from.
        """
        with self._sessions.reading() as session:
            return read_prior_fetches(session, url)

    def fetched_in(self, run_id: int) -> list[str]:
        """Every address that this run fetched, in order."""
        with self._sessions.reading() as session:
            return fetches.read_fetched(session, run_id)

    def printed(self, urls: Sequence[str]) -> set[str]:
        """Those of these addresses that a current edition prints; the others are guesses, or cited no more."""
        with self._sessions.reading() as session:
            return citations.printed_addresses(session, urls)

    def alternate_addresses(self, urls: Sequence[str], leave_out: Collection[str] = ()) -> list[AlternateAddress]:
        """Where else the works of these printed addresses may be, as current editions cite them.

        Documents in the collections `leave_out` do not count.
        """
        with self._sessions.reading() as session:
            return citations.read_alternate_addresses(session, urls, leave_out)

    def citing(self, urls: Sequence[str]) -> dict[str, list[CitingPlace]]:
        """Where current editions print each address; addresses that none prints are left out."""
        with self._sessions.reading() as session:
            return citing_places(session, urls)
