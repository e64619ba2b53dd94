"""A work as its page, PDF or registry record describes it, and what holding it against a note comes to."""

from dataclasses import dataclass
from enum import StrEnum

from verifier.model.work import Author


class Nature(StrEnum):
    """What a page is: only `WORK` can be held against a note."""

    WORK = "work"
    LIST = "list"
    HOME = "home"
    PORTAL = "portal"
    WALL = "wall"
    ERROR = "error"
    PARKED = "parked"
    NOTHING = "nothing"


class TitleOrigin(StrEnum):
    """Where a title was read, the most trusted first."""

    RECORD = "record"
    CITATION_META = "citation_meta"
    DUBLIN_CORE = "dublin_core"
    JSON_LD = "json_ld"
    OPEN_GRAPH = "open_graph"
    HEADING = "heading"
    FIRST_PAGE = "first_page"
    PDF_METADATA = "pdf_metadata"
    TITLE_ELEMENT = "title_element"


class Notice(StrEnum):
    """What a page or record is about another work, or says of its own."""

    RETRACTED = "retracted"
    CONCERN = "concern"
    CORRECTED = "corrected"
    CORRECTION = "correction"
    REVIEW = "review"
    COMMENT = "comment"


class UpdateKind(StrEnum):
    """What a registry says became of a work after it was published; only the first two take it back."""

    RETRACTION = "retraction"
    WITHDRAWAL = "withdrawal"
    PARTIAL_RETRACTION = "partial_retraction"
    REINSTATEMENT = "reinstatement"
    CONCERN = "concern"
    CORRECTION = "correction"
    NEW_EDITION = "new_edition"

    @property
    def takes_back(self) -> bool:
        """Whether the work is no longer upheld by who published it."""
        return self in (UpdateKind.RETRACTION, UpdateKind.WITHDRAWAL)

    @property
    def casts_doubt(self) -> bool:
        """Whether who published the work stands by a part of it only, or not without reserve."""
        return self in (UpdateKind.CONCERN, UpdateKind.PARTIAL_RETRACTION)


@dataclass(frozen=True, slots=True)
class Update:
    """A later notice on a work: `doi` is the notice's own, `date` as `2024-05-06` or less."""

    kind: UpdateKind
    doi: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class DescribedTitle:
    """A title with where it was read."""

    text: str
    origin: TitleOrigin


@dataclass(frozen=True, slots=True)
class DescribedWork:
    """What a page, PDF or record says of the work that it shows; empty where it says nothing.

    `titles` come the most trusted first. `by_line` says that the authors were read in a line of text, and not in
    metadata: that others are named there proves nothing. `dates` are dates of publication (`2020`, `2020-05`,
    `2020-05-12`), never of a change. `container` is the journal, proceedings or book; `site` the name of the site or
    the publisher; `is_news` whether it calls itself a news article. `identifiers` are keys such as `doi:10.1000/182`.
    `opening` is the start of its own text, without navigation, references and lists of other works. `addresses` are
    where a record says that the work can be read, the fullest text first. `listed` are the works of a list that a
    registry answers a search with: a list without any says that the registry has none.
    """

    nature: Nature = Nature.NOTHING
    titles: tuple[DescribedTitle, ...] = ()
    authors: tuple[Author, ...] = ()
    by_line: bool = False
    dates: tuple[str, ...] = ()
    container: str | None = None
    site: str | None = None
    is_news: bool = False
    identifiers: tuple[str, ...] = ()
    notice: Notice | None = None
    updates: tuple[Update, ...] = ()
    language: str | None = None
    opening: str = ""
    addresses: tuple[str, ...] = ()
    listed: tuple["DescribedWork", ...] = ()

    @property
    def title(self) -> str | None:
        """The most trusted title."""
        return self.titles[0].text if self.titles else None

    @property
    def is_record(self) -> bool:
        """Whether a registry says so."""
        return bool(self.titles) and self.titles[0].origin is TitleOrigin.RECORD


class WorkVerdict(StrEnum):
    """Whether what was fetched is the work that the note cites."""

    SAME = "same"
    DIFFERS = "differs"
    OTHER = "other"
    UNKNOWN = "unknown"


class WorkField(StrEnum):
    """A field that a note misdescribes."""

    YEAR = "year"
    AUTHOR = "author"
    TITLE = "title"
    CONTAINER = "container"
    IDENTIFIER = "identifier"


@dataclass(frozen=True, slots=True)
class WorkComparison:
    """A note's work held against a described one.

    `differs` are the fields that disagree where the verdict is `differs`; `rule` names the rule that decided, and
    `confidence` is how sure it is (0 to 1, from the table of rules); `reason` says it in a sentence.
    """

    verdict: WorkVerdict
    confidence: float
    rule: str
    reason: str
    differs: tuple[WorkField, ...] = ()
