"""What is a person's or a body's name, among what programs write where an author belongs."""

import re
from collections.abc import Iterable, Iterator

from verifier.parser.patterns import regex

MOST_NAMES = 30
"""A paper of more is one of a collaboration, whose letter goes to somebody else."""

_LONGEST = 120
_AND = regex(r"\s*,?\s+(?:and|&|et|und|y)\s+", re.I)
_IN_BODIES = regex(r"\s(?:of|for|on|für|pour)\s", re.I)
"""Words in the names of ministries and societies, whose commas and `and` join what they are about."""

_ASIDE = regex(r"\s*\([^()]*\)$")
_COMMA = regex(r"\s*,\s*")
_SUFFIX = regex(r"(?:jr|sr|ph\.?\s?d|m\.?d|j\.?d|ll\.?m|esq|m\.?a|m\.?sc|b\.?a|mba|[IVX]{2,4})\.?", re.I)
_MAIL = regex(r"[<(\[]?\s*(?:mailto:)?[^\s@<>()\[\]]+@[^\s@<>()\[\]]+\s*[>)\]]?")
_ADDRESS = regex(r"://|^www\.|\.(?:com|org|net|docx?|pdf|html?|tex|md|odt)$", re.I)
_PLACEHOLDER = regex(
    r"""(?:the\s+)?(?:authors?|authors?\W?s?\s+names?|your\s+(?:full\s+)?names?|first\s*name\s+last\s*name|first\s+last
      |anon(?:ymous)?|anonymous\s+authors?(?:\(s\))?|authors?\(s\)|unknown|unknown\s+authors?|unnamed|untitled|none|null|nil|n/?a|not\s+available|undefined|default|test|todo|tbd|tba|xxx+
      |admin(?:istrator|istrateur)?|root|guest|owner|editor|webmaster|super\s?user|sys(?:tem|admin|op)|operator|student|staff|public
      |somebody|nobody|me|myself|various|various\s+authors|name|creator|publisher|utilisateur|benutzer|usuario)""",
    re.I | re.X,
)
"""What stands for a name that nobody gave, in whole: `Anonymous`, `Your Name`, `admin`."""

_ACCOUNT = regex(
    r"""\busers?\b(?:\s*\d+)?$|\buser\s?name\b|\b(?:valued|preferred|acer|dell|hp|lenovo|asus|toshiba|gateway|compaq)\b.*\bcustomer\b
      |\\|\w-pc$|^(?:hp|dell|acer|asus|lenovo|toshiba|compaq|sony|samsung|apple|pc|laptop|desktop|home|work|windows)(?:[\s_-]?(?:inc\.?|pc|laptop|computer|\w*\d\w*))?$""",
    re.I | re.X,
)
"""Accounts as machines come with them: `Windows User`, `Valued Acer Customer`, `DOMAIN\\jdoe`."""

_PROGRAM = regex(
    r"""^(?:microsoft|ms|apache|adobe|google|libre|open|star)\W{0,2}\s?(?:office|word|docs?|openoffice|poi|writer|acrobat|indesign|pdf|fop|publisher|excel|powerpoint|print)
      |^acrobat\s+(?:pdf|dist|pro|read)
      |^(?:python-docx|openpyxl|docx4j|docx\.?js|aspose|itext|reportlab|fpdf2?|weasyprint|prince|wkhtmltopdf|ghostscript|pandoc|quarto|jekyll|hugo|wordpress
         |la?tex|pdf(?:la)?tex|xe(?:la)?tex|lua(?:la)?tex|context|typst|groff|troff|scribus|calibre|sigil|scrivener|pages|writer|word|office|quartz|chrom(?:e|ium)|firefox|mozilla
         |acrobat|distiller|pscript\d?|indesign|framemaker|quarkxpress|canva|figma|notion|obsidian|overleaf|zotero|mendeley|endnote|pdf(?:ium|kit|box|sharp|creator)?)
        (?:[\s/_-]?v?[\d.]+\w*|\s+\S*\d\S*)?$""",
    re.I | re.X,
)


def names_in(text: str) -> Iterator[str]:
    """The names of a line that may hold several: `Ana Ruiz; Bo Li`, `Ana Ruiz, Bo Li and Cy Day`, `Ruiz, Ana`."""
    for people in _plain(_MAIL.sub(" ", text)).split(";"):
        yield from _in_list(people.strip())


def _in_list(people: str) -> Iterator[str]:
    """The names of a list with commas and `and`."""
    pieces = [people] if _IN_BODIES.search(people) else _AND.split(people)
    if len(pieces) == 2 and not all(" " in piece for piece in pieces):
        pieces = [people]  # a body of two words, or two of one family
    for piece in pieces:
        parts = [_ASIDE.sub("", part) for part in _COMMA.split(piece) if part]
        first, rest = parts[:1], parts[1:]
        while rest and _SUFFIX.fullmatch(rest[-1]):
            rest.pop()
        if not rest:
            yield from first
        elif _IN_BODIES.search(people):
            yield people
        elif all(" " in part for part in (*first, *rest)):
            yield from (*first, *rest)
        elif len(rest) == 1 and " " not in first[0]:
            yield f"{rest[0]} {first[0]}"  # `Family, Given`
        else:
            yield piece


def stated_names(texts: Iterable[str]) -> tuple[str, ...]:
    """The names that a writer put down as the authors', each once; what is no name is left out."""
    found = dict.fromkeys(name for text in texts for name in names_in(text) if _is_name(name))
    return tuple(found)[:MOST_NAMES]


def recorded_names(texts: Iterable[str]) -> tuple[str, ...]:
    """The names among what a program recorded of who used it: a word alone may be the name of an account.

    Scripts without capitals write no space between the parts of a name; there a word alone is one.
    """
    return tuple(name for name in stated_names(texts) if " " in name or name.lower() == name.upper())


def _is_name(name: str) -> bool:
    letters = [char for char in name if char.isalpha()]
    if len(letters) < 2 or len(name) > _LONGEST or _ADDRESS.search(name) or "\N{REPLACEMENT CHARACTER}" in name:
        return False
    if _PLACEHOLDER.fullmatch(name) or _ACCOUNT.search(name) or _PROGRAM.search(name):
        return False
    if " " in name:
        return True
    return not name.islower() and not any(char.isdigit() or char in "_.@/" for char in name)


def _plain(text: str) -> str:
    """The text on one line, without what cannot be seen."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split()).strip(" ,;*†‡")
