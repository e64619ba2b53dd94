"""What has changed between two snapshots of a source: paragraph by paragraph, then word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from rapidfuzz.distance import Indel

from verifier.review.evidence.frame import framed

_CONTEXT = 1
"""Unchanged paragraphs shown before and after a change."""

_WORDS = re.compile(r"\s+|[^\W_]+|[\W_]")
_ALIKE = 0.5
"""Share of its words that a paragraph keeps to be the same one changed, not another in its place."""

_NEAR = 8
"""Paragraphs among which the earlier form of one is sought: beyond, the same one would be no change but a move."""

_MOST_PARAGRAPHS = 20_000
_MOST_WORDS = 5_000
"""Beyond these the alignment takes too long and too much memory; such parts are shown as taken out and put in."""

_SHORT_RUN = 3
"""An unchanged run of fewer characters between two changed words is no island to read: it goes with them."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A stretch of paragraphs: unchanged ones (`earlier` equals `later`), or what was there and what is there."""

    earlier: tuple[str, ...]
    later: tuple[str, ...]

    @property
    def unchanged(self) -> bool:
        return self.earlier == self.later


def difference(earlier: str, later: str, *, title: str = "") -> Markup:
    """What a source's text has lost (`<del>`) and gained (`<ins>`) since an earlier snapshot, as a safe document.

    Both are as `SourceText.text` has them. Only changed paragraphs are shown, each with its neighbours; blanks do not
    count.
    """
    changes = list(_changes(_paragraphs(earlier), _paragraphs(later)))
    if all(change.unchanged for change in changes):
        return framed(Markup("<p>The text has not changed.</p>"), title=title or "No difference")
    parts: list[Markup] = []
    for index, change in enumerate(changes):
        if change.unchanged:
            parts += _context(change.later, is_first=index == 0, is_last=index == len(changes) - 1)
        else:
            parts += _changed(change)
    return framed(Markup("\n").join(parts), title=title or "Difference")


def _paragraphs(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in re.split(r"[\n\f]", text))
    return [line for line in lines if line]


def _changes(earlier: Sequence[str], later: Sequence[str]) -> Iterator[_Change]:
    if max(len(earlier), len(later)) > _MOST_PARAGRAPHS:
        yield _Change(tuple(earlier), ())
        yield _Change((), tuple(later))
        return
    gone: list[str] = []
    come: list[str] = []
    for step in Indel.opcodes(earlier, later):
        if step.tag == "equal":
            if gone or come:
                yield _Change(tuple(gone), tuple(come))
                gone, come = [], []
            same = tuple(later[step.dest_start : step.dest_end])
            yield _Change(same, same)
        else:
            gone += earlier[step.src_start : step.src_end]
            come += later[step.dest_start : step.dest_end]
    if gone or come:
        yield _Change(tuple(gone), tuple(come))


def _context(paragraphs: Sequence[str], *, is_first: bool, is_last: bool) -> list[Markup]:
    """The neighbours of the changes around a stretch of unchanged paragraphs, and how many others are left out."""
    head = [] if is_first else list(paragraphs[:_CONTEXT])
    tail = [] if is_last else list(paragraphs[len(head) :][-_CONTEXT:])
    left_out = len(paragraphs) - len(head) - len(tail)
    parts = [Markup("<p>{}</p>").format(paragraph) for paragraph in head]
    if left_out:
        words = "1 unchanged paragraph" if left_out == 1 else f"{left_out:,} unchanged paragraphs"
        parts.append(Markup('<p class="left-out">{}</p>').format(words))
    return parts + [Markup("<p>{}</p>").format(paragraph) for paragraph in tail]


def _changed(change: _Change) -> Iterator[Markup]:
    """Paragraphs that are alike word by word; between them those that were taken out, then those put in."""
    earlier, fresh = list(change.earlier), list[str]()
    for paragraph in change.later:
        alike = next((i for i, old in enumerate(earlier[:_NEAR]) if _alike(old, paragraph)), None)
        if alike is None:
            fresh.append(paragraph)
            continue
        yield from _replaced(earlier[:alike], fresh)
        yield Markup("<p>{}</p>").format(_words(earlier[alike], paragraph))
        earlier, fresh = earlier[alike + 1 :], []
    yield from _replaced(earlier, fresh)


def _replaced(gone: Sequence[str], come: Sequence[str]) -> Iterator[Markup]:
    yield from (Markup("<p><del>{}</del></p>").format(paragraph) for paragraph in gone)
    yield from (Markup("<p><ins>{}</ins></p>").format(paragraph) for paragraph in come)


def _alike(old: str, new: str) -> bool:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > _MOST_WORDS:
        return False
    return bool(Indel.normalized_similarity(before, after) >= _ALIKE)


def _words(old: str, new: str) -> Markup:
    """A paragraph with the words that went and came."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    parts: list[Markup] = []
    gone = come = ""
    steps = list(Indel.opcodes(before, after))
    for index, step in enumerate(steps):
        same = "".join(after[step.dest_start : step.dest_end]) if step.tag == "equal" else ""
        inside = 0 < index < len(steps) - 1
        if same and not (inside and len(same) < _SHORT_RUN):
            parts += (*_exchanged(gone, come), Markup("{}").format(same))
            gone = come = ""
        else:
            gone += "".join(before[step.src_start : step.src_end])
            come += "".join(after[step.dest_start : step.dest_end])
    return Markup("").join([*parts, *_exchanged(gone, come)])


def _exchanged(gone: str, come: str) -> Iterator[Markup]:
    if gone:
        yield Markup("<del>{}</del>").format(gone)
    if gone and come:
        yield Markup(" ")
    if come:
        yield Markup("<ins>{}</ins>").format(come)
