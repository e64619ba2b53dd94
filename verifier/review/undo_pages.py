"""Undo: the last thing that was done in this browser, whether to one finding or to many, is taken back."""

from flask import Blueprint, flash, redirect, request, session
from werkzeug.wrappers import Response

from db.rule_records import SCOPE
from db.rules import NewRule
from verifier.reports.labels import counted
from verifier.review.addresses import to_batch, to_finding, to_queue
from verifier.review.desk import app_state, now, person
from verifier.review.filters import filter_of

undoing = Blueprint("undoing", __name__)

_KEY = "last"


def remember(kind: str, name: str) -> None:
    """Keep what was done last, by its id or token: a `review`, a `batch` of them or of assignments, a `rule` that was
    set, or one that was changed (`rule_changed`).
    """
    session[_KEY] = {kind: name}


@undoing.post("/undo")
def undo() -> Response:
    """Take it back."""
    who = person()
    last = session.pop(_KEY, None)
    wanted = filter_of(request.args)
    if not last:
        flash("There is nothing to undo.")
        return redirect(to_queue(wanted), 303)
    kind, name = next(iter(last.items()))
    if kind == "review":
        return _undo_review(name, who.name)
    store = app_state().store
    if kind == "batch" and store.batches.find(name) is not None:
        return _undo_batch(name, who.name)
    if kind == "rule_changed":
        flash(_undo_change(name, who.name))
    elif kind == "rule":
        opened = store.rules.end(name, who.name, now())
        flash("The rule was ended already." if opened is None else f"The rule is ended; {opened} open again.")
    else:
        flash(f"{counted(store.findings.undo_batch(name, who.name, now()), 'decision')} taken back.")
    return redirect(to_queue(wanted), 303)


def _undo_change(rule_id: str, reviewer: str) -> str:
    """Set the version before of a rule again, as a third one."""
    rules = app_state().store.rules
    changed = rules.find(rule_id)
    before = rules.find(changed.replaces) if changed and changed.replaces else None
    if before is None:
        return "There is nothing to undo."
    scope = {name: getattr(before, name) for name in SCOPE}
    again = NewRule(
        **scope,
        why=before.why,
        reviewer=reviewer,
        request_token=f"undo {rule_id}",
        expires_at=before.expires_at,
    )
    done = rules.change(rule_id, again, now())
    return "The rule was ended already." if done is None else f"The rule is as it was before; {done[1]} quiet by it."


def _undo_batch(batch_id: str, reviewer: str) -> Response:
    state, wanted = app_state(), filter_of(request.args)
    begun = state.store.batches.undo(batch_id, reviewer, now())
    if begun is None:
        flash("It was taken back already.")
        return redirect(to_queue(wanted), 303)
    batch = state.batches.carry_out(begun)
    if not batch.is_over:
        return redirect(to_batch(batch.id, wanted), 303)
    given_back = f"{counted(batch.undone, 'finding')} given back."
    flash(given_back if batch.decision is None else f"{counted(batch.undone, 'decision')} taken back.")
    return redirect(to_queue(wanted), 303)


def _undo_review(review_id: str, reviewer: str) -> Response:
    store, wanted = app_state().store, filter_of(request.args)
    made = store.findings.undo_review(review_id, reviewer, f"undo {review_id}", now())
    found = store.desk.review(review_id)
    if made is None or found is None:
        flash("It was not undone: somebody has decided anew since.")
        return redirect(to_queue(wanted), 303)
    flash("Taken back. The finding is as it was before.")
    return redirect(to_finding(found[0], wanted), 303)
