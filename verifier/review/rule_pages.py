"""Standing rules: the list with what came of each, setting one after seeing what it keeps quiet, changing, ending."""

import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.review_queue import PAGE
from db.rules import NewRule, StoredRule
from verifier.model import FindingCode, LinkReason
from verifier.reports.labels import counted
from verifier.review.decision_forms import token_of, words_of
from verifier.review.desk import app_state, now, person
from verifier.review.paging import asked_page
from verifier.review.queue_pages import link_places
from verifier.review.rule_forms import must_be_whole, rule_of, rule_query
from verifier.review.undo_pages import remember

rules = Blueprint("rules", __name__)

SHORTEST_REASON = 3
"""Characters: a rule says why."""


@rules.get("/rules")
def index() -> str:
    """All rules, the newest first."""
    app_state().store.queue.bring_up_to_date(now())
    listed = app_state().store.rules.all()
    return render_template("rules.html", rules=listed, now=now(), known={rule.id for rule in listed})


@rules.get("/rules/new")
def new() -> str:
    """A rule to be set, with the open findings that it is about."""
    return _form(request.args, None)


@rules.post("/rules")
def add() -> Response:
    """Set a rule, and apply it at once."""
    drafted = _complete(request.form)
    rule_id, made = app_state().store.rules.set(drafted, now())
    remember("rule", rule_id)
    flash(f"The rule is set: {counted(made, 'finding')} quiet by it now.")
    return redirect(url_for("rules.index"), 303)


@rules.get("/rules/<rule_id>/change")
def edit(rule_id: str) -> str:
    """A rule to be changed, as it is or as the address says."""
    rule = _wanted(rule_id)
    if "code" in request.args:
        return _form(request.args, rule)
    return _form(dict(parse_qsl(rule_query(rule))), rule)


@rules.post("/rules/<rule_id>/change")
def change(rule_id: str) -> Response:
    """Set a new version of a rule in its place."""
    drafted = _complete(request.form)
    done = app_state().store.rules.change(rule_id, drafted, now())
    if done is None:
        abort(409, "There is no such rule any more, or somebody has ended it already.")
    new_id, quiet = done
    remember("rule_changed", new_id)
    flash(f"The rule is changed: {counted(quiet, 'finding')} quiet by it now.")
    return redirect(url_for("rules.index"), 303)


@rules.post("/rules/<rule_id>/end")
def end(rule_id: str) -> Response:
    """End a rule: what it keeps quiet is open again."""
    opened = app_state().store.rules.end(rule_id, person().name, now())
    if opened is None:
        abort(409, "There is no such rule any more, or somebody has ended it already.")
    flash(f"The rule is ended: {counted(opened, 'finding')} open again.")
    return redirect(url_for("rules.index"), 303)


def _form(query: Mapping[str, str], replaced: StoredRule | None) -> str:
    """The form of a rule, filled in, with the page of what it would keep quiet that is asked for."""
    store = app_state().store
    drafted = rule_of(query, words_of(query, "why"), "a preview")
    has_place = any((drafted.host, drafted.url, drafted.below, drafted.document_id is not None, drafted.folder))
    named = store.rules.which(drafted) if has_place else []
    paging = asked_page(request.args.get("p", ""), len(named), PAGE)
    shown = store.queue.entries(named[paging.first - 1 : paging.last])
    return render_template(
        "rule_form.html",
        rule=drafted,
        replaced=replaced,
        has_place=has_place,
        matching=len(named),
        paging=paging,
        shown=shown,
        labels=link_places(shown),
        query=rule_query(drafted),
        document=None if drafted.document_id is None else store.shelf.document(drafted.document_id),
        codes=list(FindingCode),
        reasons=list(LinkReason),
        folders=store.queue.folders(),
        for_good=replaced is not None and drafted.expires_at is None,
        token=secrets.token_urlsafe(16),
        today=now().date(),
    )


def _complete(form: Mapping[str, str]) -> NewRule:
    """A rule that may be set: it says where, why, and until when or that it is for good."""
    drafted = rule_of(form, words_of(form, "why"), token_of(form))
    must_be_whole(drafted)
    if len(drafted.why) < SHORTEST_REASON:
        abort(400, "Say why: whoever comes after you will ask.")
    if drafted.expires_at is None and not drafted.url and form.get("for_good") != "1":
        abort(400, "Name a day in the future on which the rule ends, or say that it is for good.")
    return drafted


def _wanted(rule_id: str) -> StoredRule:
    rule = app_state().store.rules.find(rule_id)
    if rule is None or rule.ended_at is not None:
        abort(404, "There is no such rule, or somebody has ended it.")
    return rule
