"""A source: what became of its addresses over time, what is kept of it, and who cites it."""

from flask import Blueprint, abort, render_template

from db.queue import QueueFilter
from verifier.reports.charts import CheckMark, checks_chart
from verifier.review.desk import desk
from verifier.review.queue_pages import link_places

sources = Blueprint("sources", __name__)


@sources.get("/sources/<int:source_id>")
def show(source_id: int) -> str:
    """The history of one source."""
    history = desk().store.histories.source(source_id)
    if history is None:
        abort(404, "There is no such source.")
    wanted = QueueFilter(source=history.key)
    charts = {
        address.url: checks_chart(
            [CheckMark(check.checked_at, check.status, check.reason) for check in reversed(address.checks)],
            f"checks-{number}",
        )
        for number, address in enumerate(history.addresses)
    }
    entries = desk().store.queue.page(wanted)
    return render_template(
        "source.html",
        history=history,
        wanted=wanted,
        charts=charts,
        entries=entries,
        labels=link_places(entries),
    )
