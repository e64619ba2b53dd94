"""LaTeX's input: characters of the file and of expanded macros, arguments, comments."""

import re
from dataclasses import dataclass

from verifier.errors import DocumentError
from verifier.parser.drafts.charset import decoded
from verifier.parser.patterns import regex

MOST_CHARACTERS = 30_000_000
"""Characters that a file may come to when its macros are expanded."""
MOST_EXPANSIONS = 300_000
_MOST_OPEN = 200
"""Macros and files that may be open in each other."""
_NAME = regex(r"\\([A-Za-z@]+\*?|.|\n)", re.S)
_SPACE = regex(r"(?:[ \t]*(?:%[^\n]*\n[ \t]*)?\n?(?!\s*\n))?[ \t]*")
_PLAIN = regex(r"[^\\%{}$&~\n\[\]^_#]+")
_GROUP = regex(r"\\.|%[^\n]*\n?|[{}]", re.S)
_BRACKET = regex(r"\\.|%[^\n]*\n?|[{}\[\]]", re.S)


@dataclass(slots=True)
class _Source:
    text: str
    at: int = 0


@dataclass(slots=True)
class _Spent:
    expansions: int = 0
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro: how many arguments it takes, which of the first are optional with what default, and its body."""

    arguments: int
    body: str
    optional: tuple[str | None, ...] = ()


class LatexInput:
    """Reads characters and arguments from a stack of texts. Raises DocumentError where macros never end."""

    def __init__(self, text: str, what: str) -> None:
        self._stack = [_Source(text)]
        self._what = what
        self._spent = _Spent()

    def nested(self, text: str) -> "LatexInput":
        """Another text that counts towards the same limits."""
        inner = LatexInput(text, self._what)
        inner._spent = self._spent
        return inner

    def push(self, text: str) -> None:
        """Read this next."""
        self._spent.expansions += 1
        self._spent.characters += len(text)
        while self._stack and self._stack[-1].at >= len(self._stack[-1].text):
            self._stack.pop()
        spent = self._spent
        if spent.expansions > MOST_EXPANSIONS or spent.characters > MOST_CHARACTERS or len(self._stack) > _MOST_OPEN:
            raise DocumentError(f"{self._what}: its macros expand without end; it cannot be read")
        self._stack.append(_Source(text))

    def _top(self) -> _Source | None:
        while self._stack:
            source = self._stack[-1]
            if source.at < len(source.text):
                return source
            self._stack.pop()
        return None

    def plain(self) -> str:
        """Characters up to the next that means something; nothing where one stands here, or at the end."""
        source = self._top()
        match = _PLAIN.match(source.text, source.at) if source is not None else None
        if source is None or match is None:
            return ""
        source.at = match.end()
        return match.group()

    def character(self) -> str:
        """The next character, nothing at the end."""
        source = self._top()
        if source is None:
            return ""
        source.at += 1
        return source.text[source.at - 1]

    def peek(self) -> str:
        """The next character, left where it is."""
        source = self._top()
        return "" if source is None else source.text[source.at]

    def command(self) -> str:
        """The name of the command whose backslash was read: letters, or one character."""
        source = self._top()
        if source is None:
            return ""
        match = _NAME.match(source.text, source.at - 1) if source.at and source.text[source.at - 1] == "\\" else None
        if match is None:
            return self.character()
        source.at = match.end()
        name = match.group(1)
        if name[0].isalpha() or name[0] == "@":
            self.skip_blanks()
        return name

    def skip_blanks(self) -> None:
        """Pass over blanks and a comment, not over a paragraph's end."""
        source = self._top()
        match = _SPACE.match(source.text, source.at) if source is not None else None
        if source is not None and match is not None:
            source.at = match.end()

    def skip_line(self) -> None:
        """Pass over the rest of a line and its end: a comment; blanks of the next line go with it."""
        source = self._top()
        if source is None:
            return
        end = source.text.find("\n", source.at)
        source.at = len(source.text) if end < 0 else end + 1
        while source.at < len(source.text) and source.text[source.at] in " \t":
            source.at += 1

    def until(self, pattern: "re.Pattern[str]") -> str:
        """Everything up to a pattern, which is passed over; the rest where it never comes."""
        source = self._top()
        if source is None:
            return ""
        match = pattern.search(source.text, source.at)
        start = source.at
        source.at = match.end() if match is not None else len(source.text)
        return source.text[start : match.start() if match is not None else len(source.text)]

    def ends_paragraph(self) -> bool:
        """Whether a blank line follows the line feed that was read; it is passed over."""
        source = self._top()
        if source is None:
            return True
        match = re.compile(r"[ \t]*\n\s*").match(source.text, source.at)
        if match is None:
            return False
        source.at = match.end()
        return True

    def argument(self) -> str:
        """The next argument: a group without its braces, or one token."""
        self.skip_blanks()
        source = self._top()
        if source is None:
            return ""
        if source.text[source.at] == "{":
            return self._balanced(source, _GROUP, "{", "}")
        if source.text[source.at] == "\\":
            match = _NAME.match(source.text, source.at)
            if match is not None:
                source.at = match.end()
                return match.group()
        if source.text[source.at] == "}":
            return ""
        source.at += 1
        return source.text[source.at - 1]

    def option(self) -> str | None:
        """The next optional argument, without its brackets; None where none follows."""
        source = self._top()
        if source is None:
            return None
        match = re.compile(r"[ \t]*\n?[ \t]*\[").match(source.text, source.at)
        if match is None:
            return None
        source.at = match.end() - 1
        return self._balanced(source, _BRACKET, "[", "]")

    def starred(self) -> None:
        """Pass over a star."""
        if self.peek() == "*":
            self.character()

    def _balanced(self, source: _Source, pattern: "re.Pattern[str]", opener: str, closer: str) -> str:
        depth, braces = 0, 0
        for match in pattern.finditer(source.text, source.at):
            token = match.group()
            if token == opener and (opener == "{" or not braces):
                depth += 1
            elif token == closer and (closer == "}" or not braces):
                depth -= 1
                if not depth:
                    text = source.text[source.at + 1 : match.start()]
                    source.at = match.end()
                    return text
            elif token in "{}" and opener == "[":
                braces += 1 if token == "{" else -1
        text = source.text[source.at + 1 :]
        source.at = len(source.text)
        return text


def source_text(data: bytes) -> str:
    """The text of a file's bytes."""
    return decoded(data).replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
