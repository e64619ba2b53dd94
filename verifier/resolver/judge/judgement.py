"""From a fetch to a link status: the one place where that is decided, a pure function.

Order matters and is part of the rule: what is in front of the content (walls) is reported before what is in its place
(dead pages), and what may pass (crashes) before what will not.
"""

from verifier.model import BY_CONTENT, Fetch, Judgement, LinkReason, LinkStatus, Outcome, Witness
from verifier.resolver.http.redirects import PERMANENT
from verifier.resolver.judge.dead_pages import (
    is_blank,
    is_made_for_parking,
    is_nothing_but_spam,
    names_host,
)
from verifier.resolver.judge.definite import BY_CODE, BY_OUTCOME, Verdict
from verifier.resolver.judge.features import canonical_is_home
from verifier.resolver.judge.page import Page
from verifier.resolver.judge.prose import own_sentences, stated_figures
from verifier.resolver.judge.redirect_target import RedirectTarget, is_home, led_to_parking
from verifier.resolver.judge.seen import Seen, challenges, see
from verifier.resolver.judge.similarity import similarity
from verifier.resolver.judge.soft_404 import SAME, Suspicion, is_soft_404
from verifier.resolver.judge.walls import (
    has_machinery,
    is_bot_wall,
    needs_script,
)
from verifier.resolver.sources.urls import Address, host_of, split_address

_GONE = frozenset({404, 410})
_NO_CONTENT = frozenset({204, 205})
_AN_ARTICLE = 300  # characters of its own in which no page says only that nothing is there
_LINKS_OF_A_SITE = 3  # a page of a site has at least a menu; a gate or a failure has not


def judge(fetch: Fetch, probe: Fetch | None) -> Judgement:
    """The link status of a fetch; `probe` is the fetch of the control URL, where one was made."""
    return judge_seen(see(fetch), see(probe) if probe is not None else None)


def needs_probe(fetch: Fetch) -> bool:
    """Whether the host's answer to a control URL would help to judge this fetch."""
    return suspicious(see(fetch))


def judge_seen(seen: Seen, probe: Seen | None) -> Judgement:
    """As `judge`, for fetches that were read already."""
    status, reason = _verdict(seen, probe)
    final = seen.fetch.final
    witness = _witness(seen, probe) if status is LinkStatus.BROKEN and reason in BY_CONTENT else None
    return Judgement(
        status, reason, final.http_status if final else None, final.url if final else None, witness=witness
    )


def _witness(seen: Seen, probe: Seen | None) -> Witness | None:
    """What besides the page itself shows that it is missing: the host's answer to unknown paths, or its link."""
    if _goes_anywhere(seen, probe):
        return Witness.HOST_ANSWER
    if (
        seen.page is not None
        and seen.redirect_target is RedirectTarget.THERE
        and canonical_is_home(seen.page, seen.fetch.address)
    ):
        return Witness.CANONICAL_LINK
    return None


def suspicious(seen: Seen) -> bool:
    """As `needs_probe`, for a fetch that was read already. The request it costs is spared where all looks well."""
    if not seen.served or seen.page is None or seen.code in _NO_CONTENT:
        return False
    if seen.redirect_target in (RedirectTarget.OTHER_HOME, RedirectTarget.HOME, RedirectTarget.ERROR):
        return True
    if seen.redirect_target is not RedirectTarget.THERE or _is_home_page(seen.fetch.address):
        return False
    said = seen.suspicion
    if seen.in_the_way:
        return False
    if seen.dead_page:
        return True
    if needs_script(seen.page) and said.points <= 0:
        return False
    return said.points > 0 or said.short or said.elsewhere or seen.spammed


def rests_on_similarity(seen: Seen, judgement: Judgement) -> bool:
    """Whether a judgement that the probe changed rests on nothing but the host's one answer to any address."""
    by_similarity = judgement.reason in (LinkReason.SOFT_404, LinkReason.SERVER_ERROR)
    said = seen.suspicion
    return (
        by_similarity
        and seen.redirect_target is RedirectTarget.THERE
        and not said.elsewhere
        and not said.headed
        and not said.document
    )


