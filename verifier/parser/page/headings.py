"""Headings over lists of notes and of works, in the languages of the documents we read."""

import re
from collections.abc import Sequence
from enum import StrEnum

from verifier.parser.page.lines import Line
from verifier.parser.patterns import regex


class ListHeading(StrEnum):
    """What a heading says that the list below it is."""

    WORKS = "works"
    NOTES = "notes"


_NUMBERED = r"(?:(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])[.):]?\s+)?"
_WORKS = regex(
    rf"""{_NUMBERED}(?:
        (?:selected\ |cited\ |list\ of\ |notes\ and\ )?(?:references|bibliography|literature|works|sources)
            (?:\ (?:cited|and\ notes|and\ further\ reading))?
      | literature\ cited | works\ cited | citations
      | literatur(?:verzeichnis|angaben|nachweise?|hinweise)? | quellen(?:verzeichnis|angaben|nachweise?)?
      | (?:références(?:\ bibliographiques)?|bibliographie|ouvrages\ cités|sources)
      | (?:referencias(?:\ bibliográficas)?|bibliografía|obras\ citadas|fuentes)
      | (?:riferimenti(?:\ bibliografici)?|bibliografia|fonti|opere\ citate)
      | (?:referências(?:\ bibliográficas)?|fontes|obras\ citadas)
      | (?:literatuur(?:lijst)?|referenties|bronnen|bibliografie)
      | (?:referenser|källor|källförteckning|litteratur(?:liste|förteckning)?|kilder|referanser|referencer)
      | (?:lähteet|kirjallisuus|literatura|reference|použitá\ literatura|irodalom(?:jegyzék)?|kaynakça)
      | (?:список\ литературы|литература|източници|βιβλιογραφία|参考文献)
    )\s*:?""",
    re.IGNORECASE | re.VERBOSE,
)
_NOTES = regex(
    rf"""{_NUMBERED}(?:
        end\s?notes|footnotes|notes(?:\ and\ sources)?|anmerkungen|endnoten|fußnoten|notas(?:\ finales)?
      |note(?:\ finali)?|noten|eindnoten|voetnoten|noter|slutnoter|sluttnoter|noder|przypisy|poznámky|примечания
    )\s*:?""",
    re.IGNORECASE | re.VERBOSE,
)
_REACH = 3
"""Lines above a list's first entry among which its heading is looked for: a title and a line of introduction."""


def list_heading(lines: Sequence[Line], first: int, *, within: int = _REACH) -> ListHeading | None:
    """What a heading among the last lines above line `first` says of the list that begins there, if there is one."""
    for index in range(first - 1, max(-1, first - 1 - within), -1):
        text = lines[index].text.strip()
        if _WORKS.fullmatch(text):
            return ListHeading.WORKS
        if _NOTES.fullmatch(text):
            return ListHeading.NOTES
    return None
