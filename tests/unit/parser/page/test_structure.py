from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    PdfObject,
    TextStringObject,
)

from verifier.model import WarningCode
from verifier.parser.page.structure import Link, Structure, read_structure, rewritten


def written(*annotations: dict[str, PdfObject], **metadata: str) -> Structure:
    """What is read of a document of two pages whose first has these link annotations."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 400)
    writer.add_blank_page(300, 400)
    entries = ArrayObject()
    for items in annotations:
        entry = DictionaryObject({NameObject("/Subtype"): NameObject("/Link")})
        entry.update({NameObject(key): value for key, value in items.items()})
        entries.append(writer._add_object(entry))
    page[NameObject("/Annots")] = entries
    writer.add_metadata({f"/{key}": value for key, value in metadata.items()})
    file = BytesIO()
    writer.write(file)
    file.seek(0)
    return read_structure(file)


def rect(*edges: float) -> ArrayObject:
    return ArrayObject([FloatObject(edge) for edge in edges])


def action(uri: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject("/URI"), NameObject("/URI"): uri})


def only(structure: Structure) -> Link:
    (link,) = structure.links[1]
    return link


def test_an_external_link() -> None:
    link = only(written({"/Rect": rect(10, 30, 50, 20), "/A": action(TextStringObject("https://example.org/a"))}))
    assert link.uri == "https://example.org/a"
    assert [(r.x0, r.y0, r.x1, r.y1) for r in link.rects] == [(10, 20, 50, 30)]


@pytest.mark.parametrize(
    ("raw", "uri"),
    [
        ("https://example.org/é".encode(), "https://example.org/é"),
        (b"https://example.org/\xe9\xff", None),
        (b"  https://example.org/ ", "https://example.org/"),
    ],
)
def test_addresses_in_bad_encodings_are_read(raw: bytes, uri: str | None) -> None:
    structure = written({"/Rect": rect(0, 0, 9, 9), "/A": action(ByteStringObject(raw))})
    found = only(structure).uri
    assert found is not None
    assert found.startswith("https://example.org/")
    assert uri is None or found == uri


def test_a_link_over_two_lines_has_two_boxes() -> None:
    quads = rect(0, 20, 9, 20, 0, 10, 9, 10, 0, 9, 5, 9, 0, 1, 5, 1)
    annotation: dict[str, PdfObject] = {
        "/Rect": rect(0, 0, 9, 20),
        "/QuadPoints": quads,
        "/A": action(TextStringObject("https://example.org/")),
    }
    assert [(r.x1, r.y1) for r in only(written(annotation)).rects] == [(9, 20), (5, 9)]


def test_damaged_annotations_are_left_out_and_said() -> None:
    structure = written(
        {"/Rect": rect(1, 2), "/A": action(TextStringObject("https://example.org/bad"))},
        {"/A": action(TextStringObject("https://example.org/none"))},
        {"/Rect": rect(0, 0, 9, 9), "/A": action(TextStringObject("https://example.org/good"))},
    )
    assert [link.uri for link in structure.links[1]] == ["https://example.org/good"]
    assert [warning.code for warning in structure.warnings] == [WarningCode.BAD_ANNOTATION] * 2


def test_links_to_nowhere_are_left_out() -> None:
    structure = written(
        {"/Rect": rect(0, 0, 9, 9), "/Dest": TextStringObject("no-such-name")},
        {"/Rect": rect(0, 0, 9, 9), "/Dest": ArrayObject([NullObject(), NameObject("/Fit")])},
        {"/Rect": rect(0, 0, 9, 9)},
    )
    assert structure.links == {}


def test_title_and_date() -> None:
    structure = written(Title=" A title ", CreationDate="D:20240327120000+02'00'")
    assert structure.title == "A title"
    assert structure.created == datetime(2024, 3, 27, 10, 0, tzinfo=UTC)


def test_the_date_of_change_stands_in_for_a_missing_date() -> None:
    assert written(CreationDate="nonsense", ModDate="D:20240327120000Z").created == datetime(
        2024, 3, 27, 12, tzinfo=UTC
    )
    assert written(Title="").title is None


def test_what_is_no_pdf_is_said_not_raised() -> None:
    structure = read_structure(BytesIO(b"%PDF-1.4 and nothing else"))
    assert structure.links == {}
    assert [warning.code for warning in structure.warnings] == [WarningCode.STRUCTURE_DAMAGED]


def test_nothing_can_be_rewritten_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.4 and nothing else")
    assert rewritten(path) is None
