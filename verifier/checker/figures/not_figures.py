"""What looks like a figure and is none: numbers of sections, pages, models, notes and telephones."""

import re

_NAMED_BY = (
    r"slide|slides|article|art\.|section|sect\.|sec\.|§§?|page|pages|pp?\.|chapter|ch\.|table|tables|figure|figures|fig\.|figs\.|"
    r"note|notes|footnote|fn\.|n\.|nn\.|volume|vol\.|isbn|issn|doi|rfc|version|ver\.|line|lines|item|appendix|annex|"
    r"exhibit|paragraph|para\.|¶|clause|footnotes|rule|title|room|suite|apt\.|flight|route|highway|"
    r"bulletin|docket|case no\.|public law|pub\. l\.|p\.l\.|chapters|sections|articles|equation|eq\.|theorem|lemma|"
    r"schedule|type|proposition|http|interstate|channel|u\.\s?s\.\s?c\.|c\.\s?f\.\s?r\."
)
_NAME_BEFORE = re.compile(
    rf"(?:(?<![\w-])(?:{_NAMED_BY}))\s?(?:no\.\s?)?[(#]?(?:[\dIVX]+(?:\(\w\))?(?:,\s|\sand\s|[-–]))?$", re.IGNORECASE
)
_PREFIX_WORD = re.compile(
    r"\b(?:mid|early|late|over|under|pre|post|aged|age|top|plus|near|up|mini|non|to|of|the|by|than)[-–]$", re.IGNORECASE
)
_STATUTE_AFTER = re.compile(
    r"\s?(?:U\.?\s?S\.?\s?C\b|C\.?\s?F\.?\s?R\b|Fed\.|F\.\s?(?:2d|3d|4th|Supp)|U\.S\.\s\d|Stat\.|S\.\s?Ct)"
)
_PERIODICAL_AFTER = re.compile(
    r" (?=(?:[A-Z][A-Za-z]* )*[A-Z][A-Za-z]*\.)(?:[A-Z&][A-Za-z]*\.? ){2,7}\d{1,4}(?:[-–,\s]|$)"
)
"""What follows a volume's number in a citation: an abbreviated title and a page ("12 J. Field Ecol. 201")."""
_PHONE = (
    r"(?:\+\d{1,3}[\s.-]?)?\(\d{2,4}\)[\s.-]?\d{3,4}[\s.-]\d{3,4}\b|\+\d{1,3}(?:[\s.-]?\d{2,4}){2,5}\b"
    r"|(?<![\d-])0\d{2,4}[\s-]\d{3,4}[\s-]\d{3,4}\b|(?<![\d-])\d{3}[-.]\d{3}[-.]\d{4}\b|(?<![\d-])1-8\d\d-\d{3}-\d{4}\b"
)
OPAQUE = re.compile(
    rf"""(?=[\d+(hwaCIRVD])(?:https?://\S+|\bwww\.\S+|\b10\.\d{{4,9}}/\S+|{_PHONE}
    |\barXiv:\S+|\bVol\.\s?\d+,\sNo\.\s?\d+|\bIS[BS]N(?:-1[03])?:?\s?[\dXx][\dXx\s-]{{6,16}}|\b(?:97[89]-)?\d{{1,5}}-\d{{2,7}}-\d{{1,7}}-[\dX]\b
    |\b(?:9/11|7/7)\b|\b\d{{3}}\([a-z]\)|\b(?:Directive|Regulation|Decision)\s(?:\(\w+\)\s)?(?:No\.?\s)?\d+/\d+(?:/\w+)?
    |\b(?:CVE|ISO|RFC|IEC)[-\s]\d[\d:.-]*|(?<![\d.,:$€£])\b\d{{1,2}}:\d\d(?::\d\d)?(?!\d|\s?[apAP]\.?[mM]\b)
    |\b\d{{1,3}}(?:\.\d{{1,3}}){{3}}\b|\b24/7\b|\b\d{{1,2}}\.\d\d\s(?:[ECMP][DS]T|GMT|BST|UTC|CES?T)\b|\b\d{{1,2}}(?:,\d{{1,2}}){{1,12}}-[a-z]+)""",
    re.VERBOSE,
)
"""Stretches whose digits say nothing of the world: addresses, telephone and book numbers, times of day, versions."""

_ENDLESS = re.compile(r"\d{30,}|\d{1,3}(?:[,.'\u00a0\u202f\u2009]\d{3}){10,}")
"""Digits that count nothing: a googol would fit in no source, and keys, hashes and attacks are written so."""

