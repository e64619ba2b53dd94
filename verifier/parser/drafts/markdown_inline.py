"""Markdown within paragraphs: words, links, markers, cited works, and Pandoc's spans and powers."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from verifier.parser.drafts.citation_data import work_label
from verifier.parser.drafts.latex_symbols import formula_words
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


_FORMULA = regex(r"[\\^_=]|^[a-zA-Z]$|^-?[\d.,]+$")
_MOST_CHANGES = 5_000
"""Signs of changes in one file; more are of something else, and would take minutes to match."""
_INSERTED = regex(r"\{\+\+(.{0,4000}?)\+\+\}|\{==(.{0,4000}?)==\}", re.S)
_REPLACED = regex(r"\{~~.{0,4000}?~>(.{0,4000}?)~~\}", re.S)
_DELETED = regex(r"\{--.{0,4000}?--\}[ \t]?|\{>>.{0,4000}?<<\}", re.S)


def accepted(text: str) -> str:
    """Markdown with the changes of CriticMarkup accepted and its comments gone."""
    if not 0 < sum(text.count(sign) for sign in ("{++", "{--", "{~~", "{>>", "{==")) <= _MOST_CHANGES:
        return text
    return _INSERTED.sub(lambda m: m[1] or m[2] or "", _REPLACED.sub(r"\1", _DELETED.sub("", text)))


class InlineWriter:
    """Writes one paragraph. `cite` answers with the key of the note that stands for a work."""

    def __init__(
        self, works: Mapping[str, CitedWork], cite: Callable[[CitedWork], str], *, in_note: bool = False
    ) -> None:
        self._works = works
        self._in_note = in_note
        self._cite = cite
        self._writer = ParagraphWriter()
        self._raised = 0

    def write(
        self, tokens: Sequence[Any], *, whole: bool = False, heading: bool = False, quoted: bool = False
    ) -> Paragraph:
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
            case "math_inline" | "math_inline_double" | "math_block":
                self._formula(token)
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
            if self._in_note:
                self._cited_words(match[0], match[1])
            else:
                for key, _ in named:
                    self._writer.mark(self._cite(self._works[key]))
            done = match.end()
        self._plain(text[done:])

    def _cited_words(self, bracket: str, inside: str) -> None:
        """What a note prints of the works that its brackets name: a short form with the places."""
        self._writer.write(bracket[: bracket.index("[")])
        for number, item in enumerate(inside.split(";")):
            key = _KEY.search(item)
            work = self._works.get(key[1]) if key is not None else None
            start = self._writer.length + (2 if number else 0)
            words = (
                item if key is None or work is None else f"{item[: key.start()]}{work_label(work)}{item[key.end() :]}"
            )
            self._writer.write(f"{'; ' if number else ''}{words.strip()}")
            if work is not None:
                self._writer.add_works(start, (work,))

    def _formula(self, token: Any) -> None:
        """A formula as far as it is words; a sum of money between two dollar signs is none."""
        if token.type == "math_inline" and not _FORMULA.search(token.content):
            self._text(f"${token.content}$")
            return
        for words, raised in formula_words(token.content):
            if raised:
                self._writer.write_raised(words)
            else:
                self._writer.write(words)

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
