"""The text of a source as it was compared, with the passage marked."""

import re

import pytest

from verifier.review.evidence import Passage, text_view


def body(document: str) -> str:
    return document.split("<main>\n")[1].split("\n</main>")[0]


@pytest.mark.parametrize(
    ("text", "passage", "expected"),
    [
        ("It was 5.\n\nThen 6.", Passage("Then 6.", "6"), ('<p>It was 5.</p>\n<p><mark id="passage">Then </mark>'
         '<mark class="figure">6</mark>.</p>')),
        ("A | B\n1 | 2", Passage(""), '<p class="row">A | B</p>\n<p class="row">1 | 2</p>'),
        ("One.\fTwo.", Passage(""), '<p class="page">Page 1</p>\n<p>One.</p>\n<p class="page">Page 2</p>\n<p>Two.</p>'),
        ("<b>&</b>", Passage(""), "<p>&lt;b&gt;&amp;&lt;/b&gt;</p>"),
        ("", Passage("x"), "<p>There is no text.</p>"),
        ("Up 5% and up 5%.", Passage.at("Up 5% and up 5%.", 10, "up 5%", "5%"),
         '<p>Up 5% and <mark id="passage">up </mark><mark class="figure">5%</mark>.</p>'),
    ],
)  # fmt: skip
def test_lines_rows_and_pages_with_the_passage_marked(text, passage, expected):
    assert body(text_view(text, passage)) == expected


def test_of_a_very_long_text_the_part_with_the_passage_is_shown():
    filler = "\n".join(f"Line {number} of the report." for number in range(60_000))
    document = text_view(
        f"{filler}\nThe one that counts says 7.\n{filler}", Passage("The one that counts says 7.", "7")
    )
    assert '<mark id="passage">The one that counts says </mark>' in document
    left_out = [int(found.replace(",", "")) for found in re.findall(r"([\d,]+) characters are left out", document)]
    assert len(left_out) == 2
    assert len(document) < 1_500_000


@pytest.mark.parametrize("words_before", [0, 100_000])
def test_a_line_without_end_is_cut_too(words_before):
    text = "word " * words_before + "The one that counts says 7. " + "word " * 150_000
    document = text_view(text, Passage("The one that counts says 7.", "7"))
    assert '<mark id="passage">The one that counts says </mark>' in document
    assert len(document) < 700_000
    assert "characters are left out" in document


def test_pages_keep_their_numbers_where_the_first_are_left_out():
    pages = "\f".join("Words. " * 2000 + f"\nEnd of {number}." for number in range(1, 101))
    document = text_view(pages, Passage("End of 90."))
    at = document.index('<mark id="passage">End of 90')
    assert re.findall(r"Page (\d+)", document[:at])[-1] == "90"
