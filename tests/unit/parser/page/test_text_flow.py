import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.parser_lines import make_line
from verifier.parser.page.lines import Line, Raised
from verifier.parser.page.text_flow import FlowBuilder, Piece

FULL = "A line that fills its column from the one edge to the very other of it, or nearly so, with"


def flow(lines: list[Line], *, paragraphs: bool = False, uris: dict[tuple[int, int], str] | None = None) -> str:
    pieces = [Piece(i, 0, len(line.text)) for i, line in enumerate(lines)]
    return FlowBuilder(lines, uris or {}).build(pieces, paragraphs=paragraphs).text


def stack(*texts: str, size: float = 10.0) -> list[Line]:
    return [make_line(text, y=700 - 12 * i, size=size) for i, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (("one", "two"), "one two"),
        (("a refer-", "ence here", "the reference is"), "a reference here the reference is"),
        (("a state-", "of-the-art"), "a stateof-the-art"),
        (("the Anglo-", "French war"), "the Anglo-French war"),
        (("a long-", "term plan", "is a long way, a term is"), "a long-term plan is a long way, a term is"),
        (("from 1990-", "2000"), "from 1990- 2000"),
        (("the storm—", "between it"), "the storm—between it"),
        (("the storm", "—between it"), "the storm—between it"),
        (("from 1990–", "2000"), "from 1990–2000"),
        (("the storm —", "between it"), "the storm — between it"),
        (("the storm", "— between it"), "the storm — between it"),
        (("https://example.org/a/", "b.pdf"), "https://example.org/a/b.pdf"),
        (("https://example.org/a-", "b.pdf"), "https://example.org/a-b.pdf"),
        (("https://exam-", "ple.org/a", "an example of it"), "https://example.org/a an example of it"),
    ],
)
def test_lines_join(texts: tuple[str, ...], joined: str) -> None:
    assert flow(stack(*texts)) == joined


def test_an_annotation_settles_the_hyphen() -> None:
    lines = stack("https://example.org/dif\u00ad", "ferent")
    uri = "https://example.org/different"
    uris = {(line, char): uri for line in (0, 1) for char in range(30)}
    assert flow(lines, uris=uris) == "https://example.org/different"
    kept = dict.fromkeys(uris, "https://example.org/dif-ferent")
    assert flow(lines, uris=kept) == "https://example.org/dif-ferent"


def test_what_carries_no_link_does_not_go_on_what_does() -> None:
    lines = stack("https://example.org/a/", "b.pdf")
    assert (
        flow(lines, uris={(0, char): "https://example.org/a/" for char in range(22)}) == "https://example.org/a/ b.pdf"
    )


def test_powers_are_marked_and_units_spelled() -> None:
    line = make_line("1026 or 12 m2 or 21st")
    line.raised = (Raised(2, 4), Raised(12, 13), Raised(19, 21))
    assert flow([line]) == "10^26 or 12 m² or 21st"


def test_markers_are_left_out() -> None:
    lines = [make_line("in 2019,7 it", raised=((8, 9),))]
    built = FlowBuilder(lines, {}).build([Piece(0, 0, 12, ((8, 9),))], paragraphs=True)
    assert built.text == "in 2019, it"
    assert built.place(8) == (0, 9)


def test_a_short_line_ends_a_paragraph_and_a_full_one_does_not() -> None:
    assert flow(stack("A heading", "The text begins."), paragraphs=True) == "A heading\nThe text begins."
    assert flow(stack(FULL, "the text goes on."), paragraphs=True) == f"{FULL} the text goes on."


def test_another_size_ends_a_paragraph() -> None:
    lines = [make_line(FULL, y=700), make_line(FULL, y=688, size=9.0)]
    assert flow(lines, paragraphs=True).count("\n") == 1


def test_a_sentence_runs_over_the_page_and_a_short_one_does_not() -> None:
    lines = [make_line("and the sentence", y=60), make_line("goes on here.", page=2, y=700)]
    assert flow(lines, paragraphs=True) == "and the sentence goes on here."
    lines = [make_line("It ends.", y=60), make_line("Another begins.", page=2, y=700)]
    assert flow(lines, paragraphs=True) == "It ends.\nAnother begins."


def test_an_indented_block_has_an_edge_of_its_own() -> None:
    quote = (
        "A quotation is set in from both of the edges, and",
        "runs over lines that end well before the column, so",
        "it is one.",
    )
    lines = [make_line(text, x0=110, y=700 - 12 * i) for i, text in enumerate(quote)]
    assert "\n" not in flow(lines, paragraphs=True)


@given(st.lists(st.text(alphabet="ab-/.:htps12 \u00ad", min_size=1, max_size=30).filter(str.strip), max_size=6))
def test_every_character_of_a_flow_has_a_place(texts: list[str]) -> None:
    lines = stack(*(text.strip() for text in texts))
    pieces = [Piece(i, 0, len(line.text)) for i, line in enumerate(lines)]
    built = FlowBuilder(lines, {}).build(pieces, paragraphs=True)
    for segment in built.segments:
        for at, char in enumerate(segment.chars):
            drawn = lines[segment.line].text[char].replace("\u00ad", "-")
            assert built.text[segment.offset + at] == drawn
    assert len(built.boxes(lines, 0, len(built.text))) == len([s for s in built.segments if s.chars])


def test_an_item_at_the_head_of_a_full_line_goes_on_with_its_sentence() -> None:
    lines = stack("x" * 70 + " is likely to be, then,", "(iii) settle whether more is due, and (iv) say so.")
    for line in lines:
        line.column_x1 = lines[0].x1
    assert "\n" not in flow(lines, paragraphs=True)


@pytest.mark.parametrize("indent", [0.0, 12.0], ids=["after a short line", "moved in"])
def test_items_of_a_list_are_paragraphs_of_their_own(indent: float) -> None:
    lines = [make_line("(i) what is due, and" + " so on" * 9 * bool(indent) + ",", y=700.0), make_line("", y=688.0)]
    lines[1] = make_line("(ii) what is not due.", y=688.0, x0=72.0 + indent)
    for line in lines:
        line.column_x1 = lines[0].x1 + (0.0 if indent else 200.0)
    assert flow(lines, paragraphs=True).count("\n") == 1
