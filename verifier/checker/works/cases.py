"""Decisions of courts: caption, reporter and docket number of a note held against those of a page or record."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from verifier.checker.works.rules import decided
from verifier.checker.works.words import words
from verifier.model import DescribedWork, WorkComparison, docket_numbers

_CAPTION = re.compile(
    r"(?P<one>[^\W\d_][^,;()|–]{0,120}?)\s+(?:v|vs)\.?\s+(?P<other>[^\W\d_][^,;()|–]{0,120})", re.IGNORECASE
)
_REPORTER = re.compile(
    r"(?<![\d.])(\d{1,4})\s+(U\.\s?S\.|S\.\s?Ct\.|L\.\s?Ed\.(?:\s?2d)?|F\.(?:\s?(?:2d|3d|4th))?|F\.\s?Supp\.(?:\s?[23]d)?|Fed\.\s?Cl\."
    r"|[A-Z][\w.]{0,8}(?:\s?[A-Z][\w.]{0,8}){0,2}(?:\s?(?:2d|3d|4th|5th))?)\s+(\d{1,5})(?!\d)"
)
_DOTS = re.compile(r"[\s.]")
_DROPPED = frozenset(
    {"et", "al", "no", "inc", "co", "corp", "ltd", "llc", "lp", "plc", "in", "re", "ex", "rel", "and", "of"}
)
_LEAST = 0.5


_NUMBERED = frozenset({"reporter", "docket"})
_OPENING = 600
"""Characters of a page's own text in which its caption and numbers stand."""


@dataclass(frozen=True, slots=True)
class _Decision:
    """What a text says of a decision: its parties, places in reporters, docket numbers."""

    captions: list[tuple[str, str]]
    places: frozenset[str]
    dockets: tuple[str, ...]


def compare_case(citation: str, shown: DescribedWork) -> WorkComparison:
    """Hold a note's decision against what a page or record describes: by place and docket first, then by caption."""
    numbers = (value for scheme, _, value in (key.partition(":") for key in shown.identifiers) if scheme in _NUMBERED)
    titles = " ; ".join(one.text for one in shown.titles)
    text = " ; ".join((titles, shown.opening[:_OPENING], *numbers))
    noted = _Decision(captions_in(citation), reporters_in(citation), docket_numbers(citation))
    given = _Decision(captions_in(titles), reporters_in(text), docket_numbers(text))
    title = shown.titles[0].text
    by_number = _by_number(noted, given, title)
    if by_number is not None:
        return by_number
    if noted.captions and any(same_parties(noted.captions[0], one) for one in given.captions):
        return _of_the_same_parties(noted, given, title)
    if noted.captions and given.captions and (not noted.places or given.places):
        return decided("other_case", shown=title)
    return decided("like_title", shown=title) if noted.captions else decided("no_title_in_note")


def _by_number(noted: _Decision, given: _Decision, title: str) -> WorkComparison | None:
    """What a place or docket number that both have says; None where they have none in common."""
    both = bool(noted.captions and given.captions)
    if noted.places & given.places:
        one_case = not both or any(same_parties(noted.captions[0], one) for one in given.captions)
        return decided("same_case" if one_case else "other_case_at_place", shown=title)
    if both and set(noted.dockets) & set(given.dockets):
        one_case = any(shares_a_party(noted.captions[0], one) for one in given.captions)
        return decided("same_case" if one_case else "other_case_at_docket", shown=title)
    return None


def _of_the_same_parties(noted: _Decision, given: _Decision, title: str) -> WorkComparison:
    place, docket = slip_of_place(noted.places, given.places), slip_of_docket(noted.dockets, given.dockets)
    if place is not None:
        return decided("reporter_differs", cited=place[0], shown=place[1])
    if docket is not None:
        return decided("docket_differs", cited=docket[0], shown=docket[1])
    return decided("same_case", shown=title)


def captions_in(text: str) -> list[tuple[str, str]]:
    """The parties of each `X v. Y` in a text."""
    return [(found["one"], found["other"]) for found in _CAPTION.finditer(text)]


def reporters_in(text: str) -> frozenset[str]:
    """The places in reporters that a text names: `994 f3d 9255`."""
    return frozenset(f"{volume} {_DOTS.sub('', name).lower()} {page}" for volume, name, page in _REPORTER.findall(text))


def slip_of_place(cited: frozenset[str], shown: frozenset[str]) -> tuple[str, str] | None:
    """The places of one case in one reporter that differ as a slip of the pen makes them: a digit of the volume or of
    the page. None where they have a place in common, or several in that reporter."""
    for one in cited:
        volume, reporter, page = one.split(" ", 2)
        others = [place.split(" ", 2) for place in shown if place.split(" ", 2)[1] == reporter]
        if len(others) != 1 or sum(place.split(" ", 2)[1] == reporter for place in cited) != 1:
            continue
        other = others[0]
        slips = _is_slip(volume, other[0]) + _is_slip(page, other[2])
        if slips == 1 and (volume == other[0] or page == other[2]):
            return one, " ".join(other)
    return None


def slip_of_docket(cited: Sequence[str], shown: Sequence[str]) -> tuple[str, str] | None:
    """The docket numbers of one case that differ in a digit; None where one is in common, or there are several."""
    if len(cited) != 1 or len(shown) != 1:
        return None
    return (cited[0], shown[0]) if _is_slip(cited[0], shown[0]) else None


def _is_slip(one: str, other: str) -> bool:
    """Whether a digit is wrong, or two neighbouring ones are exchanged."""
    return len(one) == len(other) and OSA.distance(one, other) == 1


def shares_a_party(cited: tuple[str, str], shown: tuple[str, str]) -> bool:
    """Whether either party may be the same: officers who are sued as such are followed by the next."""
    return any(_may_be(one, other) for one, other in zip(cited, shown, strict=True))


def same_parties(cited: tuple[str, str], shown: tuple[str, str]) -> bool:
    """Whether both parties may be the same: the note's words begin the page's (`Bd.`, `Found.`)."""
    return all(_may_be(one, other) for one, other in zip(cited, shown, strict=True))


def _may_be(cited: str, shown: str) -> bool:
    one, other = (_party(name) for name in (cited, shown))
    if not one or not other:
        return True
    short, long = sorted((one, other), key=len)
    met = sum(any(_abbreviates(piece, word) or _abbreviates(word, piece) for word in long) for piece in short)
    return met / len(short) >= _LEAST


def _party(name: str) -> list[str]:
    found = [word for word in words(name) if word not in _DROPPED]
    return found or list(words(name))


def _abbreviates(piece: str, word: str) -> bool:
    """`Found` of `Foundation`, `bd` of `board`, `assn` of `association`."""
    if not piece or not word or piece[0] != word[0]:
        return False
    if word.startswith(piece):
        return len(piece) > 2 or piece == word
    letters = iter(word)
    return len(piece) < len(word) and piece[-1] in word[1:] and all(letter in letters for letter in piece)
