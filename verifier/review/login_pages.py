"""Logging in and out, and (at an open desk) saying how one wants to be called."""

from math import ceil

from flask import Blueprint, abort, g, redirect, render_template, request
from werkzeug.wrappers import Response

from verifier.review.access import call, clean_name
from verifier.review.addresses import own_path
from verifier.review.client import client_of
from verifier.review.desk import app_state, home
from verifier.review.kept_form import KeptForm, carried_form, kept_form

login = Blueprint("login", __name__)


@login.get("/login")
def form() -> str | Response:
    """The form."""
    if app_state().access.is_open or app_state().access.settings.trusted_header:
        return redirect(home())
    return _form(after=own_path(request.args.get("after", "")))


def log_in_first() -> tuple[str, int]:
    """The form in the place of what somebody sent whose session is over: what they wrote goes along with it."""
    kept = kept_form(request)
    return _form(after="" if kept else home(), kept=kept, is_over=True), 403


def _form(
    name: str = "",
    after: str = "",
    *,
    failed: bool = False,
    wait: float = 0,
    kept: KeptForm | None = None,
    is_over: bool = False,
) -> str:
    return render_template(
        "login.html", name=name, after=after, failed=failed, wait=ceil(wait), kept=kept, is_over=is_over
    )


@login.post("/login")
def log_in() -> Response | tuple[str, int]:
    """Let somebody in; who guesses has to wait longer and longer."""
    state = app_state()
    if state.access.is_open or state.access.settings.trusted_header:
        abort(400, "Nobody logs in at this desk.")
    name = clean_name(request.form.get("name", ""))
    after = own_path(request.form.get("after", ""))
    account, client = name.casefold(), client_of(request, state.access.settings.trusted_proxies)
    keys = state.throttle.keys(account, client)
    wait = state.throttle.try_now(*keys)  # before the password is looked at
    kept = carried_form(request)
    if wait > 0:
        return _form(name, after, wait=wait, kept=kept), 429
    known = state.access.log_in(name, request.form.get("password", ""))
    if known is None:
        return _form(name, after, failed=True, kept=kept), 403
    state.throttle.succeeded(account, client)
    if kept is not None:
        g.person = known
        return render_template("again.html", kept=kept), 200
    return redirect(after or home(), 303)


@login.post("/logout")
def log_out() -> Response:
    """End the session."""
    app_state().access.log_out()
    return redirect(home(), 303)


@login.post("/call-me")
def called() -> Response:
    """At an open desk: the name that reviews are signed with."""
    if not app_state().access.is_open:
        abort(400, "Here your name is the one you logged in with.")
    call(request.form.get("name", ""))
    return redirect(own_path(request.form.get("after", "")) or home(), 303)
