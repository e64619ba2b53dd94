"""Word: what a reader sees of notes, with all tracked changes accepted."""

import base64
import json

import pytest

from tests.support.draft_files import docx, paragraph, ref, run, word_note
from verifier.errors import DocumentError
from verifier.parser import extract


@pytest.fixture
def read(tmp_path):
    def read_bytes(data: bytes, name: str = "draft.docx"):
        file = tmp_path / name
        file.write_bytes(data)
        return extract(file)

    return read_bytes


def seen(extraction):
    return [(note.label, note.text, [anchor.sentence for anchor in note.anchors]) for note in extraction.footnotes]


NOTES = "".join(word_note(n, run(f"Source {n}.")) for n in range(1, 7))


def test_labels_follow_the_markers_and_not_the_ids(read):
    body = paragraph(run("First."), ref(5)) + paragraph(run("Second."), ref(2))
    assert seen(read(docx(body, NOTES))) == [("1", "Source 5.", ["First."]), ("2", "Source 2.", ["Second."])]


def test_a_note_that_nothing_points_to_is_not_printed(read):
    assert [label for label, *_ in seen(read(docx(paragraph(run("One."), ref(3)), NOTES)))] == ["1"]


def test_places_have_paragraphs_and_no_pages(read):
    extraction = read(docx(paragraph(run("Nothing.")) + paragraph(run("One. Two."), ref(1)), NOTES))
    (note,) = extraction.footnotes
    anchor = note.anchors[0]
    assert (extraction.document.pages, note.page, note.boxes, anchor.page) == (None, None, (), None)
    assert (anchor.paragraph, anchor.paragraph_text, anchor.marker_offset) == (2, "One. Two.", 4)


@pytest.mark.parametrize(
    ("settings", "section", "labels"),
    [
        ("", "", ["1", "2", "3"]),
        ('<w:footnotePr><w:numFmt w:val="lowerRoman"/></w:footnotePr>', "", ["i", "ii", "iii"]),
        ('<w:footnotePr><w:numStart w:val="7"/></w:footnotePr>', "", ["7", "8", "9"]),
        ('<w:footnotePr><w:numFmt w:val="chicago"/></w:footnotePr>', "", ["*", "†", "‡"]),
        ('<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>', "", ["1", "2", "1"]),
        (
            '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>',
            '<w:footnotePr><w:numFmt w:val="upperLetter"/></w:footnotePr>',
            ["1", "2", "A"],
        ),
    ],
)
def test_labels_are_counted_as_the_settings_and_sections_say(read, settings, section, labels):
    body = (
        paragraph(run("One."), ref(1))
        + paragraph(run("Two."), ref(2), properties="<w:sectPr/>")
        + paragraph(run("Three."), ref(3))
        + f"<w:sectPr>{section}</w:sectPr>"
    )
    assert [label for label, *_ in seen(read(docx(body, NOTES, settings=settings)))] == labels


def test_a_mark_of_its_own_is_the_label_and_does_not_count(read):
    marked = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>'
    own = '<w:footnote w:id="1"><w:p><w:r><w:t>* By hand.</w:t></w:r></w:p></w:footnote>'
    body = paragraph(run("One."), marked) + paragraph(run("Two."), ref(2))
    assert seen(read(docx(body, own + word_note(2, run("Counted."))))) == [
        ("*", "By hand.", ["One."]),
        ("1", "Counted.", ["Two."]),
    ]


def test_tracked_changes_are_read_as_accepted(read):
    body = (
        paragraph(
            run("Kept"),
            f"<w:del>{run(' struck').replace('w:t', 'w:delText')}{ref(1)}</w:del>",
            f"<w:ins>{run(' and added')}</w:ins>",
            run("."),
            ref(2),
            f"<w:moveFrom>{run(' moved')}</w:moveFrom>",
        )
        + paragraph(run("Half"), properties="<w:rPr><w:del/></w:rPr>")
        + paragraph(run(" a sentence."), ref(3))
    )
    assert seen(read(docx(body, NOTES))) == [
        ("1", "Source 2.", ["Kept and added."]),
        ("2", "Source 3.", ["Half a sentence."]),
    ]


def test_struck_rows_do_not_count_and_a_cell_is_one_anchor(read):
    def row(words, note, properties=""):
        return f"<w:tr>{properties}<w:tc>{paragraph(run(words), ref(note))}</w:tc></w:tr>"

    table = f"<w:tbl>{row('Gone', 1, '<w:trPr><w:del/></w:trPr>')}{row('Boats. Carts', 2)}</w:tbl>"
    assert seen(read(docx(table, NOTES))) == [("1", "Source 2.", ["Boats. Carts"])]


def test_a_text_box_that_is_written_twice_counts_once(read):
    box = f"<w:txbxContent>{paragraph(run('In a box.'), ref(1))}</w:txbxContent>"
    alternatives = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = paragraph(run("Outside."), f"<w:r>{alternatives}</w:r>")
    assert seen(read(docx(body, NOTES))) == [("1", "Source 1.", ["In a box."])]


def test_ids_of_links_are_those_of_their_own_part(read):
    link = '<w:hyperlink r:id="r9" w:anchor="part">' + run("here") + "</w:hyperlink>"
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    code = '<w:r><w:instrText> HYPERLINK "https://c.example.org/x" \\l "y" </w:instrText></w:r>'
    field = f"{begin}{code}{separate}{run('there')}{end}"
    data = docx(
        paragraph(run("One."), ref(1), link),
        word_note(1, run("See "), link, run(" and "), field),
        links=[("r9", "hyperlink", "https://a.example.org/")],
        note_links=[("r9", "hyperlink", "https://b.example.org/")],
    )
    extraction = read(data)
    assert extraction.footnotes[0].urls == ("https://b.example.org/#part", "https://c.example.org/x#y")
    assert extraction.footnotes[0].text == "See here and there"
    assert [link.url for link in extraction.body_links] == ["https://a.example.org/#part"]


