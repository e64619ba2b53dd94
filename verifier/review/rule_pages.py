"""Standing rules: the list with what came of each, setting one after seeing what it would keep quiet, ending one."""

import secrets
from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.rules import NewRule
from verifier.model import FindingCode
from verifier.reports.labels import counted
from verifier.review.decision_forms import day_end, token_of, words_of
from verifier.review.desk import app_state, now, person
from verifier.review.undo_pages import remember

rules = Blueprint("rules", __name__)

SHORTEST_REASON = 3
"""Characters: a rule says why."""

_LONGEST_ADDRESS = 4000


@rules.get("/rules")
def index() -> str:
    """All rules, the newest first."""
    app_state().store.queue.bring_up_to_date(now())
    return render_template("rules.html", rules=app_state().store.rules.all(), now=now())


@rules.get("/rules/new")
def new() -> str:
    """A rule to be set, with how many open findings it is about."""
    drafted = _drafted(request.args, "a preview", "a preview")
    return render_template(
        "rule_form.html",
        rule=drafted,
        matching=app_state().store.rules.matching(drafted) if drafted.host or drafted.url else 0,
        codes=list(FindingCode),
        token=secrets.token_urlsafe(16),
        today=now().date(),
    )


@rules.post("/rules")
def add() -> Response:
    """Set a rule, and apply it at once."""
    why = words_of(request.form, "why")
    drafted = _drafted(request.form, why, token_of(request.form))
    if not drafted.host and not drafted.url:
        abort(400, "Say which host or which address the rule is about.")
    if len(why) < SHORTEST_REASON:
        abort(400, "Say why: whoever comes after you will ask.")
    if drafted.host and drafted.expires_at is None:
        abort(400, "Name a day in the future on which the rule ends: no host is kept quiet for good.")
    rule_id, made = app_state().store.rules.set(drafted, now())
    remember("rule", rule_id)
    flash(f"The rule is set: {counted(made, 'finding')} quiet by it now.")
    return redirect(url_for("rules.index"), 303)


@rules.post("/rules/<rule_id>/end")
def end(rule_id: str) -> Response:
    """End a rule: what it keeps quiet is open again."""
    opened = app_state().store.rules.end(rule_id, person().name, now())
    if opened is None:
        abort(409, "There is no such rule any more, or somebody has ended it already.")
    flash(f"The rule is ended: {counted(opened, 'finding')} open again.")
    return redirect(url_for("rules.index"), 303)


def _drafted(form: Mapping[str, str], why: str, token: str) -> NewRule:
    """The rule that a form or an address says; one about an address is about no host besides."""
    if form.get("code") not in {code.value for code in FindingCode}:
        abort(400, "A rule is about one kind of finding.")
    url = words_of(form, "url", _LONGEST_ADDRESS)
    status = form.get("http_status", "").strip()
    if status and not (status.isascii() and status.isdecimal() and 100 <= int(status[:4]) <= 599):
        abort(400, "An HTTP status is a number from 100 to 599.")
    return NewRule(
        FindingCode(form["code"]),
        why,
        person().name,
        token,
        host=None if url else words_of(form, "host", 200).lower() or None,
        url=url or None,
        http_status=int(status) if status else None,
        expires_at=day_end(form.get("until", "")),
    )
