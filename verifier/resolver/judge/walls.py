"""Pages in front of the content: bot checks, log-in, consent, country and pay walls, script-only shells.

What is behind a wall is there, and we may not read it. An ordinary page that carries a cookie banner, a log-in form or
a captcha beside its content is no wall: a wall is short, or says so in its title or heading.
"""

from collections.abc import Iterator
from functools import lru_cache

from verifier.model import LinkReason
from verifier.resolver.judge.page import Page
from verifier.resolver.judge.phrases import patterns_of, plain, segments, site_parts, unquoted
from verifier.resolver.judge.prefilter import Phrases
from verifier.resolver.judge.prose import is_notice, own_sentences, sentences

_PATTERNS = patterns_of("walls")
_BOT, _LIMITED, _LOGIN = (Phrases(_PATTERNS[name]) for name in ("bot", "ratelimit", "login"))
_CONSENT = Phrases(_PATTERNS["consent"])
_COUNTRY, _PAYWALL, _FORBIDDEN = (Phrases(_PATTERNS[name]) for name in ("country", "paywall", "forbidden"))
_COUNTRY_TEXT, _CONSENT_TEXT, _LOGIN_TEXT = (
    Phrases(_PATTERNS[name]) for name in ("countrytext", "consenttext", "logintext")
)
_PASSWORD_TEXT = Phrases(_PATTERNS["passwordtext"])
_BOT_TEXT, _PAYWALL_TEXT = (Phrases(_PATTERNS[name]) for name in ("bottext", "paywalltext"))
_SCRIPT_DEMANDED = Phrases(_PATTERNS["scriptdemanded"])
_JAVASCRIPT, _LOADING, _MACHINERY = (Phrases(_PATTERNS[name]) for name in ("javascript", "loading", "machinery"))

# Characters of a page's own text. Of 211 walls and log-ins of our tables 19 of 20 have at most 205, the longest 267; a
# page of one paragraph has more, and what is longer needs a second pattern.
_SHORT = 1500
_VERY_SHORT = 600
_NOTHING = 120
_HEADED = 30  # characters under a page's heading that are content already
_LINKS_OF_A_GATE = 5  # a gate has no menu
_AFTER_COLON = 2  # words: with more it is a headline
SAID_IN_WORDS = frozenset(
    {LinkReason.BOT_WALL, LinkReason.CONSENT_WALL, LinkReason.LEGAL_REASONS, LinkReason.LOGIN_REQUIRED}
    | {LinkReason.FORBIDDEN}
)
"""Walls that an article may be about: a page that its address names so is content, unless machinery proves a wall."""

_APP_ROOTS = frozenset({"root", "app", "__next", "__nuxt", "react-root", "app-root", "q-app", "svelte", "ember-app"})


def wall_of(page: Page) -> LinkReason | None:
    """The wall that a page is, by what it shows; None when it shows content (or nothing: see `needs_script`)."""
    heads = headline_parts(page)
    length = page.own_length
    if is_bot_wall(page) or (_is_headed_by(heads, _LIMITED, length) and length <= _VERY_SHORT):
        return LinkReason.BOT_WALL
    says = plain(page.text) if length <= _VERY_SHORT else ""
    if _is_headed_by(heads, _COUNTRY, length) or _COUNTRY_TEXT.search(says):
        return LinkReason.LEGAL_REASONS
    gate = page.links <= _LINKS_OF_A_GATE and length <= _VERY_SHORT
    if _is_headed_by(heads, _CONSENT, length) or (gate and _CONSENT_TEXT.search(plain(page.main or page.text))):
        return LinkReason.CONSENT_WALL
    if _is_login(page, heads, length) or _LOGIN_TEXT.search(says) or _asks_password(page, says):
        return LinkReason.LOGIN_REQUIRED
    if _is_paywall(page, heads, length):
        return LinkReason.PAYWALL
    return LinkReason.FORBIDDEN if _is_headed_by(heads, _FORBIDDEN, length) else None


def is_bot_wall(page: Page) -> bool:
    """Whether a page does nothing but check for robots, or turn one away."""
    length = page.own_length
    if length > _SHORT:
        return False
    says = (
        _BOT_TEXT.search(plain(unquoted(page.text))) is not None or _BOT_TEXT.search(plain(page.noscript)) is not None
    )
    if any(_BOT.fullmatch(head) for head in headline_parts(page)):
        return length <= _VERY_SHORT or says or has_machinery(page)
    said = says and page.links <= _LINKS_OF_A_GATE
    bare = length <= _NOTHING and page.links <= _LINKS_OF_A_GATE and has_machinery(page)
    return length <= _VERY_SHORT and (said or bare)


