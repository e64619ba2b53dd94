"""Files that the desk hands out: always saved, under a name that every system takes."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

from flask import Response

from verifier.characters import shown

_LONGEST = 120
"""Characters of a document's part of a name: a file's name has at most 255 bytes on most systems, a character up to 4
bytes, and what this is of the document comes behind."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\ufffd\u061c\u200e\u200f]+')
"""What Windows takes in no name ("Naming Files, Paths, and Namespaces"), what cannot be seen, and what turns the order
of the other signs: `fdp.exe` is not to look like `exe.pdf`."""

_LONGEST_BYTES = 180
_IN_VALUES = "!#$&+-.^_`|~"
"""`attr-char` of RFC 8187, 3.2.1, besides letters and digits."""


def name_of(path: str, what: str) -> str:
    """`paper citations.xlsx`: the name of a document, without its folders, with what this is of it.

    A word that the document's name ends in is not said twice: the `report.html` of `annual report.pdf` is
    `annual report.html`.
    """
    stem = PurePosixPath(path.replace("\\", "/")).stem
    words = safe_name(stem, "document")
    first, dot, ending = what.partition(".")
    said = re.split(r"[\s_.-]+", words)[-1].casefold() == first.casefold()
    return f"{words}{dot}{ending}" if said else f"{words} {what}"


def safe_name(name: str, otherwise: str) -> str:
    """A name without signs that a system refuses or a reader misreads, cut where it is long; `otherwise` for none."""
    clean = " ".join(_UNSAFE.sub(" ", shown(unicodedata.normalize("NFC", name))).split())[:_LONGEST]
    while len(clean.encode("utf-8")) > _LONGEST_BYTES:
        clean = clean[:-1]
    return clean.strip(" .~") or otherwise


def disposition(name: str) -> str:
    """The value of `Content-Disposition` (RFC 6266) under which a browser saves a file of this name.

    What is not ASCII is in `filename*`, with a plain `filename` before it for what does not know that.
    """
    name = " ".join(_UNSAFE.sub(" ", shown(name)).split())  # no header breaks, whatever it is called
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r'["\\%]', "", plain).strip() or "download"
    value = f'attachment; filename="{plain}"'
    return value if name.isascii() else f"{value}; filename*=UTF-8''{quote(name, safe=_IN_VALUES)}"


def as_download(content: bytes | str, media_type: str, name: str) -> Response:
    """An answer that a browser saves under a name."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = disposition(name)
    return response
