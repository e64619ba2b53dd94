import pytest

from tests.support.parser_lines import make_line
from verifier.model import Anchor, Footnote, NoteKind, WarningCode
from verifier.parser.citations.linking import FoundUrl
from verifier.parser.labels import read_labels
from verifier.parser.notes.markers import Marker, NoteStart
from verifier.parser.notes.note import Note
from verifier.parser.page.text_flow import Piece
from verifier.parser.warnings import doubts_about, link_doubts, repeats_within


def doubts(*labels: str, text: str = "A.", left: tuple[str, ...] = (), anchored: bool = True) -> list[WarningCode]:
    """The warnings on notes with these labels, all on page 1, all but the last with the text `A.`."""
    notes, footnotes = [], []
    for index, label in enumerate(labels):
        notes.append(Note(NoteStart(index, 1, read_labels(label)[0], 1, True), NoteKind.FOOTNOTE))
        anchors = (Anchor(1, "S.", 2),) if anchored else ()
        own = text if index == len(labels) - 1 else "A."
        footnotes.append(Footnote(f"fn-{index}", label, NoteKind.FOOTNOTE, 1, own, anchors=anchors))
    markers = [Marker(9, 1, 3, 4, read_labels(label)[0]) for label in left]
    return [warning.code for warning in doubts_about(notes, footnotes, markers)]


def test_what_fits_raises_no_doubt() -> None:
    assert doubts("1", "2", "3", text="Supra note 1.") == []
    assert doubts("*", "†", "*") == []
    assert doubts() == []


def test_gaps_and_repeats() -> None:
    assert doubts("1", "2", "4") == [WarningCode.LABEL_GAP]
    assert doubts("i", "iii") == [WarningCode.LABEL_GAP]
    assert doubts("1", "2", "2") == [WarningCode.LABEL_REPEATED]
    assert doubts("4", "1") == []


def test_references_to_notes_that_are_not_there() -> None:
    assert doubts("1", "2", text="See supra note 12.") == [WarningCode.DANGLING_REFERENCE]
    assert doubts("1", "2", text="Table 12, note 12.") == []


def test_notes_and_markers_without_each_other() -> None:
    assert doubts("1", anchored=False) == [WarningCode.NOTE_WITHOUT_MARKER]
    assert doubts("1", "2", left=("3",)) == [WarningCode.MARKER_WITHOUT_NOTE]


@pytest.mark.parametrize(
    ("kind", "label", "expected"),
    [
        (NoteKind.FOOTNOTE, "1", True),
        (NoteKind.ENDNOTE, "iv", True),
        (NoteKind.TABLE_NOTE, "a", True),
        (NoteKind.TABLE_NOTE, "*", True),
        (NoteKind.TABLE_NOTE, "2", True),
        (NoteKind.TABLE_NOTE, "Source", False),
        (NoteKind.TABLE_NOTE, "出典", False),
        (NoteKind.REFERENCE, "12", False),
    ],
)
def test_which_notes_want_a_marker(kind: NoteKind, label: str, expected: bool) -> None:
    footnote = Footnote("fn-1", label, kind, 1, "A.")
    assert footnote.expects_marker is expected
    assert len(doubts_about([], [footnote], [])) == expected


def test_works_and_notes_are_numbered_apart() -> None:
    notes = [
        Note(NoteStart(line, 1, read_labels(label)[0], 1, True), kind)
        for line, (label, kind) in enumerate(
            (
                ("1", NoteKind.FOOTNOTE),
                ("1", NoteKind.REFERENCE),
                ("i", NoteKind.TABLE_NOTE),
                ("i", NoteKind.TABLE_NOTE),
                ("2", NoteKind.REFERENCE),
                ("2", NoteKind.FOOTNOTE),
                ("4", NoteKind.REFERENCE),
            )
        )
    ]
    assert [warning.message for warning in doubts_about(notes, [], [])] == ["the numbering goes from 2 to 4"]


def test_a_link_that_leads_elsewhere_than_it_prints() -> None:
    found = FoundUrl(0, 5, "https://b.example/", differs_from="https://a.example/")
    (warning,) = link_doubts(3, [found, FoundUrl(6, 9, "https://c.example/")])
    assert (warning.page, warning.code) == (3, WarningCode.LINK_DIFFERS_FROM_TEXT)
    assert "https://a.example/" in warning.message


def test_a_label_that_comes_again_within_its_note() -> None:
    lines = [make_line("2 First source.", raised=((0, 1),)), make_line("2 Second source.", raised=((0, 1),)),
             make_line("3 times as large.")]  # fmt: skip
    pieces = [Piece(index, 0, len(line.text)) for index, line in enumerate(lines)]
    one = Note(NoteStart(0, 1, read_labels("2")[0], 2, True), NoteKind.FOOTNOTE, pieces)
    (warning,) = repeats_within([one], lines)
    assert (warning.page, warning.code) == (1, WarningCode.LABEL_REPEATED)
    other = Note(NoteStart(0, 1, read_labels("2")[0], 2, True), NoteKind.FOOTNOTE, [pieces[0], pieces[2]])
    assert list(repeats_within([other], lines)) == []
