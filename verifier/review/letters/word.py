"""A letter as a Word file: paragraphs in a plain package (ISO/IEC 29500-1, 11.3.10), for an editor to change."""

import io
import re
import zipfile
from xml.sax.saxutils import escape

from db.letters import StoredLetter
from verifier.characters import shown
from verifier.review.letters.compose import numbered, paragraphs

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_A4 = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/>'
    "</w:sectPr>"
)
"""A4 with margins of 2.5 cm, in twentieths of a point."""

_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}"/></Types>'
)
_RELATIONSHIPS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_ILLEGAL = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MADE = (1980, 1, 1, 0, 0, 0)
"""The time of every part: the same letter is the same file."""


def word_letter(letter: StoredLetter) -> bytes:
    """The letter as a .docx file."""
    title = _paragraph(letter.subject, bold=True)
    questions = "".join(map(_question, numbered(letter)))
    body = _plain(letter.opening) + questions + _plain(letter.closing)
    document = f'{_HEAD}<w:document xmlns:w="{_MAIN}"><w:body>{title}{body}{_A4}</w:body></w:document>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in (
            ("[Content_Types].xml", _CONTENT_TYPES),
            ("_rels/.rels", _RELATIONSHIPS),
            ("word/document.xml", document),
        ):
            package.writestr(zipfile.ZipInfo(name, _MADE), part.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _plain(text: str) -> str:
    return "".join(_paragraph(paragraph) for paragraph in paragraphs(text))


def _question(text: str) -> str:
    """A question, what it is about in bold, kept on the page of what follows."""
    first, *others = paragraphs(text)
    return _paragraph(first, bold=bool(others)) + "".join(map(_paragraph, others))


def _paragraph(words: str, *, bold: bool = False) -> str:
    """A paragraph with its lines, half a line of space behind it."""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(_printable(line))}</w:t>' for line in words.splitlines() or [""]
    )
    weight = "<w:b/>" if bold else ""
    font = f'<w:rPr>{weight}<w:sz w:val="22"/></w:rPr>'
    kept = "<w:keepNext/>" if bold else ""
    return f'<w:p><w:pPr>{kept}<w:spacing w:after="160"/></w:pPr><w:r>{font}{lines}</w:r></w:p>'


def _printable(line: str) -> str:
    """Words without the characters that XML has no place for."""
    return _ILLEGAL.sub("", shown(line))
