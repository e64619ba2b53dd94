"""The lists of a draft, put together from the items that its paragraphs belong to, so that they can be counted."""

from collections.abc import Iterator, Sequence

from verifier.model import UnmarkedList
from verifier.parser.drafts.paragraphs import Paragraph

_NEAR = 4
"""Paragraphs behind a list in which another list may be the rest of it."""


def draft_lists(paragraphs: Sequence[Paragraph]) -> Iterator[UnmarkedList]:
    """The lists with the paragraph before each; left out where another begins so soon that it may be the rest."""
    numbers = dict.fromkeys(paragraph.item.of_list for paragraph in paragraphs if paragraph.item is not None)
    for number in numbers:
        at = [index for index, one in enumerate(paragraphs) if one.item is not None and one.item.of_list == number]
        behind = paragraphs[at[-1] + 1 : at[-1] + 1 + _NEAR]
        if not at[0] or any(one.item is not None for one in behind):
            continue
        items: dict[int, str] = {}
        for index in at:
            place = paragraphs[index].item
            if place is not None:
                items.setdefault(place.item, paragraphs[index].text)
        yield UnmarkedList(paragraphs[at[0] - 1].text, tuple(items.values()))
