"""Ties link annotations to the words they lie over, by their boxes, and words to the addresses they stand for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from verifier.parser.notes.markers import find_starts
from verifier.parser.page.geometry import Rect
from verifier.parser.page.lines import Line, LinkSpan
from verifier.parser.page.structure import Link
from verifier.parser.page.text_flow import Flow
from verifier.parser.patterns import regex
from verifier.parser.urls import find_addresses

_HTTP = regex(r"(?:https?|ftp)://[^\s/?#]+\S*", re.I)


@dataclass(frozen=True, slots=True)
class FoundUrl:
    """An address at `start:end` of a flow's text; `hidden` when only an annotation has it.

    `differs_from` is the printed address where the annotation under it leads elsewhere; `guessed`: it was put together
    over a blank or a hyphen of which nothing tells whose it is.
    """

    start: int
    end: int
    url: str
    hidden: bool = False
    differs_from: str | None = None
    guessed: bool = False


def tie_links(lines: Sequence[Line], links: Sequence[Link]) -> list[Link]:
    """Give every line of one page the spans of its characters that links lie over.

    A box of an external link that lies over several notes, or over lines and much white around them, is an area's (a
    banner, a cover) and no words': it is tied to none, and returned. One that is a little too high for its line
    reaches into the note below: it is tied to the line that it fits best.
    """
    areas: list[Link] = []
    for number, link in enumerate(links):
        for rect in link.rects:
            covered = [(line, span) for line in lines if (span := _covered(line, line.frame.rect_to_reading(rect)))]
            if link.uri and covered:
                first = covered[0][0]
                box = first.frame.rect_to_reading(rect)
                high = box.height > _TOO_HIGH * first.size
                if _holds_notes(covered if high else covered[1:]):
                    if high:
                        areas.append(link)
                        continue
                    covered = [max(covered, key=lambda item: _overlap(item[0], box))]
            for line, span in covered:
                line.links = (*line.links, LinkSpan(span[0], span[1], number))
    return areas


_TOO_HIGH = 2.2
"""Of the type size: a box of this height holds two lines of text."""


def _holds_notes(covered: Sequence[tuple[Line, tuple[int, int]]]) -> bool:
    """Whether a note begins on one of the lines under a box, within the box."""
    return any(span[0] == 0 and any(start.raised for start in find_starts(0, line)) for line, span in covered)


def _overlap(line: Line, box: Rect) -> float:
    return min(line.top, box.y1) - max(line.bottom, box.y0)


def _covered(line: Line, rect: Rect) -> tuple[int, int] | None:
    """The characters of a line whose middles lie in a rectangle over its band."""
    low, high = line.base, line.base + 0.55 * line.size
    overlap = min(high, rect.y1) - max(low, rect.y0)
    if overlap < 0.5 * (high - low) or rect.x1 < line.x0 or rect.x0 > line.x1:
        return None
    edges = line.edges
    inside = [
        i for i in range(len(line.text)) if rect.x0 - 0.4 <= (edges[2 * i] + edges[2 * i + 1]) / 2 <= rect.x1 + 0.4
    ]
    while inside and line.text[inside[0]] == " ":
        inside.pop(0)
    while inside and line.text[inside[-1]] == " ":
        inside.pop()
    return (inside[0], inside[-1] + 1) if inside else None


def usable_uri(uri: str) -> bool:
    """Whether an annotation's address can be requested: mail, script and malformed ones cannot."""
    return bool(_HTTP.fullmatch(uri))


def is_malformed(uri: str) -> bool:
    """Whether an annotation's address means to be a web address and is none (`http:5.01`)."""
    return bool(re.match(r"(?:https?|ftp):", uri, re.I)) and not usable_uri(uri)


def uri_places(lines: Sequence[Line], links: Mapping[int, Sequence[Link]]) -> dict[tuple[int, int], str]:
    """The address under every character (line index, character) that carries an external link."""
    places: dict[tuple[int, int], str] = {}
    for index, line in enumerate(lines):
        for span in line.links:
            uri = links[line.page][span.link].uri
            if uri and usable_uri(uri):
                places.update(((index, at), uri) for at in range(span.start, span.end))
    return places


def find_urls(flow: Flow, uris: Mapping[tuple[int, int], str]) -> list[FoundUrl]:
    """The addresses of a flow in reading order: those of the annotations over it, and printed ones."""
    return tie_addresses(flow, _hidden_spans(flow, uris))


