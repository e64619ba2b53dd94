import pytest

from verifier.parser.labels import Scheme, read_labels, roman_value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9", [("9", Scheme.NUMBER, 9)]),
        ("[12]", [("12", Scheme.NUMBER, 12)]),
        ("3.", [("3", Scheme.NUMBER, 3)]),
        ("²⁵", [("25", Scheme.NUMBER, 25)]),
        ("xlviii", [("xlviii", Scheme.ROMAN, 48)]),
        ("v", [("v", Scheme.ROMAN, 5), ("v", Scheme.LETTER, 22)]),
        ("b", [("b", Scheme.LETTER, 2)]),
        ("∗", [("*", Scheme.SYMBOL, 1)]),
        ("††", [("††", Scheme.SYMBOL, 8)]),
        ("\ufffd", [("‖", Scheme.SYMBOL, 6)]),
        ("", []),
        ("012", []),
        ("20231", []),
        ("iiii", []),
        ("the", []),
    ],
)
def test_read_labels(text: str, expected: list[tuple[str, Scheme, int]]) -> None:
    assert [(label.text, label.scheme, label.value) for label in read_labels(text)] == expected


@pytest.mark.parametrize(("text", "value"), [("i", 1), ("iv", 4), ("ix", 9), ("xl", 40), ("liv", 54), ("xcix", 99)])
def test_roman_value(text: str, value: int) -> None:
    assert roman_value(text) == value
