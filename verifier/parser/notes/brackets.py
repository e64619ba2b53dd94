"""Bracketed markers: what names entries of a numbered bibliography in the text, `[12]`, `[3, 7-9]`, `[12, p. 4]`."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from verifier.parser.page.lines import Line
from verifier.parser.patterns import regex

_NUMBER = r"\d{1,4}"
KEY = r"(?-i:[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ+]{1,9}(?:\d{2}[a-z]?)?)"
"""An author-year key in the form of BibTeX's alpha style, `Knu84`, `GMS+93a`, `Rö03`, or without a year, `MIT`."""
_DASH = r"[-–—‐]"
_PIN_WORD = (
    r"(?:pp?|pages?|seiten?|§+|sect?(?:ion)?s?|ch(?:ap(?:ter)?)?s?|fig(?:ure)?s?|tab(?:le)?s?|th(?:eore)?m|lemma|prop|def|"
    r"eqs?|app(?:endix)?|annex|arts?|articles?|paras?|vols?|nos?|notes?|kap|abschn|cap|pág|págs|blz|s)"
)
_PIN = rf"(?:\s*,?\s*{_PIN_WORD}(?:\.|\b)\s*[^\[\];]{{0,40}}|\s*:\s*\d+(?:\s*{_DASH}\s*\d+)?)"
_ITEM = rf"(?:{_NUMBER}(?:\s*{_DASH}\s*{_NUMBER})?|{KEY})"
_LEAD = r"(?:(?:see|see also|cf\.?|e\.\s?g\.,?|also|siehe|vgl\.|voir|véase|ver|zie)\s+)?"
_INSIDE = rf"\[\s*{_LEAD}{_ITEM}{_PIN}?(?:\s*[,;]\s*{_ITEM}{_PIN}?)*\s*\]"
_MARK = regex(rf"{_INSIDE}(?:\s*{_DASH}\s*\[\s*{_NUMBER}\s*\])?", re.IGNORECASE)
_TOKEN = regex(
    rf"(?P<pin>{_PIN})|(?P<first>{_NUMBER})(?:\s*\]?\s*{_DASH}\s*\[?\s*(?P<last>{_NUMBER}))?|(?P<key>{KEY})",
    re.IGNORECASE,
)
_OPEN_AT_END = regex(r"\[[^\[\]]{0,40}$")
_LONGEST_RANGE = 60
_ROUND = regex(rf"(?:^|(?<=[\w.,”\"’)]\s))\(\s*{_NUMBER}(?:\s*(?:{_DASH}|[,;])\s*{_NUMBER})*\s*\)(?=[\s.,;:!?)”\"’]|$)")
_ROUND_OPEN_AT_END = regex(r"\([\d\s,;–-]{0,20}$")
_NO_REFERENCE = regex(
    r"(?:[,:;=+]|\b(?:eqs?|equations?|formulas?|formulae|gleichung(?:en)?|gl|formeln?|équations?|steps?|items?|points?|rules?"
    r"|cases?|sections?|clauses?|paragraphs?|articles?|arts?|nos?|lines?|rows?|columns?|conditions?|properties|by|from|of|in"
    r"|and|or|und|oder|aus|nach|et|ou|par|with|than|hence|thus|to)\.?)\s*$",
    re.IGNORECASE,
)
"""What is before the number of an equation or of an item, not before a reference."""
_GAP = 1.0
"""Of the type size: more white is before the number of an equation that is set off."""
_MATHS = regex(
    r"(?:[∈∉⊂⊆=<>≤≥×±(∪∩+−*/^|]|\b(?:intervals?|ranges?|segments?|vectors?|arrays?|ind(?:ex|ices)|tuples?)(?:\s+(?:of|from))?)\s*$",
    re.IGNORECASE,
)
"""What is before an interval or an index, not before a reference."""
_COURT = regex(r"\s+(?:[A-Z]{2,}\b|\d+\s+[A-Z][\w.]+\s+\d)")
"""What follows the bracketed year of a neutral citation or law report: `[2019] EWCA`, `[1932] 2 AC 562`."""
_CODE_AFTER = regex(r"[({=\w]|\[(?!\s*\d+\s*\])|\s*[=+*/<>]")
_GLUED_WORD = regex(r"[^\W\d_]{3,}$")
_AFTER_STOP = ".,;:!?”\"'’»)]"


@dataclass(frozen=True, slots=True)
class BracketMarker:
    """A bracket that names entries: characters `start:end` of line `line`, and of the next line those before `rest`.

    `glued`: it hangs on a word; `raised`: it is above the baseline, as markers of notes are.
    """

    line: int
    start: int
    end: int
    keys: tuple[str, ...]
    rest: int = 0
    glued: bool = False
    raised: bool = False


