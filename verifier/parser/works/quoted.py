"""Titles in quotation marks: which of a citation's quotations is a title, and what is a quotation only."""

import re
from dataclasses import dataclass

from verifier.parser.patterns import regex
from verifier.parser.works.authors import leading_authors, split_names, without_et_al
from verifier.parser.works.dates import MONTH, YEAR
from verifier.parser.works.names import is_institution, is_name

_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", '"': '"', "'": "'", "‹": "›", "``": "''"}
_OPEN = regex(r"(?<![\w])(?:[“„«‹\"]|[‘'](?=[\w\"“‘(¿¡]))")
_AUTHOR_YEAR = regex(
    rf"[,.\s]*[(\[]?\s*(?:{YEAR}[a-z]?(?:,?\s*(?:{MONTH}(?:\s+\d{{1,2}})?|\d{{1,2}}\s+{MONTH}))?"
    rf"|n\.\s?d\.|o\.\s?J\.|s\.\s?d\.)\s*[)\]]?\s*[,.:]?\s*$",
    re.I,
)
_ELLIPSIS = regex(r"\.\s\.\s\.|…|\[\.\.\.\]|\.\.\.|\[[a-z]\]|\[[a-z]+\]")
_NO_TITLE_BEHIND = regex(
    r"[\s,.]*(?:\((?:emphasis|citations?|internal|alterations?|quotation|footnotes?|translation"
    r"|my|our|original)\b|(?:a|an|the|which|that|who|and|or|but|is|was|are|were|has|had|as|he|she"
    r"|it|they|to|for|said|says|wrote|argues|because|if|so)\s)",
    re.I,
)
_WORK_BEHIND = regex(
    rf"[\s,.;:]*(?:$|[(\[]|(?:in|dans|In)\b[:\s]|{YEAR}|(?:\d{{1,2}}\.?\s+)?{MONTH}|\d|available"
    rf"|accessed|https?:|vol|no\.|[A-ZÀ-Þ]|arXiv|eLife|npj|n\.d|last\s|press\s+release|news\s+release"
    rf"|speech|the\s+[A-Z]|unpublished|working\s+paper|mimeo|blog|p\.\s|pp\.\s"
    rf"|presented\s+(?:at|to)|(?:[a-z]+\s+){{0,2}}(?:release|paper|sheet|brief|report|memo(?:randum)?|post|testimony|presentation|slides|lecture|poster"
    rf"|video|podcast|data\s?set|dissertation|thesis|manuscript)\b)"
)
_NEWSPAPER = regex(rf"\s{{1}}[A-ZÀ-Þ][^,()“‘]{{1,60}}\((?:[A-ZÀ-Þ][\w\s-]+,\s)?\d{{1,2}}\s+{MONTH}\s+{YEAR}\)")
"""`‘Title’ The Gazette (Weir, 3 May 2017)`: how OSCOLA sets newspapers."""


@dataclass(frozen=True, slots=True)
class QuotedTitle:
    """A title in quotation marks, the words before it and those behind it."""

    before: str
    title: str
    rest: str


def find_quoted_title(words: str) -> QuotedTitle | None:
    """The first quotation of a citation if it is a title: nothing but authors and a date is before it."""
    for found in _OPEN.finditer(words):
        end = _closing(words, found.start())
        if end is None:
            continue
        before, title, rest = words[: found.start()], words[found.start() + 1 : end], words[end + 1 :]
        return _judged(before, title.strip(), rest)
    return None


def _closing(words: str, start: int) -> int | None:
    """Where the quotation that opens at `start` ends: quotation marks inside it are passed over."""
    opening = words[start]
    closing = _PAIRS[opening]
    depth = 0
    last: int | None = None
    for at in range(start + 1, len(words)):
        char = words[at]
        within = char == '"' and words[at - 1] in " (" and words[at + 1 : at + 2].isalnum()
        if char == opening and (opening not in closing or within):
            depth += 1
        elif char in closing:
            if char in "’'" and _is_apostrophe(words, at, opening):
                continue
            if depth:
                depth -= 1
                continue
            if char in "\"'" and words[at - 1].isspace():
                continue
            return at
        if char in "’'" and char in closing:
            last = at
    return last


def _is_apostrophe(words: str, at: int, opening: str) -> bool:
    """Whether a closing single mark is an apostrophe: in a word, or a plural's where the true mark is further on."""
    after = words[at + 1 : at + 2]
    if after.isalnum():
        return True
    if words[at - 1] not in "sz" or not after.isspace() or not words[at + 2 : at + 3].isalpha():
        return False
    if re.match(rf"\s(?:\(?{YEAR}|in\s|available)", words[at + 1 :]):
        return False
    closing = words[at]
    following = re.search(rf"(?<!\s){re.escape(closing)}(?=[\s,.;)]|$)", words[at + 1 :])
    opened = words.find(opening, at + 1)
    return following is not None and (opened < 0 or opened >= at + 1 + following.start())


def _judged(before: str, title: str, rest: str) -> QuotedTitle | None:
    stripped = _AUTHOR_YEAR.sub("", before).strip(" ,.:;–—")
    dated = bool(_AUTHOR_YEAR.search(before)) and bool(stripped)
    if len(title) < 2 or _ELLIPSIS.search(title) or not _opens_like_title(title):
        return None
    if _NO_TITLE_BEHIND.match(rest) and not re.match(r"[\s,.]*(?:the|The|A|An)\s[A-ZÀ-Þ]", rest):
        return None
    if not _WORK_BEHIND.match(rest):
        return None
    if (
        re.match(r"\s[A-ZÀ-Þ][\w’]+(?:\s|,)(?!\d)", rest)
        and title[-1] not in ",.?!"
        and not re.match(r"\s(?:In|Dans)\s", rest)
        and not _NEWSPAPER.match(rest)
    ):
        return None  # a quoted word with which a title begins: `“Free” Parking Is Costing Millions`
    if stripped:
        if before.rstrip().endswith(":") and dated and not re.search(r"[;,]\s", stripped) and "(" not in before:
            return None
        if not _are_authors(stripped):
            return None
    elif not _is_dated_or_published(title, rest):
        return None
    return QuotedTitle(before, title.strip(" ,.;"), rest)


def _opens_like_title(title: str) -> bool:
    first = title.lstrip("‘“\"'«([¿¡ ")
    return bool(first) and (
        not first[0].islower() or re.match(r"[a-z]+[A-Z0-9]|[a-z]{1,12}(?:\s|-|:)", first) is not None
    )


def _are_authors(before: str) -> bool:
    """Whether the words before a quotation are authors, with a label like `Press Release` at most."""
    before = re.sub(r"^(?:Press|News|Media)\s+Release,\s*", "", before)
    parts = [p.strip() for p in without_et_al(before).split(",") if p.strip()]
    if not parts:
        return True
    if split_names(before) is not None:
        return True
    return leading_authors(parts) == len(parts) or (is_institution(before) and all(is_name(p) for p in parts))


def _is_dated_or_published(title: str, rest: str) -> bool:
    """Whether a quotation at the start of a note is a title: a source or a date is behind it, and it is no sentence."""
    if title.rstrip().endswith("."):
        return bool(re.match(r"\s*(?:[A-ZÀ-Þ(]|In\s)", rest)) and bool(re.search(YEAR, rest))
    return bool(
        re.search(YEAR, rest)
        or re.search(r"n\.d\.|available|https?:|here|forthcoming", rest)
        or re.match(r"\s*,?\s*[A-ZÀ-Þ]", rest)
    )
