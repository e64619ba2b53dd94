"""Tables of drafts, read in every format as those of PDFs are, and held against themselves."""

# ruff: noqa: E501 - a file a line

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.support.draft_files import docx, odt
from verifier.checker.consistency import inconsistencies
from verifier.model import Inconsistency, ReadTable
from verifier.parser import read

ROWS = [["Ashby", "1,204", "1,311"], ["Corran", "2,410", "2,398"], ["Denholm", "965", "1,020"]]
HEADS = ["Place", "2021", "2022"]
RIGHT, WRONG = ["Total", "4,579", "4,729"], ["Total", "4,579", "4,792"]
CAPTION = "Table 2: Loans by place"
Grid = Sequence[Sequence[str]]


def html(rows: Grid) -> bytes:
    def line(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"

    body = "".join(line(row, "td") for row in rows)
    return f"<html><body><p>Some words.</p><table><caption>{CAPTION}</caption><thead>{line(HEADS, 'th')}</thead><tbody>{body}</tbody></table><p>More words.</p></body></html>".encode()


def markdown(rows: Grid) -> bytes:
    table = "\n".join("| " + " | ".join(row) + " |" for row in [HEADS, ["---"] * len(HEADS), *rows])
    return f"Some words.\n\n{CAPTION}\n\n{table}\n\nMore words.\n".encode()


def latex(rows: Grid) -> bytes:
    lines = " \\\\\n".join(" & ".join(row) for row in rows)
    return (
        "\\documentclass{article}\\begin{document}Some words.\n\n\\begin{table}\\caption{Table 2: Loans by place}"
        f"\\begin{{tabular}}{{lrr}}\\toprule\n{' & '.join(HEADS)} \\\\ \\midrule\n{lines} \\\\ \\bottomrule"
        "\\end{tabular}\\end{table}\n\nMore words.\\end{document}"
    ).encode()


def word(rows: Grid) -> bytes:
    def cell(text: str) -> str:
        return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    def line(row: Sequence[str], head: str = "") -> str:
        return f"<w:tr>{head}{''.join(map(cell, row))}</w:tr>"

    head = line(HEADS, "<w:trPr><w:tblHeader/></w:trPr>")
    words = f"<w:p><w:r><w:t>{CAPTION}</w:t></w:r></w:p>"
    return docx(f"{words}<w:tbl>{head}{''.join(map(line, rows))}</w:tbl><w:p/>")


def opendocument(rows: Grid) -> bytes:
    def line(row: Sequence[str]) -> str:
        cells = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        return f"<table:table-row>{cells}</table:table-row>"

    heads = f"<table:table-header-rows>{line(HEADS)}</table:table-header-rows>"
    return odt(f"<text:p>{CAPTION}</text:p><table:table>{heads}{''.join(map(line, rows))}</table:table>")


FORMATS: dict[str, Callable[[Grid], bytes]] = {
    "html": html,
    "md": markdown,
    "tex": latex,
    "docx": word,
    "odt": opendocument,
}


def tables_of(data: bytes, suffix: str, folder: Path) -> tuple[ReadTable, ...]:
    file = folder / f"draft.{suffix}"
    file.write_bytes(data)
    return read(file)[1].tables


def found(data: bytes, suffix: str, folder: Path) -> tuple[Inconsistency, ...]:
    file = folder / f"draft.{suffix}"
    file.write_bytes(data)
    return inconsistencies(read(file)[1])


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_table_is_read_with_its_caption_heads_and_figures(suffix: str, tmp_path: Path) -> None:
    (table,) = tables_of(FORMATS[suffix]([*ROWS, RIGHT]), suffix, tmp_path)
    assert (table.label, table.caption) == ("Table 2", CAPTION)
    assert [column.head for column in table.columns] == ["2021", "2022"]
    assert [row.head.text for row in table.rows] == ["Ashby", "Corran", "Denholm", "Total"]
    assert [[cell.text if cell else None for cell in row.cells] for row in table.rows][-1] == RIGHT[1:]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_wrong_total_of_a_draft_is_found_and_a_right_one_is_not(suffix: str, tmp_path: Path) -> None:
    assert found(FORMATS[suffix]([*ROWS, RIGHT]), suffix, tmp_path) == ()
    (told,) = found(FORMATS[suffix]([*ROWS, WRONG]), suffix, tmp_path)
    assert (told.kind, told.stated, told.computed) == ("total", "4,792", "4,729")
    assert told.page is None
    assert all(place.page is None and place.boxes == () for place in told.places)
    assert "4,792" in told.places[0].text


def test_cells_that_span_rows_and_columns_move_none_behind_them(tmp_path: Path) -> None:
    page = (
        "<html><body><p>Words.</p><table><tr><th rowspan=2>Place</th><th colspan=2>Loans</th></tr><tr><th>2021</th><th>2022</th></tr>"
        "<tr><td>Ashby</td><td>1,204</td><td>1,311</td></tr><tr><td>Corran</td><td>2,410</td><td>2,398</td></tr>"
        "<tr><td>Total</td><td>3,614</td><td>3,709</td></tr></table></body></html>"
    )
    (table,) = tables_of(page.encode(), "html", tmp_path)
    assert [column.heads for column in table.columns] == [("Loans", "2021"), ("Loans", "2022")]
    assert table.corner == "Place"


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["Ashby", "1950", "1987"],
            ["Corran", "1990", "2001"],
            ["Total", "3940", "3988"],
        ],  # counts that look like years
        [["Ashby", "1,204", "n/a"], ["Corran", "2,410", "2,398"], ["Total", "3,614", "2,398"]],
        [["Ashby", "1,204*", "1,311"], ["Corran", "2,410", "2,398"], ["Total", "3,614", "3,709"]],
        [["Ashby", "1,204", ""], ["Corran", "2,410", "2,398"], ["Total", "3,614", "2,398"]],
    ],
)
@pytest.mark.parametrize("suffix", FORMATS)
def test_hard_tables_that_agree_raise_nothing(suffix: str, rows: Grid, tmp_path: Path) -> None:
    assert found(FORMATS[suffix](rows), suffix, tmp_path) == ()


