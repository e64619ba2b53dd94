"""`count`: "the following four recommendations", and then three.

Only lists that can be counted with certainty: numbered from 1 without a gap, with one kind of bullet throughout, or
with bullets that are drawn and items whose ends are sure, right behind the sentence that announces them. No tolerance:
a count is exact; but a list that is longer or shorter by more than two is taken as another list.
"""

import re
from collections.abc import Iterator, Sequence

from verifier.model import Inconsistency, InconsistencyKind, InconsistencyPlace, PlacedText, UnmarkedList

_CONFIDENCE = 0.78
_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: at for at, word in enumerate(_WORDS, 2)} | {str(at): at for at in range(2, 13)}
_NOUNS = (
    r"recommendations?|proposals?|steps|measures|reasons|points|questions|principles|options|findings|conclusions|objectives|goals"
    r"|actions|priorities|criteria|conditions|elements|components|categories|parts|factors|lessons|issues|challenges|areas|themes"
    r"|ways|types|stages|phases|requirements|aims|groups|sections|examples|scenarios|suggestions|tasks|functions|pillars"
)
_ANNOUNCES = re.compile(
    rf"\b(?P<count>{'|'.join(_NUMBERS)})\s(?:(?!of\b|or\b|to\b|and\b)[a-z-]+\s){{0,3}}?(?P<noun>{_NOUNS})\b"
    r"(?P<rest>[^.:;!?\d]{0,80})(?P<end>[.:])$",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(
    r"\b(?:includ\w+|such as|among\w*|for example|e\.g|first|last|other|remaining|of the|at least"
    r"|more than|up to|these|those|least)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\(?(?P<number>\d{1,2})[.)]\s?\S")
_BULLET = re.compile(r"(?P<bullet>[•◦▪■●‣∙·–—-])\s")
_FURTHEST = 2
_LONGEST_ANNOUNCEMENT = 14
"""Words of a sentence that ends in a full stop and still announces a list."""


def wrong_counts(body: PlacedText, unmarked: Sequence[UnmarkedList] = ()) -> Iterator[Inconsistency]:
    """Announced counts that the list behind them does not have."""
    paragraphs = _paragraphs(body.text)
    for at, (start, text) in enumerate(paragraphs[:-1]):
        said = _announced(text)
        if said is None:
            continue
        drawn = _drawn(text, paragraphs[at + 1][1], unmarked)
        items = _items(paragraphs[at + 1 :]) if drawn is None else len(drawn.items)
        count = _NUMBERS[said["count"].lower()]
        if not items >= 2 or items == count or abs(items - count) > _FURTHEST:
            continue
        noun = said["noun"]
        where = start + said.start()
        message = f"“{said['count']} {noun}” are announced, and {items} follow."
        announced = _place(body, where, start + len(text), text[said.start() :])
        if drawn is None:
            first, last = paragraphs[at + 1][0], paragraphs[at + items]
            listed = _place(body, first, last[0] + len(last[1]), body.text[first : first + 200])
        else:
            listed = InconsistencyPlace(announced.page, " ".join(drawn.items)[:200], drawn.boxes)
        places = (announced, listed)
        yield Inconsistency(InconsistencyKind.COUNT, message, places, said["count"], str(items), _CONFIDENCE)


def _drawn(announcement: str, following: str, unmarked: Sequence[UnmarkedList]) -> UnmarkedList | None:
    """The one list without letters for bullets that stands between these paragraphs' words."""
    found = [
        one for one in unmarked if announcement.endswith(one.before[-40:]) and following.startswith(one.items[0][:30])
    ]
    return found[0] if len(found) == 1 else None


def _paragraphs(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at + len(line) - len(line.lstrip()), line.strip()))
        at += len(line) + 1
    return found


def _announced(text: str) -> re.Match[str] | None:
    sentence = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)[-1]
    said = _ANNOUNCES.search(text)
    if said is None or _NOT_ALL.search(sentence[: max(0, len(sentence) - len(said.group()))][-40:]):
        return None
    if _NOT_ALL.search(said["rest"]) or (said["end"] == "." and len(sentence.split()) > _LONGEST_ANNOUNCEMENT):
        return None
    return said


def _items(paragraphs: Sequence[tuple[int, str]]) -> int:
    """How many items a list at the start of paragraphs has; 0 where it is none that can be counted."""
    first = paragraphs[0][1]
    numbered, bullet = _NUMBERED.match(first), _BULLET.match(first)
    if numbered:
        numbers = []
        for _, text in paragraphs:
            found = _NUMBERED.match(text)
            if found is None:
                break
            numbers.append(int(found["number"]))
        later = [
            int(found["number"])
            for _, text in paragraphs[len(numbers) : len(numbers) + 6]
            if (found := _NUMBERED.match(text))
        ]
        sure = numbers == list(range(1, len(numbers) + 1)) and len(numbers) + 1 not in later
        return len(numbers) if sure else 0
    if bullet:
        marks = []
        for _, text in paragraphs:
            found = _BULLET.match(text)
            if found is None:
                break
            marks.append(found["bullet"])
        another = any(_BULLET.match(text) for _, text in paragraphs[len(marks) : len(marks) + 4])
        return len(marks) if len(set(marks)) == 1 and not another else 0
    return 0


def _place(body: PlacedText, start: int, end: int, text: str) -> InconsistencyPlace:
    boxes = body.boxes(start, end)
    return InconsistencyPlace(boxes[0].page if boxes else None, text, boxes)
