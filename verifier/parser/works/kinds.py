"""The kind of a work, by the words that say it."""

import re

from verifier.model import WorkKind
from verifier.parser.patterns import regex
from verifier.parser.works.imprint import HOUSE

PRESS = regex(
    r"\b(?:Times|Courier|Daily|Post|Herald|Gazette|Tribune|Ledger|News|Guardian|Telegraph|Standard(?:-Bearer)?|Observer"
    r"|Chronicle|Mail|Sun|Star|Globe|Mirror|Independent|Inquirer|Examiner|Sentinel|Dispatch|Register|Argus|Bulletin|Morning"
    r"|Evening|Express|Echo|Magazine|Weekly|Broadcasting|Radio|Television|Newswire|Press\s+(?:Agency|Association)"
    r"|\w*[Zz]eitung|\w*[Bb]latt|Presse|Allgemeine|Anzeiger|Kurier|Nachrichten|Rundschau|Courrier|Gazet|Dagblad|Tidende"
    r"|Diario|Periódico|Giornale|Corriere)\b"
)
"""Words that names of newspapers, magazines and broadcasters are made of; none is a single one's name."""
_BY_WORDS: tuple[tuple[re.Pattern[str], WorkKind], ...] = tuple(
    (regex(pattern, re.I), kind)
    for pattern, kind in (
        (
            r"\[?\(?\b(?:data\s?set|dataset|database)\b\]?|replication\s+data|dataverse|zenodo|figshare",
            WorkKind.DATASET,
        ),
        (
            r"press\s+release|news\s+release|pressemitteilung|communiqu[ée]\s+de\s+presse|media\s+release",
            WorkKind.PRESS_RELEASE,
        ),
        (r"\b(?:diss(?:ertation)?\b\.?|thesis|th[èe]se|habilitation)", WorkKind.THESIS),
        (
            (
                r"[(,]\s*(?:speech|lecture|keynote|address|remarks)\b|\bremarks\s+(?:at|before|to)\b|\bspeech\s+"
                r"(?:at|to)\b"
            ),
            WorkKind.SPEECH,
        ),
        (
            (
                r"\bworking\s+paper\b|\bdiscussion\s+paper\b|\bstaff\s+paper\b|document\s+de\s+travail|arbeitspapier"
                r"|\bSSRN\b"
            ),
            WorkKind.WORKING_PAPER,
        ),
        (r"\btech(?:nical|\.)\s+rep(?:ort\b|\.)|\breport\s+no\.\s*\w", WorkKind.REPORT),
        (r"\b(?:blog|blogpost|blog\s+post|weblog|substack)\b|\bNotes\s+\([A-Z][a-z]{2}", WorkKind.BLOG),
        (r"\barxiv\b|\bpreprint\b|\bbiorxiv\b|\bmedrxiv\b", WorkKind.PREPRINT),
    )
)
_PROCEEDINGS = regex(
    r"\b(?:Proc\.|Conf\.|Symp\.|(?:Proceedings|Conference|Symposium|Workshop|Congress|Tagungsband|Actes)\b)"
    r"|^[A-Z]{2,}[A-Za-z]*(?:[\s’'-]*\d{2,4})?$|^Advances\s+in\s+\w+\s+\w+\s+Processing"
)
"""Words for the papers of a meeting; and an acronym, which is one's where `in` introduces it."""
_VOLUME = regex(
    r"\d+\s*\(\d|\bvol\.|\bno\.\s*\d|\bn[°º]\s*\d|\bNr\.|\d{4};\s*\d|\d+:\s*\d|\d+\s*\((?:1[5-9]"
    r"|20)\d\d\)|\(\d{4}\)\s*\d+|,\s*\d+,\s*\d|\s\d{1,3},\s(?:S|pp?)\.\s?\d|^\W*\d+\s+[A-Z]"
)
_EDITED = regex(r"\bedited\s+by\b|\beditors?\b|\bédité\s+par\b|\b[Hh]rsg\.")
_EDITION = regex(r"\bed(?:n|ition)?\b\.?|\bAufl(?:age)?\b|éd\.")


def kind_of(
    text: str,
    rest: str,
    container: str | None,
    publisher: str | None,
    day: bool,
    institution: bool,
    place: bool,
    web: bool,
) -> WorkKind:
    """The kind of a work that is no act, case or letter.

    `text` is the whole citation, `rest` what is behind the title; `day`: its date has a day; `institution`: a body
    wrote it; `place`: its imprint names a place; `web`: an address is all that says where it is.
    """
    for pattern, kind in _BY_WORDS:
        if pattern.search(text):
            return kind
    if container and PRESS.search(container) and not re.search(r"\b(?:Journal|Review)\s+of\b", container):
        return WorkKind.NEWS
    if container:
        return _kind_within(container, rest, day)
    if publisher and not institution and (place or HOUSE.search(publisher)):
        return WorkKind.BOOK
    if _EDITION.search(rest) and not institution:
        return WorkKind.BOOK
    return WorkKind.WEBPAGE if web else WorkKind.REPORT


def _kind_within(container: str, rest: str, day: bool) -> WorkKind:
    """The kind of a work in a container that is no newspaper by its name."""
    within = re.match(r"[\s,.;:]*(?:in|dans)\b", rest, re.I)
    if _PROCEEDINGS.search(container) and (within or not container.isupper()):
        return WorkKind.PAPER
    if _EDITED.search(rest):
        return WorkKind.CHAPTER
    if _VOLUME.search(rest):
        return WorkKind.ARTICLE
    if within:
        return WorkKind.CHAPTER
    return WorkKind.NEWS if day else WorkKind.ARTICLE
