"""What a page shows of being missing, a notice, or content: a set of named features.

Each is one thing that is seen, without a weight: what each says was learned on pages (see `weights`). None decides
alone: an article may be titled "Not found", and a short page may be real.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urljoin

from verifier.resolver.judge.address_words import (
    COMMON,
    SAYS_ITSELF,
    WORD,
    is_elsewhere,
    is_named,
    path_of,
    without_address,
    words_of,
)
from verifier.resolver.judge.page import Page
from verifier.resolver.judge.phrases import all_of, patterns_of, plain, segments, unquoted
from verifier.resolver.judge.prefilter import Phrases, phrases_of
from verifier.resolver.judge.prose import (
    ABSENCE_PATTERNS,
    APOLOGY_PATTERNS,
    HINT_PATTERNS,
    NOT_FOUND_PATTERNS,
    NUMBERED_THING,
    REGRET_PATTERNS,
    VISITOR_PATTERNS,
    is_notice,
    is_of_a_wall,
    own_sentences,
    sentences,
    stated_figures,
)
from verifier.resolver.sources.urls import Address, split_address

_SEARCHES = phrases_of(patterns_of("searches"))
_APOLOGY = re.compile(rf"^(?:{all_of(APOLOGY_PATTERNS).pattern})[\s,.!;:-]*")

SHORT = 700  # characters of a page's own text
_LENGTHS = (60, 120, 300, SHORT, 1600, 2500)  # half, 19 of 20 and all missing pages of our tables; then real pages
_LOOKED_AT = 2500  # characters: the longest missing page of our tables has 610
_A_QUESTION = 6  # words
_GOES_ON = 2  # words
_MOST_OF_IT = 0.7  # of a title's part, in characters
_SOME_OF_IT = 0.45  # likewise of a looser phrase: with more besides, it says what is absent, where or when
_HALF = 2  # a phrase that is half of a text is what it says
_HEADS = 6  # the first headings say what a page is; further ones are its parts

_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # kana, ideographs, hangul
# What only the web has, in the words of the languages that most pages are in.
_OF_THE_WEB = re.compile(
    r"page|url|link|site|seite|página|pagina|sida|side[nr]?\b|sivu|stron[ay]|stránk|oldal|stranic|σελίδα|sayfa|страниц|"
    r"сторін|ページ|页|頁|페이지|صفحة|صفحه|דף|עמוד|trang|halaman|laman|หน้า|पृष्ठ|पेज|adresse|address|browser|server|404"
)
_MARKS = re.compile(
    r"(?:page-?|is-?)?(?:error|err)?[-_]?404(?:[-_]?\w+)?|(?:page-?|error-?)?not-?found(?:-\w+)?|page-?404"
)
_SCRIPTED = re.compile(
    r'"(?:statuscode|status|code|errorcode)"\s*:\s*"?404\b|"page"\s*:\s*"/(?:404|_error)"|"(?:is)?notfound"\s*:\s*true'
)
_ABOUT_IT = re.compile(
    r"(?<![a-z0-9])(?<!soft-)(?<!soft_)404(?![a-z0-9])|not[-_]?found|broken[-_]?links?|dead[-_]?links?|link[-_]?rot|"
    r"missing[-_]?page|error[-_]?page|status[-_]?code"
)
_BARE_ABSENCE_PATTERNS = Phrases(
    rf"\b(?:{words})\b"
    for words in (
        "not found",
        "(?:could(?:n't| not)|can(?:'t|not)|unable to|failed to) (?:be )?(?:find|found|locate|located)",
        "did(?:n't| not) find",
        "not registered",
        "no longer",
        "does(?:n't| not) exist",
        "(?:not|n't) (?:be )?available",
        "no such",
        "mislaid",
        "unknown",
    )
)
_ASKING = re.compile(
    r"(?:how|what|why|when|who|wie|was tun|warum|comment|pourquoi|cómo|qué|por qué|como|come|perché|как|почему)\b"
)
_OF_A_SEARCH = re.compile(r"\b(?:results?|match(?:es)?|records?|hits)\b")
_NUMBERED = re.compile(r"(?:http |status |error |code )*404(?: error)?")
_META_STATUS = re.compile(r"\b(?:404|410)\b")
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|csv|zip|txt|odt|ods|rtf|epub)$", re.IGNORECASE)
_MACHINE_ERROR = re.compile(
    r'"title"\s*:\s*"[^"]{0,40}not[ _-]?found[.!]?"|"(?:error|message|detail|status|code)"\s*:\s*'
    r'(?:"[^"]{0,60}(?:not[ _-]?found|does not exist|no such)[^"]{0,80}"|'
    r'"?404\b(?=\W*$|.*"(?:error|message|detail|title|reason|success)"))|'
    r"<(?:code|status)>\s*(?:nosuch\w+|\w*notfound|404)\s*</|<error code=\"\w*(?:notexist|notfound)\w*\"|"
    r"^\W*(?:error|fatal)\b.{0,20}\b(?:no such|not found|does not exist)"
)

ABSENCE_FEATURES = frozenset(
    {"title_says", "title_says_loosely", "title_hints", "title_number", "heading_says", "heading_says_loosely"}
    | {"heading_hints", "heading_number", "text_says", "text_is_it", "text_absent", "text_bare", "text_hint", "marked"}
    | {"scripted", "machine_error", "canonical_home"}
)
"""Features without any of which a page says nothing of being missing."""

UNWEIGHED = frozenset({"elsewhere", "links_none", "links_few", "links_many"})
"""Features that are not learned: the probe settles the first, and menus differ between sites, not between kinds."""


@lru_cache(maxsize=64)
def first_features_of(page: Page, address: str) -> frozenset[str]:
    """The names of what is seen at once: all of `ABSENCE_FEATURES`, and what names the page. Most pages need no
    more."""
    return frozenset(_at_first_sight(page, address))


@lru_cache(maxsize=64)
def features_of(page: Page, address: str) -> frozenset[str]:
    """The names of all that is seen, how the text speaks and what it has to say included."""
    return first_features_of(page, address) | frozenset((*_of_tone(page, address), *_of_prose(page, address)))


def _at_first_sight(page: Page, address: str) -> Iterator[str]:
    yield from _of_heads(page, address)
    yield from _of_absence(page, address)
    yield from _of_making(page, address)
    yield next((f"length_{most}" for most in _LENGTHS if page.own_length <= most), "length_more")
    words = words_of(address)
    if is_named(page, words, address):
        yield "named"
        if is_named(page, words - SAYS_ITSELF, address):
            yield "named_by_subject"
    if is_elsewhere(page, words):
        yield "elsewhere"
    if _ABOUT_IT.search(path_of(address).rstrip("/").rpartition("/")[2]):
        yield "address_is_about_it"


def _of_heads(page: Page, address: str) -> Iterator[str]:
    heads = [plain(text) for _, text in page.headings[:_HEADS]]
    said = _said_by_heads(page, address)
    yield from said
    yield from _of_silent_heads(page, said)
    if NUMBERED_THING.search(plain(page.title)):
        yield "number_of_a_thing"
    if any(_says_nothing_else(head) for head in heads):
        yield "heading_is_it"
    if said and any(map(VISITOR_PATTERNS.search, heads)):
        yield "heading_to_visitor"
    if any(map(_SEARCHES.fullmatch, heads)):
        yield "search_heading"
    if _asks_a_question(page):
        yield "question"
    if _is_a_longer_headline(page):
        yield "longer_headline"
    head = plain(" ".join((page.title, *(text for _, text in page.headings[:_HEADS]))))
    if said and not _OF_THE_WEB.search(head):
        yield "head_of_no_web_thing"


def _said_by_heads(page: Page, address: str) -> set[str]:
    """What title and headings say of being missing; a number that the address or a thing bears says nothing."""
    said = set(_said("title", page.title, most_other_words=6))
    top = min((level for level, _ in page.headings[:_HEADS]), default=1)
    for level, text in page.headings[:_HEADS]:
        by_heading = set(_said("heading", text, most_other_words=3))
        said |= by_heading if level <= 2 or level == top else {"low_heading"} if by_heading else set()
    numbered = NUMBERED_THING.search(plain(page.title)) is not None
    if "404" in path_of(address) or numbered:
        said -= {"title_number", "heading_number"}
    return said - {"title_hints", "heading_hints"} if numbered else said


def _of_silent_heads(page: Page, said: set[str]) -> Iterator[str]:
    """That a title or the headings say nothing of it."""
    if page.title and not any(name.startswith("title") for name in said):
        yield "silent_title"
    if not page.headings:
        yield "no_heading"
    elif not any(name.startswith("heading") for name in said):
        yield "silent_headings"


def _says_nothing_else(head: str) -> bool:
    bare = _APOLOGY.sub("", head)
    return NOT_FOUND_PATTERNS.fullmatch(bare) is not None and not _OF_A_SEARCH.search(bare)


@lru_cache(maxsize=64)
def _own_text(page: Page, address: str) -> str:
    """A page's own text as far as it is looked at, without what it repeats of its address and what it only quotes."""
    return plain(unquoted(without_address((page.main or page.text)[:_LOOKED_AT], address)))


