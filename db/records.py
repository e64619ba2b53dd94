"""What the store hands out and takes in besides the dataclasses of `verifier.model`.

Times are timezone-aware UTC; ordinals count from 0; a `text_id` is the store's own number of a source's text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from verifier.model import (
    ArchivedCopy,
    CheckedPart,
    Coverage,
    FigureComparison,
    Finding,
    FindingState,
    Judgement,
    LinkStatus,
    RunState,
    SnapshotRef,
    Source,
    SourceText,
)


@dataclass(frozen=True, slots=True)
class Run:
    """One night's work (or one command's). `resumed` says that `begin` took up an unfinished one."""

    id: int
    kind: str
    inputs: tuple[str, ...]
    started_at: datetime
    state: RunState
    resumed: bool = False
    finished_at: datetime | None = None
    coverage: Coverage = field(default_factory=Coverage)


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """Where a document lies: its collection, and the path in it."""

    collection: str
    path: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with the edition it was last seen as.

    `first_seen` is when this edition was first seen, `created` the date that the PDF states of itself;
    `title` is what its newest extraction found, `failure` why there is none;
    `compared_key` says what it was last compared as, None where it never was. `also_at` are further places of the same
    bytes; `edition_of` is the number, and `edition_of_key` the key, of an earlier document that says mostly the same.
    """

    id: int
    collection: str
    path: str
    key: str
    pdf_sha256: str
    first_seen: datetime
    created: datetime | None = None
    title: str | None = None
    failure: str | None = None
    compared_key: str | None = None
    edition_of: int | None = None
    edition_of_key: str | None = None
    also_at: tuple[DocumentPlace, ...] = ()

    @property
    def collections(self) -> frozenset[str]:
        """Every collection that it lies in."""
        return frozenset((self.collection, *(place.collection for place in self.also_at)))


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source where an extraction cites it.

    `footnote` and `citation` are ordinals (a footnote's own addresses, outside its citations, have `citation` None);
    `body_link` is one for a link of the running text. `host_by_url` names the host of each address of the source.
    """

    footnote: int | None
    citation: int | None
    body_link: int | None
    source: Source
    host_by_url: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DueAddress:
    """An address to check now."""

    url: str
    host: str


@dataclass(frozen=True, slots=True)
class CapturedText:
    """The newest readable text of an address, and when it was first read to say so: how near to a document's date.

    `snapshot` is None where nothing was archived. `copy_url` is where a public web archive keeps what was read, None
    where it was read from the source itself. `supplied_by` names who handed it in, if it was not fetched.
    `out_of_reach`: the source is dead or blocked since, and what was read is our own copy.
    """

    url: str
    text_id: int
    text: SourceText
    fetched_at: datetime
    snapshot: SnapshotRef | None
    copy_url: str | None = None
    supplied_by: str | None = None
    out_of_reach: bool = False


@dataclass(frozen=True, slots=True)
class AddressStatus:
    """The latest judgement of an address that counts (not one made while our network was down).

    `snapshot` is that of the last response, None where nothing was archived; `has_text` says whether something could
    be read in it.
    """

    judgement: Judgement
    fetched_at: datetime
    snapshot: SnapshotRef | None
    has_text: bool = False

    @property
    def status(self) -> LinkStatus:
        """The link status alone."""
        return self.judgement.status


@dataclass(frozen=True, slots=True)
class CopyLookUp:
    """What looking for an archived copy came to, and when: None for none."""

    copy: ArchivedCopy | None
    looked_up_at: datetime


@dataclass(frozen=True, slots=True)
class AlternateAddress:
    """A printed address, and the guessed one of an identifier of the same work, by its key."""

    printed: str
    key: str
    guessed: str
    guessed_host: str


@dataclass(frozen=True, slots=True)
class CitingPlace:
    """Where a current edition prints an address: in a footnote, or (label None) in the running text.

    `note` is the footnote's text.
    """

    document_path: str
    footnote_id: str | None
    footnote_label: str | None
    page: int | None
    sentence: str | None
    document_id: int | None = field(default=None, compare=False)
    note: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ComparisonRecord:
    """A figure of a clause (`anchor` is its ordinal) or of the note itself (`anchor` None), held against a text.

    `ordinal` counts the figures of that clause or note.
    """

    footnote: int
    anchor: int | None
    ordinal: int
    text_id: int
    checker_version: str
    comparison: FigureComparison


@dataclass(frozen=True, slots=True)
class PartRecord:
    """A figure, quotation or work where it is: in a clause (`anchor`), in a citation's own words, or (both None) in the
    words of a note without citations. All count from 0.

    `unread` names the cited sources that could not be read, by address, where that matters for what became of it.
    """

    footnote: int
    anchor: int | None
    citation: int | None
    part: CheckedPart
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding with its history and its place.

    `state` is what a person last decided, else what the machine says. `document`, `footnote_id` ... are those of the
    finding, or for a link the first place that prints the address, the others being in `also_at`; all None
    where no current edition prints it any more. `new_in_run` says that the run asked about was the first
    to see the finding as what it is now (a to-do, or an accusation). `document_id` is the number of `document`.
    """

    finding: Finding
    state: FindingState
    first_seen_run: int
    first_seen_at: datetime
    last_seen_run: int
    last_seen_at: datetime
    new_in_run: bool
    document: str | None = None
    footnote_id: str | None = None
    footnote_label: str | None = None
    page: int | None = None
    sentence: str | None = None
    also_at: tuple[CitingPlace, ...] = ()
    closed_at: datetime | None = None
    document_id: int | None = field(default=None, compare=False)
