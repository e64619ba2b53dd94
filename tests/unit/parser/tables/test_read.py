"""Whole tables from geometry: columns, nested heads, groups, notes, parts on two pages."""

import pytest

fpdf = pytest.importorskip("fpdf")

from verifier.documents import read_document  # noqa: E402
from verifier.model import InconsistencyKind  # noqa: E402
from verifier.parser import read  # noqa: E402

PROSE = "This paper was set for a test, and a page without running text is no page at all, as all know who read."


def pdf_of(path, rows, *, heads=1, before=0.0, caption="Table 1: Visits", note="", widths=(3, 1, 1)):
    pdf = fpdf.FPDF(format="A4")
    pdf.set_margin(20)
    pdf.add_page()
    pdf.set_font("Times", size=11)
    pdf.multi_cell(0, 5, PROSE, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(before)
    pdf.multi_cell(0, 5, caption, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Times", size=10)
    width = len(rows[0])
    with pdf.table(
        text_align=("LEFT", *["RIGHT"] * (width - 1)),
        borders_layout="NONE",
        num_heading_rows=heads,
        line_height=5.5,
        col_widths=widths[:width],
    ) as grid:
        for row in rows:
            line = grid.row()
            for cell in row:
                line.cell(cell)
    pdf.set_font("Times", size=8)
    pdf.multi_cell(0, 4, note, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Times", size=11)
    pdf.multi_cell(0, 5, PROSE, new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(path))
    return path


def table_of(path):
    _, contents = read(path)
    (table,) = contents.tables
    return table


HEAD = ("District", "2019", "2020")
ROWS = [HEAD, ("Ashby", "1,204", "1,300"), ("Corran Hill", "3,310", "(40)"), ("Total", "4,514", "1,260")]


def test_heads_rows_and_cells(tmp_path):
    table = table_of(pdf_of(tmp_path / "a.pdf", ROWS))
    assert (table.label, table.caption, table.corner) == ("Table 1", "Table 1: Visits", "District")
    assert [column.heads for column in table.columns] == [("2019",), ("2020",)]
    assert [row.head.text for row in table.rows] == ["Ashby", "Corran Hill", "Total"]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["1,204", "1,300"],
        ["3,310", "(40)"],
        ["4,514", "1,260"],
    ]
    assert table.whole


def test_a_group_without_figures_is_a_row_of_the_table(tmp_path):
    rows = [HEAD, ("Coast", "", ""), *ROWS[1:3], ("Inland", "", ""), ("Elm", "12", "13"), ("Total", "4,526", "1,273")]
    table = table_of(pdf_of(tmp_path / "a.pdf", rows))
    assert [row.head.text for row in table.rows] == ["Ashby", "Corran Hill", "Inland", "Elm", "Total"]
    assert table.rows[2].cells == (None, None)


def test_what_is_small_below_a_table_is_its_note_and_prose_is_not(tmp_path):
    table = table_of(pdf_of(tmp_path / "a.pdf", ROWS, note="Note: figures are rounded to the nearest ten."))
    assert table.below.text == "Note: figures are rounded to the nearest ten."
    assert table.below.boxes(0, 4)[0].page == 1


def test_a_table_that_goes_on_over_a_page_is_one(tmp_path):
    many = [(f"Parish {number}", str(100 + 37 * number % 83), str(200 + 53 * number % 71)) for number in range(30)]
    sums = [sum(int(row[column]) for row in many) for column in (1, 2)]
    total = ("Total", f"{sums[0]:,}", f"{sums[1] + 9:,}")
    path = pdf_of(tmp_path / "a.pdf", [HEAD, *many, total], before=150)
    table = table_of(path)
    assert len(table.rows) == 31
    assert {cell.boxes[0].page for row in table.rows for cell in row.cells} == {1, 2}
    (wrong,) = read_document(path).inconsistencies
    assert wrong.kind is InconsistencyKind.TOTAL
    assert wrong.stated == total[2]
    assert {box.page for place in wrong.places for box in place.boxes} == {1, 2}


def test_a_row_whose_figure_cannot_be_read_is_no_head(tmp_path):
    rows = [("District", "2019"), ("Ashby", "ca. 1,204"), ("Corran", "3,310"), ("Elm", "2,118"), ("Total", "5,438")]
    path = pdf_of(tmp_path / "a.pdf", rows, widths=(3, 1))
    assert not table_of(path).whole
    assert not read_document(path).inconsistencies


def test_prose_and_lists_are_no_tables(tmp_path):
    pdf = fpdf.FPDF(format="A4")
    pdf.add_page()
    pdf.set_font("Times", size=11)
    for number in range(1, 12):
        pdf.multi_cell(0, 6, f"{number}. {PROSE} It was 1,204 in 2019.", new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(tmp_path / "a.pdf"))
    assert read(tmp_path / "a.pdf")[1].tables == ()
