"""LaTeX's notes and citations: what counts, what points again to the same note, and which works are named."""

import re

from verifier.model import NoteKind
from verifier.parser.drafts.latex_counters import NoteCounter, has_chapters
from verifier.parser.drafts.latex_reader import LatexReader
from verifier.parser.drafts.latex_symbols import plain_words


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
    note.paragraphs = reader.apart(text)


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
        note.paragraphs = reader.apart(text)


def endnote(reader: LatexReader, name: str) -> None:
    """An endnote, counted apart."""
    number = reader.input.option()
    text = reader.input.argument()
    if not reader.state.in_text:
        return
    label = _given(reader.state.endnotes, number) or reader.state.endnotes.step()
    note = reader.state.add_note(label, NoteKind.ENDNOTE)
    reader.writer.mark(note.key)
    note.paragraphs = reader.apart(text)


def thanks(reader: LatexReader, name: str) -> None:
    """A note on the title."""
    note = reader.state.add_note(reader.state.thanks.step(), NoteKind.FOOTNOTE)
    reader.writer.mark(note.key)
    note.paragraphs = reader.apart(reader.input.argument())


def sidenote(reader: LatexReader, name: str) -> None:
    """A note in the margin: numbered ones count as footnotes, others are paragraphs."""
    if name == "sidenote":
        footnote(reader, name)
        return
    reader.input.option()
    reader.into.extend(reader.apart(reader.input.argument()))


def cite(reader: LatexReader, name: str) -> None:
    """Cited works: their entries are markers here; what `\\textcite` prints of them is not known."""
    several = name.rstrip("*").endswith("s")
    while True:
        reader.input.option()
        reader.input.option()
        if reader.input.peek() != "{":
            break
        keys = [key.strip() for key in reader.input.argument().split(",") if key.strip()]
        for key in keys if reader.state.in_text else ():
            if key not in reader.state.cited:
                reader.state.cited.append(key)
            reader.writer.mark(f"cite:{key}")
        if not several:
            break


def footcite(reader: LatexReader, name: str) -> None:
    """A footnote that is a citation."""
    before = reader.input.option()
    after = reader.input.option()
    keys = [key.strip() for key in reader.input.argument().split(",") if key.strip()]
    if not reader.state.in_text:
        return
    works = tuple(reader.state.works[key] for key in keys if key in reader.state.works)
    note = reader.state.add_note(reader.state.counter.step(), NoteKind.FOOTNOTE)
    reader.writer.mark(note.key)
    pin = after if after is not None else before
    words = "; ".join(work.reference().rstrip(".") for work in works) or ", ".join(keys)
    note.paragraphs = reader.apart(
        f"{before or ''} {words}, {pin}." if after is not None else f"{words}, {pin}." if pin else f"{words}."
    )
    note.works = works


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
    """Whether notes begin anew in every chapter."""
    reader.input.starred()
    counter, other = reader.input.argument(), reader.input.argument()
    if counter == "footnote" and other == "chapter":
        reader.state.has_chapters = name in ("counterwithin", "@addtoreset")


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
