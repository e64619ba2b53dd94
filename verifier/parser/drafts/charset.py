"""The words of a text file in an encoding that it states or that its bytes show."""

import codecs
import re

from verifier.parser.patterns import regex

_META = regex(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.I)
_XML = regex(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,30})", re.I)
_LATEX = regex(rb"\\usepackage\s*\[([^\]]{2,30})\]\s*\{inputenc\}|\\inputencoding\{([^}]{2,30})\}")
_LATEX_NAMES = {
    "latin1": "cp1252", "ansinew": "cp1252", "cp1252": "cp1252", "latin9": "iso8859-15", "latin2": "iso8859-2",
    "applemac": "mac-roman", "cp1250": "cp1250", "cp850": "cp850", "cp437": "cp437", "koi8-r": "koi8-r",
    "cp1251": "cp1251", "latin5": "iso8859-9", "utf8": "utf-8", "utf8x": "utf-8", "ascii": "utf-8",
}  # fmt: skip
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEARCHED = 20_000


def decoded(data: bytes) -> str:
    """The text of bytes: by a byte order mark, as UTF-8 where they are, by what they state, else as Windows-1252."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff")
    if b"\0" in data[:200]:
        guessed = _without_mark(data)
        if guessed is not None:
            return guessed
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_stated(data[:_SEARCHED]) or "cp1252", "replace")


def _stated(head: bytes) -> str | None:
    for pattern in (_XML, _META, _LATEX):
        found = pattern.search(head)
        if found is None:
            continue
        name = next(group for group in found.groups() if group).decode("ascii", "replace").lower()
        name = _LATEX_NAMES.get(name, name)
        if name in ("utf-8", "utf8", "iso-8859-1", "latin-1"):  # what is no UTF-8 is Windows-1252, as browsers have it
            return "cp1252"
        try:
            return codecs.lookup(name).name
        except LookupError:
            return None
    return None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 that lacks its mark: every other byte of plain text is nothing."""
    sample = data[:400]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) // 4:
        return None
    return data.decode("utf-16-be" if even > odd else "utf-16-le", "replace")
