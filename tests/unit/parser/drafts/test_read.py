# ruff: noqa: E501, ISC004 - markup as people write it
"""Markdown, LaTeX, OpenDocument and EPUB: notes as their programs print them."""

import pytest

from tests.support.draft_files import epub, odt, odt_note
from verifier.errors import DocumentError
from verifier.parser import extract


def read(tmp_path, content, name):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return extract(file)


def seen(extraction):
    return [(note.label, note.text, [anchor.sentence for anchor in note.anchors]) for note in extraction.footnotes]


MARKDOWN = {
    "keys are numbered by first use": (
        "One.[^b] Two.[^a]\n\n[^a]: First.\n[^b]: Second.\n",
        [("1", "Second.", ["One."]), ("2", "First.", ["Two."])],
    ),
    "cited twice": ("One.[^a]\n\nTwo.[^a]\n\n[^a]: Note.\n", [("1", "Note.", ["One.", "Two."])]),
    "inline": ("One.^[A *note*.] Two.\n", [("1", "A note.", ["One."])]),
    "several paragraphs": ("One.[^1]\n\n[^1]: A.\n\n    B.\n\nTwo.\n", [("1", "A. B.", ["One."])]),
    "lazy lines": ("One.[^1]\n\n[^1]: A\ngoes on.\n", [("1", "A goes on.", ["One."])]),
    "in a cell": ("| A | B |\n|---|---|\n| x | 12 carts[^1] |\n\n[^1]: N.\n", [("1", "N.", ["12 carts"])]),
    "in a list": ("- One.[^1]\n- Two.\n\n[^1]: N.\n", [("1", "N.", ["One."])]),
    "in a quotation": ("> One.[^1]\n\n[^1]: N.\n", [("1", "N.", ["One."])]),
    "defined in a quotation": ("> One.[^1]\n>\n> [^1]: N.\n", [("1", "N.", ["One."])]),
    "code and escapes": (
        "`x[^1]` \\[^1] One.[^1]\n\n```\n[^2]: no\n```\n\n[^1]: N.\n",
        [("1", "N.", ["x[^1] [^1] One."])],
    ),
    "no definition": ("One.[^1]\n", []),
    "no marker": ("One.\n\n[^1]: N.\n", []),
    "powers": ("It held 10^6^ litres of H~2~O.[^1]\n\n[^1]: N.\n", [("1", "N.", ["It held 10^6 litres of H2O."])]),
    "attributes": ("[Small]{.smallcaps} carts.[^1]\n\n[^1]: N.\n", [("1", "N.", ["Small carts."])]),
    "after a stop in bold": ("**One.**[^1] Two.\n\n[^1]: N.\n", [("1", "N.", ["One."])]),
    "html markers": ("One.<sup>1</sup>\n\n## Notes\n\n1\\. N.\n", [("1", "N.", ["One."])]),
    "raised commas": ("One.[^1]^,^[^2]\n\n[^1]: A.\n\n[^2]: B.\n", [("1", "A.", ["One."]), ("2", "B.", ["One."])]),
    "glued brackets": ("One.[^1][^2] Two.\n\n[^1]: A.\n[^2]: B.\n", [("1", "A.", ["One."]), ("2", "B.", ["One."])]),
    "crlf": ("One.[^1]\r\n\r\n[^1]: A.\r\n", [("1", "A.", ["One."])]),
    "ranges": ("From 2010--2015 it rose.[^1]\n\n[^1]: pp. 3--4.\n", [("1", "pp. 3–4.", ["From 2010–2015 it rose."])]),
}


@pytest.mark.parametrize("case", MARKDOWN)
def test_markdown(tmp_path, case):
    text, expected = MARKDOWN[case]
    assert seen(read(tmp_path, text, "draft.md")) == expected


@pytest.mark.parametrize(
    ("note", "urls"),
    [
        ("[here](https://a.example.org/x#y)", ("https://a.example.org/x#y",)),
        ("<https://a.example.org/x>.", ("https://a.example.org/x",)),
        ("https://a.example.org/x_y_z.", ("https://a.example.org/x_y_z",)),
        ("[here][r]\n\n[r]: https://a.example.org/r", ("https://a.example.org/r",)),
        ("[mail](mailto:a@example.org) [file](file:///etc/passwd)", ()),
    ],
)
def test_links_of_markdown(tmp_path, note, urls):
    assert read(tmp_path, f"One.[^1]\n\n[^1]: {note}\n", "draft.md").footnotes[0].urls == urls


