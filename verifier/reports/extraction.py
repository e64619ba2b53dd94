"""An extraction for people to read: each note with its sentence, the marker's place shown as `⟦9⟧`."""

import textwrap

from verifier.model import Anchor, Extraction, Footnote
from verifier.reports.labels import counted


def extraction_text(extraction: Extraction, width: int = 100) -> str:
    """The notes of a document as wrapped text, then body links and warnings."""
    document = extraction.document
    with_url = sum(bool(note.urls) for note in extraction.footnotes)
    pages = "" if document.pages is None else f"{counted(document.pages, 'page')}, "
    headline = (
        f"{document.path}: {pages}{counted(len(extraction.footnotes), 'note')} "
        f"({with_url} with an address), {counted(len(extraction.body_links), 'link')} in the text"
    )
    lines = [headline, ""]
    for note in extraction.footnotes:
        lines += [*_note_lines(note, width), ""]
    if extraction.body_links:
        lines.append("Links in the text")
        lines += [f"  {_place(link.page, '  ')}{link.url}" for link in extraction.body_links]
        lines.append("")
    for warning in extraction.warnings:
        where = f"p. {warning.page}: " if warning.page else ""
        lines.append(_wrapped(f"warning: {where}{warning.message} [{warning.code.value}]", width, ""))
    return "\n".join(lines).rstrip() + "\n"


def _note_lines(note: Footnote, width: int) -> list[str]:
    place = _place(note.page, ": ")
    lines = [_wrapped(f"[{note.label}] {note.kind.value}{f', {place}' if place else ': '}{note.text}", width, "")]
    lines += [_wrapped(f"supports: {_marked(anchor, note.label)}", width, "    ") for anchor in note.anchors]
    if not note.anchors and note.expects_marker:
        lines.append("    supports: no marker found in the text")
    lines += [f"    {url}" for url in note.urls]
    return lines


def _place(page: int | None, end: str) -> str:
    return "" if page is None else f"p. {page}{end}"


def _marked(anchor: Anchor, label: str) -> str:
    return f"{anchor.sentence[: anchor.marker_offset]}⟦{label}⟧{anchor.sentence[anchor.marker_offset :]}"


def _wrapped(text: str, width: int, indent: str) -> str:
    return textwrap.fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent + "    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
