"""A fetch with what its page shows, read once: what is in the way of its content, and what is in its place."""

from dataclasses import dataclass, replace

from verifier.model import Fetch, LinkReason, LinkStatus, Outcome
from verifier.resolver.judge.dead_pages import dead_page_of, has_crashed, is_a_stub, looks_spammed, says_it_is_down
from verifier.resolver.judge.definite import Verdict
from verifier.resolver.judge.features import features_of
from verifier.resolver.judge.page import PDF, Page, page_of
from verifier.resolver.judge.prose import is_nothing_but_absence
from verifier.resolver.judge.redirect_target import RedirectTarget, redirect_target_of
from verifier.resolver.judge.soft_404 import ENOUGH, NO_SUSPICION, Suspicion, suspicion_of
from verifier.resolver.judge.walls import SAID_IN_WORDS, has_machinery, is_nothing_but_a_check, wall_of
from verifier.resolver.judge.weights import Kind, weigh
from verifier.resolver.text.document_text import ReadPayload, read_payload

_LAST_WORDS = 600  # characters: a crash that its address names and that says more is an article
_A_CHOICE = 2  # buttons: yes and no


@dataclass(frozen=True, slots=True)
class Seen:
    """A fetch with its page read once, for whoever needs it more than once.

    Of a served page: what is `in_the_way` of its content, the `dead_page` in its place, and whether it is `spammed`,
    about what expired domains are bought for.
    """

    fetch: Fetch
    page: Page | None = None
    redirect_target: RedirectTarget = RedirectTarget.THERE
    suspicion: Suspicion = NO_SUSPICION
    in_the_way: Verdict | None = None
    dead_page: LinkReason | None = None
    spammed: bool = False

    @property
    def code(self) -> int:
        """The status of the last response; 0 when none came."""
        return (self.fetch.final.http_status or 0) if self.fetch.final else 0

    @property
    def is_a_notice(self) -> bool:
        """Whether its page reads like a wall, a failure or a dead site, or says nothing but what those say."""
        if self.page is None:
            return False
        features = features_of(self.page, self.fetch.address)
        return {"prose_of_a_wall", "own_0"} <= features or weigh(Kind.NOTICE, features) >= 0

    @property
    def served(self) -> bool:
        """Whether the host says that this is the content (a 300 offers a choice of it)."""
        return self.fetch.outcome is Outcome.RESPONSE and 200 <= self.code <= 300


def see(fetch: Fetch, read: ReadPayload = read_payload) -> Seen:
    """Read a fetch's page, once. Raises DocumentError where `read` could not read it."""
    if fetch.outcome is not Outcome.RESPONSE or fetch.final is None:
        return Seen(fetch)
    page = page_of(fetch, read)
    if page is not None and fetch.media_type == PDF and not is_nothing_but_absence(page):
        page = None  # a document: only one that has nothing else to say is judged by its words
    redirect_target = redirect_target_of(fetch.address, fetch.final.url)
    suspicion = suspicion_of(page, fetch.address) if page is not None else NO_SUSPICION
    seen = Seen(fetch, page, redirect_target, suspicion)
    if not seen.served:
        return seen
    spammed = page is not None and looks_spammed(page, fetch.address)
    return replace(seen, in_the_way=_in_the_way(seen), dead_page=_dead_page(seen), spammed=spammed)


def _in_the_way(seen: Seen) -> Verdict | None:
    """What is in front of the content, or may pass."""
    if challenges(seen):
        return LinkStatus.BLOCKED, LinkReason.BOT_WALL
    if seen.redirect_target is RedirectTarget.LOGIN:
        return LinkStatus.BLOCKED, LinkReason.LOGIN_REQUIRED
    if seen.redirect_target is RedirectTarget.CONSENT:
        return LinkStatus.BLOCKED, LinkReason.CONSENT_WALL
    if seen.page is None:
        return None
    if _fails_for_now(seen, seen.page):
        return LinkStatus.UNREACHABLE, LinkReason.SERVER_ERROR
    wall = _wall(seen, seen.page)
    return None if wall is None else (LinkStatus.BLOCKED, wall)


def _fails_for_now(seen: Seen, page: Page) -> bool:
    """Whether a page is a program's last words, or says that the site is down."""
    named = seen.suspicion.named
    if has_crashed(page) and not (named and page.own_length > _LAST_WORDS):
        return True
    # some servers call a missing page an error of theirs
    missing = seen.suspicion.points >= ENOUGH and seen.suspicion.headed
    return says_it_is_down(page) and not named and not missing and seen.is_a_notice


def _wall(seen: Seen, page: Page) -> LinkReason | None:
    """The wall that a page is; one that is said in words alone may be what a page is about."""
    if is_nothing_but_a_check(page):
        return LinkReason.BOT_WALL
    wall = wall_of(page)
    if wall not in SAID_IN_WORDS:
        return wall
    asks_to_choose = wall is LinkReason.CONSENT_WALL and page.inputs >= _A_CHOICE
    if has_machinery(page) or page.password_field or asks_to_choose:
        return wall
    return None if seen.suspicion.named or not seen.is_a_notice else wall


def _dead_page(seen: Seen) -> LinkReason | None:
    """What is in the content's place; a page that its address names is content (but a parked domain's own name)."""
    dead = dead_page_of(seen.page) if seen.page is not None else None
    certain = dead is LinkReason.PARKED_DOMAIN or (seen.page is not None and is_a_stub(seen.page))
    return dead if certain or not seen.suspicion.named else None


def challenges(seen: Seen) -> bool:
    """Whether the response's headers say that a robot is being tested."""
    final = seen.fetch.final
    if final is None:
        return False
    mitigated = (final.header("cf-mitigated") or "").lower() == "challenge"
    return mitigated or (final.header("x-amzn-waf-action") or "").lower() in ("challenge", "captcha")
