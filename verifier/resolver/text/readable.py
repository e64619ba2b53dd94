"""What the readers of all kinds of payload give back."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Readable:
    """A payload's text, with what it says of itself; empty or None where it says nothing."""

    text: str
    title: str = ""
    language: str = ""
    dated: date | None = None