def tie_addresses(flow: Flow, hidden: Sequence[FoundUrl]) -> list[FoundUrl]:
    """The addresses of a text in reading order: those of the links in it, and printed ones that no link answers for.

    Where the two differ, what is printed and what is linked are both facts, and both are given. An annotation that
    lacks a hyphen which the layout shows to be the address's own, or that lies over a part of it only, is no other
    address: what is printed is given alone.
    """
    found: list[FoundUrl] = []
    answered: dict[int, str | None] = {}
    dropped: set[int] = set()
    for address in find_addresses(flow.text):
        over = [n for n, span in enumerate(hidden) if span.start < address.end and address.start < span.end]
        guessed = address.guessed or any(address.start < at < address.end for at in flow.doubtful)
        printed = FoundUrl(address.start, address.end, address.url, guessed=guessed)
        if not over:
            found.append(printed)
            continue
        for n in over:
            relation = _relation(printed, hidden[n], flow)
            if relation is _Relation.HALF:
                dropped.add(n)
            answered[n] = None if relation is _Relation.SAME else address.url
            if relation is not _Relation.SAME:
                found.append(printed)
    for n, span in enumerate(hidden):
        if n not in dropped:
            found.append(FoundUrl(span.start, span.end, span.url, n not in answered, answered.get(n)))
    return sorted(dict.fromkeys(found), key=lambda item: (item.start, item.hidden))


def _hidden_spans(flow: Flow, uris: Mapping[tuple[int, int], str]) -> list[FoundUrl]:
    spans: list[FoundUrl] = []
    if not uris:
        return spans
    for segment in flow.segments:
        for at, char in enumerate(segment.chars):
            uri = uris.get((segment.line, char))
            if uri is None:
                continue
            offset = segment.offset + at
            if spans and spans[-1].url == uri and not flow.text[spans[-1].end : offset].strip(" -\u00ad"):
                spans[-1] = FoundUrl(spans[-1].start, offset + 1, uri)
            else:
                spans.append(FoundUrl(offset, offset + 1, uri))
    return spans


class _Relation(Enum):
    """How an annotation compares to the printed address that it lies over."""

    SAME = "same"
    HALF = "half"
    """It is a part of the printed address, and its own only: there is nothing else that it leads to."""
    OTHER = "other"


def _relation(printed: FoundUrl, hidden: FoundUrl, flow: Flow) -> _Relation:
    """Whether two addresses are one, up to a break, an escape or a trailing slash."""
    one, two = _bare(printed.url), _bare(hidden.url)
    if one == two:
        hyphens = printed.url.count("-") - hidden.url.count("-")
        if hyphens <= 0 or _host(printed.url) != _host(hidden.url):
            return _Relation.SAME
        return _Relation.HALF if _breaks_at_hyphen(printed, flow) else _Relation.OTHER
    if min(len(one), len(two)) < _SHORTEST:
        return _Relation.OTHER
    if two.startswith(one):
        return _Relation.SAME if _is_cut(printed, hidden) else _Relation.OTHER
    if one.startswith(two) and not _covers(hidden, printed):
        return _Relation.HALF
    return _Relation.OTHER


_SHORTEST = 8
_REST = 2
"""Characters of a printed address that an annotation over the whole of it may leave out at either end."""


def _is_cut(printed: FoundUrl, hidden: FoundUrl) -> bool:
    """Whether a printed address may be the beginning of a hidden one: of the same host, or cut within its host."""
    one, two = _host(printed.url), _host(hidden.url)
    return one == two or (hidden.end > printed.end and two.startswith(one))


def _covers(hidden: FoundUrl, printed: FoundUrl) -> bool:
    return hidden.start <= printed.start + _REST and printed.end - _REST <= hidden.end


def _breaks_at_hyphen(printed: FoundUrl, flow: Flow) -> bool:
    """Whether a printed address has a hyphen of its own at a line's end."""
    return any(printed.start < at < printed.end and flow.text[at - 1] in "-\u00ad" for at in flow.offsets)


def _host(url: str) -> str:
    return re.split(r"[/?#]", re.sub(r"^(?:https?|ftp)://(?:www\.)?", "", url.casefold()), maxsplit=1)[0]


def _bare(url: str) -> str:
    url = re.sub(r"^(?:https?|ftp)://(?:www\.)?", "", url.casefold())
    return re.sub(r"[-\s/\u00ad]|%[0-9a-f]{2}|[^\x00-\x7f]", "", url)
