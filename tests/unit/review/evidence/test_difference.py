"""What changed between two snapshots: changed paragraphs only, word by word."""

import time

import pytest

from verifier.review.evidence import difference


def body(document: str) -> str:
    return document.split("<main>\n")[1].split("\n</main>")[0]


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("It rose by 12 percent.", "It rose by 21 percent.", "<p>It rose by <del>12</del> <ins>21</ins> percent.</p>"),
        ("One.\nTwo.", "One.\nTwo.", "<p>The text has not changed.</p>"),
        ("One  \n\n Two.", "One\fTwo.", "<p>The text has not changed.</p>"),
        ("One.", "One.\nA new one.", "<p>One.</p>\n<p><ins>A new one.</ins></p>"),
        ("One.\nAn old one.", "One.", "<p>One.</p>\n<p><del>An old one.</del></p>"),
        ("", "First words.", "<p><ins>First words.</ins></p>"),
        ("He resigned.", "Tickets cost $5.", "<p><del>He resigned.</del></p>\n<p><ins>Tickets cost $5.</ins></p>"),
        ("a\nb\nc\nd\ne 1 x", "a\nb\nc\nd\ne 2 x", ('<p class="left-out">3 unchanged paragraphs</p>\n<p>d</p>\n'
         "<p>e <del>1</del> <ins>2</ins> x</p>")),
        ("<i>1</i> is it", "<i>2</i> is it", "<p>&lt;i&gt;<del>1</del> <ins>2</ins>&lt;/i&gt; is it</p>"),
        ("It costs $1.70 a day.", "It costs $1.75 a day.", "<p>It costs $1.<del>70</del> <ins>75</ins> a day.</p>"),
    ],
)  # fmt: skip
def test_changed_paragraphs_word_by_word(earlier, later, expected):
    assert body(difference(earlier, later)) == expected


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("word " * 200_000, "other " * 200_000),
        ("\n".join(f"line {n}" for n in range(8000)), "\n".join(f"line {n * 3}" for n in range(8000))),
        ("\n".join(f"{n}" for n in range(60_000)), "\n".join(f"{n + 7}" for n in range(60_000))),
    ],
    ids=["one long paragraph", "many paragraphs", "too many paragraphs"],
)
def test_texts_that_cannot_be_aligned_cheaply_are_still_told(earlier, later):
    began = time.process_time()
    document = difference(earlier, later)
    assert "<del>" in document
    assert "<ins>" in document
    assert time.process_time() - began < 120
