from collections.abc import Sequence

import pytest

from tests.support.parser_lines import make_line
from verifier.model import NoteKind
from verifier.parser.notes.bibliographies import find_references
from verifier.parser.page.lines import Line

WORK = "A. Toller. A history of the gates of the town, and of those who kept them."


def paper(
    *texts: str, heading: str | None = "References", entries: Sequence[str] = (), size: float = 9.0
) -> list[Line]:
    """Text on page 1; heading and entries on page 2."""
    lines = [make_line(text, y=700.0 - 12 * n) for n, text in enumerate(texts)]
    if heading is not None:
        lines.append(make_line(heading, page=2, y=720.0, size=14.0))
    lines += [make_line(text, page=2, y=700.0 - 11 * n, size=size) for n, text in enumerate(entries)]
    return lines


def read(lines: list[Line], areas: set[int] | None = None) -> list[tuple[str, str, list[int]]]:
    """Label, text and the lines of the markers of every entry."""
    return [
        (
            note.start.label.text,
            " ".join(lines[piece.line].text[piece.start : piece.end] for piece in note.pieces),
            [marker.line for marker in note.markers],
        )
        for note in find_references(lines, areas or set()).notes
    ]


def test_entries_and_the_markers_that_name_them() -> None:
    lines = paper(
        "Tolls rose [1]. Gates were built [2, 3].",
        "Nobody paid [1].",
        entries=["[1] One.", "[2] Two,", "    and more.", "[3] Three."],
    )
    lines[5].text = "and more."
    assert read(lines) == [("1", "One.", [0, 1]), ("2", "Two, and more.", [0]), ("3", "Three.", [0])]
    assert {note.kind for note in find_references(lines, set()).notes} == {NoteKind.REFERENCE}


@pytest.mark.parametrize(
    "heading", ["References", "5. REFERENCES", "Works cited", "Literaturverzeichnis", "Références", "Bibliografía:"]
)
@pytest.mark.parametrize("form", ["[{}] " + WORK, "{}. " + WORK])
def test_under_a_heading(heading: str, form: str) -> None:
    lines = paper("Tolls rose [1].", heading=heading, entries=[form.format(n) for n in (1, 2, 3)])
    assert [label for label, _, _ in read(lines)] == ["1", "2", "3"]


def test_keys_of_authors_and_years() -> None:
    lines = paper("Tolls rose [Gat07].", entries=["[Gat07] One.", "[Toll84] Two."])
    assert [(label, brackets) for label, _, brackets in read(lines)] == [("Gat07", [0]), ("Toll84", [])]


def test_raised_brackets_name_works_under_their_heading_only() -> None:
    entries = ["[1] One.", "[2] Two.", "[3] Three."]
    for heading, kinds in (("References", {NoteKind.ENDNOTE}), ("Notes", set()), (None, set())):
        lines = paper("Tolls rose.[1] Gates fell.[2]", heading=heading, entries=entries)
        lines[0] = make_line(lines[0].text, raised=((11, 14), (26, 29)))
        assert {note.kind for note in find_references(lines, set()).notes} == kinds


def test_under_a_heading_of_notes_they_are_endnotes() -> None:
    lines = paper("Tolls rose [1].", heading="Notes", entries=["[1] One.", "[2] Two."])
    assert {note.kind for note in find_references(lines, set()).notes} == {NoteKind.ENDNOTE}


def test_without_a_heading_the_text_must_name_half() -> None:
    entries = [f"[{n}] {WORK}" for n in (1, 2, 3, 4)]
    assert len(read(paper("Tolls rose [1] and [4].", heading=None, entries=entries))) == 4
    assert read(paper("Tolls rose [1].", heading=None, entries=entries)) == []
    assert read(paper("Tolls rose [1] and [2].", heading=None, entries=entries[:2])) == []
    assert read(paper("Tolls rose [1] and [4].", heading=None, entries=[f"{n}. {WORK}" for n in (1, 2, 3, 4)])) == []


def test_a_list_that_nothing_names_is_none() -> None:
    assert read(paper("Tolls rose.", entries=["[1] One.", "[2] Two."])) == []


def test_numbered_paragraphs_of_a_judgment_are_none() -> None:
    lines = [
        make_line(f"[{n}] The court turns to the next point, as said at [{n - 1}].", y=700.0 - 12 * n)
        for n in range(1, 40)
    ]
    assert read(lines) == []


def test_prose_whose_lines_begin_with_brackets_is_no_list() -> None:
    full = "the toll was never paid by anyone, as they say, for the gate that was built, says"
    lines = [make_line(f"[{n}] and {full}", y=700.0 - 12 * n, edges=(72.0, 500.0)) for n in (1, 2, 3)]
    assert read([*lines, make_line("So [1] and [2] and [3].", page=2)]) == []


def test_notes_in_a_foot_that_only_their_page_names_are_left_to_footnotes() -> None:
    entries = [make_line(f"[{n}] {WORK}", y=100.0 - 10 * n, size=8.0) for n in (1, 2, 3)]
    lines = [make_line("Tolls rose [1], [2] and [3]."), *entries]
    assert read(lines, areas={1, 2, 3}) == []
    assert (
        len(
            read(
                [make_line("Tolls rose [1] and [2].", page=1), *[make_line(e.text, page=2) for e in entries]],
                areas={1, 2, 3},
            )
        )
        == 3
    )


def test_the_last_entry_ends_where_the_type_or_the_leading_does() -> None:
    lines = paper("Tolls rose [1].", entries=["[1] One.", "[2] Two."])
    lines += [make_line("Annex", page=2, y=640.0, size=9.0), make_line("More.", page=2, y=629.0, size=9.0)]
    assert read(lines)[-1][1] == "Two."


def test_chapters_with_lists_of_their_own() -> None:
    one = paper("Tolls rose [1].", entries=["[1] One.", "[2] Two."])
    two = [make_line(line.text, page=line.page + 2, y=line.base, size=line.size) for line in one]
    assert [brackets for _, _, brackets in read([*one, *two])] == [[0], [], [4], []]


def test_an_interval_under_the_list_of_a_paper_on_gates_is_no_mark() -> None:
    lines = paper("Tolls rose [1]. A share in the interval [1, 2] is usual.", entries=["[1] One.", "[2] Two."])
    assert [(label, len(brackets)) for label, _, brackets in read(lines)] == [("1", 1), ("2", 0)]
