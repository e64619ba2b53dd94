"""PDFs made to hang, bloat or crash whoever reads them."""

# ruff: noqa: E501 - a case a line

import zlib
from collections.abc import Sequence


def pdf_of(objects: Sequence[bytes], root: int = 1) -> bytes:
    """A PDF of so many objects, numbered from 1, with a right cross-reference table."""
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        root,
        len(body),
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def one_page(content: bytes, *more: bytes, page: bytes = b"", entries: bytes = b"") -> bytes:
    """A PDF of one page; `more` are objects from 6 on, `page` entries of the page, `entries` of its content."""
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
            b"/Resources<</XObject<</F 6 0 R>>/Font<</G 5 0 R>>>>%s>>" % page,
            stream(content, entries),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *more,
        ]
    )


def forms_in_forms(depth: int, width: int, idle: int = 0) -> bytes:
    """Each form shows the next one so many times: a few kilobytes that take width to the power of depth steps.

    Each step takes `idle` operators more, which need no memory.
    """
    call = b"/F Do " * width
    forms = []
    for number in range(depth):
        last = number == depth - 1
        shown = b"BT /G 9 Tf (a) Tj ET " + b"q Q " * idle if last else call
        uses = b"/Font<</G 5 0 R>>" if last else b"/XObject<</F %d 0 R>>" % (7 + number)
        forms.append(stream(shown, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<%s>>" % uses))
    return one_page(call, *forms)


def hostile_pdfs() -> dict[str, bytes]:
    """A PDF by what is hostile in it; none of them may end a run, and none may pass for read where it was not."""
    text = b"BT /G 12 Tf 72 700 Td (The county has 142 bridges in use.) Tj ET"
    return {
        "forms in forms": forms_in_forms(4, 10),
        "forms that show themselves": one_page(
            b"/F Do", stream(b"/F Do " * 9, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 6 0 R>>>>")
        ),
        "a huge page": one_page(text, page=b"/MediaBox[-1e30 -1e30 1e30 1e30]"),
        "a page that is no box": one_page(text, page=b"/MediaBox[NaN /x (y) null]"),
        "a page of digits": one_page(text, page=b"/MediaBox[0 0 %s 9]/UserUnit 1e999" % (b"9" * 5000)),
        "a page turned by digits": one_page(text, page=b"/Rotate %s" % (b"9" * 400)),
        "a bomb in a bomb": one_page(
            zlib.compress(zlib.compress(b" " * 40_000_000)), entries=b"/Filter[/FlateDecode/FlateDecode]"
        ),
        "twenty filters": one_page(text, entries=b"/Filter[%s]" % (b"/ASCIIHexDecode" * 20)),
        "a filter of itself": one_page(text, entries=b"/Filter 4 0 R"),
        "a length of itself": one_page(text).replace(b"/Length %d" % len(text), b"/Length 4 0 R"),
        "a predictor of digits": one_page(
            zlib.compress(text), entries=b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 99>>"
        ),
        "brackets in the content": one_page(b"[" * 200_000 + b"(x) Tj"),
        "dictionaries in the content": one_page(b"<<" * 100_000),
        "states saved without end": one_page(b"q " * 300_000 + text),
        "a font of digits": one_page(b"BT /G %s Tf (142) Tj ET" % (b"9" * 400)),
        "a matrix of digits": one_page(b"1e38 1e38 1e38 1e38 1e38 1e38 cm " * 50 + text),
        "a string of 400 kB": one_page(b"BT /G 9 Tf (%s) Tj ET" % (b"9" * 400_000)),
        "a mark in circles": one_page(
            b"/Span /P BDC " + text, b"<</X 6 0 R>>", page=b"/Resources<</Properties<</P 6 0 R>>/Font<</G 5 0 R>>>>"
        ),
        "a page tree in circles": pdf_of(
            [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>"]
        ),
        "a billion pages": pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 2147483647>>"]),
        "a negative count": pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count -5>>"]),
        "tables in circles": b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 1/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
        "object streams in circles": pdf_of(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                stream(b"2 0 <</Type/Pages/Kids[]/Count 0>>", b"/Type/ObjStm/N 1/First 4/Extends 3 0 R"),
                stream(b"3 0 2 0 R", b"/Type/ObjStm/N 999999999/First 4/Extends 2 0 R"),
            ]
        ),
        "outlines in circles": pdf_of(
            [
                b"<</Type/Catalog/Pages 2 0 R/Outlines 3 0 R/Names 3 0 R/StructTreeRoot 3 0 R/AcroForm 3 0 R>>",
                b"<</Type/Pages/Kids[]/Count 0>>",
                b"<</First 3 0 R/Last 3 0 R/Next 3 0 R/Kids[3 0 R]/K 3 0 R/Fields[3 0 R]/Parent 3 0 R>>",
            ]
        ),
        "a picture of digits": one_page(
            b"/F Do " + text,
            stream(b"x", b"/Type/XObject/Subtype/Image/Width 2147483647/Height 2147483647/BitsPerComponent 8/ColorSpace/DeviceRGB"),
        ),
        "a JBIG2 bomb": one_page(
            b"/F Do " + text,
            stream(
                b"\0\0\0\0\x30\0\x01\0\0\0\x13\x7f\xff\xff\xff\x7f\xff\xff\xff" + b"\0" * 11,
                b"/Type/XObject/Subtype/Image/Width 65000/Height 65000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode",
            ),
        ),
        "a JPEG of nothing": one_page(
            b"/F Do " + text,
            stream(b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03", b"/Type/XObject/Subtype/Image/Width 65535/Height 65535/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode"),
        ),
        "a title of noise": one_page(text).replace(b"/Root 1 0 R", b"/Root 1 0 R/Info<</Title<%s>/ModDate(D:%s)>>" % (b"D800" * 9000, b"9" * 400)),
        "an encryption of noise": one_page(text).replace(b"/Root 1 0 R", b"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 5/R 6/Length 256/O(x)/U(y)/P -1/OE(z)/UE(z)/Perms(q)>>"),
        "a link to a file": one_page(text, page=b"/Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(file:///etc/passwd)>>>>]"),
        "links without end": one_page(text, page=b"/Annots[%s]" % (b"<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://a.test/)>>>>" * 20_000)),
        "a link in circles": one_page(text, b"<</Subtype/Link/Rect 6 0 R/A 6 0 R/Parent 6 0 R/URI 6 0 R/S/URI>>", page=b"/Annots[6 0 R 6 0 R]"),
        "a script that opens": one_page(text).replace(b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(while(1){})>>"),
        "a form of XFA": one_page(text, stream(b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>")).replace(b"/Type/Catalog", b"/Type/Catalog/AcroForm<</XFA 6 0 R>>"),
    }  # fmt: skip
