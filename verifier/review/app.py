"""The application: pages put together, everything before and behind them, and what is said when something fails."""

import logging
from collections.abc import Sequence

from flask import Flask, Request, abort, g, redirect, render_template, request, session, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as AnyResponse

from db.store import Store
from verifier.errors import VerifierError
from verifier.review.access import Access
from verifier.review.activity_pages import activity
from verifier.review.addresses import asset, to_finding, to_queue
from verifier.review.addresses import url_for as kept_url_for
from verifier.review.batch_pages import batches
from verifier.review.desk import AppState, app_state, attach, now
from verifier.review.document_pages import documents
from verifier.review.evidence_pages import evidence
from verifier.review.export_pages import exports
from verifier.review.finding_pages import findings
from verifier.review.job_pages import jobs
from verifier.review.jobs import Jobs
from verifier.review.kept_form import kept_form
from verifier.review.letter_pages import letters
from verifier.review.login_pages import log_in_first, login
from verifier.review.note_pages import notes
from verifier.review.queue_pages import queue
from verifier.review.queue_team import team
from verifier.review.rule_pages import rules
from verifier.review.safety import guard
from verifier.review.secret import session_secret
from verifier.review.sessions import LIFETIME, SessionRegister
from verifier.review.shared_record import own_folder
from verifier.review.source_pages import sources
from verifier.review.template_filters import register_filters
from verifier.review.thread_pages import threads
from verifier.review.throttle import Throttle
from verifier.review.undo_pages import undoing
from verifier.review.users import Users
from verifier.settings import Settings

_MOST_IN_MEMORY = 20_000_000
"""Bytes of a form that is not a file: a pasted source."""

_SINGLE_FINDINGS = (queue, findings, evidence, undoing)
_TOGETHER = (team, batches, rules, letters, threads, activity)

_FOR_ANYBODY = frozenset({"static", "login.form", "login.log_in"})
_FOR_READERS = frozenset({"login.log_out"})

_NOT_SENT_AGAIN = frozenset({403, 405, 413})
"""Failures that the same form would meet again, whoever sends it."""

_log = logging.getLogger("verifier.review")


def create_app(settings: Settings, store: Store, job_command: Sequence[str]) -> Flask:
    """The desk of an installation as a WSGI application.

    `job_command` is the command line of the process that carries out jobs (see `verifier.review.jobs`).

    Raises SettingsError when the desk would be open to other machines, or its secret or users cannot be read.
    """
    users = Users(settings.review.users or settings.data / "users.json")
    access = Access(settings.review, users, SessionRegister(settings.data / "review.sessions"))
    access.must_be_safe()
    app = Flask("verifier.review", template_folder="templates", static_folder="static")
    app.config.update(
        SECRET_KEY=session_secret(settings),
        SESSION_COOKIE_NAME="verifier_desk",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.review.address.startswith("https:"),
        PERMANENT_SESSION_LIFETIME=LIFETIME,
        # A picture that comes late would bring back the cookie of the page that asked for it, and `undo` with it.
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=settings.review.max_upload_bytes,
        MAX_FORM_MEMORY_SIZE=_MOST_IN_MEMORY,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        WTF_CSRF_TIME_LIMIT=None,  # a page may stay open over lunch; the token dies with the session
        WTF_CSRF_SSL_STRICT=False,  # the origin is checked by `safety`, also without https
    )
    app.url_map.converters["row"] = RowConverter
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    guard(app, settings.review)
    CSRFProtect(app)
    _admit(app)
    register_filters(app)
    app.jinja_env.globals.update(to_finding=to_finding, to_queue=to_queue, url_for=kept_url_for, asset=asset)
    for part in (*_SINGLE_FINDINGS, *_TOGETHER, documents, notes, exports, jobs, sources, login):
        app.register_blueprint(part)
    _tell_failures(app)
    with app.app_context():
        together = own_folder()
        attach(AppState(settings, store, access, Jobs(job_command, together), Throttle(together / "throttle")))
    store.queue.bring_up_to_date(now())
    return app


