# ruff: noqa: E501 - markup as programs write it
"""Word as many programs write it: marks, sections, changes, fields of reference managers, what stands between."""

import base64
import html
import json

import pytest

from tests.support.draft_files import docx, paragraph, ref, relationships, run, word_note
from verifier.parser import extract

NOTES = "".join(word_note(n, run(f"Source {n}.")) for n in range(1, 9))
ENDS = "".join(word_note(n, run(f"End {n}."), kind="endnote") for n in range(1, 9))
CASES = {}


def c(name, body, exp, notes=NOTES, **k):
    CASES[name] = (docx(body, notes, **k), exp)


def fld(code, *shown):
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">{html.escape(code, quote=False)}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{"".join(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def sect(pr):
    return f"<w:sectPr>{pr}</w:sectPr>"


P = paragraph
c(
    "custom mark symbol",
    P(
        run("One."),
        '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:sym w:font="Symbol" w:char="F02A"/></w:r>',
    )
    + P(run("Two."), ref(2)),
    [("∗", "Source 1.", ["One."]), ("1", "Source 2.", ["Two."])],
)
c(
    "custom mark text",
    P(run("One."), '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>†</w:t></w:r>'),
    [("†", "Source 1.", ["One."])],
    notes='<w:footnote w:id="1"><w:p><w:r><w:t>†</w:t></w:r><w:r><w:t xml:space="preserve"> Source 1.</w:t></w:r></w:p></w:footnote>',
)
c(
    "numfmt ordinalish",
    P(run("One."), ref(1)) + P(run("Two."), ref(2)),
    [("01", "Source 1.", None), ("02", "Source 2.", None)],
    settings='<w:footnotePr><w:numFmt w:val="decimalZero"/></w:footnotePr>',
)
c(
    "numfmt upperroman start",
    P(run("One."), ref(1)),
    [("IV", "Source 1.", None)],
    settings='<w:footnotePr><w:numFmt w:val="upperRoman"/><w:numStart w:val="4"/></w:footnotePr>',
)
c(
    "sections restart w/ start",
    P(run("One."), ref(1))
    + P(properties=sect('<w:footnotePr><w:numStart w:val="3"/></w:footnotePr>'))
    + P(run("Two."), ref(2))
    + sect('<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'),
    [("3", "Source 1.", None), ("1", "Source 2.", None)],
)
c(
    "endnote fmt",
    P(run("One."), ref(1, "endnote")) + P(run("Two."), ref(1)),
    [("A", "End 1.", None), ("1", "Source 1.", None)],
    endnotes=ENDS,
    settings='<w:endnotePr><w:numFmt w:val="upperLetter"/></w:endnotePr>',
)
c(
    "table cell",
    "<w:tbl><w:tr><w:tc>"
    + P(run("Year"))
    + "</w:tc><w:tc>"
    + P(run("12 carts"), ref(1))
    + P(run("and more"))
    + "</w:tc></w:tr></w:tbl>",
    [("1", "Source 1.", ["12 carts and more"])],
)
c(
    "sdt block+run",
    "<w:sdt><w:sdtPr/><w:sdtContent>"
    + P(run("One."), "<w:sdt><w:sdtContent>" + ref(1) + "</w:sdtContent></w:sdt>")
    + "</w:sdtContent></w:sdt>",
    [("1", "Source 1.", ["One."])],
)
c(
    "smartTag customXml",
    P(
        '<w:smartTag w:element="x">' + run("One.") + "</w:smartTag>",
        '<w:customXml w:element="y">' + ref(1) + "</w:customXml>",
    ),
    [("1", "Source 1.", ["One."])],
)
c(
    "ins note",
    P(run("One."), '<w:ins w:id="9" w:author="a">' + ref(1) + "</w:ins>") + P(run("Two."), ref(2)),
    [("1", "Source 1.", ["One."]), ("2", "Source 2.", ["Two."])],
)
c(
    "del note",
    P(run("One."), '<w:del w:id="9" w:author="a">' + ref(1) + "</w:del>") + P(run("Two."), ref(2)),
    [("1", "Source 2.", ["Two."])],
)
c(
    "moved",
    P(
        '<w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFrom w:id="2">'
        + run("Moved one.")
        + ref(1)
        + '</w:moveFrom><w:moveFromRangeEnd w:id="1"/>'
    )
    + P(run("Two."), ref(2))
    + P(
        '<w:moveToRangeStart w:id="3" w:name="m"/><w:moveTo w:id="4">'
        + run("Moved one.")
        + ref(3)
        + '</w:moveTo><w:moveToRangeEnd w:id="3"/>'
    ),
    [("1", "Source 2.", ["Two."]), ("2", "Source 3.", ["Moved one."])],
)
c(
    "del in note",
    P(run("One."), ref(1)),
    [("1", "New words.", ["One."])],
    notes=word_note(
        1,
        '<w:del w:id="1"><w:r><w:delText>Old</w:delText></w:r></w:del><w:ins w:id="2">' + run("New") + "</w:ins>",
        run(" words."),
    ),
)
c(
    "deleted row",
    '<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>'
    + P(run("Gone"), ref(1))
    + "</w:tc></w:tr><w:tr><w:tc>"
    + P(run("Kept"), ref(2))
    + "</w:tc></w:tr></w:tbl>",
    [("1", "Source 2.", ["Kept"])],
)
c(
    "deleted para mark",
    P(run("One "), properties='<w:rPr><w:del w:id="1"/></w:rPr>') + P(run("goes on."), ref(1)),
    [("1", "Source 1.", ["One goes on."])],
)
c(
    "noteref",
    P(run("One."), '<w:bookmarkStart w:id="0" w:name="_Ref1"/>', ref(1), '<w:bookmarkEnd w:id="0"/>')
    + P(run("Two."), fld(" NOTEREF _Ref1 \\f \\h ", run("1", '<w:vertAlign w:val="superscript"/>')), run(" Three.")),
    [("1", "Source 1.", ["One.", "Two."])],
)
c(
    "noteref in words",
    P(run("One."), '<w:bookmarkStart w:id="0" w:name="_Ref1"/>', ref(1), '<w:bookmarkEnd w:id="0"/>')
    + P(run("As in note "), fld(" NOTEREF _Ref1 \\h ", run("1")), run(", two."), ref(2)),
    [("1", "Source 1.", ["One."]), ("2", "Source 2.", ["As in note 1, two."])],
)
c(
    "hyperlink field",
    P(run("One."), ref(1)),
    [("1", "See the page.", ["One."], ("https://a.example.org/x#y",))],
    notes=word_note(1, run("See "), fld(' HYPERLINK "https://a.example.org/x" \\l "y" ', run("the page")), run(".")),
)
c(
    "fldSimple",
    P(run("One."), ref(1)),
    [("1", "See here.", ["One."], ("https://a.example.org/x",))],
    notes=word_note(
        1,
        run("See "),
        '<w:fldSimple w:instr=" HYPERLINK &quot;https://a.example.org/x&quot; ">' + run("here") + "</w:fldSimple>",
        run("."),
    ),
)
csl = {
    "citationID": "a",
    "properties": {"formattedCitation": "(Reed 2004)"},
    "citationItems": [
        {
            "id": 1,
            "itemData": {
                "id": 1,
                "type": "book",
                "title": "On Fees",
                "author": [{"family": "Reed", "given": "Ann"}],
                "issued": {"date-parts": [["2004"]]},
                "DOI": "10.5555/ab.1",
            },
            "locator": "12",
        }
    ],
}
c(
    "zotero body",
    P(
        run("One "),
        fld(" ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps(csl) + " ", run("(Reed 2004, 12)")),
        run(". Two."),
    ),
    [("", "On Fees", ["One (Reed 2004, 12)."])],
)
c(
    "zotero note",
    P(run("One."), ref(1)),
    [("1", "Reed, On Fees, 12.", ["One."])],
    notes=word_note(
        1,
        fld(
            " ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps(csl) + " ",
            run("Reed, "),
            run("On Fees", "<w:i/>"),
            run(", 12."),
        ),
    ),
)
c(
    "zotero bibl ignored",
    P(run("One."), ref(1))
    + P(fld(' ADDIN ZOTERO_BIBL {"custom":[]} CSL_BIBLIOGRAPHY ', run("Reed, Ann. On Fees. 2004."))),
    [("1", "Source 1.", ["One."])],
)
c(
    "mendeley sdt",
    P(
        run("One "),
        '<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_'
        + base64.b64encode(
            json.dumps(
                {
                    "citationID": "M",
                    "citationItems": [
                        {
                            "id": "1",
                            "itemData": {
                                "type": "book",
                                "id": "1",
                                "title": "On Fees",
                                "DOI": "10.5555/ab.1",
                                "author": [{"family": "Reed", "given": "Ann"}],
                            },
                        }
                    ],
                }
            ).encode()
        ).decode()
        + '"/></w:sdtPr><w:sdtContent>'
        + run("(Reed)")
        + "</w:sdtContent></w:sdt>",
        run("."),
    ),
    [("", "On Fees", ["One (Reed)."])],
)
en = "<EndNote><Cite><Author>Reed</Author><Year>2004</Year><RecNum>7</RecNum><record><rec-number>7</rec-number><contributors><authors><author>Reed, Ann</author></authors></contributors><titles><title>On Fees</title></titles><dates><year>2004</year></dates><electronic-resource-num>10.5555/ab.1</electronic-resource-num></record></Cite></EndNote>"
c(
    "endnote field",
    P(run("One "), fld(" ADDIN EN.CITE " + en + " ", run("(Reed, 2004)")), run(".")),
    [("", "On Fees", ["One (Reed, 2004)."])],
)
c(
    "endnote flddata",
    P(
        run("One "),
        '<w:r><w:fldChar w:fldCharType="begin"><w:fldData xml:space="preserve">'
        + base64.b64encode(en.encode()).decode()
        + '</w:fldData></w:fldChar></w:r><w:r><w:instrText xml:space="preserve"> ADDIN EN.CITE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="begin"><w:fldData xml:space="preserve">'
        + base64.b64encode(en.encode()).decode()
        + '</w:fldData></w:fldChar></w:r><w:r><w:instrText xml:space="preserve"> ADDIN EN.CITE.DATA </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("(Reed, 2004)")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        run("."),
    ),
    [("", "On Fees", ["One (Reed, 2004)."])],
)
src = '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source><b:Tag>Ree04</b:Tag><b:SourceType>Book</b:SourceType><b:Title>On Fees</b:Title><b:Year>2004</b:Year><b:Author><b:Author><b:NameList><b:Person><b:Last>Reed</b:Last><b:First>Ann</b:First></b:Person></b:NameList></b:Author></b:Author></b:Source></b:Sources>'
c(
    "word sources",
    P(
        run("One "),
        "<w:sdt><w:sdtPr><w:citation/></w:sdtPr><w:sdtContent>"
        + fld(" CITATION Ree04 \\p 12 \\l 1033 ", run("(Reed, 2004, p. 12)"))
        + "</w:sdtContent></w:sdt>",
        run("."),
    ),
    [("", "On Fees", ["One (Reed, 2004, p. 12)."])],
    extra={"customXml/item1.xml": src, "customXml/_rels/item1.xml.rels": relationships([])},
    links=[("rX", "customXml", "../customXml/item1.xml")],
)
c("hidden text", P(run("One "), run("hidden ", "<w:vanish/>"), run("two."), ref(1)), [("1", "Source 1.", ["One two."])])
c(
    "hidden marker",
    P(run("One."), '<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="1"/></w:r>') + P(run("Two."), ref(2)),
    [("1", "Source 2.", ["Two."])],
)
c(
    "breaks",
    P(
        run("One"),
        "<w:r><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t><w:noBreakHyphen/><w:t>four</w:t><w:softHyphen/><w:t>five.</w:t></w:r>",
        ref(1),
    ),
    [("1", "Source 1.", ["One two three-fourfive."])],
)
c(
    "multi para note w/ table",
    P(run("One."), ref(1)),
    [("1", "A. B. Cell", ["One."])],
    notes='<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>'
    + run(" A.")
    + "</w:p>"
    + P(run("B."))
    + "<w:tbl><w:tr><w:tc>"
    + P(run("Cell"))
    + "</w:tc></w:tr></w:tbl></w:footnote>",
)
c(
    "omml",
    P(
        run("It grew by "),
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>4.5</m:t></m:r></m:oMath>',
        run(" percent."),
        ref(1),
    ),
    [("1", "Source 1.", ["It grew by 4.5 percent."])],
)
c(
    "two markers comma",
    P(run("One."), ref(1), run(",", '<w:vertAlign w:val="superscript"/>'), ref(2), run(" Two.")),
    [("1", "Source 1.", ["One."]), ("2", "Source 2.", ["One."])],
)
c(
    "footnote style mark no ref",
    P(run("One."), ref(1)),
    [("1", "Source x.", ["One."])],
    notes='<w:footnote w:id="1"><w:p><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:tab/><w:t>Source x.</w:t></w:r></w:p></w:footnote>',
)
c(
    "include separators",
    P(run("One."), ref(2)),
    [("1", "Source 2.", ["One."])],
    notes='<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p/></w:footnote>'
    + NOTES,
)
c(
    "toc field",
    P(fld(' TOC \\o "1-3" \\h ', run("Chapter one\t3"))) + P(run("One."), ref(1)),
    [("1", "Source 1.", ["One."])],
)
c(
    "heading marker",
    P(run("On fees"), ref(1), properties='<w:pStyle w:val="Heading1"/>') + P(run("Two."), ref(2)),
    [("1", "Source 1.", ["On fees"]), ("2", "Source 2.", ["Two."])],
)
c(
    "ruby",
    P(
        "<w:r><w:ruby><w:rubyPr/><w:rt>"
        + run("kana")
        + "</w:rt><w:rubyBase>"
        + run("Kanji")
        + "</w:rubyBase></w:ruby></w:r>",
        run(" word."),
        ref(1),
    ),
    [("1", "Source 1.", ["Kanji word."])],
)
c(
    "note in both foot+end cited twice",
    P(run("One."), ref(1)) + P(run("Two."), ref(1)),
    [("1", "Source 1.", ["One.", "Two."])],
)
c(
    "bidi list numbering",
    P(run("First item."), ref(1), properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
    [("1", "Source 1.", ["First item."])],
)
c(
    "insert paragraph mark deleted between notes",
    P(run("One."), ref(1), properties='<w:rPr><w:del w:id="1"/></w:rPr>') + P(run(" Two."), ref(2)),
    [("1", "Source 1.", ["One."]), ("2", "Source 2.", ["Two."])],
)
c(
    "linked url split runs",
    P(run("One."), ref(1)),
    [("1", "See https://a.example.org/long/path.", ["One."], ("https://a.example.org/long/path",))],
    notes=word_note(1, run("See https://a.exa"), run("mple.org/lo"), "<w:r><w:t>ng/path</w:t></w:r>", run(".")),
)
c(
    "proofErr & lastRenderedPageBreak",
    P('<w:proofErr w:type="spellStart"/>', run("One"), "<w:r><w:lastRenderedPageBreak/><w:t>.</w:t></w:r>", ref(1)),
    [("1", "Source 1.", ["One."])],
)
c(
    "strike not tracked",
    P(run("One "), run("two", "<w:strike/>"), run(" three."), ref(1)),
    [("1", "Source 1.", ["One two three."])],
)


@pytest.mark.parametrize("case", CASES)
def test_notes_are_those_that_word_prints(tmp_path, case):
    """Of each note: its label (free where it is empty), its text (or words of it), sentences, addresses."""
    data, expected = CASES[case]
    (tmp_path / "draft.docx").write_bytes(data)
    notes = extract(tmp_path / "draft.docx").footnotes
    assert len(notes) == len(expected)
    for note, (label, words, sentences, *urls) in zip(notes, expected, strict=True):
        assert note.label == (label or note.label)
        assert words in note.text
        assert note.text == (words if label else note.text)
        assert [anchor.sentence for anchor in note.anchors] == (sentences or [a.sentence for a in note.anchors])
        assert note.urls == (urls[0] if urls else note.urls)
