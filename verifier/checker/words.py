"""The words of a text, as comparing needs them: folded to stems, in order, with their places."""

import re
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*")
STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "nor",
        "so",
        "yet",
        "if",
        "then",
        "than",
        "that",
        "this",
        "these",
        "those",
        "there",
        "here",
        "it",
        "its",
        "itself",
        "he",
        "him",
        "his",
        "she",
        "her",
        "hers",
        "they",
        "them",
        "their",
        "theirs",
        "we",
        "us",
        "our",
        "ours",
        "you",
        "your",
        "yours",
        "i",
        "me",
        "my",
        "mine",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "when",
        "where",
        "why",
        "how",
        "of",
        "in",
        "on",
        "at",
        "by",
        "to",
        "from",
        "for",
        "with",
        "without",
        "within",
        "into",
        "onto",
        "upon",
        "over",
        "under",
        "about",
        "around",
        "between",
        "among",
        "through",
        "during",
        "before",
        "after",
        "since",
        "until",
        "till",
        "against",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "do",
        "does",
        "did",
        "done",
        "doing",
        "have",
        "has",
        "had",
        "having",
        "will",
        "would",
        "can",
        "could",
        "shall",
        "should",
        "may",
        "might",
        "must",
        "not",
        "no",
        "also",
        "only",
        "just",
        "very",
        "more",
        "most",
        "much",
        "many",
        "some",
        "any",
        "all",
        "both",
        "each",
        "every",
        "either",
        "neither",
        "other",
        "another",
        "such",
        "same",
        "own",
        "too",
        "again",
        "further",
        "once",
        "up",
        "down",
        "out",
        "off",
        "per",
        "via",
        "et",
        "al",
        "said",
        "says",
        "say",
        "according",
        "one",
        "first",
        "while",
        "still",
        "even",
        "because",
        "although",
        "though",
        "however",
        "s",
        "t",
        "re",
        "ve",
        "ll",
        "d",
        "m",
        "percent",
        "per",
        "cent",
        "would",
    ]
)
_IRREGULAR = {
    "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall", "grew": "grow", "grown": "grow", "won": "win",
    "lost": "lose", "held": "hold", "led": "lead", "made": "make", "paid": "pay", "sold": "sell", "spent": "spend",
    "took": "take", "taken": "take", "began": "begin", "begun": "begin", "became": "become", "born": "birth",
    "died": "death", "die": "death", "dies": "death", "killed": "kill", "dead": "death", "deaths": "death",
    "children": "child", "people": "person", "women": "woman", "men": "man", "wrote": "write", "written": "write",
    "founded": "found", "gave": "give", "given": "give", "cut": "cut", "built": "build", "bought": "buy",
    "came": "come", "went": "go", "gone": "go", "left": "leave", "told": "tell", "sent": "send", "met": "meet",
    "ran": "run", "stood": "stand", "saw": "see", "seen": "see", "showed": "show", "shown": "show", "fewer": "few",
    "injured": "injury", "injuries": "injury", "married": "marry", "marriage": "marry", "elected": "elect",
    "films": "film", "movie": "film", "movies": "film", "published": "publish", "publication": "publish",
    "u.s": "us", "uk": "uk", "movies'": "film", "brothers": "brother", "seats": "seat", "lives": "live",
}  # fmt: skip
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
_ENDINGS = (
    ("iveness", ""), ("ively", ""), ("ations", ""), ("ation", ""), ("ments", ""), ("ment", ""), ("ness", ""), ("ingly", ""), ("ities", ""), ("ity", ""), ("ings", ""),
    ("ions", ""), ("ion", ""), ("ing", ""), ("ive", ""), ("ies", "y"), ("ied", "y"), ("ers", ""), ("ed", ""), ("er", ""), ("es", ""),
    ("ly", ""), ("al", ""), ("e", ""), ("s", ""),
)  # fmt: skip


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

EVERYDAY = frozenset(
    stem(word)
    for word in """
    year month week day time today yesterday tomorrow date period century decade age season
    new old first last next recent early late later previous current former final long short
    big large small great high low good bad best worst better full total whole overall main major
    make made take give get go come keep put set see find show know think want use work become seem
    include including involve follow call name know state report tell ask announce confirm claim add note
    number figure amount level rate part way place thing case point area group side end start begin
    person man woman child family world country city area home house life
    company government official member team player game work service system public national
    million billion thousand hundred dozen several various different similar
    near nearly almost around least since still ever never always often currently according compare
    stand hold run play help need try turn leave move live continue provide change increase decrease
    back away ahead well like among despite well-known
    """.split()
) - {""}
"""Stems so common in any text that meeting one says little: they count half in an alignment."""
