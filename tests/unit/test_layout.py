"""Unit tests mirror the modules: `tests/unit/<path>/test_<module>.py`, or `test_<module>_<aspect>.py` beside it."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "tests" / "unit"

ACROSS = {
    "deploy/test_action.py": "the GitHub Action",
    "deploy/test_deploy.py": "the units of systemd",
    "docs/test_complexity.py": "every function's complexity",
    "docs/test_docs.py": "the pages of docs/ against the code",
    "reports/test_hostile_text.py": "what is written of text that others wrote, in every format",
    "reports/test_reports.py": "one report in every format",
    "test_layout.py": "this",
    "test_packaging.py": "pyproject.toml",
    "test_verbs.py": "the four verbs of the package",
}
"""Tests of no single module, and what they are of."""


def modules() -> set[Path]:
    """Every module as its place below tests/unit, without its ending; a package is its folder."""
    found = set()
    for base, below in (("verifier", Path()), ("db", Path("db"))):
        for path in (ROOT / base).rglob("*.py"):
            place = below / path.relative_to(ROOT / base)
            found.add(place.parent if path.name == "__init__.py" else place.with_suffix(""))
    return found


def test_every_unit_test_is_beside_its_module():
    known = modules()
    astray = []
    for path in sorted(UNIT.rglob("test_*.py")):
        place = path.relative_to(UNIT)
        words = place.stem.removeprefix("test_").split("_")
        names = {place.parent / "_".join(words[:count]) for count in range(1, len(words) + 1)}
        if place.as_posix() not in ACROSS and not names & known:
            astray.append(place.as_posix())
    assert astray == []


def test_what_is_across_is_there():
    assert [name for name in ACROSS if not (UNIT / name).is_file()] == []


def test_tests_import_no_benchmark():
    importing = [path for path in ROOT.glob("tests/**/*.py") if "from benchmarks" in path.read_text(encoding="utf-8")]
    assert [path.name for path in importing if path != Path(__file__)] == []
