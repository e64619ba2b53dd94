"""How things look on the desk's pages: times, states, sentences with their clause, quotations with their figure."""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from flask import Flask
from markupsafe import Markup, escape

from db.activity import ActionKind
from db.finding_details import StoredReview
from db.records import PartRecord
from verifier.model import Anchor, Decision, Footnote, PartStatus, RunState, Verdict
from verifier.reports.citation_statuses import CitationStatus, Level
from verifier.reports.contents import coverage_sentences
from verifier.reports.labels import (
    CODE_WORDS,
    DECISION_WORDS,
    PART_WORDS,
    STATE_WORDS,
    STATUS_WORDS,
    UNCHECKED_WORDS,
    counted,
    document_name,
    rule_place,
)
from verifier.resolver.sources.urls import host_of
from verifier.review.evidence.disputed_words import disputed_words
from verifier.review.filters import place_words, query_of
from verifier.review.note_list import NoteBlock, NumberedPart

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Hebrew, Arabic and their neighbours, by Unicode's blocks."""

_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|\(([^()]*)\)')
"""What a message quotes, or names in brackets."""

_COPY = re.compile(r"^\S*[/\\][0-9a-f]{64}\.[a-z]{2,8}: ")


ACTION_WORDS: dict[Decision | ActionKind, str] = {
    **dict[Decision | ActionKind, str](DECISION_WORDS.items()),
    ActionKind.COMMENT: "commented",
    ActionKind.ASSIGN: "assigned",
    ActionKind.LETTER: "wrote a letter",
    ActionKind.RULE: "set a rule",
    ActionKind.RULE_ENDED: "ended a rule",
    ActionKind.UNDO: "took decisions back",
}
"""What somebody did, in the list of who did what."""


VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.SUPPORTED: "in the source",
    Verdict.CONTRADICTED: "otherwise in the source",
    Verdict.NOT_FOUND: "not found",
    Verdict.NO_FIGURES: "no figure",
}
"""What a comparison said of a figure."""


def register_filters(app: Flask) -> None:
    """Give the templates their words."""
    app.jinja_env.filters.update(
        time=time,
        sentence=sentence_with_clause,
        quote=quote_with_figure,
        paragraph=paragraph_with_marker,
        review=review_words,
        host=host_words,
        isolated=isolated_words,
        named=lambda document: document_name(document.title, document.path),
        said=said_with_parts,
        parts_of=parts_of,
        level_of_part=level_of_part,
        asked_host=host_of,
        reason=reason_words,
        plain=lambda words: str(words).replace("_", " "),
        day=day_words,
    )
    app.jinja_env.globals.update(
        action_words=ACTION_WORDS,
        code_words=CODE_WORDS,
        rule_place=rule_place,
        RunState=RunState,
        state_words=STATE_WORDS,
        status_words=STATUS_WORDS,
        verdict_words=VERDICT_WORDS,
        counted=counted,
        coverage_sentences=coverage_sentences,
        place_words=place_words,
        query_of=query_of,
    )


def time(moment: datetime | None) -> Markup:
    """A time that a small script turns into the reader's zone; without it, in UTC."""
    if moment is None:
        return Markup("")
    words = f"{moment:%Y-%m-%d %H:%M} UTC"
    return Markup('<time datetime="%s">%s</time>') % (moment.isoformat(), words)


def sentence_with_clause(sentence: str, note: Footnote | None, message: str = "", quote: str | None = "") -> Markup:
    """A sentence with what the marker vouches for marked, and the marker where it was.

    What the finding's message disputes is marked in it: the figure, or the words that the source's `quote` has
    otherwise.
    """
    disputed = disputed_words(message, sentence, quote or "").here
    anchor = next((anchor for anchor in note.anchors if anchor.sentence == sentence), None) if note else None
    if note is None or anchor is None:
        return _with_disputed(sentence, 0, len(sentence), disputed)
    start, end = anchor.clause_start, anchor.marker_offset
    return Markup('{}<mark>{}</mark><sup class="marker" title="marker of note {}">{}</sup>{}').format(
        _with_disputed(sentence, 0, start, disputed),
        _with_disputed(sentence, start, end, disputed),
        note.label,
        note.label,
        _with_disputed(sentence, end, len(sentence), disputed),
    )


def _with_disputed(text: str, start: int, end: int, disputed: Sequence[tuple[int, int]]) -> Markup:
    """A stretch of a text, with what is disputed marked where it is within."""
    pieces = []
    for begin, stop in disputed:
        if start <= begin < stop <= end:
            pieces += [
                escape(text[start:begin]),
                Markup('<strong class="disputed">{}</strong>').format(text[begin:stop]),
            ]
            start = stop
    return Markup("").join([*pieces, escape(text[start:end])])


