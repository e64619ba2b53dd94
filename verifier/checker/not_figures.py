"""What looks like a figure and is none: numbers of sections, pages, models, notes and telephones."""

import re

_NAMED_BY = (
    r"article|art\.|section|sect\.|sec\.|§§?|page|pages|pp?\.|chapter|ch\.|table|tables|figure|figures|fig\.|figs\.|"
    r"note|notes|footnote|fn\.|n\.|nn\.|volume|vol\.|isbn|issn|doi|rfc|version|ver\.|line|lines|item|appendix|annex|"
    r"exhibit|paragraph|para\.|¶|clause|footnotes|rule|title|room|suite|apt\.|flight|route|highway|"
    r"bulletin|docket|case no\.|public law|pub\. l\.|p\.l\.|chapters|sections|articles|equation|eq\.|theorem|lemma|"
    r"schedule|u\.\s?s\.\s?c\.|c\.\s?f\.\s?r\."
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
_PHONE = (
    r"(?:\+\d{1,3}[\s.-]?)?\(\d{2,4}\)[\s.-]?\d{3,4}[\s.-]\d{3,4}\b|\+\d{1,3}(?:[\s.-]?\d{2,4}){2,5}\b"
    r"|(?<![\d-])\d{3}[-.]\d{3}[-.]\d{4}\b|(?<![\d-])1-8\d\d-\d{3}-\d{4}\b"
)
OPAQUE = re.compile(
    rf"""(?=[\d+(hwCIR])(?:https?://\S+|\bwww\.\S+|\b10\.\d{{4,9}}/\S+|{_PHONE}
    |\bIS[BS]N(?:-1[03])?:?\s?[\dXx][\dXx\s-]{{6,16}}|\b(?:97[89]-)?\d{{1,5}}-\d{{2,7}}-\d{{1,7}}-[\dX]\b
    |\b(?:CVE|ISO|RFC|IEC)[-\s]\d[\d:.-]*|(?<![\d.,:$€£])\b\d{{1,2}}:\d\d(?::\d\d)?(?!\d|\s?[ap]\.?m\b)
    |\b\d{{1,3}}(?:\.\d{{1,3}}){{3}}\b|\b24/7\b|\b\d{{1,2}}\.\d\d\s(?:[ECMP][DS]T|GMT|BST|UTC|CES?T)\b|\b\d{{1,2}}(?:,\d{{1,2}})+-[a-z]+)""",
    re.VERBOSE,
)
"""Stretches whose digits say nothing of the world: addresses, telephone and book numbers, times of day, versions."""

_GLUED = re.compile(r"[A-Za-z\"”’')%][.,;:!?]?[\"”’')\]]{0,2}$")
_NOTE_MARK = re.compile(r"\d{1,3}(?:,\d{1,3})*(?=\s|$|[.,;:)\]])")


def opaque_spans(text: str) -> list[tuple[int, int]]:
    """The stretches that are not read at all, in order."""
    return [found.span() for found in OPAQUE.finditer(text)]


def is_glued_mark(text: str, start: int, end: int) -> bool:
    """Whether the digits are a note's mark that lost its raising ("images.4", "flow6", "said.”12")."""
    if start == 0 or text[start - 1].isspace():
        return False
    glued = _GLUED.search(text, max(0, start - 4), start)
    if glued is None or text[start - 1] in "(['’":
        return False
    return _NOTE_MARK.match(text, start) is not None and end - start <= 3


def is_list_number(text: str, start: int, end: int) -> bool:
    """Whether small digits in brackets number a note or a list: "charges (2)"; "| (2)" is a negative in a table."""
    if text[start - 1 : start] != "(" or text[end : end + 1] != ")" or end - start > 2 or int(text[start:end]) > 12:
        return False
    return not text[:start][-6:-1].rstrip().endswith("|")


def is_part_of_name(text: str, start: int, end: int) -> bool:
    """Whether the number numbers or names something ("Article 5", "GPT-4", "Q2", "18 U.S.C.", "COVID-19", "3D")."""
    before = text[start - 1] if start else " "
    if before.isalpha() or before in "#_@\\":
        return True
    if before in "-–/." and start > 1 and (text[start - 2].isalpha() or (before == "." and text[start - 2].isdigit())):
        return _PREFIX_WORD.search(text, max(0, start - 7), start) is None
    return (
        _NAME_BEFORE.search(text, max(0, start - 28), start) is not None or _STATUTE_AFTER.match(text, end) is not None
    )
