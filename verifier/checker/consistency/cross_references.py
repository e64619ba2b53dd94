"""`cross_reference`: the document points to a table, figure, section or annex of its own that is not there.

Said only where the document numbers them from the first without a gap and the reference is beyond the last, so that a
caption or heading that could not be read explains nothing; and never where the words may point into another work.
Sections are those of acts more often than not: a reference to one needs words that mean this document.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verifier.checker.consistency.prose import Sentence
from verifier.model import Inconsistency, InconsistencyKind

_CONFIDENCE = 0.75
_KINDS = {
    "table": "table",
    "figure": "figure",
    "fig": "figure",
    "chart": "chart",
    "box": "box",
    "exhibit": "exhibit",
    "chapter": "chapter",
    "annex": "annex",
    "appendix": "appendix",
}
_REFERENCE = re.compile(
    r"(?<![\w’'])(?P<kind>Table|Figure|Fig\.?|Chart|Box|Exhibit|Chapter|Annex|Appendix)\s"
    r"(?P<number>\d{1,2}|[A-H](?![’']))(?![\d]|[.\-–]\d|[A-Za-z])"
)
_CAPTION = re.compile(
    r"\s*(?P<kind>table|figure|fig|chart|box|exhibit|chapter|annex|appendix)\.?\s(?P<number>\d{1,2}|(?-i:[A-Z])(?!\w))"
    r"(?P<chapter>[.\-–]\d+|[A-Za-z])?(?=\s*[.:|–—-]|\s+(?-i:[A-Z])|\s*$)",
    re.IGNORECASE,
)
_ELSEWHERE_AFTER = re.compile(
    r"\s(?:of|in|from|to|on|at)\s(?:the\s|that\s|their\s|its\s|his\s|her\s|this\s(?!paper|report|study|document|brief|note|chapter|section)|[A-Z]|an?\s)"
    r"|\s?,?\s?(?:ibid|op\.\scit|supra)|\s\(?[A-Z][a-z]+\s(?:et\sal|\(?(?:19|20)\d\d)|,?\s?(?:p|pp)\.\s|[’']s?\b|\]"
)
_ELSEWHERE_BEFORE = re.compile(
    r"(?:\b(?:its|their|his|her|whose)|[’']s?|\b(?:report|act|paper|study|survey|census|annex|appendix|directive|regulation|treaty|book)\b[^.]{0,20})\W*$",
    re.IGNORECASE,
)
_OTHER_WORK = re.compile(
    r"\bet\sal\b|\((?:[A-Z][\w&\s.,]+,?\s)?(?:19|20)\d\d[a-z]?[),;:]|\b[A-Z]\w+\s\((?:19|20)\d\d|[“”\"‘]|\bhttps?:|\bonline\b|\bsupplement\w*",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(r"\bappendix\b|\bannex\b", re.IGNORECASE)
"""Where tables and figures may be that are not the document's own."""
_LAW = re.compile(
    r"\b(?:acts?|code|U\.?S\.?C|C\.?F\.?R|statut\w+|regulations?|directives?|laws?|treat(?:y|ies)|constitution\w*|bill|court|rules?|convention)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?:(?P<before>\b(?i:see(?:\salso)?|(?:as\s)?(?:discussed|described|explained|shown|noted|presented|set\sout|detailed|reported|outlined)\sin)\s)"
    r"(?:Section|section)|\b(?:Section|section))\s(?P<number>\d{1,2}(?:\.\d{1,2})?)(?![\d(]|\.\d)"
    r"(?P<after>\s(?:below|above|of\sthis\s(?:paper|report|study|document|brief|note)"
    r"|(?:describes|discusses|presents|concludes|reviews|outlines|explains|summarises|summarizes|turns|sets\sout|gives)\b))?"
)
_HEADING = re.compile(
    r"\s*(?:Section\s)?(?P<number>\d{1,2}(?:\.\d{1,2}){0,2})\.?(?:\s+(?=[A-Z“])|\s*[:.–—]\s*(?=[A-Z])|\s*$)"
)
_FEWEST_SECTIONS = 3


@dataclass(frozen=True, slots=True)
class _Numbered:
    """What a document has of a kind: numbers from 1, letters as their place in the alphabet."""

    numbers: frozenset[int]
    letters: bool

    def lacks(self, number: int) -> bool:
        """Whether a number is surely not there: beyond the last of those that run from the first without a gap."""
        last = max(self.numbers)
        return number > last and self.numbers == frozenset(range(1, last + 1))

    @property
    def last(self) -> str:
        """The last one, as it is written."""
        return chr(ord("A") + max(self.numbers) - 1) if self.letters else str(max(self.numbers))