def paragraph_with_marker(anchor: Anchor, label: str) -> Markup:
    """A draft's paragraph with the sentence marked, and the marker where it was."""
    text = anchor.paragraph_text or anchor.sentence
    start = max(0, text.find(anchor.sentence))
    at, end = start + anchor.marker_offset, start + len(anchor.sentence)
    return Markup('{}<mark>{}<sup class="marker" title="marker of note {}">{}</sup>{}</mark>{}').format(
        text[:start], text[start:at], label, label, text[at:end], text[end:]
    )


def quote_with_figure(quote: str, figure: str | None, message: str = "", sentence: str | None = "") -> Markup:
    """The source's words with their figure marked, or with those that the `sentence` quotes otherwise."""
    disputed = disputed_words(message, sentence, quote).there if message and sentence else ()
    if disputed:
        return Markup("<mark>{}</mark>").format(_with_disputed(quote, 0, len(quote), disputed))
    if not figure or figure not in quote:
        return escape(quote)
    before, _, after = quote.partition(figure)
    return Markup("%s<mark>%s</mark>%s") % (before, figure, after)


def review_words(review: StoredReview) -> Markup:
    """A review in a line: who did what when."""
    done = "took the last decision back" if review.undoes else DECISION_WORDS[review.decision]
    until = Markup(" until {}").format(time(review.expires_at)) if review.expires_at and not review.undoes else ""
    note = Markup(": {}").format(review.note) if review.note else ""
    right = Markup("; right is {}").format(review.right_value) if review.right_value else ""
    told = Markup("<strong>{}</strong> {}{} {}{}{}")
    return told.format(review.reviewer, done, until, time(review.decided_at), note, right)


def reason_words(reason: str) -> str:
    """Why something failed, without the path of the kept copy that it was about: that is nobody's business here."""
    return _COPY.sub("", reason, count=1)


def day_words(moment: datetime) -> str:
    """The day of a time, in UTC."""
    return f"{moment:%Y-%m-%d}"


def said_with_parts(block: NoteBlock, number: int) -> Markup:
    """The sentence of a note's marker, its figures and quotations coloured by what became of them."""
    assert block.note is not None
    anchor = block.note.anchors[number]
    here = [one.record for one in block.parts if one.record.anchor == number and one.record.part.start is not None]
    text, at = anchor.sentence, 0
    pieces: list[Markup] = []
    for record in sorted(here, key=lambda record: (record.part.start or 0, -(record.part.end or 0))):
        start, end = anchor.clause_start + (record.part.start or 0), anchor.clause_start + (record.part.end or 0)
        if start < at:
            continue  # a figure within a quotation is coloured with it
        words = PART_WORDS[record.part.kind, record.part.status]
        coloured = Markup('<span class="part status-%s" title="%s">%s</span>') % (
            record.part.status.value,
            words,
            text[start:end],
        )
        pieces += [_with_marker(anchor, block.note.label, at, start), coloured]
        at = end
    return Markup("").join([*pieces, _with_marker(anchor, block.note.label, at, len(text))])


def _with_marker(anchor: Anchor, label: str, start: int, end: int) -> Markup:
    """A stretch of a sentence, with the marker where it is within."""
    text, at = anchor.sentence, anchor.marker_offset
    if not start <= at <= end or (at == end and end < len(text)):
        return escape(text[start:end])
    marker = Markup('<sup class="marker" title="marker of note %s">%s</sup>') % (label, label)
    return Markup("%s%s%s") % (text[start:at], marker, text[at:end])


def parts_of(block: NoteBlock, row: CitationStatus) -> list[NumberedPart]:
    """The parts of a note that are told at one of its citations."""
    here = {id(record) for record in row.parts}
    return [one for one in block.parts if id(one.record) in here]


def level_of_part(record: PartRecord) -> str:
    """How a part is coloured in a list: what differs or is missing is to be looked at."""
    return (_LEVELS.get(record.part.status) or Level.DOUBT).value


_LEVELS: dict[PartStatus, Level] = {
    PartStatus.AGREES: Level.GOOD,
    PartStatus.DISOWNED: Level.NONE,
    **{status: Level.NOT_CHECKED for status in UNCHECKED_WORDS if status is not PartStatus.DISOWNED},
}


def isolated_words(message: str) -> Markup | str:
    """A message of ours whose quoted words run from right to left: each by itself, ours stay in order."""
    if not _RIGHT_TO_LEFT.search(message):
        return message
    pieces, at = [], 0
    for quoted in _QUOTED.finditer(message):
        words = next(group for group in quoted.groups() if group is not None)
        start = quoted.start() + 1
        pieces += [escape(message[at:start]), Markup("<bdi>{}</bdi>").format(words)]
        at = start + len(words)
    return Markup("").join([*pieces, escape(message[at:])])


def host_words(url: str | None) -> str:
    """The host of an address, for a line that has no room for the whole."""
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
