"""What the parser reads in an edition: footnotes with their anchors and citations, links in the body, warnings."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from verifier.model.box import Box
from verifier.model.inconsistency import Inconsistency
from verifier.model.work import Work


class NoteKind(StrEnum):
    """Where a footnote is and how it is pointed to."""

    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    TABLE_NOTE = "table_note"
    REFERENCE = "reference"


class Signal(StrEnum):
    """The introductory signal of a citation (The Bluebook, rule 1.2)."""

    SEE = "see"
    SEE_ALSO = "see also"
    SEE_GENERALLY = "see generally"
    E_G = "e.g."
    ACCORD = "accord"
    CF = "cf."
    COMPARE = "compare"
    CONTRA = "contra"
    BUT_SEE = "but see"

    @property
    def disowns(self) -> bool:
        """Whether the author says that the source does not simply support the text: no disagreement is raised."""
        return self in (Signal.CF, Signal.COMPARE, Signal.CONTRA, Signal.BUT_SEE)


class WarningCode(StrEnum):
    """What the parser could not do, or doubts."""

    NO_TEXT_LAYER = "no_text_layer"
    PAGE_UNREADABLE = "page_unreadable"
    READINGS_DISAGREE = "readings_disagree"
    BAD_ANNOTATION = "bad_annotation"
    NOTE_WITHOUT_MARKER = "note_without_marker"
    MARKER_WITHOUT_NOTE = "marker_without_note"
    LABEL_GAP = "label_gap"
    LABEL_REPEATED = "label_repeated"
    DANGLING_REFERENCE = "dangling_reference"
    LINK_DIFFERS_FROM_TEXT = "link_differs_from_text"
    ADDRESS_JOINED = "address_joined"
    STRUCTURE_DAMAGED = "structure_damaged"
    READ_BY_OCR = "read_by_ocr"
    CONSISTENCY_UNCHECKED = "consistency_unchecked"
    PART_UNREAD = "part_unread"
    NUMBERED_THROUGH = "numbered_through"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The sentence (or table cell) that a marker supports.

    `marker_offset` is the index in `sentence` where the marker was (the marker itself is not in it);
    `clause_start` the index where its clause begins: just after the previous marker, or 0. `boxes` are the marker's
    (the cell's or caption's where no marker is there), `sentence_boxes` those of the sentence, one a line.
    `block_quotation` are the words of the block quotation that the marker ends, None where it ends none.
    In a draft, which has no pages, `page` is None, `paragraph` counts the paragraphs of its running text from 1, and
    `paragraph_text` is what that paragraph says.
    """

    page: int | None
    sentence: str
    marker_offset: int
    clause_start: int = 0
    boxes: tuple[Box, ...] = ()
    sentence_boxes: tuple[Box, ...] = ()
    block_quotation: str | None = None
    paragraph: int | None = None
    paragraph_text: str | None = None

    @property
    def clause(self) -> str:
        """The words that the marker vouches for."""
        return self.sentence[self.clause_start : self.marker_offset]


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited work inside a footnote.

    `identifiers` are keys such as `doi:10.1000/182`, `arxiv:2402.04825`; `refers_to` is the id of the
    footnote that an ibid. or supra points to, or of the bibliography's entry that a bracketed number names.

    `work` is what the text says of the cited work; None where it describes none. `pinpoint` is the cited place,
    which a reference back (`ibid. 17`) has too.
    """

    text: str
    signal: Signal | None = None
    urls: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    refers_to: str | None = None
    work: Work | None = None
    pinpoint: str | None = None

    @property
    def title(self) -> str | None:
        """The work's title."""
        return self.work.title if self.work else None

    @property
    def publisher(self) -> str | None:
        """The work's publisher, or the journal or newspaper that it is in."""
        return (self.work.publisher or self.work.container) if self.work else None

    @property
    def date(self) -> str | None:
        """The work's date, never that of access: `2020`, `2020-05` or `2020-05-12`."""
        return self.work.date if self.work else None


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note; `id` is unique in its extraction (`fn-1`, `fn-2` ... in reading order), the label need not be.

    `page` is None in a draft, which has no pages.
    """

    id: str
    label: str
    kind: NoteKind
    page: int | None
    text: str
    urls: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def pages(self) -> frozenset[int]:
        """Every page that the note is on; none in a draft."""
        return frozenset((*(() if self.page is None else (self.page,)), *(box.page for box in self.boxes)))

    @property
    def expects_marker(self) -> bool:
        """Whether it is trouble that nothing points to it: not for works that are listed only, and `Source:` lines."""
        word = self.label[:1].isalpha() and not self.label[:1].islower()
        return self.kind is not NoteKind.REFERENCE and not (self.kind is NoteKind.TABLE_NOTE and word)


@dataclass(frozen=True, slots=True)
class BodyLink:
    """A link in the running text: the words that carry it and the sentence around them; no page in a draft."""

    page: int | None
    url: str
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ExtractionWarning:
    """Something an editor should know about how well the PDF was read; `page` is None for the whole."""

    page: int | None
    code: WarningCode
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document as a file: `sha256` names the edition, `created` is the creation date it states, if any.

    `pages` is None where the format has none.
    """

    path: str
    sha256: str
    pages: int | None
    title: str | None = None
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one version of the parser read in an edition.

    `guessed_urls` are the addresses that were put together over a blank or a doubtful hyphen wherever they are printed:
    they are tried, and that they fail says nothing of the document. `inconsistencies` are where the document
    contradicts itself.
    """

    document: Document
    parser_version: str
    footnotes: tuple[Footnote, ...] = ()
    body_links: tuple[BodyLink, ...] = ()
    warnings: tuple[ExtractionWarning, ...] = field(default=())
    guessed_urls: tuple[str, ...] = ()
    inconsistencies: tuple[Inconsistency, ...] = ()

    @property
    def pages_by_ocr(self) -> frozenset[int]:
        """The pages whose letters were guessed from a picture: nothing on them counts as printed for sure."""
        return frozenset(w.page for w in self.warnings if w.code is WarningCode.READ_BY_OCR and w.page is not None)
