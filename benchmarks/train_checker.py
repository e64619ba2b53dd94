"""Learn how the checker weighs its features, and write `verifier/checker/verdict/weights.json`.

    python benchmarks/train_checker.py CASES.jsonl [--write]

needs scikit-learn and numpy, which the package itself does not. Each line of CASES is
`{"claim", "source", "family", "gold", "gold_figures": [{"text", "verdict", "was"}]}`: `gold` is the claim's verdict,
`was` the figure that an altered one stood for. Everything printed is measured on held-out documents: claims of one
document, and all variants of a claim, are in one of five folds.

Two models are learned. The first says whether a figure of the claim and one of the source speak of the same thing: of
a contradicted figure the candidate that equals `was` does, of a supported one the best that agrees; all others do
not. The second sets a figure's best candidates against each other; it is taught on the first one's held-out answers.
"""

import argparse
import json
import random
import re
import sys
from dataclasses import dataclass, field
from itertools import starmap
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from verifier.checker.align.candidates import Alignment, Candidate, align
from verifier.checker.align.index import ReadSource, read_source
from verifier.checker.figures.equality import Relation, relation
from verifier.checker.figures.scanner import scan
from verifier.checker.slots import SlotReader
from verifier.checker.verdict.compare import figure_code, overall
from verifier.checker.verdict.decide import Judgement, WeighedFigure, all_pair_features, decide, weighed_figure
from verifier.checker.verdict.explain import explain
from verifier.checker.verdict.features import FIGURE_FEATURES, PAIR_FEATURES, co_figure_segments
from verifier.checker.verdict.rules import apply_rules, in_view_of_each_other
from verifier.model import Figure, FigureComparison

FOLDS = 5
VERDICTS = ("supported", "contradicted", "not_found")
HARDEST = 8
WEIGHTS = Path(__file__).parent.parent / "verifier" / "checker" / "verdict" / "weights.json"


@dataclass
class Sample:
    """A figure of a case: its candidates with their features, what it is known to be, and the document's fold."""

    case: int
    fold: int
    index: int
    claim: ReadSource
    source: ReadSource
    alignment: Alignment
    pairs: list[tuple[Candidate, list[float]]]
    co_figures: list[frozenset[int]]
    label: str | None
    was: Figure | None
    alignments: list[Alignment]
    slots: SlotReader
    same: list[float] = field(default_factory=list)

    def weighed(self) -> WeighedFigure:
        """The figure as the judge sees it, with the chances in `same`."""
        return weighed_figure(self.alignments, self.index, self.same, self.pairs, self.slots)


