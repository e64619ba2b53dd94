# ruff: noqa: E501 - markup as programs write it
"""OpenDocument as LibreOffice writes it: places of notes, changes, hidden parts, fields."""

import pytest

from tests.support.draft_files import odt, odt_note
from verifier.parser import extract

CASES = {}


def c(name, body, exp, styles=""):
    CASES[name] = (odt(body, styles), exp)


def p(words):
    return f"<text:p>{words}</text:p>"


n = odt_note
c("heading", f'<text:h text:outline-level="1">On fees{n("1", "A.")}</text:h>', [("1", "A.", ["On fees"])])
c(
    "list",
    f"<text:list><text:list-item>{p('First.' + n('1', 'A.'))}</text:list-item></text:list>",
    [("1", "A.", ["First."])],
)
c("section", f"<text:section>{p('One.' + n('1', 'A.'))}</text:section>", [("1", "A.", ["One."])])
c(
    "frame text box",
    p("Before.")
    + p(
        '<draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><draw:text-box>'
        + p("In box." + n("1", "A."))
        + "</draw:text-box></draw:frame>"
    ),
    [("1", "A.", ["In box."])],
)
c(
    "annotation",
    p(
        'One<office:annotation><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">x</dc:creator><text:p>comment text</text:p></office:annotation> two.'
        + n("1", "A.")
    ),
    [("1", "A.", ["One two."])],
)
c(
    "annotation ranged",
    p(
        'One<office:annotation office:name="a"><text:p>c</text:p></office:annotation> two<office:annotation-end office:name="a"/>.'
        + n("1", "A.")
    ),
    [("1", "A.", ["One two."])],
)
tc = "<text:tracked-changes>%s</text:tracked-changes>"
c(
    "insertion",
    tc % '<text:changed-region text:id="c1"><text:insertion/></text:changed-region>'
    + p('One <text:change-start text:change-id="c1"/>more<text:change-end text:change-id="c1"/>.' + n("1", "A.")),
    [("1", "A.", ["One more."])],
)
c(
    "deletion",
    tc
    % (
        '<text:changed-region text:id="c1"><text:deletion>'
        + p("gone" + n("9", "X."))
        + "</text:deletion></text:changed-region>"
    )
    + p('One <text:change text:change-id="c1"/>two.' + n("1", "A.")),
    [("1", "A.", ["One two."])],
)
c(
    "inserted note",
    tc % '<text:changed-region text:id="c1"><text:insertion/></text:changed-region>'
    + p('One.<text:change-start text:change-id="c1"/>' + n("1", "A.") + '<text:change-end text:change-id="c1"/>'),
    [("1", "A.", ["One."])],
)
c(
    "hidden text",
    p(
        'One <text:hidden-text text:condition="true" text:is-hidden="true" text:string-value="x">secret</text:hidden-text>two.'
        + n("1", "A.")
    ),
    [("1", "A.", ["One two."])],
)
c(
    "hidden span style",
    p('One <text:span text:style-name="h">secret </text:span>two.' + n("1", "A.")),
    [("1", "A.", ["One two."])],
    '<style:style style:name="h" style:family="text"><style:text-properties text:display="none"/></style:style>',
)
c(
    "bookmark ref",
    p("One." + n("1", "A."))
    + p(
        'See note <text:note-ref text:note-class="footnote" text:reference-format="text" text:ref-name="n1">1</text:note-ref>.'
        + n("2", "B.")
    ),
    [("1", "A.", ["One."]), ("2", "B.", ["See note 1."])],
)
c(
    "multi par + list in note",
    p(
        'One.<text:note text:id="f" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>A.</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></text:note-body></text:note>'
    ),
    [("1", "A. b", ["One."])],
)
c(
    "link in note",
    p("One." + n("1", 'See <text:a xlink:href="https://a.example.org/x#y">here</text:a>.')),
    [("1", "See here.", ["One."])],
)
c(
    "table nested",
    "<table:table><table:table-row><table:table-cell><table:table><table:table-row><table:table-cell>"
    + p("In" + n("1", "A."))
    + "</table:table-cell></table:table-row></table:table></table:table-cell></table:table-row></table:table>",
    [("1", "A.", ["In"])],
)
c(
    "header rows",
    "<table:table><table:table-header-rows><table:table-row><table:table-cell>"
    + p("Head" + n("1", "A."))
    + "</table:table-cell></table:table-row></table:table-header-rows></table:table>",
    [("1", "A.", ["Head"])],
)
c(
    "fields",
    p("On <text:date>2 May 2020</text:date> page <text:page-number>3</text:page-number> it rose." + n("1", "A.")),
    [("1", "A.", ["On 2 May 2020 page 3 it rose."])],
)
c(
    "bibliography mark",
    p(
        'One <text:bibliography-mark text:bibliography-type="book" text:identifier="Reed04" text:title="On Fees" text:author="Reed, Ann" text:year="2004" text:url="https://t.example.org/f">[Reed04]</text:bibliography-mark>.'
    ),
    [("", "On Fees", ["One [Reed04]."])],
)
c(
    "zotero ref mark",
    p(
        'One <text:reference-mark-start text:name="ZOTERO_ITEM CSL_CITATION {&quot;citationItems&quot;:[{&quot;id&quot;:1,&quot;itemData&quot;:{&quot;type&quot;:&quot;book&quot;,&quot;title&quot;:&quot;On Fees&quot;,&quot;DOI&quot;:&quot;10.5555/ab.1&quot;,&quot;author&quot;:[{&quot;family&quot;:&quot;Reed&quot;}]}}]} RNDabc"/>(Reed)<text:reference-mark-end text:name="ZOTERO_ITEM CSL_CITATION {&quot;citationItems&quot;:[{&quot;id&quot;:1,&quot;itemData&quot;:{&quot;type&quot;:&quot;book&quot;,&quot;title&quot;:&quot;On Fees&quot;,&quot;DOI&quot;:&quot;10.5555/ab.1&quot;,&quot;author&quot;:[{&quot;family&quot;:&quot;Reed&quot;}]}}]} RNDabc"/>.'
    ),
    [("", "On Fees", ["One (Reed)."])],
)
c(
    "toc not text",
    "<text:table-of-content><text:index-body>"
    + p("Chapter one 3")
    + "</text:index-body></text:table-of-content>"
    + p("One." + n("1", "A.")),
    [("1", "A.", ["One."])],
)
c("spaces tabs", p('O<text:s text:c="3"/>n<text:tab/>e.' + n("1", "A.")), [("1", "A.", ["O n e."])])
c("soft page break", p("On<text:soft-page-break/>e." + n("1", "A.")), [("1", "A.", ["One."])])
c(
    "endnotes roman + foot",
    p("One." + n("i", "E.", "endnote")) + p("Two." + n("1", "F.")),
    [("i", "E.", ["One."]), ("1", "F.", ["Two."])],
)
c(
    "ruby",
    p(
        "<text:ruby><text:ruby-base>Kanji</text:ruby-base><text:ruby-text>kana</text:ruby-text></text:ruby> word."
        + n("1", "A.")
    ),
    [("1", "A.", ["Kanji word."])],
)
c(
    "super power",
    p('10<text:span text:style-name="up">6</text:span> l.' + n("1", "A.")),
    [("1", "A.", ["10^6 l."])],
    '<style:style style:name="up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>',
)
c(
    "meta field / user var",
    p('<text:variable-set text:name="x" text:display="none" office:value="3">3</text:variable-set>One.' + n("1", "A.")),
    [("1", "A.", ["One."])],
)
c(
    "conditional para hidden section",
    '<text:section text:display="none">' + p("Gone." + n("1", "X.")) + "</text:section>" + p("One." + n("2", "A.")),
    [("2", "A.", ["One."])],
)
c(
    "ins para",
    tc % ('<text:changed-region text:id="c1"><text:deletion><text:p/><text:p/></text:deletion></text:changed-region>')
    + p('One<text:change text:change-id="c1"/> two.' + n("1", "A.")),
    [("1", "A.", ["One two."])],
)


@pytest.mark.parametrize("case", CASES)
def test_notes_are_those_that_are_printed(tmp_path, case):
    """Of each note: its label (free where it is empty), its text (or words of it), its sentences."""
    data, expected = CASES[case]
    (tmp_path / "draft.odt").write_bytes(data)
    notes = extract(tmp_path / "draft.odt").footnotes
    assert len(notes) == len(expected)
    for note, (label, words, sentences) in zip(notes, expected, strict=True):
        assert note.label == (label or note.label)
        assert words in note.text
        assert note.text == (words if label else note.text)
        assert [anchor.sentence for anchor in note.anchors] == sentences
