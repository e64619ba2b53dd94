"""Notes that were typed by hand: raised or bracketed numbers in the text, and paragraphs that begin with them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from verifier.model import NoteKind
from verifier.parser.drafts.paragraphs import Draft, DraftNote, NoteMarker, Paragraph, cut, without
from verifier.parser.labels import Label, Scheme, read_labels
from verifier.parser.patterns import regex

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = regex(rf"[{_SUPERSCRIPTS}]{{1,3}}(?:[,\u202f ]?[{_SUPERSCRIPTS}]{{1,3}})*")
_BRACKETED = regex(r"\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\](?!\()")
_BRACKETED_START = regex(r"\[(\d{1,3})\]\s+(?=\S)")
_PLAIN_START = regex(r"(\d{1,3})(?:[.)]\s*|\s+)(?=\S)")
_SYMBOL_START = regex(r"([*†‡§¶‖]{1,3})\s*(?=\w)")
_NOTES_HEADING = regex(
    r"(?:end|foot)?notes?(?: and (?:references|sources))?|references(?: and notes)?|bibliography|works cited|sources"
    r"|literature|anmerkungen|fu(?:ß|ss)noten|quellen|literatur(?:verzeichnis)?|notes de (?:bas de page|fin)"
    r"|références|bibliographie|notas|referencias",
    re.I,
)
_WORKS_HEADING = regex(r"references|bibliograph\w+|works cited|literatur\w*|références|referencias", re.I)
_UNIT = regex(r"(?:^|[\s\d(/])(?:[kcmdµn]?m|ft|in|yd|mi|CO|[a-zA-Z])$")
"""What a raised 2 or 3 behind makes a square, a cube or a formula."""
_MOST_BETWEEN = 3
"""Paragraphs that a note may go on for before the next one begins."""
_LEAST_POINTED = 0.6


@dataclass(frozen=True, slots=True)
class _Start:
    paragraph: int
    label: Label
    cut: int
    raised: bool
    needs_heading: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    paragraph: int
    start: int
    end: int
    labels: tuple[str, ...]
    raised: bool


def find_typed_notes(draft: Draft) -> Draft:
    """The draft with the notes that its paragraphs hold, taken out of the running text."""
    runs = [run for run in _runs(list(_starts(draft.paragraphs)), draft.paragraphs) if run]
    if not runs:
        return draft
    candidates = [one for number, paragraph in enumerate(draft.paragraphs) for one in _candidates(number, paragraph)]
    taken: set[int] = set()
    markers: dict[int, dict[tuple[int, int], str]] = {}
    after = -1
    for number, run in enumerate(runs):
        used = _pointing(run, [one for one in candidates if after < one.paragraph < run[0].paragraph])
        if not used:
            continue
        after = run[-1].paragraph
        kind = _kind(draft.paragraphs, run)
        for candidate in used:
            spans = markers.setdefault(candidate.paragraph, {})
            place = candidate.start, candidate.end
            keys = [f"typed:{number}:{label}" for label in candidate.labels]
            spans[place] = "\n".join([spans[place], *keys] if place in spans else keys)
        for position, start in enumerate(run):
            end = run[position + 1].paragraph if position + 1 < len(run) else start.paragraph + 1
            body = [cut(draft.paragraphs[start.paragraph], start.cut), *draft.paragraphs[start.paragraph + 1 : end]]
            taken.update(range(start.paragraph, end))
            key = f"typed:{number}:{start.label.text}"
            draft.notes.append(DraftNote(key, start.label.text, kind, body))
    draft.paragraphs = [
        _marked(paragraph, markers[number]) if number in markers else paragraph
        for number, paragraph in enumerate(draft.paragraphs)
        if number not in taken
    ]
    return draft


def _pointing(run: Sequence[_Start], before: Sequence[_Candidate]) -> list[_Candidate]:
    """Those of the candidates before a run that point to its notes; none where too few of these are pointed to."""
    near = [one for one in before if one.raised is run[0].raised]
    if not near and run[0].needs_heading:
        near = list(before)
    known = {start.label.text for start in run}
    used = [one for one in near if all(label in known for label in one.labels)]
    pointed = {label for one in used for label in one.labels}
    return used if len(pointed) >= _LEAST_POINTED * len(run) else []


def _marked(paragraph: Paragraph, spans: dict[tuple[int, int], str]) -> Paragraph:
    """A paragraph without its typed markers; one that names several notes marks each."""
    plain = without(paragraph, spans)
    several = tuple(NoteMarker(m.offset, key) for m in plain.markers for key in m.key.split("\n"))
    return replace(plain, markers=several)


def _kind(paragraphs: Sequence[Paragraph], run: Sequence[_Start]) -> NoteKind:
    first = run[0].paragraph
    headed = first > 0 and _WORKS_HEADING.fullmatch(paragraphs[first - 1].text.strip(" :.")) is not None
    return NoteKind.REFERENCE if headed and not run[0].raised else NoteKind.ENDNOTE


def _starts(paragraphs: Sequence[Paragraph]) -> Iterator[_Start]:
    under = False
    last = max((n for n, paragraph in enumerate(paragraphs) if paragraph.ordinal is None), default=-1)
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if _NOTES_HEADING.fullmatch(text.strip(" :.0123456789")):
            under = True
            continue
        if paragraph.heading:
            under = False
            continue
        found = _listed_start(number, paragraph, under, last) or _start(number, paragraph, under=under)
        if found is not None:
            yield found


def _listed_start(number: int, paragraph: Paragraph, under: bool, last: int) -> _Start | None:
    """An item of a numbered list under a heading of notes, or of one that ends the text (behind paragraph `last`)."""
    if paragraph.ordinal is None or not (under or number > last):
        return None
    return _made(number, str(paragraph.ordinal), 0, raised=True, needs_heading=under)


def _start(number: int, paragraph: Paragraph, *, under: bool) -> _Start | None:
    text = paragraph.text
    raised = next((span for span in paragraph.raised if span.start == 0), None)
    superscript = _RAISED.match(text)
    if superscript is not None:
        return _made(number, superscript.group(), superscript.end(), raised=True)
    if raised is not None and raised.end < len(text):
        return _made(number, text[: raised.end], raised.end, raised=True)
    bracketed = _BRACKETED_START.match(text)
    if bracketed is not None:
        return _made(number, bracketed[1], bracketed.end(), raised=False)
    plain = _PLAIN_START.match(text) if under else None
    if plain is not None:
        return _made(number, plain[1], plain.end(), raised=True, needs_heading=True)
    symbol = _SYMBOL_START.match(text)
    if symbol is not None:
        return _made(number, symbol[1], symbol.end(), raised=True)
    return None


def _made(number: int, label: str, end: int, *, raised: bool, needs_heading: bool = False) -> _Start | None:
    read = [one for one in read_labels(label) if one.scheme in (Scheme.NUMBER, Scheme.SYMBOL)]
    return _Start(number, read[0], end, raised, needs_heading) if read else None


def _runs(starts: list[_Start], paragraphs: Sequence[Paragraph]) -> Iterator[list[_Start]]:
    """Starts whose labels follow each other from the first on, with nothing but the notes between."""
    run: list[_Start] = []
    for start in starts:
        if run and _follows(run[-1], start, paragraphs):
            run.append(start)
            continue
        if run:
            yield run
        run = [start] if start.label.value == 1 else []
    if run:
        yield run


def _follows(one: _Start, two: _Start, paragraphs: Sequence[Paragraph]) -> bool:
    same = one.label.scheme is two.label.scheme and one.raised is two.raised and one.needs_heading is two.needs_heading
    between = paragraphs[one.paragraph + 1 : two.paragraph]
    near = len(between) <= _MOST_BETWEEN and not any(paragraph.heading or paragraph.whole for paragraph in between)
    return same and near and two.label.value == one.label.value + 1


def _candidates(number: int, paragraph: Paragraph) -> Iterator[_Candidate]:
    text = paragraph.text
    for span in paragraph.raised:
        labels = _listed(text[span.start : span.end].strip(" [](),"))
        if labels and not _is_power(text[: span.start], labels):
            yield _Candidate(number, span.start, span.end, labels, raised=True)
    for match in _RAISED.finditer(text):
        labels = _listed(match.group())
        if any(span.start <= match.start() < span.end for span in paragraph.raised):
            continue
        if labels and not _is_power(text[: match.start()], labels):
            yield _Candidate(number, match.start(), match.end(), labels, raised=True)
    for match in _BRACKETED.finditer(text):
        yield _Candidate(number, match.start(), match.end(), _listed(match[1]), raised=False)
    for match in re.finditer(r"(?<=[\w.,;!?”\"’)])([*†‡§¶‖]{1,3})(?=[\s.,;:)]|$)", text):
        yield _Candidate(number, match.start(), match.end(), (match[1],), raised=True)


def _listed(text: str) -> tuple[str, ...]:
    """The labels in `3`, `3, 4`, `3-5`."""
    found: list[str] = []
    for item in re.split(r"[,;\u202f\s]+", text):
        ends = [read_labels(part) for part in re.split(r"[–-]", item) if part]
        if not ends or not all(ends):
            return ()
        if len(ends) == 2 and ends[0][0].scheme is Scheme.NUMBER and 0 < ends[1][0].value - ends[0][0].value < 50:
            found += [str(value) for value in range(ends[0][0].value, ends[1][0].value + 1)]
        elif len(ends) == 1:
            found.append(ends[0][0].text)
        else:
            return ()
    return tuple(found)


def _is_power(before: str, labels: tuple[str, ...]) -> bool:
    if before[-1:].isdecimal():
        return True
    return labels in (("2",), ("3",)) and _UNIT.search(before) is not None
