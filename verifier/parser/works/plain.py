"""Titles without quotation marks: between full stops (APA, ACM, Vancouver) or commas (Chicago notes, Bluebook)."""

import re

from verifier.parser.patterns import regex
from verifier.parser.works.authors import split_names
from verifier.parser.works.commas import TITLE_END, UPPER, VERB, PlainTitle, alone, between_commas, without_translation
from verifier.parser.works.dates import MONTH, YEAR
from verifier.parser.works.names import is_institution, is_name

_YEAR_AFTER = regex(
    rf"(?P<authors>[^“”„«»‘]{{2,600}}?)[,.]?\s*(?P<year>[(\[](?:{YEAR}[a-z]?(?:[,/–-]\s*[^()\[\]]{{1,30}})?"
    rf"|n\.\s?d\.|in\s+press|forthcoming)[)\]]|(?<=,)\s{YEAR}[a-z]?(?=\.\s)|(?<=\.)\s{YEAR}[a-z]?"
    rf"(?=\.)|(?<=\.\s){YEAR}[a-z]?(?=\.))(?P<mark>[.,:]?)\s+(?=\S)"
)
_NO_TITLE = regex(
    rf"(?:\d{{1,4}}(?:[\s,.:;(–-]|$)|pp?\.|para|chapter|Chapter|at\s|§|vol|available|preprint\s+at|https?|{MONTH}\s+\d|\[\d|Cm\s)",
    re.I,
)
_INIT = rf"(?:{UPPER}[a-z]?\.[\s-]?)+"
_FAM = (
    r"(?:(?:de|del|della|van|von|der|den|du|la|le|da|dos|di|el|al|ten|ter|St\.|d’|d')[\s’']*)*"
    rf"{UPPER}[\w’'-]*(?:\s(?:dos|de|da|y|van|von|der)(?=\s))*(?:[\s-]{UPPER}[\w’'-]+){{0,2}}"
)
_ONE_NATURE = rf"{_FAM},\s{_INIT}(?:,?\s(?:Jr|Sr|II|III)\.?)?"
_NATURE = regex(
    rf"(?P<authors>{_ONE_NATURE}(?:(?:,\s|\s)(?!&|et\b){_ONE_NATURE})*(?:,?\s(?:&|and|und|et)\s{_ONE_NATURE}"
    rf"|,?\set\sal\.)?)\s?(?=[A-ZÀ-Þ\d¿¡‘])"
)
_ONE_VANCOUVER = rf"(?:{_FAM})\s{UPPER}{{1,4}}(?:\s(?:Jr|Sr|II|III|2nd|3rd))?"
_VANCOUVER = regex(
    rf"(?P<authors>{_ONE_VANCOUVER}(?:,\s{_ONE_VANCOUVER})*(?:,\s(?:et\sal|and\sothers))?)(?:,\seditors?)?\.\s"
)
_GIVEN_WORD = rf"(?:(?:{UPPER}[a-z]?\.-?)+|{UPPER}[\w’'-]*)"
_GIVEN = (
    rf"(?!(?:The|A|An|How|Why|What|Of|On|Der|Die|Das|Les?|La)\s){_GIVEN_WORD}(?:\s(?:{_GIVEN_WORD}"
    rf"|van|von|de|der)){{0,3}}"
)
_COLON = regex(
    rf"(?P<authors>{_FAM},\s{_GIVEN}(?:\s*[;/]\s*{_FAM},\s{_GIVEN})*(?:\su\.\s?a\.)?(?:\s\((?:Hrsg"
    rf"|Hg)\.\))?)(?:\s\({YEAR}\))?:\s"
)
_GIVEN_NAMES = rf"(?:{UPPER}\.|{UPPER}[\w’'-]+)(?:[\s-](?:{UPPER}\.|{UPPER}[\w’'-]+)){{0,3}}"
_DIRECT = rf"(?:(?:{UPPER}\.|{UPPER}[\w’'-]+)[\s-]){{1,3}}(?:(?:de|van|von|der|den|la|di|da)\s)*{UPPER}[\w’'-]+"
_BIBLIOGRAPHY = regex(
    rf"(?P<authors>{_FAM},\s{_GIVEN_NAMES}(?:,\s{_DIRECT})*(?:,?\s(?:and|&|und|et)\s{_DIRECT}|,?\set\sal)?)"
    rf"(?:,\seds?)?\.\s"
)
_ABBREVIATION = regex(
    r"(?:\b(?:vs?|St|Dr|Mr|Mrs|Ms|Jr|Sr|No|Nos|Inc|Ltd|Co|Corp|Prof|Gen|Gov|Sen|Rep|Fig|Eq|Vol"
    r"|approx|ca|cf|etc|i\.e|e\.g|Art|Sec|Ch|Bd|Nr|Abs|Mt|Ft|Dept|Univ)|\b[A-Z](?:\.[A-Z])*)\.$"
)
_SENTENCE_END = regex(r"[.?!](?:[”’»\")]*)(?=\s|$)")
_LABEL = regex(
    r"\s*[\[(](?:Data\s?set|dataset|Computer\s+software|Master[’']s\s+thesis|(?:Un)?published|Doctoral"
    r"|PhD|Ph\.D|Working|Research\s+Rep|Report|Tech|Policy|Occasional|Discussion|Version|V\d|\d+\w*\s+ed"
    r"|Rev|No\.|Vol|Blog|Press|Video|Speech|White|pp?\.|Software|Preprint|Online|Paper|Publication"
    r"|Staff|Bericht|2nd|3rd|Thesis|Dissertation|Conference|Bulletin|Fact|[A-Z]+[- ]?\d)[^\])]*[\])]",
    re.I,
)
_GOES_ON_AS_NAME = regex(rf"{UPPER}[\w’'-]+(?:\s(?:Jr|Sr|II|III)\.?)?(?:,|\s(?:and|&)\s{UPPER}|\set\sal)")
"""What follows `Robert E.` where that is no family name with initials: `Langley Jr. and`."""


