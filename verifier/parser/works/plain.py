"""Titles without quotation marks: between full stops (APA, ACM, Vancouver) or commas (Chicago notes, Bluebook)."""

import re
from dataclasses import dataclass

from verifier.parser.works.authors import drop_roles, leading_authors, split_names
from verifier.parser.works.dates import HERE, MONTH, YEAR
from verifier.parser.works.names import is_institution, is_name

_U = r"[A-ZÀ-ÞĀ-ɏΑ-ΩА-Я]"
_YEAR_AFTER = re.compile(
    rf"(?P<authors>[^“”„«»‘]{{2,600}}?)[,.]?\s*(?P<year>[(\[](?:{YEAR}[a-z]?(?:[,/–-]\s*[^()\[\]]{{1,30}})?"
    rf"|n\.\s?d\.|in\s+press|forthcoming)[)\]]|(?<=,)\s{YEAR}[a-z]?(?=\.\s)|(?<=\.)\s{YEAR}[a-z]?"
    rf"(?=\.)|(?<=\.\s){YEAR}[a-z]?(?=\.))(?P<mark>[.,:]?)\s+(?=\S)"
)
_NO_TITLE = re.compile(
    rf"(?:\d{{1,4}}(?:[\s,.:;(–-]|$)|pp?\.|para|chapter|Chapter|at\s|§|vol|available|https?|{MONTH}\s+\d|\[\d|Cm\s)",
    re.I,
)
_INIT = rf"(?:{_U}[a-z]?\.[\s-]?)+"
_FAM = (
    r"(?:(?:de|del|della|van|von|der|den|du|la|le|da|dos|di|el|al|ten|ter|St\.|d’|d')[\s’']*)*"
    rf"{_U}[\w’'-]*(?:\s(?:dos|de|da|y|van|von|der)(?=\s))*(?:[\s-]{_U}[\w’'-]+){{0,2}}"
)
_ONE_NATURE = rf"{_FAM},\s{_INIT}(?:,?\s(?:Jr|Sr|II|III)\.?)?"
_NATURE = re.compile(
    rf"(?P<authors>{_ONE_NATURE}(?:(?:,\s|\s)(?!&|et\b){_ONE_NATURE})*(?:,?\s(?:&|and|und|et)\s{_ONE_NATURE}"
    rf"|,?\set\sal\.)?)\s?(?=[A-ZÀ-Þ\d¿¡‘])"
)
_ONE_VANCOUVER = rf"(?:{_FAM})\s{_U}{{1,4}}(?:\s(?:Jr|Sr|II|III|2nd|3rd))?"
_VANCOUVER = re.compile(
    rf"(?P<authors>{_ONE_VANCOUVER}(?:,\s{_ONE_VANCOUVER})*(?:,\s(?:et\sal|and\sothers))?)(?:,\seditors?)?\.\s"
)
_GIVEN = (
    rf"(?!(?:The|A|An|How|Why|What|Of|On|Der|Die|Das|Les?|La)\s){_U}[\w’'.-]*(?:\s(?:{_U}[\w’'.-]*"
    rf"|van|von|de|der)){{0,3}}"
)
_COLON = re.compile(
    rf"(?P<authors>{_FAM},\s{_GIVEN}(?:\s*[;/]\s*{_FAM},\s{_GIVEN})*(?:\su\.\s?a\.)?(?:\s\((?:Hrsg"
    rf"|Hg)\.\))?)(?:\s\({YEAR}\))?:\s"
)
_GIVEN_NAMES = rf"(?:{_U}\.|{_U}[\w’'-]+)(?:[\s-](?:{_U}\.|{_U}[\w’'-]+)){{0,3}}"
_DIRECT = rf"(?:(?:{_U}\.|{_U}[\w’'-]+)[\s-]){{1,3}}(?:(?:de|van|von|der|den|la|di|da)\s)*{_U}[\w’'-]+"
_BIBLIOGRAPHY = re.compile(
    rf"(?P<authors>{_FAM},\s{_GIVEN_NAMES}(?:,\s{_DIRECT})*(?:,?\s(?:and|&|und|et)\s{_DIRECT}|,?\set\sal)?)"
    rf"(?:,\seds?)?\.\s"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:vs?|St|Dr|Mr|Mrs|Ms|Jr|Sr|No|Nos|Inc|Ltd|Co|Corp|Prof|Gen|Gov|Sen|Rep|Fig|Eq|Vol"
    r"|approx|ca|cf|etc|i\.e|e\.g|Art|Sec|Ch|Bd|Nr|Abs|Mt|Ft|Dept|Univ)|\b[A-Z](?:\.[A-Z])*)\.$"
)
_SENTENCE_END = re.compile(r"[.?!](?:[”’»\")]*)(?=\s|$)")
_LABEL = re.compile(
    r"\s*[\[(](?:Data\s?set|dataset|Computer\s+software|Master[’']s\s+thesis|(?:Un)?published|Doctoral"
    r"|PhD|Ph\.D|Working|Research\s+Rep|Report|Tech|Policy|Occasional|Discussion|Version|V\d|\d+\w*\s+ed"
    r"|Rev|No\.|Vol|Blog|Press|Video|Speech|White|pp?\.|Software|Preprint|Online|Paper|Publication"
    r"|Staff|Bericht|2nd|3rd|Thesis|Dissertation|Conference|Bulletin|Fact|[A-Z]+[- ]?\d)[^\])]*[\])]",
    re.I,
)
_TRANSLATED = re.compile(r"\s*\[[^\]]{4,}\]\s*$")
_TITLE_END = re.compile(
    rf"""\s*\((?=[^()]*(?:{YEAR}|\bed\.|\bedn|undated|draft|n\.d\.|forthcoming|in\s+press|speech|thesis|diss))[^()]*(?:\([^()]*\))?[^()]*\)
      | \s*\[(?:data\s?set|dataset)[^\]]*\] | \s+\[(?=[^\]]*\])
      | [,.]\s+(?:{YEAR})(?=[\s,.;)]|$)(?!\s*[–-]\s*\d|\s+(?:to|and)\s+\d)
      | ,?\s+(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s+)?{MONTH}(?:\s+\d{{1,2}}(?:\s*[–-]\s*\d+)?,?)?\s+{YEAR}
      | ,\s+(?:{MONTH})\s+\d{{1,2}}
      | ,\s+(?:vol(?:ume)?\.?|no\.?|n[°º]|nr\.?|Bd\.?|version|ver\.|v\d|p+\.|S\.|para|at|ch\.|chap|chapter|ed\.|eds\.
        |edited|trans\.
        |Report\s+(?:No\.?\s*)?\d|Working\s+Paper|Research\s+Paper|Discussion\s+Paper|Policy\s+Brief|in:
        |Cm\s|Cmnd\s|H\.R\.|S\.\s?Rep|H\.\s?Doc|Doc\.|COM\(|SWD\(
        |updated|revised|adopted|published|trans\.|translated|transl\.
        |testimony|Testimony|Remarks|Speech|speech|remarks|keynote|available|table|Table|fig|§|¶)(?![a-z])
      | ,\s+(?:\d+(?:st|nd|rd|th|e)?|rev\.?|revised|second|third|new)\s+(?:ed|édition|Aufl)
      | ,\s+[A-Z][A-Z/]*[-/ ]?\d{{2,}}[\w/.-]* | ,\s+[A-Z]{{2,}}[-/ ]\d[\w/.-]*
      | ,\s+(?=[A-ZÀ-Þ][\w-]+(?:\s[A-ZÀ-Þ][\w-]+)?,\s+(?=[A-ZÀ-Þ])[^,]*
        (?:Éditions?|Presses|Press|Verlag|Publishing|Publishers|Books|Gallimard|Seuil|PUF|Dalloz|LGDJ)[^,]*,\s+{YEAR})
      | ,\s+(?={_U}[^,]{{3,60}}\s{YEAR},\s\d)
      | ,\s+\d+\s+(?=(?:{_U}|arXiv|bioRxiv|medRxiv|eLife)[^,]{{1,90}}?\s\d)
      | ,\s+\d{{1,4}}(?:\s*[–-]\s*\d+)?(?=\s*[.,;(]|\s*$)
      | \s+(?!{YEAR}\b)\d{{1,4}}(?:\s*[–-]\s*\d+)?\s+(?=\((?:\d|rev|{YEAR}|[A-Z]))
    """,
    re.X,
)  # fmt: skip
_EVIDENCE = re.compile(rf"{YEAR}|n\.d\.|undated|forthcoming|in\s+press|\bed\.")
_CONTAINER_LAST = re.compile(
    r",\s+(?P<container>(?:The\s+)?[A-ZÀ-Þ][\w’'&.-]*(?:\s+(?:[A-ZÀ-Þ][\w’'&.-]*|of|the|and|for"
    r"|&|in|on|de|des|du|la|le|für|und)){0,6})$"
)
_GOES_ON_AS_NAME = re.compile(rf"{_U}[\w’'-]+(?:\s(?:Jr|Sr|II|III)\.?)?(?:,|\s(?:and|&)\s{_U}|\set\sal)")
"""What follows `Robert E.` where that is no family name with initials: `Langley Jr. and`."""
_PIECE = re.compile(
    r"(?:Student\s+)?(?:Note|Comment|Essay|Book\s+Review|Review|Editorial|Opinion|Op-Ed|Article|[A-Z]{2,}[-/]\d[\w/-]*),\s+(?=[A-Z])"
)
"""What a law review prints before the title of a piece by a student or a reviewer (The Bluebook, rule 16.7)."""
_FULL_DATE = re.compile(rf"\s*[,(]\s*(?:(?:\d{{1,2}}\.?\s+)?{MONTH}\s+(?:\d{{1,2}},\s+)?{YEAR}|{MONTH}\s+\d)")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|will|would|could|may|might|must|shall|should"
    r"|says|said|argues|shows|found|finds|include|includes|exclude|excludes|assume|assumes|refers?"
    r"|covers?|we|our|us|this\s+(?:figure|estimate|note|paper))\b"
)


