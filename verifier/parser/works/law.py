"""Acts, bills, regulations, treaties and decisions of courts: works that are cited by number."""

import re
from collections.abc import Callable

from verifier.model import Work, WorkKind
from verifier.parser.citations.cases import find_cases
from verifier.parser.patterns import regex
from verifier.parser.works.dates import MONTH, YEAR, find_date, without_addresses
from verifier.parser.works.imprint import find_pinpoint

_EU = regex(
    r"(?:(?:Commission|Council)\s+)?(?:(?:Implementing|Delegated|Framework)\s+)*"
    r"(?P<act>Regulation|Directive|Decision|Verordnung|Richtlinie|Beschluss|Règlement|Directive)\s+"
    r"(?:\((?:EU|EC|EEC|EG|UE|CE|EWG|Euratom)[^)]*\)\s*)?(?:No\.?\s*|Nr\.\s*|n[°º]\s*)?"
    r"(?P<a>\d{1,4})/(?P<b>\d{1,4})(?:/(?:EC|EU|EEC|EG|CE|UE|EWG|JHA))?"
)
_EU_END = regex(
    r",?\s*(?:\[?\d{4}\]?\s+OJ|OJ|ABl|JO)\b|,\s*(?:arts?\.?|Articles?|Art\.|recitals?|annex|Annex)\s"
    r"|\s\[|\s*;|\.\s*$|,\s*(?:p\.|COM)|,\s*\d{4}\s+O\.?J|\s\((?:[^()]{0,60}(?:Act|Regulation|Directive"
    r"|GDPR|DSA|DMA))\)",
    re.I,
)
_BILL = regex(
    r"\b(?:H\.?\s?R|S|H\.?\s?J\.?\s?Res|S\.?\s?J\.?\s?Res|H\.?\s?Res|S\.?\s?Res|A\.?B|S\.?B|H\.?B)\.?\s*"
    r"(?:No\.\s*)?\d{1,6}\b(?=.{0,60}?(?:Cong|Leg|Sess|\())|\bHC\s+Bill\s+\d|\bBill\s+(?:No\.?\s*)?\d+"
)
_REGULATION = regex(r"\b\d{1,3}\s+(?:C\.?\s?F\.?\s?R\b|Fed\.\s?Reg\.|Federal\s+Register)")
_STATUTE = regex(
    r"\bPub\.?\s?L\.|\b\d+\s+Stat\.\s+\d|\b\d{1,3}\s+U\.?\s?S\.?\s?C\b|\bU\.S\.\s+Code\b|\b(?:BGBl"
    r"|S\.[A-Z]\.\s+(?:19|20)\d\d,\s*c\.|RSC\s+1985|SC\s+20\d\d|R\.S\.C\.)"
    rf"|\b(?:Act|Code|Ordinance|Statute|Law)\s+(?:of\s+)?{YEAR}\b|\b[Ll]oi\s+n[°º]|\bGesetz\b.*\bvom\b"
    rf"|\bGrundgesetz|\bc(?:h)?\.?\s*\d+,?\s*s\.?\s*\d|\bStat\.\s*(?:Ann|§)"
)
_TREATY = regex(r"\bU\.?N\.?T\.?S\b|\bT\.I\.A\.S\b|\bU\.S\.T\.|\bETS\s+No|\bC\.?E\.?T\.?S\b|\bI\.?L\.?M\b")
_TREATY_NAME = regex(
    r"^(?:(?:[A-Z][\w-]+\s+){0,4}(?:Convention|Treaty|Protocol|Covenant|Agreement|Charter)\s+(?:on"
    r"|for|between|against|to|concerning|relating|of|Relating)\b|[A-Z]\w+\s+(?:Convention|Protocol"
    r"|Treaty)\b)"
)
_TREATY_END = regex(
    rf",?\s*(?:\((?:adopted|opened|signed|concluded)|\b(?:adopted|opened\s+for\s+signature|signed"
    rf"|concluded)\b|{MONTH}\s+\d|\d{{1,2}}\s+{MONTH}|\d+\s+U\.?N\.?T\.?S|\d+\s+I\.?L\.?M|,?\s+arts?\.?\s+\d"
    rf"|\({YEAR})"
)
_PARTIES = regex(
    r"[A-ZÀ-Þ][^,;()\[\]]{0,120}?\sv(?:s)?\.?\s(?:the\s+)?[A-ZÀ-Þ]|(?:In\s+re|Re|Ex\s+parte|In\s+the\s+[Mm]"
    r"atter\s+of)\s+[A-ZÀ-Þ]|R\s\([^)]+\)\sv\s|Case\s+[CT][-‑–]\d+/\d\d|\bU\.S\.\sv\.\s"
)
_COURT = regex(
    r"\[\d{4}\]|\bF\.\s?(?:2d|3d|4th|Supp)|\bU\.S\.\s+(?:_+|\d)|\bS\.\s?Ct\.|\b\d{4}\s+(?:WL|SCC"
    r"|LEXIS)\b|\((?:[^()]*\b(?:Cir|D|S\.D|N\.D|E\.D|W\.D|Cal|App|Ct|Sup|C\.D|SDNY|Del|Tex)\b[^"
    r"()]*|19|20)\d\d\)|\bECLI|\bEU:[CT]:|\bNo\.\s+\S*\d"
    r"|App\.?\s+[Nn]o|\(\d{4}\)\s+\d*\s*[A-Z]|\bA\.\s?[23]d|\b[NSP]\.[WEAC]\.\s?\d|\bslip\s+op"
)
_CASE_END = regex(
    r",\s*(?:\d|No\.|Nos\.|slip|case|Civ|App|\[|\(|C-|ECLI|judgment|Judgment)|\s*\[\d{4}\]|\s*\(\d{4}\)"
    r"|\s*\((?:[A-Z]|No\b|n\b)|,\s*supra|\s+EU:C|\.\s*$|;"
)
_DOCKET = regex(
    r"\b(?:Complaint|Brief|Petition|Motion|Order|Memorandum|Opinion|Declaration|Amicus|Docket|ECF\s+No|Dkt)\b"
)
_DOCKET_LEAD = regex(
    r"^(?:(?:First|Second|Third)?\s*(?:Amended\s+)?(?:Class\s+Action\s+)?(?:Complaint|Petition"
    r"|Motion|Order|Brief|Answer|Declaration|Amicus\s+Brief|Opinion)\b[^,]*,\s+)"
)
_ACT_NAME = regex(
    rf"[A-ZÀ-Þ][^,“‘\".]{{2,140}}?\b(?:Act|Code|Ordinance|Statute)\b(?:\s+\([^)]*\))?(?:\s+(?:of\s+)?{YEAR})"
    rf"?\s*(?:,|\(|§|ss?\.?\s\d|$)"
)
_LETTER = regex(
    r"^(?:(?:Open\s+)?Letter|E-?mail|Memorandum|Memo|Lettre|Brief|Correspondence)\s+(?:of\s+[^,]*?\s+)?"
    r"(?:from|to|by|between|von|de|an|with)\b",
    re.I,
)
_TALK = regex(
    r"^(?:(?-i:(?:[A-ZÀ-Þ][\w’.-]*\s){1,3}[A-ZÀ-Þ][\w’-]+),\s+(?=(?:personal\s+|telephone\s+)?(?:interview|conversation)"
    r"\s+(?:by|with)\b)(?:personal\s+|telephone\s+)?|(?:Telephone|Author(?:’s)?|Phone|Video)\s+)?"
    r"(?:Interviews?|Conversation|Personal\s+(?:communication|interview)|Entretien|Gespräch|Testimony\s+to\s+the\s+author"
    r"|(?:Interviewee|Respondent|Informant|Participant)s?\s+(?:no\.?\s*)?\w{1,3})\b",
    re.I,
)
_TALK_END = regex(r",?\s*\(?personal\s+communication\b", re.I)
_END_OF_ACT = regex(
    rf",?\s+(?:Pub\.?\s?L\.|\d+\s+(?:Stat\.|U\.?\s?S\.?\s?C|C\.?\s?F\.?\s?R|Fed\.\s?Reg)|ss?\.?\s+\d"
    rf"|§|c(?:h)?\.?\s*\d|\([^()]*\)\s*,?\s*(?:ss?|c|$)|S\.[A-Z]\.\s+\d|SC\s+\d|R\.?S\.?C\b|arts?\.?\s+\d"
    rf"|BGBl|Title\s+[IVX\d])|,\s*(?={YEAR})|\.\s*$|\s+\({YEAR}\)|,\s+(?:section|sections|sec\."
    rf"|para)\s"
)


