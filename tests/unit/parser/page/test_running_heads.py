from tests.support.parser_lines import make_line
from verifier.parser.page.lines import Line
from verifier.parser.page.running_heads import split_running_heads


def page(number: int, *extra: Line, rows: int = 12) -> list[Line]:
    body = [make_line(f"Body {number * 100 + row} of the text", page=number, y=700 - 12 * row) for row in range(rows)]
    return [*body, *extra]


def kept(pages: list[list[Line]]) -> list[list[str]]:
    return [
        [line.text for line in lines if not line.text.startswith("Body")] for lines in split_running_heads(pages).pages
    ]


def test_heads_and_feet_that_repeat_go() -> None:
    pages = [
        page(n, make_line("The Review", page=n, y=760), make_line(f"Page {n} of 3", page=n, y=30)) for n in (1, 2, 3)
    ]
    assert kept(pages) == [[], [], []]


def test_page_numbers_go_even_once() -> None:
    assert kept([page(1, make_line("- 7 -", y=30))]) == [[]]
    assert kept([page(1, make_line("xii", y=30))]) == [[]]


def test_a_section_s_head_goes_with_the_page_number_beside_it() -> None:
    pages = [
        page(n, make_line(head, page=n, y=760), make_line(str(n), page=n, y=760, x0=480))
        for n, head in enumerate(("Beginnings", "Costs of the ferry", "Who paid"), start=1)
    ]
    assert kept(pages) == [[], [], []]


def test_a_first_line_beside_another_figure_stays() -> None:
    pages = [
        page(n, make_line(f"Row {n} of a table", page=n, y=760), make_line(str(n * n), page=n, y=760, x0=480))
        for n in (2, 3, 5)
    ]
    assert [len(lines) for lines in kept(pages)] == [2, 2, 2]


def test_notes_that_repeat_at_one_height_stay() -> None:
    pages = [page(n, make_line(f"{3 * n} Id.", page=n, y=552)) for n in (1, 2, 3)]
    assert kept(pages) == [["3 Id."], ["6 Id."], ["9 Id."]]


def test_a_raised_label_is_no_running_foot() -> None:
    pages = [page(n, make_line("1Same source.", page=n, y=30, raised=((0, 1),))) for n in (1, 2, 3)]
    assert kept(pages) == [["1Same source."]] * 3


def test_a_single_foot_stays() -> None:
    assert kept([page(1, make_line("Corresponding author", y=30)), page(2)]) == [["Corresponding author"], []]


def test_line_numbers_go() -> None:
    numbers = [make_line(str(n), x0=30 - 5 * len(str(n)), y=712 - 12 * n) for n in range(1, 13)]
    assert kept([page(1, *numbers)]) == [[]]


def test_a_column_of_figures_stays() -> None:
    figures = [
        make_line(str(n), x0=300, y=712 - 12 * i) for i, n in enumerate((31, 7, 12, 90, 4, 55, 8, 61, 2), start=1)
    ]
    assert len(kept([page(1, *figures)])[0]) == 9


def test_what_goes_is_kept_apart() -> None:
    pages = [page(n, make_line("The Review", page=n, y=760), make_line(str(n), page=n, y=30)) for n in (1, 2, 3)]
    running_heads = split_running_heads(pages).running_heads
    assert [(line.page, line.text) for line in running_heads] == [
        (n, text) for n in (1, 2, 3) for text in ("The Review", str(n))
    ]
