import pytest

from tests.support.parser_lines import make_line
from verifier.parser.notes.markers import find_markers, find_starts, with_separators
from verifier.parser.page.lines import LinkSpan, Raised


def markers(text: str, *raised: tuple[int, int], link: tuple[int, int] | None = None) -> list[tuple[str, float]]:
    """Label and doubt of the marker candidates of a line."""
    line = make_line(text, raised=raised)
    if link:
        line.links = (LinkSpan(*link, 0),)
    return [(marker.label.text, marker.doubt) for marker in find_markers(0, line)]


@pytest.mark.parametrize(
    ("text", "raised", "expected"),
    [
        ("end.7 Next", (4, 5), [("7", 0.0)]),
        ("end.12,13 Next", (4, 9), [("12", 0.0), ("13", 0.0)]),
        ("end.4-6 Next", (4, 7), [("4", 0.0), ("5", 0.0), ("6", 0.0)]),
        ("the 21st century", (6, 8), []),
        ("about 1025 FLOP", (8, 10), [("25", 1.6)]),
        ("in 20197 it", (7, 8), [("7", 0.5)]),
        ("12 km2 were", (5, 6), [("2", 0.8)]),
        ("E = mc2 holds", (6, 7), [("2", 0.8)]),
        ("end.* Next", (4, 5), [("*", 0.0)]),
        ("no marks", (0, 0), []),
    ],
)
def test_raised_markers(text: str, raised: tuple[int, int], expected: list[tuple[str, float]]) -> None:
    assert markers(text, raised) == expected


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([(4, 6), (6, 8)], ["12", "13"]),
        ([(4, 5), (5, 8)], ["1", "213"]),
        ([(4, 8)], ["1213"]),
        ([(0, 4), (4, 8)], ["1213"]),
        ([], ["1213"]),
    ],
)
def test_links_that_touch_part_raised_figures(links: list[tuple[int, int]], expected: list[str]) -> None:
    line = make_line("end.1213", raised=((4, 8),))
    line.links = tuple(LinkSpan(*link, number) for number, link in enumerate(links))
    assert [marker.label.text for marker in find_markers(0, line)] == expected


@pytest.mark.parametrize(
    ("text", "link", "found"),
    [
        ("model* this", (5, 6), ["*"]),
        ("as shown [12] there", (9, 13), ["12"]),
        ("as shown [12] there", (10, 12), ["12"]),
        ("[12] Somebody, Something", (0, 4), []),
        ("[12] there, wrapped", (1, 3), ["12"]),
        ("as in [12, Kap. 4.5]", (7, 9), ["12"]),
        ("as in [12, Kap. 4.5]", (18, 19), []),
        ("as in [3, 12]", (10, 12), ["12"]),
        ("[12, Kap. 4.5]", (1, 3), ["12"]),
        ("as in a[12 + n]", (8, 10), []),
        ("a claim.3 Next", (7, 9), []),
        ("siehe Abbildung 3", (16, 17), []),
        ("Kap. 4.5 sagt", (7, 8), []),
        ("auf S.7 steht", (6, 7), []),
        ("pp. 1–30 of it", (6, 8), []),
        ("as in (127) and", (6, 11), []),
        ("as in (127) and", (7, 10), []),
        ("page xiv of it", (5, 8), []),
        ("Introduction . . . . 1", (21, 22), []),
        ("Introduction .....1", (18, 19), []),
        ("Types, list of 5", (15, 16), []),
        ("3 Porting", (0, 1), []),
        ("see the table", (4, 13), []),
    ],
)
def test_links_make_markers_of_brackets_and_symbols_only(text: str, link: tuple[int, int], found: list[str]) -> None:
    assert [label for label, _ in markers(text, link=link)] == found


@pytest.mark.parametrize(
    ("text", "raised", "found"),
    [
        ("A heading3 . . . . . . . . 12", (9, 10), []),
        ("A heading3 ............... xii", (9, 10), []),
        ("he said . . . .3 In 2019", (15, 16), ["3"]),
        ("Name: ...............3", (21, 22), ["3"]),
    ],
)
def test_a_line_of_contents_holds_no_marker(text: str, raised: tuple[int, int], found: list[str]) -> None:
    assert [label for label, _ in markers(text, raised)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BY THE BOARD:*", ["*"]),
        ("as the board said.** It", ["**"]),
        ("the keeper† and", ["†"]),
        ("“the keeper”∗ and", ["*"]),
        ("a rise of 0.45*", []),
        ("a * b", []),
        ("the key *word* here", ["*"]),
        ("files named mill*.txt", []),
        ("* As said", []),
        ("the law of 1871§ and", []),
    ],
)
def test_a_symbol_need_not_be_raised_where_it_hangs_on_a_word(text: str, found: list[str]) -> None:
    assert markers(text) == [(label, 0.5) for label in found]


def test_a_raised_symbol_is_one_marker() -> None:
    assert markers("the keeper* and", (10, 11)) == [("*", 0.0)]


def test_a_lowered_digit_is_no_marker() -> None:
    line = make_line("CO2 fell")
    line.raised = (Raised(2, 3, lowered=True),)
    assert list(find_markers(0, line)) == []


@pytest.mark.parametrize(
    ("text", "raised", "expected"),
    [
        ("7 See the report.", ((0, 1),), ("7", "See the report.", True, False)),
        ("7See the report.", ((0, 1),), ("7", "See the report.", True, False)),
        ("12. See the report.", (), ("12", "See the report.", False, False)),
        ("[3] See the report.", (), ("3", "See the report.", False, False)),
        ("†See the report.", (), ("†", "See the report.", True, False)),
        ("viiiMany cases", (), ("viii", "Many cases", False, True)),
        ("2019 budget", (), ("2019", "budget", False, False)),
        ("A plain line", (), None),
        ("a plain line", (), None),
        ("21st century", (), None),
    ],
)
def test_note_starts(
    text: str, raised: tuple[tuple[int, int], ...], expected: tuple[str, str, bool, bool] | None
) -> None:
    starts = find_starts(0, make_line(text, raised=raised))
    found = [(s.label.text, text[s.text_from :], s.raised, s.glued) for s in starts]
    assert found[:1] == ([expected] if expected else [])


def test_what_parts_two_markers_goes_with_them() -> None:
    assert with_separators("it.5,6 In", [(3, 4), (5, 6)]) == [(3, 4), (5, 6), (4, 5)]
    assert with_separators("a5 b6", [(1, 2), (4, 5)]) == [(1, 2), (4, 5)]
