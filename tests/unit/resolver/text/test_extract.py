# ruff: noqa: E501 - tables of pages: a case is a line
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.errors import DocumentError
from verifier.resolver import readable_text, text_of_file
from verifier.resolver.text.charsets import decode_text
from verifier.resolver.text.dates import header_date, iso_date, pdf_date
from verifier.resolver.text.pdf_text import flowing

URL = "http://example.test/page"
FILLER = "".join(
    f"<p>Paragraph {i} says at some length what the report is about, so that the page has a main part.</p>"
    for i in range(8)
)


def text_of(html: str) -> str:
    text = readable_text(html.encode(), "text/html", "utf-8", URL)
    assert text is not None
    return text.text


def page(inner: str) -> str:
    return (
        "<html lang=en><head><title>Report</title></head><body><nav><ul><li><a href=/a>Menu entry</a></ul></nav>"
        f"<main><article><h1>Crossings</h1>{FILLER}{inner}</article></main><footer>Imprint</footer></body></html>"
    )


TABLE = """<table><caption>Crossings by bridge</caption>
<thead><tr><th>Bridge</th><th colspan=2>Crossings</th></tr><tr><th></th><th>2024</th><th>2025</th></tr></thead>
<tbody><tr><td rowspan=2>North</td><td>12</td><td>13</td></tr><tr><td>1.5</td><td>1.6</td></tr>
<tr><td colspan=3>Tolled</td></tr><tr><td>Weir<sup>1</sup></td><td></td><td>7</td></tr></tbody></table>"""


def test_a_table_keeps_its_caption_heads_and_columns() -> None:
    assert (
        "Crossings by bridge\nBridge | Crossings | Crossings\n| 2024 | 2025\nNorth | 12 | 13\nNorth | 1.5 | 1.6\n"
        "Tolled |  | \nWeir [1] |  | 7".replace("Tolled |  | ", "Tolled |  |")
    ) in text_of(page(TABLE))


@pytest.mark.parametrize("place", ["main", "aside", "end"])
def test_no_table_is_lost_wherever_it_stands(place: str) -> None:
    table = "<table><tr><th>Year</th><th>Toll</th></tr><tr><td>2025</td><td>4.20</td></tr></table>"
    html = {
        "main": page(table),
        "aside": page("").replace("</main>", f"</main><aside>{table}</aside>"),
        "end": page("").replace("</footer>", f"</footer>{table}"),
    }[place]
    assert "Year | Toll\n2025 | 4.20" in text_of(html)


def test_a_table_that_arranges_the_page_is_text() -> None:
    text = text_of(f"<table role=presentation><tr><td>left</td><td>{FILLER}</td></tr></table>")
    assert "|" not in text
    assert "Paragraph 3 says" in text


def test_the_main_part_is_kept_and_its_frame_left_out() -> None:
    text = text_of(page("<ul><li>First of all</li><li>Second of all</li></ul><p>Last words.</p>"))
    assert text.startswith("Crossings\n")
    assert "First of all\nSecond of all\nLast words." in text
    assert "Menu entry" not in text
    assert "Imprint" not in text


def test_a_page_without_a_main_part_is_kept_whole() -> None:
    assert text_of("<html><body><div>41 million crossings</div><div>in a year</div></body></html>") == (
        "41 million crossings\nin a year"
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("10<sup>26</sup> operations", "10^26 operations"),
        ("2.5 x 10<sup>-3</sup> g", "2.5 x 10^-3 g"),
        ("1,200<sup>3</sup> homes", "1,200 [3] homes"),
        ('1,200<sup><a href="#fn3">3</a></sup> homes', "1,200 [3] homes"),
        ("40 km<sup>2</sup> of forest", "40 km2 of forest"),
        ("CO<sub>2</sub> fell", "CO2 fell"),
        ("the 21<sup>st</sup> century", "the 21st century"),
        ("grew<sup>[4]</sup> by 5", "grew [4] by 5"),
        ("5<br>6", "5 6"),
        ("<b>1</b>,<i>200</i>", "1,200"),
        ("one<script>two</script> three<style>x</style>", "one three"),
        ("seen <span hidden>unseen</span><span style='display: none'>unseen</span>", "seen"),
    ],
)
def test_characters_in_running_text(html: str, expected: str) -> None:
    assert text_of(f"<p>{html}</p>").replace("\n", " ") == expected


def test_deeply_nested_pages_are_read() -> None:
    assert "at the bottom" in text_of("<div>" * 1500 + "at the bottom")


