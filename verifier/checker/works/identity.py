"""Whether a described work is the one that a note cites: the only maker of a work's verdict."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verifier.checker.works.cases import captions_in, reporters_in, same_parties
from verifier.checker.works.containers import is_agency, is_repository, same_container
from verifier.checker.works.likely_titles import likely_outlet, likely_title
from verifier.checker.works.people import Authorship, compare_authors, persons_cited
from verifier.checker.works.rules import decided, differing
from verifier.checker.works.titles import Similarity, TitleMatch, compare_titles
from verifier.checker.works.words import FOREIGN, STOP_WORDS, content, is_within, number_of, place_in, words
from verifier.checker.works.years import other_years, years_cited, years_shown
from verifier.model import (
    Author,
    DescribedTitle,
    DescribedWork,
    Nature,
    Notice,
    TitleOrigin,
    Work,
    WorkComparison,
    WorkKind,
)

_LAW = frozenset({WorkKind.STATUTE, WorkKind.BILL, WorkKind.REGULATION, WorkKind.EU_ACT, WorkKind.TREATY})
_COURT = frozenset({WorkKind.CASE, WorkKind.DOCKET})
_STATED = frozenset({TitleOrigin.RECORD, TitleOrigin.CITATION_META, TitleOrigin.DUBLIN_CORE, TitleOrigin.JSON_LD})
_ABOUT = frozenset({Notice.CORRECTION, Notice.REVIEW, Notice.COMMENT})
_FEWEST_WORDS = 2  # of a title that says what it is about: fewer name anything
_MOSTLY = 0.6  # of a title's words in the note (or the other way round): it may name the same work in other words
_SERIAL = re.compile(
    r"\b(?:reports?|bulletin|(?:year|data|fact|hand)\s?book|survey|outlook|review|statistics|accounts|monitor|index|census|yearbook"
    r"|barometer|minutes|proceedings|budget|results|indicators|estimates|assessment)\b",
    re.IGNORECASE,
)
_NATURES: Mapping[Nature, str] = {
    Nature.LIST: "It is a list of works.",
    Nature.HOME: "It is a home page.",
    Nature.PORTAL: "It is a portal, and no single work.",
    Nature.WALL: "It is a wall: the work cannot be seen.",
    Nature.ERROR: "It is an error's page.",
    Nature.PARKED: "It is a page for a domain's sale or for advertising.",
    Nature.NOTHING: "It does not say what it is.",
}
_NOTICES: Mapping[Notice, str] = {
    Notice.CORRECTION: "correction or notice",
    Notice.REVIEW: "review",
    Notice.COMMENT: "comment",
}
_WRAPPING = frozenset(
    {
        "home",
        "homepage",
        "website",
        "official",
        "welcome",
        "page",
        "book",
        "edition",
        "volume",
        "vol",
        "ed",
        "about",
        "us",
    }
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>,;]+[^\s\"<>,;.)\]]")


@dataclass(frozen=True, slots=True)
class _Note:
    """A note's work, with what is read in its words once."""

    work: Work
    citation: str
    title: str
    all_words: tuple[str, ...]
    people: tuple[Author, ...]


def compare_work(work: Work | None, citation: str, shown: DescribedWork) -> WorkComparison:
    """Hold a note's work, and the words of its citation, against what a page, PDF or record describes.

    The verdict is `unknown` wherever what was fetched is no single work, or the note says too little. Pure.
    """
    if shown.nature is not Nature.WORK or not shown.titles:
        return decided("not_a_work", nature=_NATURES.get(shown.nature, _NATURES[Nature.NOTHING]))
    if work is not None and work.kind in _COURT:
        return _court(citation, shown)
    note = _Note(
        work=work or Work(),
        citation=citation,
        title=(work.title if work else None) or likely_title(citation),
        all_words=words(citation),
        people=persons_cited(work.authors if work else (), citation),
    )
    if _is_wrong_record(citation, shown):
        return decided("wrong_record")
    match, title = _best(note, shown)
    if (shown.notice in _ABOUT and not match.similarity.is_same) or _is_about(note, shown):
        return decided("about_the_work", notice=_NOTICES.get(shown.notice or Notice.REVIEW, "notice"), shown=title)
    if match.similarity.is_same:
        rule = "same_title" if match.similarity is Similarity.SAME else "same_title_in_part"
        return _fields(note, shown) or decided(rule, shown=title)
    return _unlike(note, shown, match, title)


