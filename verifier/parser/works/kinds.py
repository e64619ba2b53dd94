"""The kind of a work, by the words that say it."""

import re

from verifier.model import WorkKind
from verifier.parser.patterns import regex

PRESS = regex(
    r"\b(?:Times|Courier|Daily|Post|Herald|Gazette|Tribune|Ledger|News|Guardian|Telegraph|Standard"
    r"(?:-Bearer)?|Reuters|Bloomberg|Associated\s+Press|AP|AFP"
    r"|BBC|CNN|NPR|Politico|Axios|Wired|Economist|Observer|Chronicle|Mail|Sun|Star|Globe|Mirror"
    r"|Independent|Inquirer|Examiner|Zeitung|Tagblatt|Tageblatt|Spiegel|Monde|Figaro"
    r"|Presse|Allgemeine|Wall\s+Street\s+Journal|Newsweek|Verge|TechCrunch|Handelsblatt|Neue\s+Z[üu]rcher"
    r"|Magazine|Weekly|Sentinel|Dispatch|Register|Argus|Bulletin|Morning|Evening|Express|Echo)\b"
)
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
        (r"\b(?:blog|blogpost|blog\s+post|weblog|substack)\b|\bNotes\s+\([A-Z][a-z]{2}", WorkKind.BLOG),
        (r"\barxiv\b|\bpreprint\b|\bbiorxiv\b|\bmedrxiv\b", WorkKind.PREPRINT),
    )
)
_PROCEEDINGS = regex(
    r"\b(?:Proceedings|Proc\.|Conference|Conf\.|Symposium|Workshop|Advances\s+in\s+Neural|NeurIPS"
    r"|ICML|ICLR|CVPR|AAAI|ACL|EMNLP|IJCAI|ICCV|ECCV|KDD)\b"
)
_VOLUME = regex(
    r"\d+\s*\(\d|\bvol\.|\bno\.\s*\d|\bn[°º]\s*\d|\bNr\.|\d{4};\s*\d|\d+:\s*\d|\d+\s*\((?:1[5-9]"
    r"|20)\d\d\)|\(\d{4}\)\s*\d+|,\s*\d+,\s*\d|^\W*\d+\s+[A-Z]"
)
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
        if _PROCEEDINGS.search(container):
            return WorkKind.PAPER
        if _VOLUME.search(rest):
            return WorkKind.ARTICLE
        if re.match(r"[\s,.;:]*(?:in|dans)\b", rest, re.I):
            return WorkKind.CHAPTER
        return WorkKind.NEWS if day else WorkKind.ARTICLE
    if (
        publisher
        and not institution
        and (place or _EDITION.search(rest) or re.search(r"\b(?:Press|Verlag|Books|Éditions|Publishers)\b", publisher))
    ):
        return WorkKind.BOOK
    if _EDITION.search(rest) and not institution:
        return WorkKind.BOOK
    return WorkKind.WEBPAGE if web else WorkKind.REPORT
