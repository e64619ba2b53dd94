"""Whether registries know a cited work, and which of their records are sure to be of it."""

from collections.abc import Sequence
from enum import Enum

from verifier.checker.works.identity import compare_work
from verifier.checker.works.people import Authorship, compare_authors, persons_cited
from verifier.checker.works.titles import Similarity, compare_titles
from verifier.checker.works.words import content, is_within, words
from verifier.checker.works.years import TOLERANCE, years_cited, years_shown
from verifier.model import DescribedWork, Nature, RegistryAnswer, Work, WorkKind, WorkVerdict

_FEWEST_WORDS = 3  # of a title that says by itself which work is meant
_COURT = frozenset({WorkKind.CASE, WorkKind.DOCKET})


class Known(Enum):
    """What registries' answers about one cited work come to."""

    NOT_ASKED = "not_asked"
    NOT_CHECKED = "not_checked"
    FOUND = "found"
    NOT_FOUND = "not_found"


def known_to(work: Work | None, citation: str, answers: Sequence[RegistryAnswer]) -> Known:
    """Whether the work is known; pure.

    `NOT_FOUND` needs one registry that has as good as every work of the kind, an answer of each that was asked, none
    from those that would have it, and nothing like it from the others. One that does not answer leaves it unchecked.
    """
    if not answers:
        return Known.NOT_ASKED
    if any(answer.works is None for answer in answers):
        return Known.NOT_CHECKED
    decisive = [answer for answer in answers if answer.decisive]
    if not decisive:
        return Known.NOT_ASKED
    if any(answer.works for answer in decisive):
        return Known.FOUND
    others = [one for answer in answers for one in answer.works or ()]
    return Known.FOUND if any(_is_like(work, citation, one) for one in others) else Known.NOT_FOUND


def is_sure_record(work: Work | None, citation: str, shown: DescribedWork) -> bool:
    """Whether a record that was found by its title is of the cited work: the title is the note's, and so is an author
    or the year, or both parties of a decision and its year."""
    if work is None or shown.nature is not Nature.WORK:
        return False
    result = compare_work(work, citation, shown)
    if result.verdict is not WorkVerdict.SAME:
        return False
    years = years_cited(work, citation)
    same_year = any(abs(one - other) <= TOLERANCE for one in years for other in years_shown(shown))
    if work.kind in _COURT:
        return result.rule == "same_case" and same_year
    if result.rule not in ("same_title", "same_title_in_part") or len(content(words(work.title or ""))) < _FEWEST_WORDS:
        return False
    if not _is_title(work.title or "", citation, shown.title or ""):
        return False
    return same_year or _shares_author(work, citation, shown)


def _is_title(title: str, citation: str, fullest: str) -> bool:
    """Whether a record's fullest title is the note's: one with another subtitle is another work's.

    A title that is a question may go on in the note behind its mark.
    """
    similarity = compare_titles(title, fullest).similarity
    if similarity is Similarity.SUBTITLE and title.rstrip().endswith(("?", "!")):
        return is_within(words(fullest), words(citation))
    return similarity.is_same


def _shares_author(work: Work, citation: str, shown: DescribedWork) -> bool:
    people = persons_cited(work.authors, citation)
    if people:
        return compare_authors(people, shown.authors, citation) is Authorship.SHARED
    named = {words(one.family) for one in work.authors if not one.given}
    return any(words(one.family) in named for one in shown.authors)


def _is_like(work: Work | None, citation: str, shown: DescribedWork) -> bool:
    """Whether a record may be of the work, misdescribed or under another title: then it is not said to be unknown."""
    if work is None:
        return True
    verdict = compare_work(work, citation, shown)
    return verdict.verdict is not WorkVerdict.OTHER