def compare_with_list(work: Work | None, citation: str, found: Sequence[DescribedWork]) -> WorkComparison:
    """Hold a note's work against the answers of a search: that it is not among them says nothing."""
    compared = [compare_work(work, citation, one) for one in found]
    for wanted in ("same", "differs"):
        for one in compared:
            if one.verdict.value == wanted:
                return one
    return decided("not_in_list")


def _best(note: _Note, shown: DescribedWork) -> tuple[TitleMatch, str]:
    """The shown title that is most like the note's, with how alike it is."""
    pairs = [(compare_titles(note.title, one.text), one.text) for one in shown.titles]
    best = max(pairs, key=lambda pair: (pair[0].similarity, pair[0].share))
    return (best[0], best[1]) if note.title else (best[0], shown.titles[0].text)


def _is_about(note: _Note, shown: DescribedWork) -> bool:
    """Whether a correction, review or comment is shown where the note cites none of its kind."""
    if shown.notice not in _ABOUT:
        return False
    own = re.search(r"errat|corrig|correct|retract|review|comment|reply|response|letter", note.title, re.IGNORECASE)
    return own is None


def _is_wrong_record(citation: str, shown: DescribedWork) -> bool:
    """Whether a registry's record has another DOI than the one that the note prints."""
    if not shown.is_record:
        return False
    printed = {found.lower() for found in _DOI.findall(citation)}
    stated = {key.removeprefix("doi:") for key in shown.identifiers if key.startswith("doi:")}
    return bool(printed and stated and not printed & stated)


def _unlike(note: _Note, shown: DescribedWork, match: TitleMatch, title: str) -> WorkComparison:
    """No title of the page is the note's: which is it then?"""
    if (held := _in_other_words(note, shown, title)) is not None:
        return held
    if match.similarity is Similarity.ONE_NUMBER:
        return _one_number(note, shown, match, title)
    if match.similarity is Similarity.NUMBER:
        return decided("other_number", shown=title)
    people = compare_authors(note.people, shown.authors, note.citation)
    if people is Authorship.DISJOINT and shown.by_line:
        people = Authorship.NOT_KNOWN
    names = _names(shown.authors)
    if match.similarity is Similarity.NEAR:
        if people is Authorship.DISJOINT:
            return decided("near_title_other_authors", shown=title, authors=names)
        others = {name: said for name, said in _differences(note, shown).items() if name != "other_authors"}
        return differing({"near_title": {"shown": title}, **others})
    if note.work.kind in _LAW:
        return decided("law", shown=title)
    if match.similarity is Similarity.PARTLY and people is not Authorship.DISJOINT:
        return decided("like_title", shown=title)
    return _other(note, shown, people, names)


