"""Bytes to text: which character set a payload is in.

Order: byte order mark, then what the header states, then what the document states of itself, then a look at the bytes
(WHATWG Encoding and HTML, "determining the character encoding"). A stated single-byte set is overruled when the bytes
are valid UTF-8 beyond ASCII: no real text in a single-byte set looks like that by chance.
"""

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The WHATWG Encoding standard's labels: pages that say the one mean the other.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "big5": "big5hkscs",
}
# The standard's other encodings, and relatives of them that pages are written in. Python knows more "character sets":
# punycode, idna, unicode_escape and utf-7 are none, and turn a page to rubble.
_SETS = frozenset(
    {*_MEANT.values(), "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"}
    | {f"cp{number}" for number in (437, 850, 852, 855, 866, *range(1250, 1259))}
    | {f"iso8859-{number}" for number in range(2, 17)}
    | {"koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "mac-greek", "mac-turkish", "mac-latin2", "kz1048", "ptcp154"}
    | {"euc_jp", "euc_jis_2004", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_kr", "johab", "hz", "big5"}
)
_SAMPLE = 32_768  # bytes that detection looks at
_ENOUGH_TO_TELL = 24  # bytes beyond ASCII

# What pages without any statement are written in (WHATWG HTML, table of locale defaults).
_WEB_SETS = (
    *("cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949", "iso8859_2"),
)


def decode_text(body: bytes, stated: str | None) -> str:
    """The payload as text; bytes that fit no character set become U+FFFD."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    utf8 = _as_utf8(body)
    if utf8 is not None and not body.isascii():
        return utf8
    decoded = _decoded(body, stated)
    if decoded is None:
        decoded = _decoded(body, _stated_inside(body))
    if decoded is not None:
        return decoded
    return utf8 if utf8 is not None else body.decode(_detected(body), "replace")


def _as_utf8(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    damaged = body.decode("utf-8", "replace")
    # A cut character or two in a page of UTF-8 must not turn all its others to rubble.
    good = sum(1 for char in damaged if char > "\x7f" and char != "�")
    return damaged if damaged.count("�") * 50 < good else None


def _stated_inside(body: bytes) -> str | None:
    """What an XML declaration or an HTML meta element says."""
    start = body[:4096]
    lowered = start.lower()
    if b"charset" not in lowered and b"encoding" not in lowered:
        return None
    from bs4.dammit import EncodingDetector

    return EncodingDetector.find_declared_encoding(start, is_html=True, search_entire_document=True)


def _decoded(body: bytes, label: str | None) -> str | None:
    if not label:
        return None
    try:
        name = codecs.lookup(label).name
        name = _MEANT.get(name, name)
        if name not in _SETS:
            return None
        if name.startswith(("utf-16", "utf-32")) and b"\0" not in body[:200]:
            return None
        decoded = body.decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return decoded if decoded.count("�") * 200 <= len(decoded) else None


def _detected(body: bytes) -> str:
    """The likeliest of the web's character sets; western where there is too little to tell by."""
    sample = body[:_SAMPLE]
    if sum(1 for byte in sample if byte > 0x7F) < _ENOUGH_TO_TELL:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(_WEB_SETS)).best()
    return best.encoding if best is not None else "cp1252"
