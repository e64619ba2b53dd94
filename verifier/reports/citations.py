"""Every citation of a document in reading order, with the addresses of its sources."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.records import CitedSource
from verifier.model import Extraction, Footnote, Origin, Work


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation, the addresses of its sources, and the note it is in (None: the running text).

    `number` is the note's ordinal and `citation` its own in the note (None: the note's addresses outside of its
    citations). `printed` are the addresses that the document prints, of `urls`.
    """

    number: int | None
    note: Footnote | None
    page: int | None
    sentence: str
    words: str
    urls: tuple[str, ...]
    refers_to: str | None = None
    citation: int | None = None
    printed: tuple[str, ...] = ()

    @property
    def described(self) -> Work | None:
        """The work as the citation describes it."""
        return self.note.citations[self.citation].work if self.note and self.citation is not None else None


def citations_of(extraction: Extraction, sources: Sequence[CitedSource]) -> Iterator[Cited]:
    """Every citation of every note, notes without any included, then the links of the running text."""
    urls: dict[tuple[int | None, int | None, int | None], list[str]] = defaultdict(list)
    printed: dict[tuple[int | None, int | None, int | None], list[str]] = defaultdict(list)
    for entry in sources:
        key = (entry.footnote, entry.citation, entry.body_link)
        for address in entry.source.addresses:
            urls[key] += [address.url] if address.url not in urls[key] else []
            if address.origin is Origin.PRINTED:
                printed[key] += [address.url] if address.url not in printed[key] else []
    for number, note in enumerate(extraction.footnotes):
        sentence = note.anchors[0].sentence if note.anchors else ""
        for ordinal, citation in enumerate(note.citations):
            key = (number, ordinal, None)
            found, prints = tuple(urls[key]), tuple(printed[key])
            yield Cited(
                number, note, note.page, sentence, citation.text, found, citation.refers_to, ordinal, printed=prints
            )
        key = (number, None, None)
        if urls[key] or not note.citations:
            yield Cited(number, note, note.page, sentence, note.text, tuple(urls[key]), printed=tuple(printed[key]))
    for number, link in enumerate(extraction.body_links):
        key = (None, None, number)
        yield Cited(None, None, link.page, link.sentence, link.text, tuple(urls[key]), printed=tuple(printed[key]))
