"""The queue: what there is to decide, most urgent first."""

from collections.abc import Sequence
from itertools import groupby
from urllib.parse import urlencode

from flask import Blueprint, abort, flash, redirect, render_template, request, stream_with_context
from markupsafe import Markup
from werkzeug.wrappers import Response

from db.presence import OpenFinding
from db.review_queue import PAGE, QueueEntry, QueueFilter, QueueKey
from db.saved_filters import SavedFilter
from verifier.model import FindingCode, FindingState, Severity
from verifier.review.addresses import to_queue
from verifier.review.desk import app_state, home, kept, now, person
from verifier.review.filters import filter_of, place_of, query_of
from verifier.review.paging import Paging, asked_page
from verifier.review.queue_csv import csv_lines
from verifier.review.queue_rows import QueueRows
from verifier.review.queue_team import team_part, who_is_present

queue = Blueprint("queue", __name__)

_RANKS = {
    0: "Accusations",
    1: "Accusations, less urgent",
    2: "Accusations, least urgent",
    3: "To-dos to look at today",
    4: "To-dos to look at before publishing",
    5: "To-dos for when there is time",
}
"""The headings of the queue, by rank (`db.review_queue_index.rank_of`)."""

MOST_DOCUMENTS = 20
"""Documents that are offered while somebody types."""

MOST_HOSTS = 50
"""Hosts that are offered: those with most to decide."""

MOST_CHOICES = 20
"""Hosts, folders or reviewers that are offered while somebody types."""

LONGEST_NAME = 60
"""Characters of a saved filter's name."""

_LONGEST_SEARCH = 200


@queue.get("/")
def show() -> str:
    """The queue, filtered."""
    app_state().store.queue.bring_up_to_date(now())
    present = who_is_present()  # before the one state: it writes the signs that are new
    with app_state().store.one_state():
        return _page(filter_of(request.args), present)


def _page(wanted: QueueFilter, present: Sequence[OpenFinding]) -> str:
    state = app_state()
    seen = kept("newest review", state.store.decisions.newest)
    after = place_of(request.args.get("after", ""))
    counts = state.store.queue.counts(wanted)
    paging = _paging(wanted, after, counts.total)
    offset = 0 if after else paging.first - 1
    rows = kept(("rows", wanted, after, offset), lambda: _rows(wanted, after, offset))
    words = request.args.get("docs", "")[:_LONGEST_SEARCH].strip()
    return render_template(
        "queue.html",
        wanted=wanted,
        rows=rows,
        counts=counts,
        paging=paging,
        document=None if wanted.document_id is None else state.store.shelf.document(wanted.document_id),
        document_words=words,
        choices=state.store.queue.documents(wanted, words, MOST_DOCUMENTS) if words else (),
        saved=kept("saved filters", state.store.saved_filters.list),
        codes=list(FindingCode),
        states=list(FindingState),
        severities=list(Severity),
        latest=kept("latest run", state.store.runs.latest),
        **team_part(wanted, seen, present),
    )


def _paging(wanted: QueueFilter, after: QueueKey | None, total: int) -> Paging:
    """Which findings are asked for: those after a place, else those of a page by its number."""
    if after is not None:
        queue_of = app_state().store.queue
        return Paging(total, min(total, queue_of.before(wanted, after) + queue_of.is_wanted(wanted, after)) + 1, PAGE)
    return asked_page(request.args.get("p", ""), total, PAGE)


def _rows(wanted: QueueFilter, after: QueueKey | None, offset: int) -> QueueRows:
    entries = app_state().store.queue.page(wanted, after, PAGE, offset)
    in_document = wanted.document_id is not None
    heads = groupby(entries, lambda entry: _page_words(entry) if in_document else _RANKS[entry.place.rank])
    groups = [(head, list(some)) for head, some in heads]
    html = render_template("parts/rows.html", groups=groups, wanted=wanted, labels=link_places(entries))
    return QueueRows(Markup(html), bool(entries), entries[-1].place if entries else None)


def _page_words(entry: QueueEntry) -> str:
    """The heading of a document's findings, which are in reading order."""
    return f"Page {entry.page_there}" if entry.page_there else "Without a page"


@queue.get("/queue/documents")
def document_choices() -> str:
    """The documents that match what is being typed: a live part of the queue's filter."""
    words = request.args.get("docs", "")[:_LONGEST_SEARCH].strip()
    wanted = filter_of(request.args)
    found = app_state().store.queue.documents(wanted, words, MOST_DOCUMENTS) if words else ()
    return render_template("parts/document_choices.html", wanted=wanted, choices=found, document_words=words)


@queue.get("/queue/choices/<of>")
def filter_choices(of: str) -> str:
    """The hosts, folders or reviewers that match what is typed, with their counts: a live part of the filter."""
    choices = app_state().store.queue_choices
    sought = {"host": choices.hosts, "folder": choices.folders, "reviewer": choices.reviewers}.get(of)
    if sought is None:
        abort(404)
    wanted = filter_of(request.args)
    words = request.args.get(of, "")[:_LONGEST_SEARCH]
    found = sought(wanted, words, MOST_CHOICES)
    return render_template("parts/filter_choices.html", wanted=wanted, choices=found, of=of)


@queue.get("/queue.csv")
def as_csv() -> Response:
    """What the filter lets through, as a table for a spreadsheet."""
    wanted = filter_of(request.args)
    response = Response(stream_with_context(csv_lines(app_state().store.queue, wanted)), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="findings.csv")
    return response


@queue.post("/filters")
def save_filter() -> Response:
    """Give the filter that is shown a name, under which all find it."""
    name = " ".join(request.form.get("name", "").split())[:LONGEST_NAME]
    wanted = filter_of(request.args)
    if not name:
        abort(400, "Give the filter a name.")
    if not query_of(wanted):
        abort(400, "Nothing is filtered; choose something first.")
    saved = SavedFilter(name, urlencode(query_of(wanted)), person().name, now())
    app_state().store.saved_filters.save(saved)
    flash(f"The filter is saved as “{name}”.")
    return redirect(to_queue(wanted), 303)


@queue.post("/filters/remove")
def remove_filter() -> Response:
    """Forget a saved filter."""
    name = request.form.get("name", "")
    app_state().store.saved_filters.remove(name)
    flash(f"The filter “{name[:LONGEST_NAME]}” is forgotten.")
    return redirect(home(), 303)


def link_places(
    entries: Sequence[QueueEntry], document: str | None = None
) -> dict[str, tuple[str | None, int | None, int]]:
    """Of each link on a page of the queue: the note and page of the first place that prints it (in `document`, where
    one is given), and how many places more there are.
    """
    urls = [entry.url for entry in entries if entry.url and entry.label is None]
    found = {}
    for url, places in (app_state().store.links.citing(urls) if urls else {}).items():
        here = next((place for place in places if place.document_path == document), places[0])
        found[url] = (here.footnote_label, here.page, len(places) - 1)
    return found
