"""Work that was started from the desk: its progress, its outcome, and another try where a run was in its way."""

import io

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from verifier.errors import DocumentError
from verifier.model import FindingCode
from verifier.review.addresses import to_finding
from verifier.review.desk import app_state, now, person
from verifier.review.document_pages import order_settings
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
    return render_template("job.html", job=job, outcome=_outcome(job))


@jobs.get("/jobs/<job_id>/progress")
def progress(job_id: str) -> str:
    """The live part of a job's page."""
    job = _wanted(job_id)
    return render_template("parts/progress.html", job=job, outcome=_outcome(job))


@jobs.post("/jobs/<job_id>/again")
def again(job_id: str) -> Response:
    """Give the same order again."""
    job = _wanted(job_id)
    if not app_state().jobs.may_start_again(job):
        abort(400, "This was carried out; it need not be started again.")
    started = app_state().jobs.start(job.order, job.title, person().name, job.leads_to)
    return redirect(url_for("jobs.show", job_id=started.id), 303)


@jobs.post("/findings/<fingerprint>/supply")
def supply(fingerprint: str) -> Response:
    """Take the source of a finding that no program may read, as a file or as pasted text."""
    who = person()
    state = app_state()
    shown = state.store.desk.finding(fingerprint, now())
    if shown is None or shown.finding.url is None or shown.finding.code is not FindingCode.LINK_BLOCKED:
        abort(404, "This is no finding whose source can be supplied.")
    given, pasted = request.files.get("file"), request.form.get("pasted", "").strip()
    folder = state.settings.data.absolute() / "supplied"
    stream: Stream
    if given is not None and given.filename:
        media_type = media_type_of(given.filename, given.stream.read(1024))
        given.stream.seek(0)
        if media_type is None:
            abort(400, f"Such a file cannot be read; give one of {', '.join(sorted(MEDIA_TYPES))}, or paste the text.")
        stream = given.stream
    elif pasted:
        media_type, stream = "text/plain", io.BytesIO(pasted[:_LONGEST_PASTE].encode("utf-8", "replace"))
    else:
        abort(400, "Choose a file, or paste the text of the source.")
    try:
        file = save_upload(stream, folder, f"{fingerprint[:16].translate(_SAFE)}-{now():%Y%m%dT%H%M%S%f}")
    except DocumentError as error:
        abort(400, str(error))
    order = {
        "job": "supply",
        "url": shown.finding.url,
        "path": str(file),
        "media_type": media_type,
        "by": who.name,
        "settings": order_settings(state),
    }
    started = state.jobs.start(order, "Archiving and comparing the source", who.name, {"finding": fingerprint})
    return redirect(url_for("jobs.show", job_id=started.id), 303)


def _outcome(job: Job) -> str:
    """Where the outcome of a finished job is seen; empty while there is none."""
    if job.done is None:
        return ""
    if "finding" in job.leads_to:
        return to_finding(job.leads_to["finding"]) + "#compared"
    collection, path = job.leads_to["collection"], job.leads_to["path"]
    document = app_state().store.documents.present_in([collection]).get((collection, path))
    return url_for("documents.show", document_id=document.id) if document else url_for("documents.index")


def _wanted(job_id: str) -> Job:
    job = app_state().jobs.find(job_id)
    if job is None:
        abort(404, "The desk does not remember this work; it was restarted since.")
    return job
