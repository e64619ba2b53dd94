"""What a citation tells of its work: title, publisher, date and the place in it, where its form shows them."""

import re
from dataclasses import dataclass

from verifier.parser.citations.cases import find_cases
from verifier.parser.citations.signals import without_signal

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_DATES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_YEAR}-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b",
        rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_YEAR}\b",
        rf"\b{_YEAR},\s+{_MONTH}\s+(?P<day>[0-3]?\d)\b",
        rf"\b{_YEAR},\s+{_MONTH}(?!\w)",
        rf"\b{_MONTH},?\s+{_YEAR}\b",
        rf"\((?:[^()]{{0,80}}?[\s,:;])?{_YEAR}[a-z]?(?:,[^()]{{1,20}})?\)",
        rf"[,.]\s+{_YEAR}(?=[,.;\s]|$)(?!\s*[–-]\s*\d)",
    )
)
_ACCESS = re.compile(
    r"[(\[,;.]?\s*(?:last\s+)?(?:accessed|visited|viewed|retrieved|consulted|checked|archived)\b(?:\s+on|:)?\s*"
    r"[^;)\]]{0,40}?(?:1[5-9]|20)\d\d[)\]]?",
    re.I,
)
_AND = re.compile(r"^\s*(?:and|&)\s+", re.I)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\b10\.\d{4,9}/\S+")
_QUOTED = re.compile(
    r"“(?P<curly>[^”]{4,}?)[,.;]?”|(?<!\w)\"(?P<straight>[^\"]{4,}?)[,.;]?\"(?!\w)|(?<!\w)‘(?P<single>.{4,}?)[,.;]?’(?!\w)"
)
_ENTITLES = re.compile(r"[,.;?!][”\"’]|.[”\"’](?:\s*[,.(\[;:]|\s*$)")
"""The end of a title in quotation marks: a word that is merely quoted is followed by more words."""
_CO_AUTHORS = re.compile(
    r"^(?:[^()“”:]{0,160}?,\s+)?(?:and|&)\s+(?:[A-ZÀ-Þ][\w.’'-]*\s+){1,3}[A-ZÀ-Þ][\w’'-]+,\s+(?:eds?\.,\s+)?|^[^()“”:]{0,160}?,\s+eds?\.,\s+"
)
_EDITION = re.compile(r",\s+(?:\d+\w*|rev\.|revised|second|third|new)\s+ed(?:n|ition)?\.?$", re.I)
_IMPRINT = re.compile(
    r"\((?:[A-ZÀ-Þ][^():\d]{1,40}:\s*)(?P<publisher>[A-ZÀ-Þ][^():,\d]{2,80}?),?\s+(?:1[5-9]|20)\d\d\)"
)
_APA = re.compile(
    rf"^(?P<author>[^()“\"]{{3,200}}?)\s*\({_YEAR}[a-z]?(?:,[^()]{{1,20}})?\)[.,]\s+(?P<title>[A-ZÀ-Þ0-9][^.?!“]{{7,250}}[.?!])"
)
_BOOK = re.compile(
    r"^(?P<author>[A-ZÀ-Þ][^,()“\"\d]{2,60}?(?:\s+et\s+al\.)?),\s+(?:eds?\.,\s+)?(?P<title>[A-ZÀ-Þ][^()“”\"]{5,250}?)\s*"
    r"\((?:(?P<edition>[^(),:]*\bedn?\.?,\s*)|(?P<place>[A-ZÀ-Þ][^():\d]{1,40}:\s*))?"
    r"(?P<publisher>[A-ZÀ-Þ][^():,\d]{2,80}?),?\s+(?:1[5-9]|20)\d\d\)"
)
_IN_PRESS = re.compile(
    r"^\s*[,.]?\s*(?:published\s+by\s+)?(?P<name>(?:The\s+)?[A-ZÀ-Þ][^\d(),.;:“”\"]{2,80}?)(?:\s*\(blog\))?(?=,|\s+\d|\s*\(|\.\s*$)"
)
_PINPOINT = re.compile(
    r"""(?:(?:^|[,.)\d]|\b(?:here|id|ibid))\s*\bat\s+(?P<at>[*]?\d{1,5}(?:\s*[–-]\s*\d{1,5})?)
          (?![\d/:.]*\d*\s*(?:a\.?m|p\.?m|per|%))
      | \b(?P<named>(?:(?-i:pp?)(?:\.\s*|\s+)\d(?:[\d–,\s-]*\d)?
          | (?:para(?:graph)?s?\.?|ch(?:apter|ap)?\.?|sec(?:tion)?\.?|art(?:icle)?\.?
            |table|figure|fig\.|annex|appendix|slide|page|col\.)
            \s+(?:\d[\d.]*|[A-Z]\b)(?:\s*[–-]\s*\d+)?)))
      | (?:\bibid|\(n\.?\s?\d{1,3}\))\s+(?P<behind>\d{1,4}(?:\s*[–-]\s*\d{1,4})?)
      | (?P<sign>(?:¶+|§+)\s*\d[\w.]*(?:\([^)\s]{1,4}\))*)
      | \)?[:,]\s*(?P<last>\d{1,4}(?:\s*[–-]\s*\d{1,4})?(?:,\s*\d{1,4})*|[ivxlc]{1,6})\s*\.?\s*$""",
    re.I | re.X,
)
_NO_PUBLISHER = re.compile(
    r"(?:spring|summer|autumn|fall|winter|supra|ibid|accessed|available|see|and|at|no|vol|pp?)\b|(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is told of a work; None where the form leaves it in doubt. `date` as `2020`, `2020-05` or `2020-05-12`."""

    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    pinpoint: str | None = None


def read_particulars(text: str) -> Particulars:
    """The particulars of one citation.

    Read are a title in quotation marks with what is printed behind it (Chicago, The Bluebook, OSCOLA, newspapers),
    a book with its publisher in brackets, an APA-like reference, and a court decision.
    """
    words = _ADDRESS.sub(" ", _ACCESS.sub(" ", _AND.sub("", without_signal(text)))).strip()
    cases = find_cases(words)
    if cases:
        case = cases[0]
        return Particulars(case.name, None, case.year, case.pinpoint and case.pinpoint.removeprefix("at "))
    title, publisher, rest = _titled(words)
    return Particulars(title, publisher, _date(words), _pinpoint(rest))


def _titled(words: str) -> tuple[str | None, str | None, str]:
    """Title and publisher, and the words in which a pinpoint may stand."""
    quoted = next((found for found in _QUOTED.finditer(words) if _ENTITLES.match(words, found.end() - 2)), None)
    if quoted is not None:
        rest = words[quoted.end() :]
        return next(filter(None, quoted.groups())).strip(), _publisher_behind(rest), rest
    book = _BOOK.match(words)
    if book is not None:
        return (
            _EDITION.sub("", _CO_AUTHORS.sub("", book["title"]).strip(" ,")),
            book["publisher"].strip(),
            words[book.end() :],
        )
    apa = _APA.match(words)
    if apa is not None:
        return apa["title"].rstrip("."), None, words[apa.end() :]
    return None, None, words


def _publisher_behind(rest: str) -> str | None:
    imprint = _IMPRINT.search(rest)
    if imprint is not None:
        return imprint["publisher"].strip()
    found = _IN_PRESS.match(rest)
    if found is None or _NO_PUBLISHER.match(found["name"]):
        return None
    return found["name"].strip()


def _date(words: str) -> str | None:
    """The fullest date there is, of several the first."""
    outside = _QUOTED.sub(" ", words)
    for pattern in _DATES:
        found = pattern.search(outside)
        if found is None:
            continue
        told = found.groupdict()
        month = int(told["number"]) if told.get("number") else _MONTHS.get((told.get("month") or "").casefold())
        parts = [told["year"], month and f"{month:02}", told.get("day") and f"{int(told['day']):02}"]
        return "-".join(part for part in parts if part)
    return None


def _pinpoint(rest: str) -> str | None:
    found = _PINPOINT.search(rest)
    if found is None:
        return None
    last = found["last"]
    if last and re.fullmatch(r"(?:1[5-9]|20)\d\d", last):
        return None
    return re.sub(r"\s+", " ", found["at"] or found["named"] or found["behind"] or found["sign"] or last).strip(" ,.")
