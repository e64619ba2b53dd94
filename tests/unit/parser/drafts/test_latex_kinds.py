# ruff: noqa: E501 - sources as people write them
"""LaTeX as many people write it: packages of notes and citations, bibliographies, macros, conditions."""

import pytest

from verifier.parser import extract

BIB = r"""@book{reed04, author={Reed, Ann}, title={On Fees}, year=2004, publisher={Tide Press}, doi={10.5555/ab.1}}
@article{roe05, author={Roe, Bo and Lin, Cy}, title={On Tides}, journal={Sea}, year=2005, url={https://sea.example.org/t}}
@online{gov06, author={{Office of Tides}}, title={Tide tables}, date={2006-03-01}, url={https://gov.example.org/a_b%20c}}
"""
BBL_PLAIN = r"""\begin{thebibliography}{2}
\bibitem[Reed(2004)]{reed04}
Ann Reed.
\newblock \emph{On Fees}.
\newblock Tide Press, 2004.
\newblock \doi{10.5555/ab.1}.

\bibitem[Roe and Lin(2005)]{roe05}
Bo Roe and Cy Lin.
\newblock On tides.
\newblock \emph{Sea}, 2005.
\newblock URL \url{https://sea.example.org/t}.
\end{thebibliography}"""
BBL_BIBLATEX = r"""% $ biblatex auxiliary file $
\refsection{0}
  \datalist[entry]{nty/global//global/global}
    \entry{reed04}{book}{}
      \name{author}{1}{}{%
        {{hash=a}{%
           family={Reed},
           familyi={R\bibinitperiod},
           given={Ann},
           giveni={A\bibinitperiod}}}%
      }
      \list{publisher}{1}{%
        {Tide Press}%
      }
      \strng{namehash}{a}
      \field{labelnamesource}{author}
      \field{title}{On Fees}
      \field{year}{2004}
      \verb{doi}
      \verb 10.5555/ab.1
      \endverb
    \endentry
    \entry{roe05}{article}{}
      \name{author}{2}{}{%
        {{hash=b}{%
           family={Roe},
           given={Bo}}}%
        {{hash=c}{%
           family={Lin},
           given={Cy}}}%
      }
      \field{journaltitle}{Sea}
      \field{title}{On Tides}
      \field{year}{2005}
      \verb{url}
      \verb https://sea.example.org/t
      \endverb
    \endentry
  \enddatalist
\endrefsection
\endinput
"""