def find_plain_title(words: str, *, addressed: bool) -> PlainTitle | None:
    """The title of a citation without quotation marks; `addressed`: an address or identifier is behind it."""
    found = _after_year(words) or _after_authors(words) or between_commas(words, addressed=addressed) or alone(words)
    return None if found is not None and _QUOTES_FIRST.match(found.title) else found


_QUOTES_FIRST = regex(r"(?:“[^”]*[,.?!]”|“(?:[^”\s]+\s+){2,}[^”]*”|‘(?:[^’\s]+\s+){2,}[^’]*’)\s+[\w(]")
"""A supposed title that begins with a whole quotation, which is the title itself or a quotation."""
_EARLY_END = regex(r",\s+(?:in:\s|(?:\d{1,2}\.|[a-zäöü]+\.)\s+(?:[\w.]+\s+){0,3}?Aufl)")
"""What ends a title before a full stop in German lists of works: the container, or the edition."""


def _after_year(words: str) -> PlainTitle | None:
    """`Authors (2019). Title. Container`, `Authors. 2019. Title. Container`."""
    found = _YEAR_AFTER.match(words)
    if found is None or not words[found.end() :][:1].strip("(["):
        return None
    authors, rest, mark = found["authors"].strip(), words[found.end() :], found["mark"]
    if _NO_TITLE.match(rest) or (rest[:1].islower() and not re.match(r"[a-z]+[A-Z]", rest)):
        return None
    if re.search(rf"(?:[\s.-]){UPPER}$", authors):
        authors += "."  # the point of the last initials, which the year's own point is not
    names = split_names(authors)
    if names is None:
        return None
    loose = mark != "." and found["year"].startswith(("(", "["))
    bare = loose and not mark
    if loose and _is_run_together(authors, names):
        return None
    if bare and re.match(r"\d|[A-Z][a-z]+\s\d+\b", rest):
        return None
    title, behind = _sentence(rest) if mark != "," else _until_comma(rest)
    if not title or (bare and not behind.strip() and len(title.split()) < 2):
        return None
    return PlainTitle(authors, title, behind, found["year"])


def _is_run_together(authors: str, names: list[str]) -> bool:
    """Whether commas part names that are neither inverted nor joined by `and`: as likely other words."""
    inverted = any("," in name for name in names)
    return "," in authors and not inverted and not re.search(r"\bet\b|\band\b|&", authors)


def _after_authors(words: str) -> PlainTitle | None:
    """`Family II, Family II. Title. Journal`, `Family, I. & Family, I. Title. Journal`, `Family, Given: Title. In:`."""
    for form in (_VANCOUVER, _NATURE, _COLON, _BIBLIOGRAPHY):
        found = form.match(words)
        if found is None:
            continue
        rest = words[found.end() :]
        if not rest or not _may_begin_title(rest, form):
            continue
        if split_names(found["authors"]) is None or is_institution(found["authors"].partition(",")[0]):
            continue
        title, behind = _sentence(rest)
        if title and behind.strip(" .") and re.search(YEAR, behind + words[found.end("authors") : found.end()]):
            return PlainTitle(found["authors"], title, behind)
    return _after_body(words)


