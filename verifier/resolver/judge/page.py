"""A response as its reader sees it: title, headings, visible text, and the marks that show a page's kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import lxml.etree

from verifier.errors import DocumentError
from verifier.model import Fetch
from verifier.resolver.text.charsets import decode_text
from verifier.resolver.text.document_text import ReadPayload, read_payload
from verifier.resolver.text.markup import plain_html_tree
from verifier.resolver.text.visibility import is_hidden, is_modal, is_seen

_LONGEST_SCRIPT = 50_000  # characters of one script that are looked at, and how many of all
_MOST_SCRIPTS = 400_000  # of all scripts: what shows a wall or a state is early
_LONGEST_TEXT = 400_000  # characters of plain text, JSON or XML that are looked at
_LONGEST_HEAD = 300  # characters of a title or heading
_MOST_HEADS = 50  # the judge looks at six; walls and dead pages at those of the first level
_MOST_PROSE = 6_000  # characters of prose that are looked at: some sixty sentences; no feature counts more than three
_UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "title", "meta", "link", "svg", "math", "object", "iframe"}
    | {"select", "textarea"}
)
_FRAME = frozenset(("nav", "header", "footer", "aside"))
_FRAME_WORDS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|header|masthead|breadcrumbs?|sidebar|cookie\w*|consent|banner"
    r"|skip-link|sharing|social|newsletter|gdpr|cmp|onetrust|didomi)(?:$|[\s_-])|cookie",
    re.IGNORECASE,
)
_HEADING = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "button", "label"})
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "mark",
    }
    | {"q", "s", "samp", "small", "span", "strong", "sub", "sup", "td", "th", "time", "tt", "u", "var", "wbr"}
)
_NOTHING_YET = frozenset({"", "loading", "please wait"})
_HIDES = re.compile(r"([.#][\w-]+)\s*\{[^{}]*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WRITTEN = re.compile(r"text/(?:plain|json|xml)|application/(?:problem\+|hal\+|vnd\.api\+)?(?:json|xml)")
PDF = "application/pdf"
"""A document: only one that has nothing to say but that it is missing is a page (see `verifier.resolver.judge`)."""

_LARGEST_NOTICE = 200_000  # bytes: a page of a few words with its fonts has less than a hundred thousand
_LONGEST_NOTICE = 700  # characters, as of a short page
_MEDIA = frozenset(("img", "picture", "video", "audio", "iframe", "object", "embed", "canvas", "svg", "frame"))


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows and how it is made. Texts have their blanks collapsed.

    `text` is all visible text, `main` what is left without navigation, header, footer and banners, `linked` how many
    characters of that only link elsewhere; `prose` its first blocks that are neither a heading nor begin as a link;
    `headings` are (level, text). `marks` are the class and id words of the outer elements; `scripts` the inline
    scripts; `holders` counts the empty elements with a name, for scripts to fill.
    """

    title: str = ""
    headings: tuple[tuple[int, str], ...] = ()
    text: str = ""
    main: str = ""
    prose: tuple[str, ...] = ()
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
    """The final response as a page; None when it is no HTML, plain text, JSON, XML or small PDF, or is still coded.

    Raises DocumentError where `read` could not read it.
    """
    if fetch.undecoded:
        return None
    if fetch.media_type == PDF:
        return _notice(fetch.body, read) if len(fetch.body) <= _LARGEST_NOTICE else None
    if "html" not in fetch.media_type and not _WRITTEN.fullmatch(fetch.media_type):
        return None
    return read.page(fetch.body, fetch.media_type, fetch.charset)


def _notice(body: bytes, read: ReadPayload) -> Page | None:
    """A small PDF as a page; one that cannot be read is judged by its headers, as larger ones are."""
    try:
        return read.page(body, PDF, None)
    except DocumentError:
        return None


def page_of_body(body: bytes, media_type: str, charset: str | None) -> Page | None:
    """A body as a page, read in this process."""
    if _WRITTEN.fullmatch(media_type):
        text = _collapsed(decode_text(body[:_LONGEST_TEXT], charset))
        return Page(text=text, main=text, prose=(text,) if text else (), html=False)
    if media_type == PDF:
        return _page_of_pdf(body)
    return read_page(decode_text(body, charset)) if "html" in media_type else None


