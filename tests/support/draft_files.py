"""Small drafts as bytes: Word, OpenDocument and EPUB packages from the parts that a test is about."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/footnotes.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>'
    '<Override PartName="/word/endnotes.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"/></Types>'
)
_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return held.getvalue()


def relationships(items: Iterable[tuple[str, str, str]]) -> str:
    """A relationships part of (id, kind, target); targets with a scheme are external."""
    lines = "".join(
        f'<Relationship Id="{i}" Type="{_R}/{kind}" Target="{escape(target)}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if '://' in target else ''}/>"
        for i, kind, target in items
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )


def run(text: str, properties: str = "") -> str:
    """A run of words."""
    about = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{about}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def ref(note_id: int | str, kind: str = "footnote", more: str = "") -> str:
    """A run with a marker."""
    return f'<w:r><w:{kind}Reference w:id="{note_id}"{more}/></w:r>'


def paragraph(*inside: str, properties: str = "") -> str:
    """A paragraph of Word."""
    about = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{about}{''.join(inside)}</w:p>"


def word_note(note_id: int | str, *inside: str, kind: str = "footnote") -> str:
    """A note of Word: a first paragraph that begins with its number."""
    return f'<w:{kind} w:id="{note_id}"><w:p><w:r><w:{kind}Ref/></w:r>{run(" ")}{"".join(inside)}</w:p></w:{kind}>'


def docx(
    body: str,
    footnotes: str = "",
    endnotes: str = "",
    settings: str = "",
    links: Iterable[tuple[str, str, str]] = (),
    note_links: Iterable[tuple[str, str, str]] = (),
    extra: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A Word file; `links` and `note_links` are the relationships of the text and of the footnotes."""
    named = [
        ("rF", "footnotes", "footnotes.xml"),
        ("rE", "endnotes", "endnotes.xml"),
        ("rS", "settings", "settings.xml"),
    ]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relationships([("r1", "officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": relationships([*named, *links]),
        "word/_rels/footnotes.xml.rels": relationships(note_links),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {_NAMES}>{footnotes}</w:footnotes>",
        "word/endnotes.xml": f"<w:endnotes {_NAMES}>{endnotes}</w:endnotes>",
        "word/settings.xml": f"<w:settings {_NAMES}>{settings}</w:settings>",
    }
    return zipped(parts | dict(extra or {}))


def odt(text: str, styles: str = "") -> bytes:
    """An OpenDocument text."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:text>{text}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def odt_note(label: str, text: str, kind: str = "footnote", more: str = "") -> str:
    """A note of OpenDocument."""
    return (
        f'<text:note text:id="n{label}" text:note-class="{kind}"><text:note-citation{more}>{label}</text:note-citation>'
        f"<text:note-body><text:p>{text}</text:p></text:note-body></text:note>"
    )


def epub(chapters: Mapping[str, str]) -> bytes:
    """An EPUB of chapters (name, body)."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
    book = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>A book</dc:title></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    )
    pages = {
        f"OPS/{name}": '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><body>{body}</body></html>'
        for name, body in chapters.items()
    }
    return zipped(
        {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OPS/book.opf": book, **pages}
    )
