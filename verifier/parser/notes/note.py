"""A note while it is being read: lines, not yet text."""

from dataclasses import dataclass, field

from verifier.model import NoteKind
from verifier.parser.notes.markers import Marker, NoteStart
from verifier.parser.page.text_flow import Piece


@dataclass(frozen=True, slots=True)
class AnchorTarget:
    """Words that a note supports and that are no sentence: a table's cell under its heads, a figure's caption.

    `heads` are the row's and the column's, each as pieces; `marker` is the glyph in `words`, if one is there.
    """

    page: int
    words: tuple[Piece, ...]
    heads: tuple[tuple[Piece, ...], ...] = ()
    marker: Marker | None = None


@dataclass(slots=True)
class Note:
    """Where a note starts, the pieces of its text, and the markers that point to it.

    `targets` are what it supports where that is no sentence; its markers are then there.
    """

    start: NoteStart
    kind: NoteKind
    pieces: list[Piece] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    targets: list[AnchorTarget] = field(default_factory=list)
