"""Names: how those of persons and of institutions are written."""

import re

from verifier.parser.patterns import regex

UPPER = r"[A-ZÀ-ÞĀĂĄĆĈČĎĐĒĘĚĜĞĠĢĤĪĬĮİĴĶĹĻŁŃŅŇŌŎŐŒŔŘŚŜŞŠŢŤŪŬŮŰŲŴŶŹŻŽȘȚΑ-ΩА-Я]"
PARTICLE = (
    r"(?:de|del|della|delle|di|da|dos|das|do|du|des|van|von|vom|zu|zur|der|den|het|ter|ten|te|la"
    r"|le|el|al|bin|ibn|af|av|und|y|e|St\.|Van|De|Von|Den|Der|La|Le|Dos|’t|'t)"
)
CAP = rf"(?:[dDlLO][’']|al-|el-|Mc|Mac)?{UPPER}[\w’'‘`´.-]*"
FEW_INITIALS = regex(rf"(?:{UPPER}[a-z]?\.[\s-]*)+|{UPPER}(?:[\s.-]*{UPPER}){{0,3}}\.?")
FAMILY = regex(rf"(?:{PARTICLE}\s+|d[’'])*{CAP}(?:(?:\s+{PARTICLE})*\s+{CAP})?")
VANCOUVER = regex(
    rf"(?P<family>(?:{PARTICLE}\s+|d[’'])*{CAP}(?:(?:\s+{PARTICLE})*\s+(?!{UPPER}{{1,4}}\b(?!\s)){CAP}){{0,3}})"
    rf"\s+(?P<given>{UPPER}{{1,4}}|{UPPER}-{UPPER})(?:\s+(?:Jr|Sr|II|III|2nd|3rd))?"
)
GIVEN = regex(rf"{CAP}(?:[\s-]+(?:{CAP}|{PARTICLE})){{0,3}}")
PERSON = regex(rf"(?:{CAP}\s+){{1,4}}(?:{PARTICLE}\s+){{0,3}}(?:d[’'])?{CAP}(?:,?\s+(?:Jr|Sr|II|III|IV)\.?)?")
INSTITUTION = regex(
    r"""\b(?:Institut\w*|Inst\.|Cent(?:er|re)\w*|Zentrum|Council|Ministry|Minist[eè]re|\w*[Mm]inisterium|Office|Bureau|Bank|Banque
      |Agency|Agence|\w*[Aa]gentur|Commission\w*|Comm[’'.]n|Committee|Comité|Board|Department|Dep[’'.]t|Dept|Foundation|Found\.|Stiftung
      |Fondation|University|Universit\w+|College|School|Association|Ass[’'.]n|Society|Alliance|Union|Federation|Organi[sz]ation\w*
      |Service|Survey|Registry|Authority|Administration|Admin\.|Statisti\w+|Statisti[ck]s|Network|Initiative|Lab|Labs|Laborator\w+|Group|Inc|Ltd|LLC
      |Corp|Corporation|Company|Co\.|AI|Partners|Partnership|Consortium|Forum|Trust|Fund|Programme|Program|Project|Panel|Court|Congress
      |Parliament|Senate|House|Government|Govt|Secretariat|Secretary|Nations|States|Kingdom|Republic|City|County|State|National|International|Federal|European|Global
      |World|Auditor|Treasury|Ombudsman|Academy|Acad[eé]mie|Akademie|Bundes\w+|Amt|\w+amt|\w+rat|Verband|\w+verband|Observatory|Observatoire|Station
      |Library|Museum|Archives?|Press|News|Times|Post|Journal|Courier|Daily|Herald|Gazette|Tribune|Ledger|Technologies|Systems|Research|Software
      |Policy|Data|Team|Staff|Task\s+Force|Working\s+Party|Taskforce|Directorate\w*|Division|Chamber|Conference|League|Club|Movement|Coalition|Collaborat\w+|Watch|Reporters|Amnesty|Greenpeace|U\.S\.|US|UK|EU|UN)(?!\w)"""
    ,
    re.X,
)  # fmt: skip
ETAL = regex(
    r"[,;]?\s*(?:(?:and|&)\s+)?\(?\[?(?:et\.?\s*al?\b\.?|et\s+collab\.|et\s+autres|u\.\s?a\b\.?"
    r"|and\s+others|and\s+colleagues|(?<=\s)others|etc\.)\]?\)?"
)
EDITORS = regex(
    r"[,\s]*\(?\b(?:eds?|editors?|Hrsg|Hg|hrsg|dir|trans|comps?|coord)\b\.?\)?(?=\s*[,.;:]|\s*$)"
    r"|[,\s]*\((?:eds?|Hrsg|Hg|dir)\.?\)",
    re.I,
)
AND = regex(r"\s*,?\s+(?:and|und|et|y|e)\s+|\s*,?\s*&\s*")
_FUNCTION = frozenset(
    [
        "of",
        "for",
        "the",
        "and",
        "on",
        "in",
        "at",
        "to",
        "de",
        "la",
        "le",
        "les",
        "du",
        "des",
        "d",
        "l",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "für",
        "fur",
        "und",
        "zu",
        "zur",
        "et",
        "en",
        "y",
        "del",
        "della",
        "von",
        "van",
        "to",
        "with",
        "&",
    ]
)
ROLE = regex(
    r"(?:(?:Prime\s+|Deputy\s+|Vice\s+|Under|Chief\s+|Managing\s+|Executive\s+|Acting\s+)*(?:Governor"
    r"|Minister|President|Director|Chair(?:man|woman)?|Secretary|Senator|"
    r"Professor|Commissioner|Administrator|Economist|Officer|CEO|Ambassador|Justice|Judge|Member))\b"
)
_OPENING = frozenset(
    [
        "the",
        "this",
        "these",
        "those",
        "that",
        "we",
        "our",
        "it",
        "its",
        "as",
        "in",
        "for",
        "of",
        "all",
        "some",
        "most",
        "here",
        "there",
        "they",
        "their",
        "such",
        "an",
        "a",
        "if",
        "when",
        "while",
        "because",
        "since",
        "although",
        "however",
        "on",
        "by",
        "from",
        "to",
        "with",
        "figures",
        "data",
        "calculated",
        "authors’",
        "authors'",
        "note",
        "source",
        "sources",
        "own",
        "see",
        "hereinafter",
        "hereafter",
        "henceforth",
        "thereafter",
        "nachfolgend",
    ]
)
_VERBS = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "said",
        "says",
        "put",
        "noted",
        "notes",
        "writes",
        "wrote",
        "speaks",
        "argues",
        "argued",
        "found",
        "finds",
        "shows",
        "explains",
        "told",
        "stated",
        "states",
        "that",
        "which",
        "who",
        "not",
        "than",
    ]
)