@dataclass(frozen=True, slots=True)
class PlainTitle:
    """A title without quotation marks, the words before it (authors) and those behind it."""

    authors: str
    title: str
    rest: str
    year: str = ""


def find_plain_title(words: str, *, addressed: bool) -> PlainTitle | None:
    """The title of a citation without quotation marks; `addressed`: an address or identifier is behind it."""
    return _after_year(words) or _after_authors(words) or _between_commas(words, addressed=addressed) or _alone(words)


def _after_year(words: str) -> PlainTitle | None:
    """`Authors (2019). Title. Container`, `Authors. 2019. Title. Container`."""
    found = _YEAR_AFTER.match(words)
    if found is None or not words[found.end() :][:1].strip("(["):
        return None
    authors, rest, mark = found["authors"].strip(), words[found.end() :], found["mark"]
    if _NO_TITLE.match(rest) or (rest[:1].islower() and not re.match(r"[a-z]+[A-Z]", rest)):
        return None
    if re.search(rf"(?:[\s.-]){_U}$", authors):
        authors += "."  # the point of the last initials, which the year's own point is not
    names = split_names(authors)
    if names is None:
        return None
    loose = mark != "." and found["year"].startswith(("(", "["))
    if (
        loose
        and "," in authors
        and not any("," in name for name in names)
        and not re.search(r"\bet\b|\band\b|&", authors)
    ):
        return None
    if loose and not mark and re.match(r"\d|[A-Z][a-z]+\s\d+\b", rest):
        return None
    title, behind = _sentence(rest) if mark != "," else _until_comma(rest)
    if not title or (loose and not mark and not behind.strip() and len(title.split()) < 2):
        return None
    return PlainTitle(authors, title, behind, found["year"])


