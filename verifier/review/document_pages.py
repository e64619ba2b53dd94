"""The documents: their list, what was covered of each, the pictures of their pages, and uploads."""

import hashlib
import re
from pathlib import Path

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from db.document_list import PAGE, ShelvedDocument
from db.records import DocumentPlace
from db.review_queue import QueueFilter
from verifier.errors import DocumentError
from verifier.model import Box, PartStatus, edition_name, suffix_of
from verifier.reports.labels import UNCHECKED_WORDS
from verifier.reports.markup.annotated_copies import COMMENTED_SUFFIXES
from verifier.reports.markup.note_picture import NotePicture, draw_note
from verifier.review.desk import AppState, app_state, now, person
from verifier.review.note_list import CHOICE_WORDS
from verifier.review.picture_cache import PictureCache
from verifier.review.queue_pages import link_places
from verifier.review.uploads import save_document

documents = Blueprint("documents", __name__)

_PICTURES = "pages"
_NOTE_ID = re.compile(r"[a-z]{1,4}-\d{1,6}")
_LONGEST = 200


@documents.get("/documents")
def index() -> str:
    """All documents that are at a path, with what is open in each."""
    app_state().store.queue.bring_up_to_date(now())
    words = request.args.get("q", "")[:_LONGEST].strip()
    last, number = request.args.get("after", ""), request.args.get("number", "")
    after = (last, int(number)) if last and number.isdecimal() and len(number) <= 18 else None
    shelf = app_state().store.shelf.page(after, words, PAGE + 1)
    return render_template("documents.html", shelf=shelf[:PAGE], words=words, more=len(shelf) > PAGE)


@documents.get("/documents/<row:document_id>")
def show(document_id: int) -> str:
    """One document: what was covered, what was found, what the parser doubted."""
    app_state().store.queue.bring_up_to_date(now())
    with app_state().store.one_state():
        return _page(document_id)


def _page(document_id: int) -> str:
    document = _wanted(document_id)
    found = app_state().store.documents.current([document_id])
    listed = app_state().notes.of(app_state().store, found[0]) if found else None
    entries = app_state().store.queue.page(QueueFilter(document_id=document_id))
    return render_template(
        "document.html",
        document=document,
        entries=entries,
        labels=link_places(entries, document.path),
        decided=app_state().store.queue.count(QueueFilter(document_id=document_id, state=None)),
        open=app_state().store.queue.count(QueueFilter(document_id=document_id)),
        listed=listed,
        choices=CHOICE_WORDS,
        statuses=PartStatus,
        unchecked_words=UNCHECKED_WORDS,
        reading=listed.extraction if listed else None,
        wanted=QueueFilter(document_id=document_id),
        upload=_upload_of(document),
        earlier=app_state().store.shelf.document(document.edition_of) if document.edition_of is not None else None,
        may_comment=suffix_of(document.path) in COMMENTED_SUFFIXES,
    )


@documents.post("/documents/<row:document_id>/withdraw")
def withdraw(document_id: int) -> AnyResponse:
    """Take back an upload: a job of its own, since no run may be going on meanwhile."""
    upload = _upload_of(_wanted(document_id))
    if upload is None:
        abort(404, "This document was not uploaded here; take it out of its folder.")
    state, who = app_state(), person().name
    file = state.settings.uploads_folder.absolute() / upload.path
    order = {"job": "withdraw", "path": str(file), "by": who, "settings": order_settings(state)}
    leads_to = {"collection": upload.collection, "path": upload.path}
    job = state.jobs.start(order, f"Withdrawing {upload.path}", who, leads_to)
    return redirect(url_for("jobs.show", job_id=job.id), 303)


@documents.post("/documents/<row:document_id>/not-an-edition")
def not_an_edition(document_id: int) -> AnyResponse:
    """Take back the decisions shared with an earlier document, where nobody has decided anew, and share no more."""
    document = _wanted(document_id)
    app_state().store.findings.part_editions(document.id, person().name, now())
    return redirect(url_for("documents.show", document_id=document.id), 303)