def read_law(text: str) -> Work | None:
    """The work of a citation in one of the forms of law or of correspondence; None where it has none of them."""
    words = without_addresses(text).rstrip()
    for read in _READERS:
        work = read(words)
        if work is not None:
            return work
    return None


def _letter(words: str) -> Work | None:
    if _LETTER.match(words):
        return Work(date=find_date(words), kind=WorkKind.LETTER)
    if (_TALK.match(words) or _TALK_END.search(words)) and "“" not in words:
        return Work(date=find_date(words), kind=WorkKind.INTERVIEW)
    return None


_COURT_RULING = regex(
    rf"[A-ZÀ-Þ][\w.]*(?:\s[\w.’]+){{0,4}},?\s+(?:Urteil|Urt\.|Beschluss|Beschl\.|Entscheidung)\s+(?:vom|v\.)\s+\d"
    rf"|(?:Cass\.|Cons\.\s+(?:const|d’État)|CE|CAA|Cour\s+(?:de\s+cassation|d’appel)|Conseil\s+(?:d’État|constitutionnel))"
    rf"[^“«]{{0,60}}?,\s+(?:\d{{1,2}}(?:er)?\s+{MONTH}\s+{YEAR}|d[ée]c\.|arr[êe]t)"
)
"""German and French rulings, which are cited by court and date and have no title."""


