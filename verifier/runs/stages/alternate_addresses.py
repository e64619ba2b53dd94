"""Where else a work is whose printed address is dead: at the address that an identifier of it resolves to."""

from collections.abc import Sequence

from db.records import AddressStatus, AlternateAddress
from verifier.engines import SourceReaders
from verifier.model import LinkCheck, LinkStatus, Replacement, ReplacementKind
from verifier.pipeline import check_host_batch, host_batches
from verifier.reports.labels import counted
from verifier.runs.confidential import confidential_collections
from verifier.runs.context import Work, utc_now
from verifier.runs.stages.recording import record

MOST_CHECKS = 200
"""Guessed addresses asked at a time; what is over waits for its printed address's next check."""


def alternate_addresses(work: Work, dead: Sequence[str]) -> dict[str, Replacement]:
    """Where the work of a dead address is served, as an identifier of it resolves, by address.

    The guessed addresses are checked as printed ones are, archived, and never a finding. Nothing is asked for documents
    that are not talked about outside.
    """
    elsewhere = work.store.links.alternate_addresses(
        dead, leave_out=confidential_collections(work.store, work.settings)
    )
    known = work.store.links.statuses([one.guessed for one in elsewhere])
    _check(work, [one for one in elsewhere if not _is_fresh(work, known.get(one.guessed))][:MOST_CHECKS])
    known = work.store.links.statuses([one.guessed for one in elsewhere])
    living = (LinkStatus.OK, LinkStatus.MOVED)
    return {
        one.printed: Replacement(ReplacementKind.SAME_WORK, one.guessed, identifier=one.key)
        for one in reversed(elsewhere)
        if one.guessed in known and known[one.guessed].status in living
    }


def _is_fresh(work: Work, status: AddressStatus | None) -> bool:
    """Whether an address was checked so lately that it need not be asked again."""
    return status is not None and (utc_now() - status.fetched_at).days < work.settings.schedule.suspicious_days


def _check(work: Work, elsewhere: Sequence[AlternateAddress]) -> None:
    hosts = sorted({(one.guessed_host, one.guessed) for one in elsewhere})
    if not hosts:
        return

    asked = 0

    def keep(check: LinkCheck) -> bool:
        nonlocal asked
        asked += 1
        record(work, check, utc_now())
        return not work.time_is_up()

    with SourceReaders(processes=1, stop=work.time_is_up) as read:
        for batch in host_batches(hosts):
            check_host_batch(batch, keep, work.session, work.store.links.prior_fetches, read)
    if asked < len(hosts):
        work.left.append(f"{counted(len(hosts) - asked, 'other address', 'other addresses')} of dead links not asked")
