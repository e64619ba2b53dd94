"""What a source said: its captures, each as archived, as text, as a page's picture, and against the one before.

Archived content is hostile: it is made safe (`verifier.review.evidence`) and shown in a sandboxed frame under a policy
of its own that allows nothing but its style.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, request
from markupsafe import Markup

from db.finding_details import DeskFinding
from verifier.errors import ArchiveError
from verifier.model import LinkStatus, SnapshotRef
from verifier.review.desk import app_state, now
from verifier.review.evidence import (
    EVIDENCE_POLICY,
    LOOK_POLICY,
    Passage,
    difference,
    framed,
    looks,
    page_picture,
    sanitised,
    text_view,
)
from verifier.review.evidence.disputed_words import disputed_words

evidence = Blueprint("evidence", __name__)

MOST_CAPTURES = 12
"""Captures of one address that are offered."""

_LOOKED_AT = 24
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_PAGE_NUMBER = re.compile("[1-9][0-9]{0,5}")
_SAFE = re.compile(r"[^A-Za-z0-9.-]+")


_AWAY = "The archived copy cannot be read now. Whoever runs Verifier finds the reason in the desk's log."
_log = logging.getLogger("verifier.review")


class Tab(StrEnum):
    """The ways in which a capture is shown."""

    ARCHIVED = "archived"
    TEXT = "text"
    DIFFERENCE = "difference"
    LOOK = "look"

    @property
    def words(self) -> str:
        """What is written on it."""
        return {
            "archived": "As archived",
            "text": "Text",
            "difference": "What changed",
            "look": "As it looked",
        }[self.value]


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


@dataclass(frozen=True, slots=True)
class Subject:
    """What evidence is asked for: an address (None: none is cited), and the words of it that something rests on."""

    url: str | None
    words: str | None = None
    figure: str | None = None


def subject_of(shown: DeskFinding) -> Subject:
    """What a finding rests on."""
    evidence = shown.finding.evidence
    return Subject(shown.finding.url, evidence.source_quote, _altered(shown) or evidence.source_text)


def _altered(shown: DeskFinding) -> str:
    """The words of the source that the document quotes otherwise, where they are one stretch and there only once."""
    quote = shown.finding.evidence.source_quote or ""
    spans = disputed_words(shown.finding.message, shown.sentence or "", quote).there
    words = quote[spans[0][0] : spans[0][1]] if len(spans) == 1 else ""
    return words if words and quote.count(words) == 1 else ""


def captures_of(url: str | None) -> list[Capture]:
    """What was seen at an address, newest first, each content once with the time it was first seen so."""
    if url is None:
        return []
    found: dict[object, Capture] = {}
    places: dict[object, set[SnapshotRef]] = defaultdict(set)
    for check in reversed(app_state().store.source_histories.checks(url, _LOOKED_AT)):
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


def tabs_of(captures: Sequence[Capture], capture: Capture | None) -> list[Tab]:
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
    if capture.snapshot is not None and capture.is_html:
        tabs.append(Tab.LOOK)
    return tabs


@evidence.get("/findings/<fingerprint>/evidence/<tab>")
def show(fingerprint: str, tab: str) -> Response:
    """A capture in one of the ways, for a frame (or, of a PDF, a picture)."""
    return shown_in(_subject(fingerprint), tab)


@evidence.get("/findings/<fingerprint>/archived/<form>")
def download(fingerprint: str, form: str) -> Response:
    """A capture as it was archived: its WARC record, or its bytes alone."""
    return downloaded(_subject(fingerprint), form)


def _subject(fingerprint: str) -> Subject:
    shown = app_state().store.desk.finding(fingerprint, now())
    if shown is None:
        abort(404, "There is no such evidence.")
    return subject_of(shown)


def shown_in(subject: Subject, tab: str) -> Response:
    """The capture that is asked for, in one of the ways."""
    captures = captures_of(subject.url)
    capture = asked_for(captures)
    if capture is None or tab not in set(Tab) or Tab(tab) not in tabs_of(captures, capture):
        abort(404, "There is no such evidence.")
    passage = _passage(subject, capture)
    match Tab(tab):
        case Tab.ARCHIVED | Tab.LOOK:
            return _archived(capture, passage, Tab(tab))
        case Tab.TEXT:
            return _framed(text_view(_text(capture), passage))
    earlier = _before(captures, capture)
    return _framed(difference(_text(earlier) if earlier else "", _text(capture)))


def downloaded(subject: Subject, form: str) -> Response:
    """The capture that is asked for as a file; never shown by a browser, whatever it says it is."""
    capture = asked_for(captures_of(subject.url))
    if capture is None or capture.snapshot is None or form not in ("record.warc.gz", "bytes"):
        abort(404, "There is no such evidence.")
    name = f"{_SAFE.sub('-', urlsplit(subject.url or '').netloc)[:80]} {capture.captured_at:%Y-%m-%d}"
    try:
        if form == "bytes":
            content, name = app_state().archived(capture.snapshot).payload, f"{name}.bin"
        else:
            content, name = app_state().archived_record(capture.snapshot), f"{name}.warc.gz"
    except ArchiveError as error:
        _log.error("%s", error)
        abort(503, _AWAY)
    response = Response(content, mimetype="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def asked_for(captures: Sequence[Capture]) -> Capture | None:
    """The capture that the address names by its snapshot."""
    asked = request.args.get("snapshot", "")
    return next((one for one in captures if asked == str(one.snapshot or "")), None)


def _archived(capture: Capture, passage: Passage, tab: Tab) -> Response:
    if capture.snapshot is None:
        abort(404, "There is no such evidence.")
    try:
        page = app_state().archived(capture.snapshot)
    except ArchiveError as error:
        return _away(error)
    if not capture.is_pdf:
        stated = next((value for name, value in page.headers if name.lower() == "content-type"), "")
        if tab is Tab.LOOK:
            sheets = _style_sheets(capture.snapshot)
            return _framed(
                looks(page.payload, charset=_charset(stated), url=page.url, style_sheets=sheets), LOOK_POLICY
            )
        return _framed(sanitised(page.payload, passage, charset=_charset(stated)))
    asked = request.args.get("page", "")
    picture = page_picture(page.payload, passage, number=int(asked) if _PAGE_NUMBER.fullmatch(asked) else None)
    if picture is None:
        abort(404, "The PDF cannot be drawn, or has no such page.")
    response = Response(picture.png, mimetype="image/png")
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["Page-Number"], response.headers["Page-Count"] = str(picture.page), str(picture.pages)
    return response


def _style_sheets(page: SnapshotRef) -> dict[str, str]:
    """The style sheets that were archived with a page, by their address; without those that cannot be read now."""
    found = {}
    for url, place in app_state().store.source_histories.style_sheets(page):
        try:
            sheet = app_state().archived(place)
        except ArchiveError as error:
            _log.error("%s", error)
            continue
        found[url] = sheet.payload.decode("utf-8", "replace")
    return found


def _away(error: ArchiveError) -> Response:
    """What the frame shows while the archived file cannot be read: a page of the desk would not be let into it."""
    _log.error("%s", error)  # it names folders of this machine
    response = _framed(framed(Markup("<p>{}</p>").format(_AWAY), title="Not there", language="en"))
    response.status_code = 503
    return response


def _framed(document: Markup, policy: str = EVIDENCE_POLICY) -> Response:
    response = Response(str(document), mimetype="text/html")
    response.headers["Content-Security-Policy"] = f"{policy}; frame-ancestors 'self'; sandbox"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _text(capture: Capture) -> str:
    text = app_state().store.source_histories.text(capture.text_id) if capture.text_id is not None else None
    return text.text if text is not None else ""


def _passage(subject: Subject, capture: Capture) -> Passage:
    if not subject.words:
        return Passage("")
    text = _text(capture)
    start = text.find(subject.words)
    if start < 0:
        return Passage(subject.words, subject.figure)
    return Passage.at(text, start, subject.words, subject.figure)


def _before(captures: Sequence[Capture], capture: Capture) -> Capture | None:
    """The capture before one that had another text."""
    older = captures[captures.index(capture) + 1 :]
    return next((one for one in older if one.text_id not in (None, capture.text_id)), None)


def _charset(content_type: str) -> str | None:
    stated = content_type.lower().partition("charset=")[2].strip(" \"'")
    return stated.partition(";")[0] or None
