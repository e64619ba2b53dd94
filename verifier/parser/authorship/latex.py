r"""The authors that a LaTeX draft names with `\author`, without their footnotes, marks and institutes."""

import re

from verifier.parser.authorship.names import stated_names
from verifier.parser.drafts.latex_symbols import plain_words
from verifier.parser.patterns import regex

_LONGEST = 200_000
"""Characters in which a draft says who wrote it."""

_COMMENT = regex(r"(?<!\\)((?:\\\\)*)%[^\n]*(?:\n[ \t]*)?")
_VERBATIM = regex(r"\\begin\{(verbatim\*?|lstlisting|minted|comment|filecontents\*?)\}.*?\\end\{\1\}", re.S)
_COMMAND = regex(r"\\author(?![A-Za-z@])\*?")
_DEFINED = regex(
    r"\\(?:re|provide)?newcommand\*?\s*\{?\s*$|\\(?:def|let|gdef|edef)\s*$|\\(?:Re|Provide)?NewDocumentCommand\s*\{?\s*$"
)
_DROPPED = regex(
    r"""\\(?:thanks|footnote(?:mark|text)?|inst|textsuperscript|orcid(?:link|ID|icon)?|aff(?:il|iliation|iliations)?|email|mail|address|institut(?:e|ion)
      |IEEE(?:authorrefmark|membership|authorblockA|compsocitemizethanks|compsocthanksitem)|authormark|authornote|corref|fnref|tnoteref|ref|url|nolinkurl|texttt
      |vspace|hspace|includegraphics|fnm|equalcont|protect\\footnote|label|cite[a-z]*|rule)(?![A-Za-z])\*?""",
    re.X,
)
"""Commands whose arguments are no part of a name."""

_ENVIRONMENT = regex(r"\\(?:begin\{[A-Za-z*]+\}(?:\[[^\]]*\])?(?:\{[^{}]*\})?|end\{[A-Za-z*]+\})")
_LINK = regex(r"\\href(?![A-Za-z])")
_AND = regex(r"\\(?:and|And|AND)(?![A-Za-z])|\\(?:q?quad|hfill)(?![A-Za-z])")
_LINE_END = regex(r"\\\\|\\(?:newline|par|tabularnewline)(?![A-Za-z])|\n[ \t]*\n")
_MATH = regex(r"(?<!\\)\$[^$]{0,200}\$|\^\{[^{}]{0,40}\}|\\\([^)]{0,200}\\\)")


def latex_authors(text: str) -> tuple[str, ...]:
    r"""The authors of each `\author`, without what is no name. A name that a macro of the draft writes is not found."""
    text = _COMMENT.sub(r"\1", _VERBATIM.sub("", text[:_LONGEST]))
    found: list[str] = []
    for match in _COMMAND.finditer(text):
        if _DEFINED.search(text, max(0, match.start() - 40), match.start()):
            continue
        at = _behind_options(text, match.end())
        end = _closing(text, at)
        if end is not None:
            found += _people(text[at + 1 : end])
    return stated_names(found)


def _people(argument: str) -> list[str]:
    """What stands on each person's first line: the lines below are institutes."""
    plain = _linked_words(_without_arguments(_ENVIRONMENT.sub("", argument)))
    people = _AND.split(_MATH.sub("", plain))
    return [plain_words(next(filter(str.strip, _LINE_END.split(person)), "")) for person in people]


def _without_arguments(text: str) -> str:
    while found := _DROPPED.search(text):
        at = _behind_options(text, found.end())
        end = _closing(text, at)
        text = text[: found.start()] + text[at if end is None else end + 1 :]
    return text


def _linked_words(text: str) -> str:
    r"""`\href{address}{words}` as its words."""
    while found := _LINK.search(text):
        end = _closing(text, _behind_options(text, found.end()))
        text = text[: found.start()] + text[found.end() if end is None else end + 1 :]
    return text


def _behind_options(text: str, at: int) -> int:
    """Where the next sign is behind spaces and arguments in brackets."""
    while True:
        while text[at : at + 1].isspace():
            at += 1
        end = text.find("]", at)
        if text[at : at + 1] != "[" or end < 0:
            return at
        at = end + 1


def _closing(text: str, at: int) -> int | None:
    """Where the brace that opens at a place closes; None where none opens there or it stays open."""
    if text[at : at + 1] != "{":
        return None
    depth, escaped = 0, False
    for place in range(at, len(text)):
        char = text[place]
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif char in "{}":
            depth += 1 if char == "{" else -1
            if depth == 0:
                return place
    return None