BIB = "@article{reed04, author={Reed, Ann and Roe, B.}, title={On {Fees}}, year=2004, doi={10.5555/ab.1}}\n"


def test_works_of_a_database_beside_the_draft_are_references(tmp_path):
    (tmp_path / "own.bib").write_text(BIB)
    text = "---\nbibliography: own.bib\n---\n\nThe fee rose [@reed04, p. 3]. It fell.\n"
    (note,) = read(tmp_path, text, "draft.md").footnotes
    assert (note.kind, note.anchors[0].sentence) == ("reference", "The fee rose.")
    assert (note.citations[0].title, note.citations[0].identifiers) == ("On Fees", ("doi:10.5555/ab.1",))


@pytest.mark.parametrize("name", ["../own.bib", "/etc/passwd", "sub/../../own.bib"])
def test_nothing_outside_the_folder_is_read(tmp_path, name):
    (tmp_path / "own.bib").write_text(BIB)
    folder = tmp_path / "drafts"
    folder.mkdir()
    text = f"\\documentclass{{article}}\\begin{{document}}One.\\cite{{reed04}}\\bibliography{{{name}}}\\end{{document}}"
    assert seen(read(folder, text, "draft.tex")) == []
    assert seen(read(folder, f"---\nbibliography: {name}\n---\n\nOne [@reed04].\n", "draft.md")) == []


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("draft.tex", "\\begin{document}One.\\cite{reed04} Two.\\cite{roe05}\\bibliography{own}\\end{document}", "2 of the works"),
        ("draft.md", "---\nbibliography: own.bib\n---\n\nOne [@reed04].\n", "bibliography own.bib"),
    ],
)  # fmt: skip
def test_a_bibliography_that_is_not_beside_the_draft_is_said(tmp_path, name, text, said):
    warnings = read(tmp_path, text, name).warnings
    assert [said in warning.message for warning in warnings] == [True]
    (tmp_path / "own.bib").write_text(BIB + BIB.replace("reed04", "roe05"))
    assert read(tmp_path, text, name).warnings == ()


