"""The words of a text, as comparing needs them: folded to stems, in order, with their places."""

import re
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*")
_STOP_WORDS = """
a about according after again against al all also although am among an and another any are around as at be
because been before being between both but by can cent could d did do does doing done down during each either
et even every first for from further had has have having he her here hers him his how however i if in into is
it its itself just ll m many may me might mine more most much must my neither no nor not of off on once one
only onto or other our ours out over own per percent re s said same say says shall she should since so some
still such t than that the their theirs them then there these they this those though through till to too under
until up upon us ve very via was we were what when where which while who whom whose why will with within
without would yet you your yours
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
_IRREGULAR_FORMS = """
rose:rise risen:rise fell:fall fallen:fall grew:grow grown:grow won:win lost:lose held:hold led:lead made:make
paid:pay sold:sell spent:spend took:take taken:take began:begin begun:begin became:become born:birth
died:death die:death dies:death killed:kill dead:death deaths:death children:child people:person women:woman
men:man wrote:write written:write founded:found gave:give given:give cut:cut built:build bought:buy came:come
went:go gone:go left:leave told:tell sent:send met:meet ran:run stood:stand saw:see seen:see showed:show
shown:show fewer:few injured:injury injuries:injury married:marry marriage:marry elected:elect films:film
movie:film movies:film published:publish publication:publish u.s:us uk:uk movies':film brothers:brother
seats:seat lives:live
"""
_IRREGULAR = dict(pair.split(":", 1) for pair in _IRREGULAR_FORMS.split())
_IRREGULAR_NOUNS = """
children people women men films movie movies movies' brothers fewer u.s uk deaths dead death injuries seats seat lives
publication marriage
"""
IRREGULAR_VERBS = frozenset(_IRREGULAR) - frozenset(_IRREGULAR_NOUNS.split())
"""Forms of verbs that no ending gives away: "rose", "fell", "held"."""
_SYNONYMS = """
rise increase grow climb gain jump surge expand up
fall decrease drop decline reduce shrink lower slump cut reduction
found establish form create set-up launch start begin commence
end finish conclude close
release publish issue premiere debut air
buy acquire purchase
win victory beat defeat
death die dies kill pass deceased
discount reduction rebate
child kid daughter son
sibling brother sister
firm company business corporation
car vehicle automobile
doctor physician
visit visitor
resident inhabitant population person citizen
cost price fee charge
earn make income
appoint name hire recruit
vote ballot
job position post role
picture film movie
show series programme program
house home residence
school pupil student
teach teacher
contest compete competition
respond respondent response
approve authorise authorize
marry wed wife husband spouse
""".strip().splitlines()
_ENDINGS_OFF = """
iveness: ively: ations: ation: ments: ment: ness: ingly: ities: ity: ings: ions: ion: ing: ive: ies:y ied:y
ers: ed: er: es: ly: al: e: s:
"""
_ENDINGS = [(end, instead) for end, instead in (pair.split(":", 1) for pair in _ENDINGS_OFF.split())]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word, "" for a stop word: a light suffix stripper, meant to err towards joining inflections.

    Words that newspapers use for one another ("rose", "grew") share the stem of the first of them.
    """
    plain = _strip(word)
    return _SAME_AS.get(plain, plain)


def _strip(word: str) -> str:
    word = word.lower().replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    if word in STOP_WORDS or len(word) < 2:
        return ""
    word = _IRREGULAR.get(word, word)
    if word[0].isdigit():
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: len(word) - len(ending)] + instead
            break
    else:
        if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
            word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word


def _read_synonyms() -> dict[str, str]:
    same: dict[str, str] = {}
    for line in _SYNONYMS:
        first, *others = (_strip(word) for word in line.split())
        for other in others:
            same.setdefault(other, same.get(first, first))
    return {word: kept for word, kept in same.items() if word and kept}


_SAME_AS = _read_synonyms()

_EVERYDAY_WORDS = """
year month week day time today yesterday tomorrow date period century decade age season new old first last
next recent early late later previous current former final long short big large small great high low good bad
best worst better full total whole overall main major make made take give get go come keep put set see find
show know think want use work become seem include including involve follow call name know state report tell
ask announce confirm claim add note number figure amount level rate part way place thing case point area group
side end start begin person man woman child family world country city area home house life company government
official member team player game work service system public national million billion thousand hundred dozen
several various different similar near nearly almost around least since still ever never always often
currently according compare stand hold run play help need try turn leave move live continue provide change
increase decrease back away ahead well like among despite well-known
"""
EVERYDAY = frozenset(stem(word) for word in _EVERYDAY_WORDS.split()) - {""}
"""Stems so common in any text that meeting one says little: they count half in an alignment."""
