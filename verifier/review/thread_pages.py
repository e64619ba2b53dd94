"""What is said about a finding, and whose it is, without deciding it."""

from flask import Blueprint, abort, flash, redirect, request
from werkzeug.wrappers import Response

from db.assignments import NewAssignment
from verifier.review.addresses import to_finding
from verifier.review.decision_forms import token_of, words_of
from verifier.review.desk import app_state, now, person
from verifier.review.filters import filter_of
from verifier.review.finding_pages import wanted_finding
from verifier.review.people import assignee_of
from verifier.review.undo_pages import remember

threads = Blueprint("threads", __name__)


@threads.post("/findings/<fingerprint>/say")
def say(fingerprint: str) -> Response:
    """Add a comment to the thread of a finding."""
    shown = wanted_finding(fingerprint)
    words = words_of(request.form, "words")
    if not words:
        abort(400, "Write something first.")
    app_state().store.discussions.say(shown.finding.fingerprint, person().name, words, token_of(request.form), now())
    return redirect(to_finding(fingerprint, filter_of(request.args)) + "#thread", 303)


@threads.post("/findings/<fingerprint>/assign")
def assign(fingerprint: str) -> Response:
    """Give a finding to a person, or back to everybody."""
    shown = wanted_finding(fingerprint)
    who = assignee_of(request.form.get("assignee", ""))
    token = token_of(request.form)
    new = NewAssignment(who, person().name, token, words_of(request.form, "note"))
    if app_state().store.assignments.assign([shown.finding_id], new, now()):
        remember("assigned", token)
        flash(f"Given to {who}." if who else "Given back to everybody.")
    return redirect(to_finding(fingerprint, filter_of(request.args)), 303)
