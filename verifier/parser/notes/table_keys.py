"""Table keys: the glyphs in a table's cells, heads and title that point to the notes below it."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from verifier.parser.labels import SYMBOL_CLASS, Label, read_labels
from verifier.parser.notes.markers import Marker
from verifier.parser.notes.note import AnchorTarget
from verifier.parser.page.lines import Line
from verifier.parser.page.tables import Cell, Table
from verifier.parser.page.text_flow import Piece
from verifier.parser.patterns import regex

_HANGING = regex(
    rf"(?<=[\w)%.’”])\s?(?:(?P<symbol>([{SYMBOL_CLASS}])\2{{0,3}})|(?P<raised>[¹²³⁴⁵⁶⁷⁸⁹]{{1,2}})"
    r"|\((?P<round>[a-z]|[ivx]{1,4}|\d{1,2})\)|\[(?P<square>[a-z]|[ivx]{1,4}|\d{1,2})\])$"
)
"""A label at a cell's end that is not raised: a symbol, a superscript figure, or a letter or number in brackets."""
_UNIT = regex(r"(?<![^\W\d_])[kcmd]?m[²³]$")
_MINUS = ("-", "−", "–")
"""Before a raised figure: a negative power, as of a unit."""
_DOUBTFUL = 0.5
"""Raised glyphs more doubtful than this (powers, units) are no keys if a plainer one of the label is there."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The markers of a table by label, and where each is; `elsewhere` are labels its page has outside of it."""

    markers: dict[str, list[Marker]]
    targets: dict[tuple[int, int], AnchorTarget]
    elsewhere: frozenset[str] = frozenset()

    def target_of(self, marker: Marker) -> AnchorTarget:
        """What a marker supports."""
        return self.targets[marker.at]

    def stand_elsewhere(self, label: Label) -> bool:
        """Whether the page has a marker of the label outside of the table: a footnote there may be that one's."""
        return label.text in self.elsewhere


def letters_behind_figures(lines: Sequence[Line]) -> Iterator[Marker]:
    """Raised letters that running text has as ordinals, `5a`, and a table's cells as keys, `1,310a`."""
    for index, line in enumerate(lines):
        for span in line.raised:
            letter = line.text[span.start : span.end]
            if letter in ("a", "e", "o") and not span.lowered and line.text[span.start - 1 : span.start].isdecimal():
                for label in read_labels(letter):
                    yield Marker(index, line.page, span.start, span.end, label)


def keys_of(table: Table, lines: Sequence[Line], markers: Sequence[Marker], title: Sequence[int]) -> Keys:
    """The keys of a table whose title is in the lines `title`; `markers` are its page's raised candidates."""
    inside = {cell.line for row in table.rows for cell in row.cells}
    found: dict[str, list[Marker]] = {}
    near = [marker for marker in markers if marker.line in inside or marker.line in title]
    raised = [marker for marker in near if lines[marker.line].text[marker.start - 1 : marker.start] not in _MINUS]
    for marker in [*raised, *_hanging(table, lines)]:
        same = found.setdefault(marker.label.text, [])
        if all(other.at != marker.at for other in same):
            same.append(marker)
    found = {text: sorted(_plain(same), key=lambda m: m.at) for text, same in found.items()}
    gone: dict[int, list[tuple[int, int]]] = {}
    for same in found.values():
        for marker in same:
            gone.setdefault(marker.line, []).append((marker.start, marker.end))
    targets = {m.at: _target(m, table, lines, title, gone) for same in found.values() for m in same}
    of_table = inside.union(title)
    return Keys(found, targets, frozenset(_sure_before(table.last, markers, of_table)))


def _sure_before(last: int, markers: Sequence[Marker], without: Container[int]) -> Iterator[str]:
    """The labels of the markers without doubt above a table's last line, but for those on the lines `without`."""
    for marker in markers:
        if marker.start and not marker.doubt and marker.line < last and marker.line not in without:
            yield marker.label.text


def target_says_something(target: AnchorTarget, lines: Sequence[Line]) -> bool:
    """Whether a target has words of its own or a head; glyphs of formulas and drawings are alone."""
    pieces = [*target.words, *(piece for head in target.heads for piece in head)]
    return any(_text(piece, lines).strip(" .,()[]") for piece in pieces)


def _text(piece: Piece, lines: Sequence[Line]) -> str:
    gone = {at for start, end in piece.without for at in range(start, end)}
    return "".join(lines[piece.line].text[at] for at in range(piece.start, piece.end) if at not in gone)


def _plain(same: list[Marker]) -> list[Marker]:
    least = min(marker.doubt for marker in same)
    return [marker for marker in same if least >= _DOUBTFUL or marker.doubt <= _DOUBTFUL]


def _hanging(table: Table, lines: Sequence[Line]) -> Iterator[Marker]:
    for row in table.rows:
        for cell, text in zip(row.cells, row.texts, strict=True):
            match = _HANGING.search(text)
            if match is None or _UNIT.search(text):
                continue
            line = lines[cell.line]
            raw = next(group for name in ("symbol", "raised", "round", "square") if (group := match.group(name)))
            start = cell.start + match.start() + (match.group()[0] == " ")
            if line.raised_at(start) is None:
                for label in read_labels(raw):
                    yield Marker(cell.line, line.page, start, cell.start + match.end(), label)


def _target(
    marker: Marker, table: Table, lines: Sequence[Line], title: Sequence[int], gone: dict[int, list[tuple[int, int]]]
) -> AnchorTarget:
    """The cell with its heads, or the title, without the keys in them."""

    def plain(cell: Cell) -> Piece:
        spans = tuple((a, b) for a, b in gone.get(cell.line, ()) if cell.start <= a < cell.end)
        return Piece(cell.line, cell.start, cell.end, spans)

    found = table.cell_at(marker.line, marker.start)
    if found is None:
        lines_of_title = title if marker.line in title else (marker.line,)
        words = tuple(Piece(k, 0, len(lines[k].text), tuple(gone.get(k, ()))) for k in lines_of_title)
        return AnchorTarget(marker.page, words, marker=marker)
    row, number = found
    side, column = table.heads_of(row, number)
    heads = tuple(tuple(plain(cell) for cell in part) for part in (side, column) if part)
    return AnchorTarget(marker.page, (plain(row.cells[number]),), heads, marker)
