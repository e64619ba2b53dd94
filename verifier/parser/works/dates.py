"""The date of a work, and what in a citation is a date of access or an address."""

import re

from verifier.parser.patterns import regex

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier januar jänner", "february feb février fevrier februar", "march mar mars märz",
            "april apr avril", "may mai", "june jun juin juni", "july jul juillet juli", "august aug août aout",
            "september sept sep septembre", "october oct octobre oktober okt", "november nov novembre",
            "december dec décembre decembre dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = rf"(?i:(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?)"
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
YEAR = r"(?:1[5-9]|20)\d\d"
_YEAR = rf"(?P<year>{YEAR})"
_SPAN = r"(?:\s*[–-]\s*\d{1,2})?"
_DATES = tuple(
    regex(pattern, re.I)
    for pattern in (
        rf"\b{_YEAR}-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b",
        rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|\.)?\s+{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?{_SPAN},?\s+{_YEAR}\b",
        rf"\b{_YEAR},?\s+{_MONTH}\s+(?P<day>[0-3]?\d)\b",
        rf"\b(?P<day>[0-3]?\d)\.\s?(?P<number>0?[1-9]|1[0-2])\.\s?{_YEAR}\b",
        rf"\b{_YEAR},?\s+{_MONTH}(?!\w)",
        rf"\b{_MONTH},?\s+{_YEAR}\b",
        rf"[(\[](?:[^()\[\]]{{0,120}}?[\s,:;])?{_YEAR}[a-z]?(?:[,;/–-][^()\[\]]{{1,20}})?[)\]]",
        rf"(?:^|[,.;)]|[”\"’»“'])\s*{_YEAR}[a-z]?(?=[,.;:)\s]|$)(?!\s*[–-]\s*\d)",
        rf"(?<![\w/.-]){_YEAR}(?=[,.;:)\s]|$)(?!\s*[–-]\s*\d)",
    )
)
_ACCESS = regex(
    r"[(\[,;.]?\s*(?:last\s+)?(?:accessed|visited|viewed|retrieved|consulted|checked|archived|abgerufen"
    r"|zuletzt\s+(?:abgerufen|besucht)"
    r"|consulté(?:e)?|page\s+consultée|letzter\s+(?:Zugriff|Abruf)|Zugriff|Stand)\b(?:\s+(?:on|am|le)|:)?\s*"
    r"[^;)\]]{0,40}?(?:1[5-9]|20)\d\d[)\]]?",
    re.I,
)
_ADDRESS = regex(
    r"(?:(?:available\s+)?(?:at|from|on)\s*:?\s*|available\s*:\s*|URL\s*:\s*|<\s*)?(?:https?://|www\.)\S+"
    r"|\bdoi:?\s*10\.\d{4,9}/\S+|\b10\.\d{4,9}/\S+",
    re.I,
)
HERE = regex(r"[,.;(]?\s*(?:\b(?:also\s+)?available\s+(?:here|online|on\s+request)\b|\[online\]|\bhere\b\.?$)", re.I)


def without_addresses(text: str) -> str:
    """A citation without its addresses and without the date on which they were read."""
    return re.sub(r"\s{2,}", " ", _ADDRESS.sub(" ", _ACCESS.sub(" ", text))).strip()


def find_date(words: str) -> str | None:
    """The fullest date in the words, of several the first: `2020`, `2020-05` or `2020-05-12`."""
    for pattern in _DATES:
        found = pattern.search(words)
        if found is None:
            continue
        named = found.groupdict()
        month = int(named["number"]) if named.get("number") else _MONTHS.get((named.get("month") or "").casefold())
        if month is None and named.get("month"):
            continue
        parts = [named["year"], month and f"{month:02}", named.get("day") and f"{int(named['day']):02}"]
        return "-".join(part for part in parts if part)
    return None