class RowConverter(BaseConverter):
    """The number of a row in an address: what no database could hold is no page."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)


def _admit(app: Flask) -> None:
    """Find out who is asking, before any page; readers change nothing."""

    @app.before_request
    def admit() -> AnyResponse | tuple[str, int] | None:
        state = app_state()
        if request.endpoint != "static":
            _must_be_set_up(state, request)
        if not session.permanent:
            session.permanent = True
        if request.endpoint in _FOR_ANYBODY:
            return None
        g.person = state.access.person(request)
        if g.person is None:
            if state.access.settings.trusted_header:
                abort(403, "The proxy in front of this desk does not say who you are.")
            if request.method == "GET" and request.headers.get("HX-Request") is None:
                return redirect(url_for("login.form", after=request.full_path.rstrip("?")))
            if request.method == "POST":
                return log_in_first()
            abort(403, "Log in first.")
        if request.method == "POST" and not g.person.may_decide and request.endpoint not in _FOR_READERS:
            abort(403, "You may read here, and not decide. Whoever runs Verifier can make you an editor.")
        return None

    @app.context_processor
    def who() -> dict[str, object]:
        access = app_state().access
        return {
            "person": g.get("person"),
            "is_open": access.is_open,
            "logs_in": not access.is_open and not access.settings.trusted_header,
            "may_undo": bool(session.get("last")),
        }


def _must_be_set_up(state: AppState, request: Request) -> None:
    """Refuse everybody where it is not settled who may come in, and where the store is another than was opened."""
    state.access.remember_users()
    if state.access.is_closed:
        abort(503, "Nobody may come in: this desk names no user any more. Whoever runs Verifier can put that right.")
    if state.access.comes_unannounced(request):
        abort(403, "A proxy leads here, and this desk was set up for its own machine only; see review.address.")
    if request.method == "POST":
        state.store.must_be_current()
    else:
        state.store.must_be_same()


def _tell_failures(app: Flask) -> None:
    """Every failure is a page in plain words."""

    @app.errorhandler(CSRFError)
    def stale(_error: CSRFError) -> tuple[str, int]:
        access = app_state().access
        if not access.comes_unannounced(request):
            g.person = access.person(request)
            if g.person is None and not access.settings.trusted_header and not access.is_closed:
                return log_in_first()
        return _told(400, "The form was made for another session, so nothing was stored. Look at it and send it again.")

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> AnyResponse | tuple[str, int] | HTTPException:
        if error.code is None or error.code < 400:
            return error
        most = app_state().settings.review.max_upload_bytes / 1_000_000
        words = {
            404: "There is no such page.",
            405: "That cannot be done here.",
            413: f"That is more than may be sent at once ({most:,.1f} MB).",
        }
        generic = type(error).description == error.description
        return _told(error.code, words.get(error.code, "") if generic else str(error.description or ""), _form())

    @app.errorhandler(VerifierError)
    def unavailable(error: VerifierError) -> tuple[str, int]:
        _log.error("%s", error)
        return _told(503, f"{str(error).rstrip('.')}.")

    @app.errorhandler(500)
    def broken(_error: Exception) -> tuple[str, int]:
        lost = "What you sent was not stored" if request.method == "POST" else "This page could not be made"
        return _told(500, f"{lost}: that is a defect of Verifier. Please report it.")


def _form() -> str:
    """Where a form that was refused can be filled in anew: one that brings files is too large to be shown again."""
    if request.method != "POST":
        return ""
    if request.endpoint == "documents.upload":
        return url_for("documents.upload_form")
    fingerprint = (request.view_args or {}).get("fingerprint")
    return to_finding(fingerprint) if fingerprint else ""


def _told(status: int, words: str, form: str = "") -> tuple[str, int]:
    words = words or "That did not work."
    kept = None if status in _NOT_SENT_AGAIN else kept_form(request)
    return render_template("failure.html", status=status, words=words, form=form, kept=kept), status
