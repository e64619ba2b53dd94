"""Markdown within paragraphs: words, links, markers, cited works, and Pandoc's spans and powers."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from verifier.parser.drafts.paragraphs import Paragraph, ParagraphWriter
from verifier.parser.drafts.works import CitedWork
from verifier.parser.patterns import regex

_ATTRIBUTES = regex(
    r"\s?\{(?:[#.][\w:.-]+|[\w-]+=(?:\"[^\"]*\"|[^\s{}]+))(?:\s+(?:[#.][\w:.-]+|[\w-]+=(?:\"[^\"]*\"|[^\s{}]+)))*\s*\}|\{\.\w+\}"
)
_SPAN = regex(r"\[([^\[\]]*)\](?=\s?\{[#.\w])")
_POWER = regex(r"\^([^\s^]{1,40})\^|(?<=\w)~([^\s~]{1,20})~")
_CITED = regex(r"\s?\[([^\[\]]*?(?<![\w.])-?@[^\[\]]+)\]")
_KEY = regex(r"(?<![\w.])-?@\{?([\w][\w:.#$%&+?<>~/-]*[\w/]|\w)\}?")
_HREF = regex(r"<a\s[^>]*href\s*=\s*[\"']?([^\"'\s>]+)", re.I)


class InlineWriter:
    """Writes one paragraph. `cite` answers with the key of the note that stands for a work."""

    def __init__(self, works: Mapping[str, CitedWork], cite: Callable[[CitedWork], str]) -> None:
        self._works = works
        self._cite = cite
        self._writer = ParagraphWriter()
        self._raised = 0

    def write(self, tokens: Sequence[Any], *, whole: bool, heading: bool, quoted: bool) -> Paragraph:
        """The paragraph of a block's inline tokens."""
        pending = ""
        for token in tokens:
            if token.type == "text" or token.type == "text_special":
                pending += token.content
                continue
            if token.type in ("strong_open", "strong_close", "em_open", "em_close") and "[" not in pending[-200:]:
                self._text(pending)
                pending = ""
                continue
            if token.type in ("strong_open", "strong_close", "em_open", "em_close"):
                continue
            self._text(pending)
            pending = ""
            self._token(token)
        self._text(pending)
        return self._writer.finish(whole=whole, heading=heading, quoted=quoted)

    def _token(self, token: Any) -> None:
        match token.type:
            case "softbreak" | "hardbreak":
                self._writer.write(" ")
            case "code_inline":
                self._writer.write(token.content)
            case "link_open":
                self._writer.open_link(str(token.attrGet("href") or ""))
            case "link_close":
                self._writer.close_link()
            case "footnote_ref":
                self._writer.mark(f"md:{token.meta['id']}")
            case "html_inline":
                self._tag(token.content)

    def _tag(self, tag: str) -> None:
        link = _HREF.match(tag)
        low = tag.lower()
        if link is not None:
            self._writer.open_link(link[1])
        elif low.startswith("</a"):
            self._writer.close_link()
        elif low.startswith("<br"):
            self._writer.write(" ")
        elif low.startswith("<sup"):
            self._raised += 1
        elif low.startswith("</sup"):
            self._raised = max(0, self._raised - 1)

    def _text(self, text: str) -> None:
        if not text:
            return
        if self._raised:
            self._writer.write_raised(text)
            return
        if "{" in text:
            text = _ATTRIBUTES.sub("", _SPAN.sub(r"\1", text))
        text = text.replace("---", "—").replace("--", "–")
        done = 0
        for match in _CITED.finditer(text) if self._works and "@" in text else ():
            named = [(key[1], key) for key in _KEY.finditer(match[1]) if key[1] in self._works]
            if not named:
                continue
            self._plain(text[done : match.start()])
            for key, _ in named:
                self._writer.mark(self._cite(self._works[key]))
            done = match.end()
        self._plain(text[done:])

    def _plain(self, text: str) -> None:
        """Words with powers, and works that are named in the sentence itself (`@reed04 finds`)."""
        done = 0
        for match in _POWER.finditer(text) if "^" in text or "~" in text else ():
            self._named(text[done : match.start()])
            if match[1] is not None:
                self._writer.write_raised(match[1])
            else:
                self._writer.write(match[2])
            done = match.end()
        self._named(text[done:])

    def _named(self, text: str) -> None:
        done = 0
        for match in _KEY.finditer(text) if self._works and "@" in text else ():
            work = self._works.get(match[1])
            if work is None:
                continue
            self._writer.write(text[done : match.start()])
            self._writer.write(work.authors[0].family if work.authors else work.key)
            self._writer.mark(self._cite(work))
            done = match.end()
        self._writer.write(text[done:])
