"""Cross references: ibid., id., supra, op. cit., `note 12 above` and short forms, tied to the notes they mean."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from verifier.model import Citation, Footnote, NoteKind
from verifier.parser.citations.signals import without_signal
from verifier.parser.patterns import regex

_NOTE = r"(?:nn?\.?|notes?|footnotes?|fn\.?|endnotes?)"
_LATER = r"(?P<later>infra|below|post)"
_EARLIER = r"(?:supra|above|ante|op\.?\s*cit\.?|loc\.?\s*cit\.?)"
_CROSS = regex(
    rf"""\b(?:{_EARLIER}|{_LATER})(?:\s+at)?[,\s]*\(?\s*{_NOTE}\s*(?P<behind>\d{{1,4}})\b
       | \b{_NOTE}\s*(?P<before>\d{{1,4}})(?:\s*[–-]\s*\d{{1,4}})?,?\s+(?:(?P<after>infra|below)|supra|above
           |op\.?\s*cit)\b
       | (?<!\d[ ])\(\s*n\.?\s*(?P<oscola>\d{{1,4}})\)
       | \b(?:cited|quoted|referred\s+to)\s+(?:at|in)\s+{_NOTE}\s*(?P<cited>\d{{1,4}})\b""",
    re.I | re.X,
)
_ONLY_A_NOTE = regex(
    rf"\W*(?:see\s+(?:also\s+)?)?{_NOTE}\s*(?P<number>\d{{1,4}})(?:\s*[–-]\s*\d{{1,4}})?\s*(?:[.;,]|and\s+accompanying\s+text|$)",
    re.I,
)
_IBID = regex(r"\W*(?:ibid(?:em)?|id(?=[.,;\s]+(?:at\b|§|¶|\d|$)|\.)|idem|eadem|eod|loc\.?\s*cit)\b\.?", re.I)
_SHORT_FORM = regex(r"\b(?:supra|op\.?\s*cit|loc\.?\s*cit)\b", re.I)
_HEREINAFTER = regex(
    r"[(\[]\s*(?:hereinafter|hereafter|henceforth)(?:\s+(?:referred\s+to\s+as|cited\s+as|called))?[:,]?\s*[“\"‘']?"
    r"(?P<name>[^)\]”\"’]{2,80}?)[”\"’']?\s*[)\]]",
    re.I,
)
_QUOTED_TITLE = regex(r"[“\"‘](?P<title>[^”\"]{8,}?)[,.]?[”\"’](?!\w)")
_SURNAME = regex(r"[A-ZÀ-Þ][\w’'-]+(?=,|\s+(?:and|&|et)\s)")
_SHORT_TITLE = regex(
    r"[A-ZÀ-Þ][\w’'-]+(?:\s+(?:and|&)\s+[A-ZÀ-Þ][\w’'-]+|\s+et\s+al\.)?,\s+(?P<title>[A-ZÀ-Þ][\w’'-]*(?:\s+[\w’'-]+){1,11})"
    r"(?:,\s+(?:pp?\.\s*)?[\dxvi–,\s-]+)?\s*\.?\s*$"
)
_SHORTEST_AUTHOR = 3
_LONGEST_SHORT_FORM = 160
"""Characters of a note that repeats a work by author and short title only."""


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A note of this document that a text names by its label; `later` when it is further on."""

    label: str
    later: bool = False


def cross_references(text: str) -> list[CrossReference]:
    """The notes of this document that a text refers to (`supra note 12`, `note 3 above`, `infra n. 40`, `(n 7)`)."""
    found = []
    for match in _CROSS.finditer(text):
        label = match["behind"] or match["before"] or match["oscola"] or match["cited"]
        found.append(CrossReference(label, bool(match["later"] or match["after"])))
    only = None if found else _ONLY_A_NOTE.match(text)
    return [CrossReference(only["number"])] if only else found


def is_ibid(text: str) -> bool:
    """Whether a citation means the work cited directly before it."""
    return _IBID.match(without_signal(text)) is not None


def refers_elsewhere(text: str) -> bool:
    """Whether a citation stands for a work that another note describes."""
    return is_ibid(text) or bool(_SHORT_FORM.search(text)) or bool(cross_references(text))


def tie_references(footnotes: Sequence[Footnote]) -> tuple[Footnote, ...]:
    """Point every ibid., id., supra, op. cit. and short form at the footnote it means, where that exists."""
    known = _Known()
    tied: list[Footnote] = []
    for index, note in enumerate(footnotes):
        citations: list[Citation] = []
        for number, citation in enumerate(note.citations):
            target = _target(citation, citations[-1] if number else None, index, footnotes, known)
            citations.append(replace(citation, refers_to=target) if target else citation)
        tied.append(replace(note, citations=tuple(citations)))
        known.learn(tied[-1])
    return tuple(tied)


def _target(
    citation: Citation, before: Citation | None, index: int, footnotes: Sequence[Footnote], known: "_Known"
) -> str | None:
    if is_ibid(citation.text):
        if before is not None:
            return before.refers_to or footnotes[index].id
        previous = previous_note(footnotes, index)
        return previous.id if previous else None
    for reference in cross_references(citation.text):
        note = named_note(footnotes, index, reference)
        if note is not None:
            return note.id
    return known.meant_by(citation)


def previous_note(footnotes: Sequence[Footnote], index: int) -> Footnote | None:
    """The note before one in its own sequence: a table's notes do not come between those of the text."""
    own = footnotes[index].kind is NoteKind.TABLE_NOTE
    return next((n for n in reversed(footnotes[:index]) if (n.kind is NoteKind.TABLE_NOTE) is own), None)


def named_note(footnotes: Sequence[Footnote], index: int, reference: CrossReference) -> Footnote | None:
    """The note that a cross reference in note `index` names: the nearest of that label on the side it says."""
    side = footnotes[index + 1 :] if reference.later else footnotes[:index][::-1]
    same = [note for note in side if note.label == reference.label]
    return next((note for note in same if note.kind is not NoteKind.TABLE_NOTE), same[0] if same else None)


def cited_work(pointing: Citation, note: Footnote) -> int | None:
    """Which citation of `note` is meant by one that refers to it: the only one with the author that it names.

    `Reed, supra note 4` means Reed's work, whatever else note 4 cites. None stands for all of them.
    """
    words = without_signal(pointing.text)
    ends = [match.start() for pattern in (_CROSS, _SHORT_FORM) if (match := pattern.search(words))]
    author = _plain(re.split(r"[,(“\"‘]", words[: min(ends, default=len(words))])[0])
    if is_ibid(pointing.text) or len(author) < _SHORTEST_AUTHOR:
        return None
    meant = [number for number, citation in enumerate(note.citations) if _holds(_plain(citation.text), author)]
    return meant[0] if len(meant) == 1 else None


class _Known:
    """The works that the notes read so far describe in full, by the names that later notes may use."""

    def __init__(self) -> None:
        self._aliases: dict[str, str] = {}
        self._full: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def learn(self, note: Footnote) -> None:
        """Remember a note's own names for works (`hereinafter X`) and its full citations."""
        for match in _HEREINAFTER.finditer(note.text):
            self._aliases[_plain(match["name"])] = note.id
        for citation in note.citations:
            if citation.refers_to is None and (citation.urls or citation.identifiers or citation.date):
                plain = _plain(citation.text)
                for word in set(plain.split()):
                    self._full[word].append((note.id, plain))

    def meant_by(self, citation: Citation) -> str | None:
        """The id of the note that describes what a citation names shortly: by its alias, or author and short title."""
        if citation.urls or citation.identifiers or len(citation.text) > _LONGEST_SHORT_FORM:
            return None
        words = without_signal(citation.text)
        plain = _plain(words)
        for alias, note_id in self._aliases.items():
            if plain == alias or plain.startswith(f"{alias} "):
                return note_id
        if _SHORT_FORM.search(words):
            return self._by_author(_plain(_SHORT_FORM.split(words)[0]))
        return self._by_title(words) if citation.date is None else None

    def _by_author(self, author: str) -> str | None:
        """The newest full citation in which the words before `supra` or `op. cit.` are."""
        if len(author) < _SHORTEST_AUTHOR:
            return None
        return next((note_id for note_id, plain in self._with_word(author) if _holds(plain, author)), None)

    def _by_title(self, words: str) -> str | None:
        """The newest full citation with the surname and the short title of a shortened note."""
        title, surname = _QUOTED_TITLE.search(words) or _SHORT_TITLE.match(words), _SURNAME.match(words)
        if title is None or surname is None:
            return None
        short, name = _plain(title["title"]), _plain(surname.group())
        fits = (i for i, plain in self._with_word(name) if _holds(plain, short) and _holds(plain, name))
        return next(fits, None)

    def _with_word(self, words: str) -> Iterator[tuple[str, str]]:
        """The full citations that hold the first of these words, the newest first."""
        return reversed(self._full.get(words.partition(" ")[0], ()))


def _holds(plain: str, part: str) -> bool:
    return f" {part} " in f" {plain} "


def _plain(text: str) -> str:
    """Words alone, in lower case."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def dangling_references(footnotes: Sequence[Footnote]) -> Iterator[tuple[Footnote, str]]:
    """The notes that refer to one that is not there, each with what is missing in words."""
    labels = {note.label for note in footnotes}
    for index, note in enumerate(footnotes):
        for reference in cross_references(note.text):
            if reference.label not in labels:
                yield note, f"refers to note {reference.label}, which was not found"
        first = note.citations[0].text if note.citations else ""
        if is_ibid(first) and previous_note(footnotes, index) is None:
            yield note, "refers to the note before it, and there is none"
