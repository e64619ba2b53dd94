"""The date that a source states of itself."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import lxml.html

_JUST_MADE = timedelta(minutes=10)
_FIRST_WEB_PAGE = date(1991, 8, 6)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{4})(\d{2})(\d{2})(?:T|$)")
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")

# Names of meta elements, the latest kind of date first: Open Graph "article", schema.org, Dublin Core, common usage.
_META_NAMES = (
    *("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified"),
    *("last-modified", "revised", "article:published_time", "datepublished", "dcterms.issued", "dcterms.date"),
    *("dc.date.issued", "dc.date", "date", "pubdate", "publish-date", "citation_publication_date", "citation_date"),
)


def header_date(headers: tuple[tuple[str, str], ...]) -> date | None:
    """The day of `Last-Modified`, unless the server just made the page up: then it says nothing of its content."""
    modified, sent = _http_date(headers, "last-modified"), _http_date(headers, "date")
    if modified is None:
        return None
    now = sent or datetime.now(UTC)
    return None if modified > now - _JUST_MADE else _sensible(modified.date())


def page_date(tree: lxml.html.HtmlElement) -> date | None:
    """The day that a page was changed or published by its own metadata."""
    stated = {
        (element.get("property") or element.get("name") or element.get("itemprop") or "").lower(): element
        for element in tree.iter("meta")
    }
    for name in _META_NAMES:
        if name in stated and (found := iso_date(stated[name].get("content") or "")):
            return found
    return _structured_date(tree) or _time_element(tree)


def iso_date(text: str) -> date | None:
    """The day at the start of an ISO 8601 date; None for anything else or a day outside the web's life."""
    match = _ISO.match(text.strip())
    return _day(*(int(part) for part in match.groups() if part)) if match else None


def pdf_date(text: str) -> date | None:
    """The day of a PDF date (ISO 32000-1, 7.9.4): `D:20240131...`."""
    match = _PDF_DATE.match(text.strip())
    return _day(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None


def _http_date(headers: tuple[tuple[str, str], ...], wanted: str) -> datetime | None:
    value = next((value for name, value in headers if name.lower() == wanted), None)
    try:
        when = parsedate_to_datetime(value) if value else None
    except ValueError:
        return None
    return when.replace(tzinfo=UTC) if when is not None and when.tzinfo is None else when


def _structured_date(tree: lxml.html.HtmlElement) -> date | None:
    found: dict[str, str] = {}
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            try:
                value = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue
            for name, text in _dates_in(value, 0):
                found.setdefault(name, text)
    return iso_date(found.get("dateModified", "")) or iso_date(found.get("datePublished", ""))


def _dates_in(value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for one in value:
            yield from _dates_in(one, depth + 1)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in ("dateModified", "datePublished") and isinstance(one, str):
                yield name, one
            elif name == "@graph":
                yield from _dates_in(one, depth + 1)


def _time_element(tree: lxml.html.HtmlElement) -> date | None:
    """The one dated `time` element of a page; several may be of anything."""
    stated = {found for element in tree.iter("time") if (found := iso_date(element.get("datetime") or ""))}
    return stated.pop() if len(stated) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return _sensible(date(year, month, day))
    except ValueError:
        return None


def _sensible(day: date) -> date | None:
    return day if _FIRST_WEB_PAGE <= day <= datetime.now(UTC).date() + timedelta(days=1) else None
