import pytest

from tests.support.parser_lines import make_glyphs
from verifier.parser.page.foot_columns import foot_columns
from verifier.parser.page.glyphs import Glyph
from verifier.parser.page.lines import Run, make_runs
from verifier.parser.page.raised import attach_raised


def note(label: str, text: str, *, x: float, y: float) -> list[Glyph]:
    """A line in 7 points behind a raised label."""
    raised = [
        Glyph(g.char, g.x0, g.x1, g.bottom, g.top, g.base, 4.6) for g in make_glyphs(label, x=x, y=y + 2.5, size=4.6)
    ]
    return [*raised, *make_glyphs(text, x=x + 5 * len(label), y=y, size=7.0)]


def rows(*area: list[Glyph]) -> list[list[Run]]:
    """Rows of a page with three lines of text above the footnote area."""
    text = [
        make_glyphs("thetollsofthegateswerecountedinsummerandinwinterbytheclerks", y=700.0 - 12 * n) for n in range(3)
    ]
    return attach_raised(make_runs([glyph for line in [*text, *area] for glyph in line]))


LEFT = [note("1", "aferrybookofthetown", x=72.0, y=100.0), make_glyphs("keptatthegate", x=72.0, y=91.0, size=7.0)]
RIGHT = [note("2", "abridgebookofthetown", x=220.0, y=100.0), make_glyphs("keptatthetower", x=220.0, y=91.0, size=7.0)]


def test_a_foot_in_two_columns() -> None:
    first, gutters = foot_columns(rows(*LEFT, *RIGHT))
    assert first == 3
    assert len(gutters) == 1
    assert 150 < gutters[0] < 220


@pytest.mark.parametrize(
    "area",
    [
        LEFT,
        [*LEFT, make_glyphs("2,204", x=220.0, y=100.0, size=7.0), make_glyphs("1,310", x=220.0, y=91.0, size=7.0)],
        [*LEFT, *RIGHT, make_glyphs("alinethatrunsoverthewholewidthofthefootofthepage", x=72.0, y=82.0, size=7.0)],
        [],
    ],
)
def test_other_footnote_areas(area: list[list[Glyph]]) -> None:
    found = rows(*area)
    assert foot_columns(found) == (len(found), [])


def test_a_page_in_one_small_size_has_no_foot() -> None:
    found = attach_raised(make_runs([glyph for line in [*LEFT, *RIGHT] for glyph in line]))
    assert foot_columns(found) == (len(found), [])
    assert foot_columns([]) == (0, [])
