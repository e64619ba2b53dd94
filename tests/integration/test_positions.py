"""Every passage that a comparison rests on leads back into the archived bytes, whatever kind of file they are."""

import zipfile
from io import BytesIO

import pytest
from fpdf import FPDF

from db.store import Store
from verifier.resolver import WarcArchive, readable_text
from verifier.runs import run
from verifier.settings import FetchSettings, Settings

SAID = "The county had 142 bridges in use in 2019."
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "application/vnd.openxmlformats-officedocument"


def zipped(**parts: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", text)
    return packed.getvalue()


def pdf() -> bytes:
    made = FPDF()
    made.set_font("helvetica", size=12)
    for words in ("A page before it.", SAID):
        made.add_page()
        made.multi_cell(0, text=words)
    return bytes(made.output())


SOURCES = {
    "page.html": (
        "text/html; charset=iso-8859-1",
        f"<html><body><nav>Men\xfc</nav><main><h1>\xdcbersicht</h1><p>{SAID}</p></main></body></html>".encode(
            "latin-1"
        ),
    ),
    "report.pdf": ("application/pdf", pdf()),
    "plain.txt": ("text/plain", f"Roads\n\n{SAID}\n".encode()),
    "data.csv": ("text/csv", b"Year,Bridges in use in the county\n2018,140\n2019,142\n"),
    "data.json": ("application/json", b'{"report": {"text": "' + SAID.encode() + b'"}}'),
    "data.xml": ("application/xml", f"<report><p>{SAID}</p></report>".encode()),
    "report.docx": (
        f"{OFFICE}.wordprocessingml.document",
        zipped(
            word__document=f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{SAID}</w:t></w:r></w:p></w:body>'
            "</w:document>"
        ),
    ),
    "data.xlsx": (
        f"{OFFICE}.spreadsheetml.sheet",
        zipped(
            xl__workbook=f'<workbook xmlns="{SHEET}"/>',
            xl__worksheets__sheet1=f'<worksheet xmlns="{SHEET}"><sheetData><row><c t="inlineStr"><is><t>{SAID}</t></is>'
            "</c></row></sheetData></worksheet>",
        ),
    ),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_passage_stands_in_the_archived_bytes(name, make_paper, httpserver, tmp_path):
    kind, body = SOURCES[name]
    httpserver.expect_request(f"/{name}").respond_with_data(body, content_type=kind)
    settings = Settings(
        data=tmp_path / "data",
        allow_private=True,
        hosts={"*.example.test": f"127.0.0.1:{httpserver.port}"},
        fetch=FetchSettings(pause=0),
    )
    url = f"http://a.example.test/{name}"
    run([make_paper("paper.pdf", [("The county had 142 bridges in use in 2019.", f"Report, {url}.")])], settings)
    with Store.open(settings.store_url) as store:
        records = store.comparisons.of(store.documents.current()[0].id)
        captured = store.links.texts([url])[url]
    comparison = next(record.comparison for record in records if record.comparison.figure.text.startswith("142"))
    file, offset = captured.snapshot.warc_file, captured.snapshot.offset
    page = WarcArchive(settings.archive_folder).read(file, offset)
    assert page.payload == body
    charset = kind.partition("charset=")[2] or None
    text = readable_text(page.payload, captured.text.media_type, charset, page.url, page.headers)
    assert text.text == captured.text.text
    start = comparison.source_start
    assert text.text[start : start + len(comparison.source_quote)] == comparison.source_quote
    assert "142" in comparison.source_text
