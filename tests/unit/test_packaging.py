"""The wheel's list of packages is complete: it is written by hand (see pyproject.toml)."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_package_is_in_the_wheel():
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    there = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for top in ("verifier", "db")
        for path in (ROOT / top).rglob("*.py")
    }
    assert there <= set(listed)


def test_the_migrations_travel_under_db_and_never_as_a_top_level_alembic():
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert "alembic" not in setuptools["packages"]
    assert setuptools["package-dir"]["db.migrations"] == "alembic"
    assert not (ROOT / "alembic" / "__init__.py").exists()
