"""The work that a PDF describes: the largest type on its first pages, the lines under it, and its metadata."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from verifier.model import Author, DescribedTitle, DescribedWork, Nature, TitleOrigin
from verifier.pdfium import PdfiumError, characters
from verifier.resolver.works.fields import authors_in, date_in, plain
from verifier.resolver.works.notices import notice_in

_PAGES = 2  # a cover, and the title page behind it
_MOST_CHARACTERS = 6000  # of a page
_LARGER = 1.15  # times the body's type: a title is set larger, or it is not known for one
_SAME_SIZE = 0.06  # of a size: what rounding makes of one
_LONGEST_TITLE = 350
_LINES_UNDER = 8  # lines after the title in which its authors and date are looked for
_JUNK = re.compile(
    r"microsoft\s+(?:word|powerpoint|excel)\b.*|untitled\b.*|layout\s*\d*|slide\s*\d+|powerpoint\s+presentation|document\d*"
    r"|.*\.(?:docx?|pdf|indd|qxd|tex|dvi|rtf|pptx?|xlsx?|odt|ai|eps|ps|html?)|(?:doc|final|draft|print|report|paper|cover|v)[\W_]*v?\d*"
    r"|[\w-]{0,40}\d{4,}[\w-]{0,40}|title|\(?anonymous\)?|no\s+title|.{0,3}",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|Spring|Summer|Autumn|Fall|Winter)"
)
_DATE_LINE = re.compile(
    rf"^\W*(?:(?:published|dated?|issued|version\s+of|first\s+published)\W*)?(?:\d{{1,2}}\.?\s+)?(?:{_MONTH}\.?\s+)?(?:\d{{1,2}},?\s+)?"
    r"((?:1[5-9]|20)\d\d)\W*$",
    re.IGNORECASE,
)
_NAMES = re.compile(r"^[^\d@/:]{4,400}$")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float


def described_pdf(document: Any, first_pages: str = "") -> DescribedWork:
    """The work of an open PDF. `first_pages` is the text of its first pages, as it is read for figures."""
    title = ""
    under: list[str] = []
    for number in range(min(_PAGES, len(document))):
        lines = _lines(document, number)
        title, under = _title(lines)
        if title:
            break
    about = document.get_metadata_dict()
    stated = plain(about.get("Title"))
    titles = [DescribedTitle(title, TitleOrigin.FIRST_PAGE)] if title else []
    if stated and not _JUNK.fullmatch(stated) and stated.casefold() != title.casefold():
        titles.append(DescribedTitle(stated, TitleOrigin.PDF_METADATA))
    return DescribedWork(
        nature=Nature.WORK if titles else Nature.NOTHING,
        titles=tuple(titles),
        authors=_authors(under) if title else (),
        by_line=True,
        dates=_dates(under),
        notice=notice_in([one.text for one in titles], first_pages),
        opening=first_pages[:_MOST_CHARACTERS],
    )


def _lines(document: Any, number: int) -> list[_Line]:
    """The lines of a page, in the order of its content, each with the size of its middling letter."""
    try:
        page = document[number]
    except PdfiumError:
        return []
    lines: list[_Line] = []
    text = ""
    sizes: list[float] = []
    try:
        for char, _, box in islice(characters(page), _MOST_CHARACTERS):
            if char in "\r\n":
                lines += _line(text, sizes)
                text, sizes = "", []
                continue
            text += char
            if char.isalpha() and box is not None:
                sizes.append(abs(box.top - box.bottom))
    except PdfiumError:
        return []
    finally:
        page.close()
    return lines + _line(text, sizes)


def _line(text: str, sizes: list[float]) -> list[_Line]:
    words = " ".join(text.split())
    return [_Line(words, sorted(sizes)[len(sizes) // 2] if sizes else 0.0)] if words else []


def _title(lines: Sequence[_Line]) -> tuple[str, list[str]]:
    """The lines of the largest type that are together, where it is larger than most; and the lines under them."""
    sizes = sorted(line.size for line in lines for _ in line.text)
    if not sizes:
        return "", []
    body = sizes[len(sizes) // 2]
    largest = sorted({line.size for line in lines if _is_words(line.text)}, reverse=True)
    for size in largest[:4]:
        if size < body * _LARGER and len(lines) > 12:
            return "", []
        found = [index for index, line in enumerate(lines) if abs(line.size - size) <= _SAME_SIZE * size]
        run = [found[0]]
        for index in found[1:]:
            if index == run[-1] + 1:
                run.append(index)
        title = _joined([lines[index].text for index in run])
        if 4 <= len(title) <= _LONGEST_TITLE and len(title.split()) > 1 and not _DATE_LINE.match(title):
            return title, [line.text for line in lines[run[-1] + 1 : run[-1] + 1 + _LINES_UNDER]]
    return "", []


def _is_words(text: str) -> bool:
    return sum(char.isalpha() for char in text) >= 3


def _joined(lines: Sequence[str]) -> str:
    whole = ""
    for line in lines:
        hyphen = whole.endswith(("-", "\ufffe", "\u0002"))
        whole = whole[:-1] + line if hyphen and line[:1].islower() else f"{whole} {line}" if whole else line
    return plain(whole)


def _authors(under: Sequence[str]) -> tuple[Author, ...]:
    for line in under[:3]:
        if _DATE_LINE.match(line):
            break
        if _NAMES.match(line) and not line.rstrip().endswith(".") and _are_names(line):
            return authors_in(line)
    return ()


def _are_names(line: str) -> bool:
    """Whether every word begins with a capital, but for particles and `and`."""
    words = re.findall(r"[^\W\d_]+", line)
    small = [word for word in words if word[0].islower() and len(word) > 3]
    return len(words) > 1 and not small


def _dates(under: Sequence[str]) -> tuple[str, ...]:
    return tuple(date for line in under if (found := _DATE_LINE.match(line)) and (date := date_in(found[1])))[:1]
