"""Which files a draft names, told from its words."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.parser.drafts.named_parts import bundled, named_in_front_matter, named_in_latex


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (r"\input{one} \include{two} \subfile{three}", ["one", "two", "three"]),
        ("\\input one\n\\input two.tex\\par", ["one", "two.tex"]),
        (r"\input{chapters/one.tex}", ["chapters/one.tex"]),
        (r"\import{parts/}{one} \subimport*{more}{two}", ["parts/one", "more/two"]),
        (r"\bibliography{a, b}\addbibresource[location=local]{c.bib}", ["a", "b", "c.bib"]),
        ("% \\input{no}\n50\\% \\input{yes}", ["yes"]),
        (r"\usepackage[x]{own,other}", ["own", "other"]),
        (r"\inputencoding{utf8} \includegraphics{x}", []),
    ],
)
def test_names_in_latex(text, names):
    assert [name for name, _ in named_in_latex(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("---\nbibliography: a.bib\n---\nText", ["a.bib"]),
        ("---\r\nbibliography: [a.bib, 'b.bib']\r\n...\r\nText", ["a.bib", "b.bib"]),
        ("---\nbibliography:\n  - a.bib\n  - b.json\ntitle: T\n---\n", ["a.bib", "b.json"]),
        ("Text\n\n---\nbibliography: a.bib\n---\n", []),
    ],
)
def test_names_in_front_matter(text, names):
    assert list(named_in_front_matter(text)) == names


def test_of_a_name_that_a_macro_computes_all_files_of_its_folder_are_taken(tmp_path):
    (tmp_path / "ch").mkdir()
    for name in ("ch/1.tex", "ch/2.tex", "ch/2.txt", "3.tex"):
        (tmp_path / name).write_text(f"text of {name}")
    (tmp_path / "book.tex").write_text(r"\newcommand{\ch}[1]{\input{ch/#1}}\ch{1}")
    kept = bundled(tmp_path / "book.tex")
    assert kept is not None
    assert [name in kept for name in (b"text of ch/1.tex", b"text of ch/2.tex", b"2.txt", b"3.tex")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_files_that_read_in_each_other_end(tmp_path):
    (tmp_path / "a.tex").write_text(r"\input{b}")
    (tmp_path / "b.tex").write_text(r"\input{a}\input{b}")
    assert bundled(tmp_path / "a.tex") is not None


@given(
    st.lists(st.sampled_from(["\\input", "{", "}", "%", "\n", "a", "[", "]", "\\bibliography", "\\import", " ", "\\"]))
)
def test_any_words_have_names_without_braces(pieces):
    names = [name for name, _ in named_in_latex("".join(pieces))]
    assert not set(chain.from_iterable(names)) & {"{", "}"}
