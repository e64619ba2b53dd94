# ruff: noqa: E501 - markup as its makers write it
"""Web pages of many makers: markers, notes, and what only looks like them."""

import pytest

from verifier.parser import extract

BACK = '<a href="#r1">↩</a>'


def read(tmp_path, html, name="page.html"):
    file = tmp_path / name
    file.write_bytes(html if isinstance(html, bytes) else f"<!DOCTYPE html><meta charset=utf-8>{html}".encode())
    return extract(file)


def seen(extraction):
    return [(note.label, note.text, [anchor.sentence for anchor in note.anchors]) for note in extraction.footnotes]


ONE = [("1", "Ledger 1.", ["Before. Carts went by.".partition(" ")[2]])]

MAKERS = {
    "pandoc": '<p>Before. Carts went by.<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> '
    'After.</p><section class="footnotes" role="doc-endnotes"><hr><ol><li id="fn1"><p>Ledger 1.<a href="#fnref1" '
    'class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>',
    "wordpress core": '<p>Before. Carts went by.<sup data-fn="ab-1" class="fn"><a href="#ab-1" id="ab-1-link">1</a></sup> '
    'After.</p><ol class="wp-block-footnotes"><li id="ab-1">Ledger 1. <a href="#ab-1-link" '
    'aria-label="Jump to footnote reference 1">↩︎</a></li></ol>',
    "wordpress easy footnotes": '<p>Before. Carts went by.<span id="easy-footnote-1-7" class="easy-footnote-margin-adjust">'
    '</span><span class="easy-footnote"><a href="#easy-footnote-bottom-1-7" title="Ledger 1."><sup>1</sup></a></span> '
    'After.</p><ol class="easy-footnotes-wrapper"><li class="easy-footnote-single"><span id="easy-footnote-bottom-1-7" '
    'class="easy-footnote-margin-adjust"></span>Ledger 1.<a class="easy-footnote-to-top" href="#easy-footnote-1-7"></a>'
    "</li></ol>",
    "modern footnotes": '<p>Before. Carts went by.<sup class="modern-footnotes-footnote" data-mfn="1"><a '
    'href="javascript:void(0)" role="button">1</a></sup><span class="modern-footnotes-footnote__note" data-mfn="1">Ledger 1.'
    "</span> After.</p>",
    "mediawiki": '<p>Before. Carts went by.<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span>[</span>1'
    '<span>]</span></a></sup> After.</p><ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><b><a '
    'href="#cite_ref-1" aria-label="Jump up">^</a></b></span> <span class="reference-text">Ledger 1.</span></li></ol>',
    "asciidoctor": '<p>Before. Carts went by.<sup class="footnote">[<a id="_footnoteref_1" class="footnote" '
    'href="#_footnotedef_1" title="View footnote.">1</a>]</sup> After.</p><div id="footnotes"><hr><div class="footnote" '
    'id="_footnotedef_1"><a href="#_footnoteref_1">1</a>. Ledger 1.</div></div>',
    "docutils": '<p>Before. Carts went by. <a class="footnote-reference brackets" href="#footnote-1" id="footnote-reference-1">'
    '1</a> After.</p><aside class="footnote-list brackets"><aside class="footnote brackets" id="footnote-1" role="doc-footnote">'
    '<span class="label"><span class="fn-bracket">[</span><a href="#footnote-reference-1">1</a><span class="fn-bracket">]'
    "</span></span><p>Ledger 1.</p></aside></aside>",
    "libreoffice": '<p>Before. Carts went by.<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup>'
    '</a> After.</p><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" '
    'href="#sdfootnote1anc">1</a> Ledger 1.</p></div>',
    "google docs": '<p>Before. Carts went by.<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup> After.</p><hr><div><p><a '
    'href="#ftnt_ref1" id="ftnt1">[1]</a> Ledger 1.</p></div>',
    "table rows": '<p>Before. Carts went by.<sup><a href="#n1" id="b1">1</a></sup> After.</p><table><tr><td id="n1">1.</td>'
    "<td>Ledger 1.</td></tr></table>",
    "definition list": '<p>Before. Carts went by.<a href="#f1" id="b1">[1]</a> After.</p><dl><dt id="f1"><a href="#b1">[1]</a>'
    "</dt><dd><p>Ledger 1.</p></dd></dl>",
    "hugo": '<p>Before. Carts went by.<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup> '
    'After.</p><div class="footnotes" role="doc-endnotes"><hr><ol><li id="fn:1"><p>Ledger 1.&#160;<a href="#fnref:1" '
    'class="footnote-backref" role="doc-backlink">&#x21a9;&#xfe0e;</a></p></li></ol></div>',
    "absolute addresses": '<p>Before. Carts went by.<sup><a href="https://blog.example.org/post/#fn-1" id="r1">1</a></sup> After.'
    f'</p><ol><li id="fn-1">Ledger 1. {BACK}</li></ol>',
    "quarto margin": '<p>Before. Carts went by.<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup>'
    '</a> After.</p><div class="no-row-height column-margin"><div id="fn1"><p><sup>1</sup>&nbsp;Ledger 1.</p></div></div>',
    "gwern sidenote": '<p>Before. Carts went by.<label for="sn-a" class="margin-toggle sidenote-number"></label><input '
    'type="checkbox" id="sn-a" class="margin-toggle"><span class="sidenote">Ledger 1.</span> After.</p>',
    "word filtered": '<p class=MsoNormal>Before. Carts went by.<a href="#_ftn1" name="_ftnref1" title=""><span '
    "class=MsoFootnoteReference><span class=MsoFootnoteReference>[1]</span></span></a> After.</p><div><br clear=all><hr>"
    '<div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1" title=""><span class=MsoFootnoteReference><span '
    "class=MsoFootnoteReference>[1]</span></span></a> Ledger 1.</p></div></div>",
    "old web": '<p>Before. Carts went by.<a href="#1"><sup>1</sup></a> After.</p><h3>Notes</h3><p><a name="1">1.</a> Ledger 1.</p>',
    "scholarly": '<p>Before. Carts went by.<a class="xref fn" href="#FN1"><sup>1</sup></a> After.</p><div class="fn-group"><p '
    'id="FN1"><sup>1</sup>Ledger 1.</p></div>',
    "typed": "<p>Before. Carts went by.<sup>1</sup> After.</p><h2>Notes</h2><p><sup>1</sup> Ledger 1.</p>",
    "typed list": "<p>Before. Carts went by.<sup>[1]</sup> After.</p><h2>Notes</h2><p>[1] Ledger 1.</p>",
    "typed numbers": "<p>Before. Carts went by.<sup>1</sup> After.</p><h2>Notes</h2><p>1. Ledger 1.</p>",
    "substack": '<p>Before. Carts went by.<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a> After.</p>'
    '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a><div '
    'class="footnote-content"><p>Ledger 1.</p></div></div>',
    "medium": "<p>Before. Carts went by.<sup>¹</sup> After.</p><p>¹ Ledger 1.</p>",
    "bigfoot": '<p>Before. Carts went by.<sup id="fnref:1"><a href="#fn:1" rel="footnote">1</a></sup> After.</p><div '
    'class="footnotes"><ol><li class="footnote" id="fn:1"><p>Ledger 1. <a href="#fnref:1" title="return to article"> ↩</a></p>'
    "</li></ol></div>",
}


