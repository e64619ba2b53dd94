"""The verdicts on the corpus of made-up claims, written as lines that a change of rules shows in as a diff.

    python -m tests.accuracy.record

writes `verdicts.txt` anew; read the diff before committing it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from verifier.checker import compare, figure_code, read_source
from verifier.model import ClaimComparison, FigureComparison, FindingCode, Verdict

CORPUS = Path(__file__).parent / "corpus.txt"
VERDICTS = Path(__file__).parent / "verdicts.txt"
MARKS = {
    "S": Verdict.SUPPORTED,
    "C": Verdict.CONTRADICTED,
    "N": Verdict.NOT_FOUND,
    "-": Verdict.NO_FIGURES,
}


@dataclass(frozen=True)
class RecordedCase:
    """A claim of the corpus with its source, its kind, and what an editor would say of it."""

    name: str
    source: str
    kind: str
    claim: str
    expected: Verdict


def read_corpus() -> Iterator[RecordedCase]:
    """All cases of `corpus.txt`, in order."""
    for block in CORPUS.read_text(encoding="utf-8").split("\n= ")[1:]:
        head, _, claims = block.partition("\n--\n")
        name, _, source = head.partition("\n")
        for line in claims.strip().splitlines():
            label, _, claim = line.partition(" | ")
            mark, _, kind = label.partition(" ")
            yield RecordedCase(name, source, kind, claim, MARKS[mark])


def judge_corpus() -> list[tuple[RecordedCase, ClaimComparison]]:
    """Every case with the verdict on it."""
    sources = {case.name: read_source(case.source) for case in read_corpus()}
    return [(case, compare(case.claim, sources[case.name])) for case in read_corpus()]


def written(judged: list[tuple[RecordedCase, ClaimComparison]]) -> str:
    """The verdicts as text: a claim a line, `!` before one that is not what an editor says, its figures below."""
    lines = []
    for case, comparison in judged:
        mark = " " if comparison.verdict is case.expected else "!"
        lines.append(f"{mark} {comparison.verdict:<12} {case.name}, {case.kind}: {case.claim}")
        lines += [f"      {_written_figure(figure)}" for figure in comparison.figures]
    return "\n".join(lines) + "\n"


def _written_figure(figure: FigureComparison) -> str:
    return f"{figure.figure.text} [{figure.figure.unit or figure.figure.dimension}] {figure.verdict}: {figure.reason}"


def accused(comparison: ClaimComparison) -> bool:
    """Whether a finding about the claim would be an accusation."""
    return figure_code(comparison) is FindingCode.FIGURE_DISAGREES


if __name__ == "__main__":
    VERDICTS.write_text(written(judge_corpus()), encoding="utf-8")
