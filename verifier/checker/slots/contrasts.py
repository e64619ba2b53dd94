"""Words that exclude each other beside one figure: real and nominal, planned and actual, urban and rural.

Each line of the table is a slot and the sides that exclude each other; the words of a side mean the same here. The
terms are those that statistical offices and accounting standards set against each other in their own headings (SNA 2008
for real and nominal, gross and net; IFRS and US GAAP for diluted and basic, pre-tax and after tax; the glossaries of the
US Bureau of Labor Statistics and Bureau of Economic Analysis for adjusted, advance and revised) and common antonyms.
A longer expression is read before a shorter one within it: "not seasonally adjusted" is no "seasonally adjusted".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from verifier.checker.slots.slot import Slot

_TABLE = """
measure | real; price-adjusted; inflation-adjusted; adjusted for inflation; constant-dollar; in constant dollars; constant prices; chained-dollar; in real terms | nominal; current-dollar; in current dollars; at current prices; unadjusted for inflation; not adjusted for inflation; in nominal terms
measure | seasonally adjusted; seasonally-adjusted | not seasonally adjusted; unadjusted; seasonally unadjusted; without seasonal adjustment; before seasonal adjustment
measure | net; after tax; after-tax; post-tax; after taxes | gross; before tax; pre-tax; pretax; before taxes
measure | median | mean; arithmetic mean
measure | diluted | basic; undiluted
measure | non-gaap; adjusted earnings | gaap; reported earnings
measure | headline; all-items | core; excluding food and energy
measure | age-adjusted; age-standardised; age-standardized | crude; unadjusted for age
measure | maximum; highest; peak; record high; at most | minimum; lowest; trough; record low
measure | incidence; new cases | prevalence
measure | wholesale | retail
measure | one-way | round-trip; return trip
measure | mild | severe; fatal
measure | injured; wounded; hurt; injuries | killed; died; dead; deaths; fatalities; killing
measure | births | deaths
measure | arrivals; inbound; immigration; immigrants | departures; outbound; emigration; emigrants
measure | revenue; revenues; sales; turnover | net income; net loss; net profit; profit; profits; cost of revenue; cost of sales; cost of goods sold; operating income; expenses
measure | exports; exported | imports; imported
measure | income; receipts | spending; expenditure; outlays; expenses
measure | surplus | deficit
measure | assets | liabilities; debt
measure | weight; weighs; weighed | height; tall; length; long
measure | direct emissions; scope 1 | indirect emissions; scope 2; scope 3
scope | worldwide; globally; global; around the world; in the world | in the united states; in the u.s; nationwide; nationally; domestic; domestically; in europe; in england; statewide
scope | men; male; males; boys; man; husbands | women; female; females; girls; woman; wives
scope | adults; adult | children; child; teenagers; teens; adolescents; minors; infants
scope | urban; cities | rural; countryside
scope | private sector; private-sector; private; privately | public sector; public-sector; government; publicly; state-owned
scope | full-time | part-time
scope | drug; treatment; treated; vaccine group; vaccinated; intervention | placebo; control group; controls; comparator; unvaccinated; untreated
scope | northern; north | southern; south
scope | eastern; east | western; west
scope | managers; management; executives | workers; staff; women; employees; nurses
scope | employed | unemployed; jobless
scope | primary | secondary
scope | democrats; democratic | republicans; republican
scope | domestic | foreign; international; overseas
scope | permanent | temporary
scope | new; newly built | used; existing; second-hand
scope | commercial | residential
scope | black | white
scope | owners; homeowners; owner-occupied | renters; tenants; rented
scope | smokers | non-smokers; nonsmokers; never-smokers
scope | buyers | sellers
status | planned; budgeted; projected; forecast; predicted; proposed; targeted; anticipated; budget of; budgeted at; expected to; estimated before; original estimate; was to cost; was to have | actual; actually; final cost; in the end; eventually; final bill; outturn; realised; realized; ended up; came in at; in fact
status | first reported; initially reported; originally reported; preliminary; initial estimate; advance estimate; first estimate; initially; originally; provisional; first put at; earlier estimate; previously reported; previously estimated | revised; revised down to; revised up to; after revision; corrected; restated; final estimate; second estimate; third estimate; updated; later put at; revision
status | pledged; promised; announced; requested; authorised; authorized; committed | delivered; disbursed; paid out; paid; spent; appropriated; received
status | alleged; allegedly; claimed; suspected | confirmed; proven; verified
status | seeking; sought; demanded; asked for | awarded; settled for; agreed to pay; won
relation | none of; no one of; not one of | all; every one of
relation | failed; failing; fail; failure; failures | passed; worked; succeeded; success; successful; met
relation | opposed; oppose; opposing; disapprove; disapproved; disapproves; reject; rejected; disagree; disagreed; voted no; nays; object; objected | supported; support; supporting; favour; favor; favoured; favored; in favour; in favor; approve; approved; approves; backed; agree; agreed; endorse; endorsed; voted yes; yeas
relation | lost; losing; defeat | won; winning; win; victory
relation | above; exceeds; exceeded; higher than | below; lower than; short of
relation | opened; opening; hired | closed; closing; shut; laid off
relation | buy; bought; acquired | sell; sold
relation | born | died; death
relation | excluding; not counting; exclusive of | including; inclusive of
relation | satisfied; happy | dissatisfied; unhappy
relation | trust; trusted | distrust; distrusted
"""


@dataclass(frozen=True, slots=True)
class Mention:
    """A side of a contrast that a text names: which contrast and side, where, and in which words."""

    contrast: int
    side: int
    start: int
    end: int
    words: str


SLOT_OF: tuple[Slot, ...] = tuple(Slot(line.split(" | ")[0]) for line in _TABLE.strip().splitlines())
"""The slot of each contrast, by its number."""

_LAST_NEEDED = "age-adjusted"
NEEDED = frozenset(range(1 + next(n for n, line in enumerate(_TABLE.strip().splitlines()) if _LAST_NEEDED in line)))
"""The contrasts of one thing measured in two ways, the first of the table: where the claim names a way, an accusation
needs the source to name it, too."""


def _sides() -> dict[str, list[tuple[int, int]]]:
    sides: dict[str, list[tuple[int, int]]] = {}
    for contrast, line in enumerate(_TABLE.strip().splitlines()):
        for side, words in enumerate(line.split(" | ")[1:]):
            for word in words.split(";"):
                sides.setdefault(word.strip(), []).append((contrast, side))
    return sides


_WORD = re.compile(r"[A-Za-z][\w’'.-]*[\w]")


def _by_first_word() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for phrase in sorted(_SIDES, key=len, reverse=True):
        found.setdefault(_WORD.match(phrase).group(), []).append(phrase)  # type: ignore[union-attr]
    return found


_SIDES = _sides()
_STARTS = _by_first_word()
VOCABULARY = frozenset(_STARTS)
"""The words that contrasts begin with: ordinary ones, also where they begin a sentence."""


def mentions(text: str, start: int, end: int) -> Iterator[Mention]:
    """The sides of contrasts named between two places of a text, in order."""
    low = text[start:end].lower()
    at = 0
    for found in _WORD.finditer(low):
        if found.start() < at:
            continue
        for phrase in _STARTS.get(found.group(), ()):
            stop = found.start() + len(phrase)
            if low.startswith(phrase, found.start()) and not low[stop : stop + 1].isalnum():
                for contrast, side in _SIDES[phrase]:
                    yield Mention(contrast, side, start + found.start(), start + stop, phrase)
                at = stop
                break
