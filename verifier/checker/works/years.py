"""The years of a note and of a described work."""

import re

from verifier.model import DescribedWork, Work, WorkKind

TOLERANCE = 1
"""Years between a preprint and its print, a report's year and its publication, online and in print."""

_YEAR = re.compile(r"(?<![\d/.:-])(1[5-9]\d\d|20\d\d)[a-z]?(?![\d/]|[-–]\d)")
_ACCESS = re.compile(
    r"[\[(]?\b(?:(?:last\s+)?(?:accessed|visited|retrieved|viewed|checked|consulted|modified|updated)|abgerufen|zuletzt|consult[ée]e?"
    r"|archived)\b[^.;\])]{0,60}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.|doi\.org/|doi:\s*|arxiv:\s*)\S+", re.IGNORECASE)


def years_cited(work: Work, citation: str) -> list[int]:
    """Every year that the note may mean: its date's, and those in its words, but for its title, addresses and the
    date of access."""
    rest = _ACCESS.sub(" ", _ADDRESS.sub(" ", citation))
    if work.title:
        rest = rest.replace(work.title, " ")
    stated = [int(work.date[:4])] if work.date else []
    return list(dict.fromkeys([*stated, *(int(year) for year in _YEAR.findall(rest))]))


def years_shown(shown: DescribedWork) -> list[int]:
    """Every year of publication that is stated."""
    return list(dict.fromkeys(int(date[:4]) for date in shown.dates))


def other_years(work: Work, citation: str, shown: DescribedWork) -> tuple[str, str] | None:
    """The note's year and the work's where no two of them are within a year of each other.

    A year in a title that both have says when it is of: it clears the note's. A book's printings are years apart.
    """
    cited, dated = years_cited(work, citation), years_shown(shown)
    if not cited or not dated or (not work.date and len(cited) > 1):
        return None
    in_titles = [int(year) for one in shown.titles for year in _YEAR.findall(one.text)] if work.title else []
    if any(abs(one - other) <= TOLERANCE for one in cited for other in (*dated, *in_titles)):
        return None
    if work.kind is WorkKind.BOOK and shown.is_record:
        return None
    return str(cited[0]), str(dated[0])
