import pytest

from tests.support.parser_lines import make_line
from verifier.parser.notes.brackets import find_bracket_markers

KNOWN = {str(number) for number in range(1, 31)} | {"Toll84", "Gat07a"}


def keys(*texts: str, raised: tuple[tuple[int, int], ...] = ()) -> list[tuple[str, ...]]:
    lines = [make_line(text, y=700.0 - 12 * n, raised=raised) for n, text in enumerate(texts)]
    return [mark.keys for mark in find_bracket_markers(lines, KNOWN)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Tolls rose [12].", [("12",)]),
        ("Tolls rose. [12] They fell later.", [("12",)]),
        ("Tolls rose.[12] They fell later.", [("12",)]),
        ("Tolls rose [ 12 ] and fell.", [("12",)]),
        ("Tolls rose [3, 7-9] and fell.", [("3", "7", "8", "9")]),
        ("Tolls rose [3,7–9,12] and fell.", [("3", "7", "8", "9", "12")]),
        ("Tolls rose [3]-[5] and fell.", [("3", "4", "5")]),
        ("Tolls rose [3] – [5] and fell.", [("3", "4", "5")]),
        ("Tolls rose [3], [5] and fell.", [("3",), ("5",)]),
        ("Tolls rose [3][5] and fell.", [("3",), ("5",)]),
        ("Tolls rose [12, p. 4] and fell.", [("12",)]),
        ("Tolls rose [12, pp. 4–9; 14] and fell.", [("12", "14")]),
        ("Tolls rose [12, S. 45 f.] and fell.", [("12",)]),
        ("Tolls rose [12, Section 4.2] and fell.", [("12",)]),
        ("Tolls rose [12: 45–47] and fell.", [("12",)]),
        ("Tolls rose [see 12] and fell.", [("12",)]),
        ("Tolls rose (as in [12]) and fell.", [("12",)]),
        ("Tolls rose [Toll84, p. 3; Gat07a] and fell.", [("Toll84", "Gat07a")]),
    ],
)
def test_markers(text: str, named: list[tuple[str, ...]]) -> None:
    assert keys(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "The gate [sic] was shut.",
        "“[T]he gate was shut.”",
        "It was held so in [2019] EWCA Civ 12.",
        "It was held so in [19] QB 4.",
        "The year [31] is no entry.",
        "A list of [3, 31] holds one that is none.",
        "A share in the interval [1, 2] is usual.",
        "A share x ∈ [1, 2] is usual.",
        "The value x = [3] is usual.",
        "Set gates [3] = 1.",
        "Set a2[3] to shut.",
        "The macro \\gate[3]{name} shuts it.",
        "The call f(x)[2](y) shuts it.",
        "The range [9-3] falls.",
        "Nothing [ ] was said.",
        "[Toll85] is unknown.",
    ],
)
def test_what_is_no_mark(text: str) -> None:
    assert keys(text) == []


def test_raised_brackets_are_told_apart() -> None:
    lines = [make_line("Tolls rose[12] and fell [13].", raised=((10, 14),))]
    assert [(mark.keys, mark.raised, mark.glued) for mark in find_bracket_markers(lines, KNOWN)] == [
        (("12",), True, False),
        (("13",), False, False),
    ]


def test_brackets_glued_to_words_count_where_most_are() -> None:
    assert keys("Tolls rose[3] and fell[4].", "Nobody paid [5].") == [("3",), ("4",), ("5",)]
    labels = [f"[{n}] A. Toller. Gates." for n in (3, 4, 5, 6)]
    assert keys("Tolls rose[3] and fell[4].", *labels)[:2] == [("3",), ("4",)]
    assert keys("Set gates[3][4] to shut.", "Nobody paid [5].", "Somebody paid [6].") == [("5",), ("6",)]


def test_a_mark_over_two_lines() -> None:
    lines = [make_line("Tolls rose [3,"), make_line("7-9] and fell.", y=688.0)]
    (mark,) = find_bracket_markers(lines, KNOWN)
    assert (mark.keys, mark.line, mark.start, mark.end, mark.rest) == (("3", "7", "8", "9"), 0, 11, 14, 4)
