"""The labels of Word's notes: counted in the order of their markers, by section, in the formats that are set."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from verifier.model import NoteKind
from verifier.parser.drafts.numbering import numbered
from verifier.parser.drafts.word_package import child, name, value


@dataclass(frozen=True, slots=True)
class NoteSettings:
    """How a section's notes are numbered; None where nothing is said."""

    form: str | None = None
    start: int | None = None
    restart: str | None = None

    def over(self, other: "NoteSettings") -> "NoteSettings":
        """These settings, with another's where nothing is said."""
        return NoteSettings(self.form or other.form, self.start or other.start, self.restart or other.restart)


_DEFAULTS = {
    NoteKind.FOOTNOTE: NoteSettings("decimal", 1, "continuous"),
    NoteKind.ENDNOTE: NoteSettings("lowerRoman", 1, "continuous"),
}
_ELEMENTS = {NoteKind.FOOTNOTE: "w:footnotePr", NoteKind.ENDNOTE: "w:endnotePr"}


@dataclass(slots=True)
class MarkerSeen:
    """A marker as the text has it: which note, in which section, and the mark of its own that is printed, if any."""

    kind: NoteKind
    note_id: str
    section: int
    mark: str | None = None

    @property
    def key(self) -> str:
        """The note's key."""
        return f"{self.kind.value}:{self.note_id}"


def note_settings(holder: Any, kind: NoteKind) -> NoteSettings:
    """What section properties or a file's settings say about notes of a kind."""
    found = child(holder, _ELEMENTS[kind]) if holder is not None else None
    if found is None:
        return NoteSettings()
    values = {name(one): value(one) for one in found}
    start = values.get("w:numStart") or ""
    return NoteSettings(values.get("w:numFmt"), int(start) if start.isdecimal() else None, values.get("w:numRestart"))


def labels(markers: Sequence[MarkerSeen], sections: Sequence[Any], settings: Any) -> dict[str, str]:
    """The label of every note, by its key. `sections` are the properties of the sections (None: none are given)."""
    found: dict[str, str] = {}
    for kind, defaults in _DEFAULTS.items():
        general = note_settings(settings, kind).over(defaults)
        by_section = [note_settings(section, kind).over(general) for section in sections]
        count: int | None = None
        section = -1
        for marker in markers:
            if marker.kind is not kind or marker.key in found:
                continue
            here = by_section[marker.section] if marker.section < len(by_section) else general
            if count is None or (marker.section != section and here.restart == "eachSect"):
                count = here.start or 1
            section = marker.section
            if marker.mark is not None:
                found[marker.key] = marker.mark
                continue
            found[marker.key] = numbered(count, here.form or "decimal")
            count += 1
    return found