def is_shown_at(seen: Seen, other: Seen) -> bool:
    """Whether another address of the host shows this very page."""
    mine, theirs = seen.fetch.final, other.fetch.final
    if seen.page is None or other.page is None or mine is None or theirs is None or not other.served:
        return False
    return similarity(seen.page, mine.url, other.page, theirs.url) >= SAME


def _verdict(seen: Seen, probe: Seen | None) -> Verdict:
    fetch = seen.fetch
    if fetch.outcome is not Outcome.RESPONSE:
        return BY_OUTCOME[fetch.outcome]
    if not seen.served:
        return _refused_by_host(seen)
    if seen.code in _NO_CONTENT:
        return LinkStatus.UNREACHABLE, LinkReason.EMPTY_PAGE
    return seen.in_the_way or _in_its_place(seen, probe) or _there(fetch)


def _refused_by_host(seen: Seen) -> Verdict:
    """Not served: by its status, unless the page shows that a robot was meant."""
    code, page = seen.code, seen.page
    walled = page is not None and code >= 400 and is_bot_wall(page)
    if code in _GONE:  # many such pages carry a form with a captcha
        walled = challenges(seen) or (walled and seen.suspicion.points <= 0)
        return (LinkStatus.BLOCKED, LinkReason.BOT_WALL) if walled else BY_CODE[code]
    if walled or challenges(seen) or (page is not None and has_machinery(page)):
        return LinkStatus.BLOCKED, LinkReason.BOT_WALL
    if code in BY_CODE:
        return BY_CODE[code]
    if 500 <= code < 600:
        return LinkStatus.UNREACHABLE, LinkReason.SERVER_ERROR
    return LinkStatus.UNREACHABLE, LinkReason.UNEXPECTED_STATUS


def _in_its_place(seen: Seen, probe: Seen | None) -> Verdict | None:
    """What is where the content was."""
    fetch, page = seen.fetch, seen.page
    if is_blank(page, fetch.body):
        # 202, 203 and 206 say that the content is not here yet, changed on its way, or a part of it.
        status = LinkStatus.BROKEN if seen.code == 200 else LinkStatus.UNREACHABLE
        return status, LinkReason.EMPTY_PAGE
    if fetch.final is not None and led_to_parking(fetch.address, fetch.final.url):
        return LinkStatus.BROKEN, LinkReason.PARKED_DOMAIN
    if seen.dead_page is not None and _is_all_there_is(seen, page, probe):
        return LinkStatus.BROKEN, seen.dead_page
    if seen.redirect_target is RedirectTarget.ERROR:
        return LinkStatus.BROKEN, LinkReason.REDIRECT_TO_ERROR
    if seen.spammed and _was_taken_over(seen, probe):
        return LinkStatus.BROKEN, LinkReason.HIJACKED
    if _went_home(seen) or (seen.redirect_target is RedirectTarget.OTHER_HOME and _goes_anywhere(seen, probe)):
        return LinkStatus.BROKEN, LinkReason.REDIRECT_TO_HOME
    if seen.redirect_target is RedirectTarget.SEARCH:
        return LinkStatus.BROKEN, LinkReason.REDIRECT_TO_ERROR
    if page is None:
        return None
    if _is_home_page(fetch.address):
        return (LinkStatus.BLOCKED, LinkReason.NEEDS_JAVASCRIPT) if needs_script(page) else None
    if _says_nothing_is_there(seen, page, probe):
        silent = seen.suspicion.points <= 0
        return _verdict_by_similarity(page, seen.suspicion) if silent else (LinkStatus.BROKEN, LinkReason.SOFT_404)
    return (LinkStatus.BLOCKED, LinkReason.NEEDS_JAVASCRIPT) if needs_script(page) else None


