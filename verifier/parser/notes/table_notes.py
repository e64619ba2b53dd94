"""Table notes: what is under a table or figure, keyed by glyphs in its cells or announced by a word.

Notes of a table may be run together in one paragraph ("i ... ii ... iii ..."), and never belong to the page's own
sequence of footnotes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verifier.model import NoteKind
from verifier.parser.labels import SYMBOL_CLASS, Label, Scheme, read_labels
from verifier.parser.notes.markers import Marker, NoteStart
from verifier.parser.notes.note import AnchorTarget, Note
from verifier.parser.notes.source_lines import later_word_labels, support_of, word_label
from verifier.parser.notes.table_keys import Keys, keys_of, letters_behind_figures, target_says_something
from verifier.parser.page.captions import Caption, caption_above
from verifier.parser.page.foot_columns import SMALL
from verifier.parser.page.headings import list_heading
from verifier.parser.page.lines import Line, ends_with_hyphen
from verifier.parser.page.tables import Table, find_tables
from verifier.parser.page.text_flow import Piece
from verifier.parser.patterns import regex

_LABELLED = regex(
    rf"(?:[(\[](?P<bracketed>[a-z]|[ivxl]{{1,5}}|\d{{1,2}})[)\]]|(?P<plain>[a-z]|[ivxl]{{1,5}}|\d{{1,2}})(?P<point>[.):]?)(?=\s)"
    rf"|(?P<symbol>([{SYMBOL_CLASS}])\5*|[⁰¹²³⁴⁵⁶⁷⁸⁹]+))\s*(?=\S)"
)
_BEHIND_A_STOP = regex(r"(?<=[.;,)\]”])\s+")
_WORD = regex(r"[^\W\d_]{4,}")
_BELOW = 4.5
"""Of the type size: how far below the table, or below each other, its notes are at most."""
_UNKEYED = 3
"""Lines below a table that may come before its first keyed note: "Figures may not add up."."""
_LARGEST = 1.05
"""Times the size of a table's cells: its notes are not set in larger type."""
_LEADING = 1.75
_LONGEST = 40
"""Lines of one block of notes: a third of a page in small type."""


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a note opens: character `at` of a line; its text begins at `text_from`."""

    line: int
    at: int
    text_from: int
    label: Label
    raised: bool = False
    caption: Caption | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    """What the reader of a block must know of the document."""

    lines: Sequence[Line]
    tables: Sequence[Table]
    areas: set[int]
    size: float


def find_table_notes(lines: Sequence[Line], markers: Sequence[Marker], areas: set[int], size: float) -> list[Note]:
    """The notes of tables and figures, each with the cells or the caption it supports.

    `markers` are the raised candidates of the document, `areas` the lines of footnote areas, `size` the running text's.
    """
    markers = [*markers, *letters_behind_figures(lines)]
    tables = find_tables(lines, _apart(lines, markers))
    page = _Page(lines, tables, areas, size)
    by_page: dict[int, list[Marker]] = {}
    for marker in markers:
        by_page.setdefault(marker.page, []).append(marker)
    notes: list[Note] = []
    taken: set[int] = set()
    for number, table in enumerate(tables):
        stop = tables[number + 1].first if number + 1 < len(tables) else len(lines)
        keys = keys_of(table, lines, by_page.get(table.rows[0].page, ()), _title_lines(lines, table))
        first = _first_below(page, table, stop, keys)
        if first is not None:
            found = _read_block(page, first, stop, keys)
            notes.extend(found)
            taken.update(piece.line for note in found for piece in note.pieces)
    for index in range(len(lines)):
        if index not in taken and word_label(lines[index].text):
            found = _read_block(page, index, len(lines), Keys({}, {}))
            notes.extend(found)
            taken.update(piece.line for note in found for piece in note.pieces)
    return notes


def _apart(lines: Sequence[Line], markers: Sequence[Marker]) -> set[int]:
    """Lines that look like the start of a table's note and so are no row: a word, or a label with a marker above."""
    first_seen: dict[tuple[int, str], int] = {}
    for marker in markers:
        key = (marker.page, marker.label.text)
        first_seen[key] = min(marker.line, first_seen.get(key, marker.line))
    apart = set()
    for index, line in enumerate(lines):
        labels = _labels_at(line, 0)
        keyed = labels and any(first_seen.get((line.page, label.text), index) < index for label in labels[0])
        if word_label(line.text) or (keyed and labels and (labels[2] or not line.text[0].isdecimal())):
            apart.add(index)
    return apart