def _may_begin_title(rest: str, form: re.Pattern[str]) -> bool:
    """Whether the words behind a list of authors of a form can begin a title."""
    if form is _VANCOUVER and _GOES_ON_AS_NAME.match(rest):
        return False
    if form is _BIBLIOGRAPHY and not re.search(YEAR, rest):
        return False
    return not _NO_TITLE.match(rest) and rest[0] not in '“‘"„«('


def _after_body(words: str) -> PlainTitle | None:
    """`Council of Lagoons. Title. 2020`: the title behind an institution."""
    body = re.match(r"(?P<authors>[^.,“‘\"(:]{3,90})(?:\.|\s\((?:Hrsg|Hg|éd|dir)\.\):)\s+", words)
    if body and is_institution(body["authors"]) and is_name(body["authors"]):
        title, behind = _sentence(words[body.end() :])
        if (
            title
            and title[0].isupper()
            and re.search(YEAR, behind)
            and not VERB.search(title)
            and not title.startswith(("See ", "The figure"))
        ):
            return PlainTitle(body["authors"], title, behind)
    return None


def _ends(rest: str) -> list[int]:
    """Where the sentences of a text end, from the first on; the first may end earlier, at its container or edition."""
    early = _EARLY_END.search(rest)
    ends = [early.start()] if early else []
    for found in _SENTENCE_END.finditer(rest):
        head = rest[: found.end()]
        if found.group().startswith(".") and _ABBREVIATION.search(head) and found.end() < len(rest):
            following = rest[found.end() :].lstrip()
            if not re.match(r"(?:In[:\s]|https?:)", following):
                continue
        ends.append(found.end())
    return sorted(ends) or [len(rest)]


def _sentence(rest: str) -> tuple[str, str]:
    """The title up to its full stop, and what is behind it; a question inside a title does not end it."""
    ends = _ends(rest)
    end = ends[0]
    if rest[end - 1] in "?!" and len(ends) > 2:
        second = rest[end : ends[1]].strip()
        following = rest[ends[1] :].strip()
        plain = not re.search(r"\d", second) and not re.match(r"In[:\s]", second) and rest[ends[1] - 1] == "."
        if (
            plain
            and re.match(r"[A-ZÀ-Þ]|\(\d", following)
            and re.match(r"[A-ZÀ-Þ]", second)
            and not _goes_on_as_imprint(following)
        ):
            end = ends[1]
    title, behind = rest[:end], rest[end:]
    title = title[:-1] if title.endswith(".") and not re.search(r"\b[A-Z]\.[A-Z]\.$", title) else title
    while (label := _last_label(title)) is not None:
        behind, title = title[label.start() :] + ". " + behind, title[: label.start()]
    for cut in (re.search(r",?\s+(?:pp?\.\s*\d.*|\d+(?:st|nd|rd|th)\s+edn?.*)$", title),):
        if cut:
            behind, title = title[cut.start() :] + ". " + behind, title[: cut.start()]
    return without_translation(title.strip(" ,;")), behind


def _last_label(title: str) -> re.Match[str] | None:
    """A bracket at the end of a title that names its form or number: `(Version 1.2)`, `[Data set]`."""
    for found in _LABEL.finditer(title):
        if found.end() >= len(title.rstrip(" .")) and found.start():
            return found
    return None


def _goes_on_as_imprint(following: str) -> bool:
    return bool(re.match(rf"[^.]{{0,60}}:\s|{MONTH}", following))


def _until_comma(rest: str) -> tuple[str, str]:
    """`OLC (2023), Lagoons at a Glance, OLC Publishing, Lissbon`: up to the comma before the publisher."""
    commas = [m.start() for m in re.finditer(r",\s", rest)]
    stop = re.search(r"\.(?:\s|$)", rest)
    ended = TITLE_END.search(rest)
    limit = min((m.start() for m in (stop, ended) if m), default=len(rest))
    inner = [at for at in commas if at < limit and re.match(r",\s+[A-ZÀ-Þ]", rest[at:])]
    end = inner[0] if inner else limit
    return without_translation(rest[:end].strip(" ,.")), rest[end:]
