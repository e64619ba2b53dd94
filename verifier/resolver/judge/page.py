"""A response as its reader sees it: title, headings, visible text, and the marks that tell a page's kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import lxml.etree

from verifier.model import Fetch
from verifier.resolver.text.charsets import decode_text
from verifier.resolver.text.document_text import ReadPayload, read_payload

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


def page_of(fetch: Fetch, read: ReadPayload = read_payload) -> Page | None:
    """The final response as a page; None when it is no HTML, plain text, JSON or XML, or its coding was not undone.

    Raises DocumentError where `read` could not read it.
    """
    written = "html" in fetch.media_type or _WRITTEN.fullmatch(fetch.media_type)
    if fetch.undecoded or not written:
        return None
    return read.page(fetch.body[:_MOST], fetch.media_type, fetch.charset)


def page_of_body(body: bytes, media_type: str, charset: str | None) -> Page | None:
    """A body as a page, read in this process."""
    if _WRITTEN.fullmatch(media_type):
        text = _collapsed(decode_text(body[:_MOST], charset))
        return Page(text=text, main=text, html=False)
    return read_page(decode_text(body[:_MOST], charset)) if "html" in media_type else None


def read_page(source: str) -> Page:
    """Read HTML, however broken."""
    tree = _parsed(source)
    if tree is None:
        return Page()
    elements = list(tree.iter())  # held, so that no walk makes them anew
    texts = _gather(tree)
    scripts, sources = _scripts(tree)
    return Page(
        title=_text_in(next(tree.iter("title"), tree.makeelement("title")))[:_LONGEST_HEAD],
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
        holders=sum(1 for element in elements if _is_holder(element)),
        noscript=_collapsed(" ".join(_text_in(element) for element in tree.iter("noscript"))),
    )


@dataclass(frozen=True, slots=True)
class _Texts:
    """What is visible, what of it is the page's own, and how much of that only links elsewhere."""

    text: str
    main: str
    linked: int


def _parsed(source: str) -> lxml.etree._Element | None:
    """The tree, of lxml's plain elements: its HTML ones cost a call of Python each."""
    parser = lxml.etree.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return lxml.etree.fromstring(source.encode("utf-8", "replace"), parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return None


def _gather(root: lxml.etree._Element) -> _Texts:
    everything: list[str] = []
    main: list[str] = []
    linking = 0
    for piece, in_frame, in_link in _pieces(root):
        everything.append(piece)
        if not in_frame:
            main.append(piece)
            linking += len(piece) if in_link else 0
    text = _collapsed(" ".join(everything))
    return _Texts(text, text if len(main) == len(everything) else _collapsed(" ".join(main)), linking)


def _pieces(root: lxml.etree._Element) -> Iterator[tuple[str, bool, bool]]:
    """The visible texts, and whether each is in a frame, in a link; without recursion: pages nest thousands deep."""
    stack: list[tuple[lxml.etree._Element | str, bool, bool]] = [(root, False, False)]
    while stack:
        met, in_frame, in_link = stack.pop()
        if isinstance(met, str):
            if not met.isspace():
                yield met, in_frame, in_link
        elif isinstance(met.tag, str) and met.tag not in _UNSEEN and not _is_hidden(met):
            in_frame, in_link = in_frame or _is_frame(met), in_link or met.tag == "a"
            for child in reversed(met):
                if child.tail:
                    stack.append((child.tail, in_frame, in_link))
                stack.append((child, in_frame, in_link))
            if met.text:
                stack.append((met.text, in_frame, in_link))


def _is_hidden(element: lxml.etree._Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _is_frame(element: lxml.etree._Element) -> bool:
    if element.tag in _FRAME:
        return True
    if element.tag in ("html", "body", "main", "article"):
        return False
    name, kinds = element.get("id"), element.get("class")
    return bool(name or kinds) and bool(_FRAME_WORDS.search(f"{name or ''} {kinds or ''}"))


def _is_holder(element: lxml.etree._Element) -> bool:
    tag = element.tag
    if not isinstance(tag, str):
        return False
    named = tag in ("div", "section") and bool(element.get("id"))
    if not (named or tag in ("main", "article") or "-" in tag) or len(element):
        return False
    return (element.text or "").strip(" .…\n\t").lower() in _NOTHING_YET


def _headings(tree: lxml.etree._Element) -> Iterator[tuple[int, str]]:
    for element in tree.iter("h1", "h2", "h3"):
        text = _text_in(element)[:_LONGEST_HEAD]
        if text and not _is_hidden(element) and next(element.iterancestors("aside", "nav", "footer"), None) is None:
            yield int(element.tag[1]), text


def _marks(tree: lxml.etree._Element) -> frozenset[str]:
    """Class and id words of html, body, main and what stands right in them."""
    words: list[str] = []
    for element in tree.iter("html", "body", "main"):
        for one in (element, *(child for child in element if isinstance(child.tag, str))):
            words += f"{one.get('id') or ''} {one.get('class') or ''}".lower().split()
    return frozenset(words)


def _metas(tree: lxml.etree._Element) -> Iterator[tuple[str, str]]:
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("http-equiv")
        if name:
            yield name.lower(), element.get("content") or ""


def _canonical(tree: lxml.etree._Element) -> str:
    return next((e.get("href") or "" for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"), "")


def _scripts(tree: lxml.etree._Element) -> tuple[str, tuple[str, ...]]:
    inline = [element.text or "" for element in tree.iter("script")]
    sources = tuple(element.get("src") or "" for element in tree.iter("script") if element.get("src"))
    return "\n".join(inline), sources


def _text_in(element: lxml.etree._Element) -> str:
    return _collapsed(" ".join(map(str, element.itertext())))


def _collapsed(text: str) -> str:
    return " ".join(text.split())