def folds_of(cases: list[dict]) -> list[int]:
    """A fold for every case, the same for all claims of a document and all variants of a claim."""
    parent: dict[str, str] = {}

    def find(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    def claim_of(case: dict) -> str:
        return "claim " + re.sub(r"[^a-z]", "", case["claim"].lower())[:25]

    for case in cases:
        if not case["family"].startswith("notfound/other"):
            parent[find("source " + case["source"][:80])] = find(claim_of(case))
    groups = [find(claim_of(case)) for case in cases]
    names = sorted(set(groups))
    random.Random(5).shuffle(names)
    fold = {name: number % FOLDS for number, name in enumerate(names)}
    return [fold[group] for group in groups]


def known_of(figure: Figure, case: dict) -> tuple[str | None, Figure | None]:
    """What is known of a figure: its verdict, and the figure it stands for if it was altered."""
    best = None
    for gold in case["gold_figures"]:
        text = gold["text"].strip()
        if (text in figure.text or figure.text in text) and (best is None or gold["verdict"] == "contradicted"):
            best = gold
            if text == figure.text and gold["verdict"] == "contradicted":
                break
    if best is None:
        return (case["gold"] if case["gold"] in ("supported", "not_found") else None), None
    if not best.get("was"):
        return best["verdict"], None
    claim = case["claim"]
    original = claim[: figure.start] + figure.text.replace(best["text"].strip(), best["was"]) + claim[figure.end :]
    was = next((one for one in scan(original) if one.start <= figure.start < one.end), None)
    return best["verdict"], was or next(iter(scan(best["was"])), None)


def samples_of(cases: list[dict]) -> list[Sample]:
    """All figures of all cases."""
    samples = []
    for number, (case, fold) in enumerate(zip(cases, folds_of(cases), strict=True)):
        claim, source = read_source(case["claim"]), read_source(case["source"])
        alignments, slots = align(claim, source), SlotReader(claim, source)
        for index, alignment in enumerate(alignments):
            label, was = known_of(alignment.figure, case)
            if case["family"].startswith("derived") and label:
                label = "not_found"  # calculated from other figures: none of them is the figure itself
            if case["family"].startswith(("direction", "unsupported", "notfound/annotated")):
                label = None  # either answer is accepted, or the figure is not what differs
            co_figures = co_figure_segments(alignments, index)
            pairs = all_pair_features(alignment, co_figures)
            samples.append(
                Sample(
                    number,
                    fold,
                    index,
                    claim,
                    source,
                    alignment,
                    pairs,
                    co_figures,
                    label,
                    was,
                    alignments,
                    slots,
                )
            )
    return samples


def lessons_of(sample: Sample) -> list[tuple[list[float], bool]]:
    """The pairs of a figure to learn from, each with whether it is of the same thing."""
    agreeing = [n for n, (c, _) in enumerate(sample.pairs) if c.relation is Relation.AGREES]
    right: list[int] = []
    if sample.label == "supported":
        right = agreeing
    elif sample.label == "contradicted":
        if sample.was is None:
            return []
        right = [
            n
            for n, (c, _) in enumerate(sample.pairs)
            if c.relation in (Relation.DIFFERS, Relation.UNIT_DIFFERS)
            and relation(sample.was, c.figure, in_table=c.is_cell) is Relation.AGREES
        ]
        if not right:
            return []
    elif sample.label is None:
        return []
    rank = PAIR_FEATURES.index("score")
    chosen = max(right, key=lambda n: sample.pairs[n][1][rank], default=None)
    others = [n for n in range(len(sample.pairs)) if n not in right]
    others.sort(key=lambda n: -sample.pairs[n][1][rank])
    lessons = [(sample.pairs[n][1], False) for n in others[:HARDEST]]
    return lessons if chosen is None else [*lessons, (sample.pairs[chosen][1], True)]


SEEDS = (0, 1, 2)
"""A model is the mean of as many, each of which sees other features at each question: one alone is luck by a point."""


class Mean:
    """The mean of several boosted models, in the scores that they add up."""

    def __init__(self, **options: float) -> None:
        self.models = [HistGradientBoostingClassifier(random_state=seed, **options) for seed in SEEDS]

    def fit(self, features: np.ndarray, known: np.ndarray) -> "Mean":
        """Teach every model the same lessons."""
        for model in self.models:
            model.fit(features, known)
        return self

    def chances(self, features: np.ndarray) -> np.ndarray:
        """The chance of each answer, a row for each row of `features`."""
        scores = np.mean([model.decision_function(features) for model in self.models], axis=0)
        if scores.ndim == 1:
            scores = np.column_stack([np.zeros_like(scores), scores])
        parts = np.exp(scores - scores.max(axis=1, keepdims=True))
        return parts / parts.sum(axis=1, keepdims=True)


def pair_model() -> Mean:
    """The first model."""
    return Mean(
        max_iter=60, learning_rate=0.13, max_leaf_nodes=8, min_samples_leaf=20, l2_regularization=3, max_features=0.6
    )


def figure_model() -> Mean:
    """The second model."""
    return Mean(
        max_iter=60, learning_rate=0.1, max_leaf_nodes=6, min_samples_leaf=25, l2_regularization=5, max_features=0.3
    )


def learn_pairs(samples: list[Sample]) -> tuple[Mean, np.ndarray]:
    """Teach the first model, leave its held-out answers in the samples; return it taught on all, with the lessons."""
    rows = [(features, same, sample.fold) for sample in samples for features, same in lessons_of(sample)]
    features, same, folds = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    for fold in range(FOLDS):
        model = pair_model().fit(features[folds != fold], same[folds != fold])
        for sample in samples:
            if sample.fold == fold and sample.pairs:
                sample.same = model.chances(np.array([s for _, s in sample.pairs], dtype=float))[:, 1].tolist()
    return pair_model().fit(features, same), features


def learn_figures(samples: list[Sample]) -> tuple[Mean, np.ndarray, np.ndarray]:
    """Teach the second model; return it taught on all, its lessons, and its held-out chances for every sample."""
    features = np.array([sample.weighed().features() for sample in samples], dtype=float)
    known = np.array([VERDICTS.index(s.label) if s.label in VERDICTS else -1 for s in samples])
    folds = np.array([sample.fold for sample in samples])
    chances = np.zeros((len(samples), len(VERDICTS)))
    for fold in range(FOLDS):
        taught = (folds != fold) & (known >= 0)
        chances[folds == fold] = figure_model().fit(features[taught], known[taught]).chances(features[folds == fold])
    return figure_model().fit(features[known >= 0], known[known >= 0]), features[known >= 0], chances


def shortest_between(low: float, high: float) -> float:
    """The number of fewest digits from `low` up to `high`, without `high`: as a bound it parts the same values."""
    for digits in range(1, 17):
        bound = float(f"{(low + high) / 2:.{digits}g}")
        if low <= bound < high:
            return bound
    return low


def tree_of(nodes: np.ndarray, names: tuple[str, ...], values: list[np.ndarray], at: int = 0) -> list | float:
    """A fitted tree as nested lists; `values` holds what each feature was in the lessons, in order."""
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]), 4)
    seen, fitted = values[node["feature_idx"]], float(node["num_threshold"])
    after = int(
        np.searchsorted(seen, fitted, side="right")
    )  # rounded blindly, 0.99999 would no longer part 1 from less
    bound = shortest_between(float(seen[after - 1]), float(seen[after])) if 0 < after < len(seen) else fitted
    below, above = (tree_of(nodes, names, values, node[side]) for side in ("left", "right"))
    return [names[node["feature_idx"]], bound, below, above]


