"""The notes of a web page: links that look like markers, what they lead to, and notes that are in the text itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from lxml import etree

from verifier.model import NoteKind
from verifier.parser.drafts.html_rewrites import rewrite
from verifier.parser.drafts.html_signs import (
    INLINE_NOTE,
    LABEL,
    NOTE_ROLES,
    NOTE_SIGN,
    REFERENCE_ROLES,
    REFERENCE_SIGN,
    WHOLE_PAGE,
    container_of,
    continued_in,
    holds_heading,
    is_back_link,
    marker_before,
    marker_element,
    says,
)
from verifier.parser.drafts.html_tree import (
    BLOCKS,
    HEADINGS,
    IGNORED,
    block_of,
    classes,
    is_raised,
    roles,
    tag_of,
    words_of,
)

_FAR = 200
"""Characters before a link in its block that are looked at."""


@dataclass(slots=True)
class HtmlNote:
    """A note: its key, its label, and the elements whose contents are its text."""

    key: str
    label: str
    elements: list[Any]
    kind: NoteKind = NoteKind.ENDNOTE


@dataclass(slots=True)
class HtmlNotes:
    """The notes of a page, which elements are their markers, and which are not part of the running text."""

    notes: list[HtmlNote] = field(default_factory=list)
    markers: dict[Any, tuple[str, ...]] = field(default_factory=dict)
    taken: set[Any] = field(default_factory=set)


@dataclass(slots=True)
class _Reference:
    link: Any
    target: Any
    label: str
    marker: Any
    container: list[Any] = field(default_factory=list)


def find_html_notes(root: Any) -> HtmlNotes:
    """The notes of a page, in the order of their first markers."""
    return _Finder(rewrite(root)).find()


class _Finder:
    """Everything on the page that names something: ids, links, and in which order they are."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._order: dict[Any, int] = {}
        self._ids: dict[str, Any] = {}
        self._links: list[tuple[Any, Any]] = []
        self._containers: dict[Any, list[Any]] = {}
        self._found = HtmlNotes()
        self._ignored: set[Any] = set()

    def find(self) -> HtmlNotes:
        """Find them."""
        self._index()
        references = [one for link, target in self._links if (one := self._reference(link, target)) is not None]
        self._link_containers(references)
        places: list[tuple[int, HtmlNote]] = []
        by_target: dict[Any, HtmlNote] = {}
        for reference in references:
            if not reference.container:
                continue
            key_element = reference.container[0]
            note = by_target.get(key_element)
            if note is None:
                footnote = bool(roles(key_element) & {"doc-footnote", "footnote"}) or tag_of(key_element) == "aside"
                kind = NoteKind.FOOTNOTE if footnote else NoteKind.ENDNOTE
                label = reference.label or str(len(by_target) + 1)
                note = HtmlNote(f"html:{len(by_target) + 1}", label, reference.container, kind)
                by_target[key_element] = note
                places.append((self._order[reference.marker], note))
            self._found.markers[reference.marker] = (note.key,)
        self._take(references, by_target)
        places += self._inline_notes(len(places))
        self._found.notes = [note for _, note in sorted(places, key=lambda place: place[0])]
        return self._found

    def _index(self) -> None:
        hrefs = []
        for number, element in enumerate(self._root.iter()):
            tag = tag_of(element)
            if not tag:
                continue
            self._order[element] = number
            parent = element.getparent()
            if tag in IGNORED or parent in self._ignored:
                self._ignored.add(element)
                continue
            for attribute in ("id", "name"):
                value = element.get(attribute)
                if value and (attribute == "id" or tag == "a"):
                    self._ids.setdefault(value, element)
            if tag == "a" and "#" in (element.get("href") or ""):
                hrefs.append(element)
        for link in hrefs:
            fragment = link.get("href").split("#", 1)[1]
            target = self._ids.get(fragment)
            if target is None:
                target = self._ids.get(unquote(fragment))
            if target is not None:
                self._links.append((link, target))

    def _reference(self, link: Any, target: Any) -> _Reference | None:
        """A link read as a marker: by its words, what it says that it is, and what it leads to."""
        words = words_of(link)
        bare = words.strip(" []()").strip()
        said = _says_it_refers(link)
        if is_back_link(link) or target is link or not (LABEL.fullmatch(bare) or (said and not bare)):
            return None
        if tag_of(target) in {*HEADINGS, *WHOLE_PAGE} or holds_heading(target):
            return None
        if self._order[target] < self._order[link] and (not bare or self._begins_block(link)):
            return None
        marker = marker_element(link, bare)
        raised = is_raised(link) or any(words_of(sup).strip(" []()") == bare for sup in link.iter("sup"))
        set_apart = raised or words_of(marker) != bare
        return _Reference(link, target, bare, marker) if said or self._leads_to_note(link, target, set_apart) else None

    def _leads_to_note(self, link: Any, target: Any, set_apart: bool) -> bool:
        """Whether a link's target is a note, by what it says or does; `set_apart`: raised or in brackets."""
        noted = self._is_note(target)
        by_place = set_apart and (noted or self._order[target] > self._order[link])
        return by_place or (noted and self._leads_back(target, link))

    def _begins_block(self, link: Any) -> bool:
        """Whether nothing but marks and other links is before a link in its block."""
        block = block_of(link)
        before = ""
        for event, element in etree.iterwalk(block, events=("start", "end")) if block is not None else ():
            if element is link or len(before) > _FAR:
                break
            if event == "start" and tag_of(element) != "a":
                before += element.text or ""
            elif event == "end" and element is not block:
                before += element.tail or ""
        return not re.search(r"\w", before)

    def _is_note(self, target: Any) -> bool:
        """Whether an element, or what holds it, says that it is a note."""
        element = target
        for _ in range(4):
            if element is None or tag_of(element) in WHOLE_PAGE:
                return False
            if roles(element) & NOTE_ROLES or "mso-element:footnote" in (element.get("style") or "").replace(" ", ""):
                return True
            if any(
                NOTE_SIGN.search(word)
                for word in (*classes(element), element.get("id") or "", element.get("name") or "")
                if word
            ):
                return True
            element = element.getparent()
        return False

    def _leads_back(self, target: Any, link: Any) -> bool:
        block = block_of(target)
        own = {
            value
            for one in (link, link.getparent(), *link.iter())
            if one is not None
            for value in (one.get("id"), one.get("name"))
            if value
        }
        return block is not None and any(
            (a.get("href") or "").partition("#")[2] in own for a in block.iter("a") if a.get("href")
        )

    def _link_containers(self, references: list[_Reference]) -> None:
        """Give every reference the elements of its note; the blocks between two notes' belong to the first."""
        targets = {reference.target for reference in references}
        holders: dict[Any, int] = {}
        for target in targets:
            for ancestor in target.iterancestors():
                holders[ancestor] = holders.get(ancestor, 0) + 1
        for reference in references:
            if reference.target not in self._containers:
                self._containers[reference.target] = container_of(reference.target, holders)
            elements = self._containers[reference.target]
            inside = elements and any(ancestor is elements[0] for ancestor in reference.link.iterancestors())
            reference.container = [] if inside else elements
        firsts = {elements[0] for elements in self._containers.values() if elements}
        for elements in self._containers.values():
            if len(elements) == 1 and tag_of(elements[0]) == "p":
                elements.extend(continued_in(elements[0], firsts))

    def _take(self, references: list[_Reference], by_target: dict[Any, HtmlNote]) -> None:
        """Take the notes out of the text, and out of the notes the links that lead back to their markers."""
        pointing: set[Any] = set()
        for reference in references:
            element = reference.link
            pointing.update(reference.link.iter())
            for _ in range(3):
                if element is None or tag_of(element) in BLOCKS:
                    break
                pointing.add(element)
                element = element.getparent()
        targets = dict(self._links)
        marked: dict[str, set[Any]] = {}
        for reference in references:
            for key in self._found.markers.get(reference.marker, ()):
                marked.setdefault(key, set()).add(block_of(reference.link))
        for note in by_target.values():
            self._found.taken.update(note.elements)
            for element in note.elements:
                for link in element.iter("a"):
                    target = targets.get(link)
                    back = is_back_link(link) or target in pointing
                    back = back or (target is not None and block_of(target) in marked.get(note.key, ()))
                    if back and link not in self._found.markers:
                        self._found.taken.add(marker_element(link, words_of(link).strip(" []()")))
                parent = element.getparent()
                if tag_of(element) == "dd" and parent is not None:
                    self._found.taken.update(
                        one for one in element.itersiblings("dt", preceding=True) if one in targets.values()
                    )

    def _inline_notes(self, known: int) -> Iterator[tuple[int, HtmlNote]]:
        """Notes that are where their markers are: sidenotes and tooltips."""
        count = 0
        for element in self._root.iter("span", "small", "aside", "div"):
            said = any(INLINE_NOTE.search(word) for word in classes(element)) or (
                "tooltip" in roles(element) and any("note" in word for word in classes(element))
            )
            if not said or element in self._ignored or any(a in self._found.taken for a in element.iterancestors()):
                continue
            marker = marker_before(element)
            if marker is None:
                continue
            count += 1
            label = words_of(marker).strip(" []()") or str(count)
            note = HtmlNote(f"html:inline:{known + count}", label, [element], NoteKind.FOOTNOTE)
            self._found.markers[marker] = (note.key,)
            self._found.taken.add(element)
            yield self._order[marker], note


def _says_it_refers(link: Any) -> bool:
    """Whether a link's class, role, style or data say that it leads to a note."""
    return (
        says(link, REFERENCE_SIGN)
        or bool(roles(link) & REFERENCE_ROLES)
        or "mso-footnote-id" in (link.get("style") or "")
        or link.get("data-footnote-ref") is not None
    )