def _ruling(words: str) -> Work | None:
    return Work(date=find_date(words), kind=WorkKind.CASE) if _COURT_RULING.match(words) else None


def _eu_act(words: str) -> Work | None:
    found = _EU.search(words)
    if found is None or found.start() > 0:
        return None
    end = _EU_END.search(words, found.end())
    title = words[: end.start()] if end else words
    numbers = [found["b"], found["a"]] if re.search(r"No\.?|Nr\.|n[°º]", found.group()) else [found["a"], found["b"]]
    year = next((n for n in numbers if re.fullmatch(YEAR, n)), None)
    if year is None:
        short = next((n for n in numbers if len(n) == 2), None)
        year = f"19{short}" if short and int(short) > 50 else None
    return Work(
        title=_clean(title), date=year or find_date(words), kind=WorkKind.EU_ACT, pinpoint=_place(words[found.end() :])
    )


def _bill(words: str) -> Work | None:
    found = _BILL.search(words)
    if found is None:
        return None
    return Work(
        title=_title_before(words, found.start()),
        date=find_date(words),
        kind=WorkKind.BILL,
        pinpoint=_place(words[found.end() :]),
    )


def _treaty(words: str) -> Work | None:
    cited = _TREATY.search(words)
    if cited is None and not (
        _TREATY_NAME.match(words) and re.search(YEAR, words) and "“" not in words and len(words) < 260
    ):
        return None
    if not cited and not _TREATY_END.search(words):
        return None
    end = _TREATY_END.search(words, 5)
    return Work(
        title=_clean(words[: end.start()]) if end else None,
        date=find_date(words),
        kind=WorkKind.TREATY,
        pinpoint=_place(words[end.end() :]) if end else None,
    )


def _regulation(words: str) -> Work | None:
    found = _REGULATION.search(words)
    if found is None:
        return None
    return Work(
        title=_title_before(words, found.start()),
        date=find_date(words[found.start() :]),
        kind=WorkKind.REGULATION,
        pinpoint=None if found.group().rstrip().endswith("Reg.") else _place(words[found.end() :]),
    )


