"""Pages that are where the content was: nothing at all, a server's default, a parked or suspended site, a crash."""

import re

from verifier.model import LinkReason
from verifier.resolver.judge.page import Page
from verifier.resolver.judge.phrases import patterns_of, plain
from verifier.resolver.judge.prefilter import Phrases
from verifier.resolver.judge.walls import headline_parts

_PATTERNS = patterns_of("dead_pages")
_CASED = re.compile(r"[a-zа-яà-ỹ]")  # scripts that part their words
_DEFAULT, _SUSPENDED, _PARKED, _MAINTENANCE = (
    Phrases(_PATTERNS[name]) for name in ("default", "suspended", "parked", "maintenance")
)
_DEFAULT_TEXT, _PARKED_TEXT, _PARKED_HINTS, _MAINTENANCE_TEXT = (
    Phrases(_PATTERNS[name]) for name in ("defaulttext", "parkedtext", "parkedhints", "maintenancetext")
)
_MAINTENANCE_LOOSE, _REPAIR_TEXT = (Phrases(_PATTERNS[name]) for name in ("maintenanceloose", "repairtext"))
_DEFAULT_SHORT = Phrases(_PATTERNS["defaultshort"])
_PARKING_MACHINERY = Phrases(_PATTERNS["parkingmachinery"])
_SPAM = Phrases(rf"(?<!\w)(?:{pattern})(?!\w)" if _CASED.search(pattern) else pattern for pattern in _PATTERNS["spam"])
_NAME = Phrases(_PATTERNS["parkedname"])

_SHORT = 2000  # characters of a page's own text: none of these pages has more to say
_CRASH = 4000  # a crash may list its calls
_QUOTED = 1000  # the longest page of our tables that fails has 240; an article that quotes a crash has headings
_SHORT_DEFAULT = 600  # the longest short default page of our tables has 390
_LONGEST_DEFAULT = 6000  # Debian's explains its whole set-up
# Of 32 hijacked pages of our tables all have two such words in their heads and four in all; 5 of 639 real pages do.
_SPAM_IN_HEAD = 2
_SPAM_IN_TEXT = 4
_CROWDED = 3  # half of the hijacked pages; real headlines about games of chance have as many, not their texts
_THICK = 0.25  # of a text's characters: articles about games of chance have less than a tenth
_MANY_WORDS = 5  # different ones
_SAYS_LITTLE_ELSE = 600  # the longest parked page of our tables has 390 characters, 19 of 20 have at most 220
_SAYS_LITTLE = 300  # the longest page of our tables that is down for now has 240
_NOTHING_MORE = 20  # characters
_LINKS_OF_A_STUB = 3  # a site that writes about domains or closed accounts has a menu
_LINKS_OF_A_DEFAULT = 12  # to its maker's manuals
_TO_THE_OWNER = re.compile(
    r"\b(?:hosting|provider|billing|invoice|webmaster|proveedor|hébergeur|anbieter|хостинг\w*)\b"
)
_OF_A_SERVER = re.compile(
    r"server|site|web|host|domain|domein|dominio|install|page|seite|pagina|página|software|content|apache|nginx|iis|"
    r"plesk|cpanel|сайт|сервер|サイト|网站|사이트|in kürze|coming|soon|demnächst"
)
_SENTENCE_END = re.compile(r"[.!?。！？](?=\s|$)")
_FAILS = re.compile(
    r'"(?:status|code|statuscode|error_?code)"\s*:\s*"?5\d\d\b|'
    r'"(?:error|message)"\s*:\s*"?(?:internal (?:server )?error|database|service)'
)


def is_blank(page: Page | None, body: bytes) -> bool:
    """Whether nothing was served that a reader, or a script, could make anything of."""
    if not body.strip():
        return True
    if page is None:
        return False
    made_of = page.text or page.media or page.inputs or page.frames or page.script_sources or page.scripts.strip()
    return not (made_of or page.noscript or page.meta("refresh"))


def says_it_is_down(page: Page) -> bool:
    """Whether a page's title or heading says that the site is being repaired or has failed: perhaps for now."""
    heads = headline_parts(page)
    if page.own_length <= _SAYS_LITTLE and any(_MAINTENANCE_LOOSE.fullmatch(head) for head in heads):
        return True
    if page.own_length <= _SAYS_LITTLE and _REPAIR_TEXT.search(plain(page.text[:_CRASH])):
        return True
    return len(page.main) <= _SHORT and any(_MAINTENANCE.fullmatch(head) for head in heads)


def has_crashed(page: Page) -> bool:
    """Whether a program's last words are in the page, and are not quoted in an article about crashes."""
    if len(page.main) > _CRASH or (len(page.text) > _QUOTED and page.headings):
        return False
    if not page.html and len(page.text) <= _SAYS_LITTLE_ELSE and _FAILS.search(page.text.lower()):
        return True
    return _MAINTENANCE_TEXT.search(plain(page.text[:_CRASH])) is not None


