"""A source: what became of its addresses over time, what is kept of it, and who cites it."""

from flask import Blueprint, abort, render_template

from db.review_queue import QueueFilter
from verifier.reports.charts import CheckMark, HealthBar, checks_chart, health_chart
from verifier.review.desk import app_state, now
from verifier.review.queue_pages import MOST_HOSTS, link_places

sources = Blueprint("sources", __name__)


@sources.get("/sources")
def index() -> str:
    """How the cited sources are as a whole, run by run, and the hosts with most to decide."""
    state = app_state()
    state.store.queue.bring_up_to_date(now())
    bars = [HealthBar(one.at, one.statuses) for one in state.store.health.over_time()]
    return render_template(
        "sources.html",
        health=health_chart(bars),
        runs=len(bars),
        hosts=state.store.queue.hosts(MOST_HOSTS),
    )


@sources.get("/sources/<row:source_id>")
def show(source_id: int) -> str:
    """The history of one source."""
    history = app_state().store.source_histories.source(source_id)
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
    entries = app_state().store.queue.page(wanted)
    return render_template(
        "source.html",
        history=history,
        wanted=wanted,
        charts=charts,
        entries=entries,
        labels=link_places(entries),
    )
