"""Many findings at once: those that are ticked, or all that match a filter; every decision, and one undo."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.assignments import NewAssignment
from db.review_queue import PAGE, QueueFilter
from db.reviews import NewReview
from verifier.model import Decision
from verifier.reports.labels import counted
from verifier.review.addresses import to_queue
from verifier.review.decision_forms import review_of, token_of, words_of
from verifier.review.desk import app_state, now, person
from verifier.review.filters import filter_of
from verifier.review.finding_ranges import FindingRanges, ranges_of
from verifier.review.known_copies import copy_for
from verifier.review.letters.questions import question_about
from verifier.review.people import assignee_of
from verifier.review.queue_pages import link_places
from verifier.review.queue_team import TICK, batch_bar
from verifier.review.undo_pages import remember

batches = Blueprint("batches", __name__)

MOST_IN_PREVIEW = 20
"""Findings of a batch that are shown before it is decided; the rest is counted."""

MOST_ASKED = 200
"""Questions of one batch: each is drafted from its finding, and somebody has to read them."""

SHORTEST_REASON = 3
"""Characters: a dismissal of many says why."""

ASSIGN = "assign"
"""What a form says that gives findings to a person: no decision."""

_DONE = {
    Decision.ACCEPT: "accepted",
    Decision.DISMISS: "dismissed",
    Decision.QUERY: "to ask the author about",
    Decision.SNOOZE: "put off",
    Decision.REOPEN: "opened again",
}


@batches.get("/batch")
def preview() -> str:
    """What would be decided: the ticked findings, or all that match."""
    wanted = filter_of(request.args)
    state = app_state()
    state.store.queue.bring_up_to_date(now())
    seen = state.store.decisions.newest()
    ids = state.store.queue.ids(wanted)
    ticks = [name.removeprefix("f") for name in request.args if TICK.fullmatch(name)]
    ticked = FindingRanges(",".join(ticks)) if ticks else None
    if ticked is not None:
        ids = ticked.within(ids)
    shown = state.store.queue.page(wanted, most=MOST_IN_PREVIEW if ticked is None else PAGE)
    if ticked is not None:
        shown = [entry for entry in shown if entry.place.finding_id in ticked]
    return render_template(
        "batch.html",
        wanted=wanted,
        many=len(ids),
        is_all=ticked is None,
        shown=shown,
        labels=link_places(shown),
        batch=batch_bar(ranges_of(ids), seen),
    )


@batches.post("/batch")
def decide() -> Response:
    """Decide about the findings that the page showed, and no others: those that came since are not among them."""
    wanted = filter_of(request.args)
    chosen = FindingRanges(",".join(request.form.getlist("findings")))
    token = token_of(request.form)
    if "seen" not in request.form:
        abort(400, "The form is incomplete; open the page again.")
    if not chosen:
        abort(400, "Tick at least one finding first.")
    if request.form.get("decision") == ASSIGN:
        return _assign(wanted, chosen, token)
    review = review_of(request.form, person().name)
    if review.decision is Decision.DISMISS and len(review.note) < SHORTEST_REASON:
        abort(400, "Say why these are dismissed: whoever comes after you will ask.")
    if review.decision is Decision.DISMISS and request.form.get("all") == "1" and review.expires_at is None:
        abort(400, "Name a day in the future on which they come back: all that match are never dismissed for good.")
    return _decide(wanted, chosen, review, request.form["seen"])


def _decide(wanted: QueueFilter, chosen: FindingRanges, review: NewReview, seen: str) -> Response:
    store = app_state().store
    if store.findings.has_batch(review.request_token):
        return redirect(to_queue(wanted), 303)
    ids = chosen.within(store.queue.ids(wanted))
    states = None if wanted.state is None else {wanted.state}
    questions = _questions(ids) if review.decision is Decision.QUERY else {}
    made = store.findings.add_reviews(ids, review, now(), states, seen, questions)
    if not made and not store.findings.has_batch(review.request_token):
        abort(409, "Nothing was decided: somebody has decided about all of these since your page was made. Look again.")
    remember("batch", review.request_token)
    flash(_told(review, len(made), chosen.count - len(made)))
    if review.decision is Decision.QUERY:
        return redirect(_letters_of(made), 303)
    return redirect(to_queue(wanted), 303)


def _told(review: NewReview, made: int, left: int) -> str:
    ends = review.expires_at if review.decision is not Decision.QUERY else None
    until = f" until {ends:%Y-%m-%d}" if ends else ""
    others = f" {counted(left, 'other was', 'others were')} left alone: somebody was quicker." if left else ""
    return f"{counted(made, 'finding')} {_DONE[review.decision]}{until}.{others}"


def _assign(wanted: QueueFilter, chosen: FindingRanges, token: str) -> Response:
    store, who = app_state().store, assignee_of(request.form.get("assignee", ""))
    ids = chosen.within(store.queue.ids(wanted))
    new = NewAssignment(who, person().name, token, words_of(request.form, "note"))
    made = store.assignments.assign(ids, new, now())
    if made:
        remember("assigned", token)
    given = f"given to {who}" if who else "given back to everybody"
    flash(f"{counted(made, 'finding')} {given}.")
    return redirect(to_queue(wanted), 303)


def _questions(ids: list[int]) -> dict[int, str]:
    """A drafted question for each of these findings."""
    if len(ids) > MOST_ASKED:
        abort(400, f"At most {MOST_ASKED} questions are asked at once: somebody has to read them.")
    desk = app_state().store.desk
    questions = {}
    for fingerprint in desk.fingerprints(ids):
        shown = desk.finding(fingerprint, now())
        if shown is not None:
            questions[shown.finding_id] = question_about(shown, copy_for(shown))
    return questions


def _letters_of(ids: Sequence[int]) -> str:
    """The letter of the one document that is asked about, else all that there are to write."""
    homes = app_state().store.desk.homes(ids)
    if len(homes) == 1:
        return url_for("letters.edit", document_id=homes[0])
    return url_for("letters.index")