def dead_page_of(page: Page) -> LinkReason | None:
    """Why a page is not the content that was cited; None when it may be."""
    length = len(page.main or page.text)
    if length > _LONGEST_DEFAULT:
        return None
    heads = headline_parts(page)
    says = plain(page.text[:_LONGEST_DEFAULT])
    if _DEFAULT_TEXT.search(says):
        return LinkReason.DEFAULT_PAGE
    if length <= _SHORT_DEFAULT and _DEFAULT_SHORT.search(says):
        return LinkReason.DEFAULT_PAGE
    if length > _SHORT:
        return None
    if page.links <= _LINKS_OF_A_STUB and any(_SUSPENDED.fullmatch(head) for head in heads):
        return LinkReason.SUSPENDED
    shown = heads or ((says,) if page.html else ())
    if length <= _SHORT_DEFAULT and any(_DEFAULT.fullmatch(head) for head in shown) and _is_of_a_server(page):
        return LinkReason.DEFAULT_PAGE
    return LinkReason.PARKED_DOMAIN if _is_parked(page, heads, says) else None


def _is_of_a_server(page: Page) -> bool:
    """Whether a page speaks of nothing but its making: "It works" may head a text about a pump."""
    below = page.main or page.text
    for _, heading in page.headings:
        below = below.replace(heading, " ", 1)
    return len(below.strip()) <= _NOTHING_MORE or _OF_A_SERVER.search(plain(page.text)) is not None


def is_a_stub(page: Page) -> bool:
    """Whether a default or suspended page says so twice, in its heading and to the site's owner, and nothing else."""
    if len(page.main) > _SHORT or page.links > _LINKS_OF_A_DEFAULT:
        return False
    says, heads = plain(page.text), headline_parts(page)
    if _DEFAULT_TEXT.search(says):
        return any(_DEFAULT.fullmatch(head) for head in heads)
    suspended = len(page.main) <= _SAYS_LITTLE and any(_SUSPENDED.fullmatch(head) for head in heads)
    return suspended and _TO_THE_OWNER.search(says) is not None


def looks_spammed(page: Page, address: str) -> bool:
    """Whether a page is about what expired domains are bought for, and its address is not."""
    in_head = {found.group() for found in _SPAM.finditer(" ".join(headline_parts(page)))}
    if len(in_head) < _SPAM_IN_HEAD or _SPAM.search(address.lower()):
        return False
    return sum(1 for _ in _SPAM.finditer(plain(f"{page.title} {page.text[:5000]}"))) >= _SPAM_IN_TEXT


def is_nothing_but_spam(page: Page, address: str) -> bool:
    """Whether spam's words crowd the heading and, apart from it, the text: no headline of an article does both."""
    heads = " ".join(headline_parts(page))
    below = plain(page.main or page.text)
    for _, heading in page.headings:
        below = below.replace(plain(heading), " ", 1)
    in_head = {found.group() for found in _SPAM.finditer(heads)}
    in_text = [found.group() for found in _SPAM.finditer(below[:5000])]
    crowded = len(in_head) >= _CROWDED and len(in_text) >= _CROWDED and len(set(in_text)) >= _CROWDED
    thick = len({*in_text, *in_head}) >= _MANY_WORDS and sum(map(len, in_text)) >= _THICK * len(below)
    return (crowded or (bool(in_text) and thick)) and looks_spammed(page, address)


def names_host(page: Page, host: str) -> bool:
    """Whether a page speaks of the very host that it is at, as the pages of parked domains do."""
    bare = host.removeprefix("www.")
    return bare in plain(f"{page.title} {page.text[:_LONGEST_DEFAULT]}")


def is_made_for_parking(page: Page) -> bool:
    """Whether a page carries the scripts of a parking service."""
    made_of = " ".join((page.scripts, *page.script_sources, *page.frames)).lower()
    return _PARKING_MACHINERY.search(made_of) is not None


def _is_parked(page: Page, heads: tuple[str, ...], says: str) -> bool:
    """A parked page is made by a parking service, says little else, or says so twice and once in its heading.

    Advertisements alone prove nothing, nor does an offer of anything but a domain.
    """
    if is_made_for_parking(page):
        return True
    headed = any(_PARKED.fullmatch(head) for head in heads)
    said = headed + sum(1 for sentence in set(_SENTENCE_END.split(says)) if _PARKED_TEXT.search(sentence))
    if not said or not _NAME.search(f"{' '.join(heads)} {says}"):
        return False
    said += _PARKED_HINTS.search(says) is not None
    if said and page.links <= _LINKS_OF_A_STUB and len(says) <= _SAYS_LITTLE:
        return True
    return (headed and len(says) <= _SAYS_LITTLE_ELSE) or (said >= 2 and (headed or len(says) <= _SAYS_LITTLE_ELSE))
