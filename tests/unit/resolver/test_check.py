"""A check of an address has one maker, and its status one judge."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[3]


def made(name: str) -> set[str]:
    """The modules that build the model's class of a name."""
    modules = set()
    for path in [*ROOT.glob("verifier/**/*.py"), *ROOT.glob("db/**/*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        imported = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("verifier.model")
            for alias in node.names
        }
        if name in calls & imported:
            modules.add(path.relative_to(ROOT).as_posix())
    return modules


def test_only_check_makes_checks():
    assert made("LinkCheck") == {"verifier/resolver/check.py"}


def test_only_the_judge_makes_statuses():
    judge = {
        "verifier/resolver/judge/judgement.py",
        "verifier/resolver/judge/url_repair.py",
    }  # repairs: moved, as printed
    stored = {"db/fetches.py"}  # reads back what was judged
    assert made("Judgement") == judge | stored | {"verifier/resolver/check.py"}