@pytest.mark.parametrize("maker", MAKERS)
def test_notes_of_each_maker(tmp_path, maker):
    assert seen(read(tmp_path, MAKERS[maker])) == ONE


def test_a_note_that_is_cited_twice_has_two_anchors(tmp_path):
    html = (
        '<p>One.<sup id="cite_ref-a_1-0" class="reference"><a href="#cite_note-a-1">[1]</a></sup></p><p>Two.<sup '
        'id="cite_ref-a_1-1" class="reference"><a href="#cite_note-a-1">[1]</a></sup></p><ol><li id="cite_note-a-1"><span '
        'class="mw-cite-backlink">^ <a href="#cite_ref-a_1-0"><sup><i><b>a</b></i></sup></a> <a href="#cite_ref-a_1-1"><sup>'
        "<i><b>b</b></i></sup></a></span> <span>Ledger.</span></li></ol>"
    )
    assert seen(read(tmp_path, html)) == [("1", "Ledger.", ["One.", "Two."])]


def test_markers_that_follow_each_other_share_a_sentence_without_their_commas(tmp_path):
    html = (
        '<p>Carts went by.<sup><a href="#fn1" id="r1">1</a>,</sup> <sup><a href="#fn2" id="r2">2</a></sup> More.</p><ol>'
        '<li id="fn1">A. <a href="#r1">↩</a></li><li id="fn2">B. <a href="#r2">↩</a></li></ol>'
    )
    assert seen(read(tmp_path, html)) == [("1", "A.", ["Carts went by."]), ("2", "B.", ["Carts went by."])]


