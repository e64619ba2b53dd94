import pytest

from verifier.checker.figures.scanner import scan
from verifier.checker.verdict.direction import Change, Direction, direction_of, is_denied


def change_in(text: str) -> Change | None:
    """The change that the first figure of a text measures."""
    return direction_of(text, scan(text)[0])


@pytest.mark.parametrize(
    ("text", "way", "word"),
    [
        ("Prices rose by 12 percent.", Direction.UP, "rose"),
        ("Prices fell 12 percent.", Direction.DOWN, "fell"),
        ("Output grew to 40 tonnes.", Direction.UP, "grew"),
        ("The rate declined to about 5%.", Direction.DOWN, "declined"),
        ("a 12% increase in fees", Direction.UP, "increase"),
        ("a 12% drop in fees", Direction.DOWN, "drop"),
        ("The index stood at 9.1, down 3 points.", None, ""),
        ("The index was down 3 points.", Direction.DOWN, "down"),
        ("Visitors spent up to 40 euros.", None, ""),
        ("The town has 12 schools.", None, ""),
        ("Fees rose and 12 schools closed.", None, ""),
    ],
)
def test_which_way_a_figure_goes(text: str, way: Direction | None, word: str) -> None:
    assert change_in(text) == (Change(way, word) if way else None)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The mill did not exist in 1850.", True),
        ("The bridge was never open in 1990.", True),
        ("He had yet to publish anything by 1912.", True),
        ("It wasn't finished in 1931.", True),
        ("The mill was built in 1850.", False),
        ("The mill was not large, but it stood in 1850.", False),
        ("It did not open until 1931.", False),
    ],
)
def test_whether_the_words_before_a_figure_deny_it(text: str, denied: bool) -> None:
    assert is_denied(text, scan(text)[0]) is denied
