"""Whom findings may be given to: the editors among the users; at a desk without users, any name."""

from flask import abort

from verifier.review.access import clean_name
from verifier.review.desk import app_state, kept, person
from verifier.review.users import Role


def known_people() -> list[str]:
    """The names to choose from, one's own first."""
    own = person().name
    editors = [one.name for one in app_state().access.users.everybody if one.role is Role.EDITOR]
    names = editors or kept("people", app_state().store.assignments.people)
    return [own, *(name for name in names if name != own)]


def assignee_of(name: str) -> str:
    """The person of a form's field, as their name is written; empty for nobody."""
    users = app_state().access.users
    wanted = clean_name(name)
    if not wanted or not users.any:
        return wanted
    user = users.find(wanted)
    if user is None or user.person.role is not Role.EDITOR:
        abort(400, f"{wanted} is no editor of this desk.")
    return user.person.name
