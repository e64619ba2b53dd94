"""Many findings at once: those that are ticked, or all that match a filter; every decision, and one undo."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from db.assignments import NewAssignment
from db.batches import NewBatch, StoredBatch
from db.review_queue import PAGE, QueueFilter
from db.reviews import NewReview
from verifier.model import Decision
from verifier.reports.labels import counted
from verifier.review.addresses import to_batch, to_queue
from verifier.review.decision_forms import review_of, token_of, words_of
from verifier.review.desk import app_state, now, person
from verifier.review.filters import filter_of
from verifier.review.finding_ranges import FindingRanges, ranges_of
from verifier.review.known_copies import copy_for
from verifier.review.letters.questions import question_about
from verifier.review.paging import asked_page
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

SILENT_SECONDS = 15
"""After so long without a part, a batch that nobody here is at work on is shown as stopped."""

_TOO_LATE = "Nothing was decided: somebody has decided about all of these since your page was made. Look again."

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
    ids = state.store.queue.numbers(wanted)
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
    if review.decision is Decision.QUERY:
        return _ask(wanted, chosen, review, seen)
    ids = chosen.within(app_state().store.queue.numbers(wanted))
    return _begin(wanted, NewBatch(review, wanted.state, seen), ids, chosen.count - len(ids))


def _ask(wanted: QueueFilter, chosen: FindingRanges, review: NewReview, seen: str) -> Response:
    """Ask the authors: few enough for one transaction, since each question is drafted."""
    store = app_state().store
    if store.findings.has_batch(review.request_token):
        return redirect(to_queue(wanted), 303)
    ids = chosen.within(store.queue.numbers(wanted))
    states = None if wanted.state is None else {wanted.state}
    made = store.findings.add_reviews(ids, review, now(), states, seen, _questions(ids))
    if not made and not store.findings.has_batch(review.request_token):
        abort(409, _TOO_LATE)
    remember("batch", review.request_token)
    left = chosen.count - len(made)
    flash(f"{counted(len(made), 'finding')} {_DONE[review.decision]}.{_left_words(left)}")
    return redirect(_letters_of(made), 303)


def _begin(wanted: QueueFilter, new: NewBatch, ids: Sequence[int], gone: int) -> Response:
    """Carry a batch out: a small one now, a large one on a page of its own that shows how far it is.

    `gone` of the chosen findings are not among those that the filter shows any more.
    """
    state = app_state()
    if not ids and state.store.batches.find(new.what.request_token) is None:
        abort(409, _TOO_LATE)
    begun = state.store.batches.begin(new, ids, now())
    remember("batch", begun.id)
    batch = state.batches.carry_out(begun)
    if not batch.is_over:
        return redirect(to_batch(batch.id, wanted), 303)
    if not batch.made and batch.decision is not None:
        abort(409, _TOO_LATE)
    flash(told_of(batch, gone))
    return redirect(to_queue(wanted), 303)


@batches.get("/batches/<batch_id>")
def show(batch_id: str) -> str:
    """How far a batch is, and what was left alone: a live page while it is carried out."""
    batch = _wanted(batch_id)
    return render_template(
        "batch_state.html", **_state_of(batch), left=_left_page(batch), wanted=filter_of(request.args)
    )


@batches.get("/batches/<batch_id>/progress")
def progress(batch_id: str) -> str | Response:
    """The live part of a batch's page; once it is over, the whole page comes again with what was left alone."""
    batch = _wanted(batch_id)
    if batch.is_over:
        answer = Response(status=200)
        answer.headers["HX-Refresh"] = "true"
        return answer
    return render_template("parts/batch_progress.html", **_state_of(batch), wanted=filter_of(request.args))


@batches.post("/batches/<batch_id>/go-on")
def go_on(batch_id: str) -> Response:
    """Go on with a batch that was interrupted, as by the desk's end."""
    app_state().batches.carry_out(_wanted(batch_id))
    return redirect(to_batch(batch_id, filter_of(request.args)), 303)


@batches.post("/batches/<batch_id>/undo")
def take_back(batch_id: str) -> Response:
    """Take the whole batch back, also one that is not finished."""
    _wanted(batch_id)
    undone = app_state().store.batches.undo(batch_id, person().name, now())
    if undone is None:
        flash("It was taken back already.")
    else:
        app_state().batches.carry_out(undone)
    return redirect(to_batch(batch_id, filter_of(request.args)), 303)


def _wanted(batch_id: str) -> StoredBatch:
    batch = app_state().store.batches.find(batch_id)
    if batch is None:
        abort(404, "There is no such batch.")
    return batch


def _state_of(batch: StoredBatch) -> dict[str, object]:
    silent = (now() - batch.touched_at).total_seconds() > SILENT_SECONDS
    stopped = not batch.is_over and silent and not app_state().batches.is_running(batch.id)
    return {"batch": batch, "stopped": stopped, "done": batch_words(batch)}


def _left_page(batch: StoredBatch) -> dict[str, object]:
    """A page of the findings that were left alone."""
    paging = asked_page(request.args.get("p", ""), len(batch.left_alone), PAGE)
    numbers = batch.left_alone[paging.first - 1 : paging.first - 1 + PAGE]
    entries = app_state().store.queue.entries(numbers)
    return {"entries": entries, "labels": link_places(entries), "paging": paging}


def batch_words(batch: StoredBatch) -> str:
    """What a batch does to findings: `accepted`, `given to Ben`."""
    if batch.decision is None:
        return f"given to {batch.assignee}" if batch.assignee else "given back to everybody"
    ends = batch.expires_at if batch.decision is not Decision.QUERY else None
    return _DONE[batch.decision] + (f" until {ends:%Y-%m-%d}" if ends else "")


def told_of(batch: StoredBatch, gone: int = 0) -> Markup:
    """What came of a batch in one line, with how many were left alone; `gone` were decided before it began."""
    said = Markup("{} {}.{}").format(
        counted(batch.made, "finding"),
        batch_words(batch),
        "" if batch.decision is None else _left_words(len(batch.left_alone) + gone),
    )
    if batch.left_alone and batch.decision is not None:
        said += Markup(' <a href="{}">See which</a>').format(url_for("batches.show", batch_id=batch.id))
    return said


def _left_words(left: int) -> str:
    """That some were left alone; those that are the person's already, of an assignment, are not worth a word."""
    return f" {counted(left, 'other was', 'others were')} left alone: somebody was quicker." if left else ""


def _assign(wanted: QueueFilter, chosen: FindingRanges, token: str) -> Response:
    who = assignee_of(request.form.get("assignee", ""))
    ids = chosen.within(app_state().store.queue.numbers(wanted))
    new = NewAssignment(who, person().name, token, words_of(request.form, "note"))
    return _begin(wanted, NewBatch(new), ids, 0)


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