def is_institution(name: str) -> bool:
    """Whether a name is that of a body: it holds a word of such, a function word, or is an acronym."""
    words = name.split()
    return bool(
        INSTITUTION.search(name)
        or any(word in ("of", "for", "on", "the", "für", "pour", "The") for word in words)
        or (len(words) == 1 and name.isupper() and len(name) > 1 and "." not in name)
        or len(words) > 5
    )


def is_name(part: str, *, longest: int = 12) -> bool:
    """Whether words can be the name of a person or a body: capitalised, joined by function words, no verb."""
    words = re.sub(r"\([A-ZÀ-Þ][^()]{0,30}\)", "", part).split()
    if not words or len(words) > longest or any(c in part for c in '“”„«»:?!"'):
        return False
    if (
        len(words[0]) > 1
        and words != ["An"]
        and words[0].casefold() in _OPENING
        and not (words[0] == "The" and len(words) > 1)
    ):
        return False
    if any(word.casefold() in _VERBS for word in words) or re.search(r"\d{3}", part):
        return False
    for word in words:
        bare = word.strip(".,()’'&-/")
        if not bare or bare in _FUNCTION or re.fullmatch(PARTICLE, bare):
            continue
        if not re.match(r"(?:[dlDL][’']|al-|el-|iOS|e[A-Z])?" + UPPER, bare) and not bare[:1].isdigit():
            return False
    return bool(re.match(rf"(?:{PARTICLE}\s|[dl][’']|al-|el-)*(?:{UPPER}|\d)", part)) or part[:1].isupper()
