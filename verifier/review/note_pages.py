"""A document walked note by note: every citation with what became of it, the coloured page beside it, the evidence."""

import hashlib

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from db.records import PartRecord, StoredDocument
from verifier.errors import ArchiveError, DocumentError
from verifier.model import PartKind, edition_name
from verifier.reports.citation_statuses import Level
from verifier.reports.labels import PART_WORDS, counted
from verifier.reports.markup.note_levels import LevelledNote, draw_levels
from verifier.reports.markup.note_picture import NotePicture
from verifier.review.desk import app_state, now
from verifier.review.evidence_pages import Subject, asked_for, captures_of, downloaded, shown_in, tabs_of
from verifier.review.note_list import CHOICE_WORDS, CHOICES, FIGURE_CHOICES, NoteBlock, NoteList
from verifier.review.paging import Paging
from verifier.review.picture_cache import PictureCache

notes = Blueprint("notes", __name__)

PAGE = 25
"""Notes on a page of the list."""

_PICTURES = "pages"


@notes.get("/documents/<row:document_id>/notes")
def show(document_id: int) -> str:
    """Every note and citation in reading order, or those of one kind."""
    app_state().store.queue.bring_up_to_date(now())
    with app_state().store.one_state():
        return _page(_listed(document_id))


def _page(listed: NoteList) -> str:
    choice = request.args.get("show", "all")
    choice = choice if choice in CHOICES else "all"
    blocks = listed.only(choice)
    paging = _paging(blocks)
    shown = blocks[paging.first - 1 : paging.last]
    asked = next((block.page for block in shown if block.note and block.note.id == request.args.get("note")), None)
    page = _number("page") or asked or next((block.page for block in shown if block.page), 1)
    return render_template(
        "notes.html",
        listed=listed,
        document=listed.document,
        choice=choice,
        choices=CHOICE_WORDS,
        figures=_figure_words(listed, choice),
        part_words=PART_WORDS,
        blocks=shown,
        citations=sum(len(block.rows) for block in blocks),
        notes=sum(block.note is not None for block in blocks),
        paging=paging,
        page=page,
        pages=listed.extraction.document.pages,
        is_pdf=listed.document.path.lower().endswith(".pdf"),
        Level=Level,
    )


def _figure_words(listed: NoteList, choice: str) -> str:
    """How many figures a choice is about, and what became of them; empty where it is not about figures."""
    statuses = FIGURE_CHOICES.get(choice)
    if statuses is None:
        return ""
    counted_words = counted(listed.figures_of(choice), "figure")
    if len(statuses) > 1:
        return f"{counted_words}{' compared' if choice == 'figures_compared' else ''}"
    return f"{counted_words} {PART_WORDS[PartKind.FIGURE, next(iter(statuses))]}"


def _paging(blocks: tuple[NoteBlock, ...]) -> Paging:
    """The notes that are asked for: those of a page of the list, around a note, or from a page of the document on."""
    asked, of_document, note = _number("p"), _number("page"), request.args.get("note", "")
    if asked is None and (note or of_document is not None):
        with_note = (i for i, block in enumerate(blocks) if block.note is not None and block.note.id == note)
        from_page = (i for i, block in enumerate(blocks) if of_document and (block.page or 0) >= of_document)
        asked = next(with_note, next(from_page, 0)) // PAGE + 1
    last = Paging(len(blocks), 1, PAGE).pages
    return Paging(len(blocks), (min(max(asked or 1, 1), last) - 1) * PAGE + 1, PAGE)


@notes.get("/documents/<row:document_id>/coloured/<row:page>.png")
def picture(document_id: int, page: int) -> Response:
    """The picture of a page with its notes coloured; drawn once for the same colours, then kept."""
    listed = _listed(document_id)
    here = [
        LevelledNote(block.note, block.level)
        for block in listed.blocks
        if block.note and page in {block.note.page, block.page, *(anchor.page for anchor in block.note.anchors)}
    ]
    said = "\n".join(f"{one.note.id} {one.level}" for one in here)
    reading = f"{listed.extraction.parser_version}\n{said}"
    name = f"{listed.document.pdf_sha256}-{page}-coloured-{hashlib.sha256(reading.encode()).hexdigest()[:16]}"
    cache = PictureCache(app_state().settings.data / _PICTURES)
    kept = cache.find(name)
    if kept is None:
        try:
            pdf = app_state().editions.file(edition_name(listed.document.pdf_sha256, listed.document.path))
            kept = NotePicture(draw_levels(pdf, page, here), 0.0)
        except ArchiveError as error:
            abort(503, str(error))
        except DocumentError:
            abort(404, "The page cannot be drawn; the kept copy of the PDF is missing or damaged.")
        cache.keep(name, kept)
    response = Response(kept.png, mimetype="image/png")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@notes.get("/documents/<row:document_id>/parts/<row:number>")