def _after_authors(words: str) -> PlainTitle | None:
    """`Family II, Family II. Title. Journal`, `Family, I. & Family, I. Title. Journal`, `Family, Given: Title. In:`."""
    for form in (_VANCOUVER, _NATURE, _COLON, _BIBLIOGRAPHY):
        found = form.match(words)
        if found is None:
            continue
        rest = words[found.end() :]
        if form is _VANCOUVER and _GOES_ON_AS_NAME.match(rest):
            continue
        if _NO_TITLE.match(rest) or not rest or rest[0] in '“‘"„«(':
            continue
        if form is _BIBLIOGRAPHY and not re.search(YEAR, rest):
            continue
        if split_names(found["authors"]) is None or is_institution(found["authors"].partition(",")[0]):
            continue
        title, behind = _sentence(rest)
        if title and behind.strip(" .") and re.search(YEAR, behind + words[found.end("authors") : found.end()]):
            return PlainTitle(found["authors"], title, behind)
    body = re.match(r"(?P<authors>[^.,“‘\"(:]{3,90})(?:\.|\s\((?:Hrsg|Hg|éd|dir)\.\):)\s+", words)
    if body and is_institution(body["authors"]) and is_name(body["authors"]):
        title, behind = _sentence(words[body.end() :])
        if (
            title
            and title[0].isupper()
            and re.search(YEAR, behind)
            and not _VERB.search(title)
            and not title.startswith(("See ", "The figure"))
        ):
            return PlainTitle(body["authors"], title, behind)
    return None