def _title_lines(lines: Sequence[Line], table: Table) -> tuple[int, ...]:
    caption = caption_above(lines, table.first)
    return caption.lines if caption is not None else ()


def _first_below(page: _Page, table: Table, stop: int, keys: Keys) -> int | None:
    """The first line of the notes below a table; None when other text is there."""
    lines, above = page.lines, _lowest(page.lines, table)
    largest = _LARGEST * max(row.size for row in table.rows)
    for index in range(table.last + 1, min(stop, table.last + 2 + _UNKEYED)):
        line = lines[index]
        same = (line.page, line.column) == (above.page, above.column) and line.size <= largest
        if not same or above.base - line.base > _BELOW * line.size or list_heading(lines, index + 1, within=1):
            return None
        if _opening_at_start(page, index, keys, []) is not None:
            return index
        above = line
    return None


def _lowest(lines: Sequence[Line], table: Table) -> Line:
    """The lowest line of a table, which its notes follow."""
    return min((lines[cell.line] for cell in table.rows[-1].cells), key=lambda line: line.base)


def _read_block(page: _Page, first: int, stop: int, keys: Keys) -> list[Note]:
    """The notes of one block of lines; none when nothing supports them."""
    openings: list[_Opening] = []
    own: list[int] = []
    for index in range(first, min(stop, first + _LONGEST)):
        opening = _opening_at_start(page, index, keys, openings) if _is_near(page, own, index) else None
        if opening is None and not (own and _runs_on(page, own, index)):
            break
        if opening is not None:
            openings.append(opening)
        own.append(index)
        openings.extend(_openings_within(page, index, keys, openings))
    labelled = [opening for opening in openings if opening.label.scheme is not Scheme.WORD]
    if any(opening.line in page.areas and keys.stand_elsewhere(opening.label) for opening in labelled):
        return []
    return list(_cut(page.lines, openings, own, keys))


def _is_near(page: _Page, own: Sequence[int], index: int) -> bool:
    if not own:
        return True
    above, line = page.lines[own[-1]], page.lines[index]
    same = above.page == line.page and above.column == line.column
    return same and above.base - line.base <= _BELOW * line.size


def _runs_on(page: _Page, own: Sequence[int], index: int) -> bool:
    """Whether a line goes on with the note above it: same type, same leading, and no new paragraph of the text."""
    lines = page.lines
    above, line = lines[own[-1]], lines[index]
    if above.page != line.page or above.column != line.column or abs(above.size - line.size) > 0.06 * line.size:
        return False
    gap = above.base - line.base
    usual = lines[own[-2]].base - above.base if len(own) > 1 else 0.0
    if gap > (1.35 * usual if usual > 0.5 * line.size else _LEADING * line.size):
        return False
    if line.size <= SMALL * page.size:
        return True
    if ends_with_hyphen(above.text) or line.text[:1].islower():
        return True
    ended = above.x1 < above.column_x1 - 2 * above.size or line.x0 - line.column_x0 > 0.9 * line.size
    return not ended


def _opening_at_start(page: _Page, index: int, keys: Keys, opened: Sequence[_Opening]) -> _Opening | None:
    line = page.lines[index]
    word = word_label(line.text)
    if word is not None:
        support = support_of(page.lines, index, word, page.tables, page.areas, page.size)
        if support is None and not opened:
            return None
        label = Label(word.text, Scheme.WORD, 0)
        caption = support.caption if support is not None else None
        if caption is None and opened:
            caption = opened[0].caption
        return _Opening(index, 0, word.text_from, label, caption=caption)
    return _keyed(page, index, 0, keys, opened, within=False)


def _openings_within(page: _Page, index: int, keys: Keys, opened: Sequence[_Opening]) -> list[_Opening]:
    """The notes that open within a line: behind a stop, at a raised label, or directly behind an announcing word."""
    line = page.lines[index]
    starts = {match.end() for match in _BEHIND_A_STOP.finditer(line.text)}
    starts.update(span.start for span in line.raised if span.start and not span.lowered)
    starts.update(opening.text_from for opening in opened if opening.line == index and not opening.label.value)
    words = {word.at: word for word in later_word_labels(line.text)}
    found: list[_Opening] = []
    for at in sorted(starts | set(words)):
        if at in words:
            label = Label(words[at].text, Scheme.WORD, 0)
            found.append(_Opening(index, at, words[at].text_from, label, caption=opened[0].caption if opened else None))
            continue
        opening = _keyed(page, index, at, keys, [*opened, *found], within=True)
        if opening is not None:
            found.append(opening)
    return found