def _case(words: str) -> Work | None:
    if not _PARTIES.match(_DOCKET_LEAD.sub("", words)) or any(mark in words[:3] for mark in '“‘"'):
        return None
    lead = _DOCKET_LEAD.match(words)
    body = words[lead.end() :] if lead else words
    if not _COURT.search(body):
        return None
    body = re.sub(r"^(?:Joined\s+)?Cases?\s+[CTF][-‑–]\d+/\d+(?:\s+(?:P|and\s+[CT][-‑–]\d+/\d+))*,?\s+", "", body)
    end = _CASE_END.search(body, 4)
    title = (body[: end.start()] if end else body).strip(' ,;:“”‘’"') or None
    rest = body[end.start() :] if end else ""
    docket = lead is not None or (re.search(r"\bECF\s+No|\bDkt\b|No\.\s+\d+:\d\d-", rest) is not None)
    cases = find_cases(body)
    pinpoint = cases[0].pinpoint.removeprefix("at ") if cases and cases[0].pinpoint else None
    return Work(
        title=title,
        date=find_date(rest) or find_date(body),
        kind=WorkKind.DOCKET if docket else WorkKind.CASE,
        pinpoint=pinpoint or _place(rest),
    )


_NAMES_AN_ACT = regex(
    r"\b(?:Act|Code|Law|Ordinance|Statute|Amendments?|Loi|loi|Gesetz|\w*gesetz|Constitution|Order"
    r"|Rules|Reform|Bill|Measure|Charter)\b"
)
_CODE_ENDS = regex(r"\b(?:Stat|Ann|Laws|Regs?)\.?$|\b[A-Z][a-z]*\.\s(?:[\w&]+\.?\s){0,2}Code\.?$")
"""The name of a collection of statutes, abbreviated: it says where an act is, not what it is called."""
_NO_ACT = regex(r"[“‘«„\"]|\sv\.\s|\(\d{4}\)\.\s")
"""A quotation mark, the parties of a case or the year of an article."""
_CODIFIED = regex(r"Pub\.?\s?L|\bStat\.\s|U\.?\s?S\.?\s?C")


def read_act(words: str) -> Work | None:
    """An act of a parliament by its name, chapter or section."""
    words = without_addresses(words).rstrip()
    if not _STATUTE.search(words) or _NO_ACT.search(words[:200]):
        return None
    end = _END_OF_ACT.search(words)
    title = _title_before(words, end.start()) if end else _clean(words)
    if title and ("§" in title or _CODE_ENDS.search(title)):
        return Work(date=find_date(words), kind=WorkKind.STATUTE, pinpoint=_place(words))
    if title and not re.match(r"[A-ZÀ-Þ]", title):
        return None
    if title and not _NAMES_AN_ACT.search(title):
        if not _CODIFIED.search(words):
            return None
        short = title if len(title.split()) < 12 else None
        return Work(title=short, date=find_date(words), kind=WorkKind.STATUTE, pinpoint=_place(words))
    if not title:
        return Work(date=_year_of(words), kind=WorkKind.STATUTE)
    behind = words[len(title) :]
    named = re.search(rf"\b(?:of\s+)?({YEAR})", title)
    date = named[1] if named else _year_of(behind) or _year_of(words)
    return Work(title=title, date=date, kind=WorkKind.STATUTE, pinpoint=_place(behind))


def _year_of(words: str) -> str | None:
    date = find_date(words)
    return date[:4] if date else None


def _title_before(words: str, at: int) -> str | None:
    title = _clean(words[:at])
    return title if title and len(title) > 3 and re.search(r"[a-z]{3}", title) and title[0].isupper() else None


def _clean(title: str) -> str | None:
    return title.strip(' ,.;:“”‘’"') or None


def _place(rest: str) -> str | None:
    found = find_pinpoint(rest)
    return re.sub(r"^(?:ss?\.?|arts?\.?|articles?|§+|section|sec\.)\s*", "", found, flags=re.I) if found else None


def _named_act(words: str) -> Work | None:
    return read_act(words) if _ACT_NAME.match(words) else None


_READERS: tuple[Callable[[str], Work | None], ...] = (
    _ruling,
    _letter,
    _eu_act,
    _case,
    _bill,
    _regulation,
    _treaty,
    _named_act,
)
