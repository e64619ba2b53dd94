"""Tagged notes: which marked content of a page its structure tree says is a note's."""

from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

_NOTES = frozenset(("Note", "FENote"))
"""ISO 32000-1, 14.8.4.4.1, and its successor of ISO 32000-2, 14.8.4.7.3; LibreOffice, Typst, Word write the first."""
_MOST_ELEMENTS = 20_000
"""Elements that are looked at on one page; a dense page of Typst's has a few hundred. Bounds time on damaged trees."""
_LONGEST_NAME = 32


def tagged_notes(document: Any, page: Any) -> dict[int, int]:
    """The marked content of the notes on a page: its number (MCID), and which of the page's notes it is of.

    Notes that begin on the page count from 1 up, those that began on a page before from -1 down. `document` and `page`
    are pypdfium2's. Empty where the document is not tagged, or nothing is tagged as a note.
    """
    if not pdfium.FPDFCatalog_IsTagged(document.raw):
        return {}
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return {}
    try:
        return _note_contents(tree)
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _note_contents(tree: Any) -> dict[int, int]:
    top = range(min(pdfium.FPDF_StructTree_CountChildren(tree), _MOST_ELEMENTS))
    contents: dict[int, int] = {}
    begun = continued = 0
    waiting = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, at) for at in reversed(top)]
    for _ in range(_MOST_ELEMENTS):
        if not waiting:
            break
        element = waiting.pop()
        if not element:
            continue
        leaves = list(_leaves(element)) if _type(element) in _NOTES else None
        if leaves is None:
            waiting.extend(reversed(list(_children(element))))
        elif any(leaf is not None for leaf in leaves):
            begun, continued = (begun, continued - 1) if leaves[0] is None else (begun + 1, continued)
            note = continued if leaves[0] is None else begun
            contents.update((leaf, note) for leaf in leaves if leaf is not None)
    return contents


def _children(element: Any) -> Iterator[Any]:
    for at in range(min(pdfium.FPDF_StructElement_CountChildren(element), _MOST_ELEMENTS)):
        yield pdfium.FPDF_StructElement_GetChildAtIndex(element, at)


def _leaves(note: Any) -> Iterator[int | None]:
    """The marked contents of an element in their order; None for what is on another page, or no content (a link)."""
    waiting: list[tuple[Any, int]] = [(note, -1)]
    for _ in range(_MOST_ELEMENTS):
        if not waiting:
            return
        parent, at = waiting.pop()
        element = parent if at < 0 else pdfium.FPDF_StructElement_GetChildAtIndex(parent, at)
        if element:
            count = min(pdfium.FPDF_StructElement_CountChildren(element), _MOST_ELEMENTS)
            waiting.extend((element, child) for child in reversed(range(count)))
            continue
        content = pdfium.FPDF_StructElement_GetChildMarkedContentID(parent, at)
        yield content if content >= 0 else None


def _type(element: Any) -> str:
    """The standard type of an element; roles that producers invent are mapped by pdfium."""
    name = (pdfium.FPDF_WCHAR * _LONGEST_NAME)()
    size = pdfium.FPDF_StructElement_GetType(element, name, 2 * _LONGEST_NAME)
    return bytes(name)[: max(0, size - 2)].decode("utf-16-le", "replace")
