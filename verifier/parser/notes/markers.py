"""Marks: places that may be the marker of a note in the running text, or the label at the start of a note."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from verifier.parser.labels import SYMBOL_CLASS, Label, read_labels
from verifier.parser.notes.rules import Rule, first_points
from verifier.parser.page.lines import Line
from verifier.parser.patterns import regex

_PART = regex(rf"\d{{1,4}}|[ivxlc]+|[a-z]|([{SYMBOL_CLASS}])\1*|[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LINKED = regex(rf"[.,;:\s”\"’')]*(\[\d{{1,4}}\]|\d{{1,4}}|([{SYMBOL_CLASS}])\2*)[.,;:\s]*")
"""The words of a link that make a marker without being raised: `[3]` or a symbol. Numbers are taken in only for the
brackets that may be outside the link; page numbers, sections, figures and examples `(12)` are linked just so."""
_BRACKET_OPENS = regex(r"\[(?:\d{1,4}[,;–-]\s*)*$")
_BRACKET_RUNS_ON = regex(r"\s*[,;–-]\s*[^\s\]]")
"""Around a number that shares its brackets: `[3, 5]`, `[3, p. 12]`."""
_HANGING = regex(r"(?<=[^\W\d_])[.,:;!?”’\"')]*(?P<symbol>([*∗⁎†‡])\2{0,2})(?=[.,:;)”’]*(?:\s|$))")
"""A symbol that is not raised and hangs on a word; on a figure it tells how significant that is."""
_LEAST_LEADERS = 6
_LEADERS = regex(rf"(?<![.·])(?<![.·]\s)(?:[.·]\s?){{{_LEAST_LEADERS},}}\s*(?:\d{{1,4}}|[ivxlc]+)\s*$")
"""Leaders before a page number, more points than an ellipsis has: a line of contents, whose markers are repeated."""
_LONE_SIZE = 0.85
"""Of the line before: markers are set at two thirds to four fifths of the text's size."""
_RANGE = regex(r"(?<![\w.])(\d{1,4})[-–](\d{1,4})(?![\w.])")
_LONGEST_RANGE = 20
_NUMBER = regex(r"\b\d{1,6}\b")
_LEAST_ON_AXIS = 4
_ORDINAL = regex(r"(?:st|nd|rd|th|o|a|er|re|e|è?me|ª|º)\b")
_START = regex(
    rf"(?P<label>\[\d{{1,4}}\]|\(\d{{1,3}}\)|\d{{1,4}}|[ivxlc]+|[a-z]|([{SYMBOL_CLASS}])\2*|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"(?P<point>[.):]?)(?P<space>\s*)(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A candidate for a marker: characters `start:end` of line `line` (an index into the document's lines).

    `doubt` is 0 for a plain raised label and grows with signs of a power, an ordinal or a unit; `link` is the
    internal link it carries, as an index into the page's links.
    """

    line: int
    page: int
    start: int
    end: int
    label: Label
    doubt: float = 0.0
    link: int | None = None

    @property
    def at(self) -> tuple[int, int]:
        """Line and character: what tells it from others, and its place in reading order."""
        return self.line, self.start


@dataclass(frozen=True, slots=True)
class NoteStart:
    """A candidate for the start of a note: its label at the start of line `line`, its text from `text_from`.

    `raised`: the label is above the baseline, or is a symbol. `pointed`: it has a point or bracket.
    `glued`: no space parts it from the text. `link` is the link it carries, as an index into the page's links.
    """

    line: int
    page: int
    label: Label
    text_from: int
    raised: bool
    pointed: bool = False
    link: int | None = None
    glued: bool = False


def find_markers(index: int, line: Line) -> Iterator[Marker]:
    """The marker candidates of a line; `index` is its place among the document's lines."""
    if is_line_of_contents(line) and not line.raised_at(len(line.text.rstrip()) - 1):
        return
    taken: list[tuple[int, int]] = []
    yield from _raised_markers(index, line, taken)
    yield from _linked_markers(index, line, taken)
    for match in _HANGING.finditer(line.text):
        start, end = match.span("symbol")
        if not any(a < end and start < b for a, b in taken):
            for label in read_labels(match.group("symbol")):
                yield Marker(index, line.page, start, end, label, 0.5)


def _raised_markers(index: int, line: Line, taken: list[tuple[int, int]]) -> Iterator[Marker]:
    """The markers in raised glyphs; their places are added to `taken`."""
    for span in line.raised:
        if span.lowered:
            continue
        text = line.text[span.start : span.end]
        if _ORDINAL.fullmatch(text.strip().casefold()) and line.text[span.start - 1 : span.start].isdecimal():
            continue
        for part in _RANGE.finditer(text):
            start, end = span.start + part.start(), span.start + part.end()
            taken.append((start, end))
            for value in range(int(part.group(1)), min(int(part.group(2)), int(part.group(1)) + _LONGEST_RANGE) + 1):
                for label in read_labels(str(value)):
                    yield Marker(index, line.page, start, end, label, _doubt(line, span.start))
        for low, part in _parts(line, span.start, span.end):
            if any(a <= low + part.start() < b for a, b in taken):
                continue
            start, end = _with_brackets(line.text, low + part.start(), low + part.end())
            for label in read_labels(part.group()):
                taken.append((start, end))
                yield Marker(index, line.page, start, end, label, _doubt(line, span.start), _link_at(line, start))


def _linked_markers(index: int, line: Line, taken: list[tuple[int, int]]) -> Iterator[Marker]:
    """The markers that nothing but a link makes ones, outside of those `taken`, to which they are added."""
    for link in line.links:
        match = _LINKED.fullmatch(line.text, link.start, link.end)
        if match is None or any(a < link.end and link.start < b for a, b in taken):
            continue
        start, end = match.span(1)
        if _marks_unraised(line.text, start, end):
            if start > 1:
                start, end = _with_brackets(line.text, start, end)
            for label in read_labels(match.group(1)):
                taken.append((start, end))
                yield Marker(index, line.page, start, end, label, 0.5, link.link)


def _parts(line: Line, start: int, end: int) -> Iterator[tuple[int, "re.Match[str]"]]:
    """What may be labels in raised text, each with the offset it counts from.

    Links that touch part what they carry: "2223" is notes 22 and 23.
    """
    ends = {link.end for link in line.links}
    cuts = sorted({start, end} | {link.start for link in line.links if link.start in ends and start < link.start < end})
    for low, high in pairwise(cuts):
        text = line.text[low:high]
        yield from ((low, part) for part in _PART.finditer(text) if _whole(text, part))


def is_line_of_contents(line: Line) -> bool:
    """Whether a line ends in leaders and a page number."""
    return line.text.count(".") + line.text.count("·") >= _LEAST_LEADERS and bool(_LEADERS.search(line.text))


def _marks_unraised(text: str, start: int, end: int) -> bool:
    """Whether linked words that are not raised are a marker: in square brackets, or a symbol that hangs on a word."""
    before = text[:start]
    if text[start] == "[":
        return start > 0
    if _BRACKET_OPENS.search(before):
        return text[end : end + 1] == "]" or bool(_BRACKET_RUNS_ON.match(text, end))
    return text[start] in SYMBOL_CLASS and bool(before) and not before[-1].isspace() and not before.endswith("..")


def find_lone_marker(index: int, line: Line, before: Line) -> Iterator[Marker]:
    """A marker that the line's end pushed down to a line of its own: small, alone, and close under the line before."""
    apart = before.base - line.base
    follows = (
        line.page == before.page and line.column == before.column and 0.3 * before.size < apart < 1.5 * before.size
    )
    if follows and line.size < _LONE_SIZE * before.size and len(line.text) <= 4:
        for label in read_labels(line.text):
            yield Marker(index, line.page, 0, len(line.text), label, 0.3, _link_at(line, 0))


def _whole(text: str, part: "re.Match[str]") -> bool:
    before, after = text[: part.start()], text[part.end() :]
    return not (before and before[-1].isalnum()) and not (after and after[0].isalnum())


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """A marker's place with the brackets that enclose nothing else: `[3]`."""
    if text[start - 1 : start] + text[end : end + 1] in ("[]", "()") and start > 0:
        return start - 1, end + 1
    return start, end


def _link_at(line: Line, start: int) -> int | None:
    return next((span.link for span in line.links if span.start <= start < span.end), None)


_TEN = regex(r"(?:[×x·*]\s*|\b|\d)10$")
_UNIT = regex(r"(?<![^\W_])(?:[kcm]?m|ft|mc|[A-Z][a-z]?|[b-hj-z])$")

DOUBTS: tuple[Rule[str], ...] = (
    Rule("starts_the_line", lambda before: not before, 0.6, "as they are: 1 pair changed"),
    Rule(
        "power_of_ten",
        lambda before: _TEN.search(before) is not None,
        1.6,
        "as they are: nothing; damaged, with links and tags: 2 pairs changed",
    ),
    Rule("behind_a_figure", lambda before: before[-1].isdecimal(), 0.5, "as they are: 1 pair changed"),
    Rule(
        "behind_a_unit",
        lambda before: _UNIT.search(before) is not None,
        0.8,
        "as they are: 10 pairs changed",
    ),
)
"""How much the text before a raised label, up to it in its line, makes it look like a power, a unit or a formula; the
first rule that holds counts."""


def _doubt(line: Line, start: int) -> float:
    return first_points(DOUBTS, line.text[:start])


def find_starts(index: int, line: Line) -> list[NoteStart]:
    """The readings of a line as the start of a note."""
    text = line.text
    lead = next((span for span in line.raised if span.start == 0 and not span.lowered), None)
    if lead is not None:
        label_text = text[: lead.end]
        match = _PART.match(label_text)
        if match and (not label_text[match.end() :].strip() or not label_text[match.end()].isalnum()):
            return [
                NoteStart(index, line.page, label, _after(text, max(match.end(), 0)), True, False, _link_at(line, 0))
                for label in read_labels(match.group())
            ]
        return []
    match = _START.match(text)
    if not match or _is_axis(text):
        return []
    raw, point, space = match.group("label"), match.group("point"), match.group("space")
    symbol = raw[0] in SYMBOL_CLASS
    link = _link_at(line, 0)
    glued = not (space or symbol or raw[0] in "[(⁰¹²³⁴⁵⁶⁷⁸⁹")
    if glued and not _parts_from(line, raw, match.end()):
        return []
    if raw == "a" and not point:
        return []
    pointed = bool(point) or raw[0] in "[("
    return [NoteStart(index, line.page, label, match.end(), symbol, pointed, link, glued) for label in read_labels(raw)]


def _is_axis(text: str) -> bool:
    """Whether a line is the scale of a diagram: `1 2 3 4`, `10 boats 20 boats 30 boats 40 boats`."""
    numbers = [int(number) for number in _NUMBER.findall(text)]
    if len(numbers) < _LEAST_ON_AXIS:
        return False
    between = {part.strip() for part in _NUMBER.split(text)[1:-1]}
    steps = {two - one for one, two in pairwise(numbers)}
    return len(between) == 1 and len(steps) == 1 and between.isdisjoint(",;")


def scale_lines(lines: Sequence[Line]) -> set[int]:
    """The lines that are a diagram's scale set apart: side by side, each with the next number of an even sequence."""
    found: set[int] = set()
    row: list[int] = []
    for index, line in enumerate(lines):
        if not line.text[:1].isdecimal():
            row = []
            continue
        beside = (
            bool(row) and lines[row[-1]].page == line.page and abs(lines[row[-1]].base - line.base) < 0.3 * line.size
        )
        row = [*row, index] if beside else [index]
        numbers = [int(match.group()) for at in row if (match := _NUMBER.match(lines[at].text))]
        if len(numbers) == len(row) >= _LEAST_ON_AXIS and len({two - one for one, two in pairwise(numbers)}) == 1:
            found.update(row)
    return found


def _parts_from(line: Line, raw: str, end: int) -> bool:
    """Whether a label without a space behind it still ends there: by a link's end, or a capital behind roman."""
    if any(span.start == 0 and span.end == end for span in line.links):
        return True
    return raw.isalpha() and len(raw) > 1 and (line.text[end].isupper() or line.text[end] in "“‘\"'")


def _after(text: str, index: int) -> int:
    while index < len(text) and text[index] in " .:)":
        index += 1
    return index


def with_separators(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans of a line's markers together with the commas and spaces that part two of them ("12, 13").

    A bracketed marker takes the space before it along when punctuation follows: "as said [3]."
    """
    widened = sorted(spans)
    for start, end in spans:
        if text[start] in "[(" and text[start - 1 : start] == " " and text[end : end + 1] in tuple(".,;:!?)”’"):
            widened.append((start - 1, start))
    for (_, end), (start, _) in pairwise(sorted(spans)):
        if not text[end:start].strip(" ,;\u2009\u202f"):
            widened.append((end, start))
    return widened