@pytest.mark.parametrize(
    "html",
    [
        '<nav><a href="#one">1</a></nav><h2 id="one">One</h2><p>Text.</p>',
        '<p>See part <a href="#two">2</a>.</p><h2 id="two">Two</h2><p>Text.</p>',
        '<ul><li><a href="#s1">1</a></li></ul><section id="s1"><h2>One</h2><p>Text.</p></section>',
        "<p>It held 10<sup>6</sup> litres on 5 m<sup>2</sup>, the 21<sup>st</sup>.</p><ol><li>An item.</li></ol>",
        "<p>x<sub>1</sub> is CO<sub>2</sub>.</p><p>2 carts went by.</p>",
        '<!-- <sup><a href="#fn9">9</a></sup> --><p>Text.</p><ol><li id="fn9">Nine.</li></ol>',
        "<pre>x[1] = y[2]</pre><p>Text.</p>",
        '<p><a href="#top">^</a> <a href="#c1">3</a> comments</p><div id="c1" class="comment"><p>First!</p></div>',
    ],
)
def test_what_only_looks_like_a_note(tmp_path, html):
    assert seen(read(tmp_path, html)) == []


def test_notes_of_several_paragraphs_are_whole(tmp_path):
    html = (
        '<p>Carts.<a href="#note-1" id="b1">[1]</a> Vans.<a href="#note-2" id="b2">[2]</a></p><h3>Notes</h3><p id="note-1">[1] '
        'One.</p><p>More of one.</p><p id="note-2">[2] Two.</p><p>No note at all.</p>'
    )
    assert [(label, text) for label, text, _ in seen(read(tmp_path, html))] == [
        ("1", "One. More of one."),
        ("2", "Two."),
    ]


def test_a_note_that_begins_with_a_figure_keeps_it(tmp_path):
    html = '<p>Carts.<sup><a href="#fn9" id="r9">9</a></sup></p><ol><li id="fn9">18 U.S.C. § 1030. <a href="#r9">↩</a></li></ol>'
    assert seen(read(tmp_path, html))[0][1] == "18 U.S.C. § 1030."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_pages_in_other_encodings(tmp_path, encoding):
    html = (
        '<p>Le rôle.<sup><a href="#fn1" id="r1">1</a></sup></p><ol><li id="fn1">Été. <a href="#r1">back</a></li></ol>'
    )
    assert seen(read(tmp_path, html.encode(encoding))) == [("1", "Été.", ["Le rôle."])]


def test_nothing_outside_is_named_as_a_source_of_the_notes(tmp_path):
    html = (
        '<base href="https://evil.example.org/"><p>One.<sup><a href="#fn1" id="r1">1</a></sup></p><ol><li id="fn1"><a '
        'href="file:///etc/passwd">A</a> <a href="\\\\host\\share">B</a> <a href="//cdn.example.org/x">C</a></li></ol>'
    )
    assert read(tmp_path, html).footnotes[0].urls == ("https://cdn.example.org/x",)
