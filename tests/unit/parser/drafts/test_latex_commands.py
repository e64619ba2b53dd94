"""What LaTeX's commands do to the text and its notes."""

from verifier.parser import extract


def read(tmp_path, body, **beside):
    for name, text in beside.items():
        (tmp_path / name.replace("_", ".")).write_text(text)
    file = tmp_path / "draft.tex"
    file.write_text(body)
    return extract(file)


OWN = r"""
\NeedsTeXFormat{LaTeX2e}\ProvidesPackage{own}
\newcommand{\fn}[2][Survey]{\footnote{#1, #2.}}
\renewcommand{\footnote}[1]{\textbf{#1}}
\def\inner@call#1{\@ifnextchar[{\a}{\b}}
\newcommand{\odd}{\inner@call}
"""


def test_macros_of_a_package_beside_the_draft_are_read_and_change_nothing_that_is_known(tmp_path):
    body = (
        r"\documentclass{article}\usepackage{own,natbib}\begin{document}One.\fn{p. 3} Two.\footnote{B.}\end{document}"
    )
    notes = read(tmp_path, body, own_sty=OWN).footnotes
    assert [(note.label, note.text) for note in notes] == [("1", "Survey, p. 3."), ("2", "B.")]
    (tmp_path / "own.sty").write_text(OWN + r"\newcommand{\a}{\b\b}\newcommand{\b}{\a\a}\a")
    assert [note.text for note in extract(tmp_path / "draft.tex").footnotes] == ["Survey, p. 3.", "B."]


def test_a_database_within_the_draft_is_read(tmp_path):
    body = (
        "\\begin{filecontents*}[overwrite]{own.bib}\n@book{a, title={On Fees}}\n\\end{filecontents*}\n"
        "\\begin{document}One.\\cite{a}\\bibliography{own}\\end{document}"
    )
    (note,) = read(tmp_path, body).footnotes
    assert note.citations[0].title == "On Fees"


def test_a_file_is_named_as_plain_tex_names_it(tmp_path):
    body = "\\begin{document}One. \\input part\nThree.\\footnote{C.}\\end{document}"
    notes = read(tmp_path, body, part_tex="Two.\\footnote{B.}").footnotes
    assert [note.text for note in notes] == ["B.", "C."]
