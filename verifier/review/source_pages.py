"""A source: what became of its addresses over time, what is kept of it, and who cites it."""

from flask import Blueprint, abort, render_template

from db.queue import QueueFilter
from verifier.review.desk import desk

sources = Blueprint("sources", __name__)


@sources.get("/sources/<int:source_id>")
def show(source_id: int) -> str:
    """The history of one source."""
    history = desk().store.histories.source(source_id)
    if history is None:
        abort(404, "There is no such source.")
    wanted = QueueFilter(source=history.key)
    return render_template("source.html", history=history, wanted=wanted, entries=desk().store.queue.page(wanted))
