r"""Who wrote a LaTeX draft, by its `\author`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.parser.authorship.latex import latex_authors


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (r"\author{Ana Ruiz \and Bo Li}", ("Ana Ruiz", "Bo Li")),
        (r"\author{Ana Ruiz\thanks{We thank \textbf{many} \and all.} \and Bo Li\footnote{x}}", ("Ana Ruiz", "Bo Li")),
        (r"\author{Ana Ruiz\inst{1} \and Bo Li\inst{2,3}}", ("Ana Ruiz", "Bo Li")),
        ("\\author[1]{Ana Ruiz}\n\\author[2]{Bo Li}\n\\affil[1]{Here}", ("Ana Ruiz", "Bo Li")),
        (r"\author{Jos\'e N\'u\~nez\\ University of Y\\ \texttt{a@b.test}}", ("José Núñez",)),
        (r"\author{Ana Ruiz$^{1}$, Bo Li$^{2}$, and Cy Day}", ("Ana Ruiz", "Bo Li", "Cy Day")),
        (r"\author{\href{https://orcid.test/1}{Ana Ruiz}~\orcidlink{0000}}", ("Ana Ruiz",)),
        (r"\author{\IEEEauthorblockN{Ana Ruiz}\IEEEauthorblockA{Dept X\\ Uni}}", ("Ana Ruiz",)),
        (r"\author{Ana~Ruiz\textsuperscript{*} \And Bo~Li\footnotemark[1]}", ("Ana Ruiz", "Bo Li")),
        (r"\author{\begin{tabular}{c}Ana Ruiz\\Uni\end{tabular}}", ("Ana Ruiz",)),
        (r"\author{{\large Ana Ruiz}\\{\small Uni}}", ("Ana Ruiz",)),
        (r"\author{The Society for Tolls \& Bridges}", ("The Society for Tolls & Bridges",)),
        ("%\\author{Old One}\n\\author{Ana Ruiz % me\n}", ("Ana Ruiz",)),
        (r"\newcommand{\author}[1]{X}\author{Ana Ruiz}", ("Ana Ruiz",)),
        ("\\begin{verbatim}\n\\author{Old One}\n\\end{verbatim}", ()),
        (r"\author{}", ()),
        (r"\author{\me}", ()),
        (r"\author{Ana Ruiz", ()),
        (r"\authornote{Ana Ruiz}", ()),
        (r"\author{Anonymous Author(s)\\ Affiliation}", ()),
    ],
)
def test_authors(text, names):
    assert latex_authors(text) == names


@given(st.text(alphabet="\\author{}[]%$ and\nAB\\thanksfo,", max_size=120))
def test_any_text_is_read(text):
    latex_authors("\\author{" + text)
