import pytest

from tests.support.parser_lines import make_line
from verifier.model import NoteKind
from verifier.parser.notes.markers import find_markers
from verifier.parser.notes.note import Note
from verifier.parser.notes.table_notes import find_table_notes
from verifier.parser.page.lines import Line

XS = (72.0, 200.0, 260.0, 320.0)
BODY = 10.0


def row(y: float, *cells: str) -> list[Line]:
    """A row in 9 points; `^` raises what follows it in a cell."""
    return [
        make_line(cell.replace("^", ""), x0=x0, y=y, size=9.0, raised=_raised(cell))
        for x0, cell in zip(XS, cells, strict=False)
    ]


def _raised(text: str) -> tuple[tuple[int, int], ...]:
    return ((text.index("^"), len(text) - 1),) if "^" in text else ()


def below(*texts: str, y: float = 660.0, size: float = 8.0) -> list[Line]:
    """Lines under a table; `^x ` raises a label of one glyph."""
    lines = []
    for number, text in enumerate(texts):
        plain, raised = "", []
        for part in text.split("^"):
            if plain or (text.startswith("^") and part):
                raised.append((len(plain), len(plain) + 1))
            plain += part
        lines.append(make_line(plain, y=y - 10 * number, size=size, raised=tuple(raised)))
    return lines


def table(*keys: str) -> list[Line]:
    """A table whose column head, row head and cell carry keys, at 700 to 676."""
    a, b, c = (*keys, "", "", "")[:3]
    return [
        *row(700.0, "Gate", "2019", f"2020{a}"),
        *row(688.0, f"North{b}", "1,204", "1,310"),
        *row(676.0, "South", "980", f"1,004{c}"),
    ]


def read(lines: list[Line], areas: set[int] | None = None) -> list[Note]:
    markers = [marker for index, line in enumerate(lines) for marker in find_markers(index, line)]
    return find_table_notes(lines, markers, areas or set(), BODY)


def told(lines: list[Line], areas: set[int] | None = None) -> list[tuple[str, str, int]]:
    """Label, text and number of places of every note."""
    return [
        (
            note.start.label.text,
            " ".join(lines[p.line].text[p.start : p.end].strip() for p in note.pieces),
            len(note.targets),
        )
        for note in read(lines, areas)
    ]


@pytest.mark.parametrize("labels", [("a", "b", "c"), ("i", "ii", "iii"), ("1", "2", "3")])
def test_notes_keyed_by_raised_labels(labels: tuple[str, ...]) -> None:
    lines = table(*(f"^{label}" for label in labels))
    for number, label in enumerate(labels):
        text = f"{label} Without carts, year {number}."
        lines.append(make_line(text, y=660.0 - 10 * number, size=8.0, raised=((0, len(label)),)))
    assert told(lines) == [(label, f"Without carts, year {n}.", 1) for n, label in enumerate(labels)]
    assert {note.kind for note in read(lines)} == {NoteKind.TABLE_NOTE}


def test_symbols_and_brackets_that_are_not_raised() -> None:
    lines = [*table("*", " (a)", "†"), *below("* Without carts.", "† Without riders.")]
    assert [label for label, _, _ in told(lines)] == ["*", "†"]
    lines = [*table(" (a)", " (b)"), *below("(a) Without carts. (b) Without riders.")]
    assert told(lines) == [("a", "Without carts.", 1), ("b", "Without riders.", 1)]


def test_notes_run_together_in_one_paragraph() -> None:
    lines = table("^i", "^ii", "^iii")
    text = "i Without carts. ii Without riders, who paid in kind. iii Provisional."
    lines.append(make_line(text, y=660.0, size=8.0, raised=((0, 1), (17, 19), (54, 57))))
    assert told(lines) == [
        ("i", "Without carts.", 1),
        ("ii", "Without riders, who paid in kind.", 1),
        ("iii", "Provisional.", 1),
    ]
    plain = [*table("^i", "^ii", "^iii"), *below("i. Without carts. ii. Without riders. iii. Provisional.")]
    assert [label for label, _, _ in told(plain)] == ["i", "ii", "iii"]