def test_a_marker_that_points_again_is_a_second_anchor(read):
    marked = f'<w:bookmarkStart w:id="7" w:name="_Ref1"/>{ref(1)}<w:bookmarkEnd w:id="7"/>'
    again = '<w:fldSimple w:instr=" NOTEREF _Ref1 \\f \\h ">' + run("1") + "</w:fldSimple>"
    shown = '<w:fldSimple w:instr=" NOTEREF _Ref1 \\h ">' + run("1") + "</w:fldSimple>"
    body = paragraph(run("One."), marked) + paragraph(run("Two."), again) + paragraph(run("See note "), shown, run("."))
    assert seen(read(docx(body, NOTES))) == [("1", "Source 1.", ["One.", "Two."])]


ITEM = {
    "citationItems": [
        {
            "locator": "12",
            "itemData": {
                "title": "On <i>fees</i>",
                "DOI": "10.5555/ABC.1",
                "URL": "https://fees.example.org/1",
                "container-title": "Quarterly",
                "author": [{"given": "Ann", "family": "Reed"}],
                "issued": {"date-parts": [["2004", 3]]},
            },
        }
    ]
}


def _csl_field(shown):
    code = f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(ITEM)}".replace("<", "&lt;")
    half = len(code) // 2
    instructions = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (code[:half], code[half:]))
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}{instructions}{separate}{run(shown)}{end}"


def _mendeley(shown):
    tag = base64.b64encode(json.dumps(ITEM).encode()).decode()
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_{tag}"/></w:sdtPr><w:sdtContent>{run(shown)}'
        "</w:sdtContent></w:sdt>"
    )


def _endnote(shown):
    record = (
        "<EndNote><Cite><record><titles><title>On fees</title><secondary-title>Quarterly</secondary-title></titles>"
        "<dates><year>2004</year></dates><electronic-resource-num>10.5555/abc.1</electronic-resource-num></record></Cite>"
        "</EndNote>"
    )
    record = record.replace("<", "&lt;").replace(">", "&gt;")
    return f'<w:fldSimple w:instr=" ADDIN EN.CITE {record}">{run(shown)}</w:fldSimple>'


@pytest.mark.parametrize("field", [_csl_field, _mendeley, _endnote])
def test_what_a_reference_manager_keeps_stands_in_the_citation(read, field):
    data = docx(paragraph(run("One."), ref(1)), word_note(1, field("Reed, “On fees,” Quarterly (2004)"), run(".")))
    (note,) = read(data).footnotes
    (citation,) = note.citations
    assert note.text == "Reed, “On fees,” Quarterly (2004)."
    assert "doi:10.5555/abc.1" in citation.identifiers
    assert (citation.title, citation.publisher, citation.date[:4]) == ("On fees", "Quarterly", "2004")


def test_a_work_that_only_the_text_cites_is_a_reference(read):
    (note,) = read(docx(paragraph(run("The fee rose "), _csl_field("(Reed 2004)"), run(".")))).footnotes
    assert (note.kind, note.label, note.anchors[0].sentence) == ("reference", "Reed 2004", "The fee rose (Reed 2004).")
    assert note.citations[0].identifiers == ("doi:10.5555/abc.1",)


def test_powers_are_no_markers_and_typed_notes_are_notes(read):
    up = '<w:vertAlign w:val="superscript"/>'
    body = (paragraph(run("It held 10"), run("6", up), run(" litres on 5 m"), run("2", up), run(".")),)
    text = "".join(body) + paragraph(run("One."), run("1", up)) + paragraph(run("Two."), run("2", up))
    notes = paragraph(run("Notes")) + paragraph(run("1", up), run(" First.")) + paragraph(run("2", up), run(" Second."))
    assert seen(read(docx(text + notes))) == [("1", "First.", ["One."]), ("2", "Second.", ["Two."])]


def test_hidden_words_are_not_printed(read):
    (note,) = read(docx(paragraph(run("One"), run(" secret", "<w:vanish/>"), run("."), ref(1)), NOTES)).footnotes
    assert note.anchors[0].sentence == "One."


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) * 2 // 3],
        lambda data: b"",
        lambda data: b"PK\x03\x04" + b"\0" * 60,
        lambda data: docx(paragraph(run("x")) + "<w:p><w:r></w:p>"),
        lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
    ],
)
def test_damage_and_encryption_are_said_in_words(read, damage):
    with pytest.raises(DocumentError, match=r"draft\.docx: "):
        read(damage(docx(paragraph(run("One."), ref(1)), NOTES)))


def test_entities_are_not_expanded_and_no_file_is_read(read, tmp_path):
    (tmp_path / "secret.txt").write_text("secret words")
    data = docx(paragraph(run("One."), ref(1)), NOTES, extra={
        "word/footnotes.xml": f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret.txt">]>'
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="1"><w:p><w:r><w:t>A &e; note.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    })  # fmt: skip
    assert "secret" not in repr(read(data))


def test_content_tells_the_format_before_the_name(read):
    data = docx(paragraph(run("One."), ref(1)), NOTES)
    assert seen(read(data, "draft.odt")) == [("1", "Source 1.", ["One."])]