def test_tables_that_lay_out_a_page_are_none(tmp_path: Path) -> None:
    page = "<html><body><table><tr><td>Home</td><td>News</td></tr><tr><td>1</td><td>Words of some length</td></tr></table><p>x</p></body></html>"
    assert tables_of(page.encode(), "html", tmp_path) == ()


def test_a_raised_mark_is_no_part_of_a_figure(tmp_path: Path) -> None:
    rows = [["Ashby", "1,204<sup>a</sup>", "1,311"], *ROWS[1:], RIGHT]
    (table,) = tables_of(html(rows), "html", tmp_path)
    assert table.rows[0].cells[0] is not None
    assert table.rows[0].cells[0].text == "1,204"


def test_columns_that_a_latex_cell_spans_are_counted(tmp_path: Path) -> None:
    text = (
        "\\documentclass{article}\\begin{document}Words.\n\n\\begin{tabular}{lrr} & \\multicolumn{2}{c}{Loans} \\\\ Place & 2021 & 2022 \\\\"
        " Ashby & 1,204 & 1,311 \\\\ Corran & 2,410 & 2,398 \\\\ Total & 3,614 & 3,709 \\end{tabular}\n\n\\end{document}"
    )
    (table,) = tables_of(text.encode(), "tex", tmp_path)
    assert [column.heads for column in table.columns] == [("Loans", "2021"), ("Loans", "2022")]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_table_of_a_draft_that_is_not_there_is_missed(suffix: str, tmp_path: Path) -> None:
    words = {"html": b"Table 9", "md": b"Table 9", "tex": b"Table 9", "docx": b"", "odt": b""}[suffix]
    data = (
        FORMATS[suffix]([*ROWS, RIGHT]).replace(b"Table 2", b"Table 1").replace(b"Some words.", b"See " + words + b".")
    )
    expected = ["cross_reference"] if words else []
    assert [one.kind for one in found(data, suffix, tmp_path)] == expected


@pytest.mark.parametrize(
    "note", ["Values rounded to nearest 1,000.", "Note: figures are rounded to the nearest thousand."]
)
def test_a_line_below_that_says_how_figures_are_meant(note: str, tmp_path: Path) -> None:
    rows = [["Ashby", "12,000", "13,000"], ["Corran", "24,310", "25,000"], ["Denholm", "9,000", "8,000"]]
    rows += [["Eskdale", "31,000", "30,000"], ["Fallow", "7,000", "6,000"]]
    data = html(rows).replace(b"<p>More words.</p>", f"<p>{note}</p>".encode())
    assert [one.kind for one in found(data, "html", tmp_path)] == ["rounding"]
