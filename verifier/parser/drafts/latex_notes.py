"""LaTeX's notes: what counts, and what points again to the same note."""

import re

from verifier.model import NoteKind
from verifier.parser.drafts.latex_counters import NoteCounter, has_chapters
from verifier.parser.drafts.latex_reader import LatexReader
from verifier.parser.drafts.latex_symbols import plain_words
from verifier.parser.drafts.paragraphs import DraftNote
from verifier.parser.patterns import regex

_ITEM = regex(r"\\item\s*\[")
_SECTIONS = ("part", "section", "subsection")


def footnote(reader: LatexReader, name: str) -> None:
    """A footnote with its text; a number that is given does not count."""
    number = reader.input.option()
    text = reader.input.argument()
    if not reader.state.in_text:
        return
    counter = reader.state.counter
    label = _given(counter, number) or counter.step()
    note = reader.state.add_note(label, NoteKind.FOOTNOTE)
    reader.writer.mark(note.key)
    note.paragraphs = reader.apart(text, in_note=True)


def _given(counter: NoteCounter, number: str | None) -> str | None:
    if number is None or not number.strip().isdecimal():
        return None
    return counter.label(int(number))


def footnotemark(reader: LatexReader, name: str) -> None:
    """A marker whose text comes later, or that points again to a note."""
    number = reader.input.option()
    if not reader.state.in_text:
        return
    state = reader.state
    kind = NoteKind.ENDNOTE if name.startswith("endnote") else NoteKind.FOOTNOTE
    counter = state.endnotes if kind is NoteKind.ENDNOTE else state.counter
    if number is not None and number.strip().startswith("\\"):
        _mark_again(reader, _named_label(number))
        return
    label = _given(counter, number)
    if label is not None:
        known = next((note for note in reversed(state.notes) if note.label == label and note.kind is kind), None)
        reader.writer.mark((known or state.add_note(label, kind)).key)
        return
    reader.writer.mark(state.add_note(counter.step(), kind).key)
    if reader.input.peek().isalnum():  # the blank behind a command's name is gone, and the next sentence begins
        reader.text(" ")


def footnotetext(reader: LatexReader, name: str) -> None:
    """The text of a note whose marker is elsewhere."""
    number = reader.input.option()
    text = reader.input.argument()
    if not reader.state.in_text:
        return
    state = reader.state
    kind = NoteKind.ENDNOTE if name.startswith("endnote") else NoteKind.FOOTNOTE
    counter = state.endnotes if kind is NoteKind.ENDNOTE else state.counter
    label = _given(counter, number) or counter.label(counter.value)
    open_notes = [note for note in state.notes if note.kind is kind and not note.paragraphs]
    named = [note for note in open_notes if note.label == label]
    note = named[-1] if named else None
    if note is None:
        same = [note for note in state.notes if note.kind is kind and note.label == label]
        note = None if same else state.add_note(label, kind)
    if note is not None:
        state.last_label, state.last_note = note.label, note.key
        note.paragraphs = reader.apart(text, in_note=True)


def new_series(reader: LatexReader, name: str) -> None:
    r"""`\DeclareNewFootnote[para]{B}[alph]`: a series of footnotes with a count of its own."""
    reader.input.option()
    letter = reader.input.argument().strip()
    reader.state.series[letter] = NoteCounter((reader.input.option() or "arabic").strip())


def series_note(reader: LatexReader, name: str) -> None:
    r"""`\footnoteB`, `\footnotemarkB`, `\footnotetextB`: a note of a series."""
    counters = reader.state.boxed
    counters.append(reader.state.series.setdefault(name[-1], NoteCounter()))
    {"footnotemark": footnotemark, "footnotetext": footnotetext}.get(name[:-1], footnote)(reader, name[:-1])
    counters.pop()


def table_marker(reader: LatexReader, name: str) -> None:
    r"""`\tnote{a}`: a marker of a note below the same table (threeparttable)."""
    for label in plain_words(reader.input.argument()).split(","):
        if reader.state.in_text and label.strip():
            reader.writer.mark(f"table:{reader.state.tables}:{label.strip()}")


