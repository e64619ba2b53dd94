import pytest

from tests.support.parser_lines import make_glyphs
from verifier.parser.page.columns import page_lines
from verifier.parser.page.geometry import Frame
from verifier.parser.page.glyphs import Glyph, PageInk


def read(glyphs: list[Glyph]) -> list[tuple[int, str]]:
    return [(line.column, line.text) for line in page_lines(PageInk(1, Frame(), glyphs, []))]


WORDS = [
    "the",
    "council",
    "read",
    "each",
    "of",
    "its",
    "tables",
    "in",
    "one",
    "long",
    "sitting",
    "and",
    "found",
    "that",
    "most",
    "were",
    "right",
    "but",
    "for",
    "a",
    "few",
]


def prose(row: int, width: int) -> str:
    """Words that stand elsewhere in every row, `width` characters in all."""
    turned = WORDS[row % len(WORDS) :] + WORDS
    return " ".join(turned)[:width].rstrip().ljust(width, "s")


def column(x: float, rows: int, letter: str, *, shift: float = 0.0) -> list[Glyph]:
    return [
        glyph
        for row in range(rows)
        for glyph in make_glyphs(f"{letter}{row:02}{prose(row, 40)}", x=x, y=700.0 - 12 * row - shift)
    ]


def test_columns_are_read_one_after_the_other() -> None:
    found = read(column(50, 12, "L") + column(290, 12, "R"))
    assert [text[:3] for _, text in found] == [f"L{r:02}" for r in range(12)] + [f"R{r:02}" for r in range(12)]
    assert {number for number, _ in found} == {0, 1}


def test_columns_need_not_share_baselines() -> None:
    found = read(column(50, 12, "L") + column(290, 12, "R", shift=5.0))
    assert [text[0] for _, text in found] == ["L"] * 12 + ["R"] * 12


def test_a_title_over_both_columns_comes_first() -> None:
    title = make_glyphs("A title that runs over both of the columns of this page, and on", x=60, y=730.0)
    found = read(title + column(50, 12, "L") + column(290, 12, "R"))
    assert found[0][0] == -1
    assert found[0][1].startswith("A title that runs over both of the columns")


def test_one_column_stays_one() -> None:
    glyphs = [glyph for row in range(20) for glyph in make_glyphs(prose(row, 88), x=50, y=700.0 - 12 * row)]
    assert {number for number, _ in read(glyphs)} == {0}


def test_aligned_words_are_no_columns() -> None:
    glyphs = [glyph for row in range(20) for glyph in make_glyphs("word " * 16, x=50, y=700.0 - 12 * row)]
    assert {number for number, _ in read(glyphs)} == {0}


def test_a_page_that_claims_to_be_kilometres_wide_is_read() -> None:
    far = make_glyphs("far", x=9e6, y=640.0)
    assert len(read(column(50, 12, "L") + far)) == 13


def test_an_empty_page_has_no_lines() -> None:
    assert read([]) == []


def ending_at(*ends: int) -> list[Glyph]:
    """Lines of text from x=50 that are so many characters wide, 12 points below each other; a character is 5 wide."""
    return [g for row, end in enumerate(ends) for g in make_glyphs(prose(row, end), x=50.0, y=700.0 - 12 * row)]


@pytest.mark.parametrize(
    ("ends", "right"),
    [
        ([80] * 9 + [30], 450.0),
        ([80] * 9 + [95, 120, 30], 450.0),
        ([71, 74, 77, 68, 79, 65, 73, 80, 62, 76], 445.0),
    ],
    ids=["justified", "justified, with two lines that overrun", "ragged"],
)
def test_a_column_ends_where_its_lines_do(ends: list[int], right: float) -> None:
    found = page_lines(PageInk(1, Frame(), ending_at(*ends), []))
    assert {line.column_x1 for line in found} == {right}
