"""What everybody did, by person and day."""

from datetime import date

from flask import Blueprint, abort, render_template, request

from verifier.review.desk import app_state, now

activity = Blueprint("activity", __name__)

DAYS = 14
"""Days of the overview, back from the chosen one."""

_LONGEST_NAME = 60


@activity.get("/activity")
def index() -> str:
    """The days before a day (by default today) with their people; or all that was done on one of them."""
    day = _day(request.args.get("day", ""))
    who = request.args.get("person", "")[:_LONGEST_NAME]
    store = app_state().store
    if "day" not in request.args:
        return render_template("activity.html", days=store.activity.days(day, DAYS))
    return render_template("activity_day.html", day=day, who=who, actions=store.activity.of_day(day, who))


@activity.get("/activity/<action_id>")
def batch(action_id: str) -> str:
    """The findings that were decided or assigned in one go."""
    found = app_state().store.activity.findings_of(action_id)
    if not found:
        abort(404, "Nothing like that was done.")
    return render_template("activity_batch.html", found=found)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words) if words else now().date()
    except ValueError:
        abort(404, "There is no such day.")
