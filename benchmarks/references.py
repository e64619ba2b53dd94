"""How well notes are read into works: titles right and invented, authors, years, number of works.

    python -m benchmarks.references CASES.jsonl           default: the strings of the tests

A case is `{"id","family","text","works":[{"title","authors","year"}],"accept_counts"}`; `title_alt`,
`optional_authors` and `unscored` are respected where a case has them. A title is right when its folded form is at
least 95 % like that of the truth; one that is no title of the note's is invented, which is the cost figure.
"""

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from verifier.model import Work
from verifier.parser.citations.split import read_citations

LEAST_ALIKE = 95
DEFAULT = Path(__file__).parents[1] / "tests" / "data" / "references.jsonl"


def main(paths: Sequence[str]) -> None:
    """Print the figures of a file, in all and by family."""
    path = Path(paths[0]) if paths else DEFAULT
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    tallies: dict[str, Counter[str]] = {"ALL": Counter()}
    for case in cases:
        tally = _tally(case)
        tallies["ALL"] += tally
        tallies.setdefault(case["family"], Counter()).update(tally)
    for family, tally in tallies.items():
        print(f"{family:<32} {_line(tally)}")


def _tally(case: dict[str, Any]) -> Counter[str]:
    works = [citation.work for citation in read_citations(case["text"]) if citation.work]
    tally = Counter(notes=1, count=len(works) in case["accept_counts"])
    left, invented = list(works), False
    for truth in case["works"]:
        said = max(left, key=lambda work: _similarity(truth, work), default=None)
        if said is not None:
            left.remove(said)
        right, made_up = _title(truth, said.title if said else None)
        invented |= made_up
        if truth["title"]:
            tally += Counter(titles=1, title_right=right)
        if "year" not in truth.get("unscored", ()) and truth["year"]:
            tally += Counter(years=1, year_right=bool(said and said.year == truth["year"]))
        if "authors" not in truth.get("unscored", ()):
            tally += _authors(truth, said)
    known = [title for truth in case["works"] for title in _titles(truth)]
    invented |= any(work.title and not any(_fold(work.title) in title for title in known) for work in left)
    tally["invented"] += invented
    return tally


def _title(truth: dict[str, Any], title: str | None) -> tuple[bool, bool]:
    """Whether a title is right, and whether it is invented: nothing of the truth's."""
    if not title:
        return False, False
    known = _titles(truth)
    right = any(fuzz.ratio(_fold(title), one) >= LEAST_ALIKE for one in known)
    return right, not right and not any(_fold(title) in one for one in known)


def _authors(truth: dict[str, Any], said: Work | None) -> Counter[str]:
    families = [_fold(author.family) for author in said.authors] if said else []
    wanted = [_fold(name.partition(",")[0]) for name in truth["authors"]]
    optional = " ".join(_fold(name) for name in truth.get("optional_authors", ()))
    hits = sum(family in wanted for family in families)
    extra = sum(family not in wanted and family not in optional for family in families)
    return Counter(author_hits=hits, author_said=hits + extra, author_true=len(wanted))


def _similarity(truth: dict[str, Any], work: Work) -> float:
    titles = _titles(truth)
    alike = max((fuzz.ratio(_fold(work.title or ""), title) for title in titles), default=0.0)
    return alike + 25 * (work.year == truth["year"])


def _titles(truth: dict[str, Any]) -> list[str]:
    return [_fold(title) for title in (truth["title"], *truth.get("title_alt", ())) if title]


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", " ", re.sub("[’'‘`]", "", letters)).strip()


def _line(tally: Counter[str]) -> str:
    rate = lambda part, whole: f"{tally[part] / tally[whole]:.3f}" if tally[whole] else "    -"  # noqa: E731
    both = tally["author_said"] + tally["author_true"]
    f1 = f"{2 * tally['author_hits'] / both:.3f}" if both else "    -"
    return (
        f"{tally['notes']:>4} notes  title {rate('title_right', 'titles')}  invented {rate('invented', 'notes')}  "
        f"authors {f1}  year {rate('year_right', 'years')}  count {rate('count', 'notes')}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
