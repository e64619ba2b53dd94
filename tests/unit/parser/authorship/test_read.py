"""Who wrote a document, in every format."""

import zipfile

import pytest
from pypdf import PdfWriter

from verifier.errors import DocumentError
from verifier.parser.authorship.read import authors_of
from verifier.parser.drafts.parts import write_bundle

DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
ODF = 'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
OPF = 'xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf"'


def package(file, mimetype="", **parts):
    with zipfile.ZipFile(file, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name, xml in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), xml)
    return file


def pdf(file, author):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": author})
    writer.write(file)
    return file


@pytest.mark.parametrize(
    ("author", "names"), [("Iñés\nWho", ("Iñés Who",)), ("dgoltz", ()), ("Microsoft Word", ()), ("", ())]
)
def test_a_pdf(tmp_path, author, names):
    assert authors_of(pdf(tmp_path / "a.pdf", author)) == names


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("<dc:creator>Iñés Who; Bo Li</dc:creator>", ("Iñés Who", "Bo Li")),
        ("<dc:creator>Windows User</dc:creator>", ()),
        ("<lastModifiedBy>Ed Itor</lastModifiedBy>", ()),
    ],
)
def test_a_word_file(tmp_path, said, names):
    parts = {"word__document_xml": "<d/>", "docProps__core_xml": f"<p {DC}>{said}</p>"}
    assert authors_of(package(tmp_path / "a.docx", **parts)) == names
    assert authors_of(package(tmp_path / "b.docx", word__document_xml="<d/>")) == ()


META = f"<m {DC} {ODF}><dc:creator>Ed Itor</dc:creator>%s</m>"


@pytest.mark.parametrize(
    ("said", "names"), [("<meta:initial-creator>Iñés Who</meta:initial-creator>", ("Iñés Who",)), ("", ())]
)
def test_an_opendocument_text_is_by_who_made_it_and_not_by_who_saved_it_last(tmp_path, said, names):
    kind = "application/vnd.oasis.opendocument.text"
    assert authors_of(package(tmp_path / "a.odt", kind, meta_xml=META % said)) == names
    assert authors_of(package(tmp_path / "b.odt", kind)) == ()
    flat = '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">%s</office:document>'
    (tmp_path / "c.fodt").write_text(flat % (META % said), encoding="utf-8")
    assert authors_of(tmp_path / "c.fodt") == names


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("<dc:creator>Ana Ruiz</dc:creator><dc:creator>Bo Li</dc:creator>", ("Ana Ruiz", "Bo Li")),
        ('<dc:creator opf:role="edt">Ed Itor</dc:creator><dc:creator opf:role="aut">Bo Li</dc:creator>', ("Bo Li",)),
        (
            (
                '<dc:creator id="e">Tra Nslator</dc:creator><meta refines="#e" property="role">trl</meta>'
                '<dc:creator id="a">Bo Li</dc:creator><meta refines="#a" property="role">aut</meta>'
            ),
            ("Bo Li",),
        ),
        ("<dc:creator>Unknown</dc:creator>", ()),
    ],
)
def test_an_epub(tmp_path, said, names):
    file = package(
        tmp_path / "a.epub",
        "application/epub+zip",
        **{
            "META-INF__container_xml": '<c><rootfile full-path="x/book.opf"/></c>',
            "x__book_opf": f"<package {OPF} {DC}><metadata>{said}</metadata></package>",
        },
    )
    assert authors_of(file) == names


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "---\r\nauthor: Iñés Who\r\n---\r\n\r\nText.\r\n"),
        ("a.tex", r"\documentclass{article}\author{Iñés Who\thanks{x}}\begin{document}"),
        ("a.html", '<!doctype html><meta name="author" content="Iñés Who"><p>x'),
    ],
)
def test_drafts_that_are_text(tmp_path, name, text):
    file = tmp_path / name
    file.write_bytes(text.encode())
    assert authors_of(file) == ("Iñés Who",)


def test_a_draft_with_its_parts(tmp_path):
    file = tmp_path / "a.zip"
    file.write_bytes(write_bundle(".tex", rb"\documentclass{article}\author{Ana Ruiz}", {"x.tex": b"y"}, "a"))
    assert authors_of(file) == ("Ana Ruiz",)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 damaged", b"\0\1plain", None])
def test_what_cannot_be_read_is_said(tmp_path, content):
    file = tmp_path / "a.pdf"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(DocumentError):
        authors_of(file)