def _of_absence(page: Page, address: str) -> Iterator[str]:
    """What a page's own text says of being missing, wherever it is."""
    own_text, shown = _own_text(page, address), (page.main or page.text)[:_LOOKED_AT]
    found = NOT_FOUND_PATTERNS.search(own_text)
    if found is None and without_address(shown, address) != shown:
        found = NOT_FOUND_PATTERNS.search(plain(unquoted(shown)))
    absent = ABSENCE_PATTERNS.search(own_text)
    if found:
        yield "text_says"
    if absent:
        yield "text_absent"
    matched = found or absent
    if matched and len(matched.group()) * _HALF >= len(own_text):
        yield "text_is_it"
    if not matched and _BARE_ABSENCE_PATTERNS.search(own_text):
        yield "text_bare"
    if HINT_PATTERNS.fullmatch(own_text):
        yield "text_hint"


def _of_tone(page: Page, address: str) -> Iterator[str]:
    """To whom a page's own text speaks, and how."""
    own_text = _own_text(page, address)
    if VISITOR_PATTERNS.search(own_text):
        yield "to_visitor"
    if REGRET_PATTERNS.search(own_text):
        yield "regrets"


def _of_prose(page: Page, address: str) -> Iterator[str]:
    all_said, own = sentences(page), own_sentences(page, address)
    figures = stated_figures(page, address)
    yield f"own_{min(len(own), 3)}"
    yield f"figures_{min(figures, 2)}"
    notice_sentences = [sentence for sentence in all_said if is_notice(sentence)]
    notices = len(notice_sentences)
    yield f"notices_{min(notices, 3)}"
    if any(is_of_a_wall(sentence) for sentence in all_said):
        yield "prose_of_a_wall"
    if own and len(own) > notices:
        yield "mostly_own"
    if not all_said:
        yield "no_prose"
    if any(
        NOT_FOUND_PATTERNS.search(one) or (ABSENCE_PATTERNS.search(one) and VISITOR_PATTERNS.search(one))
        for one in notice_sentences
    ):
        yield "prose_says"
    letters = sum(map(len, own))
    if letters >= 60 or len(_DENSE.findall(" ".join(own))) >= 20:
        yield "own_clause"


