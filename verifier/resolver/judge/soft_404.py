"""Soft 404s: pages that say "not there" under a status that says all is well.

No single sign decides: an article may be titled "Not found", a short page may be real, a site may answer any address
with one page. Signs are weighed, and the host's answer to an impossible sibling address (the probe) is one of them
(after Bar-Yossef et al., "Sic transit gloria telae", WWW 2004, which asks for a random sibling too).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urljoin

from verifier.resolver.judge.page import Page
from verifier.resolver.judge.phrases import all_of, plain, segments, signs_of
from verifier.resolver.judge.similarity import likeness
from verifier.resolver.sources.urls import Address, split_address

_SAYS_SO = all_of(signs_of("not_found"))
_ABSENT = all_of(signs_of("absence"))
_VISITOR = all_of(signs_of("visitor"))
_HINTS = all_of(signs_of("not_found_hints"))
_SEARCHES = all_of(signs_of("searches"))
_REGRETS = re.compile(rf"(?<!\w)(?:{all_of(signs_of('apologies')).pattern})(?!\w)")
_APOLOGIES = re.compile(rf"^(?:{all_of(signs_of('apologies')).pattern})[\s,.!;:-]*")

ENOUGH = 4
"""Points at which a page is a soft 404."""

_CLAUSE = 60  # characters of a page's own text
_SENTENCE = 120
_VERY_SHORT = 300
_SHORT = 700
_MIDDLING = 1600
_LONG = 2500
_ALIKE = 0.9
SAME = 0.97
"""Likeness from which two pages are taken for one."""

_A_QUESTION = 6  # words
_GOES_ON = 2  # words
_TELLING_WORDS = 2  # words in an address's last part that name its page
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # kana, ideographs, hangul
_LONG_NAME = 12  # characters of an address's last part that stand in a text only where it repeats the address
_STEM = 5  # letters by which a word is known in another form
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(
    {"html", "aspx", "index", "page", "article", "default", "view", "show", "node", "content", "item", "document"}
    | {"file", "record", "detail", "details", "entry", "seite", "artikel", "dokument"}
)
# Words that name what has become of a page rather than what it is about.
_SAYS_ITSELF = frozenset(
    {"found", "missing", "removed", "deleted", "gone", "error", "expired", "unavailable", "withdrawn", "lost", "broken"}
    | {"link", "links", "dead", "empty", "soft", "search", "results", "invalid", "unknown", "retired", "moved"}
)
_MOST_OF_IT = 0.7  # of a title's part, in characters
_SOME_OF_IT = 0.45
_PROBE_TEXT = 20  # characters: two pages with less to compare are alike by chance

_MARKS = re.compile(
    r"(?:page-?|is-?)?(?:error|err)?[-_]?404(?:[-_]?\w+)?|(?:page-?|error-?)?not-?found(?:-\w+)?|page-?404"
)
_SCRIPTED = re.compile(
    r'"(?:statuscode|status|code|errorcode)"\s*:\s*"?404\b|"page"\s*:\s*"/(?:404|_error)"|"(?:is)?notfound"\s*:\s*true'
)
_ABOUT_IT = re.compile(
    r"(?<![a-z0-9])(?<!soft-)(?<!soft_)404(?![a-z0-9])|not[-_]?found|broken[-_]?links?|dead[-_]?links?|link[-_]?rot|missing[-_]?page|error[-_]?page|status[-_]?code"
)
_BARE_ABSENCE = re.compile(
    r"\b(?:not found|(?:could(?:n't| not)|can(?:'t|not)|unable to|failed to) (?:be )?(?:find|found|locate|located)|"
    r"did(?:n't| not) find|not registered|no longer|does(?:n't| not) exist|(?:not|n't) (?:be )?available|no such|"
    r"mislaid|unknown)\b"
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


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What a page says of being missing, in points, without a probe.

    `named`: its title or a heading has a word of its address. `short`: it is not, and has little text of its own.
    `elsewhere`: there is no word of the address in all of the page. `headed`: its title or a heading says so.
    `document`: a PDF or the like was asked for, and this is a page.
    """

    points: int
    short: bool
    elsewhere: bool
    named: bool
    headed: bool = False
    document: bool = False


NO_SUSPICION = Suspicion(points=0, short=False, elsewhere=False, named=False)


