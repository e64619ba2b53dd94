"""What is made of a page's tree before its notes are looked for: lines as blocks, brackets with the links in them."""

import re
from typing import Any

import lxml.html

from verifier.parser.drafts.html_signs import LABEL, NOTE_SIGN, REFERENCE_SIGN
from verifier.parser.drafts.html_tree import classes, is_hidden, tag_of, words_of
from verifier.parser.patterns import regex

_LINE_HOLDERS = ("p", "div", "td", "li", "small")
_BETWEEN = regex(r"\s*[,;–-]\s*")
_OPENS = regex(r"\[\s*$")
_HELD_IN = (
    "data-footnote", "data-footnote-text", "data-footnote-content", "data-note", "data-content", "data-tooltip",
    "data-bs-content", "data-tippy-content", "title",
)  # fmt: skip
"""Attributes in which notes are kept that a page shows on pointing at their labels."""
_INVITATION = regex(r"(?:view|see|go to|jump|read|show|open|back)\b.{0,40}$", re.I)
_CLOSES = regex(r"\s*\]")


def rewrite(root: Any) -> Any:
    """The same tree, in which each note of several on one paragraph's lines has a block of its own."""
    for block in list(root.iter(*_LINE_HOLDERS)):
        if sum(tag_of(one) == "br" for one in block):
            _part_lines(block)
    for button in list(root.iter("button")):
        _as_link(button)
    for mark in list(root.iter("sup", "a", "span")):
        if "ltx_note_outer" in classes(mark):
            _as_sidenote(mark)
        else:
            _as_inline_note(mark)
    for link in list(root.iter("a")):
        for hidden in [one for one in link.iter("span") if is_hidden(one)]:
            hidden.drop_tree()
        _take_brackets_in(link)
    return root


def _as_link(button: Any) -> None:
    """A button that opens a note is a link to it."""
    target = button.get("popovertarget") or button.get("aria-controls")
    if target and LABEL.fullmatch(words_of(button).strip(" []()") or "-"):
        button.tag = "a"
        button.set("href", f"#{target}")
        button.set("role", "doc-noteref")


def _as_inline_note(mark: Any) -> None:
    """A label that holds its note in an attribute, which a reader sees on pointing at it: words behind the label."""
    named = any(NOTE_SIGN.search(word) or REFERENCE_SIGN.search(word) for word in classes(mark))
    if not named or not LABEL.fullmatch(words_of(mark).strip(" []()") or "-"):
        return
    if (mark.get("href") or "#").partition("#")[2]:
        return
    words = next((mark.get(name) or "" for name in _HELD_IN if mark.get(name)), "")
    if " " in words.strip() and not _INVITATION.match(words):
        note = lxml.html.Element("span")
        note.set("class", "footnote-text")
        note.text = words
        mark.addnext(note)
        note.tail, mark.tail = mark.tail, None


def _as_sidenote(outer: Any) -> None:
    """LaTeXML's notes: a mark, and beside it the note with its mark and tag again."""
    for one in list(outer.iter()):
        if classes(one) & {"ltx_note_mark", "ltx_tag_note"} and one.getparent() is not None:
            one.drop_tree()
    outer.set("class", "footnote-text")


def _part_lines(block: Any) -> None:
    """Give the lines of a block that begin with a named label a block each."""
    children = list(block)
    starts = [
        number
        for number, one in enumerate(children)
        if tag_of(one) == "a"
        and (one.get("id") or one.get("name"))
        and LABEL.fullmatch(words_of(one).strip(" []().") or "-")
        and _begins_line(block, children, number)
    ]
    if len(starts) < 2:
        return
    for start, end in zip(starts, [*starts[1:], len(children)], strict=True):
        line = lxml.html.Element("div")
        first = children[start]
        first.addprevious(line)
        for one in children[start:end]:
            line.append(one)  # its tail goes with it
        last = line[-1]
        if tag_of(last) == "br" and not (last.tail or "").strip():
            line.remove(last)


def _begins_line(block: Any, children: list[Any], number: int) -> bool:
    if not number:
        return not (block.text or "").strip()
    before = children[number - 1]
    return tag_of(before) == "br" and not (before.tail or "").strip()


def _take_brackets_in(link: Any) -> None:
    """`[<a>1</a>, <a>2</a>]`: brackets around links that are labels are the links' own."""
    if "#" not in (link.get("href") or "") or not _OPENS.search(_text_before(link)):
        return
    links = [link]
    while True:
        one = links[-1]
        following = one.getnext()
        if not LABEL.fullmatch(words_of(one).strip() or "-"):
            return
        if _CLOSES.match(one.tail or ""):
            break
        if following is None or tag_of(following) != "a" or not _BETWEEN.fullmatch(one.tail or ""):
            return
        links.append(following)
    _set_text_before(link, _OPENS.sub("", _text_before(link)))
    links[-1].tail = _CLOSES.sub("", links[-1].tail or "", count=1)
    for one in links[:-1]:
        one.tail = None
    for one in links:
        words = words_of(one).strip()
        for child in list(one):
            one.remove(child)
        one.text = f"[{words}]"


def _text_before(link: Any) -> str:
    before = link.getprevious()
    if before is not None:
        return before.tail or ""
    parent = link.getparent()
    return "" if parent is None else parent.text or ""


def _set_text_before(link: Any, text: str) -> None:
    before = link.getprevious()
    if before is not None:
        before.tail = text
    else:
        link.getparent().text = text
