"""What everybody did, by person and day."""

from datetime import date

from flask import Blueprint, abort, render_template, request

from verifier.review.desk import app_state, now
from verifier.review.paging import asked_page

activity = Blueprint("activity", __name__)

DAYS = 14
"""Days of the overview, back from the chosen one."""

LINES = 500
"""Actions, or findings of one, on a page."""

_LONGEST_NAME = 60


@activity.get("/activity")
def index() -> str:
    """The days before a day (by default today) with their people; or all that was done on one of them."""
    day = _day(request.args.get("day", ""))
    who = request.args.get("person", "")[:_LONGEST_NAME]
    store = app_state().store
    if "day" not in request.args:
        return render_template("activity.html", days=store.activity.days(day, DAYS))
    actions = store.activity.of_day(day, who)
    paging = asked_page(request.args.get("p", ""), len(actions), LINES)
    shown = actions[paging.first - 1 : paging.last]
    return render_template("activity_day.html", day=day, who=who, actions=shown, paging=paging)


@activity.get("/activity/<action_id>")
def batch(action_id: str) -> str:
    """The findings that were decided or assigned in one go."""
    activities = app_state().store.activity
    total, found = activities.findings_of(action_id, LINES)
    if not total:
        abort(404, "Nothing like that was done.")
    paging = asked_page(request.args.get("p", ""), total, LINES)
    if paging.page > 1:
        _, found = activities.findings_of(action_id, LINES, paging.first - 1)
    return render_template("activity_batch.html", found=found, paging=paging, action_id=action_id)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words) if words else now().date()
    except ValueError:
        abort(404, "There is no such day.")
