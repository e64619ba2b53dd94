import pytest

from verifier.checker.align.tables import Cell, read_tables
from verifier.checker.figures.scanner import scan

REPORT = """Table 3. Plant (in thousands)
 |  | June 30 |
 | Years of use | 2019 | 2018
Toll machines | 3-5 | 21,347 | 20,916
Kept by: |  |  |
Signs | 5-7 | $4,118 | $5,290
Other words follow here.
"""


def cell_of(written: str, text: str = REPORT) -> Cell:
    figures = scan(text)
    cells = read_tables(text, figures)
    return next(cells[index] for index, figure in enumerate(figures) if figure.text == written and index in cells)


@pytest.mark.parametrize(
    ("written", "row", "column", "years", "section"),
    [
        ("21,347", "Toll machines", "June 30 2019", {2019}, ""),
        ("20,916", "Toll machines", "June 30 2018", {2018}, ""),
        ("$5,290", "Signs", "June 30 2018", {2018}, "Kept by:"),
    ],
)
def test_a_cell_knows_its_heads(written: str, row: str, column: str, years: set[int], section: str) -> None:
    cell = cell_of(written)
    assert (cell.row_head, cell.column_head, cell.years, cell.section) == (row, column, years, section)
    assert not cell.is_head


def test_the_scale_of_the_caption_holds_for_all_cells() -> None:
    assert cell_of("21,347").scale == 1000


def test_a_scale_in_a_head_alone_holds_too() -> None:
    table = "| Region | Population (thousands) |\n| South | 5,870 |\n| North | 3,412 |\n"
    assert cell_of("5,870", table).scale == 1000


def test_a_head_about_one_million_of_something_is_no_scale() -> None:
    table = "| Region | Deaths (million lives) |\n| South | 5,870 |\n| North | 3,412 |\n"
    assert cell_of("5,870", table).scale == 1


def test_heads_are_no_data() -> None:
    assert cell_of("2019").is_head


def test_a_line_without_cells_is_no_table() -> None:
    assert read_tables("It rose by 5 percent. a | b 7", scan("It rose by 5 percent. a | b 7")) == {}


def test_a_table_without_heads_is_read() -> None:
    cell = cell_of("64.0", "Model A | 64.0\nModel B | 71.2\n")
    assert (cell.row_head, cell.column_head) == ("Model A", "")


def test_a_row_is_known_by_all_the_labels_before_its_first_number() -> None:
    text = "Measure | Language | Corpus | TF\nF | PT | Hansard | 0.6403\nF | EN | Talks | 0.0822"
    cells = read_tables(text, scan(text))
    assert {cell.row_head for cell in cells.values()} == {"F | PT | Hansard", "F | EN | Talks"}