_OPAQUE_WORDS = (
    "http", "www.", "arXiv", "Vol.", "ISBN", "ISSN", "Directive", "Regulation", "Decision", "CVE", "ISO", "RFC", "IEC",
)  # fmt: skip
"""What every opaque stretch that begins with a letter has; most texts have none."""
_OPAQUE_NUMBER = re.compile(r"\d(?<!\d\d)\d*(?=[-.,:/(\s]\S|\))")
"""A number that may begin one: something goes on after it, with no letter between."""

_GLUED = re.compile(r"[A-Za-z\"”’')%][.,;:!?]?[\"”’')\]]{0,2}$")
_NOTE_MARK = re.compile(r"\d{1,3}(?:,\d{1,3}){0,40}(?=\s|$|[.,;:)\]])")


_ACCESS = re.compile(
    r"\b(?:retrieved|accessed|archived|captured|(?:last\s)?(?:visited|viewed|checked|consulted))"
    r"(?:\sfrom\sthe\soriginal)?(?:\son)?:?\s$|(?:\bcopyright|©)\s?(?:\(c\)\s)?$",
    re.IGNORECASE,
)
_REPORTER_BEFORE = re.compile(
    r"\d\s(?:U\.\s?S\.|F\.\s?(?:2d|3d|4th)|F\.\sSupp\.(?:\s[23]d)?|S\.\s?Ct\.|Stat\.|Fed\.\sReg\.)\s$"
)
_CODE_BEFORE = re.compile(r"\d\s(?:CFR|C\.\s?F\.\s?R\.|USC|U\.\s?S\.\s?C\.)\s(?:§+\s?|[Pp]arts?\s)?$")
_ENTITLED = (
    r"Form|Forms|Resolution|Executive\sOrder|Order|Directive|Regulation|Decision|Bill|H\.\s?R\.|HB|SB|HR|H\.\s?Res\.|S\.|Act|Protocol"
    r"|Boeing|Airbus|Windows|Android|iOS|Llama|GPT|Claude|Gemini|Apollo|Psalm|Area|Pier|Gate|Category|Level|Phase|Tier|Grade|Class"
    r"|Stage|SDG|Goal|Agenda|Fortune|S&P|FTSE|Nikkei|CAC|DAX|Model|Unit|Platform|Pillar|Formula|Mark|Mk|Opinion|Convention|Amendment"
    r"|Schedule|Standard|Circular|Notice|Release|Statement|Topic|Lot|Block|Terminal|Reactor|District|Ward|Precinct|Local|Division|Studio"
    r"|Building|Hangar|Mission|Expo|Vision|Horizon|Euro|Super\sBowl|PlayStation|Xbox|Galaxy|iPhone|Pixel|Python|Java|Falcon|Concorde"
)
_ENTITLED_BEFORE = re.compile(rf"(?<![\w-])(?:{_ENTITLED})\s(?:No\.?\s)?$")
_TITLE_BEFORE = re.compile(r"\b(?:film|movie|novel|album|song|band|drama|series|musical|game|play|book)\s[\"“'‘]?$")
_TITLE_AFTER = re.compile(r"\s[A-Z]\w+")
_VERSION_BEFORE = re.compile(r"(?:^|[^A-Z\s]\s|[.]\s)[A-Z][a-z]{2,}\s$")
_VERSION_AFTER = re.compile(r"\s(?:was|is|has|had|can|will|could|were|are)\s|-\d+[A-Z]\b|['’]s\b")
_MONTH_BEFORE = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Of|In|At|On|By|For|The|All|Some|About|Only|Over|Another|From|To|And|But|Or"
    r"|Nearly|Almost|Around|Least|These|Those|Other|Top|Age|Aged)[a-z]*\s$"
)
_PRODUCT_BEFORE = re.compile(r"\b[a-z]+[A-Z]\w*\s$")
_LINE_NUMBER = re.compile(r"\d{1,2}[.)]\s+[A-Z]")


_PERIOD_AFTER = re.compile(
    r"\s(?:to|ended|ending|through|until|up\sto)\s(?:(?:the\s)?(?:end\sof\s)?|(?:\d{1,2}(?:st|nd|rd|th)?\s))"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    r"|Sept?|Oct|Nov|Dec)\b)"
)


def is_length_of_period(text: str, end: int) -> bool:
    """Whether the duration that ends here says which period is meant: "the three months to May"."""
    return _PERIOD_AFTER.match(text, end) is not None