def test_words_and_labels_in_one_block() -> None:
    lines = [*table("^a", "^b"), *below("Notes: a Without carts.", "b Without riders. Source: Ledger.")]
    assert [(label, text) for label, text, _ in told(lines)] == [
        ("a", "Without carts."),
        ("b", "Without riders."),
        ("Source", "Ledger."),
    ]


def test_a_note_over_two_lines_ends_before_the_text() -> None:
    lines = [*table("^a"), *below("a. Without carts that came", "from the south in winter.")]
    lines.append(make_line("The tolls rose.", y=636.0))
    assert told(lines) == [("a", "Without carts that came from the south in winter.", 1)]


def test_a_line_without_a_key_may_come_first() -> None:
    lines = [*table("^a"), *below("Figures may not add up.", "a. Without carts.")]
    assert told(lines) == [("a", "Without carts.", 1)]


@pytest.mark.parametrize(
    "texts",
    [("a. Without carts.",), ("b. Without carts.",), ("^2 x + y = 3",), ("The tolls rose.",)],
)
def test_without_a_key_in_the_table_there_is_no_note(texts: tuple[str, ...]) -> None:
    assert told([*table("", "^2"), *below(*texts)]) == []


def test_a_narrow_note_as_large_as_the_text_goes_on_behind_a_hyphen() -> None:
    lines = [*table("^a"), *below("a. Without carts that came from the south in win-", "ter. The rest paid.", size=9.0)]
    assert [text for _, text, _ in told(lines)] == [
        "Without carts that came from the south in win- ter. The rest paid."
    ]


@pytest.mark.parametrize(
    "after",
    [
        below("^1 Introduction to gates.", size=11.0),
        below("1 Introduction to gates."),
        [make_line("References", y=662.0, size=9.0), *below("^1 A. Toller, Gates of the town.", y=650.0)],
    ],
)
def test_headings_and_lists_below_a_table_are_no_notes(after: list[Line]) -> None:
    assert told([*table("^1"), *after]) == []


def test_negative_powers_are_no_keys() -> None:
    lines = [*table("", " s^−1"), *below("^1 A. Toller, Gates of the town.")]
    assert told(lines) == []


def test_a_label_at_a_lines_end_opens_the_note_of_the_next() -> None:
    lines = [*table("^a", "^b"), *below("a. Without carts that came in winter.", "Without riders.")]
    lines[-2] = make_line("a. Without carts in winter. b", y=660.0, size=8.0, raised=((28, 29),))
    assert [(label, text) for label, text, _ in told(lines)] == [
        ("a", "Without carts in winter."),
        ("b", "Without riders."),
    ]


def test_a_label_far_below_belongs_to_something_else() -> None:
    assert told([*table("^a"), *below("a. Without carts.", y=600.0)]) == []


def test_numbers_in_a_foot_are_footnotes() -> None:
    lines = [*table("^1"), *below("^1 Without carts in winter.")]
    assert told(lines, areas={9}) == []


def test_symbols_in_a_foot_that_the_text_has_too_are_footnotes() -> None:
    text = make_line("The tolls rose.*", y=720.0, raised=((15, 16),))
    lines = [text, *table("^*"), *below("* Without carts in winter.")]
    assert told(lines, areas={10}) == []
    assert len(told(lines[1:], areas={9})) == 1


def test_a_title_with_a_key() -> None:
    title = make_line("Table 2. Tolls by gatea", y=715.0, size=9.0, raised=((22, 23),))
    lines = [title, *table(), *below("a. Without carts.")]
    (note,) = read(lines)
    assert [(target.marker is not None, target.heads) for target in note.targets] == [(True, ())]
    assert note.targets[0].words[0].line == 0


def test_two_tables_each_with_its_notes() -> None:
    one = [*table("^a"), *below("a. Without carts.")]
    two = [
        make_line(x.text, x0=x.x0, y=x.base - 200, size=x.size, raised=tuple((r.start, r.end) for r in x.raised))
        for x in one
    ]
    assert [(label, count) for label, _, count in told([*one, *two])] == [("a", 1), ("a", 1)]
