"""The queue: what there is to decide, most urgent first."""

from collections.abc import Sequence
from itertools import groupby

from flask import Blueprint, render_template, request
from markupsafe import Markup

from db.review_queue import PAGE, Place, QueueEntry, QueueFilter
from verifier.model import FindingCode, FindingState, Severity
from verifier.review.desk import app_state, now
from verifier.review.filters import filter_of, place_of
from verifier.review.queue_rows import QueueRows
from verifier.review.queue_team import team_part

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


@queue.get("/")
def show() -> str:
    """The queue, filtered."""
    state = app_state()
    state.store.queue.bring_up_to_date(now())
    seen = state.store.decisions.newest()  # before the rows are read: what is decided meanwhile was not seen
    wanted = filter_of(request.args)
    after = place_of(request.args.get("after", ""))
    version = state.store.queue.version()
    rows = state.rows.rows(wanted, after, version, lambda: _rows(wanted, after))
    document = None if wanted.document_id is None else state.store.shelf.document(wanted.document_id)
    return render_template(
        "queue.html",
        wanted=wanted,
        rows=rows,
        counts=state.store.queue.counts(wanted),
        is_first=after is None,
        document=document,
        codes=list(FindingCode),
        states=list(FindingState),
        severities=list(Severity),
        latest=state.store.runs.latest(),
        **team_part(wanted, seen),
    )


def _rows(wanted: QueueFilter, after: Place | None) -> QueueRows:
    entries = app_state().store.queue.page(wanted, after, PAGE + 1)
    more, entries = entries[PAGE:], entries[:PAGE]
    groups = [(_RANKS[rank], list(some)) for rank, some in groupby(entries, lambda entry: entry.place.rank)]
    html = render_template("parts/rows.html", groups=groups, wanted=wanted, labels=link_places(entries))
    return QueueRows(Markup(html), bool(entries), entries[-1].place if more else None)


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