def find_bracket_markers(lines: Sequence[Line], known: Collection[str]) -> Iterator[BracketMarker]:
    """The brackets that name nothing but entries in `known`.

    Array indices, intervals and the years of law reports are none: they are recognised by what is around them. Brackets
    glued to a word count only if the document mostly sets them so, since code does as well.
    """
    markers = [marker for index, line in enumerate(lines) for marker in _in_line(index, line, lines, known)]
    level = [marker for marker in markers if not marker.raised and marker.start]
    usual = 2 * sum(marker.glued for marker in level) > len(level)
    for marker in markers:
        if marker.raised or usual or not marker.glued:
            yield marker


def find_round_markers(lines: Sequence[Line], known: Collection[str]) -> Iterator[BracketMarker]:
    """The round brackets with nothing but numbers of entries in `known`, `(3)`, `(2, 5-7)`, that may be references.

    The numbers of equations and of enumerations are none: they begin a line, have a gap or a word such as "equation"
    before them, or follow a comma, a colon or a semicolon.
    """
    for index, line in enumerate(lines):
        text = line.text
        if "(" not in text:
            continue
        if _ROUND_OPEN_AT_END.search(text) and index + 1 < len(lines) and lines[index + 1].page - line.page <= 1:
            text = f"{text} {lines[index + 1].text[:60]}"
        for match in _ROUND.finditer(text):
            start, end = match.span()
            if start >= len(line.text) or line.raised_at(start) or _NO_REFERENCE.search(text, 0, start):
                continue
            keys = _keys(match.group())
            runs_on = not _has_gap_before(line, start) if start else text[end : end + 1] in tuple(".,;")
            if keys and all(key in known for key in keys) and runs_on:
                yield BracketMarker(index, start, min(end, len(line.text)), keys, max(0, end - len(line.text) - 1))


def _has_gap_before(line: Line, start: int) -> bool:
    before = line.text[:start].rstrip()
    return line.edges[2 * start] - line.edges[2 * len(before) - 1] > _GAP * line.size if before else True


def named_keys(text: str, known: Collection[str]) -> tuple[str, ...]:
    """The entries in `known` that the brackets of a note's text name, in their order, each once."""
    found: list[str] = []
    for match in _MARK.finditer(text):
        keys = _keys(match.group())
        if keys and all(key in known for key in keys) and not _is_other(text, *match.span()):
            found.extend(keys)
    return tuple(dict.fromkeys(found))


def _in_line(index: int, line: Line, lines: Sequence[Line], known: Collection[str]) -> Iterator[BracketMarker]:
    if "[" not in line.text:
        return
    text = line.text
    if _OPEN_AT_END.search(text) and index + 1 < len(lines) and lines[index + 1].page - line.page <= 1:
        text = f"{text} {lines[index + 1].text[:60]}"
    last: BracketMarker | None = None
    for match in _MARK.finditer(text):
        start, end = match.span()
        follows = last is not None and last.end == start
        if start >= len(line.text):
            continue
        span = line.raised_at(start)
        if not follows and span is None and _is_other(text, start, end):
            continue
        keys = _keys(match.group())
        if keys and all(key in known for key in keys):
            rest = max(0, end - len(line.text) - 1)
            glued = last.glued if last is not None and follows else _is_glued(text, start)
            raised = span is not None
            last = BracketMarker(index, start, min(end, len(line.text)), keys, rest, glued and not raised, raised)
            yield last


def _is_other(text: str, start: int, end: int) -> bool:
    """Whether a bracket is an index, an interval or a law report's year."""
    before, after = text[:start], text[end:]
    if before and (before[-1].isdecimal() or before[-1] in "_$\\@&#"):
        return True
    if _is_glued(text, start) and not _GLUED_WORD.search(before):
        return True
    return bool(_MATHS.search(before) or _COURT.match(after) or (after and _CODE_AFTER.match(after)))


def _is_glued(text: str, start: int) -> bool:
    return start > 0 and not text[start - 1].isspace() and text[start - 1] not in _AFTER_STOP + "([“‘«—–-/"


def _keys(marker: str) -> tuple[str, ...]:
    """The entries that a marker names, ranges written out; none when a range falls or is too long."""
    keys: list[str] = []
    for token in _TOKEN.finditer(marker):
        if token.group("pin") is not None:
            continue
        if token.group("key") is not None:
            keys.append(token.group("key"))
            continue
        first, last = int(token.group("first")), int(token.group("last") or token.group("first"))
        if not first <= last <= first + _LONGEST_RANGE:
            return ()
        keys.extend(str(number) for number in range(first, last + 1))
    return tuple(dict.fromkeys(keys))
