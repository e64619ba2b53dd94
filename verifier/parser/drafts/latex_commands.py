"""What LaTeX's commands do to the text and its notes."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from verifier.errors import DocumentError
from verifier.parser.drafts import latex_cites, latex_conditionals, latex_macros, latex_notes, latex_units
from verifier.parser.drafts.latex_dropped import DROPPED_ARGUMENTS
from verifier.parser.drafts.latex_environments import begin, bibliography_item, end
from verifier.parser.drafts.latex_input import source_text
from verifier.parser.drafts.latex_reader import LatexReader, LatexState
from verifier.parser.drafts.latex_symbols import ACCENTS, ESCAPED, SYMBOLS, accented, plain_words
from verifier.parser.drafts.paragraphs import Paragraph
from verifier.parser.patterns import regex

_Command = Callable[[LatexReader, str], None]
_MOST_FILES = 500
_CITES = regex(
    r"(?:[Cc]ite(?:p|t|alp|alt|author|year|yearpar|title|num|text)?|[Pp]arencite|[Tt]extcite|[Aa]utocite|[Ss]martcite|supercite|fullcite)s?\*?"
)
_FOOTCITES = regex(r"[Ff]ootcite(?:t|s|texts?|fullcite)?s?\*?|footfullcite|citefootnote")
_SERIES = regex(r"footnote(?:mark|text)?[A-Z]")
_SECTIONS = frozenset(
    ("part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph", "addchap", "addsec")
)


def run_command(reader: LatexReader, name: str) -> bool:
    """Do what a command says; False at the document's end."""
    if name == "end" and reader.input.peek() == "{":
        return end(reader, reader.input.argument())
    if len(name) == 1 and not name.isalpha():
        _character(reader, name)
        return True
    macro = reader.state.macros.get(name)
    if macro is not None:
        latex_macros.expand(reader, macro)
        return True
    known = COMMANDS.get(name) or COMMANDS.get(name.rstrip("*"))
    if known is not None:
        known(reader, name)
    elif latex_conditionals.is_switch(reader, name):
        latex_conditionals.switch(reader, name)
    elif _SERIES.fullmatch(name):
        latex_notes.series_note(reader, name)
    elif _FOOTCITES.fullmatch(name):
        latex_cites.footcite(reader, name)
    elif _CITES.fullmatch(name):
        latex_cites.cite(reader, name)
    elif name in SYMBOLS:
        _symbol(reader, name)
    elif name.rstrip("*") in _SECTIONS:
        _section(reader, name.rstrip("*"))
    elif name in ACCENTS:
        _accent(reader, name)
    else:
        _unknown(reader, name)
    return True


def _character(reader: LatexReader, name: str) -> None:
    if name == "\\":
        reader.input.starred()
        reader.input.option()
        if reader.cells:
            reader.end_cell(row=True)
        else:
            reader.text(" ")
    elif name in "([":
        reader.formula(reader.input.until(re.compile(r"\\[)\]]")))
    elif name in "`'^~=.\"":
        _accent(reader, name)
    else:
        reader.text(ESCAPED.get(name, ""))


def _accent(reader: LatexReader, name: str) -> None:
    letter = reader.input.argument()
    reader.text(accented(name, plain_words(letter)[:1]) + plain_words(letter)[1:])


def _symbol(reader: LatexReader, name: str) -> None:
    if reader.input.peek() == "{":
        reader.input.argument()
    reader.text(SYMBOLS[name])


def _unknown(reader: LatexReader, name: str) -> None:
    """Of a command that is not known, options are passed over and arguments are text."""
    if name.startswith("if"):
        latex_conditionals.unknown_condition(reader, name)
    for _ in range(2):
        reader.input.option()
    for _ in range(DROPPED_ARGUMENTS.get(name.rstrip("*"), 0)):
        reader.input.option()
        if reader.input.peek() in ("{", "\\"):
            reader.input.argument()


def _url(reader: LatexReader, name: str) -> None:
    url = unescaped(reader.input.argument())
    shown = f"https://doi.org/{url}" if name == "doi" and not url.startswith("http") else url
    reader.writer.open_link(shown if "://" in shown else "")
    if reader.state.in_text:
        reader.writer.write(shown)
    reader.writer.close_link()


def _href(reader: LatexReader, name: str) -> None:
    reader.input.option()
    url = unescaped(reader.input.argument())
    text = reader.input.argument()
    if not reader.state.in_text:
        return
    reader.writer.open_link(url)
    for number, paragraph in enumerate(reader.apart(text)):
        reader.writer.write(f" {paragraph.text}" if number else paragraph.text)
        for marker in paragraph.markers:
            reader.writer.mark(marker.key)
    reader.writer.close_link()


