"""Authors: persons in either order, and institutions."""

import re
from collections.abc import Iterator

from verifier.model import Author

_UPPER = r"[A-ZÀ-ÞĀĂĄĆĈČĎĐĒĘĚĜĞĠĢĤĪĬĮİĴĶĹĻŁŃŅŇŌŎŐŒŔŘŚŜŞŠŢŤŪŬŮŰŲŴŶŹŻŽȘȚΑ-ΩА-Я]"
_PARTICLE = r"(?:de|del|della|delle|di|da|dos|das|do|du|des|van|von|vom|zu|zur|der|den|het|ter|ten|te|la|le|el|al|bin|ibn|af|av|und|y|e|St\.|Van|De|Von|Den|Der|La|Le|Dos|’t|'t)"
_CAP = rf"(?:[dDlLO][’']|al-|el-|Mc|Mac)?{_UPPER}[\w’'‘`´.-]*"
_INITIALS = re.compile(rf"{_UPPER}[a-z]?\.?(?:[\s.-]*{_UPPER}[a-z]?\.?)*(?:,?\s+(?:Jr|Sr|II|III|IV)\.?)?")
_FEW_INITIALS = re.compile(rf"(?:{_UPPER}[a-z]?\.[\s-]*)+|{_UPPER}(?:[\s.-]*{_UPPER}){{0,3}}\.?")
_FAMILY = re.compile(rf"(?:{_PARTICLE}\s+|d[’'])*{_CAP}(?:(?:\s+{_PARTICLE})*\s+{_CAP})?")
_VANCOUVER = re.compile(
    rf"(?P<family>(?:{_PARTICLE}\s+|d[’'])*{_CAP}(?:(?:\s+{_PARTICLE})*\s+(?!{_UPPER}{{1,4}}\b(?!\s)){_CAP}){{0,3}})"
    rf"\s+(?P<given>{_UPPER}{{1,4}}|{_UPPER}-{_UPPER})(?:\s+(?:Jr|Sr|II|III|2nd|3rd))?"
)
_GIVEN = re.compile(rf"{_CAP}(?:[\s-]+(?:{_CAP}|{_PARTICLE})){{0,3}}")
_PERSON = re.compile(rf"(?:{_CAP}\s+){{1,4}}(?:{_PARTICLE}\s+){{0,3}}(?:d[’'])?{_CAP}(?:,?\s+(?:Jr|Sr|II|III|IV)\.?)?")
_INSTITUTION = re.compile(
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
_ETAL = re.compile(
    r"[,;]?\s*(?:(?:and|&)\s+)?\(?\[?(?:et\.?\s*al?\b\.?|et\s+collab\.|et\s+autres|u\.\s?a\b\.?|and\s+others|and\s+colleagues|(?<=\s)others|etc\.)\]?\)?"
)
_EDITORS = re.compile(
    r"[,\s]*\(?\b(?:eds?|editors?|Hrsg|Hg|hrsg|dir|trans|comps?|coord)\b\.?\)?(?=\s*[,.;:]|\s*$)|[,\s]*\((?:eds?|Hrsg|Hg|dir)\.?\)",
    re.I,
)
_AND = re.compile(r"\s*,?\s+(?:and|und|et|y|e)\s+|\s*,?\s*&\s*")
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
_ROLE = re.compile(
    r"(?:(?:Prime\s+|Deputy\s+|Vice\s+|Under|Chief\s+|Managing\s+|Executive\s+|Acting\s+)*(?:Governor|Minister|President|Director|Chair(?:man|woman)?|Secretary|Senator|"
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
        _INSTITUTION.search(name)
        or any(word in ("of", "for", "on", "the", "für", "pour", "The") for word in words)
        or (len(words) == 1 and name.isupper() and len(name) > 1 and "." not in name)
        or len(words) > 5
    )


def is_name(part: str, *, longest: int = 12) -> bool:
    """Whether words can be the name of a person or a body: capitalised, joined by function words, no verb."""
    words = re.sub(r"\([A-ZÀ-Þ][^()]{0,30}\)", "", part).split()
    if not words or len(words) > longest or any(c in part for c in '“”„«»:?!"'):
        return False
    if len(words[0]) > 1 and words[0].casefold() in _OPENING and not (words[0] == "The" and len(words) > 1):
        return False
    if any(word.casefold() in _VERBS for word in words) or re.search(r"\d{3}", part):
        return False
    for word in words:
        bare = word.strip(".,()’'&-/")
        if not bare or bare in _FUNCTION or re.fullmatch(_PARTICLE, bare):
            continue
        if not re.match(r"(?:[dlDL][’']|al-|el-|iOS|e[A-Z])?" + _UPPER, bare) and not bare[:1].isdigit():
            return False
    return bool(re.match(rf"(?:{_PARTICLE}\s|[dl][’']|al-|el-)*(?:{_UPPER}|\d)", part)) or part[:1].isupper()


def without_et_al(text: str) -> str:
    """A list of authors without `et al.`, and without `ed.`, `(eds)`."""
    return _EDITORS.sub("", _ETAL.sub("", text)).strip(" ,;:")


def split_names(text: str) -> list[str] | None:
    """The names in a list of authors, persons as they are written or as `Family, Given`; None where it is no such list."""
    text = without_et_al(re.sub(r"\s+", " ", text)).strip()
    if not text:
        return None
    if ";" in text:
        return _all_names(
            [_AND.sub("", p.strip(), count=1) if p.startswith(("and ", "& ")) else p.strip() for p in text.split(";")]
        )
    if "/" in text and text.count(",") == text.count("/") + 1:
        return _all_names([p.strip() for p in text.split("/")])
    parts = [p.strip() for p in text.split(",") if p.strip()]
    flat = [q.strip() for p in parts for q in _split_and(p)]
    if (
        all(_VANCOUVER.fullmatch(p) for p in flat)
        and not all(_PERSON.fullmatch(p) and not p.split()[-1].isupper() for p in flat)
        and not any(_in_capitals(p) for p in flat)
    ):
        return flat
    paired = _pair_initials(flat)
    if paired is not None:
        return paired
    if len(parts) > 1 and _is_inverted_head(parts):
        head = f"{parts[0]}, {_first_given(parts[1])}"
        rest = [*_split_and(parts[1])[1:], *(q for p in parts[2:] for q in _split_and(p))]
        if all(is_name(r, longest=6) for r in rest):
            return [head, *[r for r in rest if r not in ("Jr.", "Sr.", "II", "III")]]
    return flat if all(is_name(p) for p in flat) else None


def _in_capitals(name: str) -> bool:
    """Whether a name is set in capitals throughout: its last word is then no initials."""
    return name.isupper() and len(name.split()[-1]) > 2


def _all_names(parts: list[str]) -> list[str] | None:
    return parts if all(is_name(p.replace(",", "")) for p in parts) else None


def _first_given(part: str) -> str:
    return _split_and(part)[0]


def _is_inverted_head(parts: list[str]) -> bool:
    """Whether a list begins `Family, Given`: one family name, then given names only."""
    family, given = parts[0], _first_given(parts[1])
    if is_institution(family) or not _FAMILY.fullmatch(family) or not _GIVEN.fullmatch(given) or is_institution(given):
        return False
    words = family.split()
    single = len(words) == 1 or re.match(rf"{_PARTICLE}\s", family) is not None
    return (
        single
        or (len(parts) == 2 and len(given.split()) <= 2 and not _AND.search(parts[1]))
        or bool(_FEW_INITIALS.fullmatch(given))
    )


def _pair_initials(flat: list[str]) -> list[str] | None:
    """`Okoye`, `C.`, `Moor`, `J.` as two names, `C. Xiaoming` as one; None where no initials stand alone."""
    if not any(_FEW_INITIALS.fullmatch(p) and _mostly_initials(p) for p in flat[1:]):
        return None
    names: list[str] = []
    at = 0
    while at < len(flat):
        following = flat[at + 1] if at + 1 < len(flat) else ""
        if following and _FEW_INITIALS.fullmatch(following) and _mostly_initials(following):
            if not is_name(flat[at], longest=5):
                return None
            names.append(f"{flat[at]}, {following}")
            at += 2
            continue
        if flat[at] not in ("Jr.", "Sr.", "II", "III", "IV", "Jr"):
            if not is_name(flat[at]):
                return None
            names.append(flat[at])
        at += 1
    return names


def _mostly_initials(part: str) -> bool:
    return "." in part or len(part.replace(" ", "")) <= 3


def _split_and(part: str) -> list[str]:
    """A part of a list at its `and`, where both sides are whole names (`Health and Human Services` is one)."""
    sides = [s for s in _AND.split(part) if s.strip()]
    if part.startswith(("and ", "& ", "und ", "et ")):
        sides = [s.removeprefix("and ").removeprefix("& ").removeprefix("und ").removeprefix("et ") for s in sides]
    if len(sides) < 2:
        return sides or [part]
    bodies = [is_institution(s) for s in sides]
    if any(bodies) and not (all(bodies) and all(len(s.split()) > 1 or s.isupper() for s in sides)):
        return [" ".join(part.split())]
    if bodies[0] and re.search(r"\b(?:of|for|on)\b", sides[0]) and not re.search(r"\b(?:of|for)\b", sides[1]):
        tail = sides[1].split()
        return sides if len(tail) > 1 and _INSTITUTION.search(tail[-1]) and not tail[-1].endswith("s") else [part]
    return sides


def read_authors(text: str) -> tuple[Author, ...]:
    """The authors in a list; empty where it is none."""
    return tuple(_authors(text))


def _authors(text: str) -> Iterator[Author]:
    whole = without_et_al(re.sub(r"\s+", " ", text))
    if is_name(whole, longest=14) and is_institution(whole) and "," not in whole and len(_split_and(whole)) == 1:
        yield Author(whole)
        return
    for name in split_names(text) or ():
        yield _author(name.strip(" ,."), name)


def _author(bare: str, name: str) -> Author:
    if "," in name:
        family, _, given = name.partition(",")
        return Author(family.strip(), given.strip() or None)
    name = name.strip(" ,")
    vancouver = _VANCOUVER.fullmatch(name)
    if vancouver and not is_institution(name) and not _in_capitals(name):
        return Author(vancouver["family"], vancouver["given"])
    words = bare.split()
    if len(words) == 1 or is_institution(name) or not _PERSON.fullmatch(bare):
        return Author(name if is_institution(name) else bare)
    suffix = words.pop() if words[-1] in ("Jr", "Sr", "II", "III", "IV") and len(words) > 2 else None
    at = next(
        (i for i, word in enumerate(words) if 0 < i < len(words) - 1 and re.fullmatch(_PARTICLE, word) and word != "e"),
        len(words) - 1,
    )
    given = " ".join(words[:at])
    return Author(" ".join(words[at:]), f"{given} {suffix}" if suffix else given)


def leading_authors(parts: list[str]) -> int:
    """How many of the parts between commas are authors, in a citation that names them before its title.

    A list has its `and`; an office and the body behind it belong to the person before.
    """
    if not parts or not is_name(_ETAL.sub("", parts[0]).strip() or "?"):
        return 0
    count = 1
    if not _ETAL.search(parts[0]) and not _AND.search(parts[0]):
        for at in range(1, min(len(parts), 12)):
            part = parts[at]
            if _ETAL.match(part) or _ETAL.fullmatch(part):
                count = at + 1
                break
            if re.match(r"(?:and|&|und|et)\s", part):
                count = at + 1 if is_name(part.split(" ", 1)[1], longest=6) else count
                break
            if not _PERSON.fullmatch(_ETAL.sub("", _AND.split(part)[0])):
                break
            if _ETAL.search(part) or (
                _AND.search(part)
                and all(_PERSON.fullmatch(s) for s in _AND.split(part))
                and _PERSON.fullmatch(parts[0])
            ):
                count = at + 1
                break
    if count < len(parts) and _ROLE.match(parts[count]):
        count += 1
        if count < len(parts) - 1 and is_institution(parts[count]) and is_name(parts[count]):
            count += 1
    while count < len(parts) and re.fullmatch(r"(?:eds?\.?|Jr\.?|Sr\.?|editors?)", parts[count]):
        count += 1
    return count


def drop_roles(parts: list[str]) -> list[str]:
    """The parts without offices: `Peter Achterberg`, `Governor`, `Bank of Norland` is the first alone."""
    at = next((i for i, part in enumerate(parts) if i and _ROLE.match(part)), len(parts))
    return parts[:at]
