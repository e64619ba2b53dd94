"""What a page itself says: its headings and text, without navigation, lists of references and of other pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.etree

_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "math", "select", "textarea", "iframe", "head"})
_FRAME = frozenset({"nav", "footer", "aside", "form"})
_FRAME_WORDS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|masthead|breadcrumbs?|sidebar|cookie\w*|consent|related|recommend\w*"
    r"|references|bibliography|footnotes|reflist|sharing|social|newsletter|promo|teaser|most-read|trending)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\s*(?:references|bibliography|works\s+cited|literature\s+cited|notes|footnotes|endnotes|further\s+reading"
    r"|related(?:\s+\w+)?|more\s+(?:like\s+this|from\s+.{1,40}|on\s+.{1,40}|stories|news)|you\s+(?:may|might)\s+(?:also\s+)?like"
    r"|recommended(?:\s+\w+)*|similar\s+\w+|most\s+(?:read|popular)|trending(?:\s+\w+)?|latest(?:\s+\w+)?|see\s+also"
    r"|recent\s+\w+|cited\s+by|citing\s+\w+|literatur(?:verzeichnis)?|r[ée]f[ée]rences|bibliographie|referencias)\s*:?\s*",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "section",
        "article",
        "header",
        "main",
        "ul",
        "ol",
        "dl",
    }
    | {"dt", "dd", "td", "th", "br", "blockquote", "figure", "figcaption", "table", "time", "body"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LONGEST_OPENING = 4000
"""Characters of a page's own text that are kept: news of a work names it in its first paragraphs."""

_MOST_ELEMENTS = 60_000


@dataclass(frozen=True, slots=True)
class OwnText:
    """`opening` is the start of the text, a block a line; `length` counts the characters of all of it, `linked` those
    in links, `items` the list items or headings that are but a link (with a few words beside)."""

    opening: str
    length: int
    linked: int
    items: int


def own_text(tree: lxml.etree._Element) -> OwnText:
    """The page's own text."""
    gathered = _Gathered()
    body = next(tree.iter("body"), tree)
    _walk(body, gathered)
    text = "\n".join(" ".join(line.split()) for line in "".join(gathered.pieces).split("\n") if line.strip())
    return OwnText(text[:LONGEST_OPENING], len(text), gathered.linked, gathered.items)


class _Gathered:
    """What the walk has brought together."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = 0
        self.items = 0
        self.seen = 0


def _walk(body: lxml.etree._Element, out: _Gathered) -> None:
    """Iterative, since pages nest hundreds deep: an element's start, its children, its end and tail."""
    stack: list[tuple[lxml.etree._Element, bool, bool]] = [(body, False, False)]
    while stack and out.seen < _MOST_ELEMENTS:
        element, done, linked = stack.pop()
        if done:
            _add(out, "\n" if element.tag in _BLOCKS else "", False)
            _add(out, element.tail or "", linked) if element is not body else None
            continue
        out.seen += 1
        if not isinstance(element.tag, str) or _is_left_out(element, body):
            _add(out, "\n" + (element.tail or ""), linked)
            continue
        inside = linked or element.tag == "a"
        out.items += _is_item(element)
        _add(out, "\n" if element.tag in _BLOCKS else "", False)
        _add(out, element.text or "", inside)
        stack.append((element, True, linked))
        stack += [(child, False, inside) for child in reversed(_children(element))]


def _add(out: _Gathered, text: str, linked: bool) -> None:
    if text:
        out.pieces.append(text)
        out.linked += len(" ".join(text.split())) if linked else 0


def _children(element: lxml.etree._Element) -> list[lxml.etree._Element]:
    """The children, up to a heading that begins a list of other works."""
    kept = []
    for child in element:
        if child.tag in _HEADINGS and _OTHERS.fullmatch("".join(map(str, child.itertext()))[:80]):
            break
        kept.append(child)
    return kept


def _is_left_out(element: lxml.etree._Element, body: lxml.etree._Element) -> bool:
    tag = element.tag
    if (
        tag in _UNSEEN
        or tag in _FRAME
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style") or "")
    ):
        return True
    if tag in ("html", "body", "main", "article"):
        return False
    if tag == "header" and element.getparent() is body:
        return next(element.iter("h1"), None) is None
    return bool(_FRAME_WORDS.search(f"{element.get('id') or ''} {element.get('class') or ''}"))


def _is_item(element: lxml.etree._Element) -> bool:
    """Whether it is a list item or heading that is a link to something else."""
    if element.tag != "li" and element.tag not in ("h2", "h3", "h4", "tr", "dt", "article"):
        return False
    link = next(element.iter("a"), None)
    if link is None:
        return False
    words = sum(len(" ".join(str(text).split())) for text in link.itertext())
    return words >= 12 and words * 2 >= min(sum(len(str(text).strip()) for text in element.itertext()), 4 * words)


def headings(tree: lxml.etree._Element) -> Iterator[str]:
    """The texts of the first-level headings that are not in a frame."""
    for element in tree.iter("h1"):
        if any(ancestor.tag in ("nav", "footer", "aside") for ancestor in element.iterancestors()):
            continue
        text = " ".join(" ".join(map(str, element.itertext())).split())
        if text:
            yield text