def suspicion_of(page: Page, address: str) -> Suspicion:
    """Weigh what the page itself shows."""
    length = page.own_length
    words = _words_of(address)
    named = _is_named(page, words, address)
    loosely = length <= _SHORT and not _is_named(page, words - _SAYS_ITSELF, address)
    title = _title_points(page.title, address, loosely)
    heading = _heading_points(page, loosely)
    points = title + heading + _text_points(page, address, length)
    if loosely:
        headline_only = title + heading == 0 and _has_other_content(page)
        told = 0 if headline_only else _told_points(page, address, length)
        told += 1 if told and title + heading and _is_elsewhere(page, words) else 0
        told += 1 if min(title, heading) == 1 and not _has_numbered_heading(page) else 0
        told += 2 if title == 2 and not page.headings and length <= _SENTENCE else 0
        silent_heads = page.headings and not title + heading and not _is_one_sentence(page)
        points = min(points + told, max(points, ENOUGH - 1)) if silent_heads else points + told
    if title + heading and not _is_headed_by_it(page) and _has_other_content(page):
        points = min(points, ENOUGH - 1)
    if _asks_a_question(page) or _is_a_longer_headline(page):
        points = min(points, ENOUGH - 1)
    if _is_marked(page, address):
        points += 2
    if canonical_is_home(page, address):
        points += 1
    if not page.html and length <= _SHORT and _MACHINE_ERROR.search(page.text.lower()):
        points += ENOUGH
    document = page.html and _asks_for_document(address)
    points += 1 if points and document else 0
    if length > _MIDDLING:
        points -= 3 if length > _LONG else 1
    if _ABOUT_IT.search(_path_of(address).rstrip("/").rpartition("/")[2]):
        points = min(points, ENOUGH - 1)
    return Suspicion(
        points, length <= _SHORT and not named, _is_elsewhere(page, words), named, title + heading > 1, document
    )


def _text_points(page: Page, address: str, length: int) -> int:
    """What a page's own text says by itself, wherever it stands."""
    if length > _MIDDLING:
        return 0
    own_text = plain(_without_address(page.main or page.text, address))
    found = _SAYS_SO.search(own_text) or _SAYS_SO.search(plain(page.main or page.text))
    if found is None:
        hinted = _HINTS.fullmatch(own_text)
        return 0 if not hinted else 3 if own_text.isdigit() or page.html else ENOUGH
    points = 2 if length <= _SHORT else 1
    points += 2 if len(found.group()) * 2 >= len(own_text) else 0
    return points + (2 if any(_SEARCHES.fullmatch(plain(text)) for _, text in page.headings[:6]) else 0)


def _told_points(page: Page, address: str, length: int) -> int:
    """What a short page tells its visitor: that something is absent, and that it was he who asked for it."""
    own_text = plain(_without_address(page.main or page.text, address))
    to_visitor = (2 if length <= _VERY_SHORT else 1) if _VISITOR.search(own_text) else 0
    if _SAYS_SO.search(own_text):
        return to_visitor
    told = _ABSENT.search(own_text)
    if told is not None:
        return 2 + max(to_visitor, 2 if len(told.group()) * 2 >= len(own_text) else 0)
    if not _BARE_ABSENCE.search(own_text):
        return 0
    return 2 if length <= _SENTENCE else 1 + min(to_visitor, 1)


def is_soft_404(suspicion: Suspicion, page: Page, url: str, probed: Page | None, probed_url: str) -> bool:
    """Whether the page is the host's way of saying "not there".

    `probed` is the page that the impossible sibling got with a 2xx, None where it got none.
    """
    if suspicion.points >= ENOUGH:
        return True
    if probed is None or (suspicion.points <= 0 and len(probed.text) < _PROBE_TEXT):
        return False
    alike = likeness(page, url, probed, probed_url)
    if alike >= SAME and (suspicion.short or suspicion.elsewhere):
        return True
    return suspicion.points > 0 and suspicion.points + (3 if alike >= _ALIKE else 0) >= ENOUGH


def _is_elsewhere(page: Page, words: frozenset[str]) -> bool:
    """Whether none of the words that name a page in its address is in the page."""
    if len(words) < _TELLING_WORDS:
        return False
    return not _has_any(f"{page.title} {page.text} {page.meta('description')}", words)


def _is_named(page: Page, words: frozenset[str], address: str) -> bool:
    """Whether its title or a heading has a word of its address: then it is hardly a page for any address.

    The address itself, which failures repeat, is no name.
    """
    heads = " ".join((page.title, *(text for level, text in page.headings if level < 3)))
    return _has_any(_without_address(heads, address), words)


def _path_of(address: str) -> str:
    """What stands behind the host, lower case."""
    return address.partition("://")[2].partition("/")[2].lower()


def _without_address(text: str, address: str) -> str:
    """A text without what it repeats of its address: the path, or its last part as written."""
    path = "/" + address.partition("://")[2].partition("/")[2]
    last = path.partition("?")[0].rstrip("/").rpartition("/")[2]
    written = {path, unquote(path), *((last,) if len(last) > _LONG_NAME else ())}
    for part in sorted(written - {"/"}, key=len, reverse=True):
        text = text.replace(part, "")
    return text


def _has_any(text: str, words: frozenset[str]) -> bool:
    shown = text.lower()
    return any(word[:_STEM] in shown for word in words)


def _words_of(address: str) -> frozenset[str]:
    """The words of an address's last part that may name its page."""
    parsed = split_address(address)
    if not isinstance(parsed, Address):
        return frozenset()
    last = next((part for part in reversed(unquote(parsed.path).split("/")) if part), "")
    return frozenset(word for word in _WORD.findall(last.lower()) if word not in _COMMON)


