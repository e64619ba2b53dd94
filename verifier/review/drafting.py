"""What the desk writes for an editor: a citation with the archived copy or the new address in it."""

import re
from collections.abc import Callable
from datetime import date

from db.finding_details import DeskFinding
from verifier.model import ArchivedCopy, Citation

_DATES: tuple[tuple[re.Pattern[str], Callable[[date], str]], ...] = (
    (re.compile(r"\b\d{4}-\d{2}-\d{2}\b"), lambda day: day.isoformat()),
    (re.compile(r"\b\d{1,2}\.\d{1,2}\.\d{4}\b"), lambda day: f"{day.day}.{day.month}.{day.year}"),
    (re.compile(r"\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\b"), lambda day: f"{day:%B} {day.day}, {day.year}"),
    (re.compile(r"\b\d{1,2} [A-Z][a-z]{2,8} \d{4}\b"), lambda day: f"{day.day} {day:%B} {day.year}"),
)
"""How notes write a date, and how to write one so: ISO 8601, German, American, British."""

_BRACKETED = re.compile(r"\[\s*https?://", re.IGNORECASE)
_ARCHIVED = re.compile(r"\barchived\b", re.IGNORECASE)
_LEGAL = re.compile(r"\b(?:U\.S\.C\.|F\.\d?d|S\. ?Ct\.|C\.F\.R\.|Fed\. Reg\.|L\. Rev\.|supra note)")
_TRAILING = ".,;"


def with_copy(citation: str, url: str, copy: ArchivedCopy) -> str:
    """A citation with the archived copy behind its dead address, as the citation itself writes such things.

    In brackets where the note brackets addresses or cites law (The Bluebook, rule 18.2.1(d)), else in words with the
    date in the note's own form (The Chicago Manual of Style, 14.10).
    """
    if _BRACKETED.search(citation) or (_LEGAL.search(citation) and not _ARCHIVED.search(citation)):
        added = f" [{copy.url}]"
    else:
        added = f", archived {_like(citation, copy.captured_at.date())}, {copy.url}"
    printed = next((form for form in _forms(url) if form in citation), None)
    if printed is None:
        body = citation.rstrip()
        end = body[len(body.rstrip(_TRAILING)) :]
        return f"{body.rstrip(_TRAILING)}, {url}{added}{end}"
    end_of_address = citation.index(printed) + len(printed)
    return citation[:end_of_address] + added + citation[end_of_address:]


def with_address(citation: str, url: str, new: str) -> str:
    """A citation with another address in the place of the one it prints; behind it where that is not found whole."""
    printed = next((form for form in _forms(url) if form in citation), None)
    if printed is not None:
        return citation.replace(printed, new)
    body = citation.rstrip()
    end = body[len(body.rstrip(_TRAILING)) :]
    return f"{body.rstrip(_TRAILING)}, {new}{end}"


def cited_with(shown: DeskFinding) -> Citation | None:
    """The citation of the note that prints the finding's address, else its only one."""
    if shown.note is None:
        return None
    url = shown.finding.url
    for citation in shown.note.citations:
        if url and any(address.rstrip("/").startswith(url.rstrip("/")) for address in citation.urls):
            return citation
    return shown.note.citations[0] if len(shown.note.citations) == 1 else None


def _like(citation: str, day: date) -> str:
    """A date in the form that the citation's own dates have."""
    for pattern, write in _DATES:
        if pattern.search(citation):
            return write(day)
    return f"{day.day} {day:%B} {day.year}"


def _forms(url: str) -> list[str]:
    """An address as it may be printed: whole, or without what goes without saying."""
    bare = url.partition("://")[2]
    forms = (url, url.rstrip("/"), bare, bare.rstrip("/"), bare.removeprefix("www.").rstrip("/"))
    return [form for form in forms if form]
