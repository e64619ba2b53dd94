"""Lists whose bullets are drawn, as Chromium sets them: counted by the room that the lines leave."""

import pytest

from tests.support.parser_lines import make_line
from verifier.checker.consistency import inconsistencies
from verifier.model import Contents, PlacedText
from verifier.parser.page.lines import Line
from verifier.parser.unmarked_lists import unmarked_lists

MARGIN, INDENT = 72.0, 100.0
FULL = "A line that is as wide as its column, so that no word at all has room behind it, which is very plain."
ITEMS = ["Publish the accounts every spring.", "Replace the oldest roofs.", "Write to every household."]


def lines(*texts: str) -> list[Line]:
    """Lines one below the other; those that begin with a blank are indented."""
    return [
        make_line(text.strip(), y=700 - 12 * at, x0=INDENT if text.startswith(" ") else MARGIN)
        for at, text in enumerate(texts)
    ]


CASES = [
    ((FULL, "We recommend four steps:", *(f" {item}" for item in ITEMS), "That is all of it."), [3]),
    ((FULL, "We recommend four steps:", *(f" {item}" for item in ITEMS)), []),  # it may go on behind the page
    ((FULL, "We recommend:", " " + FULL[:88] + " and", " goes on to its end.", " Replace roofs.", "All of it."), [2]),
    ((FULL, "We recommend:", " " + FULL[:93] + " it.", " Replace roofs.", "All of it."), []),  # a full line ends one
    ((FULL, "He said:", " " + FULL[:91] + " and", " so it goes on until it ends.", "All of it."), []),  # a quotation
    ((FULL, "We recommend:", " • Publish.", " • Write.", "All of it."), []),  # it has bullets
    ((FULL, "We recommend", *(f" {item}" for item in ITEMS), "All of it."), []),  # nothing is announced
    ((FULL, "It ended.", " " + FULL[:93], "and it went on.", FULL), []),  # a paragraph with an indent
]


@pytest.mark.parametrize(("texts", "counts"), CASES)
def test_lists_without_letters_for_bullets(texts: tuple[str, ...], counts: list[int]) -> None:
    assert [len(one.items) for one in unmarked_lists(lines(*texts))] == counts


@pytest.mark.parametrize(("said", "count"), [("three", 0), ("four", 1), ("two", 1), ("nine", 0)])
def test_their_count_is_held_against_the_one_announced(said: str, count: int) -> None:
    announced = f"We recommend {said} steps:"
    read = lines(FULL, announced, *(f" {item}" for item in ITEMS), "That is all of it.")
    body = PlacedText("\n".join((FULL, announced, " ".join(ITEMS), "That is all of it.")))
    found = inconsistencies(Contents(body, unmarked_lists=tuple(unmarked_lists(read))))
    assert [one.kind.value for one in found] == ["count"] * count
