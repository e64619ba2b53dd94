"""Addresses with white space in them: blanks that a layout put there, and what of the text behind one goes on with it.

Nothing that is read over a blank is certain: who prints such an address, or sets it so, is tried and never flagged.
"""

import re

from verifier.parser.patterns import regex

WHOLE = r"[^\s<>\"“”«»]"
"""A character that an address may hold, for patterns."""

_FILE = r"\.(?:pdf|html?|xhtml|aspx?|php|jsp|csv|xlsx?|docx?|txt|xml|json|cfm|shtml)"
_PAIR = regex(rf"(?P<gap> ?= ?)(?=[\w%]){WHOLE}+")
_VALUE = regex(rf" (?=[\w%-]*\d){WHOLE}+")
_NEXT_PAIR = regex(rf" ?& ?(?=\w+ ?=){WHOLE}+|(?<=[?&]) (?=\w+ ?=){WHOLE}+")
_HOME = regex(rf"(?<=/) ?~ ?(?=\w){WHOLE}+|(?<=/~) (?=\w){WHOLE}+")
_MARKED = regex(rf" _(?=\w){WHOLE}+|(?<=_) (?=\w+[._/]){WHOLE}+")
_FILE_NAME = regex(rf" ?\. ?(?=(?:{_FILE[2:]})\b){WHOLE}+|(?<=\.) (?={_FILE[2:]}\b){WHOLE}+")
_FOLDER = regex(rf"(?<=/) (?=[\w.%~-]+{_FILE}(?!\w)|[\w.%~-]+/[\w.%~-]+/|[\w.%~/-]*_\w+){WHOLE}+", re.IGNORECASE)
_CUT_FOLDER = regex(r"(?<=[a-z0-9-]) (?=[a-z0-9]{1,15}/[)\].,;]*(?:\s|$))[a-z0-9]+/")
_REST = (_NEXT_PAIR, _HOME, _MARKED, _FILE_NAME, _FOLDER)
_OPEN_KEY = regex(r"[?&;][\w.%-]+$")
_CLOSERS = {"(": ")", "[": "]"}
_BRACKETED = regex(r"(?: (?!www\.)(?=\S*[/_=%&?~]|\S*\w\.\w)[\w/.=%&?~#+,;@!-]+){1,2}(?=[)\]])")
_ANGLED = regex(r"[^<>\"“”]{1,200}(?=>)")
_MOST = 12
"""Blanks that are read over in one address."""

OPENING = (
    rf"(?<!\w)(?:https?|ftp)(?: ?: ?/ ?/ | ?: / ?/| : ?/ ?/|:/ /)(?=[\w-]+\.){WHOLE}+"
    rf"|(?<![\w@.-])www\. (?=[\w-]+\.\w){WHOLE}+"
)
"""An address whose scheme or `www.` has blanks in or behind it, for patterns."""


def rest_over_gaps(text: str, start: int, end: int) -> int:
    """The end of the address at `start:end` with what goes on behind blanks; `end` itself where nothing does."""
    enclosed = _rest_in_brackets(text, start, end)
    if enclosed is not None:
        return enclosed
    for _ in range(_MOST):
        further = _further(text, start, end)
        if further is None:
            break
        end = further
    return end


def _rest_in_brackets(text: str, start: int, end: int) -> int | None:
    """Where the brackets around an address end, if all that is in them is its."""
    opener = text[start - 1 : start]
    if opener == "<" and (angled := _ANGLED.match(text, end)):
        return angled.end()
    closer = _CLOSERS.get(opener)
    if closer is None or text[end - 1 : end] in tuple(",;:)]"):
        return None
    rest = _BRACKETED.match(text, end)
    return rest.end() if rest and text[rest.end()] == closer else None


def _further(text: str, start: int, end: int) -> int | None:
    raw = text[start:end]
    path = raw.partition("://")[2] or raw
    if "?" in raw:
        if _OPEN_KEY.search(raw) and (pair := _PAIR.match(text, end)):
            return pair.end()
        if raw.endswith("=") and (value := _VALUE.match(text, end)):
            return value.end()
    for pattern in _REST:
        if match := pattern.match(text, end):
            return match.end()
    if "/" in path.rstrip("/") and (folder := _CUT_FOLDER.match(text, end)):
        return folder.end()
    return None
