"""`cross_reference`: the document points to a table, figure or annex of its own that is not there.

Said only where the document numbers them from 1 without a gap and the reference is beyond the last, so that a caption
that could not be read explains nothing; and never where the words may point into another work.
"""

import re
from collections.abc import Iterator, Sequence

from verifier.checker.consistency.prose import Sentence
from verifier.model import Inconsistency, InconsistencyKind

_CONFIDENCE = 0.75
_KINDS = {"table": "table", "figure": "figure", "fig": "figure", "chart": "chart", "box": "box", "exhibit": "exhibit"}
_REFERENCE = re.compile(
    r"(?<![\w’'])(?P<kind>Table|Figure|Fig\.?|Chart|Box|Exhibit)\s(?P<number>\d{1,2})(?![\d]|[.\-–]\d|[A-Za-z])"
)
_CAPTION = re.compile(
    r"\s*(?P<kind>table|figure|fig|chart|box|exhibit)\.?\s(?P<number>\d{1,2})(?P<chapter>[.\-–]\d+|[A-Za-z])?"
    r"(?=\s*[.:|–—-]|\s+(?-i:[A-Z])|\s*$)",
    re.IGNORECASE,
)
_ELSEWHERE_AFTER = re.compile(
    r"\s(?:of|in|from|to|on|at)\s(?:the\s|that\s|their\s|its\s|his\s|her\s|this\s(?!paper|report|study|document|brief|note|chapter|section)|[A-Z]|an?\s)"
    r"|\s?,?\s?(?:ibid|op\.\scit|supra)|\s\(?[A-Z][a-z]+\s(?:et\sal|\(?(?:19|20)\d\d)|,?\s?(?:p|pp)\.\s|[’']s?\b|\]"
)
_ELSEWHERE_BEFORE = re.compile(
    r"(?:\b(?:its|their|his|her|whose)|[’']s?|\b(?:report|act|paper|study|survey|census|annex|appendix)\b[^.]{0,20})\W*$",
    re.IGNORECASE,
)
_OTHER_WORK = re.compile(
    r"\bet\sal\b|\((?:[A-Z][\w&\s.,]+,?\s)?(?:19|20)\d\d[a-z]?[),;:]|\b[A-Z]\w+\s\((?:19|20)\d\d|[“”\"‘]|\bhttps?:|\bonline\b|\bsupplement\w*|\bappendix\b|\bannex\b",
    re.IGNORECASE,
)


def missing_targets(sentences: Sequence[Sentence], line_starts: Sequence[str]) -> Iterator[Inconsistency]:
    """References to tables and figures that the document does not have."""
    numbered = _captions(line_starts)
    said: set[tuple[str, int]] = set()
    for sentence in sentences:
        for found in _REFERENCE.finditer(sentence.text):
            kind, number = _KINDS[found["kind"].lower().rstrip(".")], int(found["number"])
            there = numbered.get(kind, set())
            if (kind, number) in said or not there or number <= max(there):
                continue
            if there != set(range(1, max(there) + 1)) or _points_elsewhere(sentence.text, found):
                continue
            said.add((kind, number))
            name = found.group()
            count = f"{len(there)} {kind}{'' if len(there) == 1 else 's'}"
            message = f"{name} is referred to, but the document's last {kind} is {max(there)} ({count})."
            place = sentence.place(*found.span())
            last = f"{kind.capitalize()} {max(there)}"
            yield Inconsistency(InconsistencyKind.CROSS_REFERENCE, message, (place,), name, last, _CONFIDENCE)


def _captions(line_starts: Sequence[str]) -> dict[str, set[int]]:
    """The numbers of captions by kind; none of a kind that is numbered by chapter."""
    numbers: dict[str, set[int]] = {}
    by_chapter = set()
    for start in line_starts:
        found = _CAPTION.match(start)
        if found is None:
            continue
        kind = _KINDS[found["kind"].lower()]
        if found["chapter"]:
            by_chapter.add(kind)
        numbers.setdefault(kind, set()).add(int(found["number"]))
    return {kind: found for kind, found in numbers.items() if kind not in by_chapter}


def _points_elsewhere(text: str, found: re.Match[str]) -> bool:
    after, before = text[found.end() :], text[: found.start()]
    return bool(_ELSEWHERE_AFTER.match(after) or _ELSEWHERE_BEFORE.search(before) or _OTHER_WORK.search(text))