def is_time_of_access(text: str, start: int) -> bool:
    """Whether a date says when somebody looked ("accessed 12 May 2020") or since when a text is protected."""
    return _ACCESS.search(text, max(0, start - 45), start) is not None


def opaque_spans(text: str) -> list[tuple[int, int]]:
    """The stretches that are not read at all, in order."""
    if any(mark in text for mark in _OPAQUE_WORDS):
        return sorted(found.span() for kind in (OPAQUE, _ENDLESS) for found in kind.finditer(text))
    spans = [found.span() for found in _ENDLESS.finditer(text)]
    end = 0
    for number in _OPAQUE_NUMBER.finditer(text):
        for start in (number.start() - 1, number.start()):
            if start >= end and (found := OPAQUE.match(text, start)) is not None:
                end = found.end()
                spans.append(found.span())
    return sorted(spans)


def is_glued_mark(text: str, start: int, end: int) -> bool:
    """Whether the digits are a note's mark that lost its raising ("images.4", "flow6", "said.”12")."""
    if start == 0 or text[start - 1].isspace():
        return False
    glued = _GLUED.search(text, max(0, start - 4), start)
    if glued is None or text[start - 1] in "(['’":
        return False
    return _NOTE_MARK.match(text, start) is not None and end - start <= 3


def is_list_number(text: str, start: int, end: int) -> bool:
    """Whether small digits number a note or a list: "charges (2)", a line's "3. Costs"; "| (2)" is a negative."""
    if _LINE_NUMBER.match(text, start) and not text[max(0, start - 4) : start].rpartition("\n")[2].strip():
        return start < 4 or "\n" in text[start - 4 : start]
    if text[start - 1 : start] != "(" or text[end : end + 1] != ")" or end - start > 2 or int(text[start:end]) > 12:
        return False
    return not text[max(0, start - 6) : start - 1].rstrip().endswith("|")


_LAST_OF_NAMES = tuple(
    {name.replace("\\s?", "").replace("\\s", " ").replace("\\", "").replace("?", "").lower().split()[-1].rstrip(".")
     for name in (*_NAMED_BY.split("|"), *_ENTITLED.split("|"))}
    | {"no", "p", "c", "u.s", "2d", "3d", "4th", "supp", "ct", "stat", "reg", "cfr", "f.r", "usc", "part", "parts", "§"}
)  # fmt: skip
"""What the words end with that number or entitle something."""
_JOINED_NUMBER = re.compile(r"[\dIVX](?:\(\w\))?(?:,\s|\sand\s|[-–])[(#]?$")


def _may_end_with_name(before: str) -> bool:
    """Whether the words before a number end as one does that numbers something: most do not, and need no search."""
    low = before.lower().rstrip(" \t\n\r\f\v\xa0\u2009\u202f.(#")
    return low.endswith(_LAST_OF_NAMES) or _JOINED_NUMBER.search(before) is not None


def is_part_of_name(text: str, start: int, end: int) -> bool:
    """Whether the number numbers or names something ("Article 5", "GPT-4", "Q2", "18 U.S.C.", "COVID-19", "3D")."""
    before = text[start - 1] if start else " "
    if before.isalpha() or before in "#_@\\":
        return True
    if before in "-–/." and start > 1 and (text[start - 2].isalpha() or (before == "." and text[start - 2].isdigit())):
        return _PREFIX_WORD.search(text, max(0, start - 7), start) is None
    low = max(0, start - 28)
    if _may_end_with_name(text[low:start]):
        named = (_NAME_BEFORE, _REPORTER_BEFORE, _CODE_BEFORE, _ENTITLED_BEFORE)
        if any(name.search(text, low, start) for name in named):
            return True
    if (before.isspace() and _PRODUCT_BEFORE.search(text, low, start)) or _is_in_title(text, start, end):
        return True
    is_volume = end - start <= 3 and _PERIODICAL_AFTER.match(text, end) is not None
    return is_volume or _STATUTE_AFTER.match(text, end) is not None


def _is_in_title(text: str, start: int, end: int) -> bool:
    """Whether the number is in a work's title ("the film 12 Angry Men") or a thing's name ("Llama 3 was trained")."""
    if _TITLE_BEFORE.search(text, max(0, start - 12), start) and _TITLE_AFTER.match(text, end):
        return True
    is_version = end - start <= 3 and _VERSION_AFTER.match(text, end) is not None
    return (
        is_version
        and _VERSION_BEFORE.search(text, max(0, start - 28), start) is not None
        and _MONTH_BEFORE.search(text, max(0, start - 14), start) is None
    )