@pytest.mark.parametrize(
    ("body", "stated", "expected"),
    [
        ("Brücke".encode(), "utf-8", "Brücke"),
        ("Brücke".encode("latin-1"), "iso-8859-1", "Brücke"),
        ("Brücke".encode(), "iso-8859-1", "Brücke"),
        ("Brücke – 5".encode("cp1252"), "utf-8", "Brücke – 5"),
        ("\ufeffBrücke".encode("utf-16-le"), None, "Brücke"),
        (b"\xef\xbb\xbfBr\xc3\xbccke", "ascii", "Brücke"),
        (b"<meta charset=koi8-r>" + "мост".encode("koi8-r"), None, "<meta charset=koi8-r>мост"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=shift_jis'>" + "橋".encode("shift_jis"), None,
         "<meta http-equiv=Content-Type content='text/html; charset=shift_jis'>橋"),
        ("桥梁".encode("gb2312"), "gb2312", "桥梁"),
        ("Brücke".encode(), "klingon", "Brücke"),
        (("Über den Brücken " * 40).encode() + b"\xff", None, "Über den Brücken " * 40 + "�"),
        (b"plain", None, "plain"),
    ],
)  # fmt: skip
def test_character_sets(body: bytes, stated: str | None, expected: str) -> None:
    assert decode_text(body, stated) == expected


def test_a_set_that_nobody_states_is_detected() -> None:
    russian = "Мосты округа перевезли сорок один миллион машин за год. " * 5
    assert decode_text(russian.encode("cp1251"), None) == russian


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "utf-16", "shift_jis", "x", "latin-1"]))
@settings(max_examples=60, deadline=None)
def test_any_bytes_become_text(body: bytes, stated: str | None) -> None:
    assert isinstance(decode_text(body, stated), str)


@given(st.text(alphabet="<>/&;abcdiv td table tr p sup=\"' \n0", max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_markup_is_read(html: str) -> None:
    text = readable_text(html.encode(), "text/html", None, URL)
    assert text is None or text.text.strip()


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        ("year;toll\n2024;4.20\n2025;4.40\n", "text/csv", "year | toll\n2024 | 4.20\n2025 | 4.40"),
        ('a,b\n"1,200",x\n', "text/csv", "a | b\n1,200 | x"),
        ('[{"year": 2024, "toll": 4.2}, {"year": 2025, "toll": 4.4}]', "application/json", "year | toll\n2024 | 4.2\n2025 | 4.4"),
        ('{"bridge": {"name": "North", "lanes": [2, 3]}}', "application/json", "bridge.name: North\nbridge.lanes: 2\nbridge.lanes: 3"),
        ("{broken", "application/json", "{broken"),
        ("<r><a>North</a><b>12</b></r>", "application/xml", "North\n12"),
        ("just words", "text/plain", "just words"),
    ],
)  # fmt: skip
def test_other_kinds(body: str, kind: str, expected: str) -> None:
    text = readable_text(body.encode(), kind, None, URL)
    assert text is not None
    assert (text.text, text.media_type) == (expected, kind)


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "application/octet-stream", "video/mp4"])
def test_kinds_without_text(kind: str) -> None:
    assert readable_text(b"\x89PNG and more", kind, None, URL) is None


def make_pdf(*pages: str, **about: str) -> bytes:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    for text in pages:
        pdf.add_page()
        pdf.multi_cell(90, 6, text)
    if "title" in about:
        pdf.set_title(about["title"])
    return bytes(pdf.output())


def test_a_pdf_has_its_pages_and_paragraphs() -> None:
    first = "The bridges of the county carried 41 million crossings in the year, two percent more than before. " * 3
    text = readable_text(make_pdf(first, "Second page.", title="Traffic"), "application/pdf", None, URL)
    assert text is not None
    one, two = text.text.split("\f")
    assert one == first.strip()
    assert (two, text.title) == ("Second page.", "Traffic")
    assert text.dated is not None


@pytest.mark.parametrize("body", [b"%PDF-1.4 broken", b"", b"not a pdf"])
def test_a_pdf_that_cannot_be_read_has_no_text(body: bytes) -> None:
    assert readable_text(body, "application/pdf", None, URL) is None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("The county has eleven brid\ufffe\nges in all and all.", "The county has eleven bridges in all and all."),
        ("The county has eleven brid-\nges in all and all.", "The county has eleven bridges in all and all."),
        ("A long-term plan is a long-\nterm plan, it is said.", "A long-term plan is a long-term plan, it is said."),
        ("Heading\nThe text of the paragraph runs on over\nthe next line and ends here.",
         "Heading\nThe text of the paragraph runs on over the next line and ends here."),
        ("The first of the paragraphs is this one here\nand it ends.\nAnother begins where the first one has ended.",
         "The first of the paragraphs is this one here and it ends.\nAnother begins where the first one has ended."),
    ],
)  # fmt: skip
def test_lines_of_a_page_flow(lines: str, expected: str) -> None:
    assert flowing(lines) == expected


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CORE = '<c xmlns:d="http://purl.org/dc/terms/"><d:modified>2025-02-03T04:05:06Z</d:modified></c>'
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def test_a_word_document_has_paragraphs_and_tables() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>".format
    row = f"<w:tr>{cell('Year')}{cell('Toll')}</w:tr><w:tr>{cell('2025')}{cell('4.40')}</w:tr>"
    document = (
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>41 mil</w:t></w:r><w:r><w:t>lion crossings</w:t></w:r></w:p>'
        f"<w:tbl>{row}</w:tbl><w:sdt><w:sdtContent><w:p><w:r><w:t>Last</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "</w:body></w:document>"
    )
    text = readable_text(zipped(word__document_xml=document, docProps__core_xml=CORE), DOCX, None, URL)
    assert text is not None
    assert text.text == "41 million crossings\nYear | Toll\n2025 | 4.40\nLast"
    assert text.dated == date(2025, 2, 3)


