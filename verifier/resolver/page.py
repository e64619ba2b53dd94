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
    r"|skip-link|sharing|social|newsletter|gdpr|cmp|onetrust|didomi)(?:$|[\s_-])|cookie",
    re.IGNORECASE,
)
_NOTHING_YET = frozenset({"", "loading", "please wait"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WRITTEN = re.compile(r"text/(?:plain|json|xml)|application/(?:problem\+|hal\+|vnd\.api\+)?(?:json|xml)")
_MEDIA = frozenset(("img", "picture", "video", "audio", "iframe", "object", "embed", "canvas", "svg", "frame"))


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows and how it is made. Texts have their blanks collapsed.

    `text` is all visible text, `main` what is left without navigation, header, footer and banners, `linked` how many
    characters of that only link elsewhere; `headings` are
    (level, text). `marks` are the class and id words of the outer elements; `scripts` the inline scripts; `holders`
    counts the empty elements with a name, for scripts to fill.
    """

    title: str = ""
    headings: tuple[tuple[int, str], ...] = ()
    text: str = ""
    main: str = ""
    linked: int = 0
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

    @property
    def own_length(self) -> int:
        """Characters that the page itself has to say: lists of links to other pages are not counted."""
        return max(len(self.main) - self.linked, 0) if self.main else len(self.text)

    def meta(self, name: str) -> str:
        """The content of the first meta element of that name or property."""
        return next((content for key, content in self.metas if key == name), "")


def page_of(fetch: Fetch) -> Page | None:
    """The final response as a page; None when it is no HTML, plain text, JSON or XML."""
    if _WRITTEN.fullmatch(fetch.media_type):
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
    texts = _gather(tree)
    scripts, sources = _scripts(tree)
    return Page(
        title=_collapsed(" ".join(next(tree.iter("title"), tree.makeelement("title")).itertext()))[:_LONGEST_HEAD],
        headings=tuple(islice(_headings(tree), _MOST_HEADS)),
        text=texts.text,
        main=texts.main,
        linked=texts.linked,
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


class _Texts:
    """What is visible, what of it is the page's own, and how much of that only links elsewhere."""

    def __init__(self) -> None:
        self._all: list[str] = []
        self._main: list[str] = []
        self.linked = 0

    def add(self, piece: str | None, in_frame: bool, in_link: bool) -> None:
        if not piece or piece.isspace():
            return
        self._all.append(piece)
        if not in_frame:
            self._main.append(piece)
            self.linked += len(piece) if in_link else 0

    @property
    def text(self) -> str:
        return _collapsed(" ".join(self._all))

    @property
    def main(self) -> str:
        return _collapsed(" ".join(self._main))


def _parsed(source: str) -> lxml.html.HtmlElement | None:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return None
    return tree


def _gather(root: lxml.html.HtmlElement) -> _Texts:
    """Walk the tree without recursion (pages nest thousands deep), gathering the texts."""
    texts = _Texts()
    stack: list[tuple[lxml.html.HtmlElement, bool, bool, bool]] = [(root, False, False, False)]
    while stack:
        element, in_frame, in_link, leaving = stack.pop()
        if leaving:
            texts.add(element.tail, in_frame, in_link)
            continue
        stack.append((element, in_frame, in_link, True))
        if not isinstance(element.tag, str) or element.tag in _UNSEEN or _is_hidden(element):
            continue
        inside, linked = in_frame or _is_frame(element), in_link or element.tag == "a"
        texts.add(element.text, inside, linked)
        stack.extend((child, inside, linked, False) for child in reversed(element))
    return texts


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
    if len(element) or not isinstance(element.tag, str):
        return False
    if (element.text or "").strip(" .…\n\t").lower() not in _NOTHING_YET:
        return False
    named = element.tag in ("div", "section") and bool(element.get("id"))
    return named or element.tag in ("main", "article") or "-" in element.tag


def _headings(tree: lxml.html.HtmlElement) -> Iterator[tuple[int, str]]:
    for element in tree.iter("h1", "h2", "h3"):
        text = _collapsed(" ".join(element.itertext()))[:_LONGEST_HEAD]
        if text and not _is_hidden(element) and next(element.iterancestors("aside", "nav", "footer"), None) is None:
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