def unescaped(url: str) -> str:
    """An address as it is requested: LaTeX's escapes undone."""
    url = re.sub(r"\\([%#&_$~{}^])(?:\{\})?", r"\1", url.strip())
    return re.sub(r"\\(?:textasciitilde|string~|urltilde)\s*(?:\{\})?", "~", url).replace("\n", "")


def _input(reader: LatexReader, name: str) -> None:
    if name in ("import", "subimport"):
        folder = reader.input.argument().strip()
        wanted = f"{folder.rstrip('/')}/{reader.input.argument().strip()}"
    else:
        wanted = _file_name(reader)
    state = reader.state
    state.files += 1
    part = state.source.beside(wanted, (".tex", "")) if state.files <= _MOST_FILES else None
    if part is None:
        if state.in_text:
            state.missing.append(
                f"the file {wanted[:80]} that it reads in is not in its folder; its notes are not read"
            )
        return
    break_ = "\n\n" if name == "include" else ""
    reader.input.push(f"{break_}{source_text(part.data)}{break_}")


def _file_name(reader: LatexReader) -> str:
    """The name of a file: a group, or as plain TeX has it the characters up to a blank."""
    reader.input.skip_blanks()
    if reader.input.peek() == "{":
        return reader.input.argument().strip().strip('"')
    return reader.input.until(re.compile(r"(?=[\s\\{}%])"))


def _bibliography(reader: LatexReader, name: str) -> None:
    reader.input.option()
    reader.state.load_bibliography(reader.input.argument())
    made = reader.state.source.beside(reader.state.source.stem, (".bbl",))
    works = latex_cites.biblatex_works(source_text(made.data)) if made is not None else {}
    if works:
        reader.state.works |= works
    elif made is not None and reader.state.in_text:
        reader.end_paragraph()
        reader.input.push(f"\n\n{source_text(made.data)}\n\n")


def _first_of_two(reader: LatexReader, name: str) -> None:
    r"""Of `\replaced{new}{old}` (a change counts as accepted) and `\texorpdfstring{printed}{other}` the first."""
    reader.input.option()
    printed = reader.input.argument()
    reader.input.argument()
    reader.input.push(printed)


def _package(reader: LatexReader, name: str) -> None:
    """A package that lies beside the draft: the macros that it defines in terms of what is read here."""
    reader.input.option()
    for package in reader.input.argument().split(","):
        part = reader.state.source.beside(package.strip(), (".sty",)) if package.strip() else None
        state = reader.state
        state.files += 1
        if part is None or state.files > _MOST_FILES:
            continue
        apart = LatexState(state.source, run_command, state.builtin)
        with suppress(DocumentError):  # it computes more than is read: then only what came before
            LatexReader(f"{source_text(part.data)}\n\\begin{{document}}", apart).read()
        for called, macro in apart.macros.items():
            if called.isalpha() and not _is_known(called) and "@" not in macro.body:
                state.macros.setdefault(called, macro)


def _is_known(name: str) -> bool:
    """Whether a command is read without a macro: a package that defines it anew changes how it looks."""
    return bool(
        name in COMMANDS
        or name in SYMBOLS
        or name in ACCENTS
        or name in _SECTIONS
        or name in DROPPED_ARGUMENTS
        or _CITES.fullmatch(name)
        or _FOOTCITES.fullmatch(name)
    )


def _section(reader: LatexReader, name: str) -> None:
    reader.input.starred()
    reader.input.option()
    text = reader.input.argument()
    reader.end_paragraph()
    if not reader.state.in_text:
        return
    if (name == "chapter" and reader.state.has_chapters) or name == reader.state.notes_within:
        reader.state.footnotes.value = 0
    reader.into.extend(_as_headings(reader, text))


def _as_headings(reader: LatexReader, text: str) -> list[Paragraph]:
    return [replace(paragraph, heading=True) for paragraph in reader.apart(text)]


def _title(reader: LatexReader, name: str) -> None:
    reader.input.option()
    reader.state.title = reader.input.argument()
    reader.state.title_words = plain_words(re.sub(r"\\thanks\s*\{.*\}", "", reader.state.title, flags=re.S)) or None


def _maketitle(reader: LatexReader, name: str) -> None:
    if reader.state.in_text and reader.state.title:
        reader.end_paragraph()
        reader.into.extend(_as_headings(reader, reader.state.title))


