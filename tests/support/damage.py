"""PDFs with seeded byte damage through the engine's reading process: no traceback, no hang, undamaged pages still read.

    python -m tests.support.damage [FOLDER-OR-PDF ...] [--count 1000] [--seed 1] [--deadline 30]

Without a path: the project's own small PDFs and the demo's paper. Half of the damage falls anywhere in the file; half
falls inside the content stream of one page, and then every note that stands on the other pages, with its markers, must
be read as before.
"""

import argparse
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from verifier.engines.reader import DocumentReader
from verifier.model import Extraction

ROOT = Path(__file__).resolve().parents[2]
OWN = (ROOT / "tests" / "data", ROOT / "verifier" / "demo")


class Wound(StrEnum):
    """How bytes are damaged."""

    FLIPPED = "bits flipped"
    ZEROED = "a block zeroed"
    NOISE = "a block of noise"
    DIGITS = "digits changed"
    CUT_OUT = "a block cut out"
    DOUBLED = "a block doubled"
    TRUNCATED = "the end cut off"


IN_A_PAGE = (Wound.FLIPPED, Wound.ZEROED, Wound.NOISE)
"""Those that leave every other byte where it was, so that other pages are undamaged indeed."""


class Outcome(StrEnum):
    """What became of a damaged PDF."""

    READ = "read"
    REFUSED = "refused"
    CRASHED = "crashed"
    HUNG = "hung"
    LOST_PAGES = "lost pages"


ACCEPTABLE = (Outcome.READ, Outcome.REFUSED)
"""A refusal has a reason that an operator can act on; a crash is a traceback, a hang goes beyond the deadline."""


