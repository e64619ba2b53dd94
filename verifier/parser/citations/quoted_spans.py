"""What is inside quotation marks or brackets; a mark that nothing closes encloses nothing."""

from collections import Counter

from verifier.parser.patterns import regex

_MARKS = regex(r"[()\[\]{}«»‹›“”„‘’\"']")
_BRACKETS = {")": "(", "]": "[", "}": "{", "»": "«", "›": "‹"}
_BEFORE_OPENER = "([{“‘«‹\"'—–-/"


def quoted_span_mask(text: str) -> bytearray:
    """For every character 1 where it is inside a pair of quotation marks or brackets (the marks too), else 0.

    An apostrophe closes nothing, an opening mark without its closing one is passed over, and pairs may be nested.
    """
    inside = bytearray(len(text))
    open_marks: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    for mark in _MARKS.finditer(text):
        index, char = mark.start(), mark.group()
        closes = _closes(text, index, waiting)
        if closes is not None:
            start = _pop(open_marks, waiting, closes)
            inside[start : index + 1] = b"\x01" * (index + 1 - start)
        elif _opens(text, index):
            open_marks.append((char, index))
            waiting[char] += 1
    return inside


def _pop(open_marks: list[tuple[str, int]], waiting: Counter[str], opener: str) -> int:
    """Take the last `opener` off, and with it what was opened behind it and never closed; returns its place."""
    while True:
        mark, start = open_marks.pop()
        waiting[mark] -= 1
        if mark == opener:
            return start


def _closes(text: str, index: int, waiting: Counter[str]) -> str | None:
    """The opening mark that the character at `index` closes, where one waits for it."""
    char = text[index]
    opener = _BRACKETS.get(char)
    if opener is not None:
        return opener if waiting[opener] else None
    if char == "”" or (char == "“" and waiting["„"]):
        return next((mark for mark in "“„" if waiting[mark]), None)
    if char == '"' and waiting['"'] and not _opens(text, index):
        return '"'
    if char in "’'" and not _is_apostrophe(text, index):
        opener = "‘" if char == "’" else "'"
        return opener if waiting[opener] else None
    return None


def _opens(text: str, index: int) -> bool:
    """Whether an opening mark is at `index`; straight marks open before a word and behind none."""
    char = text[index]
    if char in "([{“‘«‹„":
        return True
    if char not in "\"'":
        return False
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    at_word = not before or before.isspace() or before in _BEFORE_OPENER
    if char == "'" and after.isdecimal():
        return False
    return at_word and bool(after) and not after.isspace()


def _is_apostrophe(text: str, index: int) -> bool:
    """Whether a closing single mark is an apostrophe: within a word, or a plural's where a later one closes."""
    after = text[index + 1 : index + 2]
    if after.isalnum():
        return True
    if not index or text[index - 1].isspace():
        return True
    if text[index - 1] not in "sS" or not text[index + 2 : index + 3].isalpha() or not after.isspace():
        return False
    mark = text[index]
    opener = "‘" if mark == "’" else " '"
    end = text.find(opener, index + 1)
    return _closing_later(text, index + 1, len(text) if end < 0 else end, mark)


def _closing_later(text: str, start: int, end: int, mark: str) -> bool:
    at = text.find(mark, start, end)
    while at >= 0:
        if not text[at + 1 : at + 2].isalnum() and not text[at - 1].isspace():
            return True
        at = text.find(mark, at + 1, end)
    return False