def part(document_id: int, number: int) -> str:
    """One figure, quotation or work: the words of the document beside those of the source."""
    listed = _listed(document_id)
    block, record = _part(listed, number)
    captures = captures_of(record.part.url)
    asked = asked_for(captures) if "snapshot" in request.args else None
    rests_on = record.part.evidence.snapshot
    capture = asked or next((one for one in captures if rests_on in one.snapshots), None) or next(iter(captures), None)
    tabs = tabs_of(captures, capture)
    tab = next((one for one in tabs if one.value == request.args.get("tab")), next(iter(tabs), None))
    return render_template(
        "part.html",
        document=listed.document,
        block=block,
        number=number,
        record=record,
        part=record.part,
        words=PART_WORDS[record.part.kind, record.part.status],
        sentence=_sentence(block, record),
        capture=capture,
        captures=captures,
        tabs=tabs,
        tab=tab,
        page=_number("page"),
    )


@notes.get("/documents/<row:document_id>/parts/<row:number>/evidence/<tab>")
def evidence(document_id: int, number: int, tab: str) -> Response:
    """What a part rests on, in one of the ways, for a frame."""
    return shown_in(_subject(document_id, number), tab)


@notes.get("/documents/<row:document_id>/parts/<row:number>/archived/<form>")
def download(document_id: int, number: int, form: str) -> Response:
    """What a part rests on as it was archived."""
    return downloaded(_subject(document_id, number), form)


@notes.get("/sources/of")
def source() -> AnyResponse:
    """The page of the source that an address belongs to."""
    found = app_state().store.source_histories.source_of(request.args.get("url", "")[:8000])
    if found is None:
        abort(404, "There is no such source.")
    return redirect(url_for("sources.show", source_id=found[0]))


def _sentence(block: NoteBlock, record: PartRecord) -> tuple[str, str, str]:
    """The words that a part is in: before, itself, after."""
    part, note = record.part, block.note
    if note is None:
        return "", part.text, ""
    if record.anchor is not None and record.anchor < len(note.anchors):
        anchor = note.anchors[record.anchor]
        text, offset = anchor.sentence, anchor.clause_start
    elif record.citation is not None and record.citation < len(note.citations):
        text, offset = note.citations[record.citation].text, 0
    else:
        text, offset = note.text, 0
    if part.start is None or part.end is None:
        return text, "", ""
    start, end = part.start + offset, part.end + offset
    return text[:start], text[start:end], text[end:]


def _subject(document_id: int, number: int) -> Subject:
    _, record = _part(_listed(document_id), number)
    evidence = record.part.evidence
    return Subject(record.part.url, evidence.source_quote, evidence.source_text)


def _part(listed: NoteList, number: int) -> tuple[NoteBlock, PartRecord]:
    found = ((block, one.record) for block in listed.blocks for one in block.parts if one.number == number)
    here = next(found, None)
    if here is None:
        abort(404, "There is no such figure or quotation.")
    return here


def _listed(document_id: int) -> NoteList:
    found = app_state().store.documents.current([document_id])
    listed = app_state().notes.of(app_state().store, _first(found))
    if listed is None:
        abort(404, "This document was not read, so there are no notes to show.")
    return listed


def _first(found: list[StoredDocument]) -> StoredDocument:
    if not found:
        abort(404, "There is no such document any more.")
    return found[0]


def _number(name: str) -> int | None:
    """A number of the query string; None for anything else, and for what no document has."""
    words = request.args.get(name, "")
    return (int(words) or None) if words.isascii() and words.isdecimal() and len(words) <= 6 else None
