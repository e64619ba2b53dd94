"""Captions: the title of the figure or table that a line below it (`Source: ...`) belongs to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verifier.parser.page.lines import Line
from verifier.parser.patterns import regex

_CAPTION = regex(
    r"""(?:figure|fig\.|table|tab\.|chart|graph|exhibit|box|map|plate|panel|diagram|infographic|boxed\ text
      | abbildung|abb\.|tabelle|schaubild|grafik|diagramm|karte|übersicht
      | graphique|tableau|carte|encadré|illustration|schéma
      | figura|tabla|gráfico|grafico|cuadro|tabella|tabela|mapa|quadro|ilustración|recuadro
      | figuur|tabel|grafiek|kaart|figur|tabell|karta|kart|rys\.|rysunek|tabela|wykres|kuvio|taulukko|ábra|táblázat)
      \s*(?:[A-Z]{0,2}\.?\d+(?:[.\-–]\d+)*[a-z]?|[IVXL]+|[A-Z])(?:\s*[.:|–—-]|\s+|$)""",
    re.IGNORECASE | re.VERBOSE,
)
_CLIMB = 80
"""Lines that may be between a chart's title and the line below the chart: its scales and labels."""
_PROSE_SHARE = 0.62
"""Of the column's width: lines at least so long, one below the other, are prose and not a chart's words."""
_PICTURE_GAP = 5.0
"""Of the type size: white that high between two lines of a column holds a picture."""
_LONGEST_TITLE = 4
_LEAST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Caption:
    """The lines (indices) of a title; `numbered` when it says which figure or table it heads."""

    lines: tuple[int, ...]
    numbered: bool


def is_caption(line: Line) -> bool:
    """Whether a line begins as a numbered caption does."""
    return bool(_CAPTION.match(line.text))


def caption_above(lines: Sequence[Line], index: int) -> Caption | None:
    """The caption of what is above line `index`, past the words of a chart; None when prose comes first."""
    below = lines[index]
    for at in range(index - 1, max(-1, index - 1 - _CLIMB), -1):
        line = lines[at]
        if line.page != below.page or line.column != below.column:
            return None
        if is_caption(line):
            return Caption(_whole_caption(lines, at, index), numbered=True)
        if _is_prose(lines, at) and not _continues_caption(lines, at):
            return None
    return None


def caption_below(lines: Sequence[Line], index: int) -> Caption | None:
    """The numbered caption that is directly below line `index`."""
    above = lines[index]
    for at in (index + 1, index + 2):
        if at < len(lines) and lines[at].page == above.page and lines[at].column == above.column:
            near = above.base - lines[at].base < 3.5 * above.size
            if near and is_caption(lines[at]):
                return Caption(_whole_caption(lines, at, min(len(lines), at + _LONGEST_TITLE)), numbered=True)
    return None


def title_above(lines: Sequence[Line], index: int) -> Caption | None:
    """A title without a number directly above line `index`, or above the picture that is there.

    It is a paragraph of one or two lines that is no sentence: without a stop, and short of the column's end.
    """
    at = index - 1
    if at < 0 or lines[at].page != lines[index].page or lines[at].column != lines[index].column:
        return None
    own = [at]
    while own[0] > 0 and len(own) < 3 and _is_next_line(lines[own[0] - 1], lines[own[0]]):
        own.insert(0, own[0] - 1)
    if len(own) > 2:
        own = own[-1:] if _is_short(lines[own[-2]]) else own
    text = " ".join(lines[k].text for k in own)
    is_title = len(own) <= 2 and text.rstrip()[-1:].isalnum() and len(text.split()) >= _LEAST_WORDS
    return Caption(tuple(own), numbered=False) if is_title and text[:1].isupper() else None


def stands_below_picture(lines: Sequence[Line], index: int) -> bool:
    """Whether the column is white above line `index`, higher than any two paragraphs are apart."""
    if index == 0:
        return False
    above, line = lines[index - 1], lines[index]
    same = above.page == line.page and above.column == line.column
    return same and above.base - line.base > _PICTURE_GAP * max(above.size, line.size)


def _whole_caption(lines: Sequence[Line], first: int, stop: int) -> tuple[int, ...]:
    own = [first]
    for at in range(first + 1, min(stop, first + _LONGEST_TITLE)):
        if not _is_next_line(lines[at - 1], lines[at]) or _is_short(lines[at - 1]):
            break
        own.append(at)
    return tuple(own)


def _continues_caption(lines: Sequence[Line], at: int) -> bool:
    for first in range(at - 1, max(-1, at - _LONGEST_TITLE), -1):
        if not _is_next_line(lines[first], lines[first + 1]):
            return False
        if is_caption(lines[first]):
            return True
    return False


def _is_next_line(above: Line, line: Line) -> bool:
    same = above.page == line.page and above.column == line.column and abs(above.size - line.size) <= 0.06 * line.size
    return same and 0.5 * line.size < above.base - line.base < 1.6 * line.size


def _is_short(line: Line) -> bool:
    return line.x1 < line.column_x1 - 6 * line.size


def _is_prose(lines: Sequence[Line], at: int) -> bool:
    """Whether a line and one beside it fill their column: a paragraph, no words of a chart."""
    return _is_long(lines[at]) and any(
        0 <= near < len(lines) and _is_long(lines[near]) and _is_next_line(lines[min(at, near)], lines[max(at, near)])
        for near in (at - 1, at + 1)
    )


def _is_long(line: Line) -> bool:
    width = line.column_x1 - line.column_x0
    words = line.text.split()
    return (
        line.x1 - line.x0 >= _PROSE_SHARE * width
        and len(words) >= 6
        and sum(w.isalpha() for w in words) >= 0.6 * len(words)
    )
