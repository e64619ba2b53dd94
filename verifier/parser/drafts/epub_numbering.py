"""Notes of an EPUB whose parts were cut from one document: their numbers run through it.

pandoc writes the document's own notes (`footnotes-end-of-document`) behind each part that it cuts a document into, and
each part counts from 1 again; in every other form of the document, and in what its author edits, they run through. An
EPUB has no pages either that would tell six notes 1 apart. Notes that a book's maker numbers by chapter stay so.
"""

from collections.abc import Sequence
from typing import Any

from verifier.parser.drafts.html_notes import HtmlNote
from verifier.parser.drafts.html_tree import classes

_OF_THE_DOCUMENT = "footnotes-end-of-document"


def numbers_through(notes: Sequence[HtmlNote], parts: Sequence[Any]) -> dict[str, str]:
    """The labels, by the keys of the notes, of those that count on from an earlier part of the same document.

    `parts` are the elements that hold the parts, in reading order; `notes` are in the order of their markers.
    """
    numbers: dict[str, str] = {}
    before = 0
    for part in parts:
        own = [note for note in notes if _is_of_the_document(note, part)]
        if [note.label for note in own] != [str(number) for number in range(1, len(own) + 1)]:
            return {}  # they run through already, or are no numbers
        if before:
            numbers |= {note.key: str(before + number) for number, note in enumerate(own, 1)}
        before += len(own)
    return numbers


def _is_of_the_document(note: HtmlNote, part: Any) -> bool:
    ancestors = list(note.elements[0].iterancestors())
    return any(one is part for one in ancestors) and any(_OF_THE_DOCUMENT in classes(one) for one in ancestors)
