"""Hostile PDFs, written object by object: each is well formed but for the one thing that its function names."""

import zlib
from collections.abc import Mapping, Sequence

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"
BODY = b"BT /F1 11 Tf 50 700 Td (The county inspected its bridges in the spring.) Tj ET"
PAGE = (
    b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>"
)


def pdf(objects: Mapping[int, bytes], *, trailer: bytes = b"", start: int | None = None) -> bytes:
    """A PDF of these objects, of which 1 is the catalogue; `start` is where the table of objects is said to be."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, trailer, table if start is None else start,
    )  # fmt: skip
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def one_page(
    *,
    catalogue: bytes = b"",
    page: bytes = b"",
    box: bytes = b"[0 0 612 792]",
    content: bytes = b"",
    more: Mapping[int, bytes] | None = None,
) -> bytes:
    """A PDF of one page with a sentence; further entries of its catalogue and page, and further objects from 10 on."""
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R %s >>"
            % (box, page),
            4: content or stream(BODY),
            5: FONT,
            **(more or {}),
        }
    )


def no_pages() -> bytes:
    return pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"})


def many_pages(count: int) -> bytes:
    """Pages that share their content, in a tree of two levels."""
    objects: dict[int, bytes] = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 4: stream(BODY), 5: FONT}
    branches, number = [], 10
    for first in range(0, count, 100):
        branch, leaves = number, min(100, count - first)
        kids = b" ".join(b"%d 0 R" % (branch + 1 + leaf) for leaf in range(leaves))
        objects[branch] = b"<< /Type /Pages /Parent 2 0 R /Kids [%s] /Count %d >>" % (kids, leaves)
        for leaf in range(leaves):
            objects[branch + 1 + leaf] = PAGE % branch
        branches.append(branch)
        number += leaves + 1
    kids = b" ".join(b"%d 0 R" % branch for branch in branches)
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return pdf(objects)


def gigantic_box() -> bytes:
    return one_page(box=b"[-1e9 -1e9 1e9 1e9]")


def empty_box() -> bytes:
    return one_page(box=b"[0 0 0 0]")


def nonsense_box() -> bytes:
    return one_page(box=b"[(a) null 1e400 -nan]")


def wrong_table() -> bytes:
    """The table of objects is said to stand beyond the end."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: PAGE % 2,
        4: stream(BODY),
        5: FONT,
    }
    return pdf(objects, start=99_999_999)


def cyclic_outlines() -> bytes:
    item = b"<< /Title (One) /Parent 10 0 R /Next 11 0 R /Prev 11 0 R /First 11 0 R /Last 11 0 R /Count 1 >>"
    return one_page(
        catalogue=b"/Outlines 10 0 R",
        more={10: b"<< /Type /Outlines /First 11 0 R /Last 11 0 R /Count 1 >>", 11: item},
    )


def cyclic_pages() -> bytes:
    """The tree of pages holds itself."""
    return pdf(
        {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 2 0 R] /Count 2 >>"}
    )


def cyclic_table() -> bytes:
    """The table of objects names itself as the one before it."""
    data = pdf(
        {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}, trailer=b"/Prev 000"
    )
    place = data.rindex(b"xref\n0")
    return data.replace(b"/Prev 000", b"/Prev %03d" % place)


def cyclic_names() -> bytes:
    """The tree of named places holds itself, and a link asks for a name in it."""
    link = b"<< /Type /Annot /Subtype /Link /Rect [50 690 200 710] /Dest (somewhere) >>"
    return one_page(
        catalogue=b"/Names << /Dests 10 0 R >>",
        page=b"/Annots [11 0 R]",
        more={10: b"<< /Kids [10 0 R 10 0 R] /Limits [(a) (z)] >>", 11: link},
    )


def deep_arrays(depth: int = 50_000) -> bytes:
    return one_page(catalogue=b"/Deep 10 0 R", page=b"/Annots 10 0 R", more={10: b"[" * depth + b"]" * depth})


def deep_pages(depth: int = 5_000) -> bytes:
    """A tree of pages as deep as a list is long."""
    objects = {1: b"<< /Type /Catalog /Pages 10 0 R >>", 4: stream(BODY), 5: FONT}
    for number in range(10, 10 + depth):
        objects[number] = b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (number - 1, number + 1)
    objects[10 + depth] = PAGE % (9 + depth)
    return pdf(objects)


def actions() -> bytes:
    """A script and a program that are to be started when the file is opened or a link is touched."""
    launch = b"<< /Type /Annot /Subtype /Link /Rect [50 690 200 710] /A << /S /Launch /F (/bin/sh) >> >>"
    script = b"<< /Type /Annot /Subtype /Link /Rect [50 690 200 710] /A << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"
    return one_page(
        catalogue=b"/OpenAction << /S /JavaScript /JS (while\\(true\\){}) >>",
        page=b"/Annots [10 0 R 11 0 R]",
        more={10: launch, 11: script},
    )


def bad_addresses() -> bytes:
    """Links with addresses in no encoding, with line ends, lone surrogates or nothing."""
    raw = (
        b"(http://a.example/\\377\\376)", b"<FEFFD800>", b"(http://[::1/x)", b"(http://a.example/\\n\\000b)", b"()",
        b"42", b"(javascript:alert\\(1\\))", b"<FEFF0068007400740070003A002F002FD83D>",
    )  # fmt: skip
    links = {
        10 + at: b"<< /Type /Annot /Subtype /Link /Rect [50 690 200 710] /A << /S /URI /URI %s >> >>" % uri
        for at, uri in enumerate(raw)
    }
    return one_page(page=b"/Annots [%s]" % b" ".join(b"%d 0 R" % number for number in links), more=links)


def lone_surrogates() -> bytes:
    """A title, and a font that maps every letter to half a character."""
    to_unicode = stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
        b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <00> <FF> <D800> endbfrange endcmap end end"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode 11 0 R >>"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: PAGE % 2,
        4: stream(BODY),
        5: font,
        10: b"<< /Title <FEFFD83D0041DE00> >>",
        11: to_unicode,
    }
    return pdf(objects, trailer=b"/Info 10 0 R")


def bomb(size: int, layers: int = 1) -> bytes:
    """A page whose content is `size` bytes when it is inflated, so many times over."""
    packer = zlib.compressobj(9)
    unit = b"0 0 m 1 1 l S\n" * 70_000
    parts: Sequence[bytes] = [packer.compress(unit) for _ in range(size // len(unit))]
    packed = b"".join(parts) + packer.flush()
    filters = b"/FlateDecode"
    for _ in range(layers - 1):
        packed, filters = zlib.compress(packed, 9), filters + b" /FlateDecode"
    return one_page(content=stream(packed, b"/Filter [%s]" % filters))
