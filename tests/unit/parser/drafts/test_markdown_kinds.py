# ruff: noqa: E501 - sources as people write them
"""Markdown as many people write it: Pandoc's, GitHub's, with tags, with notes that are typed by hand."""

import pytest

from verifier.parser import extract

BIB = """@book{reed04, author={Reed, Ann}, title={On Fees}, year=2004, publisher={Tide Press}, doi={10.5555/ab.1}}
@article{roe05, author={Roe, Bo and Lin, Cy}, title={On Tides}, journal={Sea}, year=2005, url={https://sea.example.org/t}}
"""
CSL = '[{"id": "reed04", "type": "book", "title": "On Fees", "author": [{"family": "Reed", "given": "Ann"}], "DOI": "10.5555/ab.1"}]'

CASES = {
    'note cites key': ('---\nbibliography: r.bib\n---\n\nOne.[^1]\n\n[^1]: See [@reed04, p. 3].\n', [('1', 'See Reed 2004, p. 3.', ['One.'])], {'r.bib': BIB}),
    'bracket cite in text': ('---\nbibliography: r.bib\n---\n\nOne [see @reed04, p. 3; @roe05]. Two.\n', [('', 'On Fees', ['One.']), ('', 'On Tides', ['One.'])], {'r.bib': BIB}),
    'braced key': ('---\nbibliography: r.bib\n---\n\nOne [@{reed04}]. Two [-@roe05].\n', [('', 'On Fees', ['One.']), ('', 'On Tides', ['Two.'])], {'r.bib': BIB}),
    'csl json bib': ('---\nbibliography: r.json\n---\n\nOne [@reed04].\n', [('', 'On Fees', ['One.'])], {'r.json': CSL}),
    'refdefs in note': ('One.[^1]\n\n[^1]: See [the page][p] and [p].\n\n[p]: https://a.example.org/x "T"\n', [('1', 'See the page and p.', ['One.'], ('https://a.example.org/x',))], {}),
    'multi para code': ('One.[^n]\n\n[^n]: A.\n\n    B with `code`.\n\n        verbatim\n\nTwo.\n', [('1', None, ['One.'])], {}),
    'note in heading': ('# On fees[^1]\n\nTwo.[^2]\n\n[^1]: A.\n[^2]: B.\n', [('1', 'A.', ['On fees']), ('2', 'B.', ['Two.'])], {}),
    'inline note w/ link and brackets': ('One.^[See [here](https://a.example.org/x), [sic].] Two.\n', [('1', 'See here, [sic].', ['One.'], ('https://a.example.org/x',))], {}),
    'inline nested emph': ('One^[*A* **b**], two.\n', [('1', 'A b', ['One, two.'])], {}),
    'definitions list': ('Term\n: Def one.[^1]\n\n[^1]: N.\n', [('1', 'N.', ['Def one.'])], {}),
    'nested list': ('- One\n  - Two.[^1]\n\n[^1]: N.\n', [('1', 'N.', ['Two.'])], {}),
    'grid table': ('+---+-----------+\n| A | 12 carts[^1] |\n+---+-----------+\n\n[^1]: N.\n', [('1', 'N.', None)], {}),
    'hard breaks': ('One  \ntwo.[^1]\\\nThree.\n\n[^1]: N.\n', [('1', 'N.', ['One two.'])], {}),
    'html sup manual': ('One.<sup>[1](#n1)</sup> Two.\n\n<a id="n1"></a>1. Note one.\n', [('1', 'Note one.', ['One.'])], {}),
    'html sup anchors': ('One.<sup><a href="#fn1" id="r1">1</a></sup> Two.\n\n<p id="fn1">1. Note one. <a href="#r1">back</a></p>\n', [('1', 'Note one.', ['One.'])], {}),
    'raw numbers list': ('One.[1] Two.[2]\n\n## Notes\n\n1. Note one.\n2. Note two.\n', [('1', 'Note one.', ['One.']), ('2', 'Note two.', ['Two.'])], {}),
    'bracket numbers references': ('One [1]. Two [2].\n\n## References\n\n[1] Reed, On Fees, 2004.\n\n[2] Roe, On Tides, 2005.\n', [('1', 'Reed, On Fees, 2004.', ['One.']), ('2', 'Roe, On Tides, 2005.', ['Two.'])], {}),
    'superscript pandoc ^1^': ('One.^1^ Two.^2^\n\n---\n\n1. Note one.\n2. Note two.\n', [('1', 'Note one.', ['One.']), ('2', 'Note two.', ['Two.'])], {}),
    'unicode sup': ('One.\xb9 Two.\xb2\n\n\xb9 Note one.\n\n\xb2 Note two.\n', [('1', 'Note one.', ['One.']), ('2', 'Note two.', ['Two.'])], {}),
    'mmd style citation': ('One.[^1] Two.[^1]\n\n[^1]: N.\n', [('1', 'N.', ['One.', 'Two.'])], {}),
    'indented def continuing': ('One.[^1]\n\n[^1]:\n    First line.\n    Second line.\n', [('1', 'First line. Second line.', ['One.'])], {}),
    'def before text': ('[^1]: N.\n\nOne.[^1]\n', [('1', 'N.', ['One.'])], {}),
    'punct after': ('One[^1], two[^2]; three.[^3]\n\n[^1]: A.\n[^2]: B.\n[^3]: C.\n', [('1', 'A.', ['One, two; three.']), ('2', 'B.', ['One, two; three.']), ('3', 'C.', ['One, two; three.'])], {}),
    'escaped bracket in def': ('One.[^1]\n\n[^1]: See \\[sic\\] p. 3\\*.\n', [('1', 'See [sic] p. 3*.', ['One.'])], {}),
    'smart quotes+footnote': ('"One," she said.[^1] \'Two\'...\n\n[^1]: N---x.\n', [('1', 'N—x.', ['"One," she said.'])], {}),
    'strikeout': ('One ~~two~~ three.[^1]\n\n[^1]: N.\n', [('1', 'N.', ['One two three.'])], {}),
    'critic markup': ('One {++more++} {--less--} went.[^1]\n\n[^1]: N.\n', [('1', 'N.', ['One more went.'])], {}),
    'html comment': ('One.<!-- no[^9] -->[^1]\n\n[^1]: N.\n', [('1', 'N.', ['One.'])], {}),
    'autolink in note': ('One.[^1]\n\n[^1]: Reed 2004, https://a.example.org/x_(y)?a=1&b=2.\n', [('1', 'Reed 2004, https://a.example.org/x_(y)?a=1&b=2.', ['One.'], ('https://a.example.org/x_(y)?a=1&b=2',))], {}),
    'image alt link': ('One.[^1]\n\n[^1]: ![alt](img.png) text [![b](b.png)](https://a.example.org/b).\n', [('1', None, ['One.'], ('https://a.example.org/b',))], {}),
    'title block pandoc': ('% Title\n% Author\n% 2020\n\nOne.[^1]\n\n[^1]: N.\n', [('1', 'N.', ['One.'])], {}),
    'quote with note': ('> One went. Two.[^1]\n\n[^1]: N.\n', [('1', 'N.', ['Two.'])], {}),
    'attrs and divs': ('::: {.box}\nOne.[^1]{.x}\n:::\n\n[^1]: N.\n', [('1', 'N.', ['One.'])], {}),
    'figure caption note': ('![Carts by year.[^1]](a.png)\n\n[^1]: N.\n', [('1', 'N.', ['Carts by year.'])], {}),
    'math dollars': ('It grew by $4.5\\%$ to $10^6$.[^1]\n\n[^1]: N.\n', [('1', 'N.', ['It grew by 4.5% to 10^6.'])], {}),
    'note key with space/colon': ('One.[^a:b-c_d] Two.[^\xe9]\n\n[^a:b-c_d]: A.\n[^\xe9]: B.\n', [('1', 'A.', ['One.']), ('2', 'B.', ['Two.'])], {}),
    'tab indented': ('One.[^1]\n\n[^1]:\tA.\n\n\tB.\n\nTwo.\n', [('1', 'A. B.', ['One.'])], {}),
    'list in note': ('One.[^1]\n\n[^1]: A:\n\n    - b\n    - c\n\nTwo.\n', [('1', 'A: b c', ['One.'])], {}),
    'abbrev link text in brackets 3': ('See [3] of the list and the range [1-3].\n\n', [], {}),
    "simple table": ("  Year   Carts\n------ ------------\n  2001   12 carts[^1]\n  2002   9\n\n  : Carts by year.[^2]\n\n[^1]: T.\n\n[^2]: C.\n", [("1", "T.", ["12 carts"]), ("2", "C.", ["Carts by year."])], {}),
    "escapes of an address": ("One.[^1]\n\n[^1]: <https://a.example.org/%20b?c=%C3%A9>\n", [("1", "https://a.example.org/%20b?c=%C3%A9", ["One."])], {}),
    "rule that is no table": ("One.[^1]\n\n--- ---\n\nTwo.\n\n[^1]: N.\n", [("1", "N.", ["One."])], {}),
}  # fmt: skip


