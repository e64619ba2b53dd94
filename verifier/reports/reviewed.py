"""What people decided about a report's findings: their reviews, whose each is, and the rules that keep some quiet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from db.finding_details import StoredReview
from db.store import Store
from verifier.model import FindingState
from verifier.reports.contents import ReportedFinding, ReportedReview, ReportedRule
from verifier.reports.labels import rule_place


def add_reviews(store: Store, findings: Sequence[ReportedFinding], desk_address: str = "") -> list[ReportedFinding]:
    """The findings with what was decided last about each, whose it is, and its page at the desk (empty: none)."""
    reviews = store.decisions.latest([reported.finding.fingerprint for reported in findings])
    assignees = store.assignments.assignees()
    return [
        replace(
            reported,
            review=_review(reviews.get(reported.finding.fingerprint)),
            assignee=assignees.get(reported.finding.fingerprint, ""),
            desk_url=desk_link(desk_address, reported.finding.fingerprint),
        )
        for reported in findings
    ]


def desk_link(desk_address: str, fingerprint: str) -> str | None:
    """The page of a finding at the desk that browsers reach at an address; None without one."""
    return f"{desk_address.rstrip('/')}/findings/{fingerprint}" if desk_address else None


def rules_of(store: Store, findings: Sequence[ReportedFinding]) -> tuple[ReportedRule, ...]:
    """The rules that keep any of these findings quiet, the newest first, each with how many."""
    quiet = Counter(
        reported.review.rule for reported in findings if reported.state is FindingState.QUIET and reported.review
    )
    rules = (store.rules.find(rule_id) for rule_id in sorted(quiet, reverse=True))
    return tuple(
        ReportedRule(
            rule.id,
            rule.code,
            rule.host or "",
            rule.url or "",
            rule.http_status,
            rule.why,
            rule.reviewer,
            rule.made_at,
            rule.expires_at,
            quiet[rule.id],
            rule_place(rule.host, rule.url, rule.below, rule.document, rule.folder, subdomains=rule.subdomains),
            rule.reason.value if rule.reason else "",
        )
        for rule in rules
        if rule is not None
    )


def _review(stored: StoredReview | None) -> ReportedReview | None:
    if stored is None:
        return None
    return ReportedReview(
        stored.decision,
        stored.reviewer,
        stored.note,
        stored.right_value or "",
        stored.decided_at,
        stored.rule_id or "",
    )
