"""LaTeX's macros: their definitions, and what they come to."""

import re

from verifier.parser.drafts.latex_input import Macro
from verifier.parser.drafts.latex_reader import LatexReader

STAR = "\\BooleanTrue "
"""What a macro's argument is where its star was given."""


def expand(reader: LatexReader, macro: Macro) -> None:
    """Read next what a macro comes to with its arguments."""
    arguments: list[str] = []
    for number in range(macro.arguments):
        if number < len(macro.optional) and macro.optional[number] == STAR:
            arguments.append(STAR if reader.input.peek() == "*" else "")
            reader.input.starred()
        elif number < len(macro.optional) and macro.optional[number] is not None:
            given = reader.input.option()
            arguments.append(given if given is not None else macro.optional[number] or "")
        else:
            arguments.append(reader.input.argument())
    body = re.sub(r"#([1-9])", lambda m: arguments[int(m[1]) - 1] if int(m[1]) <= len(arguments) else "", macro.body)
    reader.input.push(body)


def new_command(reader: LatexReader, name: str) -> None:
    r"""`\newcommand` and its kin; of the counters of notes their formats."""
    reader.input.starred()
    called = reader.input.argument().strip().lstrip("\\")
    count = reader.input.option()
    default = reader.input.option() if count is not None else None
    body = reader.input.argument()
    if called in ("thefootnote", "thempfootnote"):
        reader.state.footnotes.redefine(body)
        return
    if called in ("theendnote",):
        reader.state.endnotes.redefine(body)
        return
    if name.startswith("providecommand") and (called in reader.state.macros or called in reader.state.builtin):
        return
    if called in reader.state.builtin and f"\\{called}" in body:  # a wrapper that would call itself
        return
    arguments = int(count) if count is not None and count.strip().isdecimal() else 0
    reader.state.macros[called] = Macro(arguments, body, (default,) if default is not None else ())


def define(reader: LatexReader, name: str) -> None:
    r"""`\def` with plain parameters."""
    called = reader.input.argument().strip().lstrip("\\")
    parameters = reader.input.until(re.compile(r"(?=\{)"))
    body = reader.input.argument()
    if called in ("thefootnote", "thempfootnote"):
        reader.state.footnotes.redefine(body)
        return
    count = len(re.findall(r"#[1-9]", parameters))
    if called and f"\\{called}" not in body:
        reader.state.macros[called] = Macro(count, body)


def new_document_command(reader: LatexReader, name: str) -> None:
    r"""`\NewDocumentCommand` with mandatory and optional arguments."""
    called = reader.input.argument().strip().lstrip("\\")
    specification = reader.input.argument()
    body = reader.input.argument()
    kinds = re.findall(r"([mosOvr+!])\s*(\{[^{}]*\})?", specification)
    kinds = [(kind, default) for kind, default in kinds if kind not in "+!"]
    optional = tuple(
        None if kind in "mvr" else STAR if kind == "s" else default.strip("{}") if kind == "O" else ""
        for kind, default in kinds
    )
    reader.state.macros[called] = Macro(len(kinds), body, optional)


def if_given(reader: LatexReader, name: str) -> None:
    r"""`\IfValueTF`, `\IfNoValueTF`, `\IfBooleanTF`: whether an argument of a macro was given, or its star."""
    given = reader.input.argument().strip()
    yes = reader.input.argument() if not name.endswith("F") or name.endswith("TF") else ""
    no = reader.input.argument() if name.endswith("F") else ""
    holds = bool(given) if "Value" in name else given == STAR.strip()
    reader.input.push(yes if holds is not name.startswith("IfNoValue") else no)


def let(reader: LatexReader, name: str) -> None:
    r"""`\let`: another name for a command."""
    called = reader.input.argument().strip().lstrip("\\")
    reader.input.skip_blanks()
    if reader.input.peek() == "=":
        reader.input.character()
    meant = reader.input.argument().strip()
    if meant.startswith("\\") and meant != f"\\{called}":
        reader.state.macros[called] = reader.state.macros.get(meant[1:]) or Macro(0, f"{meant} ")
