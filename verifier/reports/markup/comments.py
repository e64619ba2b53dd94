"""What is to be said in the margin of a document: a comment on the sentence and on the note of every open finding."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from verifier.checker.checks.messages import disputed_figure
from verifier.model import Anchor, Box, Extraction, Finding, FindingCode, FindingState, Footnote, Severity
from verifier.parser.drafts.word_comments import WordComment
from verifier.reports.contents import CitationPlace, ReportedFinding
from verifier.reports.labels import CODE_WORDS, reading_words, replacement_words
from verifier.reports.markup.character_index import DocumentIndex
from verifier.reports.markup.locate_text import letters_of, lines_of

_LEAST_FOUND = 0.6
"""Share of a passage's letters that must be found on the pages for it to be highlighted: less may be elsewhere."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: a highlight over the boxes, a line each; without any, a note at the edge of the page.

    `figure` holds the boxes of the figure that is disputed, within the others. `name` is unique in the document,
    `title` what is wrong in words, `text` all that an editor needs to decide, `link` the finding's page at the desk.
    """

    name: str
    title: str
    text: str
    severity: Severity
    page: int
    boxes: tuple[Box, ...] = ()
    figure: tuple[Box, ...] = ()
    link: str = ""


def comments_on(pdf: Any, extraction: Extraction, findings: Sequence[ReportedFinding]) -> list[Comment]:
    """The comments on an open pypdfium2 document, in the order of the findings.

    The places of the findings are all in this document. Each finding has at least one comment: where neither sentence
    nor note is found on its page, a note at the page's edge.
    """
    author = _Author(DocumentIndex(pdf, extraction), extraction)
    said = [comment for finding in findings for comment in author.comments(finding)]
    pages = len(pdf)
    return [replace(comment, page=min(max(comment.page, 1), pages)) for comment in said]


def word_comments_on(extraction: Extraction, findings: Sequence[ReportedFinding]) -> list[WordComment]:
    """The comments on a Word file, one a finding: on the sentence of its note's marker, else where the text says it.

    Word allows no comments in notes, so that what is wrong with a note is said at the sentence that the note supports.
    """
    notes = {note.id: note for note in extraction.footnotes}
    inconsistencies = {one.message: one for one in extraction.inconsistencies}
    comments = []
    for reported in findings:
        sentences: list[tuple[str, int | None]] = []
        inconsistent = inconsistencies.get(reported.finding.message)
        if inconsistent is not None:
            sentences += [(place.text, None) for place in inconsistent.places]
        for place in reported.places:
            note = notes.get(place.footnote_id or "")
            anchors = (meant_anchors(note, reported.finding, place) or note.anchors) if note is not None else ()
            sentences += [(anchor.sentence, anchor.paragraph) for anchor in anchors]
            sentences += [(words, None) for words in (reported.finding.sentence, place.sentence) if words]
        title = CODE_WORDS[reported.finding.code].title
        words, unique = whole_message(reported), tuple(dict.fromkeys(sentences))
        comments.append(WordComment(title, words, unique, reported.desk_url or ""))
    return comments


class _Author:
    """Writes the comments of one document."""

    def __init__(self, letters: DocumentIndex, extraction: Extraction) -> None:
        self._letters = letters
        self._notes = {note.id: note for note in extraction.footnotes}
        self._inconsistencies = {one.message: one for one in extraction.inconsistencies}

    def comments(self, reported: ReportedFinding) -> Iterator[Comment]:
        """What is said of a finding: all of it once, and in a sentence at every other place it touches."""
        spots = list(dict.fromkeys(spot for place in reported.places for spot in self._spots(reported.finding, place)))
        if not any(spot.boxes for spot in spots):
            spots = spots[:1] or [_Spot(reported.finding.page or 1, ())]
        else:
            spots = [spot for spot in spots if spot.boxes]
        first = spots[0]
        for number, spot in enumerate(spots):
            briefly = f"{reported.finding.message}\n\nSee the comment on page {first.page}."
            yield Comment(
                name=f"verifier-{reported.id}-{number + 1}",
                title=CODE_WORDS[reported.finding.code].title,
                text=briefly if number else whole_message(reported),
                severity=reported.finding.severity,
                page=spot.page,
                boxes=spot.boxes,
                figure=spot.figure,
                link=reported.desk_url or "",
            )

    def _spots(self, finding: Finding, place: CitationPlace) -> Iterator["_Spot"]:
        """Where to comment: what is wrong first, the note for a link, the sentence for what it says."""
        if finding.code is FindingCode.DOCUMENT_INCONSISTENT and finding.message in self._inconsistencies:
            places = self._inconsistencies[finding.message].places
            yield from (_Spot(one.page or 1, one.boxes) for one in places)
            return
        note = self._notes.get(place.footnote_id or "")
        if note is None:
            yield self._in_the_text(finding, place)
            return
        in_note = _Spot(note.page or 1, note.boxes)
        sentences = [self._sentence(anchor, finding) for anchor in meant_anchors(note, finding, place)]
        yield from ([in_note, *sentences] if finding.sentence is None else [*sentences, in_note])

    def _sentence(self, anchor: Anchor, finding: Finding) -> "_Spot":
        placed = self._letters.sentence(anchor)
        found = sum(box is not None for box in placed)
        if found < _LEAST_FOUND * len(placed):
            return _Spot(anchor.page or 1, anchor.boxes)
        disputed = disputed_figure(finding.message, anchor.sentence)
        if disputed is None:
            return _Spot(anchor.page or 1, lines_of(placed))
        first, last = (len(letters_of(anchor.sentence[:place])) for place in disputed)
        return _Spot(anchor.page or 1, lines_of(placed), lines_of(placed[first:last]))

    def _in_the_text(self, finding: Finding, place: CitationPlace) -> "_Spot":
        """A link of the running text, or something that no note is known for."""
        page = place.page or finding.page or 1
        sentence = place.sentence or finding.sentence or ""
        letters = self._letters.of_page(page)
        return _Spot(page, lines_of(letters.find(sentence)) if letters_of(sentence) else ())


@dataclass(frozen=True, slots=True)
class _Spot:
    page: int
    boxes: tuple[Box, ...]
    figure: tuple[Box, ...] = ()


def meant_anchors(note: Footnote, finding: Finding, place: CitationPlace) -> tuple[Anchor, ...]:
    """The anchors that a finding is about: that of its sentence; none where its sentence is the note's own text."""
    sentence = finding.sentence or place.sentence
    if sentence == note.text:
        return ()
    return tuple(anchor for anchor in note.anchors if anchor.sentence == sentence) or note.anchors


def whole_message(reported: ReportedFinding) -> str:
    """All that an editor needs to decide about a finding, in words."""
    finding = reported.finding
    evidence = finding.evidence
    parts = [" ".join([finding.message, *replacement_words(finding)])]
    if evidence.source_quote and evidence.source_quote.rstrip(" .") not in finding.message:
        parts.append(f"The source says: “{evidence.source_quote}”")
    about = [finding.url] if finding.url else []
    if read := reading_words(evidence):
        about.append(read[:1].upper() + read[1:])
    if about:
        parts.append("\n".join(about))
    others = len(reported.places) - 1
    if others > 0:
        parts.append(f"The same at {others} more place{'s' if others > 1 else ''} of this document.")
    if reported.state is FindingState.ACCEPTED and reported.review:
        right = f" Right is: {reported.right_value}" if reported.right_value else ""
        parts.append(f"To be corrected, says {reported.review.reviewer}.{right}")
    parts.append(f"{CODE_WORDS[finding.code].advice} ({finding.code.value}, {reported.id})")
    if reported.desk_url:
        parts.append(reported.desk_url)
    return "\n\n".join(parts)
