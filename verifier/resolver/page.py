"""A response as its reader sees it: title, headings, visible text, and the marks that tell a page's kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import lxml.etree
import lxml.html

from verifier.model import Fetch
from verifier.resolver.charsets import decode_text

_MOST = 400_000  # characters that are looked at: what tells a page's kind stands near its start
_LONGEST_HEAD = 300  # characters of a title or heading
_MOST_HEADS = 50
_UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "title", "meta", "link", "svg", "math", "object", "iframe"}
    | {"select", "option", "textarea"}
)
_FRAME = frozenset(("nav", "header", "footer", "aside"))
_FRAME_WORDS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|header|masthead|breadcrumbs?|sidebar|cookie\w*|consent|banner"
    r"|skip-link|sharing|social|newsletter)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MEDIA = frozenset(("img", "picture", "video", "audio", "iframe", "object", "embed", "canvas", "svg", "frame"))


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows and how it is made. Texts have their blanks collapsed.

    `text` is all visible text, `main` what is left without navigation, header, footer and banners; `headings` are
    (level, text). `marks` are the class and id words of the outer elements; `scripts` the inline scripts; `holders`
    counts the empty elements with a name, for scripts to fill.
    """

    title: str = ""
    headings: tuple[tuple[int, str], ...] = ()
    text: str = ""
    main: str = ""
    marks: frozenset[str] = frozenset()
    metas: tuple[tuple[str, str], ...] = ()
    canonical: str = ""
    scripts: str = ""
    script_sources: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    media: int = 0
    links: int = 0
    inputs: int = 0
    password_field: bool = False
    noscript: str = ""
    holders: int = 0
    html: bool = True

    def meta(self, name: str) -> str:
        """The content of the first meta element of that name or property."""
        return next((content for key, content in self.metas if key == name), "")


def page_of(fetch: Fetch) -> Page | None:
    """The final response as a page; None when it is no HTML and no plain text."""
    if fetch.media_type in ("text/plain", "application/json"):
        text = _collapsed(decode_text(fetch.body[:_MOST], fetch.charset))
        return Page(text=text, main=text, html=False)
    if "html" not in fetch.media_type:
        return None
    source = decode_text(fetch.body[:_MOST], fetch.charset)
    return read_page(source)


def read_page(source: str) -> Page:
    """Read HTML, however broken."""
    tree = _parsed(source)
    if tree is None:
        return Page()
    outer, main = _Text(), _Text()
    _gather(tree, outer, main)
    scripts, sources = _scripts(tree)
    return Page(
        title=_collapsed(" ".join(next(tree.iter("title"), tree.makeelement("title")).itertext()))[:_LONGEST_HEAD],
        headings=tuple(islice(_headings(tree), _MOST_HEADS)),
        text=outer.joined(),
        main=main.joined(),
        marks=_marks(tree),
        metas=tuple(_metas(tree)),
        canonical=_canonical(tree),
        scripts=scripts,
        script_sources=sources,
        frames=tuple(element.get("src") or "" for element in tree.iter("iframe", "frame")),
        media=sum(1 for _ in tree.iter(*_MEDIA)),
        links=sum(1 for element in tree.iter("a") if element.get("href")),
        inputs=sum(1 for _ in tree.iter("input", "button")),
        password_field=any((element.get("type") or "").lower() == "password" for element in tree.iter("input")),
        holders=sum(1 for element in tree.iter() if _is_holder(element)),
        noscript=_collapsed(" ".join(" ".join(element.itertext()) for element in tree.iter("noscript"))),
    )


class _Text:
    def __init__(self) -> None:
        self._pieces: list[str] = []

    def add(self, piece: str | None) -> None:
        if piece and not piece.isspace():
            self._pieces.append(piece)

    def joined(self) -> str:
        return _collapsed(" ".join(self._pieces))


def _parsed(source: str) -> lxml.html.HtmlElement | None:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return None
    return tree


def _gather(root: lxml.html.HtmlElement, outer: _Text, main: _Text) -> None:
    """Walk the tree without recursion (pages nest thousands deep), gathering both texts."""
    stack: list[tuple[lxml.html.HtmlElement, bool, bool]] = [(root, False, False)]
    while stack:
        element, in_frame, leaving = stack.pop()
        if leaving:
            outer.add(element.tail)
            if not in_frame:
                main.add(element.tail)
            continue
        stack.append((element, in_frame, True))
        if not isinstance(element.tag, str) or element.tag in _UNSEEN or _is_hidden(element):
            continue
        inside = in_frame or _is_frame(element)
        outer.add(element.text)
        if not inside:
            main.add(element.text)
        stack.extend((child, inside, False) for child in reversed(element))


def _is_hidden(element: lxml.html.HtmlElement) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style") or ""))


def _is_frame(element: lxml.html.HtmlElement) -> bool:
    if element.tag in _FRAME:
        return True
    if element.tag in ("html", "body", "main", "article"):
        return False
    words = f"{element.get('id') or ''} {element.get('class') or ''}"
    return len(words) > 1 and bool(_FRAME_WORDS.search(words))


def _is_holder(element: lxml.html.HtmlElement) -> bool:
    if len(element) or not isinstance(element.tag, str) or (element.text or "").strip():
        return False
    return "-" in element.tag or (element.tag in ("div", "main", "section", "article") and bool(element.get("id")))


def _headings(tree: lxml.html.HtmlElement) -> Iterator[tuple[int, str]]:
    for element in tree.iter("h1", "h2", "h3"):
        text = _collapsed(" ".join(element.itertext()))[:_LONGEST_HEAD]
        if text and not _is_hidden(element):
            yield int(element.tag[1]), text


def _marks(tree: lxml.html.HtmlElement) -> frozenset[str]:
    """Class and id words of html, body, main and what stands right in them."""
    words: list[str] = []
    for element in tree.iter("html", "body", "main"):
        for one in (element, *(child for child in element if isinstance(child.tag, str))):
            words += f"{one.get('id') or ''} {one.get('class') or ''}".lower().split()
    return frozenset(words)


def _metas(tree: lxml.html.HtmlElement) -> Iterator[tuple[str, str]]:
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("http-equiv")
        if name:
            yield name.lower(), element.get("content") or ""


def _canonical(tree: lxml.html.HtmlElement) -> str:
    return next((e.get("href") or "" for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"), "")


def _scripts(tree: lxml.html.HtmlElement) -> tuple[str, tuple[str, ...]]:
    inline = [element.text or "" for element in tree.iter("script")]
    sources = tuple(element.get("src") or "" for element in tree.iter("script") if element.get("src"))
    return "\n".join(inline), sources


def _collapsed(text: str) -> str:
    return " ".join(text.split())