def _caption(reader: LatexReader, name: str) -> None:
    reader.input.starred()
    reader.input.option()
    if name == "captionof":
        reader.input.argument()
    words = reader.apart(reader.input.argument())
    if reader.state.in_text:
        reader.end_paragraph()
        reader.into.extend(words)


def _verb(reader: LatexReader, name: str) -> None:
    reader.input.starred()
    delimiter = reader.input.character()
    words = reader.input.until(re.compile(re.escape(delimiter) if delimiter else r"$"))
    if reader.state.in_text and "\\" not in words:
        reader.writer.write(words)


def _quote(reader: LatexReader, name: str) -> None:
    text = reader.input.argument()
    reader.input.push(f"“{text}”" if name == "enquote" else text)


def _paragraph_end(reader: LatexReader, name: str) -> None:
    reader.end_paragraph()


def _begin(reader: LatexReader, name: str) -> None:
    begin(reader, reader.input.argument())


def _item(reader: LatexReader, name: str) -> None:
    words = reader.input.option()
    reader.end_paragraph()
    if words:
        reader.input.push(f"{words} ")


def _graphics(reader: LatexReader, name: str) -> None:
    reader.input.option()
    reader.input.option()
    reader.input.argument()


def _multicolumn(reader: LatexReader, name: str) -> None:
    many = reader.input.argument().strip()
    reader.input.argument()
    reader.span_columns(int(many) if many.isdecimal() and len(many) < 3 else 1)


def _row_end(reader: LatexReader, name: str) -> None:
    if reader.cells:
        reader.end_cell(row=True)


_NAMES: tuple[tuple[_Command, str], ...] = (
    (_begin, "begin"),
    (latex_macros.new_command, "newcommand renewcommand providecommand DeclareRobustCommand"),
    (latex_macros.define, "def gdef edef xdef"),
    (latex_macros.let, "let"),
    (
        latex_macros.new_document_command,
        "NewDocumentCommand RenewDocumentCommand ProvideDocumentCommand DeclareDocumentCommand",
    ),
    (latex_notes.footnote, "footnote tfootnote Footnote"),
    (latex_notes.footnotemark, "footnotemark endnotemark"),
    (latex_notes.footnotetext, "footnotetext endnotetext"),
    (latex_notes.endnote, "endnote pagenote"),
    (latex_notes.thanks, "thanks"),
    (latex_notes.sidenote, "sidenote marginnote marginpar"),
    (_url, "url path nolinkurl doi"),
    (_href, "href"),
    (_input, "input include subfile import subimport"),
    (_package, "usepackage RequirePackage"),
    (_bibliography, "bibliography addbibresource"),
    (_title, "title"),
    (_maketitle, "maketitle"),
    (_caption, "caption captionof"),
    (latex_notes.raised_words, "textsuperscript textsu"),
    (latex_notes.footref, "footref"),
    (latex_notes.label, "label"),
    (latex_notes.reference, "ref cref autoref vref getrefnumber"),
    (latex_notes.set_counter, "setcounter addtocounter"),
    (latex_notes.step_counter, "stepcounter refstepcounter"),
    (latex_notes.count_within, "counterwithin counterwithout @addtoreset @removefromreset"),
    (_verb, "verb lstinline"),
    (latex_notes.document_class, "documentclass documentstyle"),
    (latex_conditionals.new_switch, "newif"),
    (latex_conditionals.choose, "iftrue iffalse"),
    (latex_conditionals.other_branch, "else"),
    (latex_conditionals.end_branch, "fi"),
    (
        latex_macros.if_given,
        "IfValueTF IfValueT IfValueF IfNoValueTF IfNoValueT IfNoValueF IfBooleanTF IfBooleanT IfBooleanF",
    ),
    (latex_cites.full_cite, "fullcite"),
    (latex_notes.new_series, "DeclareNewFootnote newfootnote"),
    (latex_notes.table_marker, "tnote"),
    (latex_units.quantity, "SI qty"),
    (latex_units.quantity_range, "SIrange qtyrange numrange"),
    (latex_units.number, "num"),
    (latex_units.unit, "si unit"),
    (_first_of_two, "replaced texorpdfstring"),
    (_quote, "enquote"),
    (_paragraph_end, "par newpage clearpage cleardoublepage"),
    (_item, "item"),
    (bibliography_item, "bibitem"),
    (_graphics, "includegraphics"),
    (_multicolumn, "multicolumn"),
    (_row_end, "tabularnewline"),
)
COMMANDS: dict[str, _Command] = {name: command for command, names in _NAMES for name in names.split()}
"""What each command that is known does."""
