"""What a spreadsheet's cell may hold: no formula, nothing that spoils the file."""

import csv
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.model import Coverage, RunState, SnapshotRef
from verifier.reports.contents import RunReport
from verifier.reports.sheets.cells import COLUMNS, LONGEST, PRINTED, cell_text, harmless, row_values
from verifier.reports.sheets.cite_check import CiteCheck
from verifier.reports.sheets.cite_check_csv import write_csv
from verifier.reports.sheets.cite_check_xlsx import desk_link, file_link, write_xlsx

AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
REPORT = RunReport(7, "run", RunState.FINISHED, AT, AT, Coverage(figures=31, figures_compared=14))
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "\ufeff=1",
    "\uff1dHYPERLINK(1)",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    '=cmd|"/c calc"!A0',
    "\x01=1",
    "\x7f=1",
    "\ud800=1",
    "\ufffe+1",
]


def row(**told: object) -> CiteCheck:
    return CiteCheck(**{
        "document": "a.pdf", "page": 3, "note": "9", "sentence": "It is so.", "citation": "See A.",
        "source": "http://a.example.test/x", "status": "figures agree", "reason": "1 figure found in the source.",
        "snapshot": SnapshotRef("x.warc.gz", 12), "read_at": AT, **told,
    })  # fmt: skip


def as_csv(*rows: CiteCheck) -> list[list[str]]:
    file = io.StringIO(newline="")
    assert write_csv(rows, file) == len(rows)
    text = file.getvalue()
    assert text.startswith("\ufeffDocument,")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def as_book(tmp_path: Path, *rows: CiteCheck) -> openpyxl.Workbook:
    assert write_xlsx(rows, REPORT, tmp_path / "sheet.xlsx", file_link("../archive")) == len(rows)
    return openpyxl.load_workbook(tmp_path / "sheet.xlsx")


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_has_an_apostrophe_before_what_may_be_a_formula(text):
    assert harmless(text).startswith("'")
    assert as_csv(row(sentence=text))[1][3][0] == "'"


@pytest.mark.parametrize("text", ["It is so.", "5 = 5", "a@b.example.test", "", "12-13", "“=1”"])
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_a_workbook_has_no_formula_and_no_error_value(tmp_path):
    book = as_book(tmp_path, *(row(sentence=text, status="#N/A") for text in HOSTILE))
    kinds = {cell.data_type for line in book["Citations"].iter_rows(min_row=2) for cell in line if cell.value}
    assert kinds <= {"s", "n", "inlineStr"}
    with zipfile.ZipFile(tmp_path / "sheet.xlsx") as parts:
        assert all(b"<f>" not in parts.read(name) for name in parts.namelist())


@given(st.text(st.characters(codec=None), max_size=6).map(lambda text: text + "=1"))
def test_nothing_before_an_equals_sign_makes_a_formula_of_a_cell(text):
    cell = harmless(text)
    assert cell.startswith("'") or cell.lstrip("\ufeff\u200b \t\r\n")[:1] not in ("=", "+", "-", "@")
    assert not openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.search(cell)


@given(st.text(max_size=50))
def test_no_text_spoils_a_cell(text):
    clean = cell_text(text)
    assert openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.search(clean) is None
    clean.encode()


def test_long_text_is_cut_with_a_mark():
    cut = cell_text("x" * 40_000)
    assert len(cut) == LONGEST
    assert cut.endswith(" […]")
    assert len(harmless("=" * 40_000)) == LONGEST


