"""Word's fields: code and result between `w:fldChar`s, which may be nested, and what the codes mean."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from verifier.parser.drafts.works import CitedWork, csl_works, endnote_works
from verifier.parser.patterns import regex

_WORDS = regex(r'"((?:[^"\\]|\\.)*)"|(\\[a-zA-Z*@#!])|(\S+)')


@dataclass(slots=True)
class Field:
    """A field that is being read: its code, whether its result has begun, and where in the paragraph that was."""

    code: str = ""
    data: str = ""
    in_result: bool = False
    start: int = 0
    closes_link: bool = False
    shown: list[str] = field(default_factory=list)


def hyperlink(code: str) -> str | None:
    """The address of a HYPERLINK code, with the place in it; None for other codes and links within the document."""
    words = _words(code)
    if not words or words[0].upper() != "HYPERLINK":
        return None
    address, place, at = "", "", 1
    while at < len(words):
        word = words[at]
        if word in ("\\l", "\\o", "\\t", "\\s"):
            if word == "\\l" and at + 1 < len(words):
                place = words[at + 1]
            at += 2
            continue
        if not address and not word.startswith("\\"):
            address = word
        at += 1
    if not address:
        return None
    return f"{address}#{place}" if place and "#" not in address else address


def note_reference(code: str) -> tuple[str, bool] | None:
    """The bookmark that a NOTEREF code names, and whether it is set as a marker (`\\f`)."""
    words = _words(code)
    if len(words) < 2 or words[0].upper() not in ("NOTEREF", "FTNREF"):
        return None
    return words[1], "\\f" in (word.lower() for word in words[2:])


def cited_works(code: str, data: str, sources: Mapping[str, CitedWork]) -> tuple[CitedWork, ...]:
    """The works that a reference manager's field stands for."""
    head = code.lstrip()[:60].upper()
    if head.startswith("CITATION"):
        words = _words(code)
        tags = [words[1]] if len(words) > 1 else []
        tags += [after for one, after in pairwise(words) if one == "\\m"]
        return tuple(sources[tag] for tag in tags if tag in sources)
    if not head.startswith("ADDIN"):
        return ()
    if "CSL_CITATION" in head or "ZOTERO_ITEM" in head or "MENDELEY" in head:
        return csl_works(code)
    if "EN.CITE" in head and "EN.CITE.DATA" not in head:
        return endnote_works(code) or endnote_works(_decoded(data))
    return ()


def content_control_works(tag: str) -> tuple[CitedWork, ...]:
    """The works of a content control of Mendeley Cite: its tag holds them, in base 64."""
    head, _, data = tag.rpartition("_")
    return csl_works(_decoded(data)) if head.startswith("MENDELEY_CITATION") else ()


def _decoded(data: str) -> str:
    try:
        raw = base64.b64decode("".join(data.split()) + "===", validate=False)
    except (binascii.Error, ValueError):
        return ""
    return raw.decode("utf-16-le" if raw[1:2] == b"\0" else "utf-8", "replace")


def _words(code: str) -> list[str]:
    return [
        re.sub(r"\\(.)", r"\1", match[1]) if match[1] is not None else match[2] or match[3]
        for match in _WORDS.finditer(code)
    ]


def instruction_text(element: etree._Element) -> str:
    """The words of an instruction."""
    return "".join(element.itertext())