def _of_making(page: Page, address: str) -> Iterator[str]:
    """What its making says in no human language: classes, status metas, canonical link, state of a script."""
    own = path_of(address)
    status = page.meta("prerender-status-code") or page.meta("status")
    canonical = page.canonical.lower().rstrip("/").rsplit("/", 1)[-1]
    named = canonical not in own and _MARKS.fullmatch(canonical.removesuffix(".html")) is not None
    if named or _META_STATUS.search(status) or any(_MARKS.fullmatch(m) and m not in own for m in page.marks):
        yield "marked"
    if _SCRIPTED.search(page.scripts[:200_000].lower()):
        yield "scripted"
    if canonical_is_home(page, address):
        yield "canonical_home"
    if not page.html and page.own_length <= SHORT and _MACHINE_ERROR.search(page.text.lower()):
        yield "machine_error"
    if page.html and asks_for_document(address):
        yield "document_wanted"
    if not page.html:
        yield "no_html"
    yield "links_none" if not page.links else "links_few" if page.links <= 5 else "links_many"
    if page.inputs:
        yield "inputs"
    if page.password_field:
        yield "password"


def _said(where: str, text: str, most_other_words: int) -> Iterator[str]:
    """Whether a title or heading says that nothing is there, hints at it, or says more besides."""
    if _NUMBERED.fullmatch(plain(text)) or any(_NUMBERED.fullmatch(part) for part in segments(text)):
        yield f"{where}_number"
    parts = segments(text)
    said = [part for part in parts if _says_so(part, loosely=False)]
    loose = [part for part in parts if _says_so(part, loosely=True)]
    hinted = [part for part in parts if HINT_PATTERNS.fullmatch(part)]
    whole = _says_so(plain(text), loosely=False)
    others = sum(len(part.split()) for part in parts if part not in loose and part not in hinted)
    if others > most_other_words and not whole:
        return
    if said or whole:
        yield f"{where}_says"
    elif loose or _says_so(plain(text), loosely=True):
        yield f"{where}_says_loosely"
    elif hinted:
        yield f"{where}_hints"


