"""Ties link annotations to the words they lie over, by their boxes, and words to the addresses they stand for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verifier.parser.page.geometry import Rect
from verifier.parser.page.lines import Line, LinkSpan
from verifier.parser.page.structure import Link
from verifier.parser.page.text_flow import Flow
from verifier.parser.urls import find_addresses

_HTTP = re.compile(r"(?:https?|ftp)://[^\s/?#]+\S*", re.I)


@dataclass(frozen=True, slots=True)
class FoundUrl:
    """An address at `start:end` of a flow's text; `hidden` when only an annotation has it.

    `differs_from` is the printed address where the annotation under it leads elsewhere.
    """

    start: int
    end: int
    url: str
    hidden: bool = False
    differs_from: str | None = None


def tie_links(lines: Sequence[Line], links: Sequence[Link]) -> None:
    """Give every line of one page the spans of its characters that links lie over."""
    for number, link in enumerate(links):
        for rect in link.rects:
            for line in lines:
                span = _covered(line, line.frame.rect_to_reading(rect))
                if span is not None:
                    line.links = (*line.links, LinkSpan(span[0], span[1], number))


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
    """The addresses of a flow in reading order: hidden ones, and printed ones that no annotation answers for."""
    return tie_addresses(flow.text, _hidden_spans(flow, uris))


def tie_addresses(text: str, hidden: Sequence[FoundUrl]) -> list[FoundUrl]:
    """The addresses of a text in reading order: those of the links in it, and printed ones without a link."""
    found: list[FoundUrl] = []
    answered: dict[int, str | None] = {}
    for address in find_addresses(text):
        over = [n for n, span in enumerate(hidden) if span.start < address.end and address.start < span.end]
        if not over:
            found.append(FoundUrl(address.start, address.end, address.url))
            continue
        for n in over:
            agree = _agree(address.url, hidden[n].url)
            answered[n] = None if agree else address.url
            if not agree:
                found.append(FoundUrl(address.start, address.end, address.url))
    for n, span in enumerate(hidden):
        found.append(FoundUrl(span.start, span.end, span.url, n not in answered, answered.get(n)))
    return sorted(found, key=lambda item: (item.start, item.hidden))


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


def _agree(printed: str, hidden: str) -> bool:
    """Whether a printed address and the annotation under it are one, up to a break, an escape or a trailing slash."""
    one, two = _bare(printed), _bare(hidden)
    return one == two or (min(len(one), len(two)) >= 8 and (one.startswith(two) or two.startswith(one)))


def _bare(url: str) -> str:
    url = re.sub(r"^(?:https?|ftp)://(?:www\.)?", "", url.casefold())
    return re.sub(r"[-\s/\u00ad]|%[0-9a-f]{2}|[^\x00-\x7f]", "", url)