def _in_other_words(note: _Note, shown: DescribedWork, title: str) -> WorkComparison | None:
    """Reasons to hold back: the note has the shown title in other words, or the text names the cited work."""
    within = next((one.text for one in shown.titles if _is_named(words(one.text), note.all_words)), None)
    if within is not None and not _is_container(note, within):
        return _fields(note, shown) or decided("title_in_note", shown=within)
    if not note.title:
        people = compare_authors(note.work.authors, shown.authors, f"{note.citation} et al.")
        dated = bool(set(years_cited(note.work, note.citation)) & set(years_shown(shown)))
        known = people in (Authorship.SHARED, Authorship.FIRST_MISSING) and dated
        return decided("author_and_year", shown=title) if known else decided("no_title_in_note")
    if _is_named(words(note.title), words(shown.opening)):
        first_page = shown.titles[0].origin in (TitleOrigin.FIRST_PAGE, TitleOrigin.PDF_METADATA)
        return decided("title_on_first_page") if first_page else decided("named_in_text", shown=title)
    whole = next((one.text for one in shown.titles if _is_container(note, one.text)), None)
    if whole is not None:
        return decided("whole_of_the_part", container=whole)
    foreign = len(FOREIGN & set(words(note.title))) > 1 and not FOREIGN & set(words(title))
    if foreign or (shown.language not in (None, "en") and not shown.is_record):
        return decided("other_language", shown=title)
    return decided("no_title_in_note") if len(content(words(note.title))) < 2 else None


def _is_named(title: tuple[str, ...], text: tuple[str, ...]) -> bool:
    return len(content(title)) >= 2 and len(title) >= 3 and is_within(title, text)


def _is_container(note: _Note, title: str) -> bool:
    """Whether a shown title is the name of what the cited work is in, or of who wrote or published it."""
    names = [note.work.container, note.work.publisher, *(one.family for one in note.work.authors if not one.given)]
    shown = words(title)
    return any(name and (words(name) == shown or _is_wrapped(words(name), shown)) for name in names)


