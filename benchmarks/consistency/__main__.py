"""Makes the documents, runs `verifier consistency` over them, and scores what it finds.

python -m benchmarks.consistency make FOLDER              (needs reportlab, weasyprint and chromium)
python -m benchmarks.consistency score FOLDER [--half dev|held] [--show]
python -m benchmarks.consistency drafts FOLDER [--seed N] [--show]       (made and scored in one go)
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.consistency.documents import documents


def make(folder: Path, seed: int) -> None:
    """Write every document and `truth.json`."""
    from benchmarks.consistency.producers import set_document

    folder.mkdir(parents=True, exist_ok=True)
    truth = {}
    for made in documents(seed):
        set_document(made.producer, made.blocks, folder / f"{made.name}.pdf", Random(f"{seed} {made.name}"))
        planted = {"kind": made.planted.kind, "shows": made.planted.shows} if made.planted else None
        truth[made.name] = {"producer": made.producer, "held_out": made.held_out, "planted": planted}
    (folder / "truth.json").write_text(json.dumps(truth, indent=1), encoding="utf-8")


def findings_of(pdf: Path) -> list[dict[str, Any]]:
    """What the command prints of a document, read in this process."""
    from verifier.cli.extract import read_document
    from verifier.reports.interchange import inconsistency_json

    return [inconsistency_json(found) for found in read_document(pdf, "").inconsistencies]


def is_true(planted: dict[str, Any] | None, found: dict[str, Any]) -> bool:
    """Whether a finding is the planted error: its kind, with the wrong figure among what it shows."""
    if planted is None or planted["kind"] != found["kind"]:
        return False
    shown = " ".join((*(place["text"] for place in found["places"]), str(found["stated"]), str(found["computed"])))
    return any(words in shown for words in planted["shows"])


def score(folder: Path, half: str, show: bool) -> None:
    """Print recall, false findings a document, and what went wrong."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    for held_out in [name == "held" for name in ("dev", "held") if half in (name, "both")]:
        of_half = {name: facts for name, facts in truth.items() if facts["held_out"] == held_out}
        _score_half(folder, of_half, held_out, show)


def score_drafts(folder: Path, seed: int, half: str, show: bool) -> None:
    """The same of the documents as drafts."""
    from benchmarks.consistency.drafts import findings_of_draft, made_drafts

    made = list(made_drafts(folder, seed))
    for held_out in [name == "held" for name in ("dev", "held") if half in (name, "both")]:
        truth = {
            file.name: {
                "producer": suffix,
                "planted": {"kind": one.planted.kind, "shows": one.planted.shows} if one.planted else None,
            }
            for one, suffix, file in made
            if one.held_out == held_out
        }
        _score_half(folder, truth, held_out, show, findings_of_draft)


def _score_half(
    folder: Path,
    truth: dict[str, Any],
    held_out: bool,
    show: bool,
    read: Callable[[Path], list[dict[str, Any]]] = findings_of,
) -> None:
    tally: Counter[str] = Counter()
    kinds: Counter[tuple[str, bool]] = Counter()
    producers: Counter[tuple[str, bool]] = Counter()
    for name, facts in truth.items():
        found = read(folder / (name if "." in name else f"{name}.pdf"))
        planted = facts["planted"]
        hits = [one for one in found if is_true(planted, one)]
        false = [one for one in found if not is_true(planted, one)]
        tally["clean" if planted is None else "planted"] += 1
        tally["false on clean" if planted is None else "false on planted"] += len(false)
        if planted:
            tally["caught"] += bool(hits)
            kinds[planted["kind"], bool(hits)] += 1
            producers[facts["producer"], bool(hits)] += 1
            if show and not hits:
                print("MISSED", name, planted)
        for one in false if show else ():
            print("FALSE", name, one["kind"], one["message"], [p["text"][:100] for p in one["places"]])
    print("held out" if held_out else "development")
    print(f"  recall {tally['caught'] / tally['planted']:.3f} of {tally['planted']}")
    print(f"  false a clean document {tally['false on clean'] / tally['clean']:.3f}, all {dict(tally)}")
    for names in (kinds, producers):
        keys = sorted({key for key, _ in names})
        print("  " + ", ".join(f"{k} {names[k, True]}/{names[k, True] + names[k, False]}" for k in keys))


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(prog="benchmarks.consistency")
    parser.add_argument("action", choices=("make", "score", "drafts"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--half", choices=("dev", "held", "both"), default="both")
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    if arguments.action == "make":
        make(arguments.folder, arguments.seed)
    elif arguments.action == "drafts":
        score_drafts(arguments.folder, arguments.seed, arguments.half, arguments.show)
    else:
        score(arguments.folder, arguments.half, arguments.show)


if __name__ == "__main__":
    sys.exit(main())