def _verdict_by_similarity(page: Page, said: Suspicion) -> Verdict:
    """The same page for any address, and no word that it is missing: shells, gates and failures do so too.

    Only a page with a site's menu is believed to be the site's answer to what is not there, and none that has
    something else to tell: some hosts show their one article at any address.
    """
    if page.holders and page.script_sources:
        return LinkStatus.BLOCKED, LinkReason.NEEDS_JAVASCRIPT
    if page.links >= _LINKS_OF_A_SITE and (said.elsewhere or page.own_length <= _AN_ARTICLE):
        return LinkStatus.BROKEN, LinkReason.SOFT_404
    gate = page.inputs or page.scripts.strip() or page.script_sources
    return (LinkStatus.BLOCKED, LinkReason.BOT_WALL) if gate else (LinkStatus.UNREACHABLE, LinkReason.SERVER_ERROR)


def _says_nothing_is_there(seen: Seen, page: Page, probe: Seen | None) -> bool:
    end = seen.fetch.final
    probed = probe.page if probe is not None and probe.served else None
    probe_end = probe.fetch.final if probe is not None else None
    if end is None or (len(seen.fetch.hops) > 1 and probed and probe_end and end.url == probe_end.url):
        return (
            seen.suspicion.elsewhere or seen.suspicion.points > 0
        )  # every address that is not there is led to this one
    return is_soft_404(seen.suspicion, page, end.url, probed, probe_end.url if probe_end else "")


def _there(fetch: Fetch) -> Verdict:
    if fetch.final is None or fetch.final.url == fetch.address:
        return LinkStatus.OK, LinkReason.SERVED
    if fetch.hops[0].http_status in PERMANENT:
        return LinkStatus.MOVED, LinkReason.PERMANENT_REDIRECT
    return LinkStatus.OK, LinkReason.TEMPORARY_REDIRECT if len(fetch.hops) > 1 else LinkReason.SERVED


def _was_taken_over(seen: Seen, probe: Seen | None) -> bool:
    page, address = seen.page, seen.fetch.address
    alone = page is not None and is_nothing_but_spam(page, address) and not stated_figures(page, address)
    return alone or seen.suspicion.elsewhere or _went_home(seen) or _goes_anywhere(seen, probe)


def _is_all_there_is(seen: Seen, page: Page | None, probe: Seen | None) -> bool:
    """Whether a page that reads like a dead one has nothing of its own, or is the host's answer to any address.

    A host that knows other pages, or knows that they are missing, is not parked: its page is about another domain.
    """
    if page is None or is_made_for_parking(page) or _goes_anywhere(seen, probe):
        return True
    if seen.dead_page is LinkReason.PARKED_DOMAIN and _answers(probe) and probe and probe.dead_page is None:
        return seen.is_a_notice and (names_host(page, host_of(seen.fetch.address)) or not own_sentences(page))
    return seen.is_a_notice


def _answers(probe: Seen | None) -> bool:
    return probe is not None and probe.fetch.outcome is Outcome.RESPONSE


def _went_home(seen: Seen) -> bool:
    return seen.redirect_target is RedirectTarget.HOME


def _goes_anywhere(seen: Seen, probe: Seen | None) -> bool:
    """Whether the host serves this page for an address that cannot exist, too."""
    if probe is None or probe.fetch.outcome is not Outcome.RESPONSE:
        return False
    mine, theirs = seen.fetch.final, probe.fetch.final
    if mine is None or theirs is None or not probe.served:
        return False
    if not seen.fetch.body.strip() and not probe.fetch.body.strip():
        return True
    if probe.page is None or seen.page is None:
        return False
    if len(seen.fetch.hops) > 1 and mine.url == theirs.url:
        return True
    return similarity(seen.page, mine.url, probe.page, theirs.url) >= 0.9


def _is_home_page(address: str) -> bool:
    parsed = split_address(address)
    return isinstance(parsed, Address) and is_home(parsed)
