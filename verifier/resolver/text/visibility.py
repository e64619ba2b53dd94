"""Which elements of a page a reader does not see, as far as the page says so without its scripts."""

import re

import lxml.etree

_STYLED_AWAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MODAL = re.compile(r"(?:^|[\s_-])(?:modal|popup|pop-up|lightbox|offcanvas|off-canvas)(?:$|[\s_-])", re.IGNORECASE)
_OPEN = re.compile(r"(?:^|[\s_-])(?:show|shown|open|opened|active|visible|in)(?:$|\s)", re.IGNORECASE)
# Elements that are the page: some sites hide them until a script has run (to save readers a flicker).
_THE_PAGE = frozenset({"html", "body", "main", "article"})


def is_hidden(element: lxml.etree._Element) -> bool:
    """Whether an element says itself that it is not shown, and is not the page itself, waiting for a script."""
    if element.tag == "dialog":
        return element.get("open") is None
    if "hidden" in element.attrib:
        return bool(element.get("hidden") != "until-found")
    style = element.get("style")
    return bool(style) and _STYLED_AWAY.search(style) is not None and not _holds_the_page(element)


def is_modal(element: lxml.etree._Element) -> bool:
    """Whether an element is made to be laid over the page, and is not open yet."""
    kinds = element.get("class")
    if not kinds:
        return False
    closed = element.get("aria-hidden") == "true" or _OPEN.search(kinds) is None
    return closed and _MODAL.search(kinds) is not None and not _holds_the_page(element)


def is_seen(element: lxml.etree._Element, hidden_names: frozenset[str] = frozenset()) -> bool:
    """Whether neither an element nor what it is in is hidden or closed; `hidden_names` are classes (`.a`) and ids."""
    for one in (element, *element.iterancestors()):
        names = {f".{kind}" for kind in (one.get("class") or "").split()} | {f"#{one.get('id') or ''}"}
        if is_hidden(one) or is_modal(one) or names & hidden_names:
            return False
    return True


def _holds_the_page(element: lxml.etree._Element) -> bool:
    if element.tag in _THE_PAGE:
        return True
    if any((field.get("type") or "").lower() == "password" for field in element.iter("input")):
        return False
    root = element.getroottree().getroot()
    return next(element.iter("main", "article"), None) is not None or (
        next(element.iter("h1"), None) is not None and len(list(element.iter("h1"))) == len(list(root.iter("h1")))
    )
