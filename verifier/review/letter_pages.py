"""Letters to authors: one a document, with all that is asked; kept as they were written, and handed on as files."""

import secrets
from pathlib import PurePosixPath

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from db.document_list import ShelvedDocument
from db.letters import AskedQuestion, NewLetter, StoredLetter
from verifier.model import edition_name
from verifier.reports.labels import document_name
from verifier.review.decision_forms import LONGEST_QUESTION, token_of, words_of
from verifier.review.desk import app_state, now, person
from verifier.review.known_copies import copy_for
from verifier.review.letters.author import author_of
from verifier.review.letters.compose import closing_words, letter_text, opening_words, subject_words
from verifier.review.letters.mail import is_mail_address, mail_draft, mail_link
from verifier.review.letters.questions import question_about
from verifier.review.letters.word import word_letter

letters = Blueprint("letters", __name__)

_LONGEST_LINE = 300
_TICK = "query-"
"""How the name of a question's tick box begins; behind it is its review."""
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@letters.get("/letters")
def index() -> str:
    """The documents whose authors are asked something."""
    app_state().store.queue.bring_up_to_date(now())
    return render_template("letters.html", documents=app_state().store.letters.asked_documents())


@letters.get("/documents/<row:document_id>/letter")
def edit(document_id: int) -> str:
    """The letter of a document, to be changed: its questions, those marked that are in no letter yet."""
    document = _wanted(document_id)
    store = app_state().store
    questions = store.letters.questions(document_id)
    written = store.letters.of_document(document_id)
    recipient = written[0].recipient if written else _author(document)
    title = document_name(document.title, document.path)
    new = sum(question.letter_id is None for question in questions)
    return render_template(
        "letter_form.html",
        document=document,
        questions=[(question, _words(question)) for question in questions],
        written=written,
        recipient=recipient,
        address=written[0].address if written else "",
        subject=subject_words(title, new or len(questions)),
        opening=opening_words(recipient, title, new or len(questions)),
        closing=closing_words(person().name),
        token=secrets.token_urlsafe(16),
        any_new=new > 0,
        days=app_state().settings.review.query_days,
    )


@letters.post("/documents/<row:document_id>/letter")
def write(document_id: int) -> AnyResponse:
    """Keep the letter as it was written."""
    document = _wanted(document_id)
    store, form = app_state().store, request.form
    token = token_of(form)
    address = words_of(form, "address", _LONGEST_LINE)
    if address and not is_mail_address(address):
        abort(400, f"{address} is no address of mail; leave it empty if you do not know it.")
    asked = {question.review_id for question in store.letters.questions(document_id)}
    ticked = [name.removeprefix(_TICK) for name in form if name.startswith(_TICK)]
    chosen = [review_id for review_id in ticked if words_of(form, f"question-{review_id}")]
    if not chosen:
        abort(400, "Choose at least one question for the letter.")
    gone = [review_id for review_id in chosen if review_id not in asked]
    if gone:
        abort(409, "Somebody has decided about one of these questions since your page was made. Open the letter again.")
    letter = NewLetter(
        document.id,
        words_of(form, "recipient", _LONGEST_LINE),
        address,
        words_of(form, "subject", _LONGEST_LINE),
        words_of(form, "opening", LONGEST_QUESTION),
        words_of(form, "closing", LONGEST_QUESTION),
        tuple((review_id, words_of(form, f"question-{review_id}", LONGEST_QUESTION)) for review_id in chosen),
        person().name,
        token,
    )
    made = store.letters.write(letter, now())
    flash("The letter is kept. Send it from your own mail.")
    return redirect(url_for("letters.show", letter_id=made), 303)


@letters.get("/letters/<letter_id>")
def show(letter_id: str) -> str:
    """A letter as it was written, and the forms it can be sent in."""
    letter = _letter(letter_id)
    return render_template(
        "letter.html",
        letter=letter,
        document=app_state().store.shelf.document(letter.document_id),
        text=letter_text(letter),
        link=mail_link(letter),
    )


@letters.get("/letters/<letter_id>.<any(eml, docx, txt):kind>")
def download(letter_id: str, kind: str) -> Response:
    """The letter as a mail draft, a Word file or plain text."""
    letter = _letter(letter_id)
    if kind == "eml":
        response = Response(mail_draft(letter), mimetype="message/rfc822")
    elif kind == "docx":
        response = Response(word_letter(letter), mimetype=_DOCX)
    else:
        response = Response(letter_text(letter), mimetype="text/plain")
    document = app_state().store.shelf.document(letter.document_id)
    stem = PurePosixPath(document.path).stem if document else "document"
    response.headers.set("Content-Disposition", "attachment", filename=f"{stem} questions.{kind}")
    return response


def _words(question: AskedQuestion) -> str:
    """The editor's text of a question; of one that was asked before texts were kept, a draft."""
    if question.question is not None:
        return question.question
    shown = app_state().store.desk.finding(question.fingerprint, now())
    return question_about(shown, copy_for(shown)) if shown else question.message


def _author(document: ShelvedDocument) -> str:
    if not document.pdf_sha256:
        return ""
    return author_of(app_state().settings.documents_folder / edition_name(document.pdf_sha256, document.path))


def _letter(letter_id: str) -> StoredLetter:
    letter = app_state().store.letters.find(letter_id)
    if letter is None:
        abort(404, "There is no such letter.")
    return letter


def _wanted(document_id: int) -> ShelvedDocument:
    document = app_state().store.shelf.document(document_id)
    if document is None:
        abort(404, "There is no such document.")
    return document
