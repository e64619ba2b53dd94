"""Works named in notes: a footnote that says `See [12], p. 4` cites what entry 12 of the bibliography describes."""

from collections.abc import Sequence
from dataclasses import replace

from verifier.model import Citation, Footnote, NoteKind
from verifier.parser.notes.brackets import named_keys


def tie_named_works(footnotes: Sequence[Footnote]) -> tuple[Footnote, ...]:
    """Point every citation that has nothing but the bracketed number of one work at that work's entry."""
    entries: dict[str, list[Footnote]] = {}
    for note in footnotes:
        if note.kind is NoteKind.REFERENCE:
            entries.setdefault(note.label, []).append(note)
    if not entries:
        return tuple(footnotes)
    return tuple(note if note.kind is NoteKind.REFERENCE else _tied(note, entries) for note in footnotes)


def _tied(note: Footnote, entries: dict[str, list[Footnote]]) -> Footnote:
    citations = tuple(_pointed(citation, note.page, entries) for citation in note.citations)
    return note if citations == note.citations else replace(note, citations=citations)


def _pointed(citation: Citation, page: int | None, entries: dict[str, list[Footnote]]) -> Citation:
    """A citation with its entry: of chapters' lists the first behind it, else the last."""
    if citation.refers_to or citation.urls or citation.identifiers:
        return citation
    named = named_keys(citation.text, entries)
    if len(named) != 1:
        return citation
    same = entries[named[0]]
    return replace(citation, refers_to=next((entry for entry in same if (entry.page or 0) >= (page or 0)), same[-1]).id)
