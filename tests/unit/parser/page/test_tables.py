from tests.support.parser_lines import make_line
from verifier.parser.page.lines import Line
from verifier.parser.page.tables import Table, find_tables

XS = (72.0, 200.0, 260.0, 320.0)


def rows(*texts: tuple[str, ...], y: float = 700.0, size: float = 9.0) -> list[Line]:
    """Rows of cells at fixed places, 12 points apart; an empty text is no cell."""
    return [
        make_line(text, x0=x0, y=y - 12 * n, size=size)
        for n, row in enumerate(texts)
        for x0, text in zip(XS, row, strict=False)
        if text
    ]


def texts(table: Table) -> list[tuple[str, ...]]:
    return [row.texts for row in table.rows]


TOLLS = (("Gate", "2019", "2020"), ("North", "1,204", "1,310"), ("South", "980", "1,004"))


def test_rows_that_share_gutters() -> None:
    (table,) = find_tables(rows(*TOLLS), set())
    assert texts(table) == list(TOLLS)
    assert (table.first, table.last, table.is_sure) == (0, 8, True)


def test_cells_within_one_line() -> None:
    lines = [make_line("North" + " " + "1,204", y=700.0 - 12 * n) for n in range(2)]
    for line in lines:
        for at in range(6, 11):
            line.edges[2 * at] += 40.0
            line.edges[2 * at + 1] += 40.0
        line.edges[11] += 40.0
    (table,) = find_tables(lines, set())
    assert texts(table) == [("North", "1,204")] * 2


def test_a_cell_over_two_lines_does_not_end_a_table() -> None:
    lines = rows(("Gate", "2019"), ("North", "1,204"), ("and ferry",), ("South", "980"))
    (table,) = find_tables(lines, set())
    assert len(table.rows) == 3


def test_what_is_no_table() -> None:
    prose = [make_line("The tolls were counted in every year of the reign.", y=700.0 - 12 * n) for n in range(4)]
    items = rows(*[(f"{n}.", "An item of a list that says more.") for n in range(1, 4)])
    contents = rows(*[(f"Gates . . . . . . . . . {n}", str(n)) for n in range(1, 4)])
    for lines in (prose, items, contents, rows(TOLLS[0])):
        assert find_tables(lines, set()) == []


def test_two_tables_on_a_page() -> None:
    assert len(find_tables([*rows(*TOLLS), *rows(*TOLLS, y=500.0)], set())) == 2


def test_a_list_of_terms_is_no_sure_table() -> None:
    terms = rows(
        ("gate", "An opening in a wall, kept shut at night."), ("toll", "What is paid there by all but the town.")
    )
    assert [table.is_sure for table in find_tables(terms, set())] == [False]


def heads(table: Table, row: int, cell: int) -> tuple[list[str], list[str]]:
    by_line = {c.line: text for r in table.rows for c, text in zip(r.cells, r.texts, strict=True)}
    side, column = table.heads_of(table.rows[row], cell)
    return [by_line[c.line] for c in side], [by_line[c.line] for c in column]


def test_heads_of_cells() -> None:
    (table,) = find_tables(rows(("", "Carts", "Riders"), *TOLLS), set())
    assert heads(table, 2, 2) == (["North"], ["Riders", "2020"])
    assert heads(table, 1, 1) == ([], ["Carts"])
    assert heads(table, 2, 0) == ([], [])
