"""Joins what reference managers keep of works with the citations that a note's words were split into."""

import re
from collections.abc import Sequence
from dataclasses import replace

from verifier.model import Anchor, Citation, Footnote, NoteKind, Work
from verifier.parser.drafts.paragraphs import WorkSpan
from verifier.parser.drafts.works import CitedWork


def with_works(text: str, citations: Sequence[Citation], spans: Sequence[WorkSpan]) -> tuple[Citation, ...]:
    """The citations with the fields of the works that are in them as data.

    A work belongs to the citation that prints its title, else to the one in order among those that its field covers;
    one whose field prints nothing of its own is added.
    """
    joined = list(citations)
    for span in spans:
        covered = _covered(text, joined, span)
        free = list(covered)
        for number, work in enumerate(span.works):
            named = next((at for at in free if work.title and _plain(work.title) in _plain(joined[at].text)), None)
            if named is None and len(span.works) == len(covered):
                named = covered[number] if covered[number] in free else None
            if named is None and free and len(span.works) == 1:
                named = free[0]
            if named is None:
                joined.append(_citation(work))
                continue
            free.remove(named)
            joined[named] = _merged(joined[named], work)
    return tuple(joined)


def work_note(note_id: str, span: WorkSpan, anchors: Sequence[Anchor]) -> Footnote:
    """The entry of a work that only a field in the running text names."""
    work = span.works[0]
    citation = _citation(work)
    return Footnote(
        id=note_id,
        label=work_label(work),
        kind=NoteKind.REFERENCE,
        page=None,
        text=citation.text,
        urls=work.urls,
        anchors=tuple(anchors),
        citations=(citation,),
    )


def work_label(work: CitedWork) -> str:
    """What a work is called where nothing numbers it: `Reed 2004`."""
    name = work.authors[0].family if work.authors else work.key or "work"
    return f"{name} {work.date[:4]}" if work.date else name


def _citation(work: CitedWork) -> Citation:
    return Citation(
        text=work.reference(),
        urls=work.urls,
        identifiers=work.identifiers,
        work=_described(work, Work()),
        pinpoint=work.pinpoint,
    )


def _merged(citation: Citation, work: CitedWork) -> Citation:
    return replace(
        citation,
        urls=tuple(dict.fromkeys((*citation.urls, *work.urls))),
        identifiers=tuple(dict.fromkeys((*citation.identifiers, *work.identifiers))),
        work=_described(work, citation.work or Work()),
        pinpoint=citation.pinpoint or work.pinpoint,
    )


def _described(work: CitedWork, read: Work) -> Work:
    """The work by its data, and by what was read in words where the data are silent."""
    return replace(
        read,
        title=work.title or read.title,
        container=work.container or read.container,
        publisher=work.publisher or read.publisher,
        authors=work.authors or read.authors,
        date=work.date or read.date,
        pinpoint=read.pinpoint or work.pinpoint,
    )


def _covered(text: str, citations: Sequence[Citation], span: WorkSpan) -> list[int]:
    """The citations whose words a field covers, in order."""
    found = []
    at = 0
    for number, citation in enumerate(citations):
        start = text.find(citation.text, at)
        if start < 0:
            continue
        at = start + len(citation.text)
        if start < span.end and span.start < at:
            found.append(number)
    return found


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
