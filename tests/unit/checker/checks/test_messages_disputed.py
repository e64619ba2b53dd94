import pytest

from verifier.checker.checks.messages import disputed_figure

SENTENCE = "Fares rose 12 percent in 2019 and 12 percent of riders left; 40 buses were sold."
CASES = [
    ('The text at note 9 says 40; the source says "44 buses" (Fares, p. 2).', "40"),
    ("The text at note 9 says 40, which the cited source does not give.", "40"),
    ("The text at note 9 says 12 percent, which the cited source does not give.", None),
    (
        'The text at note 9 says 40, which the cited source gives, but not surely of the same thing: "40 trams ran".',
        "40",
    ),
    (
        'The text at note 9 says "Fares rose 12 percent in 2019"; the source says "fell 12 percent" (Fares).',
        "12 percent",
    ),
    ("The address answers 404.", None),
]


@pytest.mark.parametrize(("message", "expected"), CASES)
def test_where_the_figure_of_a_message_stands(message: str, expected: str | None) -> None:
    place = disputed_figure(message, SENTENCE)
    assert (None if place is None else SENTENCE[place[0] : place[1]]) == expected
