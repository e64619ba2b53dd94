"""No function has more paths than a reader can hold.

Counted is cyclomatic complexity with every `and` and `or` as a branch. ruff's C901 leaves those out, and conditions are
where this code branches: a function that has 20 here has at most 15 there.
"""

from pathlib import Path

import lizard
import pytest

ROOT = Path(__file__).resolve().parents[3]
MOST = 20


def too_complex(source: str, name: str = "given.py") -> list[str]:
    """The functions of a source above the bar, with what was counted."""
    functions = lizard.analyze_file.analyze_source_code(name, source).function_list
    return [
        f"{name}: {found.name} {found.cyclomatic_complexity}"
        for found in functions
        if found.cyclomatic_complexity > MOST
    ]


@pytest.mark.parametrize("folder", ["verifier", "db", "alembic", "tools", "benchmarks", "tests"])
def test_no_function_is_too_complex(folder: str):
    paths = sorted((ROOT / folder).rglob("*.py"))
    assert paths
    assert [
        found
        for path in paths
        for found in too_complex(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
    ] == []


@pytest.mark.parametrize(
    "branch",
    [
        pytest.param("    if a:\n        a()\n", id="if"),
        pytest.param("    a = a and a\n", id="and"),
        pytest.param("    a = a if a else 0\n", id="conditional expression"),
        pytest.param("    a = [b for b in a]\n", id="comprehension"),
    ],
)
def test_one_branch_more_is_too_many(branch: str):
    assert too_complex("def f(a):\n" + branch * (MOST - 1)) == []
    assert too_complex("def f(a):\n" + branch * MOST) == ["given.py: f 21"]
