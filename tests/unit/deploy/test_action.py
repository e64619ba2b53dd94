"""The GitHub Action: its script on every outcome of a run, and on a real document."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SCRIPT = ROOT / "deploy" / "action.sh"
STEPS = ACTION["runs"]["steps"]

STUB = """#!/bin/sh
echo "$*" >>"$CALLS"
case "$1" in
run) echo "::error::said by a document"; exit "$CODE" ;;
report) [ "$4" = --format ] && echo "$SARIF" >"$7" || echo 'the report ```` of a fence' ;;
esac
"""


def run_script(folder: Path, verifier: Path, **given: str) -> tuple[int, str, dict[str, str], str]:
    """Exit code, what was said, the outputs and the summary."""
    out, summary = folder / "outputs", folder / "summary"
    inputs = {
        f"INPUT_{name.upper().replace('-', '_')}": str(about.get("default", ""))
        for name, about in ACTION["inputs"].items()
    }
    files = {"GITHUB_OUTPUT": str(out), "GITHUB_STEP_SUMMARY": str(summary), "PATH": f"{verifier}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", SCRIPT], cwd=folder, env=inputs | files | given, capture_output=True, text=True, timeout=300
    )
    outputs = dict(line.split("=", 1) for line in out.read_text().splitlines()) if out.exists() else {}
    return done.returncode, done.stdout + done.stderr, outputs, summary.read_text() if summary.exists() else ""


NEW = {"level": "error", "baselineState": "new"}
OLD = {"level": "error", "baselineState": "unchanged"}
DECIDED = OLD | {"suppressions": [{"kind": "external"}]}
TO_DO = {"level": "note", "baselineState": "new"}


@pytest.mark.parametrize(
    ("code", "fail_on", "results", "exit_code", "said"),
    [
        ("0", "accusations", [], 0, ""),
        ("0", "accusations", [OLD, TO_DO], 0, ""),
        ("0", "open", [OLD], 1, "::error::Accusations are open (1)"),
        ("0", "open", [DECIDED, TO_DO], 0, ""),
        ("1", "accusations", [NEW, OLD], 1, "::error::There are new accusations (1)"),
        ("1", "open", [NEW], 1, "::error::There are new accusations (1)"),
        ("1", "never", [NEW], 0, ""),
        ("2", "never", [], 2, ""),
        ("3", "accusations", [], 0, "::warning::The check is not complete"),
        ("3", "accusations", [NEW], 1, "::error::There are new accusations (1)"),
        ("4", "accusations", [], 4, ""),
        ("137", "never", [], 137, ""),
        ("0", "sometimes", [], 2, "::error::fail-on is accusations, open or never"),
    ],
)
def test_what_becomes_of_each_outcome(tmp_path, code, fail_on, results, exit_code, said):
    stub = tmp_path / "b in" / "verifier"
    stub.parent.mkdir()
    stub.write_text(STUB)
    stub.chmod(0o755)
    calls = tmp_path / "calls"
    sarif = json.dumps({"runs": [{"results": results}]})
    given = {"CODE": code, "CALLS": str(calls), "SARIF": sarif, "INPUT_FAIL_ON": fail_on}
    ended, printed, outputs, summary = run_script(
        tmp_path, stub.parent, **given, INPUT_PATHS="a b.pdf\n\n-x.md\n", INPUT_SARIF="of papers.sarif"
    )
    assert (ended, said in printed) == (exit_code, True), printed
    if fail_on == "sometimes":
        assert not calls.exists()
        return
    assert calls.read_text().splitlines()[0] == "run --data .verifier-data -- a b.pdf -x.md"
    assert outputs["exit-code"] == code
    assert ("sarif" in outputs) is (code not in ("2", "4"))
    stopped = re.search(r"::stop-commands::([0-9a-f]{32})\n(.*)\n::\1::", printed, re.S)
    assert stopped, "what a document says is a command to the runner"
    assert "said by a document" in stopped[2]
    if summary:
        assert summary == "`````text\nthe report ```` of a fence\n`````\n"


def test_no_path_is_an_error(tmp_path):
    ended, printed, outputs, _ = run_script(tmp_path, tmp_path, INPUT_PATHS="\n\n")
    assert (ended, outputs) == (2, {})
    assert "::error::paths names no document" in printed


def test_store_and_archive_are_kept_also_when_the_check_fails():
    restore, save = (step for step in STEPS if step.get("uses", "").startswith("actions/cache"))
    assert restore["uses"].startswith("actions/cache/restore@")
    assert save["uses"].startswith("actions/cache/save@")
    assert save["if"].startswith("always()")
    assert save["with"]["key"] == restore["with"]["key"]
    assert STEPS[-1] is save


def test_a_real_document_ends_with_sarif_and_a_summary(tmp_path):
    (tmp_path / "tolls.md").write_text("The parts are 40 and 50, 100 in all.[^1]\n\n[^1]: Board, Tolls, 2024.\n")
    verifier = ROOT / ".venv" / "bin"
    if not (verifier / "verifier").exists():
        pytest.skip("Verifier is not installed in .venv here")
    ended, printed, outputs, summary = run_script(tmp_path, verifier, INPUT_PATHS="tolls.md")
    assert (ended, outputs["exit-code"]) == (0, "0"), printed
    assert json.loads((tmp_path / outputs["sarif"]).read_text())["version"] == "2.1.0"
    assert "WHAT WAS CHECKED" in summary


def test_no_input_is_put_into_a_script():
    scripts = [step["run"] for step in STEPS if "run" in step]
    assert scripts
    assert not [script for script in scripts if "${{" in script]


def test_the_script_is_given_what_it_reads():
    (step,) = [step for step in STEPS if step.get("id") == "check"]
    read = set(re.findall(r"\$(INPUT_\w+)", SCRIPT.read_text(encoding="utf-8")))
    assert read == set(step["env"])
    assert {value.removeprefix("${{ inputs.").removesuffix(" }}") for value in step["env"].values()} == set(
        ACTION["inputs"]
    )