def _keyed(
    page: _Page, index: int, at: int, keys: Keys, opened: Sequence[_Opening], *, within: bool
) -> _Opening | None:
    """The note that opens with a label at a place of a line, if the table has a marker for it and its turn has come."""
    line = page.lines[index]
    read = _labels_at(line, at)
    if read is None:
        return None
    labels, text_from, raised = read
    bare = not raised and line.text[at:text_from].strip().isalnum()
    if within and bare and not line.text[text_from : text_from + 1].isupper():
        return None
    last = next((o.label for o in reversed(opened) if o.label.scheme is not Scheme.WORD), None)
    for label in labels:
        if label.scheme is Scheme.NUMBER and (index in page.areas or bare):
            continue
        if label.scheme is not Scheme.SYMBOL and not _is_wordy(_text_behind(page.lines, index, text_from)):
            continue
        if _is_next(label, last, [o.label for o in opened], within=within) and (
            label.text in keys.markers or (raised and last is not None and label.value == last.value + 1)
        ):
            return _Opening(index, at, text_from, label, raised)
    return None


def _is_next(label: Label, last: Label | None, opened: Sequence[Label], *, within: bool) -> bool:
    if label.scheme is Scheme.SYMBOL:
        return label not in opened
    if last is None or label.scheme is not last.scheme:
        return label.value == 1
    return 1 <= label.value - last.value <= (1 if within else 3)


def _text_behind(lines: Sequence[Line], index: int, text_from: int) -> str:
    """What follows a label; at a line's end that is the next line."""
    text = lines[index].text[text_from:]
    return text if text.strip() or index + 1 == len(lines) else lines[index + 1].text


def _is_wordy(text: str) -> bool:
    """Whether a text is words rather than a formula, whose raised and lowered parts look like labels."""
    letters = sum(char.isalpha() for char in text)
    return bool(_WORD.search(text)) and 2 * letters >= len(text.replace(" ", ""))


def _labels_at(line: Line, at: int) -> tuple[list[Label], int, bool] | None:
    """The readings of what is at a place as a label, where the text behind it begins, and whether it is raised."""
    span = line.raised_at(at)
    if span is not None and span.start == at and not span.lowered:
        labels = read_labels(line.text[span.start : span.end])
        text_from = span.end
        while text_from < len(line.text) and line.text[text_from] in " .:)":
            text_from += 1
        return (labels, text_from, True) if labels else None
    match = _LABELLED.match(line.text, at)
    if match is None:
        return None
    labels = read_labels(match.group("bracketed") or match.group("plain") or match.group("symbol"))
    return (labels, match.end(), match.group("symbol") is not None) if labels else None


def _cut(lines: Sequence[Line], openings: Sequence[_Opening], own: Sequence[int], keys: Keys) -> Iterator[Note]:
    """Give every note the text up to the next one's opening, and the cells or the caption it supports."""
    for number, opening in enumerate(openings):
        following = openings[number + 1] if number + 1 < len(openings) else None
        last = following.line if following is not None else own[-1]
        pieces = []
        for index in (k for k in own if opening.line <= k <= last):
            start = opening.text_from if index == opening.line else 0
            end = following.at if following is not None and index == following.line else len(lines[index].text)
            if lines[index].text[start:end].strip():
                pieces.append(Piece(index, start, end))
        if not pieces:
            continue
        start_at = NoteStart(opening.line, lines[opening.line].page, opening.label, opening.text_from, opening.raised)
        note = Note(start_at, NoteKind.TABLE_NOTE, pieces)
        if opening.label.scheme is Scheme.WORD:
            note.targets = _caption_target(opening.caption, lines)
        else:
            note.markers = list(keys.markers.get(opening.label.text, ()))
            note.targets = [keys.target_of(marker) for marker in note.markers]
            if note.targets and not any(target_says_something(target, lines) for target in note.targets):
                continue
        yield note


def _caption_target(caption: Caption | None, lines: Sequence[Line]) -> list[AnchorTarget]:
    if caption is None:
        return []
    words = tuple(Piece(index, 0, len(lines[index].text)) for index in caption.lines)
    return [AnchorTarget(lines[caption.lines[0]].page, words)]