def table_notes(reader: LatexReader, items: str) -> None:
    r"""The notes below a table: each `\item[a]` one."""
    for item in _ITEM.split(items)[1:]:
        label, _, text = item.partition("]")
        label = plain_words(label)
        note = DraftNote(f"table:{reader.state.tables}:{label}", label, NoteKind.TABLE_NOTE)
        note.paragraphs = reader.apart(text, in_note=True)
        if note.paragraphs:
            reader.state.notes.append(note)


def endnote(reader: LatexReader, name: str) -> None:
    """An endnote, counted apart."""
    number = reader.input.option()
    text = reader.input.argument()
    if not reader.state.in_text:
        return
    label = _given(reader.state.endnotes, number) or reader.state.endnotes.step()
    note = reader.state.add_note(label, NoteKind.ENDNOTE)
    reader.writer.mark(note.key)
    note.paragraphs = reader.apart(text, in_note=True)


def thanks(reader: LatexReader, name: str) -> None:
    """A note on the title."""
    note = reader.state.add_note(reader.state.thanks.step(), NoteKind.FOOTNOTE)
    reader.writer.mark(note.key)
    note.paragraphs = reader.apart(reader.input.argument(), in_note=True)


def sidenote(reader: LatexReader, name: str) -> None:
    """A note in the margin: numbered ones count as footnotes, others are paragraphs."""
    if name == "sidenote":
        footnote(reader, name)
        return
    reader.input.option()
    reader.into.extend(reader.apart(reader.input.argument()))


def _named_label(text: str) -> str:
    """The label that `\\ref{...}` names."""
    found = re.search(r"\\(?:ref|getrefnumber)\s*\{([^{}]*)\}", text)
    return found[1] if found else ""


def _mark_again(reader: LatexReader, label: str) -> None:
    key = reader.state.note_labels.get(label)
    if key is not None and reader.state.in_text:
        reader.writer.mark(key)


def footref(reader: LatexReader, name: str) -> None:
    """A marker that points again to a labelled note."""
    _mark_again(reader, reader.input.argument())


def label(reader: LatexReader, name: str) -> None:
    """A label names the note, or whatever was counted last."""
    label = reader.input.argument()
    reader.state.labels[label] = reader.state.last_label
    reader.state.note_labels[label] = reader.state.last_note


def reference(reader: LatexReader, name: str) -> None:
    """The number that a label stands for."""
    reader.input.starred()
    label = reader.input.argument()
    reader.state.needs_labels = True
    reader.text(reader.state.known_labels.get(label) or reader.state.labels.get(label) or "")


def set_counter(reader: LatexReader, name: str) -> None:
    """Set a counter of notes, or add to it."""
    counter, value = reader.input.argument(), reader.input.argument().strip()
    target = {"footnote": reader.state.footnotes, "endnote": reader.state.endnotes}.get(counter)
    if target is not None and re.fullmatch(r"-?\d+", value):
        target.value = target.value + int(value) if name == "addtocounter" else int(value)


def step_counter(reader: LatexReader, name: str) -> None:
    """Count a note without printing it."""
    if reader.input.argument() == "footnote":
        reader.state.footnotes.value += 1


def count_within(reader: LatexReader, name: str) -> None:
    """Whether notes begin anew in every chapter or section."""
    reader.input.starred()
    counter, other = reader.input.argument(), reader.input.argument()
    if counter == "footnote":
        within = name.rstrip("*") in ("counterwithin", "@addtoreset")
        if other == "chapter":
            reader.state.has_chapters = within
        elif other in _SECTIONS:
            reader.state.notes_within = other if within else None


def raised_words(reader: LatexReader, name: str) -> None:
    """Words above the line; a raised reference to a note is a marker."""
    text = reader.input.argument()
    again = re.fullmatch(r"\s*\\ref\s*\{([^{}]*)\}\s*", text)
    if again is not None and again[1] in reader.state.known_labels | reader.state.note_labels:
        _mark_again(reader, again[1])
        return
    if reader.state.in_text:
        reader.writer.write_raised(plain_words(text))


def document_class(reader: LatexReader, name: str) -> None:
    """The class says whether there are chapters."""
    reader.input.option()
    reader.state.has_chapters = has_chapters(reader.input.argument())
