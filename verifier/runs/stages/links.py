"""A run's second stage: the addresses that are due, and what all their checks amount to."""

from collections.abc import Collection, Sequence
from contextlib import closing
from datetime import datetime, timedelta

from db.records import DueAddress, StoredDocument
from verifier.checker import REPLACEABLE, is_too_soon, link_finding, link_stage
from verifier.engines import BatchWork, Emit, SourceReaders
from verifier.errors import is_of_one_unit
from verifier.model import HostBatch, LinkCheck, LinkStatus, PastCheck, PriorFetches
from verifier.pipeline import check_host_batch, host_batches
from verifier.reports.labels import counted
from verifier.resolver import (
    PROXY_WARNING,
    ReadPayload,
    host_of,
)
from verifier.runs.circuit_breaker import NetworkHealth
from verifier.runs.context import Work, utc_now
from verifier.runs.notify.log import error_words
from verifier.runs.quota import quota_notes
from verifier.runs.stages.alternate_addresses import alternate_addresses
from verifier.runs.stages.archived_copies import replacements
from verifier.runs.stages.link_evidence import add_archived_witnesses, ask_again
from verifier.runs.stages.recording import record

STAGE = "sources"

EARLIER_IN_THE_NIGHT = timedelta(hours=12)
"""How much sooner a live address may be due: else last week's check, made later in the night, puts it off by a night.
Not so a suspicious one, whose checks count only when they are whole days apart (`verifier.checker.link_stage`).
"""


CONCLUDED_AT_ONCE = 2000
"""Addresses whose whole history is in memory at a time; a night may check a hundred thousand."""


def check_sources(work: Work, documents: Sequence[StoredDocument]) -> bool:
    """Check the addresses that are due; returns whether our own network seems to be down."""
    open_ones = [document.id for document in documents if not document.collections <= work.unfetched]
    due = work.store.links.due(work.run.id, utc_now(), open_ones)
    due, over_budget = _within_budget(due, work.settings.night.host_budget)
    if over_budget:
        work.left.append(f"{counted(over_budget, 'address', 'addresses')} over the budget of their hosts")
    work.observer.stage(STAGE, len(due))
    health = NetworkHealth({address.host for address in _probing_our_network(work, due)})
    if due:
        work.notes += [PROXY_WARNING] if work.settings.fetch.proxy else []
        _check(work, due, health)
    if health.is_down():
        work.store.links.cancel_run_due(work.run.id)
        return True
    return False


def _probing_our_network(work: Work, due: Sequence[DueAddress]) -> list[DueAddress]:
    """The addresses that tell of our network: the printed ones, where there are any.

    Where identifiers resolve is asked of a dozen hosts, which a network that knows its own sources may not let out.
    """
    printed = work.store.links.printed([address.url for address in due])
    return [address for address in due if address.url in printed] or list(due)


def _within_budget(due: Sequence[DueAddress], budget: int) -> tuple[list[DueAddress], int]:
    """The first so many addresses of each host, and how many are left out."""
    of_host: dict[str, int] = {}
    kept = []
    for address in due:
        of_host[address.host] = of_host.get(address.host, 0) + 1
        if of_host[address.host] <= budget:
            kept.append(address)
    return kept, len(due) - len(kept)


def _check(work: Work, due: Sequence[DueAddress], health: NetworkHealth) -> None:
    session = work.session
    with SourceReaders(stop=work.time_is_up) as readers:
        batches = list(host_batches([(address.host, address.url) for address in due])) if not session.ended else []
        done = 0
        with closing(work.engine.check(batches, batch_work(work, readers, due))) as checks:
            for check in checks:
                done += 1
                check = record(work, check, due_at(work, check))
                health.see(check)
                if check.text_failure:
                    work.notes.append(f"The text of {check.address} was not read: {check.text_failure}.")
                work.observer.step(STAGE, check.host)
                if health.plainly_down:
                    return
                if session.ended:
                    break
    if done < len(due):
        work.left.append(f"{counted(len(due) - done, 'address', 'addresses')} not checked yet")
    if most := work.settings.archive.max_bytes:  # else nobody asks a bucket how much it holds
        work.notes += quota_notes(most, session.kept)


def batch_work(
    work: Work, read: ReadPayload, due: Sequence[DueAddress], new: Collection[str] = frozenset()
) -> BatchWork:
    """How a batch of these addresses is checked; of `new` ones nothing is kept from before, and nobody asks for it."""
    fragments = work.store.links.fragments([address.url for address in due])

    def prior(url: str) -> PriorFetches | None:
        return None if url in new else work.store.links.prior_fetches(url)

    def check(batch: HostBatch, emit: Emit) -> None:
        check_host_batch(batch, emit, work.session, prior, read, fragments)

    return check


def due_at(work: Work, check: LinkCheck) -> datetime:
    """When an address is checked next, given its latest check."""
    live = check.judgement.status in (LinkStatus.OK, LinkStatus.MOVED)
    schedule = work.settings.schedule
    if not live:
        return utc_now() + timedelta(days=schedule.suspicious_days)
    wait = timedelta(days=schedule.live_days)
    return utc_now() + max(wait - EARLIER_IN_THE_NIGHT, wait / 2)


def conclude_links(work: Work) -> None:
    """Say of every address that this run checked what all its checks amount to, and what to cite for dead ones."""
    checked = work.store.links.fetched_in(work.run.id)
    for first in range(0, len(checked), CONCLUDED_AT_ONCE):
        conclude_addresses(work, checked[first : first + CONCLUDED_AT_ONCE])
    work.store.findings.close_uncited(utc_now())


def conclude_addresses(work: Work, checked: Sequence[str]) -> None:
    """Say of some addresses what all their checks amount to.

    Only of printed ones: that a guessed one fails is our miss.
    """
    links = work.store.links
    printed = links.printed(checked)
    checked = [url for url in checked if url in printed]
    history = links.past_checks(checked)
    if add_archived_witnesses(work, history):
        history = links.past_checks(checked)
    latest = links.statuses(checked)
    dead = [url for url in checked if _is_dead(work, url, history[url])]
    offered = replacements(work, dead)
    living = alternate_addresses(work, dead)
    findings, healed = [], []
    for url in checked:
        status = latest[url]
        try:
            finding = link_finding(
                url,
                history[url],
                status.judgement,
                snapshot=status.snapshot,
                replacements=[offer[url] for offer in (living, offered) if url in offer],
            )
        except Exception as error:
            if not is_of_one_unit(error):
                raise
            work.report_failure(url, error_words(error))
            continue
        if finding is not None:
            findings.append(finding)
        elif not is_too_soon(history[url]):
            healed.append(url)
    work.store.findings.save_link_findings(work.run.id, findings, healed, utc_now())
    ask_again(work, findings)


def _is_dead(work: Work, url: str, history: Sequence[PastCheck]) -> bool:
    """Whether another place for an address is to be sought."""
    try:
        return link_stage(history) in REPLACEABLE and bool(host_of(url))
    except Exception as error:
        if not is_of_one_unit(error):
            raise
        work.report_failure(url, error_words(error))
        return False
