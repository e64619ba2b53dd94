"""The verdict on a figure from its candidates: supported, contradicted or not found, and how sure that is."""

from dataclasses import dataclass

from verifier.checker.agreement import Relation
from verifier.checker.align import Candidate
from verifier.model import Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, how sure it is (0 to 1), and the candidate it rests on."""

    verdict: Verdict
    confidence: float
    candidate: Candidate | None


def judge(found: list[Candidate]) -> Judgement:
    """Judge one figure of a claim from all candidates, best first."""
    agreeing = next((c for c in found if c.relation is Relation.AGREES), None)
    differing = next((c for c in found if c.relation in (Relation.DIFFERS, Relation.UNIT_DIFFERS)), None)
    coarse = next((c for c in found if c.relation is Relation.COMPATIBLE), None)
    if agreeing is not None and agreeing.score >= 0.3 and (differing is None or differing.score - agreeing.score < 0.3):
        return Judgement(Verdict.SUPPORTED, min(1.0, 0.5 + agreeing.score / 2), agreeing)
    if differing is not None and differing.score >= 0.75 and (coarse is None or coarse.score < differing.score):
        return Judgement(Verdict.CONTRADICTED, min(0.99, differing.score / 1.6), differing)
    return Judgement(Verdict.NOT_FOUND, 0.5, None)