CASES = {
    'footcite end bib': ('One.\\footcite[12]{reed04} Two.\\footcite{roe05}\n\\bibliography{r}', [('1', 'On Fees', ['One.']), ('2', 'On Tides', ['Two.'])], {'r.bib': BIB}),
    'autocite in footnote': ('\\documentclass{article}\\usepackage{biblatex}\\addbibresource{r.bib}\n\\begin{document}\nOne.\\footnote{See \\cite[p.~3]{reed04}; \\textcite{roe05}.}\n\\printbibliography\\end{document}', [('1', 'See', ['One.'])], {'r.bib': BIB}),
    'bbl plain': ('One \\citep{reed04}. Two \\citep{roe05}.\n\\bibliography{missing}', [('Reed(2004)', 'On Fees', ['One.']), ('Roe and Lin(2005)', 'tides', ['Two.'])], {'draft.bbl': BBL_PLAIN}),
    'bbl biblatex': ('\\documentclass{article}\\usepackage{biblatex}\\addbibresource{r.bib}\n\\begin{document}\nOne \\autocite{reed04}. Two \\autocite{roe05}.\n\\printbibliography\\end{document}', [('', 'On Fees', ['One.']), ('', 'On Tides', ['Two.'])], {'draft.bbl': BBL_BIBLATEX}),
    'footnotetext numbered': ('One\\footnotemark[3] and two.\\footnotetext[3]{A.} Three.\\footnote{B.}', [('3', 'A.', ['One and two.']), ('1', 'B.', ['Three.'])], {}),
    'note in heading star': ('\\section*{On fees\\footnote{S.}}\nText.\\footnote{T.}', [('1', 'S.', ['On fees']), ('2', 'T.', ['Text.'])], {}),
    'footnote with percent-eol': ('One.%\n\\footnote{%\n  A long\n  note.%\n} Two.', [('1', 'A long note.', ['One.'])], {}),
    'footnote with blank line': ('One.\\footnote{First par.\n\nSecond par.} Two.', [('1', 'First par. Second par.', ['One.'])], {}),
    'endnotes pkg': ('One.\\endnote{E1.} Two.\\endnote{E2.}\n\\theendnotes', [('1', 'E1.', ['One.']), ('2', 'E2.', ['Two.'])], {}),
    'manyfoot': ('\\documentclass{article}\\usepackage{bigfoot}\\DeclareNewFootnote{A}\\DeclareNewFootnote{B}[alph]\\begin{document}One.\\footnoteA{M.} Two.\\footnoteB{L.}\\end{document}', [('1', 'M.', ['One.']), ('a', 'L.', ['Two.'])], {}),
    'memoir pagenote': ('\\documentclass{memoir}\\begin{document}One.\\pagenote{P.}\\end{document}', [('1', 'P.', ['One.'])], {}),
    'wrapper 2 levels': ('\\documentclass{article}\\newcommand{\\note}[1]{\\footnote{#1.}}\\newcommand{\\see}[2]{\\note{See #1, p.~#2}}\\newcommand{\\web}[1]{\\footnote{\\url{#1}}}\\begin{document}One.\\see{Reed}{4} Two.\\web{https://x.example.org/a_b}\\end{document}', [('1', 'See Reed, p. 4.', ['One.']), ('2', 'https://x.example.org/a_b', ['Two.'])], {}),
    'let footnote': ('\\documentclass{article}\\let\\fn\\footnote\\begin{document}One.\\fn{A.}\\end{document}', [('1', 'A.', ['One.'])], {}),
    'newcommand with opt macro': ('\\documentclass{article}\\newcommand*\\src[2][2004]{\\footnote{#2 (#1).}}\\begin{document}One.\\src{src}\\end{document}', [('1', 'src (2004).', ['One.'])], {}),
    'xparse star': ('\\documentclass{article}\\NewDocumentCommand{\\n}{s m}{\\footnote{#2}}\\begin{document}One.\\n{A.}\\end{document}', [('1', 'A.', ['One.'])], {}),
    'footnote in caption protect': ('\\begin{figure}\\caption{Carts.\\protect\\footnotemark}\\end{figure}\\footnotetext{C.}', [('1', 'C.', ['Carts.'])], {}),
    'tablenotes': ('\\begin{table}\\begin{threeparttable}\\begin{tabular}{ll}A\\tnote{a} & 3\\\\ B & 4\\tnote{b}\\end{tabular}\\begin{tablenotes}\\item[a] Note a.\\item[b] Note b.\\end{tablenotes}\\end{threeparttable}\\end{table}', [('a', 'Note a.', ['A']), ('b', 'Note b.', ['4'])], {}),
    'longtable head': ('\\begin{longtable}{ll}\\caption{Carts}\\\\ Year & N\\footnote{H.}\\\\ \\endhead 2001 & 12 carts\\footnote{T.}\\\\ \\end{longtable}', [('1', 'H.', ['N']), ('2', 'T.', ['12 carts'])], {}),
    'quote env': ("He said:\n\\begin{quote}\nOne went by. ``Two went.''\\footnote{Q.}\n\\end{quote}", [('1', 'Q.', None)], {}),
    'foreignquote': ('\\textquote[\\cite{reed04}]{The fee rose} and so on.\\footnote{A.}', [('1', 'A.', None)], {}),
    'href hash pct': ('One.\\footnote{See \\href{https://a.example.org/p\\#s\\%20x}{the page}.}', [('1', 'See the page.', ['One.'])], {}),
    'url in braces odd': ('One.\\footnote{\\url{https://a.example.org/x(1)~y&z=1%202}.}', [('1', 'https://a.example.org/x(1)~y&z=1%202', ['One.'])], {}),
    'verb url': ('One.\\footnote{\\path{https://a.example.org/x_y}}', [('1', 'https://a.example.org/x_y', ['One.'])], {}),
    'multifootnote': ('One.\\footnote{A.}\\footnote{B.} Two.', [('1', 'A.', ['One.']), ('2', 'B.', ['One.'])], {}),
    'marker before stop': ('One\\footnote{A.}. Two\\footnote{B.}, and three.', [('1', 'A.', ['One.']), ('2', 'B.', ['Two, and three.'])], {}),
    'chapter report': ('\\documentclass{report}\\begin{document}\\chapter{I}One.\\footnote{A.}\\chapter{II}Two.\\footnote{B.}\\end{document}', [('1', 'A.', ['One.']), ('1', 'B.', ['Two.'])], {}),
    'chapter counterwithout': ('\\documentclass{book}\\usepackage{chngcntr}\\counterwithout{footnote}{chapter}\\begin{document}\\chapter{I}One.\\footnote{A.}\\chapter{II}Two.\\footnote{B.}\\end{document}', [('1', 'A.', ['One.']), ('2', 'B.', ['Two.'])], {}),
    'article counterwithin section': ('\\documentclass{article}\\counterwithin*{footnote}{section}\\begin{document}\\section{I}One.\\footnote{A.}\\section{II}Two.\\footnote{B.}\\end{document}', [('1', 'A.', ['One.']), ('1', 'B.', ['Two.'])], {}),
    'alph': ('\\renewcommand{\\thefootnote}{\\alph{footnote}}One.\\footnote{A.}', [('a', 'A.', ['One.'])], {}),
    'if comment env': ('\\begin{comment}\nX.\\footnote{no}\n\\end{comment}\nOne.\\footnote{A.}', [('1', 'A.', ['One.'])], {}),
    'appendix include': ('One.\\footnote{A.}\\include{app}', [('1', 'A.', ['One.']), ('2', 'P.', ['App.'])], {'app.tex': '\\section{App}\nApp.\\footnote{P.}'}),
    'ref to note': ('One.\\footnote{\\label{n}A.} As in note~\\ref{n}.\\footnote{See note \\ref{n} above.}', [('1', 'A.', ['One.']), ('2', 'See note 1 above.', ['As in note 1.'])], {}),
    'cites multi': ('One \\cites[3]{reed04}[4]{roe05}.\n\\bibliography{r}', [('1', 'On Fees', ['One.']), ('2', 'On Tides', ['One.'])], {'r.bib': BIB}),
    'nocite star': ('One \\cite{gov06}.\\nocite{*}\\bibliography{r}', [('1', 'Tide tables', ['One.'])], {'r.bib': BIB}),
    'fullcite in note': ('One.\\footnote{\\fullcite{gov06}.}\n\\bibliography{r}', [('1', 'Tide tables', ['One.'])], {'r.bib': BIB}),
    'footfullcite': ('One.\\footfullcite{gov06}\n\\bibliography{r}', [('1', 'Tide tables', ['One.'])], {'r.bib': BIB}),
    'text symbols': ('It costs \\pounds 5, 5\\,\\% and \\S 3, \\euro{}7 --- yes.\\footnote{\\textcopyright{} X \\ldots}', [('1', '© X …', ['It costs £5, 5 % and §3, €7 — yes.'])], {}),
    'siunitx': ('It grew by \\SI{4.5}{\\percent} to \\num{12000} and \\qty{3}{\\kilo\\metre}, \\SI{2}{\\metre\\per\\second\\squared}, \\numrange{3}{5}, \\num{2e6}.\\footnote{A.}', [('1', 'A.', None)], {}),
    'kpfonts emph nested': ('One \\textbf{\\emph{two\\footnote{A.}} three}.', [('1', 'A.', ['One two three.'])], {}),
    'import nested': ('\\import{ch/}{one}', [('1', 'P.', ['Two.']), ('2', 'Q.', ['Three.'])], {'ch/one.tex': 'Two.\\footnote{P.}\\input{two}', 'ch/two.tex': ' Three.\\footnote{Q.}'}),
    'old documentstyle': ('\\documentstyle[12pt]{article}\\begin{document}One.\\footnote{A.}\\end{document}', [('1', 'A.', ['One.'])], {}),
    'ifx else': ('\\newif\\ifdraft\\drafttrue\\ifdraft One.\\footnote{A.}\\else Two.\\footnote{B.}\\fi', [('1', 'A.', ['One.'])], {}),
    'iftrue else': ('\\iftrue One.\\footnote{A.}\\else Two.\\footnote{B.}\\fi', [('1', 'A.', ['One.'])], {}),
    'iffalse else': ('\\iffalse Two.\\footnote{B.}\\else One.\\footnote{A.}\\fi', [('1', 'A.', ['One.'])], {}),
    'draftfalse': ('\\newif\\ifdraft\\draftfalse\\ifdraft Two.\\footnote{B.}\\else One.\\footnote{A.}\\fi', [('1', 'A.', ['One.'])], {}),
    'enumerate': ('\\begin{enumerate}\\item[(a)] One.\\footnote{A.}\\item Two.\\footnote{B.}\\end{enumerate}', [('1', 'A.', None), ('2', 'B.', ['Two.'])], {}),
    'hyphens dash': ('From 1990--1995 it rose by ~5\\%.\\footnote{pp.~3--4.}', [('1', 'pp. 3–4.', ['From 1990–1995 it rose by 5%.'])], {}),
    'added/deleted (changes pkg)': ('One \\added{more} \\deleted{less} went.\\footnote{A\\deleted{ old}.}', [('1', 'A.', ['One more went.'])], {}),
    'replaced': ('One \\replaced{new}{old} went.\\footnote{A.}', [('1', 'A.', ['One new went.'])], {}),
    'todo': ('One\\todo{check\\footnote{no}} went.\\footnote{A.}', [('1', 'A.', ['One went.'])], {}),
    'textcite words': ('The fee rose \\parencite[see][12]{reed04}. It fell.\n\\bibliography{r}', [('1', 'On Fees', ['The fee rose.'])], {'r.bib': BIB}),
    'crossref latin ebib': ('One \\cite{ch}.\n\\bibliography{r}', [('1', 'A chapter', ['One.'])], {'r.bib': '@string{tp = "Tide Press"}\n@incollection{ch, author = "Ann Reed", title = "A chapter", crossref = {bk}, pages = "1--9"}\n@book{bk, booktitle={The Book}, title={The Book}, publisher = tp # " Ltd", year = 1999}'}),
    'sidenote margin': ('One.\\sidenote{S.} Two.\\marginnote{M.}', [('1', 'S.', ['One.'])], {}),
    'footnote in minipage then text': ('\\begin{minipage}{3cm}In.\\footnote{M.}\\end{minipage}', [('a', 'M.', ['In.'])], {}),
    'perpage': ('\\documentclass{article}\\usepackage{hyperref}\\begin{document}One.\\footnote{A.} Two.\\footnote{B.}\\end{document}', [('1', 'A.', ['One.']), ('2', 'B.', ['Two.'])], {}),
    'autonum verb with brace': ('Use \\verb+}{+ here.\\footnote{A.}', [('1', 'A.', ['Use }{ here.'])], {}),
    'IEEE keys': ('\\documentclass{IEEEtran}\\begin{document}One~\\cite{reed04}.\\begin{thebibliography}{1}\n\\bibitem{reed04}\nA.~Reed, \\emph{On Fees}. Tide Press, 2004. [Online]. Available: \\url{https://t.example.org/f}\n\\end{thebibliography}\\end{document}', [('1', 'On Fees', ['One.'])], {}),
    "texorpdfstring": (r"\section[On fees]{\texorpdfstring{On fees\footnote{A.}}{On fees}}", [("1", "A.", ["On fees"])], {}),
}  # fmt: skip


