"""The text of a PDF source, its lines joined to paragraphs, its pages separated by form feeds."""

import re
import time
from dataclasses import replace
from typing import Any

from verifier.errors import DocumentError
from verifier.pdfium import PDFIUM, PdfiumError, open_document
from verifier.resolver.text.dates import pdf_date
from verifier.resolver.text.language import language_of
from verifier.resolver.text.readable import Readable
from verifier.resolver.works.pdf import described_pdf

_MOST_PAGES = 3000
_ONE_PAGE = 20.0  # seconds
_LINE_END_HYPHEN = re.compile("[\ufffe\u0002]\\s*")
_BREAKS = re.compile(r"\r\n?")
_WORD_DIVIDED = re.compile(r"[^\W\d_]+-$")
_WORD_START = re.compile(r"[^\W\d_]+")
_BULLET = re.compile(r"[•▪‣·]\s")
_SENTENCE_END = re.compile(r"[.!?:;][\"”’')\]]*$")
_NEW_START = re.compile(r"[A-Z0-9•·▪‣–—*\[(“\"¶§]|[-o] ")
_SHORT = 0.72  # of a full line: where a line ends earlier, its paragraph or row may end too


def read_pdf(body: bytes, seconds: float = 60.0) -> Readable | None:
    """The text of a PDF; None where it is damaged beyond reading or needs a password.

    Raises DocumentError where it has too many pages to be read in so many seconds: a part would pass for the whole.
    """
    with PDFIUM:
        try:
            document = open_document(body)
        except PdfiumError:
            return None
        try:
            return _read(document, time.monotonic() + seconds)
        finally:
            document.close()


def only_page(body: bytes) -> str | None:
    """The text of a PDF of one page; None for a longer one, or one that cannot be read."""
    with PDFIUM:
        try:
            document = open_document(body)
        except PdfiumError:
            return None
        try:
            return _read(document, time.monotonic() + _ONE_PAGE).text if len(document) == 1 else None
        finally:
            document.close()


def _read(document: Any, until: float) -> Readable:
    pages: list[str] = []
    if len(document) > _MOST_PAGES:
        raise DocumentError(f"it has {len(document)} pages; no more than {_MOST_PAGES} are read")
    for number in range(len(document)):
        if time.monotonic() > until:
            raise DocumentError(f"only {number} of its {len(document)} pages could be read in time")
        try:
            page = document[number]
        except PdfiumError:
            pages.append("")
            continue
        textpage = page.get_textpage()
        pages.append(flowing(textpage.get_text_range()))
        textpage.close()
        page.close()
    about = document.get_metadata_dict()
    first_pages = "\n".join(pages[:2])
    work = described_pdf(document, first_pages)
    return Readable(
        text="\f".join(pages),
        title=(about.get("Title") or "").strip(),
        dated=pdf_date(about.get("ModDate") or "") or pdf_date(about.get("CreationDate") or ""),
        work=replace(work, language=language_of(first_pages)),
    )


def flowing(text: str) -> str:
    """A page's text with the lines of a paragraph joined, and words joined that were divided at line ends.

    A line is the last of its paragraph (or a row of a table, a heading) where it is short and the next one starts
    afresh.
    """
    text = _LINE_END_HYPHEN.sub("-\n", _BREAKS.sub("\n", text))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    full = _full_width([len(line) for line in lines if line])
    paragraphs: list[str] = []
    last = ""
    for line in lines:
        if line and last and not _starts_afresh(last, line, full):
            paragraphs[-1] = _joined(paragraphs[-1], line, text)
        elif line:
            paragraphs.append(line)
        last = line
    return "\n".join(paragraphs)


def _full_width(lengths: list[int]) -> int:
    return sorted(lengths)[int(len(lengths) * 0.8)] if lengths else 0


def _starts_afresh(last: str, line: str, full: int) -> bool:
    if len(last) < _SHORT * full and (_SENTENCE_END.search(last) or _NEW_START.match(line)):
        return True
    return _BULLET.match(line) is not None


def _joined(before: str, line: str, text: str) -> str:
    """The hyphen at a line's end divides a word, unless the page writes the word with it elsewhere."""
    divided = _WORD_DIVIDED.search(before)
    if divided is None or not line[:1].islower():
        return f"{before} {line}"
    rest = _WORD_START.match(line)
    hyphenated = divided.group() + (rest.group() if rest else "")
    return before + line if hyphenated in text else before[:-1] + line