def read(tmp_path, text, beside):
    for name, content in beside.items():
        (tmp_path / name).write_text(content)
    (tmp_path / "draft.md").write_text(text)
    return extract(tmp_path / "draft.md")


@pytest.mark.parametrize("case", CASES)
def test_notes_are_those_that_are_printed(tmp_path, case):
    """Of each note: its label (free where it is empty), its text (or words of it, or None), sentences, addresses."""
    text, expected, beside = CASES[case]
    notes = read(tmp_path, text, beside).footnotes
    assert len(notes) == len(expected)
    for note, (label, words, sentences, *urls) in zip(notes, expected, strict=True):
        assert note.label == (label or note.label)
        assert (words or "") in note.text
        assert note.text == (words if words and label else note.text)
        assert [anchor.sentence for anchor in note.anchors] == (sentences or [a.sentence for a in note.anchors])
        assert note.urls == (urls[0] if urls else note.urls)


def test_works_that_a_note_names_are_the_notes(tmp_path):
    text, _, beside = CASES["note cites key"]
    (note,) = read(tmp_path, text, beside).footnotes
    assert [(c.title, c.identifiers) for c in note.citations] == [("On Fees", ("doi:10.5555/ab.1",))]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("It costs $5 (US$) now.", "It costs $5 (US$) now."),
        ("From $5-$10 it rose.", "From $5-$10 it rose."),
        ("It is $x^2$ large.", "It is x2 large."),
        ("It is $4.5$ large.", "It is 4.5 large."),
        ("Use {++x++} or {~~old~>new~~} now.{>>why?<<}", "Use x or new now."),
    ],
)
def test_money_is_no_formula_and_changes_are_accepted(tmp_path, text, sentence):
    (note,) = read(tmp_path, f"{text}[^1]\n\n[^1]: N.\n", {}).footnotes
    assert note.anchors[0].sentence == sentence
