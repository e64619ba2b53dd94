"""One finding: what is wrong, its sentence and note, the archived source beside it, and the decision."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from db.finding_details import DeskFinding, StoredReview
from db.presence import Presence
from db.review_queue import PAGE
from db.rules import StoredRule
from verifier.errors import StoreBusyError
from verifier.model import ArchivedCopy, Decision, FindingCode, FindingState
from verifier.review.addresses import to_finding, to_queue
from verifier.review.decision_forms import NOTHING_WRITTEN, SNOOZE_DAYS, WrittenDecision, review_of
from verifier.review.desk import app_state, now, person
from verifier.review.drafting import cited_with, with_address, with_copy
from verifier.review.evidence_pages import Capture, Tab, captures_of, tabs_of
from verifier.review.filters import filter_of
from verifier.review.known_copies import copy_for
from verifier.review.letters.questions import question_about
from verifier.review.people import known_people
from verifier.review.undo_pages import remember

findings = Blueprint("findings", __name__)

_TOLD = {
    Decision.ACCEPT: "Accepted",
    Decision.DISMISS: "Dismissed",
    Decision.QUERY: "To be asked in the letter to the author",
    Decision.SNOOZE: "Put off",
    Decision.REOPEN: "Opened again",
}

SUPPLIABLE = (FindingCode.LINK_BLOCKED, FindingCode.CHECK_FAILED)
"""What is said of sources that we could not read."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """What to cite instead of an address that is dead or has moved: what it is, and the citation with it."""

    title: str
    address: str
    captured_at: datetime | None
    citation: str


def wanted_finding(fingerprint: str) -> DeskFinding:
    """The finding that is asked for; a page that says so where there is none."""
    shown = app_state().store.desk.finding(fingerprint, now())
    if shown is None:
        abort(404, "There is no such finding.")
    return shown


@findings.get("/findings/<fingerprint>")
def show(fingerprint: str) -> str:
    """The page of a finding."""
    with app_state().store.one_state():
        return finding_page(wanted_finding(fingerprint))


@findings.get("/findings/<fingerprint>/others")
def others(fingerprint: str) -> str:
    """Who else has this finding on the screen, and what they decided since: a live part of its page."""
    shown = wanted_finding(fingerprint)
    seen = request.args.get("seen", "")
    return render_template(
        "parts/others.html", shown=shown, seen=seen, others=_look(shown), meanwhile=_meanwhile(shown, seen)
    )


@findings.post("/findings/<fingerprint>/decide")
def decide(fingerprint: str) -> Response | tuple[str, int]:
    """Add a decision and go on to the next finding; where somebody else was quicker, show what they did and ask."""
    shown = wanted_finding(fingerprint)
    review = review_of(request.form, person().name)
    seen = request.form.get("seen", "") or None
    made = app_state().store.findings.decide(fingerprint, review, seen, now())
    if made is None:
        shown = wanted_finding(fingerprint)
        written = WrittenDecision.of(request.form)
        return finding_page(shown, meanwhile=_meanwhile(shown, seen or ""), written=written), 409
    remember("review", made)
    flash(f"{_TOLD[review.decision]}: {shown.finding.message}")
    wanted = filter_of(request.args)
    following = app_state().store.queue.next_after(wanted, shown.place)
    return redirect(to_finding(following, wanted) if following else to_queue(wanted), 303)


def may_be_supplied(shown: DeskFinding) -> bool:
    """Whether what the finding is about is a source that a person may hand in."""
    return shown.finding.code in SUPPLIABLE and shown.finding.url is not None


def is_of_web(url: str | None) -> bool:
    """Whether an address can be asked."""
    return url is not None and url.startswith(("http://", "https://"))


def finding_page(
    shown: DeskFinding,
    meanwhile: Sequence[StoredReview] = (),
    refused: str = "",
    written: WrittenDecision = NOTHING_WRITTEN,
) -> str:
    """The page of a finding; `refused` says why what was handed in for it was not taken, `written` is what somebody
    wrote for a decision that was not stored.
    """
    wanted = filter_of(request.args)
    captures = captures_of(shown.finding.url)
    capture = _chosen(captures, request.args.get("snapshot", ""), shown)
    tabs = tabs_of(captures, capture)
    asked = request.args.get("tab", "")
    copy = copy_for(shown)
    url = shown.finding.url
    queue = app_state().store.queue
    position = queue.position(wanted, shown.place)
    return render_template(
        "finding.html",
        shown=shown,
        wanted=wanted,
        captures=captures,
        capture=capture,
        tabs=tabs,
        tab=next((tab for tab in tabs if tab.value == asked), tabs[0] if tabs else None),
        Tab=Tab,
        pdf_page=_pdf_page(),
        next_one=position.next,
        previous_one=position.previous,
        position=position.before + 1 if position.is_wanted else None,
        queue_page=position.before // PAGE + 1,
        total=queue.counts(wanted).total,
        others=_look(shown),
        meanwhile=meanwhile,
        written=written,
        seen=shown.latest.id if shown.latest else "",
        token=secrets.token_urlsafe(16),
        today=now().date(),
        snooze_until=(now() + timedelta(days=SNOOZE_DAYS)).date(),
        replacement=_replacement(shown, copy),
        question=question_about(shown, copy),
        thread=app_state().store.discussions.of(shown.finding_id),
        people=known_people(),
        rule=_rule_of(shown),
        http_status=captures[0].http_status if captures else None,
        source=app_state().store.source_histories.source_of(url) if url else None,
        compared=app_state().store.desk.compared_with(url) if url else (),
        may_supply=may_be_supplied(shown),
        may_check=is_of_web(shown.finding.url),
        refused=refused,
    )


def _rule_of(shown: DeskFinding) -> StoredRule | None:
    """The standing rule that keeps the finding quiet."""
    rule_id = shown.latest.rule_id if shown.latest and shown.state is FindingState.QUIET else None
    return app_state().store.rules.find(rule_id) if rule_id else None


def _pdf_page() -> str:
    """The page of an archived PDF that is asked for; empty for that of the passage."""
    asked = request.args.get("pdf_page", "")
    return asked if asked.isascii() and asked.isdecimal() and len(asked) <= 6 else ""


def _look(shown: DeskFinding) -> Sequence[Presence]:
    try:
        return app_state().store.presences.look(shown.finding_id, person().name, now())
    except StoreBusyError:  # a courtesy between editors: no reason to keep a finding from them
        return ()


def _meanwhile(shown: DeskFinding, seen: str) -> Sequence[StoredReview]:
    """The reviews that were added after the one that somebody has seen."""
    return tuple(review for review in shown.reviews if review.id > seen)


def _chosen(captures: Sequence[Capture], asked: str, shown: DeskFinding) -> Capture | None:
    """The capture asked for, else what a person supplied last, else what the finding rests on, else the newest."""
    supplied = captures[0].snapshot if captures and captures[0].supplied_by else None
    for capture in captures:
        if asked in map(str, capture.snapshots):
            return capture
    for snapshot in (supplied, shown.finding.evidence.snapshot):
        for capture in captures:
            if snapshot in capture.snapshots:
                return capture
    return captures[0] if captures else None


def _replacement(shown: DeskFinding, copy: ArchivedCopy | None) -> Replacement | None:
    url = shown.finding.url
    if url is None:
        return None
    cited = cited_with(shown)
    text = cited.text if cited else (shown.note.text if shown.note else url)
    if copy is not None:
        return Replacement("Archived copy to cite instead", copy.url, copy.captured_at, with_copy(text, url, copy))
    status = app_state().store.links.statuses([url]).get(url) if shown.finding.code is FindingCode.LINK_MOVED else None
    moved_to = status.judgement.final_url if status else None
    if moved_to is None:
        return None
    return Replacement("New address to print instead", moved_to, None, with_address(text, url, moved_to))
