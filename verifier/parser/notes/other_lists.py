"""Numbered lists that look like endnotes and are none: lines of code, tables of figures, authors' affiliations."""

from collections.abc import Sequence

from verifier.parser.notes.note import Note
from verifier.parser.page.lines import Line
from verifier.parser.patterns import regex

_CODE = regex(r"\s*[\\#%{}]|.*[{};]\s*$|\s*[\w-]+\s*(?:::?=|[→⟶])")
_WORD = regex(r"[^\W\d_]{2,}")
_RULE = regex(r"\s*[\w-]+\s*(?:::?=|[→⟶])")
_SAME_EDGE = 3.0
_REACH = 12
"""Lines behind a list's last entry among which the text may go on."""
_RESUMED = 2
_NAMES = 0.7
"""Share of a byline's words that begin with a capital; a sentence's are mostly small, also in German."""


def is_other_list(notes: Sequence[Note], lines: Sequence[Line]) -> bool:
    """Whether candidates for endnotes, with their markers, are lines of code or figures, or authors' affiliations."""
    return _are_code_or_figures(notes, lines) or _are_affiliations(notes, lines) or _stand_in_text(notes, lines)


def are_rules(heads: Sequence[str]) -> bool:
    """Whether the first lines of entries are the rules of a grammar, `Type ::= ...`."""
    return 2 * sum(bool(_RULE.match(head)) for head in heads) >= len(heads)


def _stand_in_text(notes: Sequence[Note], lines: Sequence[Line]) -> bool:
    """Whether the running text goes on behind a list, on its page and in its type: then it is numbered statements.

    It does where lines begin left of where the lines of the entries do. Raised labels are markers' fellows.
    """
    if any(note.start.raised for note in notes):
        return False
    first, last = lines[notes[0].start.line], notes[-1].start.line
    label = min(lines[note.start.line].x0 for note in notes if lines[note.start.line].page == lines[last].page)
    starts = {note.start.line for note in notes}
    inside = [index for index in range(notes[0].start.line + 1, last) if index not in starts]
    own = [lines[index].x0 for index in inside if lines[index].page == first.page]
    hangs = bool(own) and min(own) > first.x0 + _SAME_EDGE
    limit = label + _SAME_EDGE if hangs else label - _SAME_EDGE
    if own and not hangs and min(own) < first.x0 - _SAME_EDGE:
        return False
    behind = [line for line in lines[last + 1 : last + 1 + _REACH] if (line.page, line.column) == _place(lines[last])]
    text = [line for line in behind if line.x0 <= limit and abs(line.size - first.size) <= 0.06 * first.size]
    return len(text) >= _RESUMED


def _place(line: Line) -> tuple[int, int]:
    return line.page, line.column


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
