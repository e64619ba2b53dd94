import pytest

from tests.support.parser_lines import make_line
from verifier.model import NoteKind
from verifier.parser.notes.find import read_notes
from verifier.parser.page.lines import Line

SAYINGS = [
    "The ferry took on more riders that year",
    "Its keepers wrote each crossing down",
    "The toll stood where it had always been",
    "A second boat was bought in the spring",
    "The mill below the weir was sold",
    "Nobody counted the carts any longer",
    "The bridge put an end to all of it",
    "What is left is a register and a bell",
]


def text_with_markers(labels: list[str]) -> list[Line]:
    """A page of lines, each with a raised label at its end; an empty one leaves the line without."""
    return [
        make_line(
            f"{saying}.{label}",
            y=700 - 14 * i,
            raised=((len(saying) + 1, len(saying) + 1 + len(label)),) if label else (),
        )
        for i, (saying, label) in enumerate(zip(SAYINGS, labels, strict=False))
    ]


def notes(count: int, *, page: int, raised: bool, first: int = 1) -> list[Line]:
    found = [make_line("Notes", page=page, y=760.0, size=14.0)]
    for place, number in enumerate(range(first, first + count), start=1):
        label = str(number) if raised else f"{number}."
        text = f"{label} Register of the ferry, sheet {number * 17}, and the ledger of the mill,"
        y = 730 - 30 * place
        found.append(make_line(text, page=page, y=y, raised=((0, len(label)),) if raised else ()))
        found.append(make_line("kept in the town hall.", page=page, y=y - 12))
    return found


def read(lines: list[Line]) -> list[tuple[str, bool, int]]:
    """Label, whether it has a marker, and the number of lines of every endnote."""
    found = read_notes(lines, {}, {}).notes
    assert {note.kind for note in found} <= {NoteKind.ENDNOTE}
    return [(note.start.label.text, bool(note.markers), len(note.pieces)) for note in found]


@pytest.mark.parametrize("raised", [True, False], ids=["raised labels", "labels with a point"])
def test_a_missed_marker_leaves_its_note_apart_from_its_neighbours(raised: bool) -> None:
    lines = text_with_markers(["1", "2", "", "", "", "6", "7", "8"]) + notes(8, page=2, raised=raised)
    assert read(lines) == [(str(n), n not in (3, 4, 5), 2) for n in range(1, 9)]


def test_the_last_note_may_lack_its_marker() -> None:
    lines = text_with_markers(["1", "2", "3", "4", ""]) + notes(5, page=2, raised=True)
    assert read(lines) == [(str(n), n < 5, 2) for n in range(1, 6)]


def test_a_numbered_list_is_no_endnotes() -> None:
    assert read(text_with_markers([""] * 8) + notes(8, page=2, raised=False)) == []


def test_a_chapters_last_note_ends_before_the_next_chapter() -> None:
    first = text_with_markers(["1", "2", "3"]) + notes(3, page=2, raised=False)
    second = [make_line("The second part", page=3, y=760.0, size=16.0)]
    for line in text_with_markers(["4", "5", "6"]):
        line.page = 3
        second.append(line)
    second += notes(3, page=4, raised=False, first=4)
    assert read(first + second) == [(str(n), True, 2) for n in range(1, 7)]


@pytest.mark.parametrize("heading", ["Notes", "Endnotes", "3. Anmerkungen"])
def test_notes_in_small_type_under_a_heading_are_endnotes_though_their_markers_stand_above(heading: str) -> None:
    lines: list[Line] = []
    for page in (1, 2):
        for line in text_with_markers(["1", "2", "3"]):
            line.page = page
            lines.append(line)
        lines.append(make_line(heading, page=page, y=500.0, size=12.0))
        for number in (1, 2, 3):
            words = f"{number}. Register of the ferry, sheet {page}{number}."
            lines.append(make_line(words, page=page, y=490.0 - 10 * number, size=8.0))
    assert read(lines) == [(label, True, 1) for label in "123123"]


def test_labels_of_a_drawing_are_no_endnotes() -> None:
    arrows = [make_line(f"{number} →", page=2, y=700 - 14 * number) for number in (1, 2, 3)]
    assert read(text_with_markers(["1", "2", "3"]) + arrows) == []