def read(tmp_path, source, beside):
    for name, text in beside.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    if "\\begin{document}" not in source:
        source = f"\\documentclass{{article}}\n\\begin{{document}}\n{source}\n\\end{{document}}\n"
    (tmp_path / "draft.tex").write_text(source)
    return extract(tmp_path / "draft.tex")


@pytest.mark.parametrize("case", CASES)
def test_notes_are_those_that_latex_prints(tmp_path, case):
    """Of each note: its label (`` where it is free), words that its text has, and its sentences (None where free)."""
    source, expected, beside = CASES[case]
    found = [
        (note.label, note.text, [a.sentence for a in note.anchors]) for note in read(tmp_path, source, beside).footnotes
    ]
    assert [
        (
            label and got[0].replace(" ", ""),
            words if words in got[1] else got[1],
            sentences if sentences is None else got[2],
        )
        for (label, words, sentences), got in zip(expected, found, strict=True)
    ] == [(label.replace(" ", ""), words, sentences) for label, words, sentences in expected]


@pytest.mark.parametrize("case", ["footcite end bib", "bbl biblatex", "autocite in footnote", "footfullcite"])
def test_works_of_a_bibliography_are_those_of_the_note_that_names_them(tmp_path, case):
    source, _, beside = CASES[case]
    titles = [citation.title for note in read(tmp_path, source, beside).footnotes for citation in note.citations]
    assert titles in (["On Fees", "On Tides"], ["Tide tables"])


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        (r"\qty{3}{\kilo\metre}", "3 km"),
        (r"\SI{2}{\metre\per\second\squared}", "2 m/s²"),
        (r"\qty{90}{\degree}", "90°"),
        (r"\qty{4}{\square\km}", "4 km²"),
        (r"\qtyrange{3}{5}{\percent}", "3 % to 5 %"),
        (r"\num{2e6}", "2 × 10^6"),
        (r"\si{kg.m^2}", "kg·m²"),
    ],
)
def test_quantities(tmp_path, source, printed):
    (note,) = read(tmp_path, f"It came to {source} then.\\footnote{{A.}}", {}).footnotes
    assert note.anchors[0].sentence == f"It came to {printed} then."
