"""What somebody wrote into a form that was not taken: shown again, so that it is sent once more and never lost."""

from dataclasses import dataclass

from flask import Request, g

from verifier.model import Decision
from verifier.review.addresses import own_path

_LABELS = {
    "note": "Your note",
    "question": "Your question to the author",
    "words": "Your comment",
    "right_value": "What is right",
    "pasted": "The text of the source",
    "assignee": "To whom",
    "why": "Why",
    "recipient": "To",
    "subject": "Subject",
    "opening": "Beginning",
    "closing": "End",
    "address": "Address",
}
"""What a field for words is called; others go along unseen."""

_QUESTION = "question-"
"""How the name of a letter's question begins; behind it is its review."""

_CARRIED = "kept-"
"""How the name of a field that waits for somebody to log in begins."""

_ACTION = "kept_action"
_NOT_KEPT = frozenset({"csrf_token"})
_NOT_OURS = frozenset({"login.log_in", "login.log_out", None})
"""Forms that are not kept: passwords, and what is at no address of ours."""

_MOST_FIELDS = 2000


@dataclass(frozen=True, slots=True)
class KeptField:
    """One field of a form; `label` is empty for what is not to be read."""

    name: str
    value: str
    label: str = ""

    @property
    def carried(self) -> str:
        """Its name while it waits for somebody to log in."""
        return f"{_CARRIED}{self.name}"


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form as it was sent: a path of ours, its fields, and whether files came with it, which are not kept."""

    action: str
    fields: tuple[KeptField, ...]
    had_files: bool = False

    @property
    def decision(self) -> Decision | None:
        """What it decides, if it decides something."""
        value = next((field.value for field in self.fields if field.name == "decision"), "")
        return Decision(value) if value in set(Decision) else None

    @property
    def written(self) -> tuple[KeptField, ...]:
        """The fields with words in them."""
        return tuple(field for field in self.fields if field.label and field.value.strip())


def mark_own() -> None:
    """Say that the request was sent from a page of the desk: only such a form is shown again."""
    g.is_own_form = True


def kept_form(request: Request) -> KeptForm | None:
    """The form of a request that was refused; None where there is none of ours."""
    if request.method != "POST" or not g.get("is_own_form") or request.endpoint in _NOT_OURS:
        return None
    fields = [_field(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_KEPT]
    had_files = any(file.filename for file in request.files.values())
    return KeptForm(request.full_path.rstrip("?"), tuple(fields[:_MOST_FIELDS]), had_files)


def carried_form(request: Request) -> KeptForm | None:
    """The form that waited, as the form to log in carries it along."""
    action = own_path(request.form.get(_ACTION, ""))
    if not action:
        return None
    carried = ((name, value) for name, value in request.form.items(multi=True) if name.startswith(_CARRIED))
    fields = [_field(name.removeprefix(_CARRIED), value) for name, value in carried]
    return KeptForm(action, tuple(field for field in fields[:_MOST_FIELDS] if field.name not in _NOT_KEPT))


def _field(name: str, value: str) -> KeptField:
    return KeptField(name, value, "A question of the letter" if name.startswith(_QUESTION) else _LABELS.get(name, ""))
