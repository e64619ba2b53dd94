"""The documents of the measure: 60 with one planted error each and 60 without, half of either held out."""

from dataclasses import dataclass
from random import Random

from benchmarks.consistency.blocks import Block, Heading, Paragraph, Passage, Planted
from benchmarks.consistency.hard_negatives import HARD_NEGATIVES
from benchmarks.consistency.passages import FILLER, PLANTABLE, Maker

PRODUCERS = ("fpdf2", "reportlab", "weasyprint", "chromium")

_PLANTED = (
    ("total", 7),
    ("part_exceeds_whole", 3),
    ("percentage", 4),
    ("change", 4),
    ("restated", 4),
    ("rounding", 2),
    ("count", 2),
    ("cross_reference", 2),
    ("date", 2),
)
"""Errors in each half of the planted documents: 30."""

SECTIONS = ("Background", "What was found", "What it costs", "Where it happens", "Who is affected", "What follows")


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """A document with its truth; `held_out` ones have wording of their own and are not looked at while rules change."""

    name: str
    producer: str
    held_out: bool
    blocks: tuple[Block, ...]
    planted: Planted | None


def documents(seed: int = 1) -> list[MadeDocument]:
    """All 120, the same for the same seed."""
    made = []
    for half in (0, 1):
        kinds = [kind for kind, count in _PLANTED for _ in range(count)]
        for number in range(60):
            random = Random(f"{seed} {half} {number}")
            kind = kinds[number // 2] if number % 2 else None
            producer = PRODUCERS[(number + number // 4 + half) % len(PRODUCERS)]
            made.append(_document(random, half, number, kind, producer))
    return made


def _document(random: Random, half: int, number: int, kind: str | None, producer: str) -> MadeDocument:
    sound: list[Maker] = random.sample(HARD_NEGATIVES, 4)
    sound += random.sample([maker for makers in PLANTABLE.values() for maker in makers], 3)
    chosen: list[tuple[Maker, bool]] = [(maker, False) for maker in sound]
    if kind is not None:
        chosen[-1] = (PLANTABLE[kind][number // 2 % len(PLANTABLE[kind])], True)
    random.shuffle(chosen)
    blocks: list[Block] = [Heading(f"A report on the county, no. {number + 1}"), Paragraph(random.choice(FILLER))]
    planted: Planted | None = None
    tables = 0
    for at, (maker, wrong) in enumerate(chosen):
        passage: Passage = maker(random, half, tables + 1, wrong)
        if maker.__name__ == "referring" and not tables and not wrong:
            continue
        tables += sum(type(block).__name__ == "Table" for block in passage.blocks)
        planted = planted or passage.planted
        if at % 2 == 0:
            blocks.append(Heading(SECTIONS[at // 2]))
        blocks += [Paragraph(random.choice(FILLER)), *passage.blocks, Paragraph(random.choice(FILLER))]
    name = f"{'held' if half else 'dev'}-{number:02d}-{kind or 'clean'}-{producer}"
    return MadeDocument(name, producer, bool(half), tuple(blocks), planted)
