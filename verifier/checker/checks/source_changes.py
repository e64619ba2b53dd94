"""Whether a source still says what it said where a figure was held against it, and the finding where it does not.

Only the words of that passage count: what changes elsewhere on the page, in its spacing, letter case or punctuation, or
in the tokens and clock times that pages carry, is no change.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from verifier.checker.fingerprints import passage_fingerprint
from verifier.checker.severity import classify
from verifier.model import Evidence, Finding, FindingCode, SnapshotRef

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"’": "'", "\u00ad": None})
_TOKEN = re.compile(r"\b(?=\w*\d)(?=\w*[a-z])\w{8,}\b|\b\d{1,2}:\d{2}(?::\d{2})?\b")
_WORD = re.compile(r"(?:(?<![\w)])-)?\d+(?:[.,]\d+)*|[^\W\d_]+|[%‰$€£¥°]")
_SENTENCE_END = re.compile(r"[\n\f]+|(?<=[.!?])\s+")
_LEAST_SIMILARITY = 0.4  # of the words of the old passage: below, nothing on the page now stands for it
_LONGEST = 300  # characters of a passage that are shown


@dataclass(frozen=True, slots=True)
class RestedPassage:
    """The passage that a figure of a note was held against, and the place of the figure.

    `read_at` is when the source was first read to say so, `snapshot` where that is archived, `supplied_by` who
    handed it in, if it was not fetched.
    """

    document_key: str
    footnote_id: str
    footnote_label: str
    page: int | None
    sentence: str
    source_key: str
    address: str
    quote: str
    read_at: datetime
    snapshot: SnapshotRef | None = None
    supplied_by: str | None = None


class CurrentText:
    """What a source says now, ready for many passages to be looked up."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = f" {' '.join(_words(text))} "

    def still_says(self, quote: str) -> bool:
        """Whether the words of a passage are in the text, one after the other."""
        return f" {' '.join(_words(quote))} " in self._words

    def nearest(self, quote: str) -> str | None:
        """The sentence or line that has most of a passage's words; None where none has enough of them."""
        wanted = set(_words(quote))
        best, similarity = None, 0.0
        for sentence in _SENTENCE_END.split(self._text):
            words = set(_words(sentence))
            of_both = len(words & wanted) / max(len(wanted), 1) if words else 0.0
            if of_both > similarity:
                best, similarity = sentence, of_both
        return _shown(best) if best is not None and similarity >= _LEAST_SIMILARITY else None


def source_changed_finding(passage: RestedPassage, now: CurrentText) -> Finding | None:
    """The finding that a source has changed at a passage, with both versions; None where it still says the same."""
    if not _words(passage.quote) or now.still_says(passage.quote):
        return None
    kind, severity = classify(FindingCode.SOURCE_CHANGED)
    return Finding(
        fingerprint=passage_fingerprint(
            passage.document_key, passage.sentence, passage.source_key, " ".join(_words(passage.quote))
        ),
        code=FindingCode.SOURCE_CHANGED,
        kind=kind,
        severity=severity,
        message=_message(passage, now.nearest(passage.quote)),
        url=passage.address,
        footnote_id=passage.footnote_id,
        footnote_label=passage.footnote_label,
        page=passage.page,
        sentence=passage.sentence,
        evidence=Evidence(
            source_quote=passage.quote,
            snapshot=passage.snapshot,
            fetched_at=passage.read_at,
            supplied_by=passage.supplied_by,
        ),
    )


def _message(passage: RestedPassage, today: str | None) -> str:
    now = f'it now says "{today}"' if today else "the passage is no longer there"
    return (
        f"The source of note {passage.footnote_label} has changed since {passage.read_at:%Y-%m-%d}, where it said "
        f'"{_shown(passage.quote)}": {now}.'
    )


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()
    return _WORD.findall(_TOKEN.sub(" ", folded))


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
