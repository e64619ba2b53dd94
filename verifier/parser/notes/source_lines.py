"""Source lines: `Source: ...` and `Note: ...` under figures and tables, in the languages of the documents we read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from verifier.parser.page.captions import Caption, caption_above, caption_below, stands_below_picture, title_above
from verifier.parser.page.foot_columns import SMALL
from verifier.parser.page.lines import Line
from verifier.parser.page.tables import Table
from verifier.parser.patterns import regex

_SOURCE = (
    r"(?:data\s+)?sources?(?:\s+(?:and\s+notes?|of\s+data))?|(?:daten)?quellen?(?:angabe)?|fuentes?|fontes?|fonti|"
    r"bron(?:nen)?|källa|källor|kilder?|lähteet|lähde|źródł[oa]|zdroje?|forrás|kaynak|источники?|출처|出典|资料来源|資料來源"
)
_NOTE = (
    r"notes?(?:\s+and\s+sources?)?|anmerkung(?:en)?|hinweise?|remarques?|notas?|observaci(?:ón|ones)|"
    r"opmerking(?:en)?|noot|anmärkning(?:ar)?|anm\.?|merknad(?:er)?|huom(?:autus)?|uwag[ai]|poznámk[ay]|megjegyzés|"
    r"примечани[ея]|注"
)
_WORD = regex(rf"(?P<label>(?P<source>{_SOURCE})|(?P<note>{_NOTE}))\s*[:：]\s*(?=\S)", re.IGNORECASE)
_WORD_POINTED = regex(r"(?P<label>(?P<source>Sources?|SOURCES?)|(?P<note>Notes?|NOTES?))\.(?=\s+\S)\s*")
"""The form of the American Psychological Association's manual (7.14): `Note. The means are ...`."""
_INSIDE = regex(rf"(?<=[.;)\]”])\s+(?=(?:{_SOURCE}|{_NOTE})\s*[:：]\s*\S)", re.IGNORECASE)
_NEAR_TABLE = 4.5
"""Of the type size: how far below a table's last row its notes may begin."""
_WORDS_OF_CELL = 3
_TO_SOURCE = 8
_BLOCK_LEADING = 1.75


class Family(StrEnum):
    """What the word before the colon announces."""

    SOURCE = "source"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class WordLabel:
    """A word at character `at` of a line that announces a note, whose text begins at `text_from`."""

    at: int
    text: str
    text_from: int
    family: Family
    pointed: bool = False


def word_label(text: str, at: int = 0) -> WordLabel | None:
    """The announcing word that is at a place of a text."""
    match = _WORD.match(text, at)
    pointed = match is None
    match = match or _WORD_POINTED.match(text, at)
    if match is None or not text[at : at + 1].strip() or text[at].islower():
        return None
    family = Family.SOURCE if match.group("source") else Family.NOTE
    return WordLabel(at, match.group("label"), match.end(), family, pointed)


def later_word_labels(text: str) -> Iterator[WordLabel]:
    """The announcing words behind a stop within a line: `Source: Ledger. Note: Without tolls.`"""
    for match in _INSIDE.finditer(text):
        found = word_label(text, match.end())
        if found is not None:
            yield found


@dataclass(frozen=True, slots=True)
class Support:
    """What makes a source line one: the caption it belongs to, if that is there."""

    caption: Caption | None


def support_of(
    lines: Sequence[Line], index: int, word: WordLabel, tables: Sequence[Table], areas: set[int], size: float
) -> Support | None:
    """What the line with an announcing word is under; None when it is text like any other.

    A manual's `Note:` and a package's `Source:` are below nothing, or below prose; the former is set as the text is,
    whose size is `size`.
    """
    plain = word.family is Family.NOTE and lines[index].size > SMALL * size and not _is_before_a_source(lines, index)
    table = _table_above(lines, index, tables)
    caption = _own_caption(lines, index)
    if plain or (word.pointed and table is None):
        return None
    if table is not None:
        sure = table.is_sure or caption is not None or word.family is Family.SOURCE
        return Support(caption or title_above(lines, table.first)) if sure and _is_apart(table, caption) else None
    caption = caption or caption_below(lines, index)
    if caption is not None:
        return Support(caption)
    if word.family is not Family.SOURCE or index in areas or _is_one_of_many(lines, index):
        return None
    title = title_above(lines, index)
    return Support(title) if title is not None or stands_below_picture(lines, index) else None


def _is_before_a_source(lines: Sequence[Line], index: int) -> bool:
    """Whether a source is named in the same block of lines: then a note in the text's own type belongs to a figure."""
    for at in range(index + 1, min(len(lines), index + 1 + _TO_SOURCE)):
        if not _is_in_one_block(lines[at - 1], lines[at]):
            return False
        word = word_label(lines[at].text)
        if word is not None and word.family is Family.SOURCE:
            return True
    return False


def _is_in_one_block(above: Line, line: Line) -> bool:
    same = above.page == line.page and above.column == line.column and abs(above.size - line.size) <= 0.06 * line.size
    return same and above.base - line.base <= _BLOCK_LEADING * line.size


def _own_caption(lines: Sequence[Line], index: int) -> Caption | None:
    """The caption above a line, unless the notes of another figure are between."""
    caption = caption_above(lines, index)
    if caption is None:
        return None
    joined = index
    while joined - 1 > caption.lines[-1] and _is_in_one_block(lines[joined - 1], lines[joined]):
        joined -= 1
    others = (word_label(lines[at].text) for at in range(caption.lines[-1] + 1, joined))
    return None if any(word is not None for word in others) else caption


def _is_apart(table: Table, caption: Caption | None) -> bool:
    return caption is None or not set(caption.lines) & {cell.line for row in table.rows for cell in row.cells}


def _table_above(lines: Sequence[Line], index: int, tables: Sequence[Table]) -> Table | None:
    """The table that ends directly above a line, or above other notes of its own between."""
    line = lines[index]
    for table in reversed(tables):
        last = table.rows[-1]
        if table.last >= index or last.page != line.page or last.column != line.column:
            continue
        low = lines[index - 1].base if index - 1 > table.last else last.base
        near = low - line.base <= _NEAR_TABLE * line.size
        between = [lines[k] for k in range(table.last + 1, index)]
        return table if near and all(_may_stand_between(one, line) for one in between) else None
    return None


def _may_stand_between(one: Line, line: Line) -> bool:
    return abs(one.size - line.size) <= 0.06 * line.size or len(one.text.split()) <= _WORDS_OF_CELL


_FIELD = regex(r"[A-Z][\w-]*(?:\s[\w-]+)?\s?:\s")


def _is_one_of_many(lines: Sequence[Line], index: int) -> bool:
    """Whether the line is one field of a record (`Author: ...`, `Source: ...`, `Licence: ...`)."""
    around = [lines[k].text for k in (index - 2, index - 1, index + 1, index + 2) if 0 <= k < len(lines)]
    fields = [text for text in around if _FIELD.match(text)]
    return any(word_label(text) is None for text in fields)