@lru_cache(maxsize=1024)  # the parts of a title come again in its headings, and a site's name in every title
def _says_so(part: str, loosely: bool) -> bool:
    """Whether a title's part is nothing but "not there", after its apology and with few words more."""
    bare = _APOLOGY.sub("", part)
    found = NOT_FOUND_PATTERNS.search(bare)
    if found is not None and len(found.group()) >= _MOST_OF_IT * len(bare):
        return True
    loose = ABSENCE_PATTERNS.search(bare) if loosely and not _ASKING.match(bare) else None
    return loose is not None and len(loose.group()) >= _SOME_OF_IT * len(bare)


def _asks_a_question(page: Page) -> bool:
    """Whether its first heading is somebody's question, to which a page about failures is the answer."""
    asked = plain(page.headings[0][1]) if page.headings else ""
    return len(asked.split()) >= _A_QUESTION and _ASKING.match(asked) is not None


def _is_a_longer_headline(page: Page) -> bool:
    """Whether its first heading goes on where its title stops: "Not found" is then short for "Not found: the wolf"."""
    if not page.headings:
        return False
    heading, title = plain(page.headings[0][1]), plain(page.title)
    more = heading.removeprefix(title)
    if not title or more == heading or len(more.split()) <= _GOES_ON or COMMON & set(WORD.findall(more)):
        return False
    return not any(
        pattern.search(more)
        for pattern in (VISITOR_PATTERNS, NOT_FOUND_PATTERNS, ABSENCE_PATTERNS, _BARE_ABSENCE_PATTERNS, HINT_PATTERNS)
    )


def canonical_is_home(page: Page, address: str) -> bool:
    """Whether the page calls the home page its own address, and was asked for at another."""
    cited = split_address(address)
    stated = split_address(_absolute(address, page.canonical)) if page.canonical else None
    if not isinstance(cited, Address) or not isinstance(stated, Address):
        return False
    return stated.path == "/" and not stated.query and cited.path != "/" and stated.host == cited.host


def _absolute(address: str, reference: str) -> str:
    try:
        return urljoin(address, reference)
    except ValueError:  # half a bracket, say: whatever its maker meant, it leads nowhere
        return reference


def asks_for_document(address: str) -> bool:
    """Whether an address asks for a PDF or the like."""
    parsed = split_address(address)
    return isinstance(parsed, Address) and _DOCUMENT.search(parsed.path) is not None
