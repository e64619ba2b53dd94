"""What makes two findings the same one, from night to night and from edition to edition.

A fingerprint never holds an edition, label, page or version, so that reviews outlive all of them (docs/reference.md).
"""

import hashlib
import json
import re
import unicodedata

from verifier.model import Figure, Inconsistency

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00ad": None})
_SPACE = re.compile(r"\s+")


def normalise_sentence(sentence: str) -> str:
    """The sentence without what a new typesetting changes: ligatures, quotes, dashes, spaces, letter case."""
    folded = unicodedata.normalize("NFKC", sentence).translate(_QUOTES)
    return _SPACE.sub(" ", folded).strip().casefold()


def link_fingerprint(address: str) -> str:
    """One finding for one address, however many documents cite it."""
    return _digest("link", address)


def figure_fingerprint(document_key: str, sentence: str, source_key: str, figure: Figure, ordinal: int) -> str:
    """A figure in a sentence, held against a source; `ordinal` tells equal figures of one sentence apart, from 0."""
    value = format(figure.value.normalize(), "f")
    return _digest("figure", document_key, normalise_sentence(sentence), source_key, value, figure.unit, str(ordinal))


def quotation_fingerprint(document_key: str, sentence: str, source_key: str, quotation: str, ordinal: int) -> str:
    """A quotation in a sentence, held against a source."""
    words = normalise_sentence(quotation)
    return _digest("quotation", document_key, normalise_sentence(sentence), source_key, words, str(ordinal))


def passage_fingerprint(document_key: str, sentence: str, source_key: str, passage: str) -> str:
    """A source's passage that a sentence rested on; `passage` is its plain words, so that spacing changes nothing."""
    return _digest("source_changed", document_key, normalise_sentence(sentence), source_key, passage)


def note_fingerprint(document_key: str, code_family: str, text: str) -> str:
    """A finding about a whole note, known by its text: `code_family` is the finding code that can hold of it."""
    return _digest(code_family, document_key, normalise_sentence(text))


def inconsistency_fingerprint(document_key: str, inconsistency: Inconsistency) -> str:
    """A contradiction of a document with itself: what is said in both places, whatever pages they are on."""
    said = [normalise_sentence(place.text) for place in inconsistency.places]
    return _digest("document_inconsistent", document_key, inconsistency.kind.value, inconsistency.stated, *said)


def work_fingerprint(document_key: str, citation: str, source_key: str) -> str:
    """A work as a citation describes it, held against what its source shows."""
    return _digest("work", document_key, normalise_sentence(citation), source_key)


def source_fingerprint(code_family: str, source_key: str) -> str:
    """A finding about a source as such, whoever cites it."""
    return _digest(code_family, source_key)


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
