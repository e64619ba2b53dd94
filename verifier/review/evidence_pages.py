"""What a source said: its captures, each as archived, as text, as a page's picture, and against the one before.

Archived content is hostile: it is made safe (`verifier.review.evidence`) and shown in a sandboxed frame under a policy
of its own that allows nothing but its style.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from flask import Blueprint, Response, abort, request
from markupsafe import Markup

from db.finding_details import DeskFinding
from verifier.errors import ArchiveError
from verifier.model import LinkStatus, SnapshotRef
from verifier.review.desk import app_state, now
from verifier.review.evidence import EVIDENCE_POLICY, Passage, difference, page_picture, sanitised, text_view

evidence = Blueprint("evidence", __name__)

MOST_CAPTURES = 12
"""Captures of one address that are offered."""

_LOOKED_AT = 24
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_FRAME_POLICY = f"{EVIDENCE_POLICY}; frame-ancestors 'self'; sandbox"


class Tab(StrEnum):
    """The ways in which a capture is shown."""

    ARCHIVED = "archived"
    TEXT = "text"
    DIFFERENCE = "difference"

    @property
    def words(self) -> str:
        """What is written on it."""
        return {"archived": "As archived", "text": "Text", "difference": "What changed"}[self.value]


@dataclass(frozen=True, slots=True)
class Capture:
    """What was once seen at an address; `supplied_by` names a person who handed it in.

    `snapshot` is where it was archived first, `snapshots` are all places where the same was.
    """

    snapshot: SnapshotRef | None
    snapshots: frozenset[SnapshotRef]
    captured_at: datetime
    status: LinkStatus
    http_status: int | None
    media_type: str
    text_id: int | None
    supplied_by: str = ""

    @property
    def is_html(self) -> bool:
        """Whether it is a web page."""
        return self.media_type in _HTML

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF, of which a page is drawn."""
        return self.media_type == "application/pdf"


def captures_of(shown: DeskFinding) -> list[Capture]:
    """What was seen at the finding's address, newest first, each content once with the time it was first seen so."""
    if shown.finding.url is None:
        return []
    found: dict[object, Capture] = {}
    places: dict[object, set[SnapshotRef]] = defaultdict(set)
    for check in reversed(app_state().store.source_histories.checks(shown.finding.url, _LOOKED_AT)):
        key = check.text_id or check.snapshot
        places[key] |= {check.snapshot} if check.snapshot else set()
        if key is None or key in found:
            continue
        found[key] = Capture(
            check.snapshot,
            frozenset(),
            check.checked_at,
            check.status,
            check.http_status,
            check.media_type,
            check.text_id,
            check.supplied_by or "",
        )
    merged = [replace(capture, snapshots=frozenset(places[key])) for key, capture in found.items()]
    return merged[::-1][:MOST_CAPTURES]


def tabs_of(shown: DeskFinding, captures: Sequence[Capture], capture: Capture | None) -> list[Tab]:
    """The ways in which a capture can be shown, the best first."""
    if capture is None:
        return []
    tabs = []
    if capture.snapshot is not None and (capture.is_html or capture.is_pdf):
        tabs.append(Tab.ARCHIVED)
    if capture.text_id is not None:
        tabs.append(Tab.TEXT)
        if _before(captures, capture) is not None:
            tabs.append(Tab.DIFFERENCE)
    return tabs


@evidence.get("/findings/<fingerprint>/evidence/<tab>")
def show(fingerprint: str, tab: str) -> Response:
    """A capture in one of the ways, for a frame (or, of a PDF, a picture)."""
    shown = app_state().store.desk.finding(fingerprint, now())
    if shown is None or tab not in set(Tab):
        abort(404, "There is no such evidence.")
    captures = captures_of(shown)
    asked = request.args.get("snapshot", "")
    capture = next((one for one in captures if asked == str(one.snapshot or "")), None)
    if capture is None or Tab(tab) not in tabs_of(shown, captures, capture):
        abort(404, "There is no such evidence.")
    passage = _passage(shown, capture)
    if tab == Tab.ARCHIVED:
        return _archived(capture, passage)
    if tab == Tab.TEXT:
        return _framed(text_view(_text(capture), passage))
    earlier = _before(captures, capture)
    return _framed(difference(_text(earlier) if earlier else "", _text(capture)))


def _archived(capture: Capture, passage: Passage) -> Response:
    if capture.snapshot is None:
        abort(404, "There is no such evidence.")
    try:
        page = app_state().archived(capture.snapshot)
    except ArchiveError as error:
        abort(503, str(error))
    if not capture.is_pdf:
        stated = next((value for name, value in page.headers if name.lower() == "content-type"), "")
        return _framed(sanitised(page.payload, passage, charset=_charset(stated)))
    picture = page_picture(page.payload, passage)
    if picture is None:
        abort(404, "The PDF cannot be drawn.")
    response = Response(picture.png, mimetype="image/png")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _framed(document: Markup) -> Response:
    response = Response(str(document), mimetype="text/html")
    response.headers["Content-Security-Policy"] = _FRAME_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _text(capture: Capture) -> str:
    text = app_state().store.source_histories.text(capture.text_id) if capture.text_id is not None else None
    return text.text if text is not None else ""


def _passage(shown: DeskFinding, capture: Capture) -> Passage:
    found = shown.finding.evidence
    if not found.source_quote:
        return Passage("")
    text = _text(capture)
    start = text.find(found.source_quote)
    if start < 0:
        return Passage(found.source_quote, found.source_text)
    return Passage.at(text, start, found.source_quote, found.source_text)


def _before(captures: Sequence[Capture], capture: Capture) -> Capture | None:
    """The capture before one that had another text."""
    older = captures[captures.index(capture) + 1 :]
    return next((one for one in older if one.text_id not in (None, capture.text_id)), None)


def _charset(content_type: str) -> str | None:
    stated = content_type.lower().partition("charset=")[2].strip(" \"'")
    return stated.partition(";")[0] or None
