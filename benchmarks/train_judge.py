"""Learn how much each feature of a page says, and write `verifier/resolver/judge/weights.json`.

    python benchmarks/train_judge.py [--write] [--cut-missing X] [--cut-notice X]

Needs nothing but the package. The pages are `tests/data/pages-by-kind.tsv` and `tests/data/pages-told-apart.tsv`: real
pages are the one side of both tables, soft 404s the other of the first, walls, failures and parked domains the other of
the second. Everything printed is measured on held-out pages: pages whose first hundred letters are alike are in one
of five folds.
"""

import argparse
import csv
import json
import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from verifier.resolver.judge.dead_pages import dead_page_of, says_it_is_down
from verifier.resolver.judge.features import ABSENCE_FEATURES, UNWEIGHED, features_of
from verifier.resolver.judge.page import Page, read_page
from verifier.resolver.judge.walls import SAID_IN_WORDS, wall_of
from verifier.resolver.judge.weights import Kind

ROOT = Path(__file__).parent.parent
TABLES = [ROOT / "tests" / "data" / name for name in ("pages-by-kind.tsv", "pages-told-apart.tsv")]
WEIGHTS = ROOT / "verifier" / "resolver" / "judge" / "weights.json"
MENU = "<header><a href=/>Society</a><nav><a href=/news>News</a> <a href=/a>About</a></nav></header><main>{}</main>"
FOLDS, ROUNDS, RATE, DECAY = 5, 600, 0.5, 0.002
MISSING = {"soft404"}
NOTICES = {"bot", "wall", "login", "consent", "paywall", "failing", "parked"}


@dataclass(frozen=True)
class Sample:
    """A page: its kind, whether it is there, its features and its fold."""

    kind: str
    there: bool
    features: frozenset[str]
    proposed: bool
    fold: int
    title: str


def samples() -> Iterator[Sample]:
    """All labelled pages, but shells, which have no text to be judged by."""
    for table in TABLES:
        if not table.exists():
            continue
        with table.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                page = _page(row)
                letters = "".join(filter(str.isalpha, page.main))[:100]
                yield Sample(
                    row["kind"],
                    row["expected"] == "ok",
                    features_of(page, f"http://h.test{row['path']}") - UNWEIGHED,
                    bool(wall_of(page) in SAID_IN_WORDS or says_it_is_down(page) or dead_page_of(page)),
                    zlib.crc32(letters.encode()) % FOLDS,
                    row["title"],
                )


def _page(row: dict[str, str]) -> Page:
    body = row["body"].replace("{b}", "h.test")
    if row["form"].startswith("raw"):
        if "<" not in body[:200]:
            return Page(text=body, main=body, prose=(body,), html=False)
        return read_page(body)
    framed = MENU.format(body) if row["form"].startswith("menu") else body
    return read_page(f"<title>{row['title'].replace('{b}', 'h.test')}</title>{row['head']}<body>{framed}</body>")


def learn(pages: list[tuple[frozenset[str], bool]]) -> dict[str, float]:
    """The weights of a logistic regression: gradient descent on the mean loss, with a penalty on large weights."""
    weights: dict[str, float] = {name: 0.0 for features, _ in pages for name in features}
    bias = 0.0
    share = sum(label for _, label in pages) / len(pages)
    factor = {True: 0.5 / share, False: 0.5 / (1 - share)}
    for _ in range(ROUNDS):
        slopes = dict.fromkeys(weights, 0.0)
        slope = 0.0
        for features, label in pages:
            chance = 1 / (1 + math.exp(-bias - sum(weights[name] for name in features)))
            error = (chance - label) * factor[label]
            slope += error
            for name in features:
                slopes[name] += error
        bias -= RATE * slope / len(pages) * 4
        for name in weights:
            weights[name] -= RATE * (slopes[name] / len(pages) * 4 + DECAY * weights[name])
    return {"bias": round(bias, 3), **{name: round(value, 3) for name, value in sorted(weights.items())}}


def score(weights: dict[str, float], features: frozenset[str]) -> float:
    """The log-odds of a page."""
    return weights["bias"] + sum(weights.get(name, 0.0) for name in features)


def report(kind: Kind, pages: list[Sample], label: dict[int, bool], cut: float | None) -> float:
    """Print the held-out errors of a kind's table; the cut is where no more than a page in a thousand is flagged."""
    scores: list[tuple[float, Sample]] = []
    for fold in range(FOLDS):
        rest = [(page.features, label[id(page)]) for page in pages if page.fold != fold]
        weights = learn(rest)
        scores += [(score(weights, page.features), page) for page in pages if page.fold == fold]
    there = sorted((one for one in scores if not label[id(one[1])]), key=lambda one: -one[0])
    other = sorted((one for one in scores if label[id(one[1])]), key=lambda one: one[0])
    chosen = cut if cut is not None else 0.0
    false = [one for one in there if one[0] >= chosen]
    missed = [one for one in other if one[0] < chosen]
    print(f"{kind.value}: {len(there)} there, {len(other)} not; cut {chosen:.2f}")
    print(f"  held out: {len(false)} false, {len(missed)} missed")
    for name, shown in (("highest of those there", there[:14]), ("lowest of the others", other[:14])):
        print(f"  {name}:")
        for points, page in shown:
            print(f"    {points:6.2f} {page.kind:10} {page.title[:60]!r} {' '.join(sorted(page.features))[:260]}")
    return chosen


def main() -> None:
    """Train, report and, where asked to, write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--cut-missing", type=float, default=0.0)
    parser.add_argument("--cut-notice", type=float, default=0.0)
    options = parser.parse_args()
    everything = list(samples())
    tables: dict[str, dict[str, float]] = {}
    for kind, kinds, cut in ((Kind.MISSING, MISSING, options.cut_missing), (Kind.NOTICE, NOTICES, options.cut_notice)):
        pages = [page for page in everything if page.there or page.kind in kinds]
        pages = [
            page for page in pages if (page.features & ABSENCE_FEATURES if kind is Kind.MISSING else page.proposed)
        ]
        if kind is Kind.NOTICE:
            pages = [replace(page, features=page.features - {"named", "named_by_subject"}) for page in pages]
        label = {id(page): not page.there for page in pages}
        chosen = report(kind, pages, label, cut)
        tables[kind.value] = {"cut": chosen, **learn([(page.features, label[id(page)]) for page in pages])}
    if options.write:
        WEIGHTS.write_text(json.dumps(tables, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
