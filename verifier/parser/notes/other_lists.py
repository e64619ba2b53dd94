"""Numbered lists that look like endnotes and are none: lines of code, tables of figures, authors' affiliations."""

import re
from collections.abc import Sequence

from verifier.parser.notes.note import Note
from verifier.parser.page.lines import Line

_CODE = re.compile(r"\s*[\\#%{}]|.*[{};]\s*$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAMES = 0.7
"""Share of a byline's words that begin with a capital; a sentence's are mostly small, also in German."""


def is_other_list(notes: Sequence[Note], lines: Sequence[Line]) -> bool:
    """Whether candidates for endnotes, with their markers, are lines of code or figures, or authors' affiliations."""
    return _are_code_or_figures(notes, lines) or _are_affiliations(notes, lines)


def _are_code_or_figures(notes: Sequence[Note], lines: Sequence[Line]) -> bool:
    heads = [lines[note.start.line].text[note.start.text_from :] for note in notes]
    return 2 * sum(bool(_CODE.match(head)) or not _WORD.search(head) for head in heads) >= len(heads)


def _are_affiliations(notes: Sequence[Note], lines: Sequence[Line]) -> bool:
    bylines = {marker.line for note in notes for marker in note.markers}
    return all(note.start.page == 1 for note in notes) and are_names([lines[index] for index in bylines])


def are_names(lines: Sequence[Line]) -> bool:
    """Whether lines are a byline: on the first page, most of their words with a capital."""
    words = [word for line in lines for word in _WORD.findall(line.text)]
    on_first = all(line.page == 1 for line in lines)
    return on_first and bool(words) and sum(word[0].isupper() for word in words) >= _NAMES * len(words)