def _sentence(rest: str) -> tuple[str, str]:
    """The title up to its full stop, and what is behind it; a question inside a title does not end it."""
    ends = []
    for found in _SENTENCE_END.finditer(rest):
        head = rest[: found.end()]
        if found.group().startswith(".") and _ABBREVIATION.search(head) and found.end() < len(rest):
            following = rest[found.end() :].lstrip()
            if not re.match(r"(?:In[:\s]|https?:)", following):
                continue
        ends.append(found.end())
    if not ends:
        ends = [len(rest)]
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
    return _without_translation(title.strip(" ,;")), behind


def _last_label(title: str) -> re.Match[str] | None:
    """A bracket at the end of a title that names its form or number: `(Version 1.2)`, `[Data set]`."""
    for found in _LABEL.finditer(title):
        if found.end() >= len(title.rstrip(" .")) and found.start():
            return found
    return None


def _goes_on_as_imprint(following: str) -> bool:
    return bool(re.match(rf"[^.]{{0,60}}:\s|{MONTH}", following))


def _without_translation(title: str) -> str:
    found = _TRANSLATED.search(title)
    return title[: found.start()].strip() if found and found.start() > 3 else title


def _until_comma(rest: str) -> tuple[str, str]:
    """`OLC (2023), Lagoons at a Glance, OLC Publishing, Lissbon`: up to the comma before the publisher."""
    commas = [m.start() for m in re.finditer(r",\s", rest)]
    stop = re.search(r"\.(?:\s|$)", rest)
    ended = _TITLE_END.search(rest)
    limit = min((m.start() for m in (stop, ended) if m), default=len(rest))
    inner = [at for at in commas if at < limit and re.match(r",\s+[A-ZÀ-Þ]", rest[at:])]
    end = inner[0] if inner else limit
    return _without_translation(rest[:end].strip(" ,.")), rest[end:]


def _between_commas(words: str, *, addressed: bool) -> PlainTitle | None:
    """`Author, Title (Place: Publisher, 2020), 14` and `Author, Title, 18 Journal 726 (2020)`."""
    body = re.sub(r"^(?:Press|News|Media)\s+Release,\s+", "", words)
    parts = _parts(body)
    count = leading_authors([text for _, text in parts])
    if not count or count >= len(parts):
        return None
    named = ", ".join(drop_roles([text for _, text in parts[:count]]))
    tail = body[parts[count][0] :]
    tail = _PIECE.sub("", tail)
    if not re.match(r"[A-ZÀ-Þ\d¿¡‘“]|[a-z]+[A-Z]", tail) or (
        re.match(r"(?:\d+\s|supra|note\s)", tail) and not re.match(r"\d+\s+[A-Z][a-z]+\s+[a-z]", tail)
    ):
        return None
    end = _TITLE_END.search(tail, 1)
    here = HERE.search(tail)
    stop = min([m.start() for m in (end, here) if m], default=len(tail))
    title, rest = tail[:stop].strip(" ,;"), tail[stop:]
    cut = re.search(r"(?<=[a-z)”’])\.\s+(?=[A-ZÀ-Þ(])", title)
    if cut:
        title, rest = title[: cut.start()], title[cut.start() :] + rest
    proof = bool(_EVIDENCE.search(rest)) or here is not None or addressed
    if not _fits(title, rest, proof=proof, author=named, several=count > 1):
        return None
    last = _CONTAINER_LAST.search(title)
    if (
        last
        and (_FULL_DATE.match(rest) and re.search(rf"{MONTH}", rest[:30]))
        and len(title[: last.start()].split()) > 1
    ):
        title, rest = title[: last.start()], ", " + last["container"] + rest
    publisher = re.search(r",\s+(?P<p>[A-ZÀ-Þ][^,]*)$", title)
    if (
        publisher
        and is_institution(publisher["p"])
        and not re.match(r".*\b(?:and|&)\b", publisher["p"])
        and len(title[: publisher.start()].split()) > 2
    ):
        title, rest = title[: publisher.start()], publisher.group() + rest
    return PlainTitle(named, _without_translation(title.rstrip(".")), rest)


