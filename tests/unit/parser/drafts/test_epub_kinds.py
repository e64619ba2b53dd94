# ruff: noqa: E501 - markup as programs write it
"""EPUBs as many programs write them: notes in their chapter, in a part of their own, and links that are none."""

import pytest

from tests.support.draft_files import epub
from verifier.parser import extract

CASES = {}
CASES["notes part epub2"] = (
    {
        "c1.xhtml": '<h1>One</h1><p>S one.<a id="r1" href="notes.xhtml#n1"><sup>1</sup></a></p>',
        "c2.xhtml": '<h1>Two</h1><p>S two.<a id="r2" href="notes.xhtml#n2"><sup>2</sup></a></p>',
        "notes.xhtml": '<h1>Notes</h1><p id="n1"><a href="c1.xhtml#r1">1</a>. Note one.</p><p id="n2"><a href="c2.xhtml#r2">2</a>. Note two.</p>',
    },
    [("1", "Note one.", ["S one."]), ("2", "Note two.", ["S two."])],
)
CASES["notes part by chapter"] = (
    {
        "c1.xhtml": '<p>S one.<sup><a id="r1" href="notes.xhtml#c1n1">1</a></sup></p>',
        "c2.xhtml": '<p>S two.<sup><a id="r1" href="notes.xhtml#c2n1">1</a></sup></p>',
        "notes.xhtml": '<h1>Notes</h1><h2>Chapter 1</h2><p><a id="c1n1" href="c1.xhtml#r1">1.</a> Note one.</p><h2>Chapter 2</h2><p><a id="c2n1" href="c2.xhtml#r1">1.</a> Note two.</p>',
    },
    [("1", "Note one.", ["S one."]), ("1", "Note two.", ["S two."])],
)
CASES["rearnotes list"] = (
    {
        "c1.xhtml": '<p>S one.<a epub:type="noteref" href="n.xhtml#a">1</a></p>',
        "n.xhtml": '<section epub:type="rearnotes"><h1>Notes</h1><ol><li epub:type="rearnote" id="a"><p>Note one. <a epub:type="backlink" href="c1.xhtml">↩</a></p></li></ol></section>',
    },
    [("1", "Note one.", ["S one."])],
)
CASES["asterisks"] = (
    {
        "c1.xhtml": '<p>S one.<a epub:type="noteref" href="#a">*</a> S two.<a epub:type="noteref" href="#b">†</a></p><aside epub:type="footnote" id="a">* Note one.</aside><aside epub:type="footnote" id="b">† Note two.</aside>'
    },
    [("*", "Note one.", ["S one."]), ("†", "Note two.", ["S two."])],
)
CASES["calibre"] = (
    {
        "c1.xhtml": '<p class="calibre3">S one.<span class="calibre5"><a id="rfn1" href="c1.xhtml#fn1" class="calibre6"><sup class="calibre7">[1]</sup></a></span></p><div class="mbp_pagebreak"/><p class="calibre3"><a id="fn1" href="c1.xhtml#rfn1" class="calibre6">[1]</a> Note one.</p>'
    },
    [("1", "Note one.", ["S one."])],
)
CASES["indesign"] = (
    {
        "c1.xhtml": '<p>S one.<span class="CharOverride-1"><a class="_idFootnoteLink _idGenColorInherit" id="footnote-001-backlink" href="c1.xhtml#footnote-001">1</a></span></p><section class="_idFootnotes"><aside id="footnote-001" class="_idFootnote" epub:type="footnote"><p class="Footnote"><a class="_idFootnoteAnchor _idGenColorInherit" href="c1.xhtml#footnote-001-backlink">1</a>\tNote one.</p></aside></section>'
    },
    [("1", "Note one.", ["S one."])],
)
CASES["no notes links between chapters"] = (
    {
        "c1.xhtml": '<p>See chapter <a href="c2.xhtml#s2">2</a>.</p>',
        "c2.xhtml": '<h1 id="s2">2 On tides</h1><p>Text.</p>',
    },
    [],
)


@pytest.mark.parametrize("case", CASES)
def test_notes_are_those_that_a_reader_sees(tmp_path, case):
    chapters, expected = CASES[case]
    (tmp_path / "a.epub").write_bytes(epub(chapters))
    notes = extract(tmp_path / "a.epub").footnotes
    assert [(n.label, n.text, [a.sentence for a in n.anchors]) for n in notes] == expected