def test_numbered_paragraphs_are_no_endnotes_though_each_follows_a_marker_of_its_number() -> None:
    paragraphs = []
    for number in range(1, 9):
        words = f"{number}. {SAYINGS[number - 1]}.{number}"
        first = len(words) - 1
        paragraphs.append(make_line(words, y=720 - 24 * number, raised=((first, first + 1),)))
        paragraphs.append(make_line("It is told so in the town to this day.", y=708 - 24 * number))
    opening = make_line("A register was kept.1 It was lost.2", y=720, raised=((20, 21), (34, 35)))
    lines = [opening, *paragraphs, *notes(5, page=2, raised=True)]
    assert read(lines) == [(str(n), True, 2) for n in range(1, 6)]


def test_the_last_note_ends_where_its_tag_does() -> None:
    listed = notes(3, page=2, raised=False)
    for line in listed[1:]:
        line.note = 1
    listed.append(make_line("The ferry is painted every spring.", page=2, y=listed[-1].base - 12))
    assert read(text_with_markers(["1", "2", "3"]) + listed) == [("1", True, 2), ("2", True, 2), ("3", True, 2)]


def listed(*entries: str) -> list[Line]:
    """A numbered list on page 2, without a heading."""
    numbered = enumerate(entries, start=1)
    return [make_line(f"{number} {entry}", page=2, y=700 - 14 * number) for number, entry in numbered]


@pytest.mark.parametrize(
    "entries",
    [
        (r"\usepackage{ferry}", r"\begin{toll}[low]", "weir"),
        ("int toll(int carts) {", "return 3 * carts;", "}"),
        ("7 12 -8", "0 64 5", "3 1 1"),
        (
            "Plan of the ferry . . . . . . . . . . 4",
            "Plan of the weir . . . . . . . . . . 7",
            "Map . . . . . . . . . 9",
        ),
    ],
    ids=["commands", "a program", "figures", "a list of plates"],
)
def test_numbered_lines_of_another_kind_are_no_endnotes(entries: tuple[str, ...]) -> None:
    marked = text_with_markers(["1", "2", "3"])
    assert read(marked + listed(*entries)) == []
    assert read(marked + listed("Ferry book, 3.", "Mill book, 7.", "https://example.org/9")) == [
        (label, True, 1) for label in "123"
    ]


def test_affiliations_are_no_endnotes_and_their_markers_want_no_note() -> None:
    byline = make_line("Ada Tollgate1, Ben van Weir2, and Cy Ferryman3", raised=((12, 13), (26, 27), (45, 46)))
    places = [make_line(f"{n} Institute {n} of the Town", y=680.0 - 14 * n, raised=((0, 1),)) for n in (1, 2, 3)]
    found = read_notes([byline, *places, make_line("The ferry is old, and the town is older.", y=600.0)], {}, {})
    assert (found.notes, found.left) == ([], [])


def test_figures_raised_in_formulas_lead_to_no_numbered_list() -> None:
    formulas = [make_line(f"toll = carts{n} + 4", y=720 - 14 * n, raised=((12, 13),)) for n in (1, 2, 3)]
    found = read_notes([*formulas, *listed("Count the carts.", "Ask the toll.", "Shut the gate.")], {}, {})
    assert (found.notes, found.left) == ([], [])


def test_a_short_list_beside_more_footnotes_of_its_scheme_is_no_endnotes() -> None:
    lines: list[Line] = []
    for page, labels in ((1, "1234"), (2, "12")):
        for line in text_with_markers(list(labels)):
            line.page = page
            lines.append(line)
        if page == 1:
            lines += [make_line(f"{n} Ledger, p. 8{n}.", y=200.0 - 10 * int(n), size=8.0) for n in labels]
    steps = [make_line(f"{n}. Go to the ferry.", page=3, y=700 - 14 * n) for n in (1, 2)]
    kinds = [(note.kind, note.start.label.text) for note in read_notes([*lines, *steps], {}, {}).notes]
    assert kinds == [(NoteKind.FOOTNOTE, label) for label in "1234"]
