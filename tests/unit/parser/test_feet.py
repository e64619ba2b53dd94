from tests.parser_lines import make_line
from verifier.parser.feet import body_size
from verifier.parser.lines import Line


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