def _is_wrapped(name: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Whether a title is a name and nothing else that says what it is about: `Welcome to ...`, `..., 2nd edition`."""
    at = place_in(name, title)
    if at is None or len(name) < 2:
        return False
    rest = (*title[:at], *title[at + len(name) :])
    return all(word in _WRAPPING or word in STOP_WORDS or number_of(word) for word in rest)


def _one_number(note: _Note, shown: DescribedWork, match: TitleMatch, title: str) -> WorkComparison:
    """Only one of two like titles has a number: the year says whether they are one of a series."""
    years = [int(number) for number in match.numbers if re.fullmatch(r"(?:1[5-9]|20)\d\d", number)]
    dated = years_cited(note.work, note.citation) if _has_number(title, match) else years_shown(shown)
    if years and dated:
        if any(abs(year - date) <= 1 for year in years for date in dated):
            return _fields(note, shown) or decided("same_title_in_part", shown=title)
        if _SERIAL.search(title) and _has_number(title, match):
            return decided("other_year_of_series", cited=str(dated[0]), shown=title)
        return decided("no_year_to_tell", shown=title)
    if years:
        return decided("no_year_to_tell", shown=title)
    return _fields(note, shown) or decided("same_title_in_part", shown=title)


def _has_number(title: str, match: TitleMatch) -> bool:
    return any(number in words(title) for number in match.numbers)


def _other(note: _Note, shown: DescribedWork, people: Authorship, names: str) -> WorkComparison:
    title = shown.titles[0]
    if _is_other_headline(note, shown, people):
        return decided("other_headline", shown=title.text)
    if _shares_words(note, shown) or len(content(words(title.text))) < _FEWEST_WORDS:
        return decided("like_title", shown=title.text)
    container = note.work.container or note.work.publisher
    place = shown.container or shown.site
    if people is Authorship.DISJOINT:
        return decided("other_title_and_authors", shown=title.text, authors=names)
    if people in (Authorship.SHARED, Authorship.FIRST_MISSING, Authorship.MISSPELT):
        return decided("other_title_same_authors", shown=title.text)
    if container and place and words(container) == words(place):
        return decided("other_part_of_container", shown=title.text, container=place)
    return decided("other_stated_title" if _is_stated(title) else "other_shown_title", shown=title.text)


def _is_other_headline(note: _Note, shown: DescribedWork, people: Authorship) -> bool:
    """Whether a news article may be the cited one under a headline that was changed: the same day, or its author and
    year, in the same newspaper."""
    if not shown.is_news and note.work.kind is not WorkKind.NEWS:
        return False
    same_day = note.work.date is not None and len(note.work.date) == 10 and note.work.date in shown.dates
    same_year = bool(set(years_cited(note.work, note.citation)) & set(years_shown(shown)))
    place = note.work.container or note.work.publisher
    same_place = bool(place and shown.site and same_container(place, shown.site))
    return same_place and (same_day or (people is Authorship.SHARED and same_year))


def _is_stated(title: DescribedTitle) -> bool:
    return title.origin in _STATED or title.origin is TitleOrigin.FIRST_PAGE


def _shares_words(note: _Note, shown: DescribedWork) -> bool:
    """Whether most words of a shown title are in the note, or most of the note's title in the shown ones."""
    cited = content(words(note.title))
    everywhere = frozenset(word for one in shown.titles for word in words(one.text)) - STOP_WORDS
    if cited and len(cited & everywhere) >= _MOSTLY * len(cited):
        return True
    others = frozenset(note.all_words)
    return any(
        len(about & others) >= _MOSTLY * len(about) for one in shown.titles if (about := content(words(one.text)))
    )


def _fields(note: _Note, shown: DescribedWork) -> WorkComparison | None:
    """What differs in a work that is the cited one."""
    found = _differences(note, shown)
    return differing(found) if found else None


def _differences(note: _Note, shown: DescribedWork) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    years = other_years(note.work, note.citation, shown)
    if years is not None:
        stated = shown.titles[0].origin in (TitleOrigin.RECORD, TitleOrigin.CITATION_META, TitleOrigin.DUBLIN_CORE)
        found["year_differs" if stated else "year_of_page_differs"] = {"cited": years[0], "shown": years[1]}
    people = Authorship.NOT_KNOWN if shown.by_line else compare_authors(note.people, shown.authors, note.citation)
    said = {"cited": _names(note.people), "shown": _names(shown.authors)}
    if people is Authorship.MISSPELT:
        found["author_misspelt"] = said
    elif people is Authorship.FIRST_MISSING:
        found["first_author_missing"] = {"shown": str(shown.authors[0])}
    elif people is Authorship.DISJOINT and len(content(words(note.title))) >= 2:
        found["other_authors"] = said
    container = _other_container(note, shown)
    if container is not None:
        found["container_differs"] = {"cited": container[0], "shown": container[1]}
    return found


def _other_container(note: _Note, shown: DescribedWork) -> tuple[str, str] | None:
    """The two names where the note's journal or newspaper is another than the shown one."""
    cited = note.work.container or (note.work.publisher or likely_outlet(note.citation) if shown.is_news else None)
    place = (shown.site if shown.is_news else None) or shown.container
    if not cited or not place or is_repository(cited) or is_repository(place) or is_agency(cited):
        return None
    others = [name for name in (shown.container, shown.site) if name]
    if any(same_container(cited, name) for name in others) or is_within(words(place), note.all_words):
        return None
    return cited, place


def _names(authors: Sequence[Author]) -> str:
    named = [str(one) for one in authors[:3]]
    return ("; ".join(named) + (" and others" if len(authors) > 3 else "")) or "nobody named"


def _court(citation: str, shown: DescribedWork) -> WorkComparison:
    """A decision: by its caption, or its place in a reporter."""
    text = " ; ".join([*(one.text for one in shown.titles), shown.opening[:600]])
    title = shown.titles[0].text
    cited, met = captions_in(citation), captions_in(" ; ".join(one.text for one in shown.titles))
    places, shown_places = reporters_in(citation), reporters_in(text)
    if places & shown_places:
        one_case = not cited or not met or any(same_parties(cited[0], one) for one in met)
        return decided("same_case" if one_case else "other_case_at_place", shown=title)
    if cited and any(same_parties(cited[0], one) for one in met):
        return decided("same_case", shown=title)
    if cited and met and (not places or shown_places):
        return decided("other_case", shown=title)
    return decided("no_title_in_note") if not cited else decided("like_title", shown=title)
