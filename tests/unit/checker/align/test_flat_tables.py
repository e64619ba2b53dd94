"""Tables as the text of a PDF has them: rows of a label and numbers with nothing but blanks between."""

import pytest

from verifier.checker import compare, read_source
from verifier.checker.align.flat_tables import flat_tables, with_cells_parted
from verifier.model import Verdict

FREIGHT = """Table 7. Freight by port (thousands of tonnes)
Port 2011 2012 2013e
Osk 612 598 431
Little Harn 1,204 1,310 1,288
Veen 77 81 n/a
All ports 1,893 1,989 1,719
Source: harbour offices. Figures for the last year are estimates.
"""
RATES = """Key rates, percent
District      Vacancy    Turnover   Rent change
Upper           4.1         9.7        -0.8
Lower           7.6        12.3         2.9
"""


def cell(text: str, written: str) -> tuple[str, str]:
    source = read_source(text)
    number = next(n for n, figure in enumerate(source.figures) if figure.text == written and n in source.cells)
    return source.cells[number].row_head, source.cells[number].column_head


@pytest.mark.parametrize(
    ("text", "written", "row", "column"),
    [
        (FREIGHT, "598", "Osk", "2012"),
        (FREIGHT, "431", "Osk", "2013e"),
        (FREIGHT, "1,310", "Little Harn", "2012"),
        (RATES, "12.3", "Lower", "Turnover"),
        (RATES, "-0.8", "Upper", "Rent change"),
    ],
)
def test_a_cell_has_its_heads(text: str, written: str, row: str, column: str):
    assert cell(text, written) == (row, column)


@pytest.mark.parametrize(
    "text",
    [
        "In 2011 there were 12 14\nand more.\n",
        "Telephone 555 0142\nThe office is open.\n",
        "The crossing took 14 minutes in 2009.\nIt takes 11 today.\n",
        "Osk | 612 | 598\nVeen | 77 | 81\n",
        "He was born in 1871 1938\nand died in 1938 1871\n",
    ],
)
def test_no_table(text: str):
    assert flat_tables(text) == []


def test_cells_are_parted_and_nothing_moves():
    parted = with_cells_parted(FREIGHT, flat_tables(FREIGHT))
    assert "Osk|612|598|431" in parted
    assert len(parted) == len(FREIGHT)


@pytest.mark.parametrize(
    ("claim", "source", "verdict"),
    [
        ("Little Harn handled 1.31 million tonnes in 2012.", FREIGHT, Verdict.SUPPORTED),
        ("In 2011, Osk handled 612,000 tonnes.", FREIGHT, Verdict.SUPPORTED),
        ("Turnover in the lower district was 12.3 percent.", RATES, Verdict.SUPPORTED),
        ("Turnover in the lower district was 9.7 percent.", RATES, Verdict.CONTRADICTED),
        ("Vacancy in the upper district was 7.6 percent.", RATES, Verdict.CONTRADICTED),
    ],
)
def test_claims_on_such_tables(claim: str, source: str, verdict: Verdict):
    assert compare(claim, source).verdict is verdict


def test_a_row_of_another_label_supports_nothing():
    assert compare("Osk handled 1,310,000 tonnes in 2012.", FREIGHT).verdict is not Verdict.SUPPORTED


def test_long_lines_of_numbers_are_read_in_one_go():
    assert flat_tables("Row " + "1 2 3 " * 200_000 + "\n") == []
