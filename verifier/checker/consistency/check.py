"""All checks of a document against itself, and what is made of their findings."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from verifier.checker.consistency.changes import wrong_changes_in_prose
from verifier.checker.consistency.counts import wrong_counts
from verifier.checker.consistency.cross_references import missing_targets
from verifier.checker.consistency.dates import impossible_dates
from verifier.checker.consistency.derived import wrong_changes, wrong_shares
from verifier.checker.consistency.parts import oversized_parts, oversized_rows
from verifier.checker.consistency.percentages import wrong_percentages
from verifier.checker.consistency.prose import Sentence, sentences_of
from verifier.checker.consistency.restated import restated_in_text
from verifier.checker.consistency.rounding import unrounded
from verifier.checker.consistency.sheet import Sheet, read_sheet
from verifier.checker.consistency.table_mentions import restated_cells, totals_in_notes
from verifier.checker.consistency.totals import wrong_totals
from verifier.model import NO_PAGE, Contents, Inconsistency

_DIGIT = re.compile(r"\d|\b(?:Annex|Appendix)\s[A-H]\b")
_PERCENT = re.compile(r"%|per\s?cent")

MOST = 40
"""Findings a document may have; one that has more is not read as it was meant, and has none that can be trusted."""


def inconsistencies(contents: Contents) -> tuple[Inconsistency, ...]:
    """Where a document contradicts itself, in the order of its pages; pages that were read by OCR are left out.

    Pure, and the same for the same contents; nothing is raised for what a document holds.
    """
    sheets = [sheet for table in contents.tables if (sheet := read_sheet(table)) is not None]
    # Most sentences have no figure, and searching them costs more than all else here.
    sentences = [sentence for sentence in sentences_of(contents.body) if _DIGIT.search(sentence.text)]
    in_notes = [one for note in contents.notes for one in sentences_of(note) if _DIGIT.search(one.text)]
    found = chain(
        chain.from_iterable(_of_table(sheet) for sheet in sheets),
        totals_in_notes(sheets),
        chain.from_iterable(_of_sentence(sentence) for sentence in sentences),
        chain.from_iterable(impossible_dates(sentence) for sentence in in_notes),
        restated_in_text(sentences),
        restated_cells(sheets, sentences),
        wrong_counts(contents.body, contents.unmarked_lists),
        missing_targets(sentences, contents.line_starts),
    )
    kept = [one for one in found if contents.unreadable.isdisjoint(place.page for place in one.places)]
    unique = {(one.kind, one.message): one for one in reversed(kept)}
    if len(unique) > MOST:
        return ()
    return tuple(_on_pages(one) for one in sorted(unique.values(), key=lambda one: one.page or NO_PAGE))


def _on_pages(found: Inconsistency) -> Inconsistency:
    """A finding whose places are on pages, or nowhere: boxes that only tell a draft's cells apart are left out."""
    places = (
        replace(place, page=place.page or None, boxes=tuple(box for box in place.boxes if box.page != NO_PAGE))
        for place in found.places
    )
    return replace(found, places=tuple(places))


def _of_table(sheet: Sheet) -> Iterator[Inconsistency]:
    """A table's own; a total of shares is left out where a share is wrong, which says the same more exactly."""
    shares = list(wrong_shares(sheet))
    yield from shares
    stated = {one.places[0].boxes for one in shares}
    for total in wrong_totals(sheet):
        if not any(set(boxes) & set(total.places[1].boxes) for boxes in stated):
            yield total
    yield from wrong_changes(sheet)
    yield from oversized_rows(sheet)
    yield from unrounded(sheet)


def _of_sentence(sentence: Sentence) -> Iterator[Inconsistency]:
    percentages = list(wrong_percentages(sentence)) if _PERCENT.search(sentence.text) else []
    yield from percentages
    if not percentages:
        yield from oversized_parts(sentence)
    yield from wrong_changes_in_prose(sentence)
    yield from impossible_dates(sentence)
