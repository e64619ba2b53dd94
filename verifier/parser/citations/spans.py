"""Where one citation of a note ends and the next begins."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from verifier.parser.citations.cross_references import refers_elsewhere
from verifier.parser.citations.identifiers import place_identifiers
from verifier.parser.citations.quoted_spans import quoted_span_mask
from verifier.parser.citations.signals import DISOWNING, FOR_MORE, OPENS, OWN_PART, find_signal
from verifier.parser.patterns import regex
from verifier.parser.works.read import read_work


@dataclass(frozen=True, slots=True)
class Span:
    """The characters `start:end` of a note that are one citation; `strung` when it goes on in the same sentence."""

    start: int
    end: int
    strung: bool = False


def citation_spans(text: str, places: Sequence[int]) -> list[Span]:
    """The spans of a note's citations; joined they are the text. `places` are where its addresses are.

    Works are split at semicolons, at sentences that begin with a signal or that have an address each, before a signal
    that sets a source apart (`, but see`), and between the two sides of a comparison. Never inside quotation marks
    and brackets, nor in a list of sections, pages, authors or dates of one work.
    """
    reader = _Reader(text, places)
    spans: list[Span] = []
    start, strung = 0, False
    breaks = list(reader.breaks())
    for number, (at, kind) in enumerate(breaks):
        end = breaks[number + 1][0] if number + 1 < len(breaks) else len(text)
        if reader.parts(start, at, end, kind):
            spans.append(Span(start, at, strung))
            start, strung = at, kind is not _Break.SENTENCE
    spans.append(Span(start, len(text), strung))
    return spans


class _Break(Enum):
    """What a citation may end at."""

    SEMICOLON = "semicolon"
    SENTENCE = "sentence"
    APART = "apart"
    WITH = "with"
    AND = "and"
    CITED = "cited"


_WORDS_OF_AN_IDENTIFIER = 3
_REACH = 600
"""Characters of a long citation in which its form is looked for."""
_BREAKS = regex(
    rf"(?P<semicolon>;)(?=\s)|(?P<sentence>(?<=[.!?])[”’\"')\]]*\s+(?=[^\sa-z]|cf\.|accord\b))"
    rf"|(?P<apart>,\s+(?={DISOWNING.pattern})|\s(?=\((?:{DISOWNING.pattern})))|(?P<with>,?\s+with\s+)"
    r"|(?P<cited>,\s+(?=(?:cited|quoted|reprinted|discussed|zit(?:iert|\.)|cit[ée])\s+(?:in|by|nach|dans|par)[:\s]))"
    r"|(?P<and>,?\s+(?:and|und|et)\s+(?=(?:the\s+|The\s+)?[A-ZÀ-Þ“‘]))",
)
_BARE_LIST = regex(
    r"(?:and\s+|&\s+|or\s+)?(?:§+\s*|pp?\.\s*|paras?\.?\s*|¶+\s*|nos?\.\s*)?"
    r"(?:\d[\w.:()–-]*|[ivxlc]+)(?:(?:\s*,\s*|\s+and\s+|\s*&\s*|\s*[–-]\s*)(?:\d[\w.:()–-]*|[ivxlc]+))*\s*\.?\s*"
)
"""Nothing but numbers: further sections, pages or volumes of the work before."""
_GOES_ON = regex(
    r"""(?:and\s+)?(?:
        § | \d+(?:\.\d+)*\s*\( | (?:para|art|sec|pt|ch|vol|tbl|fig|app|no)s?\.\s | (?:sch|ss?|regs?|cls?|rr?)\.?\s+\d
      | (?:id|ibid)(?:em)?\b\.?(?:\s+at\b|,|\s*$)
      | (?:last\s+)?(?:accessed|visited|updated|modified|viewed|consulted|retrieved|archived|revised|downloaded)\b
      | available\b | online\b
      | (?:emphasis|internal|citations?|quotations?|footnotes?|translations?|brackets|italics)\b
      | hereinafter\b | \[hereinafter | on\s+file\b | cert\.\s | aff[’']d | rev[’']d | vacated\b | reprinted\b
      | quoted\s+in
      | cited\s+in | personal\s+communication
      | (?:tables?|figures?|chapters?|sections?|appendix|annex|part)\s+(?-i:[\dA-Z])
    )""",
    re.I | re.X,
)
"""What tells more of the work before."""
_ADDRESS_FIRST = regex(
    r"(?:and\s+|at\s+)?(?:https?://|www\.|doi[:\s]|10\.\d{4}|arxiv:|PMID|PMC\d|ISBN|[a-z0-9.-]+\.[a-z]{2,6}/)", re.I
)
_VOLUME = regex(r"\d{1,4}\s*(?:\([^)]{1,20}\))?\s*:\s*[a-z]?\d|\d{1,4}\s*\(\d", re.I)
_YEAR_AND_PAGES = regex(r"(?:1[5-9]|20)\d\d[a-z]?(?:\s+[A-Z][a-z]{2}\b\.?(?:\s+\d{1,2})?)?(?:[.;:,]|\s*$)")
"""The year of the proceedings before, with its pages (Vancouver: `In: Proceedings; 2022. p. 232-257`)."""
_YEAR = regex(r"(?:1[5-9]|20)\d\d")
_ENDS_DATED = regex(
    r"(?:1[5-9]|20)\d\d[a-z]?[)\]]?(?:[,:]?\s*(?:pp?\.\s*|at\s+)?[\d–-]{1,12}|,?\s*(?:available\s+)?here"
    r"|,?\s*https?://\S+)?$"
)
_AND_BEHIND = regex(r",?\s+(?:and|und|et)$")
_DATED = regex(r"(?:1[5-9]|20)\d\d(?:\s+[A-Z][a-z]{2}\.?(?:\s+\d{1,2})?)?\s*$")
_NAME = r"[^\W\d_][\w’'-]+(?:\s+[^\W\d_][\w’'-]+){0,2},\s*(?:[A-ZÀ-Þ]\.?[\s-]?){1,4}"
_AUTHORS = regex(rf"(?:{_NAME}\s*;\s*)*(?:and\s+|&\s+)?{_NAME}\s*")
_AUTHOR_AND_YEAR = regex(rf"{_NAME}[^()]{{0,120}}\((?:1[5-9]|20)\d\d")
_FULL_NAME = (
    r"(?:(?:de|van|von|der|den|la|di|da)\s)*[^\W\d_][\w’'-]+(?:\s+[A-ZÀ-Þ][\w’'-]+)?,\s*[A-ZÀ-Þ][\w’'.-]*"
    r"(?:\s+[A-ZÀ-Þ][\w’'.-]*){0,3}"
)
_FULL_AUTHORS = regex(rf"(?:{_FULL_NAME}\s*;\s*)*{_FULL_NAME}\s*")
_LAST_FULL_AUTHORS = regex(
    rf"\s*(?:and\s+|&\s+)?{_FULL_NAME}(?:\s*;\s*(?:and\s+|&\s+)?{_FULL_NAME})*\s*(?:u\.\s?a\.|et\s+al\.?)?\s"
    rf"*(?::|\.?\s*\(|[,.]\s+(?:1[5-9]|20)\d\d|\.\s|[,.]?\s*[“„«])"
)
"""A list of authors with full given names goes on to a colon, a year, a full stop or a quoted title."""
_MORE_AUTHORS = regex(rf"\s*(?:and\s+|&\s+)?(?:{_NAME}(?:[;(,:.\s]|$)|et\s+al)")
_CONJUNCTION = regex(r"\s*(?:and|&|or|as\s+well\s+as)\s+", re.I)
_TITLED = regex(
    r"[“\"‘][^”\"’]{6,}|\((?:[^()]{0,80}?[\s,:])?(?:1[5-9]|20)\d\d[a-z]?\)|\bv\.?\s+[A-Z]|\bpp?\.\s*\d"
    r"|\bat\s+\d|,\s*\d+\s*[.;]?\s*$"
)
_VERB = regex(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must"
    r"|shall|should|rose|fell|grew"
    r"|shows?|showed|says?|said|argues?|argued|suggests?|covered|covers|found|finds|remains?|includes?|became|see)\b"
)
_QUOTED = regex(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’|\([^()]*\)|\[[^\[\]]*\]|https?://\S+")
_SENTENCE_OVER = regex(r"(?:[\w/][/=_~%-]\S*|[)\]”\"’]|\d|\b[a-z]{4,})[.!?][”’\"')\]]*\s*$")


class _Reader:
    """A note's text with what is asked of it at every break."""

    def __init__(self, text: str, places: Sequence[int]) -> None:
        self._text = text
        self._addresses = sorted(places)
        self._identifiers = sorted(place_identifiers(text))
        self._sources = sorted([*places, *(start for start, _ in self._identifiers)])
        self._inside = quoted_span_mask(text)

    def breaks(self) -> Iterator[tuple[int, _Break]]:
        """The places where a citation may end, each with its kind, in order."""
        for match in _BREAKS.finditer(self._text):
            kind = _Break(match.lastgroup)
            at = match.end()
            if not self._inside[at - 1 if kind is _Break.SENTENCE else match.start()]:
                yield at, kind

    def parts(self, start: int, at: int, end: int, kind: _Break) -> bool:
        """Whether the break at `at`, between `start` and the next break, parts two works."""
        if not self._text[at:end].strip(" ;."):
            return False
        match kind:
            case _Break.SEMICOLON:
                return self._semicolon_parts(start, at, end)
            case _Break.SENTENCE:
                return self._sentence_parts(start, at, end)
            case _Break.APART:
                return self._has_source(start, at) or self._is_work(start, at)
            case _Break.CITED:
                return self._is_work(start, at) or self._has_source(start, at)
            case _Break.AND:
                return self._has_dated_works(start, at, min(at + _REACH, len(self._text)))
            case _Break.WITH:
                return self._compares(start, at, min(at + _REACH, len(self._text)))

    def _semicolon_parts(self, start: int, at: int, end: int) -> bool:
        left, right = self._text[start : at - 1].strip(), self._text[at:end].lstrip()
        if _GOES_ON.match(right) or _BARE_LIST.fullmatch(right.rstrip(" ;")) or not left:
            return False
        if _YEAR_AND_PAGES.match(right):
            return False
        if _VOLUME.match(right) and _DATED.search(left):
            return False
        if _AUTHORS.fullmatch(left) and _MORE_AUTHORS.match(right):
            return False
        if _FULL_AUTHORS.fullmatch(left) and _LAST_FULL_AUTHORS.match(self._text, at):
            return False
        if _ADDRESS_FIRST.match(right):
            return self._has_source(start, at) and not self._adds_identifier(start, at, end)
        if find_signal(right) is not None or refers_elsewhere(right):
            return True
        if _goes_on_low(right):
            return self._has_source(at, end) and (self._has_source(start, at) or self._is_work(start, at))
        return True

    def _sentence_parts(self, start: int, at: int, end: int) -> bool:
        right = self._text[at:end]
        if _GOES_ON.match(right) or _ADDRESS_FIRST.match(right):
            return False
        opens = OPENS.match(right)
        if opens:
            if OWN_PART.match(right, min(len(right), opens.end() + 1)):
                return False
            return self._has_source(start, at) or self._is_work(start, at)
        if FOR_MORE.match(right):
            return self._has_source(start, at) or self._is_work(start, at)
        over = _SENTENCE_OVER.search(self._text[max(start, at - 40) : at]) is not None
        begins = self._has_address(at, end) or _AUTHOR_AND_YEAR.match(self._text, at) is not None
        return over and begins and self._has_source(start, at)

    def _adds_identifier(self, start: int, at: int, end: int) -> bool:
        """Whether what follows is nothing but an identifier of a kind that the work before it has not."""
        right = self._text[at:end].strip(" .;")
        schemes = {key.partition(":")[0] for _, key in place_identifiers(right)}
        before = {key.partition(":")[0] for _, key in self._identifiers_between(start, at)}
        return bool(schemes) and not schemes & before and len(right.split()) <= _WORDS_OF_AN_IDENTIFIER

    def _identifiers_between(self, start: int, end: int) -> Sequence[tuple[int, str]]:
        first = bisect_left(self._identifiers, (start, ""))
        return self._identifiers[first : bisect_left(self._identifiers, (end, ""))]

    def _compares(self, start: int, at: int, end: int) -> bool:
        left = self._text[start : start + _REACH]
        return re.match(r"\W*compare\b", left, re.I) is not None and (
            self._is_work(at, end) or self._has_source(at, end)
        )

    def _has_dated_works(self, start: int, at: int, end: int) -> bool:
        """Whether on both sides of an `and` there is a work with its own title and date."""
        left, right = self._text[start:at].rstrip(" ,"), self._text[at:end]
        left = _AND_BEHIND.sub("", left)
        if not (_ENDS_DATED.search(left) and _YEAR.search(right)):
            return False
        works = [read_work(side) for side in (left, right)]
        return all(work is not None and work.title and work.date for work in works)

    def _has_address(self, start: int, end: int) -> bool:
        return _any_between(self._addresses, start, end)

    def _has_source(self, start: int, end: int) -> bool:
        """Whether a stretch says where its work is: an address, an identifier, another note."""
        return _any_between(self._sources, start, end) or refers_elsewhere(self._text[max(start, end - _REACH) : end])

    def _is_work(self, start: int, end: int) -> bool:
        """Whether a stretch has the form of a work (title, year in brackets, page) and says nothing of its own."""
        part = self._text[max(start, end - _REACH) : end]
        return _TITLED.search(part) is not None and not _VERB.search(_QUOTED.sub(" ", _unsigned(part)))


def _any_between(places: Sequence[int], start: int, end: int) -> bool:
    first = bisect_left(places, start)
    return first < len(places) and places[first] < end


def _unsigned(part: str) -> str:
    opens = OPENS.match(part.lstrip())
    return part.lstrip()[opens.end() :] if opens else part


def _goes_on_low(right: str) -> bool:
    """Whether what follows a semicolon begins like the rest of a sentence, not like a work."""
    lead = _CONJUNCTION.match(right)
    first = right[lead.end() if lead else 0 :].lstrip("“\"‘'([")
    particle = re.match(r"(?:de|del|della|van|von|der|den|du|la|le|el|al|bin|d’|d')[\s’']*[A-Z]", first)
    return first[:1].islower() and particle is None
