"""What the queue shows of working together: whose findings are, who has which open, and the bar for many at once."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for

from db.presence import OpenFinding
from db.review_queue import QueueFilter
from verifier.errors import StoreBusyError
from verifier.review.decision_forms import SNOOZE_DAYS
from verifier.review.desk import app_state, now, person
from verifier.review.people import known_people

team = Blueprint("team", __name__)

TICK = re.compile(r"f\d{1,18}", re.ASCII)
"""The name of a finding's tick box, its number behind an f: boxes of one name are one question to a screen reader."""


@dataclass(frozen=True, slots=True)
class BatchBar:
    """The forms that decide about many: the findings as ranges (empty: those that are ticked), the newest review that
    the page knows of, a token that makes a double click one batch, and what there is to choose from.
    """

    findings: str
    seen: str
    token: str
    action: str
    people: tuple[str, ...]
    today: date
    snooze_until: date


def batch_bar(findings: str, seen: str) -> BatchBar:
    """The bar of the page that is being made; what it decides leads back to the same filter."""
    today = now().date()
    return BatchBar(
        findings,
        seen,
        secrets.token_urlsafe(16),
        f"{url_for('batches.decide')}?{urlencode(_filter_words())}",
        tuple(known_people()),
        today,
        today + timedelta(days=SNOOZE_DAYS),
    )


def team_part(wanted: QueueFilter, seen: str, present: Sequence[OpenFinding]) -> dict[str, object]:
    """What the queue's page needs besides its rows; `seen` is the newest review that these can know of."""
    store, who = app_state().store, person()
    mine = QueueFilter(assignee=who.name)
    return {
        "batch": batch_bar("", seen),
        "mine": mine,
        "mine_count": store.queue.count(mine),
        "unanswered": QueueFilter(unanswered=True),
        "unanswered_count": store.queue.count(QueueFilter(unanswered=True)),
        "present": present,
    }


@team.get("/present")
def present() -> str:
    """Who else has which finding open: a live part of the queue."""
    return render_template("parts/present.html", present=who_is_present())


def who_is_present() -> list[OpenFinding]:
    """Who else has which finding on the screen, by name."""
    try:
        return app_state().store.presences.everywhere(now(), person().name)
    except StoreBusyError:  # a courtesy between editors: no reason to keep the queue from them
        return []


def _filter_words() -> dict[str, str]:
    """The filter of the page as its address says it, without the ticks."""
    return {name: words for name, words in request.args.items() if name != "after" and not TICK.fullmatch(name)}