LATEX = {
    "plain": ("One.\\footnote{A \\emph{note}.} Two.", [("1", "A note.", ["One."])]),
    "given number": ("One.\\footnote[9]{A.} Two.\\footnote{B.}", [("9", "A.", ["One."]), ("1", "B.", ["Two."])]),
    "mark and text": ("One.\\footnotemark{} Two.\\footnotetext{A.}", [("1", "A.", ["One."])]),
    "mark before a word": ("One.\\footnotemark Two.\\footnotetext{A.}", [("1", "A.", ["One."])]),
    "two marks": (
        "One\\footnotemark\\ and two\\footnotemark.\\addtocounter{footnote}{-1}\\footnotetext{A.}\\stepcounter{footnote}"
        "\\footnotetext{B.}",
        [("1", "A.", ["One and two."]), ("2", "B.", ["One and two."])],
    ),
    "endnotes apart": ("One.\\endnote{E.} Two.\\footnote{F.}", [("1", "E.", ["One."]), ("1", "F.", ["Two."])]),
    "roman": ("\\renewcommand{\\thefootnote}{\\roman{footnote}}One.\\footnote{A.}", [("i", "A.", ["One."])]),
    "symbols": ("\\renewcommand{\\thefootnote}{\\fnsymbol{footnote}}One.\\footnote{A.}", [("*", "A.", ["One."])]),
    "counter": ("\\setcounter{footnote}{4}One.\\footnote{A.}", [("5", "A.", ["One."])]),
    "macro in a note": ("\\newcommand{\\x}[2][old]{#1 #2}One.\\footnote{\\x{book} \\x[new]{page}.}", [("1", "old book new page.", ["One."])]),
    "comment line": ("One.% no \\footnote{X}\n\\footnote{A.} Two.", [("1", "A.", ["One."])]),
    "accents": ("Caf\\'e M\\\"uller, \\c{c}a, \\v{S}.\\footnote{\\'{E}t\\'e \\ss.}", [("1", "Été ß.", ["Café Müller, ça, Š."])]),
    "quotation marks": ("``One,'' she said.\\footnote{\\enquote{A}.}", [("1", "“A”.", ["“One,” she said."])]),
    "cell": ("\\begin{tabular}{l|r}A & 12 carts\\footnote{T.} \\\\ B & 3 \\\\ \\end{tabular}", [("1", "T.", ["12 carts"])]),
    "caption": ("\\begin{figure}\\caption[Short]{Carts by year.\\footnotemark}\\end{figure}\\footnotetext{C.}", [("1", "C.", ["Carts by year."])]),
    "section": ("\\section[Short]{On fees\\footnote{S.}}Text.", [("1", "S.", ["On fees"])]),
    "item": ("\\begin{itemize}\\item One.\\footnote{I.}\\item Two.\\end{itemize}", [("1", "I.", ["One."])]),
    "formula": ("It grew by $4.5\\,\\%$ to $10^{6}$.\\footnote{M.}", [("1", "M.", ["It grew by 4.5 % to 10^6."])]),
    "verb": ("\\verb|\\footnote{x}| One.\\footnote{V.}", [("1", "V.", ["One."])]),
    "label and ref": ("One.\\footnote{\\label{fn:a}A.} Two.\\footnote{See note~\\ref{fn:a} above.}", [("1", "A.", ["One."]), ("2", "See note 1 above.", ["Two."])]),
    "footref": ("One.\\footnote{\\label{fn:a}A.} Two.\\footref{fn:a}", [("1", "A.", ["One.", "Two."])]),
    "if false": ("\\iffalse Old.\\footnote{X.}\\ifx\\a\\b\\fi\\fi One.\\footnote{A.}", [("1", "A.", ["One."])]),
    "minipage": ("\\begin{minipage}{5cm}In.\\footnote{M.}\\end{minipage}\n\nOut.\\footnote{O.}", [("a", "M.", ["In."]), ("1", "O.", ["Out."])]),
    "thanks": ("\\title{Fees\\thanks{Paid.}}\\maketitle One.\\footnote{A.}", [("*", "Paid.", ["Fees"]), ("1", "A.", ["One."])]),
    "unknown command": ("\\foo[x]{One} went.\\footnote{\\bar{A}.}", [("1", "A.", ["One went."])]),
    "wrapping environment": ("\\begin{quote}One.\\footnote{Q.}\\end{quote}Two.", [("1", "Q.", ["One."])]),
    "two in a row": ("One.\\footnote{A.}\\textsuperscript{,}\\footnote{B.} Two.", [("1", "A.", ["One."]), ("2", "B.", ["One."])]),
    "bibitem": (
        "One~\\cite{b,a}.\\begin{thebibliography}{9}\\bibitem{a} A. \\bibitem{b} B.\\end{thebibliography}",
        [("1", "A.", ["One."]), ("2", "B.", ["One."])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LATEX)
def test_latex(tmp_path, case):
    text, expected = LATEX[case]
    document = f"\\documentclass{{article}}\n\\begin{{document}}\n{text}\n\\end{{document}}\nAfter.\\footnote{{X.}}\n"
    assert seen(read(tmp_path, document, "draft.tex")) == expected


def test_footnotes_begin_again_in_chapters_of_books(tmp_path):
    text = "\\documentclass{book}\\begin{document}\\chapter{A}One.\\footnote{A.}\\chapter{B}Two.\\footnote{B.}\\end{document}"
    assert [label for label, *_ in seen(read(tmp_path, text, "draft.tex"))] == ["1", "1"]


def test_latex_reads_its_parts_once_and_not_itself_for_ever(tmp_path):
    (tmp_path / "part.tex").write_text("Two.\\footnote{P.}")
    text = (
        "\\documentclass{article}\\begin{document}One.\\footnote{A.} \\input{part} Three.\\footnote{C.}\\end{document}"
    )
    assert [text for _, text, _ in seen(read(tmp_path, text, "draft.tex"))] == ["A.", "P.", "C."]
    with pytest.raises(DocumentError, match="without end"):
        read(tmp_path, "\\newcommand{\\a}{\\b\\b}\\newcommand{\\b}{\\a\\a}\\a", "loop.tex")


def test_links_of_latex(tmp_path):
    text = "One.\\footnote{\\url{https://a.example.org/x_y?a=5\\%20b\\#c}, \\href{https://b.example.org/\\~{}u}{here}.}"
    (note,) = read(tmp_path, text, "draft.tex").footnotes
    assert note.urls == ("https://a.example.org/x_y?a=5%20b#c", "https://b.example.org/~u")


RAISED = '<style:style style:name="up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"<text:p>One.{odt_note('1', 'A.')} Two.</text:p>", [("1", "A.", ["One."])]),
        (f"<text:p>One.{odt_note('ii', 'A.', 'endnote')}</text:p>", [("ii", "A.", ["One."])]),
        (f"<text:p>One.{odt_note('*', 'A.', more=' text:label=' + chr(34) + '*' + chr(34))}</text:p>", [("*", "A.", ["One."])]),
        (
            f"<text:p>One.{odt_note('1', 'A.')}</text:p><text:p>Two.<text:span text:style-name='up'><text:note-ref "
            "text:ref-name='n1' text:note-class='footnote'>1</text:note-ref></text:span></text:p>",
            [("1", "A.", ["One.", "Two."])],
        ),
        (f"<text:p>O<text:s/>n<text:tab/>e<text:line-break/>.{odt_note('1', 'A.')}</text:p>", [("1", "A.", ["O n e ."])]),
        (
            f"<text:tracked-changes><text:p>Old{odt_note('9', 'X.')}</text:p></text:tracked-changes><text:p>One.{odt_note('1', 'A.')}</text:p>",
            [("1", "A.", ["One."])],
        ),
        (f"<table:table><table:table-row><table:table-cell><text:p>12</text:p><text:p>carts{odt_note('1', 'A.')}</text:p></table:table-cell></table:table-row></table:table>", [("1", "A.", ["12 carts"])]),
        ("<text:p>It held 10<text:span text:style-name='up'>6</text:span> litres.</text:p>", []),
    ],
)  # fmt: skip
def test_opendocument(tmp_path, text, expected):
    assert seen(read(tmp_path, odt(text, RAISED), "draft.odt")) == expected


