"""Logging in and out, and (at an open desk) saying how one wants to be called."""

from math import ceil
from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from verifier.review.access import call, clean_name
from verifier.review.client import client_of
from verifier.review.desk import app_state, home

login = Blueprint("login", __name__)


@login.get("/login")
def form() -> str | Response:
    """The form."""
    if app_state().access.is_open or app_state().access.settings.trusted_header:
        return redirect(home())
    return render_template("login.html", failed=False, wait=0, name="", after=_own(request.args.get("after", "")))


@login.post("/login")
def log_in() -> Response | tuple[str, int]:
    """Let somebody in; who guesses has to wait longer and longer."""
    state = app_state()
    if state.access.is_open or state.access.settings.trusted_header:
        abort(400, "Nobody logs in at this desk.")
    name = clean_name(request.form.get("name", ""))
    after = _own(request.form.get("after", ""))
    account, client = name.casefold(), client_of(request, state.access.settings.trusted_proxies)
    keys = state.throttle.keys(account, client)
    wait = state.throttle.try_now(*keys)  # before the password is looked at
    if wait > 0:
        page = render_template("login.html", failed=False, wait=ceil(wait), name=name, after=after)
        return page, 429
    if state.access.log_in(name, request.form.get("password", "")) is None:
        return render_template("login.html", failed=True, wait=0, name=name, after=after), 403
    state.throttle.succeeded(account, client)
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
    return redirect(_own(request.form.get("after", "")) or home(), 303)


def _own(address: str) -> str:
    """A path of ours to go on to; empty for anything that leads elsewhere."""
    try:
        parts = urlsplit(address.replace("\\", "/"))
    except ValueError:
        return ""
    leads_away = parts.scheme or parts.netloc or not address.startswith("/") or address.startswith("//")
    return "" if leads_away or not address.isprintable() else address
