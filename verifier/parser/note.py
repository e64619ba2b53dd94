"""A note while it is being read: lines, not yet text."""

from dataclasses import dataclass, field

from verifier.model import NoteKind
from verifier.parser.flow import Piece
from verifier.parser.marks import Marker, NoteStart


@dataclass(slots=True)
class Note:
    """Where a note starts, the pieces of its text, and the markers that point to it."""

    start: NoteStart
    kind: NoteKind
    pieces: list[Piece] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