def test_notes_of_an_epub_stand_in_chapters_or_in_a_part_of_their_own(tmp_path):
    own = '<p>One.<a epub:type="noteref" href="#n1">1</a></p><aside epub:type="footnote" id="n1"><p>1 A.</p></aside>'
    away = '<p>Two.<a id="r2"/><sup><a href="notes.xhtml#n1">1</a></sup></p>'
    notes = '<section epub:type="endnotes"><ol><li id="n1">B. <a href="two.xhtml#r2">back</a></li></ol></section>'
    book = epub({"one.xhtml": own, "two.xhtml": away, "notes.xhtml": notes})
    extraction = read(tmp_path, book, "draft.epub")
    assert seen(extraction) == [("1", "A.", ["One."]), ("1", "B.", ["Two."])]
    assert extraction.document.title == "A book"


def _part(*notes, holder):
    marks = "".join(f'<p>S{n}.<a epub:type="noteref" href="#fn{i}">{i}</a></p>' for i, n in enumerate(notes, 1))
    asides = "".join(f'<aside epub:type="footnote" id="fn{i}"><p>{n}</p></aside>' for i, n in enumerate(notes, 1))
    return f'<section>{marks}</section><section class="{holder}" epub:type="footnotes">{asides}</section>'


@pytest.mark.parametrize(
    ("holder", "labels", "codes"),
    [
        ("footnotes footnotes-end-of-document", ["1", "2", "3", "4", "5"], ["numbered_through"]),
        ("footnotes", ["1", "2", "1", "1", "2"], []),
    ],
)
def test_notes_of_one_document_that_was_cut_into_an_epub_are_counted_through(tmp_path, holder, labels, codes):
    parts = {
        "a.xhtml": _part("A", "See note 5 below.", holder=holder), "b.xhtml": "<p>None.</p>",
        "c.xhtml": _part("C", holder=holder), "d.xhtml": _part("D", "E", holder=holder),
    }  # fmt: skip
    extraction = read(tmp_path, epub(parts), "draft.epub")
    assert [note.label for note in extraction.footnotes] == labels
    assert [warning.code for warning in extraction.warnings if warning.code != "dangling_reference"] == codes
    named = extraction.footnotes[1].citations[0].refers_to
    assert (named == extraction.footnotes[4].id) is (labels[-1] == "5")


def test_notes_that_run_through_the_parts_of_an_epub_keep_their_numbers(tmp_path):
    body = _part("A", "B", holder="footnotes-end-of-document")
    more = body.replace(">1</a>", ">3</a>").replace(">2</a>", ">4</a>").replace("fn", "m")
    extraction = read(tmp_path, epub({"a.xhtml": body, "b.xhtml": more}), "draft.epub")
    assert [note.label for note in extraction.footnotes] == ["1", "2", "3", "4"]
    assert extraction.warnings == ()