@dataclass(frozen=True)
class Original:
    """An undamaged PDF: its bytes, what was read in it, and where the content stream of each page lies."""

    path: Path
    data: bytes
    extraction: Extraction | None
    contents: dict[int, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A damaged PDF: `page` is the one whose content was hit, None where the damage may be anywhere."""

    original: Original
    seed: int
    wound: Wound
    page: int | None
    data: bytes


@dataclass(frozen=True)
class Result:
    """What became of a case, in how many seconds, and of how many notes that must not be lost how many were kept."""

    case: Case
    outcome: Outcome
    seconds: float
    detail: str
    expected: int = 0
    kept: int = 0


def originals(paths: Sequence[Path], reader: DocumentReader) -> list[Original]:
    """The PDFs of some folders, read undamaged. Those that are damaged already are taken as they are."""
    files = [file for path in paths for file in (sorted(path.rglob("*.pdf")) if path.is_dir() else [path])]
    found = []
    for file in files:
        data = file.read_bytes()
        if data:
            extraction = reader.read(file).extraction
            found.append(Original(file, data, extraction, content_places(data) if extraction else {}))
    return found


def content_places(data: bytes) -> dict[int, tuple[int, int]]:
    """Where in the file each page (from 1) has its content, for pages with one stream of their own."""
    from io import BytesIO

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError
    from pypdf.generic import ArrayObject, IndirectObject

    places: dict[int, tuple[int, int]] = {}
    shared: Counter[int] = Counter()
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            return {}
        for number, page in enumerate(reader.pages, start=1):
            content = page.raw_get("/Contents") if "/Contents" in page else None
            if isinstance(content, ArrayObject) and len(content) == 1:
                content = content[0]
            if not isinstance(content, IndirectObject):
                continue
            offset = reader.xref.get(content.generation, {}).get(content.idnum)
            start = re.compile(rb"stream\r?\n").search(data, offset) if offset is not None else None
            end = data.find(b"endstream", start.end()) if start else -1
            if start and end > start.end():
                places[number] = (start.end(), end)
                shared[start.end()] += 1
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {number: place for number, place in places.items() if shared[place[0]] == 1}


def damaged(originals: Sequence[Original], count: int, seed: int) -> Iterator[Case]:
    """Cases that depend on the seed alone: every other one in a page's content, where an original has such pages."""
    paged = [original for original in originals if len(original.contents) > 1] or [
        original for original in originals if original.contents
    ]
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        if number % 2 and paged:
            original = chance.choice(paged)
            page = chance.choice(sorted(original.contents))
            start, end = original.contents[page]
            wound = chance.choice(IN_A_PAGE)
            data = original.data[:start] + _wounded(original.data[start:end], wound, chance) + original.data[end:]
            yield Case(original, number, wound, page, data)
        else:
            original = chance.choice(originals)
            wound = chance.choice(list(Wound))
            yield Case(original, number, wound, None, _wounded(original.data, wound, chance))


def _wounded(data: bytes, wound: Wound, chance: random.Random) -> bytes:
    changed = bytearray(data)
    size = min(len(data), chance.choice((1, 4, 16, 64, 256, 1024)))
    start = chance.randrange(len(data) - size + 1)
    match wound:
        case Wound.FLIPPED:
            for _ in range(size):
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        case Wound.ZEROED:
            changed[start : start + size] = bytes(size)
        case Wound.NOISE:
            changed[start : start + size] = chance.randbytes(size)
        case Wound.DIGITS:
            digits = [place for place, byte in enumerate(data) if 0x30 <= byte <= 0x39]
            for place in chance.sample(digits, min(size, len(digits))):
                changed[place] = chance.choice(b"0123456789")
        case Wound.CUT_OUT:
            del changed[start : start + size]
        case Wound.DOUBLED:
            changed[start:start] = data[start : start + size]
        case Wound.TRUNCATED:
            del changed[chance.randrange(len(changed)) :]
    return bytes(changed)


def run_case(case: Case, reader: DocumentReader, folder: Path) -> Result:
    """Read a damaged PDF and say what became of it."""
    path = folder / "damaged.pdf"
    path.write_bytes(case.data)
    started = time.monotonic()
    read = reader.read(path)
    seconds = time.monotonic() - started
    if read.extraction is None:
        outcome = _outcome_of(read.failure or "")
        if outcome is Outcome.REFUSED and case.page is not None and len(case.original.contents) > 1:
            outcome = Outcome.LOST_PAGES
        return Result(case, outcome, seconds, read.failure or "")
    expected, kept = _notes_kept(case, read.extraction)
    lost = kept < expected
    detail = f"{kept} of {expected} notes of other pages than p. {case.page} kept" if lost else ""
    return Result(case, Outcome.LOST_PAGES if lost else Outcome.READ, seconds, detail, expected, kept)


def _outcome_of(failure: str) -> Outcome:
    if "took longer" in failure:
        return Outcome.HUNG
    crashed = ("the parser failed on it", "reading process die", "nested too deeply", "more memory")
    return Outcome.CRASHED if any(words in failure for words in crashed) else Outcome.REFUSED


def _notes_kept(case: Case, extraction: Extraction) -> tuple[int, int]:
    """How many notes stand on undamaged pages, markers too, and how many of them were read again, label and text."""
    if case.page is None or case.original.extraction is None:
        return 0, 0
    wanted = Counter(
        (note.label, note.text)
        for note in case.original.extraction.footnotes
        if case.page not in {box.page for box in note.boxes} | {anchor.page for anchor in note.anchors}
    )
    there = Counter((note.label, note.text) for note in extraction.footnotes)
    return wanted.total(), (wanted & there).total()


def run(paths: Sequence[Path], count: int, seed: int, deadline: float) -> Iterator[Result]:
    """Damage and read `count` PDFs."""
    with tempfile.TemporaryDirectory() as folder, DocumentReader(deadline) as reader:
        for case in damaged(originals(paths, reader), count, seed):
            yield run_case(case, reader, Path(folder))


def main() -> int:
    """Print a table of wounds and outcomes, then every failure; exit 1 when there is one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, help="PDFs or folders (default: the project's own)")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--deadline", type=float, default=30.0)
    parser.add_argument("--keep", type=Path, help="a folder to write the PDFs that failed into")
    given = parser.parse_args()
    results = []
    for result in run(given.paths or OWN, given.count, given.seed, given.deadline):
        results.append(result)
        if given.keep and result.outcome not in ACCEPTABLE:
            given.keep.mkdir(parents=True, exist_ok=True)
            name = f"{result.case.original.path.stem}-{given.seed}-{result.case.seed}.pdf"
            (given.keep / name).write_bytes(result.case.data)
    print(table(results))
    return 0 if all(result.outcome in ACCEPTABLE for result in results) else 1


def table(results: Sequence[Result]) -> str:
    """Outcomes by wound, the notes kept, the slowest, and what failed."""
    rows = [
        (f"{wound.value}{where}", wound, paged)
        for paged, where in ((False, ""), (True, ", in one page"))
        for wound in (IN_A_PAGE if paged else Wound)
    ]
    lines = [f"{'damage':<30}" + "".join(f"{outcome.value:>12}" for outcome in Outcome)]
    for name, wound, paged in rows:
        of_row = [r.outcome for r in results if r.case.wound is wound and (r.case.page is not None) is paged]
        if of_row:
            lines.append(f"{name:<30}" + "".join(f"{of_row.count(outcome):>12}" for outcome in Outcome))
    failed = [result for result in results if result.outcome not in ACCEPTABLE]
    slowest = max(results, key=lambda result: result.seconds)
    kept, expected = sum(r.kept for r in results), sum(r.expected for r in results)
    lines += ["", f"{len(results)} damaged PDFs, {len(failed)} failures"]
    lines.append(f"notes of undamaged pages kept: {kept} of {expected}")
    lines.append(f"slowest: {slowest.seconds:.1f} s ({slowest.case.original.path.name})")
    lines += [
        f"{r.outcome.value}: {r.case.original.path.name} #{r.case.seed} ({r.case.wound.value}): {r.detail}"
        for r in failed
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