def _page_of_pdf(body: bytes) -> Page | None:
    """A PDF of one page and few words: some servers answer so that a document is gone. None for any other."""
    from verifier.resolver.text.pdf_text import only_page

    lines = tuple(filter(None, map(_collapsed, (only_page(body) or "").splitlines())))
    text = " ".join(lines)
    if not text or len(text) > _LONGEST_NOTICE:
        return None
    return Page(text=text, main=text, prose=lines, html=False)


def read_page(source: str) -> Page:
    """Read HTML, however broken."""
    tree = plain_html_tree(source)
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
        prose=texts.prose,
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
        password_field=_asks_for_a_password(tree),
        holders=sum(1 for element in elements if _is_holder(element)),
        noscript=_collapsed(" ".join(_text_in(element) for element in tree.iter("noscript"))),
    )


@dataclass(frozen=True, slots=True)
class _Texts:
    """What is visible, what of it is the page's own, and how much of that only links elsewhere."""

    text: str
    main: str
    linked: int
    prose: tuple[str, ...]


def _gather(root: lxml.etree._Element) -> _Texts:
    everything: list[str] = []
    main: list[str] = []
    prose: list[str] = []
    block: list[str] = []
    linking = read = 0
    for text, within in _pieces(root):
        if within == _Within.BREAK:
            if block and read < _MOST_PROSE:
                prose.append(" ".join(block))
                read += len(prose[-1])
            block = []
            continue
        everything.append(text)
        if not within & _Within.FRAME:
            main.append(text)
            linking += len(text) if within & _Within.LINK else 0
            if not within & _Within.HEADING and (block or not within & _Within.LINK):
                block.append(text)
    if block and read < _MOST_PROSE:
        prose.append(" ".join(block))
    text = " ".join(everything)
    own = text if len(main) == len(everything) else " ".join(main)
    return _Texts(text, own, linking, tuple(prose))


class _Within:
    """What a visible text is in, as bits: a frame, a link, a heading or what is pressed; `BREAK` parts blocks."""

    FRAME, LINK, HEADING, BREAK = 1, 2, 4, 8


def _pieces(root: lxml.etree._Element) -> Iterator[tuple[str, int]]:
    """The visible texts, blanks collapsed, with what each is within; without recursion: pages nest thousands deep."""
    stack: list[tuple[lxml.etree._Element | str | None, int]] = [(root, 0)]
    while stack:
        met, within = stack.pop()
        if met is None:
            yield "", _Within.BREAK
        elif isinstance(met, str):
            if text := _collapsed(met):
                yield text, within
        elif isinstance(met.tag, str) and met.tag not in _UNSEEN and not is_hidden(met) and not is_modal(met):
            tag = met.tag
            if not within & _Within.FRAME and _is_frame(met):
                within |= _Within.FRAME
            if tag == "a":
                within |= _Within.LINK
            elif tag in _HEADING:
                within |= _Within.HEADING
            block = tag not in _INLINE
            if block:
                yield "", _Within.BREAK
                stack.append((None, 0))
            for child in reversed(met):
                if tail := child.tail:
                    stack.append((tail, within))
                stack.append((child, within))
            if text := met.text:
                stack.append((text, within))


def _asks_for_a_password(tree: lxml.etree._Element) -> bool:
    """Whether a form that is seen asks for one; many pages carry a closed form, hidden by a rule of their style."""
    fields = [element for element in tree.iter("input") if (element.get("type") or "").lower() == "password"]
    if not fields:
        return False
    rules = " ".join(element.text or "" for element in tree.iter("style"))[:_LONGEST_SCRIPT]
    hidden = frozenset(found.group(1) for found in _HIDES.finditer(rules))
    return any(is_seen(field, hidden) for field in fields)


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
        if text and is_seen(element) and next(element.iterancestors("aside", "nav", "footer"), None) is None:
            yield int(element.tag[1]), text


def _marks(tree: lxml.etree._Element) -> frozenset[str]:
    """Class and id words of html, body, main and what is right in them."""
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
    inline = [(element.text or "")[:_LONGEST_SCRIPT] for element in tree.iter("script")]
    sources = tuple(element.get("src") or "" for element in tree.iter("script") if element.get("src"))
    return "\n".join(inline)[:_MOST_SCRIPTS], sources


def _text_in(element: lxml.etree._Element) -> str:
    return _collapsed(" ".join(map(str, element.itertext())))


def _collapsed(text: str) -> str:
    if text.isprintable() and "  " not in text:  # no blank but single spaces: most prose, at a tenth of the cost
        return text.strip(" ")
    return " ".join(text.split())
