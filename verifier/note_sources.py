"""What the sources of each note say, as far as they could be read, for the claims of the note."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from db.records import CapturedText, CitedSource
from verifier.checker import CitedText, ReadSource, read_source, reads
from verifier.cited_works import cited_text
from verifier.claims import ClaimPlace
from verifier.model import Citation, Footnote, Origin, Source, SourceAddress
from verifier.parser import cited_work

Texts = Mapping[str, CapturedText]
"""The newest readable text of each address that has one."""


class SourceReader:
    """Prepares each source text once, however many claims are held against it."""

    def __init__(self) -> None:
        self._read: dict[int, ReadSource] = {}

    def read(self, text: CapturedText) -> ReadSource:
        """The prepared source of a text."""
        if text.text_id not in self._read:
            self._read[text.text_id] = read_source(text.text.text)
        return self._read[text.text_id]


@dataclass(frozen=True, slots=True)
class Found:
    """What a claim's sources say: `unread` names the others by their first address, else by their key.

    `foreign` are the languages of those among them that we cannot read.
    """

    texts: tuple[CitedText, ...]
    text_ids: tuple[int, ...]
    unread: tuple[str, ...]
    foreign: tuple[str, ...] = ()
    foreign_ids: tuple[int, ...] = ()

    def text_id(self, source_index: int | None) -> int | None:
        """The text that a comparison rests on: where nothing else was there, the one whose language is not read."""
        if source_index is not None:
            return self.text_ids[source_index]
        return next(iter(self.foreign_ids), None) if not self.texts else None


def _name(source: Source) -> str:
    """What a source is called where it could not be read: its first printed address, else any, else its key."""
    printed = (address.url for address in source.addresses if address.origin is Origin.PRINTED)
    return next(printed, None) or next((address.url for address in source.addresses), source.key)


def _is_printed(source: Source) -> bool:
    return any(address.origin is Origin.PRINTED for address in source.addresses)


class NoteSources:
    """What the sources of each note say, as far as they could be read."""

    def __init__(
        self, notes: Sequence[Footnote], cited: Sequence[CitedSource], texts: Texts, copies: Texts, reader: SourceReader
    ) -> None:
        self._notes = notes
        self._texts = texts
        self._copies = copies
        self._reader = reader
        self._by_id = {note.id: number for number, note in enumerate(notes)}
        self._cited: dict[int, list[CitedSource]] = {}
        for entry in cited:
            if entry.footnote is not None:
                self._cited.setdefault(entry.footnote, []).append(entry)

    def of(self, place: ClaimPlace) -> Found:
        """What the sources say that a claim rests on."""
        entries = self._entries(place.footnote, place.citation, seen=set())
        texts: list[CitedText] = []
        ids: list[int] = []
        foreign: list[CapturedText] = []
        unread: list[str] = []
        prints = any(_is_printed(entry.source) for entry, _ in entries)
        for entry, citation in entries:
            beside = prints and not _is_printed(entry.source)
            captures = self._captured(entry.source)
            found = [captured for captured in captures if reads(captured.text.language)]
            if not beside:
                unread += [] if found and not self._is_guessed(entry.source) else [_name(entry.source)]
                foreign += [] if found else captures[-1:]
            for captured in found:
                if captured.text_id not in ids:
                    texts.append(replace(self._cited_text(entry.source, captured, citation), may_be_part=beside))
                    ids.append(captured.text_id)
        languages = tuple(text.text.language or "" for text in foreign)
        return Found(tuple(texts), tuple(ids), tuple(unread), languages, tuple(text.text_id for text in foreign))

    def _entries(
        self, footnote: int, citation: int | None, seen: set[int]
    ) -> list[tuple[CitedSource, Citation | None]]:
        """The cited sources of a note or of one of its citations, those an ibid. or supra points to included."""
        seen.add(footnote)
        note = self._notes[footnote]
        entries: list[tuple[CitedSource, Citation | None]] = [
            (entry, None if entry.citation is None else note.citations[entry.citation])
            for entry in self._cited.get(footnote, ())
            if citation is None or entry.citation in (citation, None)
        ]
        wanted = note.citations if citation is None else note.citations[citation : citation + 1]
        for pointing in wanted:
            target = self._by_id.get(pointing.refers_to or "")
            if target is not None and target not in seen:
                meant = cited_work(pointing, self._notes[target])
                entries += [(entry, pointing) for entry, _ in self._entries(target, meant, seen)]
            elif target == footnote and citation:  # an id. within the note: the work just before it
                entries += [(entry, pointing) for entry, _ in self._entries(footnote, citation - 1, seen)]
        return entries

    def _readable(self, source: Source) -> SourceAddress | None:
        """The first address that was read; where none was, the first printed one of which an archived copy was."""
        own = (address for address in source.addresses if address.url in self._texts)
        copied = (a for a in source.addresses if a.origin is Origin.PRINTED and a.url in self._copies)
        return next(own, None) or next(copied, None)

    def _captured(self, source: Source) -> list[CapturedText]:
        """What the first readable address says today, and before it what it said near the document's date."""
        read = self._readable(source)
        return [] if read is None else [texts[read.url] for texts in (self._copies, self._texts) if read.url in texts]

    def _is_guessed(self, source: Source) -> bool:
        """Whether only a guessed address was read: it may show an abstract or a catalogue's entry, not the work."""
        read = self._readable(source)
        return read is not None and read.origin is Origin.GUESSED

    def _cited_text(self, source: Source, captured: CapturedText, citation: Citation | None) -> CitedText:
        can_be_read = captured.url in self._texts and not self._texts[captured.url].out_of_reach
        text = cited_text(source.key, captured, self._reader.read)
        return replace(
            text, signal=citation.signal if citation else None, copy_url=None if can_be_read else text.copy_url
        )