def _is_one_sentence(page: Page) -> bool:
    """Whether a page tells its visitor no more than a sentence, which has fewer letters where a letter is a word."""
    own_text = page.main or page.text
    dense = len(_DENSE.findall(own_text))
    return page.own_length + 2 * dense <= _SENTENCE and _VISITOR.search(plain(own_text)) is not None


def _is_headed_by_it(page: Page) -> bool:
    """Whether a heading is "not there" in words known as such, and nothing else; trials too have no results."""
    heads = (_APOLOGIES.sub("", plain(text)) for _, text in page.headings[:6])
    return any(_SAYS_SO.fullmatch(head) and not _OF_A_SEARCH.search(head) for head in heads)


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
    if not title or more == heading or len(more.split()) <= _GOES_ON or _COMMON & set(_WORD.findall(more)):
        return False
    return not any(sign.search(more) for sign in (_VISITOR, _SAYS_SO, _ABSENT, _BARE_ABSENCE, _HINTS))


def _has_other_content(page: Page) -> bool:
    """Whether there is a text under the headings that neither speaks to a visitor nor of anything absent."""
    below = page.main or page.text
    for _, heading in page.headings:
        below = below.replace(heading, " ", 1)
    if page.linked * 2 > len(below) or len(below) + 2 * len(_DENSE.findall(below)) <= _CLAUSE:
        return False
    told = plain(below)
    return not any(sign.search(told) for sign in (_VISITOR, _SAYS_SO, _ABSENT, _BARE_ABSENCE, _REGRETS))


def _title_points(title: str, address: str, loosely: bool) -> int:
    """A title's other parts name the site, and are few words; a headline after "Page not found:" is longer."""
    if loosely and "404" not in _path_of(address) and any(_NUMBERED.fullmatch(part) for part in segments(title)):
        return 2
    return _said_points(title, most_other_words=6, loosely=loosely)


def _heading_points(page: Page, loosely: bool) -> int:
    top = min((level for level, _ in page.headings[:6]), default=1)
    points = 0
    for level, text in page.headings[:6]:
        said = _said_points(text, most_other_words=3, loosely=loosely)
        points = max(points, said if level <= 2 or level == top else min(said, 1))
    return points


def _has_numbered_heading(page: Page) -> bool:
    """Whether a heading is no more than the number: things of that name are headed so, too."""
    return any(_NUMBERED.fullmatch(plain(text)) for _, text in page.headings[:6])


def _said_points(text: str, most_other_words: int, loosely: bool) -> int:
    """2 where a title or heading says that nothing is there, 1 where it hints at it, 0 where it says more besides."""
    if _says_so(plain(text), loosely):
        return 2
    parts = segments(text)
    said = [part for part in parts if _says_so(part, loosely)]
    hinted = [part for part in parts if _HINTS.fullmatch(part)]
    others = sum(len(part.split()) for part in parts if part not in said and part not in hinted)
    if others > most_other_words:
        return 0
    return 2 if said else min(len(hinted), 1)


@lru_cache(maxsize=1024)  # the parts of a title come again in its headings, and a site's name in every title
def _says_so(part: str, loosely: bool) -> bool:
    """Whether a title's part is nothing but "not there", after its apology and with few words more."""
    bare = _APOLOGIES.sub("", part)
    found = _SAYS_SO.search(bare)
    if found is not None and len(found.group()) >= _MOST_OF_IT * len(bare):
        return True
    loose = _ABSENT.search(bare) if loosely and not _ASKING.match(bare) else None
    return loose is not None and len(loose.group()) >= _SOME_OF_IT * len(bare)


def canonical_is_home(page: Page, address: str) -> bool:
    """Whether the page calls the home page its own address, and was asked for at another."""
    cited = split_address(address)
    stated = split_address(urljoin(address, page.canonical)) if page.canonical else None
    if not isinstance(cited, Address) or not isinstance(stated, Address):
        return False
    return stated.path == "/" and not stated.query and cited.path != "/" and stated.host == cited.host


def _is_marked(page: Page, address: str) -> bool:
    """Whether its making says so in no human language: classes, status metas, canonical link, state of a script."""
    own = _path_of(address)
    marked = any(_MARKS.fullmatch(mark) and mark not in own for mark in page.marks)
    status = page.meta("prerender-status-code") or page.meta("status")
    canonical = page.canonical.lower().rstrip("/").rsplit("/", 1)[-1]
    return (
        marked
        or _META_STATUS.search(status) is not None
        or (canonical not in own and _MARKS.fullmatch(canonical.removesuffix(".html")) is not None)
        or _SCRIPTED.search(page.scripts[:200_000].lower()) is not None
    )


def _asks_for_document(address: str) -> bool:
    parsed = split_address(address)
    return isinstance(parsed, Address) and _DOCUMENT.search(parsed.path) is not None