def is_nothing_but_a_check(page: Page) -> bool:
    """Whether all that a page says below its headings is said by a bot check, whatever its title and its address name.

    A page about such words has prose besides.
    """
    if page.own_length > _VERY_SHORT:
        return False
    said = sentences(page)
    checks = [bool(_BOT.fullmatch(sentence) or _BOT_TEXT.search(sentence)) for sentence in said]
    return any(checks) and all(check or is_notice(sentence) for check, sentence in zip(checks, said, strict=True))


def has_machinery(page: Page) -> bool:
    """Whether a page carries the scripts of a bot check."""
    made_of = " ".join((page.scripts, *page.script_sources, *page.frames, *page.marks)).lower()
    return _MACHINERY.search(made_of) is not None


def headline_parts(page: Page) -> tuple[str, ...]:
    """The parts of the title and the main headings that say what the page is, ready for matching.

    The other parts of a title name the site and are few words; "Access denied: the archives of the war" is a headline.
    """
    return _parts_of_heads(page.title, page.headings)


@lru_cache(maxsize=256)  # asked for by every wall and every dead page in turn
def _parts_of_heads(title: str, headings: tuple[tuple[int, str], ...]) -> tuple[str, ...]:
    found = list(_distinctive_parts(title, most_other_words=6))
    for level, text in headings:
        if level == 1 or not any(other == 1 for other, _ in headings):
            found += [plain(text), *_distinctive_parts(text, most_other_words=3)]
    return tuple(dict.fromkeys(found))


def _distinctive_parts(text: str, most_other_words: int) -> Iterator[str]:
    for part in site_parts(text):
        others = len(text.split()) - len(part.split())
        within = segments(part)
        words = sum(len(one.split()) for one in within)
        if others <= most_other_words:
            yield from (one for one in within if words - len(one.split()) <= _AFTER_COLON)


def _is_headed_by(heads: tuple[str, ...], pattern: Phrases, length: int) -> bool:
    """Whether a short page's title or heading is nothing but this pattern."""
    return length <= _SHORT and any(pattern.fullmatch(head) for head in heads)


def _is_login(page: Page, heads: tuple[str, ...], length: int) -> bool:
    if not any(_LOGIN.fullmatch(head) for head in heads):
        return False
    return length <= _SHORT if page.password_field else length <= _VERY_SHORT // 2


def _asks_password(page: Page, says: str) -> bool:
    return page.password_field and page.own_length <= _VERY_SHORT // 2 and _PASSWORD_TEXT.search(says) is not None


def states_a_paywall(page: Page) -> bool:
    """Whether a page says to search engines that its content is not free (schema.org)."""
    said = _squeezed(page.scripts)
    return '"isaccessibleforfree":false' in said or '"isaccessibleforfree":"false"' in said


def _is_paywall(page: Page, heads: tuple[str, ...], length: int) -> bool:
    if length > _SHORT:
        return False
    if states_a_paywall(page) or any(_PAYWALL.fullmatch(head) for head in heads):
        return True
    phrases = {found.group() for found in _PAYWALL_TEXT.finditer(plain(page.main))}
    return len(phrases) >= (1 if length <= _VERY_SHORT else 2)


def needs_script(page: Page) -> bool:
    """Whether a page is an empty shell that scripts fill."""
    if not page.html or len(page.text) > 4 * _NOTHING:
        return False
    scripted = bool(page.script_sources or page.scripts.strip())
    if _JAVASCRIPT.search(plain(page.text)) and (scripted or page.noscript):
        return True
    headed = any(level == 1 for level, _ in page.headings) and len(page.main) > _HEADED
    content = headed or bool(own_sentences(page))
    if _JAVASCRIPT.search(plain(page.noscript)) and not content:
        return True
    if len(page.text) <= 2 * _NOTHING and _SCRIPT_DEMANDED.search(plain(page.text)):
        return True
    if not scripted or len(page.text) > _NOTHING or sum(map(len, own_sentences(page))) >= _HEADED:
        return False
    return bool(page.marks & _APP_ROOTS) or not page.text or _LOADING.fullmatch(plain(page.text)) is not None


def _squeezed(text: str) -> str:
    return "".join(text.split()).lower() if "ccessibleForFree" in text else ""
