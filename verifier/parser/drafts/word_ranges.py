"""Where in a Word file's runs a passage begins and ends: runs are parted there, and the range is marked."""

import copy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from verifier.parser.drafts.paragraphs import Paragraph

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters `start:end` of a paragraph that was read from a Word file."""

    paragraph: Paragraph
    start: int
    end: int


def mark_passage(passage: Passage, namespace: str, comment_id: str) -> None:
    """Put a comment's range around a passage, and its reference behind it."""
    first = passage.paragraph.source_at(passage.start)
    last = passage.paragraph.source_at(max(passage.start, passage.end - 1))
    if first is None:
        first = passage.paragraph.origins[0].source
    if last is None:
        last = first
    end_run = _run_of(last, namespace)
    tail = _raw_index(passage, passage.end - 1, last) + 1
    if tail < len(last.text or ""):
        _part(last, tail, namespace)
    start_run = _run_of(first, namespace)
    head = _raw_index(passage, passage.start, first)
    if head > 0:
        rest = _part(first, head, namespace)
        if rest is not None:
            same = start_run is end_run
            start_run = rest
            end_run = rest if same else end_run
    opening = etree.Element(f"{{{namespace}}}commentRangeStart")
    closing = etree.Element(f"{{{namespace}}}commentRangeEnd")
    reference = etree.Element(f"{{{namespace}}}r")
    mark = etree.SubElement(reference, f"{{{namespace}}}commentReference")
    for element in (opening, closing, mark):
        element.set(f"{{{namespace}}}id", comment_id)
    start_run.addprevious(opening)
    end_run.addnext(reference)
    end_run.addnext(closing)


def _run_of(words: Any, namespace: str) -> Any:
    """The run that a text is in; a formula's is the formula."""
    run = f"{{{namespace}}}r"
    element = words
    while element.getparent() is not None and element.tag != run:
        parent = element.getparent()
        if parent.tag == f"{{{namespace}}}p":
            return element
        element = parent
    return element


def _part(words: Any, at: int, namespace: str) -> Any:
    """Part a run behind so many characters of a text; returns the new run behind it, None where it is of one piece."""
    run = words.getparent()
    if run is None or run.tag != f"{{{namespace}}}r":
        return None
    text = words.text or ""
    rest = etree.Element(run.tag, run.attrib)
    properties = next((child for child in run if child.tag == f"{{{namespace}}}rPr"), None)
    if properties is not None:
        rest.append(copy.deepcopy(properties))
    moved = list(words.itersiblings())
    behind = etree.SubElement(rest, words.tag, words.attrib)
    words.text, behind.text = text[:at], text[at:]
    for element in (words, behind):
        element.set(_SPACE, "preserve")
    for element in moved:
        rest.append(element)
    run.addnext(rest)
    return rest


def _raw_index(passage: Passage, offset: int, words: Any) -> int:
    """Which character of a run's text a character of the paragraph is, whose blanks were joined."""
    origins = [origin for origin in passage.paragraph.origins if origin.source is words]
    if not origins:
        return 0
    start = origins[0].start
    raw = words.text or ""
    wanted = offset - start
    written, blank = 0, not passage.paragraph.text[start : start + 1].isspace()
    for at, char in enumerate(raw):
        if char.isspace():
            counts = not blank
            blank = True
        else:
            counts = char not in "\xad\u200b\u2060\ufeff"
            blank = blank and not counts
        if counts:
            if written == wanted:
                return at
            written += 1
    return len(raw)
