"""A cited work as a citation describes it."""

from dataclasses import dataclass
from enum import StrEnum


class WorkKind(StrEnum):
    """What kind of work is cited."""

    ARTICLE = "article"
    PAPER = "paper"
    PREPRINT = "preprint"
    BOOK = "book"
    CHAPTER = "chapter"
    REPORT = "report"
    WORKING_PAPER = "working_paper"
    THESIS = "thesis"
    NEWS = "news"
    BLOG = "blog"
    WEBPAGE = "webpage"
    DATASET = "dataset"
    PRESS_RELEASE = "press_release"
    SPEECH = "speech"
    LETTER = "letter"
    INTERVIEW = "interview"
    STATUTE = "statute"
    BILL = "bill"
    REGULATION = "regulation"
    EU_ACT = "eu_act"
    TREATY = "treaty"
    CASE = "case"
    DOCKET = "docket"


@dataclass(frozen=True, slots=True)
class Author:
    """A person, or an institution: then `family` is its whole name and `given` None."""

    family: str
    given: str | None = None

    def __str__(self) -> str:
        """`Family, Given`, or an institution's name."""
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, slots=True)
class Work:
    """What a citation says of its work; a field is empty where the citation's form leaves it in doubt.

    `container` is the journal, newspaper, proceedings or book that the work is in. `date` is the work's, never that
    of access: `2020`, `2020-05` or `2020-05-12`. `pinpoint` is the cited place in the work.
    """

    title: str | None = None
    container: str | None = None
    publisher: str | None = None
    authors: tuple[Author, ...] = ()
    date: str | None = None
    kind: WorkKind = WorkKind.REPORT
    pinpoint: str | None = None

    @property
    def year(self) -> str | None:
        """The year of the date."""
        return self.date[:4] if self.date else None