def _fits(title: str, rest: str, *, proof: bool, author: str, several: bool) -> bool:
    """Whether words behind an author can be a title: dated or addressed, or short, in capitals and with a page."""
    count = len(title.split())
    if (
        not title
        or len(title) < 3
        or count > 45
        or _has_quotation(title)
        or (
            _VERB.search(_lower_start(title))
            and not re.search(r"[A-Z]\w+\s+(?:Is|Are|Will|Do|Does|Says)\b|[?]|:|\b(?:really|is|are)\s", title)
        )
    ):
        return False
    if is_place_or_body_only(title) and not proof:
        return False
    if proof:
        return not (re.search(r"\.\s+[A-Z][a-z]+\s+[a-z]+\s+[a-z]+", title) and count > 20)
    short = len(author.split()) <= 5 and not re.search(r"\b(?:Figures|Data|Table)\b", author)
    capitals = all(w[:1].isupper() or len(w) < 5 for w in title.split())
    return (
        short
        and count <= 8
        and capitals
        and bool(re.match(r",?\s*(?:at\s|p+\.\s*)?\d{1,4}|,\s+(?:ch|para)", rest))
        and (count > 1 or several)
    )


def _has_quotation(title: str) -> bool:
    """Whether more than a quoted word or two is in a supposed title."""
    return bool(
        re.search('[„«»"]', re.sub(r"“[^“”]{1,40}”(?=\s)", "", title))
        or re.search("[“”]", re.sub(r"“[^“”]{1,40}”(?=\s)", "", title))
    )


def _lower_start(title: str) -> str:
    return " ".join(w for w in title.split() if w[:1].islower())


def is_place_or_body_only(title: str) -> bool:
    """Whether a supposed title is one word without a digit: as likely a place."""
    return len(title.split()) == 1 and title.isalpha()


def _parts(words: str) -> list[tuple[int, str]]:
    """The parts between commas outside brackets, each with its place."""
    parts: list[tuple[int, str]] = []
    depth, start = 0, 0
    for at, char in enumerate(words):
        depth += (char in "([") - (char in ")]")
        if char == "," and depth <= 0 and words[at + 1 : at + 2].isspace():
            parts.append((start, words[start:at].strip()))
            start = at + 2
            if len(parts) > 14:
                break
    parts.append((start, words[start:].strip()))
    return parts


def _alone(words: str) -> PlainTitle | None:
    """`Harbour Plan 2030 (undated draft)`: a name in capitals and a bracket that dates it, nothing else."""
    found = re.fullmatch(
        rf"(?P<title>[A-ZÀ-Þ][^()“”‘’,;]{{4,120}}?)\s*(?P<rest>\((?:undated|n\.d\.|draft|(?:[A-ZÀ-Þ][^"
        rf"()]*,?\s)?(?:{MONTH}\s+)?{YEAR})[^()]*\))\s*[.,]?\s*(?:pp?\.\s*\d+|\d+|at\s\d+)?\.?",
        words,
    )
    if found is None or _VERB.search(found["title"]) or re.search(r"\bAct\b", found["title"]):
        return None
    long = [w for w in found["title"].split() if len(w) > 3]
    if not all(w[0].isupper() or w[0].isdigit() for w in long) or re.match(
        r"(?:Figures?|Data|Calculated|Based|Own|Author)", words
    ):
        return None
    if len(found["title"].split()) < 3 and not re.search(r"undated|draft|n\.d", found["rest"]):
        return None
    return PlainTitle("", found["title"].strip(), found["rest"])
