"""The line of a draft's text on which a sentence begins."""

import pytest

from verifier.reports.source_lines import line_of

MARKDOWN = """# Tolls

Ferries carried *412 thousand* passengers[^1] in
2024, and **no** more.

The bridge (built 1931) was closed.

It was \\emph{closed} in
1931\\footnote{Board, Log, 1931.} and opened again in 1950.
It was <em>reopened</em> by the <a href="#fn1">mayor</a> of Port Ellery in 1950.
"""


@pytest.mark.parametrize(
    ("name", "sentence", "line"),
    [
        ("a.md", "Ferries carried 412 thousand passengers in 2024, and no more.", 3),
        ("a.md", "The bridge (built 1931) was closed.", 6),
        ("a.tex", "The bridge", 6),
        ("a.md", "The tunnel was closed.", None),
        ("a.md", "", None),
        ("a.tex", "It was closed in 1931 and opened again in 1950.", 8),
        ("a.html", "It was reopened by the mayor of Port Ellery in 1950.", 10),
        ("a.md", "– …", None),
        ("a.docx", "The bridge", None),
    ],
)
def test_the_line_of_a_sentence(tmp_path, name, sentence, line):
    file = tmp_path / name
    file.write_text(MARKDOWN, encoding="utf-8")
    assert line_of(file, sentence) == line


def test_a_file_that_is_gone_has_no_lines(tmp_path):
    assert line_of(tmp_path / "a.md", "The bridge") is None


def test_a_page_of_one_word_is_looked_through_in_no_time(tmp_path):
    file = tmp_path / "a.md"
    file.write_text("a " * 2_000_000, encoding="utf-8")
    assert line_of(file, "a a a a a a a b") is None