def _upload_of(document: ShelvedDocument) -> DocumentPlace | None:
    """Where a document lies among the uploads, if it does."""
    if document.pdf_sha256 is None:
        return None
    uploads = str(app_state().settings.uploads_folder.absolute())
    places = (DocumentPlace(document.collection, document.path), *document.also_at)
    return next((place for place in places if place.collection == uploads), None)


@documents.get("/documents/<row:document_id>/pages/<row:page>.png")
def picture(document_id: int, page: int) -> Response:
    """The picture of a page with a note and its sentence highlighted; drawn once a reading, then kept."""
    document = _wanted(document_id)
    note_id = request.args.get("note", "")
    if document.pdf_sha256 is None or (note_id and not _NOTE_ID.fullmatch(note_id)):
        abort(404, "There is no such page.")
    cache = PictureCache(app_state().settings.data / _PICTURES)
    reading = hashlib.sha256((document.parser_version or "").encode()).hexdigest()[:12]
    name = f"{document.pdf_sha256}-{reading}-{page}-{note_id}"
    shown = cache.find(name) if note_id else None
    if shown is None:
        marks = _marks(document, request.args.get("finding", ""))
        shown = _drawn(document, page, note_id, request.args.get("sentence"), marks)
        if note_id:
            cache.keep(name, shown)
    response = Response(shown.png, mimetype="image/png")
    response.headers["Cache-Control"] = "private, max-age=86400"
    response.headers["Highlight-Top"] = f"{shown.top:.3f}"
    return response


def _marks(document: ShelvedDocument, fingerprint: str) -> tuple[Box, ...]:
    """The places that a finding says do not go together, where it is one of this document."""
    shown = app_state().store.desk.finding(fingerprint, now()) if fingerprint else None
    if shown is None or shown.inconsistency is None or shown.document is None or shown.document.id != document.id:
        return ()
    return tuple(box for place in shown.inconsistency.places for box in place.boxes)


def _drawn(
    document: ShelvedDocument, page: int, note_id: str, sentence: str | None, marks: tuple[Box, ...]
) -> NotePicture:
    pdf = app_state().settings.documents_folder / edition_name(document.pdf_sha256 or "", document.path)
    note = app_state().store.desk.note(document.id, note_id) if note_id else None
    if note_id and note is None:
        abort(404, "There is no such note.")
    try:
        return draw_note(pdf, page, note, sentence, marks)
    except DocumentError:
        abort(404, "The page cannot be drawn; the kept copy of the PDF is missing or damaged.")


@documents.get("/upload")
def upload_form() -> str:
    """Where a document is uploaded."""
    return _upload_form()


def _upload_form(refused: str = "") -> str:
    limit = app_state().settings.review.max_upload_bytes
    return render_template("upload.html", limit=limit, refused=refused, edition=request.form.get("edition") == "1")


@documents.post("/upload")
def upload() -> AnyResponse | tuple[str, int]:
    """Keep an uploaded document and start its check; what cannot be taken leads back to the form."""
    given = request.files.get("pdf")
    if given is None or not given.filename:
        return _upload_form("Choose a document first."), 400
    state = app_state()
    try:
        file = save_document(
            given.stream,
            state.settings.uploads_folder.absolute(),
            given.filename,
            as_new_edition=request.form.get("edition") == "1",
        )
    except DocumentError as error:
        return _upload_form(str(error)), 400
    return redirect(url_for("jobs.show", job_id=_check(state, file)), 303)


def _check(state: AppState, file: Path) -> str:
    order = {"job": "check", "path": str(file), "settings": order_settings(state)}
    leads_to = {"collection": str(file.parent), "path": file.name}
    return state.jobs.start(order, f"Checking {file.name}", person().name, leads_to).id


def order_settings(state: AppState) -> dict[str, object]:
    """The settings as a job's order holds them: without what it does not need, secrets above all."""
    settings = state.settings.model_copy(update={"data": state.settings.data.absolute()})
    return settings.model_dump(mode="json", exclude={"mail", "heartbeat", "webhook", "review", "metrics_file"})


def _wanted(document_id: int) -> ShelvedDocument:
    document = app_state().store.shelf.document(document_id)
    if document is None:
        abort(404, "There is no such document.")
    return document
