"""The parser on pages whose notes stand in unusual places: margins, columns, lists in round brackets, under links."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from fpdf import FPDF

from verifier.model import Extraction, NoteKind, WarningCode
from verifier.parser import extract

PROSE = "the clerk counted every gate of the lower canal and wrote its number into the book of the year"


class Sheets:
    """Pages on which words are put by their place, from the top, in points."""

    def __init__(self) -> None:
        self.pdf = FPDF(unit="pt", format="A4")
        self.pdf.set_auto_page_break(False)

    def page(self) -> "Sheets":
        self.pdf.add_page()
        return self

    def write(self, x: float, y: float, text: str, size: float = 10) -> float:
        """Write text; `^1^` is raised. Gives the x behind it."""
        for number, part in enumerate(text.split("^")):
            self.pdf.set_font("Times", size=0.66 * size if number % 2 else size)
            self.pdf.text(x, y - (0.34 * size if number % 2 else 0), part)
            x += self.pdf.get_string_width(part)
        return x

    def prose(self, x: float, y: float, lines: int, width: int, marks: Sequence[str] = ()) -> None:
        """Lines of prose of about `width` letters; each mark ends a sentence, in every second line."""
        words = PROSE.split()
        for line in range(lines):
            turned = words[line % len(words) :] + words * 3
            text = " ".join(turned)[:width].rsplit(" ", 1)[0]
            mark = marks[line // 2] if line % 2 == 0 and line // 2 < len(marks) else None
            if mark is not None:
                cut = text[: width // 2].rsplit(" ", 1)[0]
                text = f"{cut}.{mark} The{text[len(cut) :]}"
            self.write(x, y + 13 * line, text[0].upper() + text[1:] if not line else text)

    def rule(self, x: float, y: float) -> None:
        self.pdf.line(x, y, x + 90, y)


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Sheets], Extraction]:
    def read(sheets: Sheets) -> Extraction:
        path = tmp_path / "placed.pdf"
        sheets.pdf.output(str(path))
        return extract(path)

    return read


def told(extraction: Extraction) -> list[tuple[str, str, int]]:
    """Label, text and number of anchors of every note."""
    return [(note.label, note.text, len(note.anchors)) for note in extraction.footnotes]


def test_margin_notes_have_their_label_on_a_line_of_its_own(read: Callable[[Sheets], Extraction]) -> None:
    sheets = Sheets().page()
    sheets.prose(70, 80, 30, 70, ["^1^", "", "^2^"])
    for y, label, text in ((82, "1", "Gate book, p. 4."), (160, "2", "Canal book, p. 9.")):
        sheets.write(440, y, label, 7)
        sheets.write(440, y + 9, text.split(", ")[0] + ",", 7)
        sheets.write(440, y + 18, text.split(", ")[1], 7)
    sheets.page().prose(70, 80, 30, 70, ["^3^"])
    sheets.write(440, 82, "3", 7)
    sheets.write(440, 91, "Lock book.", 7)
    extraction = read(sheets)
    assert told(extraction) == [("1", "Gate book, p. 4.", 1), ("2", "Canal book, p. 9.", 1), ("3", "Lock book.", 1)]
    assert not any("Gate book" in a.sentence for note in extraction.footnotes for a in note.anchors)


def test_a_gloss_in_the_margin_is_no_note(read: Callable[[Sheets], Extraction]) -> None:
    sheets = Sheets().page()
    sheets.prose(70, 80, 30, 70)
    sheets.write(440, 82, "Gates and", 7)
    sheets.write(440, 91, "their books", 7)
    sheets.write(440, 150, "1870", 7)
    assert told(read(sheets)) == []


def references(sheets: Sheets, heading: str, count: int) -> None:
    sheets.write(70, 80, heading, 13)
    for number in range(1, count + 1):
        sheets.write(
            70, 95 + 16 * number, f"{number}. Reed A. Gates of year {1900 + number}. J Canal. 1990;{number}:1-9."
        )


def test_works_cited_in_round_brackets_are_listed_with_points(read: Callable[[Sheets], Extraction]) -> None:
    sheets = Sheets().page()
    sheets.prose(70, 80, 20, 80, [" (1)", " (2,3)", " (4)"])
    references(sheets.page(), "References", 4)
    extraction = read(sheets)
    assert [(note.label, note.kind, len(note.anchors)) for note in extraction.footnotes] == [
        (str(number), NoteKind.REFERENCE, 1) for number in range(1, 5)
    ]


def test_numbers_of_equations_cite_no_works(read: Callable[[Sheets], Extraction]) -> None:
    sheets = Sheets().page()
    sheets.prose(70, 80, 12, 80)
    for number in range(1, 5):
        sheets.write(200, 250 + 20 * number, f"y = ax + {number}")
        sheets.write(480, 250 + 20 * number, f"({number})")
    sheets.write(70, 360, "This follows from equation (1), from (2) and (3), and by (4) it is bounded.")
    references(sheets.page(), "References", 4)
    assert told(read(sheets)) == []


def test_columns_may_be_numbered_beside_each_other(read: Callable[[Sheets], Extraction]) -> None:
    sheets = Sheets()
    for page, labels in enumerate((("1", "2"), ("3", "4"))):
        sheets.page()
        for x, tongue in ((50, "English"), (320, "French")):
            sheets.prose(x, 80, 40, 42, [f"^{label}^" for label in labels])
            sheets.rule(x, 760)
            for row, label in enumerate(labels):
                sheets.write(x, 772 + 10 * row, f"^{label}^ {tongue} gate book, sheet {label}.", 8)
        assert page < 2
    assert told(read(sheets)) == [
        (label, f"{tongue} gate book, sheet {label}.", 1)
        for labels in (("1", "2"), ("3", "4"))
        for tongue in ("English", "French")
        for label in labels
    ]


def test_a_short_last_column_keeps_the_gutter_of_the_page_before(read: Callable[[Sheets], Extraction]) -> None:
    sheets = Sheets().page()
    marks = [f"^{number}^" for number in range(1, 7)]
    sheets.prose(50, 80, 50, 42, marks[:3])
    sheets.prose(320, 80, 50, 42, marks[3:])
    sheets.page().prose(50, 80, 20, 42)
    for number in range(1, 7):
        x, y = (50, 360 + 11 * number) if number < 3 else (320, 80 + 11 * (number - 3))
        sheets.write(x, y, f"^{number}^ Gate book, sheet {number}.", 8)
    assert told(read(sheets)) == [(str(number), f"Gate book, sheet {number}.", 1) for number in range(1, 7)]


def test_a_link_over_several_notes_is_none_of_theirs(read: Callable[[Sheets], Extraction]) -> None:
    sheets = Sheets().page()
    sheets.prose(70, 80, 30, 80, ["^1^", "^2^"])
    sheets.rule(70, 750)
    sheets.write(70, 765, "^1^ Gate book, p. 4, https://books.example.org/gate.", 8)
    sheets.write(70, 776, "^2^ Canal book, p. 9.", 8)
    sheets.pdf.link(60, 745, 480, 60, "https://banner.example.net/")
    extraction = read(sheets)
    assert [note.urls for note in extraction.footnotes] == [("https://books.example.org/gate",), ()]
    assert [link.url for link in extraction.body_links] == ["https://banner.example.net/"]
    assert WarningCode.BAD_ANNOTATION in {warning.code for warning in extraction.warnings}


def test_a_diagrams_scale_is_no_note(read: Callable[[Sheets], Extraction]) -> None:
    sheets = Sheets().page()
    sheets.prose(70, 80, 40, 80, ["^1^"])
    for number in range(1, 9):
        sheets.write(40 + 55 * number, 780, f"{number} gates", 7)
    sheets.page().prose(70, 80, 10, 80)
    sheets.write(70, 260, "Notes", 13)
    sheets.write(70, 280, "1. Gate book, p. 4.", 9)
    assert told(read(sheets)) == [("1", "Gate book, p. 4.", 1)]


def test_a_label_may_be_small_and_not_raised_right_before_a_figure(read: Callable[[Sheets], Extraction]) -> None:
    sheets = Sheets().page()
    sheets.prose(70, 80, 30, 80, ["^1^", "^2^"])
    sheets.rule(70, 750)
    for y, label, text in ((765, "1", "18 U.S.C. 1030."), (776, "2", "2019 budget, table 4.")):
        sheets.write(sheets.write(70, y, label, 5), y, text, 8)
    assert told(read(sheets)) == [("1", "18 U.S.C. 1030.", 1), ("2", "2019 budget, table 4.", 1)]
