"""Names in a text, and whether another text has one in some form: inflected, abbreviated, misspelt, as a people's."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from verifier.checker.align.index import ReadSource
from verifier.checker.align.words import EVERYDAY, STOP_WORDS, stem
from verifier.checker.figures.dates import MONTHS
from verifier.checker.slots.contrasts import VOCABULARY

_NAME = re.compile(
    r"(?<![\w'’])(?:[A-Z][\w&]*(?:[.'’-][A-Za-z]\w*)*\.?)(?:[\s-](?:(?:of|de|van|von|der|la|el|al|du)\s)?[A-Z][\w&]*(?:['’.-]\w+)*)*"
)
_TITLES = frozenset(
    """
mr mrs ms miss dr sir lady lord dame prof professor president senator governor judge justice king queen prince
princess pope saint st general captain minister representative secretary mayor
""".split()  # noqa: SIM905
)
_WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_NO_NAMES = _TITLES | _WEEKDAYS | frozenset(MONTHS) | STOP_WORDS | frozenset(
    """
i according among amid although despite however meanwhile today yesterday total overall only nearly almost roughly
approximately around some most several many another worldwide globally q1 q2 q3 q4 fy table figure half both two
three four five six seven eight nine ten dozens hundreds thousands millions it's less fewer
""".split()  # noqa: SIM905
)  # fmt: skip
_COMMON_ENDING = re.compile(r"(?:ing|ed|ly|tion|tions|ment|ments|ness|ity|ities|ance|ence|ers|ists|ors|ees|ies|ages)$")
_PART = re.compile(r"[^\s-]+")
_VERSION = re.compile(r"[\s-](\d{1,4}(?:\.\d)?)(?![\w,%]|\.\d|\s?[-–]\s?\d|\s(?:percent|per|million|billion|thousand))")
_LEAST_FUZZY = 6
_DEMONYMS = """
denmark danish danes; netherlands dutch holland; france french; germany german; sweden swedish swedes; spain spanish
spaniards; britain british uk united-kingdom u.k england english; scotland scottish scots; wales welsh; ireland irish;
poland polish poles; greece greek greeks; switzerland swiss; turkey turkish turks; china chinese; japan japanese;
portugal portuguese; norway norwegian; finland finnish finns; iceland icelandic; czechia czech; thailand thai thais;
wales welsh; philippines filipino filipinos philippine; cyprus cypriot; iraq iraqi; peru peruvian; us usa u.s american
americans america united-states; eu european europe; un united-nations; argentina argentine; burma myanmar burmese;
ivory-coast ivorian; new-zealand kiwis; vietnam vietnamese;
belgium belgian belgians; hungary hungarian; ukraine ukrainian
"""
_KIN: dict[str, int] = {
    word: number
    for number, line in enumerate(_DEMONYMS.replace("\n", " ").split(";"))
    for word in line.replace("-", " ").split()
    if word not in ("new", "coast", "united", "states", "nations", "kingdom")
}
"""Names of countries and their peoples whose stems differ (the CIA World Factbook's fields "country name" and
"nationality")."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name: its words in lower case without titles, where it is, and the number in it ("Llama 3")."""

    words: tuple[str, ...]
    start: int
    end: int
    version: str = ""

    def meets(self, other: "Name") -> bool:
        """Whether two names may be one: they share a word, or a word's stem."""
        mine = {stem(word) or word for word in self.words} | set(self.words)
        if self.version and other.version and self.version != other.version:
            return False
        return any(word in mine or stem(word) in mine for word in other.words)


def names_in(text: str, start: int, end: int) -> list[Name]:
    """The names between two places of a text; a lone ordinary word that begins it is none."""
    found = []
    for match in _NAME.finditer(text, start, end):
        kept = [
            word for word in _PART.finditer(match.group()) if word.group().lower().replace(".", "") not in _NO_NAMES
        ]
        words = tuple(re.sub(r"['’]s$", "", word.group().lower()).replace(".", "") for word in kept)
        if not any(word[:1].isalpha() for word in words):
            continue
        at = match.start() + kept[0].start()
        if len(words) == 1 and _begins(text, at, start) and _is_ordinary(words[0], kept[0].group()):
            continue
        after = _VERSION.match(text, match.end())
        version = after.group(1) if after is not None else ""
        if len(words) > 1 and words[-1].isdigit():  # "U-30"
            words, version = words[:-1], words[-1]
        found.append(Name(words, at, match.end(), version))
    return found


def _begins(text: str, at: int, start: int) -> bool:
    """Whether a sentence or its first phrase begins at a place: there a capital tells nothing."""
    return not re.search(r"\w", text[start:at]) or text[max(0, at - 2) : at].strip(' "“') in (".", "\n", ":")


def _is_ordinary(word: str, written: str) -> bool:
    if written.isupper() and len(written) > 1:
        return False
    if word in VOCABULARY or stem(word) in EVERYDAY:
        return True
    return _COMMON_ENDING.search(word) is not None or (
        word.endswith("s") and not word.endswith("ss") and len(word) > 4
    )  # fmt: skip


@dataclass(slots=True)
class NameFinder:
    """Looks names up in one source; what is costly is made when it is first asked for."""

    source: ReadSource
    _capitals: frozenset[str] | None = None

    def knows(self, name: Name) -> bool:
        """Whether the source has the name, a word of it, its initials or its long form, or one of its people."""
        distinctive = [word for word in name.words if len(word) > 2] or list(name.words)
        if len(distinctive) > 1 and self._is_class(distinctive[-1]):
            distinctive = distinctive[:-1]  # "the dam" does not name the Halden Dam
        return any(self._has(word) for word in distinctive) or self._has_initials(name)

    def _is_class(self, word: str) -> bool:
        """Whether the source has a name's last word as an ordinary one."""
        return re.search(rf"\b(?:[Tt]he|[Aa]n?|[Tt]his|[Ii]ts)\s{re.escape(word)}\b", self.source.text) is not None

    def _has(self, word: str) -> bool:
        if (stem(word) or word) in self.source.postings:
            return True
        if len(word) <= 2 or word.isupper():
            return word in self.capitals
        if any(character.isdigit() for character in word) and word in self.capitals:
            return True  # "CO2" is two words to the index
        kin = _KIN.get(word)
        for other in self.capitals:
            if kin is not None and _KIN.get(other) == kin:
                return True
            if len(word) >= _LEAST_FUZZY and len(other) >= _LEAST_FUZZY - 1:
                if word[:5] == other[:5] or DamerauLevenshtein.distance(word, other, score_cutoff=1) <= 1:
                    return True
            elif len(word) >= 4 and other.startswith(word) and len(other) <= len(word) + 3:
                return True
        return False

    def _has_initials(self, name: Name) -> bool:
        if len(name.words) > 1:
            return "".join(word[0] for word in name.words) in self.capitals
        word = name.words[0]
        if not 2 <= len(word) <= 6:
            return False
        pattern = r"\b" + r"\w*[\s-](?:(?:of|the|and|for|on|de)\s){0,2}".join(letter.upper() for letter in word)
        return re.search(pattern, self.source.text) is not None

    @property
    def capitals(self) -> frozenset[str]:
        """The capitalised words of the source, in lower case."""
        if self._capitals is None:
            words = re.findall(r"[A-Z](?:[\w]|[’'&](?!s\b)|\.(?=[A-Z]))*", self.source.text)
            self._capitals = frozenset(word.lower().replace(".", "") for word in words)
        return self._capitals
