r"""LaTeX's conditionals whose outcome the source itself says: `\iftrue`, `\iffalse` and what `\newif` makes."""

from verifier.parser.drafts.latex_reader import LatexReader
from verifier.parser.patterns import regex

_BRANCH = regex(r"(?=\\(?:if[a-zA-Z@]*|else|fi)(?![a-zA-Z@]))")


def new_switch(reader: LatexReader, name: str) -> None:
    r"""`\newif\ifdraft`: false until `\drafttrue`."""
    switch = reader.input.argument().strip().lstrip("\\")
    if switch.startswith("if"):
        reader.state.switches.setdefault(switch[2:], False)


def is_switch(reader: LatexReader, name: str) -> bool:
    """Whether a command sets a switch or asks for it."""
    switches = reader.state.switches
    return (
        name[2:] in switches if name.startswith("if") else name.removesuffix("true").removesuffix("false") in switches
    )


def switch(reader: LatexReader, name: str) -> None:
    """Set a switch, or read the branch that it says."""
    if name.startswith("if"):
        choose(reader, "iftrue" if reader.state.switches[name[2:]] else "iffalse")
        return
    known = name.removesuffix("true").removesuffix("false")
    reader.state.switches[known] = name.endswith("true")


def choose(reader: LatexReader, name: str) -> None:
    r"""Read the branch of `\iftrue` or `\iffalse` that counts, and pass over the other."""
    if name == "iftrue" or _pass_over(reader, at_else=True):
        reader.state.branches += 1


def other_branch(reader: LatexReader, name: str) -> None:
    r"""`\else` behind a branch that was read: what follows is passed over, unless the condition is not known."""
    if reader.state.branches and not reader.state.unknown_branches:
        reader.state.branches -= 1
        _pass_over(reader, at_else=False)


def end_branch(reader: LatexReader, name: str) -> None:
    r"""`\fi`."""
    if reader.state.unknown_branches:
        reader.state.unknown_branches -= 1
    elif reader.state.branches:
        reader.state.branches -= 1


def unknown_condition(reader: LatexReader, name: str) -> None:
    """A condition whose outcome is not known begins: both of its branches are read."""
    if reader.state.branches and not _is_other(name) and reader.input.peek() != "{":
        reader.state.unknown_branches += 1


def _is_other(word: str) -> bool:
    r"""Whether a command that begins like a condition is none: those with braces end without a `\fi`."""
    return word in ("iff", "ifthenelse")


def _pass_over(reader: LatexReader, *, at_else: bool) -> bool:
    r"""Pass over everything up to the `\fi` of this condition, or its `\else`; whether that was it."""
    depth = 1
    while True:
        skipped = reader.input.until(_BRANCH)
        if reader.input.peek() != "\\":
            if not skipped:
                return False
            continue
        reader.input.character()
        word = reader.input.command()
        if word == "else":
            if at_else and depth == 1:
                return True
        elif word == "fi":
            depth -= 1
            if not depth:
                return False
        elif not _is_other(word) and reader.input.peek() != "{":
            depth += 1
