"""The rules that decide whether a work is the cited one, by name, each with its verdict and confidence."""

from collections.abc import Mapping
from dataclasses import dataclass

from verifier.model import WorkComparison, WorkField, WorkVerdict


@dataclass(frozen=True, slots=True)
class Rule:
    """`confidence` (0 to 1) is how sure the verdict is; `reason` a sentence, whose braces are filled in."""

    verdict: WorkVerdict
    confidence: float
    reason: str
    field: WorkField | None = None


_SAME, _DIFFERS, _OTHER, _UNKNOWN = WorkVerdict.SAME, WorkVerdict.DIFFERS, WorkVerdict.OTHER, WorkVerdict.UNKNOWN

RULES: Mapping[str, Rule] = {
    "same_title": Rule(_SAME, 0.95, "The title is that of the note: “{shown}”."),
    "same_title_in_part": Rule(_SAME, 0.85, "The title is that of the note but for a subtitle or its end: “{shown}”."),
    "title_in_note": Rule(_SAME, 0.8, "The note has the title “{shown}”."),
    "title_on_first_page": Rule(_SAME, 0.8, "The first pages have the note's title."),
    "author_and_year": Rule(_SAME, 0.6, "The note gives no title; its author and year are those of “{shown}”."),
    "same_case": Rule(_SAME, 0.9, "The caption or the place in the reporter is that of the note: “{shown}”."),
    "year_differs": Rule(_DIFFERS, 0.85, "The note says {cited}; the work is dated {shown}.", WorkField.YEAR),
    "year_of_page_differs": Rule(_DIFFERS, 0.7, "The note says {cited}; the page is dated {shown}.", WorkField.YEAR),
    "author_misspelt": Rule(_DIFFERS, 0.75, "The note's {cited} is spelt otherwise in {shown}.", WorkField.AUTHOR),
    "first_author_missing": Rule(_DIFFERS, 0.75, "The first author is not in the note: {shown}.", WorkField.AUTHOR),
    "other_authors": Rule(_DIFFERS, 0.8, "The note names {cited}; the authors are {shown}.", WorkField.AUTHOR),
    "container_differs": Rule(_DIFFERS, 0.7, "The note says {cited}; the work is in {shown}.", WorkField.CONTAINER),
    "reporter_differs": Rule(
        _DIFFERS, 0.75, "The note says {cited}; the case is reported at {shown}.", WorkField.IDENTIFIER
    ),
    "docket_differs": Rule(_DIFFERS, 0.75, "The note says {cited}; the docket is {shown}.", WorkField.IDENTIFIER),
    "near_title": Rule(_DIFFERS, 0.8, "The title reads otherwise: “{shown}”.", WorkField.TITLE),
    "other_number": Rule(_OTHER, 0.95, "Another year, issue or part of the series: “{shown}”."),
    "other_year_of_series": Rule(_OTHER, 0.85, "The note's is of {cited}, this one is “{shown}”."),
    "near_title_other_authors": Rule(_OTHER, 0.9, "A like title by other authors: “{shown}” by {authors}."),
    "other_title_and_authors": Rule(_OTHER, 0.97, "Another work: “{shown}” by {authors}."),
    "other_title_same_authors": Rule(_OTHER, 0.85, "Another work by the same authors: “{shown}”."),
    "other_part_of_container": Rule(_OTHER, 0.85, "Another part of {container}: “{shown}”."),
    "other_stated_title": Rule(_OTHER, 0.85, "Another work: “{shown}”."),
    "other_shown_title": Rule(_OTHER, 0.8, "Another title: “{shown}”."),
    "other_case_at_place": Rule(_OTHER, 0.85, "At that place of the reporter is another case: “{shown}”."),
    "other_case_at_docket": Rule(_OTHER, 0.85, "Under that docket number is another case: “{shown}”."),
    "other_case": Rule(_OTHER, 0.95, "Another case: “{shown}”."),
    "not_a_work": Rule(_UNKNOWN, 0.9, "{nature}"),
    "no_title_in_note": Rule(_UNKNOWN, 0.8, "The note does not say which work it means."),
    "about_the_work": Rule(_UNKNOWN, 0.7, "It is a {notice}, not the work itself: “{shown}”."),
    "named_in_text": Rule(_UNKNOWN, 0.7, "“{shown}” names the cited work in its text."),
    "other_language": Rule(_UNKNOWN, 0.7, "It may be a translation: “{shown}”."),
    "whole_of_the_part": Rule(_UNKNOWN, 0.7, "It is the page of {container}, in which the cited work is."),
    "other_headline": Rule(_UNKNOWN, 0.6, "The headline may have been changed: “{shown}”."),
    "like_title": Rule(_UNKNOWN, 0.5, "The title is like the note's, and not the same: “{shown}”."),
    "no_year_to_tell": Rule(_UNKNOWN, 0.5, "One of a series, and nothing says which: “{shown}”."),
    "law": Rule(_UNKNOWN, 0.6, "Acts have many names: “{shown}” may be the cited one."),
    "wrong_record": Rule(_UNKNOWN, 0.8, "The record is not that of the note's identifier."),
    "not_in_list": Rule(_UNKNOWN, 0.8, "None of the works found is the cited one."),
}
"""Chosen on one half of 361 cases; the order of the rules is that of `identity.compare_work`. The confidences order the
rules by how often each was right there, and are no frequencies."""

ACCUSATION_CUT = 0.9
"""The least confidence of an `other` that is an accusation: below it the work is to be looked at."""


def decided(rule: str, **said: str) -> WorkComparison:
    """The comparison that a rule comes to; `said` fills its sentence."""
    by = RULES[rule]
    return WorkComparison(
        verdict=by.verdict,
        confidence=by.confidence,
        rule=rule,
        reason=by.reason.format(**said),
        differs=() if by.field is None else (by.field,),
    )


def differing(rules: Mapping[str, Mapping[str, str]]) -> WorkComparison:
    """Several fields that differ: the surest rule's confidence, every rule's sentence."""
    each = [decided(name, **said) for name, said in rules.items()]
    surest = max(each, key=lambda one: one.confidence)
    return WorkComparison(
        verdict=WorkVerdict.DIFFERS,
        confidence=surest.confidence,
        rule=surest.rule,
        reason=" ".join(one.reason for one in each),
        differs=tuple(dict.fromkeys(field for one in each for field in one.differs)),
    )