def test_a_workbook_has_rows_with_values_as_shown() -> None:
    sheet = (
        f'<worksheet xmlns="{SHEET}"><sheetData><row><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>'
        '<row><c r="A2"><v>2025</v></c><c r="B2" s="1"><v>0.125</v></c><c r="C2"><v>0.30000000000000004</v></c></row>'
        '<row><c r="A3" t="inlineStr"><is><t>total</t></is></c></row></sheetData></worksheet>'
    )
    workbook = zipped(
        xl__workbook_xml=f'<workbook xmlns="{SHEET}"/>',
        xl__sharedStrings_xml=f'<sst xmlns="{SHEET}"><si><t>Year</t></si><si><r><t>To</t></r><r><t>ll</t></r></si></sst>',
        xl__styles_xml=f'<styleSheet xmlns="{SHEET}"><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>',
        xl__worksheets__sheet1_xml=sheet,
    )
    text = readable_text(workbook, XLSX, None, URL)
    assert text is not None
    assert text.text == "Year |  | Toll\n2025 | 12.5% | 0.3\ntotal"


@pytest.mark.parametrize("kind", [DOCX, XLSX])
@pytest.mark.parametrize(
    "body", [b"", b"PK broken", zipped(other_xml="<a/>"), zipped(word__document_xml="<w", xl__workbook_xml="<")]
)
def test_an_office_file_that_cannot_be_read_has_no_text(kind: str, body: bytes) -> None:
    assert readable_text(body, kind, None, URL) is None


def test_a_type_that_says_nothing_is_told_by_the_name() -> None:
    text = readable_text(
        b"year,toll\n2025,4.40\n", "application/octet-stream", None, "http://example.test/toll.csv?v=2"
    )
    assert text is not None
    assert (text.text, text.media_type) == ("year | toll\n2025 | 4.40", "application/octet-stream")


SENT = "Fri, 20 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("modified", "expected"),
    [
        ("Mon, 03 Feb 2025 10:00:00 GMT", date(2025, 2, 3)),
        (SENT, None),
        ("Fri, 20 Nov 2026 09:59:58 GMT", None),
        ("Sun, 06 Nov 2044 08:49:37 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_date_of_a_header(modified: str, expected: date | None) -> None:
    assert header_date((("Last-Modified", modified), ("Date", SENT))) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta property="article:modified_time" content="2025-03-04T05:06:07Z"><meta name=date content=2020-01-01>', date(2025, 3, 4)),
        ('<meta name="citation_publication_date" content="2019-05-06">', date(2019, 5, 6)),
        ('<script type="application/ld+json">{"@graph":[{"datePublished":"2018-01-02"}]}</script>', date(2018, 1, 2)),
        ('<script type="application/ld+json">{broken</script><time datetime="2017-01-02">', date(2017, 1, 2)),
        ('<time datetime="2017-01-02">a</time><time datetime="2018-01-02">b</time>', None),
        ("", None),
    ],
)  # fmt: skip
def test_the_date_of_a_page(head: str, expected: date | None) -> None:
    text = readable_text(f"<html>{head}<p>Words to read.</p>".encode(), "text/html", None, URL)
    assert text is not None
    assert text.dated == expected


def test_dates_of_standards() -> None:
    assert pdf_date("D:20240131120000+01'00'") == date(2024, 1, 31)
    assert pdf_date("D:2024") == date(2024, 1, 1)
    assert pdf_date("soon") is None
    assert iso_date("20240131T1200") == date(2024, 1, 31)
    assert iso_date("2024-13-45") is None


def test_a_source_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "toll.csv").write_text("year,toll\n2025,4.40\n")
    (tmp_path / "page.html").write_text("<p>41 million crossings</p>")
    assert text_of_file(tmp_path / "toll.csv") == "year | toll\n2025 | 4.40"
    assert text_of_file(tmp_path / "page.html") == "41 million crossings"
    with pytest.raises(DocumentError, match="missing"):
        text_of_file(tmp_path / "missing.html")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    with pytest.raises(DocumentError, match="no readable text"):
        text_of_file(tmp_path / "picture.png")
