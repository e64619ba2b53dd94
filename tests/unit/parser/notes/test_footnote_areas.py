import pytest

from tests.support.parser_lines import make_line
from verifier.parser.notes.footnote_areas import body_size, tagged_footnote_areas
from verifier.parser.notes.markers import find_markers
from verifier.parser.page.lines import Line


def page(number: int, *sizes: float) -> list[Line]:
    """A page of lines with forty characters each, in the sizes given."""
    return [make_line("x" * 40, page=number, y=700 - 12 * i, size=size) for i, size in enumerate(sizes)]


def test_the_body_is_larger_than_long_notes() -> None:
    assert body_size([*page(1, *[10.0] * 10, *[8.0] * 14), *page(2, *[10.0] * 9, *[8.0] * 15)]) == 10.0


def test_headings_are_no_body() -> None:
    assert body_size(page(1, 16.0, *[10.0] * 10, 16.0, *[10.0] * 10)) == 10.0


def test_the_size_of_one_page_of_many_is_not_the_bodys() -> None:
    sound = [line for number in (1, 2, 4, 5) for line in page(number, *[10.0] * 10, 8.0)]
    assert body_size([*sound, *page(3, *[31.0] * 40)]) == 10.0


def test_a_short_document_may_have_its_body_on_one_page() -> None:
    assert body_size([*page(1, 18.0), *page(2, *[10.0] * 20)]) == 10.0
    assert body_size([]) == 0.0


@pytest.mark.parametrize(
    ("note_page", "runs_on", "areas"),
    [(1, 2, {1, 2, 3}), (2, 3, {1, 2, 3}), (3, 4, set()), (2, 4, {1, 2})],
    ids=["on its marker's page", "on the page behind it", "an endnote", "what runs on stands two pages on"],
)
def test_tagged_notes_are_feet_where_their_marker_is_near(note_page: int, runs_on: int, areas: set[int]) -> None:
    lines = [
        make_line("The gate was shut.1", raised=((18, 19),)),
        make_line("1 Register of the gate, sheet 4, and the", page=note_page, y=500),
        make_line("7 letters in it; kept in the town hall, in a", page=note_page, y=488),
        make_line("3 drawers that are locked.", page=runs_on),
        make_line("1 gate was left, and nobody kept it.", page=note_page, y=400),
    ]
    lines[1].note = lines[2].note = 1
    lines[3].note = -1
    markers = [marker for index, line in enumerate(lines) for marker in find_markers(index, line)]
    assert tagged_footnote_areas(lines, markers) == areas