def missing_targets(sentences: Sequence[Sentence], line_starts: Sequence[str]) -> Iterator[Inconsistency]:
    """References to tables, figures, chapters, sections and annexes that the document does not have."""
    yield from _missing_captions(sentences, line_starts)
    yield from _missing_sections(sentences, line_starts)


def _missing_captions(sentences: Sequence[Sentence], line_starts: Sequence[str]) -> Iterator[Inconsistency]:
    numbered = _captions(line_starts)
    said: set[tuple[str, str]] = set()
    for sentence in sentences:
        for found in _REFERENCE.finditer(sentence.text):
            kind = _KINDS[found["kind"].lower().rstrip(".")]
            there = numbered.get((kind, found["number"].isalpha()))
            if there is None or (kind, found["number"]) in said or not there.lacks(_place(found["number"])):
                continue
            if _points_elsewhere(sentence.text, found, kind):
                continue
            said.add((kind, found["number"]))
            yield _finding(sentence, found, kind, there.last, len(there.numbers))


def _finding(sentence: Sentence, found: re.Match[str], kind: str, last: str, many: int) -> Inconsistency:
    name = f"{found['kind']} {found['number']}" if "kind" in found.re.groupindex else f"Section {found['number']}"
    plural = {"annex": "annexes", "appendix": "appendices", "box": "boxes"}.get(kind, f"{kind}s")
    message = (
        f"{name} is referred to, but the document's last {kind} is {last} ({many} {kind if many == 1 else plural})."
    )
    place = sentence.place(*found.span())
    shown = f"{kind.capitalize()} {last}"
    return Inconsistency(InconsistencyKind.CROSS_REFERENCE, message, (place,), name, shown, _CONFIDENCE)


def _place(number: str) -> int:
    return int(number) if number.isdigit() else ord(number) - ord("A") + 1


def _captions(line_starts: Sequence[str]) -> dict[tuple[str, bool], _Numbered]:
    """The numbers and letters of captions by kind; none of a kind that is numbered by chapter."""
    numbers: dict[tuple[str, bool], set[int]] = {}
    by_chapter = set()
    for start in line_starts:
        found = _CAPTION.match(start)
        if found is None:
            continue
        kind = (_KINDS[found["kind"].lower()], found["number"].isalpha())
        if found["chapter"]:
            by_chapter.add(kind)
        numbers.setdefault(kind, set()).add(_place(found["number"]))
    return {kind: _Numbered(frozenset(found), kind[1]) for kind, found in numbers.items() if kind not in by_chapter}


def _points_elsewhere(text: str, found: re.Match[str], kind: str) -> bool:
    after, before = text[found.end() :], text[: found.start()]
    if _ELSEWHERE_AFTER.match(after) or _ELSEWHERE_BEFORE.search(before) or _OTHER_WORK.search(text):
        return True
    if kind in ("annex", "appendix", "chapter"):
        return _LAW.search(text) is not None
    return _OF_ANOTHER.search(text) is not None


def _missing_sections(sentences: Sequence[Sentence], line_starts: Sequence[str]) -> Iterator[Inconsistency]:
    headings = _headings(line_starts)
    if len(headings.get("", ())) < _FEWEST_SECTIONS:
        return
    said: set[str] = set()
    for sentence in sentences:
        for found in _SECTION.finditer(sentence.text):
            number = found["number"]
            if number in said or not (found["before"] or found["after"]) or _LAW.search(sentence.text):
                continue
            if _ELSEWHERE_AFTER.match(sentence.text[found.end() :]) or _OTHER_WORK.search(sentence.text):
                continue
            parent, _, last = number.rpartition(".")
            siblings = headings.get(parent, frozenset())
            if not siblings or not _Numbered(siblings, letters=False).lacks(int(last)):
                continue
            said.add(number)
            shown = f"{parent}.{max(siblings)}" if parent else str(max(siblings))
            yield _finding(sentence, found, "section", shown, len(siblings))


def _headings(line_starts: Sequence[str]) -> dict[str, frozenset[int]]:
    """The numbers of headings by the heading they are under; items of lists may be among them, which only adds."""
    found: dict[str, set[int]] = {}
    for start in line_starts:
        heading = _HEADING.match(start)
        if heading is not None:
            parent, _, last = heading["number"].rpartition(".")
            found.setdefault(parent, set()).add(int(last))
    return {parent: frozenset(numbers) for parent, numbers in found.items()}
