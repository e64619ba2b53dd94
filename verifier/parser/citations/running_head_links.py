"""The links of running heads and feet: printed on every page, given once."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from verifier.model import BodyLink
from verifier.parser.citations.linking import find_urls, uri_places
from verifier.parser.page.lines import Line
from verifier.parser.page.structure import Link
from verifier.parser.page.text_flow import PARAGRAPH, FlowBuilder, Piece


def running_head_links(
    running_heads: Sequence[Line], links: Mapping[int, Sequence[Link]], known: set[str]
) -> tuple[BodyLink, ...]:
    """The addresses in lines that belong to no text, each where it is first printed, less the known ones.

    `links` are the annotations of every page (from 1). The sentence is the whole head or foot.
    """
    uris = uri_places(running_heads, links)
    builder = FlowBuilder(running_heads, uris)
    found: dict[str, BodyLink] = {}
    for page, numbers in groupby(range(len(running_heads)), key=lambda number: running_heads[number].page):
        flow = builder.build([Piece(n, 0, len(running_heads[n].text)) for n in numbers], paragraphs=True)
        for item in find_urls(flow, uris):
            start = flow.text.rfind(PARAGRAPH, 0, item.start) + 1
            end = flow.text.find(PARAGRAPH, item.start)
            around = flow.text[start : end if end >= 0 else len(flow.text)]
            found.setdefault(item.url, BodyLink(page, item.url, flow.text[item.start : item.end], around))
    return tuple(link for url, link in found.items() if url not in known)
