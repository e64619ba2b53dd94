"""Tables of a page as lines of cells, and which tables hold data at all."""

import lxml.html
import pytest

from verifier.resolver.text.html_tables import is_data_table, span_of, table_lines


def table(rows: str, more: str = "") -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(f"<table {more}>{rows}</table>")


TWO_ROWS = "<tr><th>Year<th>Bridges<tr><td>2024<td>142"


@pytest.mark.parametrize(
    ("rows", "more", "is_data"),
    [
        pytest.param(TWO_ROWS, "", True, id="two rows of two"),
        pytest.param(TWO_ROWS, "role=presentation", False, id="said to arrange the page"),
        pytest.param(TWO_ROWS, "role=NONE", False, id="said in capitals"),
        pytest.param("<tr><th>Bridges<td>142", "", True, id="a head and a figure"),
        pytest.param("<tr><td>Bridges<td>142", "", False, id="one row without a head"),
        pytest.param("<tr><td>142<tr><td>96", "", False, id="one column"),
        pytest.param(f"<tr><td>a<td>b<tr><td>c<td><table>{TWO_ROWS}</table>", "", False, id="holds another table"),
        pytest.param(f"<tr><td>{'word ' * 200}<td>b<tr><td>c<td>d", "", True, id="one long cell of four"),
        pytest.param(f"<tr><td>{'word ' * 400}<td>b<tr><td>c<td>d", "", False, id="a page in a cell"),
    ],
)
def test_which_tables_hold_data(rows: str, more: str, is_data: bool):
    assert is_data_table(table(rows, more)) is is_data


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        pytest.param(TWO_ROWS, ["Year | Bridges", "2024 | 142"], id="plain"),
        pytest.param(f"<caption>Bridges in use</caption>{TWO_ROWS}", ["Bridges in use", "Year | Bridges", "2024 | 142"],
            id="a caption"),
        pytest.param("<tr><th>Year<th colspan=2>Bridges<tr><td>2024<td>142<td>9",
            ["Year | Bridges | Bridges", "2024 | 142 | 9"], id="a head over two columns"),
        pytest.param("<tr><th rowspan=2>2024<td>142<tr><td>96", ["2024 | 142", "2024 | 96"], id="a head over two rows"),
        pytest.param("<tr><td rowspan=2 colspan=2>a<td>b<tr><td>c", ["a | a | b", "a | a | c"], id="over both"),
        pytest.param("<tr><th>Year<th>Bridges<tr><th colspan=2>North<tr><td>2024<td>142",
            ["Year | Bridges", "North |", "2024 | 142"], id="a heading within"),
        pytest.param("<tr><td>a<td>b<td>c<tr><td>d", ["a | b | c", "d |  |"], id="a short row"),
        pytest.param("<tbody><tr><td>1<td>2</tbody><tfoot><tr><td>3<td>4</tfoot><thead><tr><th>a<th>b</thead>",
            ["a | b", "1 | 2", "3 | 4"], id="heads first, the foot last"),
        pytest.param("<tr><td> <td><tr><td>a<td>b", ["a | b"], id="an empty row"),
        pytest.param("<tr><td>one<br>two<td>a<p>b</p><script>x</script>c", ["one two | a bc"], id="breaks"),
        pytest.param("<tr><td>a | b<td>c", ["a / b | c"], id="a bar in a cell"),
    ],
)  # fmt: skip
def test_lines(rows: str, lines: list[str]):
    assert table_lines(table(rows)) == lines


@pytest.mark.parametrize(
    ("stated", "span"),
    [("2", 2), (" 3 ", 3), ("0", 1), ("-1", 1), ("", 1), ("two", 1), ("65534", 100), ("9" * 400, 100), ("\u00b2", 1)],
)
def test_spans(stated: str, span: int):
    (cell,) = table(f'<tr><td colspan="{stated}">a').iter("td")
    assert span_of(cell, "colspan") == span


def test_cells_that_push_each_other_aside_end():
    rows = "<tr>" + "<td colspan=100 rowspan=100>a" * 100
    assert max(len(line.split(" | ")) for line in table_lines(table(rows * 5))) <= 2000
