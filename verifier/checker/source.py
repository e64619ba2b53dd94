"""A source made ready to be compared: scanned and indexed once, for all claims on it."""

from dataclasses import dataclass

from verifier.checker.scanner import scan
from verifier.model import Figure


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A source's text with its figures."""

    text: str
    figures: tuple[Figure, ...]


def read_source(text: str) -> ReadSource:
    """Scan and index a source's text; time grows linearly with its length."""
    return ReadSource(text, scan(text))
