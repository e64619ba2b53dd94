"""The figures of cells, the step they are rounded to, and what a slip of the pen is."""

from decimal import Decimal

import pytest

from verifier.checker.consistency.values import Value, common_step, is_slip, plain, read_value, uses_commas


@pytest.mark.parametrize(
    ("cell", "value", "step"),
    [
        ("142", "142", "1"),
        ("1,420", "1420", "1"),
        ("1 420.5", "1420.5", "0.1"),
        ("1’420", "1420", "1"),
        ("4.20", "4.20", "0.01"),
        ("-3", "-3", "1"),
        ("−3", "-3", "1"),
        ("(3.1)", "-3.1", "0.1"),
        ("+3", "3", "1"),
        ("-", "0", "0"),
        ("—", "0", "0"),
        ("142*", "142", "1"),
        ("142 [a]", "142", "1"),
        ("142¹", "142", "1"),
        (" 142 ", "142", "1"),
    ],
)
def test_cells(cell: str, value: str, step: str):
    assert read_value(cell) == Value(Decimal(value), Decimal(step))


def test_what_a_cell_says_of_its_unit():
    assert read_value("12.5%") == Value(Decimal("12.5"), Decimal("0.1"), percent=True)
    assert read_value("$1,200") == Value(Decimal(1200), Decimal(1), money="$")
    assert read_value("-€3") == Value(Decimal(-3), Decimal(1), money="€")


@pytest.mark.parametrize(
    "cell", ["", "n/a", "10–12", "142 of 200", "1,42", "1.420.000", "(3", "3)", "142m", "2nd", "1 2"]
)
def test_what_is_no_plain_figure(cell: str):
    assert read_value(cell) is None


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1.420,5", "1420.5"), ("1,42", "1.42"), ("1.420.000", "1420000"), ("142", "142"), ("1,420,000", None)],
)
def test_decimal_commas(cell: str, value: str | None):
    found = read_value(cell, comma=True)
    assert (found.value if found else None) == (Decimal(value) if value else None)


@pytest.mark.parametrize(
    ("cells", "commas"),
    [
        (["1,5", "142"], True),
        (["1.420,5"], True),
        (["1.5", "142"], False),
        (["1,420,000"], False),
        (["142", "1,420"], False),
        (["1,5", "1.5"], None),
        ([], False),
    ],
)
def test_whether_decimals_are_written_with_a_comma(cells: list[str], commas: bool | None):
    assert uses_commas(cells) is commas


@pytest.mark.parametrize(
    ("cells", "step"),
    [
        (["1,200", "1,300", "4,000", "900"], 100),
        (["1,200", "1,300", "4,000", "950"], 10),
        (["1,200", "1,300", "4,000"], 1),  # three may end so by chance
        (["1.25", "3", "4", "5"], "0.01"),
        (["-", "-", "-", "-"], 10**9),
        ([], 1),
    ],
)
def test_the_step_that_figures_share(cells: list[str], step: int | str):
    assert common_step([value for cell in cells if (value := read_value(cell))]) == Decimal(step)


@pytest.mark.parametrize(
    ("stated", "computed", "slip"),
    [
        ("142", "124", True),
        ("142", "152", True),
        ("142", "242", True),
        ("4.25", "4.85", True),
        ("1,420", "1,402", True),
        ("142", "142", False),
        ("142", "241", False),
        ("142", "1420", False),
        ("14", "15", False),
        ("4.20", "4.80", False),  # two digits, as a reader would write them
        ("-142", "142", False),
        ("1.42", "142", False),
    ],
)
def test_slips_of_the_pen(stated: str, computed: str, slip: bool):
    one, two = (Decimal(figure.replace(",", "")) for figure in (stated, computed))
    assert is_slip(one, two) is slip
    assert is_slip(two, one) is slip


@pytest.mark.parametrize(
    ("value", "written"),
    [("79735", "79,735"), ("4.25", "4.25"), ("4.50", "4.5"), ("4.00", "4"), ("1E+3", "1,000"), ("-0.126", "-0.13")],
)
def test_as_a_reader_writes_it(value: str, written: str):
    assert plain(Decimal(value)) == written
