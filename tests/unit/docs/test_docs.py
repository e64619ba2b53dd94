"""Everything an operator meets is in docs/reference.md, and what other programs read is described by a schema."""

import json
import re
from enum import StrEnum
from pathlib import Path

import pytest
import typer.main
from pydantic import BaseModel

from verifier.cli.app import app
from verifier.exits import ExitCode
from verifier.model import (
    Decision,
    FindingCode,
    FindingKind,
    FindingState,
    InconsistencyKind,
    LinkReason,
    LinkStatus,
    NoteKind,
    PartKind,
    PartStatus,
    ReplacementKind,
    RunState,
    Severity,
    Signal,
    Verdict,
    WarningCode,
    WorkField,
    WorkKind,
    WorkVerdict,
)
from verifier.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
SCHEMAS = ROOT / "docs" / "schemas"

ENUMERATIONS = (
    LinkStatus,
    LinkReason,
    FindingCode,
    FindingKind,
    FindingState,
    InconsistencyKind,
    Decision,
    Severity,
    RunState,
    WarningCode,
    NoteKind,
    PartKind,
    PartStatus,
    ReplacementKind,
    WorkField,
    WorkVerdict,
    Signal,
    Verdict,
    WorkKind,
)


def commands() -> list[tuple[str, list[str]]]:
    found = []

    def walk(command, name):
        for child_name, child in getattr(command, "commands", {}).items():
            walk(child, f"{name} {child_name}")
        if not hasattr(command, "commands"):
            options = [o for p in command.params for o in p.opts if o.startswith("--") and o != "--help"]
            found.append((name, options))

    walk(typer.main.get_command(app), "verifier")
    return found


def settings(model: type[BaseModel] = Settings, prefix: str = "") -> list[str]:
    names = []
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            names += settings(field.annotation, f"{prefix}{name}.")
        else:
            names.append(prefix + name)
    return names


@pytest.mark.parametrize(("name", "options"), commands(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_and_option_is_in_the_reference(name, options):
    row = next((line for line in REFERENCE.splitlines() if line.startswith(f"| `{name}")), None)
    assert row is not None, f"{name} is not in docs/reference.md"
    missing = [option for option in options if option not in row]
    assert not missing


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_shows_an_example(name):
    command = typer.main.get_command(app)
    for part in name.split()[1:]:
        command = command.commands[part]
    assert command.epilog, f"{name} --help has no example"
    assert "verifier" in command.epilog
    assert command.help


def test_every_setting_is_in_the_reference_with_its_default():
    for name in settings():
        assert re.search(rf"^\| `{re.escape(name)}` \| [^|]+ \| [^|]+ \|$", REFERENCE, re.M), name


@pytest.mark.parametrize("enumeration", ENUMERATIONS, ids=lambda e: e.__name__)
def test_every_word_of_an_enumeration_is_in_the_reference(enumeration: type[StrEnum]):
    missing = [member.value for member in enumeration if f"`{member.value}`" not in REFERENCE]
    assert not missing


@pytest.mark.parametrize("code", ExitCode)
def test_every_exit_code_is_in_the_reference(code):
    assert re.search(rf"^\| {code.value} \| `{code.name}` \|", REFERENCE, re.M)


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda p: p.stem)
def test_schemas_list_every_word_of_their_enumerations(path):
    known = {frozenset(m.value for m in e): e.__name__ for e in ENUMERATIONS}
    for values in _enumerations(json.loads(path.read_text(encoding="utf-8"))):
        words = frozenset(value for value in values if value is not None)
        partial = {"Verdict", "FindingCode"} if path.stem == "compare" else set()
        matches = [name for full, name in known.items() if words == full or (name in partial and words <= full)]
        assert matches, f"{path.name}: {sorted(words)} is no enumeration of the model"


def _enumerations(node):
    if isinstance(node, dict):
        if "enum" in node:
            yield node["enum"]
        for value in node.values():
            yield from _enumerations(value)
    elif isinstance(node, list):
        for value in node:
            yield from _enumerations(value)


def test_every_dependency_is_documented():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    names = [re.match(r"[A-Za-z0-9_-]+", requirement)[0] for requirement in project["dependencies"]]
    assert not [name for name in names if name not in text]


def test_modules_stay_short_enough_to_read():
    too_long = {
        str(path.relative_to(ROOT)): lines
        for folder in ("verifier", "db", "alembic", "tools")
        for path in (ROOT / folder).rglob("*.py")
        if path.parent.name != "versions"  # a migration is a record, written once
        and (lines := path.read_text(encoding="utf-8").count("\n")) > 350
    }
    assert not too_long
