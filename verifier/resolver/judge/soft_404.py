"""Soft 404s: pages that say "not there" under a status that says all is well.

What a page shows is weighed as was learned (see `weights`), and the host's answer to a control URL (the
probe) is set beside it (after Bar-Yossef et al., "Sic transit gloria telae", WWW 2004, which asks for a random sibling
too).
"""

from dataclasses import dataclass

from verifier.resolver.judge.features import ABSENCE_FEATURES, SHORT, features_of, first_features_of
from verifier.resolver.judge.page import Page
from verifier.resolver.judge.similarity import similarity
from verifier.resolver.judge.weights import Kind, weigh

ENOUGH = 4.0
"""Points at which a page is a soft 404: the learned log-odds at the cut are this many."""

_LEAST = 1.0  # a page that says anything of being missing has this many points, however much speaks against it
_MOST = 8.0  # more says nothing more: twice enough
_BY_PROBE = 3.0  # the host's same answer to any path makes enough of the least that a page says
_BY_ADDRESS = 1.5  # none of the words that name the page in its address is in it
_SURELY_THERE = -6.0  # log-odds: below lies one of 401 missing pages of our tables, which the probe tells
_HEADED = frozenset({"title_says", "title_says_loosely", "heading_says", "heading_says_loosely"})
_HINT_FEATURES = frozenset({"title_hints", "heading_hints", "text_hint"})  # things have such names, too
ALIKE = 0.9
"""Similarity from which two pages are one but for what changes from day to day."""
SAME = 0.97
"""Similarity from which two pages are taken for one."""
_PROBE_TEXT = 20  # characters: two pages with less to compare are alike by chance


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What a page says of being missing, in points, without a probe.

    `named`: its title or a heading has a word of its address. `short`: it is not, and has little text of its own.
    `elsewhere`: there is no word of the address in all of the page. `headed`: its title or a heading says so.
    `document`: a PDF or the like was asked for, and this is a page.
    """

    points: float
    short: bool
    elsewhere: bool
    named: bool
    headed: bool = False
    document: bool = False


NO_SUSPICION = Suspicion(points=0, short=False, elsewhere=False, named=False)


def suspicion_of(page: Page, address: str) -> Suspicion:
    """Weigh what the page itself shows."""
    features = first_features_of(page, address)
    points = _points(features_of(page, address)) if features & ABSENCE_FEATURES else 0.0
    named = "named" in features
    return Suspicion(
        points,
        short=page.own_length <= SHORT and not named,
        elsewhere="elsewhere" in features,
        named=named,
        headed=bool(features & _HEADED),
        document="document_wanted" in features,
    )


def _points(features: frozenset[str]) -> float:
    if "machine_error" in features:
        return _MOST
    odds = weigh(Kind.MISSING, features)
    if odds <= _SURELY_THERE:
        return 0.0
    if "elsewhere" in features and features & (_HEADED | _HINT_FEATURES):
        odds += _BY_ADDRESS * (2 if {"heading_is_it", "heading_to_visitor"} <= features else 1)
    most = ENOUGH - 1 if "length_more" in features or features & ABSENCE_FEATURES <= _HINT_FEATURES else _MOST
    return min(max(ENOUGH + odds, _LEAST), most)


def is_soft_404(suspicion: Suspicion, page: Page, url: str, probed: Page | None, probed_url: str) -> bool:
    """Whether the page is the host's way of saying "not there".

    `probed` is the page that the control URL got with a 2xx, None where it got none.
    """
    if suspicion.points >= ENOUGH:
        return True
    if probed is None or (suspicion.points <= 0 and len(probed.text) < _PROBE_TEXT):
        return False
    alike = similarity(page, url, probed, probed_url)
    if alike >= SAME and (suspicion.short or suspicion.elsewhere):
        return True
    return suspicion.points > 0 and suspicion.points + (_BY_PROBE if alike >= ALIKE else 0) >= ENOUGH
