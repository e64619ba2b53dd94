import pytest

from tests.support.parser_lines import make_line
from verifier.model import NoteKind
from verifier.parser.anchors.body import Body, read_body
from verifier.parser.labels import read_labels
from verifier.parser.notes.find import read_notes
from verifier.parser.notes.markers import Marker, NoteStart
from verifier.parser.notes.note import Note
from verifier.parser.notes.pairing import without_note
from verifier.parser.page.lines import Line
from verifier.parser.page.text_flow import FlowBuilder


@pytest.mark.parametrize(
    ("labels", "left", "missing"),
    [
        ("12", "3", ["3"]),
        ("12", "2", []),
        ("12", "9", []),
        ("14", "32", ["3", "2"]),
        ("*†", "‡", []),
        ("", "1", ["1"]),
        ("", "2", []),
    ],
)
def test_a_note_is_missing_where_the_numbering_has_its_label(labels: str, left: str, missing: list[str]) -> None:
    notes = [Note(NoteStart(i, 1, read_labels(x)[0], 1, True), NoteKind.FOOTNOTE) for i, x in enumerate(labels)]
    markers = [Marker(9, 1, 3, 4, read_labels(label)[0]) for label in left]
    assert [marker.label.text for marker in without_note(notes, markers)] == missing


def page_with_notes(*text: tuple[str, tuple[int, int]], notes: str) -> list[Line]:
    """Lines with one raised marker each, and below them small notes that begin with raised digits."""
    lines = [
        make_line(words, y=700 - 14 * i, edges=(72.0, 290.0), raised=(place,)) for i, (words, place) in enumerate(text)
    ]
    for i, label in enumerate(notes):
        words = f"{label}Rolls of the mill, sheet {i}."
        lines.append(make_line(words, y=200 - 10 * i, size=7.5, raised=((0, 1),)))
    return lines


def read(lines: list[Line]) -> tuple[Body, list[Note]]:
    found_notes = read_notes(lines, {}, {})
    return read_body(lines, found_notes, FlowBuilder(lines, {})), found_notes.notes


def test_the_marker_of_a_missing_note_is_no_figure_of_the_text() -> None:
    text = (("They ground rye here.1 The miller then sold", (21, 22)), ("oats.2 He left in May.", (5, 6)))
    body, notes = read(page_with_notes(*text, ("The wheel stood still.3", (22, 23)), notes="13"))
    assert [note.start.label.text for note in notes] == ["1", "3"]
    assert body.flow.text == "They ground rye here. The miller then sold oats. He left in May.\nThe wheel stood still."
    (anchor,) = body.anchors(notes[1])
    assert (anchor.sentence, anchor.clause_start) == ("The wheel stood still.", 0)


def test_a_clause_begins_behind_the_marker_of_a_missing_note() -> None:
    text = (("The rye was sold,1 the oats kept,2 and the", (17, 18)), ("barley burnt.3", (13, 14)))
    lines = page_with_notes(*text, notes="13")
    lines[0].raised = (*lines[0].raised, type(lines[0].raised[0])(33, 34))
    body, notes = read(lines)
    (anchor,) = body.anchors(notes[1])
    assert anchor.sentence == "The rye was sold, the oats kept, and the barley burnt."
    assert anchor.clause == " and the barley burnt."
