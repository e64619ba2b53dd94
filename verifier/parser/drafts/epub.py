"""EPUB: the chapters of the spine as one text; notes may stand in a part of their own."""

import posixpath
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import lxml.html

from verifier.errors import DocumentError
from verifier.model import WarningCode
from verifier.parser.drafts.charset import decoded
from verifier.parser.drafts.epub_numbering import numbers_through
from verifier.parser.drafts.html import PageReader, parsed
from verifier.parser.drafts.html_notes import find_html_notes
from verifier.parser.drafts.package import Package, resolved
from verifier.parser.drafts.paragraphs import Draft, DraftWarning
from verifier.parser.drafts.typed_notes import find_typed_notes

_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


def read_epub(path: Path) -> Draft:
    """Read an EPUB. Raises DocumentError."""
    draft = Draft()
    with Package(path) as package:
        main = _main(package, path)
        book = package.xml(main)
        draft.title, draft.created = _properties(book)
        text = lxml.html.Element("div")
        parts = list(_spine(book, main))
        if not parts:
            raise DocumentError(f"{path}: its spine names no chapters; save it again")
        for part in parts:
            if package.has(part):
                text.append(_chapter(package, part, path))
    found = find_html_notes(text)
    PageReader(found, draft).read(text)
    numbers = numbers_through(found.notes, list(text))
    for note in draft.notes:
        note.label = numbers.get(note.key, note.label)
    if numbers:
        first = next(iter(numbers.values()))
        message = (
            f"its parts count their notes anew; here they are counted through, so that note {first} is printed as 1"
        )
        draft.warnings.append(DraftWarning(WarningCode.NUMBERED_THROUGH, message))
    return find_typed_notes(draft)


def _main(package: Package, path: Path) -> str:
    container = package.xml("META-INF/container.xml")
    for rootfile in container.iter("{*}rootfile"):
        name = resolved("", rootfile.get("full-path") or "")
        if name and package.has(name):
            return name
    raise DocumentError(f"{path}: has no package document; save it again")


def _properties(book: Any) -> tuple[str | None, datetime | None]:
    title = next(book.iter("{http://purl.org/dc/elements/1.1/}title"), None)
    created = None
    for date in book.iter("{http://purl.org/dc/elements/1.1/}date"):
        with suppress(ValueError):
            created = datetime.fromisoformat((date.text or "").strip())
            break
    return ((title.text or "").strip() or None) if title is not None else None, created


def _spine(book: Any, main: str) -> Iterator[str]:
    """The names of the chapters' parts in reading order, each once, without the table of contents."""
    items = {item.get("id"): item for item in book.iter("{*}item")}
    done: set[str] = set()
    for reference in book.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or (item.get("media-type") or _PAGES[0]) not in _PAGES:
            continue
        if "nav" in (item.get("properties") or "").split():
            continue
        name = resolved(main, item.get("href") or "")
        if name and name not in done:
            done.add(name)
            yield name


def _chapter(package: Package, part: str, path: Path) -> Any:
    """A chapter's body, its ids and the links to them told apart from those of other chapters."""
    root = parsed(decoded(package.read(part)), f"{path}: its part {part}")
    body = root.find(".//body")
    body = body if body is not None else root
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        for attribute in ("id", "name"):
            value = element.get(attribute)
            if value:
                element.set(attribute, f"{part}#{value}")
        href = element.get("href")
        if href and "#" in href and "://" not in href:
            file, _, fragment = href.partition("#")
            where = posixpath.normpath(posixpath.join(posixpath.dirname(part), unquote(file))) if file else part
            element.set("href", f"#{where}#{fragment}")
    body.tag = "div"
    return body
