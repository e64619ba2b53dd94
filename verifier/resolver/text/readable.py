"""What the readers of all kinds of payload give back."""

from dataclasses import dataclass
from datetime import date

from verifier.model import DescribedWork


@dataclass(frozen=True, slots=True)
class Readable:
    """A payload's text, with what it says of itself; empty or None where it says nothing.

    `work` is the work that a page or PDF describes, None for other kinds of payload.
    """

    text: str
    title: str = ""
    language: str = ""
    dated: date | None = None
    work: DescribedWork | None = None
