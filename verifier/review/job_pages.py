"""Work that was started from the desk: its progress, its outcome, and another try where a run was in its way."""

import io
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from db.review_queue import QueueFilter
from verifier.errors import DocumentError
from verifier.review.addresses import to_finding, to_queue
from verifier.review.desk import app_state, now, person
from verifier.review.document_pages import order_settings
from verifier.review.finding_pages import finding_page, is_of_web, may_be_supplied, wanted_finding
from verifier.review.jobs import Job
from verifier.review.uploads import MEDIA_TYPES, Stream, media_type_of, save_upload

jobs = Blueprint("jobs", __name__)

_LONGEST_PASTE = 5_000_000
"""Characters of pasted text: a long book has three million."""

_SAFE = {code: "_" for code in range(128) if not chr(code).isalnum()}


@jobs.get("/jobs/<job_id>")
def show(job_id: str) -> str:
    """How far a job is; a live page."""
    job = _wanted(job_id)
    return render_template("job.html", job=job, outcome=_outcome(job), form=_form(job))


@jobs.get("/jobs/<job_id>/progress")
def progress(job_id: str) -> str:
    """The live part of a job's page."""
    job = _wanted(job_id)
    return render_template("parts/progress.html", job=job, outcome=_outcome(job), form=_form(job))


@jobs.post("/jobs/<job_id>/again")
def again(job_id: str) -> AnyResponse:
    """Give the same order again."""
    job = _wanted(job_id)
    if not app_state().jobs.may_start_again(job):
        abort(400, "This was carried out; it need not be started again.")
    started = app_state().jobs.start(job.order, job.title, person().name, job.leads_to)
    return redirect(url_for("jobs.show", job_id=started.id), 303)


@jobs.post("/findings/<fingerprint>/supply")
def supply(fingerprint: str) -> AnyResponse | tuple[str, int]:
    """Take the source of a finding that no program may read, as a file or as pasted text."""
    who = person()
    state = app_state()
    shown = wanted_finding(fingerprint)
    if not may_be_supplied(shown):
        abort(404, "This is no finding whose source can be supplied.")
    try:
        media_type, stream = _handed_in()
        folder = state.settings.data.absolute() / "supplied"
        file = save_upload(stream, folder, f"{fingerprint[:16].translate(_SAFE)}-{now():%Y%m%dT%H%M%S%f}")
    except DocumentError as error:
        return finding_page(shown, refused=str(error)), 400
    order = {
        "job": "supply",
        "url": shown.finding.url,
        "path": str(file),
        "media_type": media_type,
        "by": who.name,
        "settings": order_settings(state),
    }
    leads_to = {"finding": fingerprint, "url": shown.finding.url}
    started = state.jobs.start(order, "Archiving and comparing the source", who.name, leads_to)
    return redirect(url_for("jobs.show", job_id=started.id), 303)


@jobs.post("/findings/<fingerprint>/check")
def check_link(fingerprint: str) -> AnyResponse:
    """Ask the address of a finding now."""
    state = app_state()
    url = wanted_finding(fingerprint).finding.url
    if not is_of_web(url):
        abort(404, "This finding has no address that could be asked.")
    order = {"job": "check link", "url": url, "settings": order_settings(state)}
    started = state.jobs.start(order, "Checking the link", person().name, {"finding": fingerprint})
    return redirect(url_for("jobs.show", job_id=started.id), 303)


def _handed_in() -> tuple[str, Stream]:
    """The media type and the bytes of what a form brought. Raises DocumentError for what cannot be taken."""
    given, pasted = request.files.get("file"), request.form.get("pasted", "").strip()
    if given is not None and given.filename:
        media_type = media_type_of(given.filename, given.stream.read(1024))
        given.stream.seek(0)
        if media_type is None:
            kinds = ", ".join(sorted(MEDIA_TYPES))
            raise DocumentError(f"Such a file cannot be read; give one of {kinds}, or paste the text.")
        return media_type, given.stream
    if pasted:
        return "text/plain", io.BytesIO(pasted[:_LONGEST_PASTE].encode("utf-8", "replace"))
    raise DocumentError("Choose a file, or paste the text of the source.")


def _outcome(job: Job) -> str:
    """Where the outcome of a finished job is seen; empty while there is none."""
    if job.done is None:
        return ""
    if "finding" in job.leads_to:
        return _found_in_source(job.leads_to) or to_finding(job.leads_to["finding"]) + "#compared"
    collection, path = job.leads_to["collection"], job.leads_to["path"]
    document = app_state().store.documents.present_in([collection]).get((collection, path))
    return url_for("documents.show", document_id=document.id) if document else url_for("documents.index")


def _found_in_source(leads_to: Mapping[str, Any]) -> str:
    """The open findings about the source that was handed in; empty where there are none."""
    store = app_state().store
    source = store.source_histories.source_of(leads_to["url"]) if "url" in leads_to else None
    if source is None:
        return ""
    store.queue.bring_up_to_date(now())
    wanted = QueueFilter(source=source[1])
    return to_queue(wanted) if store.queue.count(wanted) else ""


def _form(job: Job) -> str:
    """Where what a job refused can be handed in anew."""
    finding = job.leads_to.get("finding")
    return to_finding(finding) if finding else url_for("documents.upload_form")


def _wanted(job_id: str) -> Job:
    job = app_state().jobs.find(job_id)
    if job is None:
        abort(404, "The desk does not remember this work; it was restarted since.")
    return job