def forest_of(model: Mean, column: int, names: tuple[str, ...], lessons: np.ndarray) -> dict:
    """One sum of trees of the models fitted to `lessons`; each model's leaves count as its share of the mean."""
    values = [np.unique(feature) for feature in lessons.T]
    base = np.mean([float(np.ravel(one._baseline_prediction)[column]) for one in model.models])
    trees = [tree_of(step[column].nodes, names, values) for one in model.models for step in one._predictors]
    return {"base": round(float(base), 4), "trees": [shared(tree, len(model.models)) for tree in trees]}


def shared(tree: list | float, models: int) -> list | float:
    """A tree with its leaves divided by the number of models."""
    if not isinstance(tree, list):
        return round(tree / models, 4)
    return [*tree[:2], *(shared(part, models) for part in tree[2:])]


def held_out_answers(cases: list[dict], samples: list[Sample], chances: np.ndarray) -> list[dict]:
    """The answer to every case from chances that its document had no part in."""
    judged: dict[int, list[tuple[Sample, Judgement]]] = {number: [] for number in range(len(cases))}
    for sample, chance in zip(samples, chances, strict=True):
        figure = sample.weighed()
        judgement = apply_rules(
            decide(figure, tuple(chance.tolist())), figure, sample.index, sample.claim, sample.source
        )
        judged[sample.case].append((sample, judgement))
    answers = []
    for number, case in enumerate(cases):
        whole = overall(compared(judged[number]))
        code = figure_code(whole)
        figures = [{"text": one.figure.text, "verdict": one.verdict} for one in whole.figures]
        told = {"verdict": whole.verdict, "confidence": whole.confidence, "code": code, "figures": figures}
        answers.append({"id": case["id"], **told})
    return answers


def compared(judged: list[tuple[Sample, Judgement]]) -> list[FigureComparison]:
    """The comparisons of a case's figures, as `judge` would make them."""
    if not judged:
        return []
    mended = in_view_of_each_other([judgement for _, judgement in judged], judged[0][0].claim)
    return [
        explain(sample.alignment.figure, judgement, None) for (sample, _), judgement in zip(judged, mended, strict=True)
    ]


def report_cuts(cases: list[dict], answers: list[dict]) -> None:
    """How many good or silent claims each accusation cut flags, and how many wrong ones."""
    pairs = [(case, answer) for case, answer in zip(cases, answers, strict=True) if is_core(case)]
    good = [a for c, a in pairs if c["gold"] in ("supported", "not_found") and "contradicted" not in c["accept"]]
    wrong = [a for c, a in pairs if c["accept"] == ["contradicted"]]
    for cut in (0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98):
        shares = [
            np.mean([a["verdict"] == "contradicted" and a["confidence"] >= cut for a in some]) for some in (good, wrong)
        ]
        sys.stdout.write(
            f"cut {cut}: accuses {shares[0]:.4f} of good or silent claims, {shares[1]:.3f} of wrong ones\n"
        )


def is_core(case: dict) -> bool:
    """Whether a case has one right answer that figures alone decide."""
    apart = ("direction/", "unsupported/", "nuance/computed", "nuance/converted", "nuance/reversed")
    return not case["family"].startswith(apart)


def text_of(name: str, forest: dict) -> str:
    """A sum of trees as JSON, a tree a line."""
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in forest["trees"])
    return f'"{name}": {{"base": {forest["base"]}, "trees": [\n{trees}\n]}}'


def main() -> None:
    """Learn, report, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--write", action="store_true", help="replace weights.json")
    parser.add_argument("--held-out", type=Path, help="write the held-out verdicts here, as `verifier compare` would")
    options = parser.parse_args()
    cases = [json.loads(line) for line in options.cases.read_text(encoding="utf-8").splitlines()]
    samples = samples_of(cases)
    pairs, pair_lessons = learn_pairs(samples)
    figures, figure_lessons, chances = learn_figures(samples)
    right = [VERDICTS[c.argmax()] == s.label for s, c in zip(samples, chances, strict=True) if s.label]
    sys.stdout.write(f"{len(samples)} figures, held-out verdicts right: {np.mean(right):.3f}\n")
    answers = held_out_answers(cases, samples, chances)
    report_cuts(cases, answers)
    if options.held_out:
        options.held_out.write_text("\n".join(map(json.dumps, answers)) + "\n", encoding="utf-8")
    weights = {"same": forest_of(pairs, 0, PAIR_FEATURES, pair_lessons)}
    weights |= {
        verdict: forest_of(figures, column, FIGURE_FEATURES, figure_lessons) for column, verdict in enumerate(VERDICTS)
    }
    if options.write:
        WEIGHTS.write_text("{\n" + ",\n".join(starmap(text_of, weights.items())) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