def test_a_workbook_has_working_links_filters_and_a_frozen_head(tmp_path):
    sheet = as_book(tmp_path, row(), row(source="javascript:alert(1)", snapshot=None))["Citations"]
    heads = [cell.value for cell in sheet[1]]
    assert heads == [head for head, _ in COLUMNS]
    source, snapshot = heads.index("Source"), heads.index("Snapshot")
    assert sheet[2][source].hyperlink.target == "http://a.example.test/x"
    assert sheet[2][snapshot].hyperlink.target == "../archive/x.warc.gz"
    assert sheet[3][source].hyperlink is None
    assert sheet[3][snapshot].hyperlink is None
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("D2", "A1:W3")
    assert sheet[2][heads.index("Sentence")].alignment.wrap_text
    assert sheet.column_dimensions["D"].width > 30


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("http://a.example.test/a b|c", "http://a.example.test/a%20b%7Cc"),
        ("http://a.example.test/%7Ex?q=\u00e9&r=1", "http://a.example.test/%7Ex?q=%C3%A9&r=1"),
        ('http://a.example.test/"<x>', "http://a.example.test/%22%3Cx%3E"),
        ("http://[::1/x", None),
        ("ftp://a.example.test/", None),
        ("http://a.example.test/\x01", None),
        ("http://a.example.test/" + "x" * 3000, None),
    ],
)
def test_a_link_is_a_uri_or_no_link(tmp_path, address, target):
    link = as_book(tmp_path, row(source=address))["Citations"]["L2"].hyperlink
    assert (link.target if link else None) == target


def test_where_the_archive_is_no_folder_snapshots_link_to_the_desk(tmp_path):
    rows = (
        row(desk_url="https://desk.example.org/findings/abc"),
        row(source="http://a.example.test/x?y=1&z=ü"),
        row(snapshot=None),
    )
    links = {}
    for address in ("https://desk.example.org/", ""):
        write_xlsx(rows, REPORT, tmp_path / "sheet.xlsx", desk_link(address))
        sheet = openpyxl.load_workbook(tmp_path / "sheet.xlsx")["Citations"]
        column = [cell.value for cell in sheet[1]].index("Snapshot")
        links[address] = [line[column].hyperlink and line[column].hyperlink.target for line in sheet.iter_rows(2)]
    assert links == {
        "https://desk.example.org/": [
            "https://desk.example.org/findings/abc?snapshot=x.warc.gz%3A12",
            "https://desk.example.org/sources/of?url=http%3A%2F%2Fa.example.test%2Fx%3Fy%3D1%26z%3D%C3%BC",
            None,
        ],
        "": [None, None, None],
    }


def test_the_second_sheet_says_what_was_checked(tmp_path):
    lines = [tuple(cell.value for cell in line) for line in as_book(tmp_path, row())["Coverage"].iter_rows()]
    assert ("figures", 31) in lines
    assert any("31 seen, 14 compared" in str(words) for words, _ in lines)
    assert ("What is not counted as checked was not checked.", None) in lines


def test_a_sheet_has_no_more_links_than_excel_takes(tmp_path, monkeypatch):
    monkeypatch.setattr("verifier.reports.sheets.cite_check_xlsx._MOST_LINKS", 3)
    sheet = as_book(tmp_path, row(), row(), row())["Citations"]
    assert sum(cell.hyperlink is not None for line in sheet.iter_rows() for cell in line) == 3
    assert sheet["L4"].value == "http://a.example.test/x"


def test_both_formats_tell_the_same(tmp_path):
    rows = [row(), row(page=None, note="", reviewer="Ana", review="dismissed (a table)", reviewed_at=AT)]
    sheet = as_book(tmp_path, *rows)["Citations"]
    workbook = [[str(cell.value or "") for cell in line] for line in sheet.iter_rows()]
    assert workbook == as_csv(*rows)
    assert row_values(rows[1])[-8:-5] == ("Ana", "dismissed (a table)", "2026-03-01 02:00 UTC")


def test_the_sheet_is_printed_on_landscape_pages_with_what_is_read(tmp_path):
    sheet = as_book(tmp_path, row(), row())["Citations"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_area, sheet.print_title_rows) == ("'Citations'!$A$1:$K$3", "$1:$1")
    printed = [head for head, _ in COLUMNS[:PRINTED]]
    assert {"Link", "Figures", "Quotations", "Work", "Reason"} <= set(printed)
    assert sum(width for _, width in COLUMNS[:PRINTED]) == 226
    assert sheet.print_options.gridLines
    assert sheet["B2"].alignment.horizontal == "left", "else the page abuts the note"


def test_the_second_sheet_is_one_page_wide(tmp_path):
    sheet = as_book(tmp_path, row())["Coverage"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert all(cell.alignment.wrap_text for cell in sheet["A"])
    assert sheet.column_dimensions["A"].width + sheet.column_dimensions["B"].width == 96
