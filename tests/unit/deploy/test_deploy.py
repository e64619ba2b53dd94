"""What an operator copies works as it stands: units, cron line, and the commands of docs/operate.md."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer.main

from verifier.cli.app import app

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
OPERATE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
USED = re.compile(r"/opt/verifier/bin/verifier ([a-z]+(?: check)?)((?: [^\s|>&]+)*)")


def shell_blocks(text):
    return [
        [line for line in block.splitlines() if line and not line.startswith("#")]
        for block in re.findall(r"```sh\n(.*?)```", text, re.S)
    ]


UNITS = ("verifier.service", "verifier.timer", "verifier-desk.service")


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_takes_the_units(unit, tmp_path):
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("there is no systemd-analyze here")
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("/opt/verifier/bin/verifier", "/bin/true"), encoding="utf-8")
    done = subprocess.run([analyze, "verify", str(tmp_path / unit)], capture_output=True, text=True, timeout=300)
    said = [line for line in done.stderr.splitlines() if str(tmp_path) in line or unit in line]
    assert (done.returncode, said) == (0, []), done.stderr


def test_new_accusations_are_no_failure_of_the_unit():
    service = (DEPLOY / "verifier.service").read_text(encoding="utf-8")
    timer = (DEPLOY / "verifier.timer").read_text(encoding="utf-8")
    assert "\nSuccessExitStatus=1\n" in service
    assert "\nPersistent=true\n" in timer
    assert "\nRandomizedDelaySec=" in timer


@pytest.mark.parametrize(
    "source", ["docs/operate.md", "deploy/verifier.service", "deploy/verifier-desk.service", "deploy/verifier.cron"]
)
def test_every_command_that_is_copied_is_one_of_ours(source):
    commands = typer.main.get_command(app).commands
    used = USED.findall((ROOT / source).read_text(encoding="utf-8"))
    assert used
    for name, rest in used:
        options = {option for parameter in commands[name].params for option in parameter.opts}
        assert {word for word in rest.split() if word.startswith("--")} <= options


def test_the_first_scheduled_night_takes_fewer_than_ten_commands():
    install = shell_blocks(OPERATE)[0]
    assert install[-1] == "sudo systemctl enable --now verifier.timer"
    assert len(install) < 10


def test_every_exit_code_has_its_advice():
    from verifier.exits import ExitCode

    table = OPERATE[OPERATE.index("## What each exit code") : OPERATE.index("## Back up")]
    for code in (*(code.value for code in ExitCode), 130):
        assert re.search(rf"^\| {code} \| .+ \| .+ \|$", table, re.M)


def test_the_files_that_are_named_are_there():
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))
    named = set(re.findall(r"deploy/[\w.-]+\w", pages))
    assert named == {f"deploy/{path.name}" for path in DEPLOY.iterdir()}


def test_the_image_is_built_from_what_is_here():
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert "USER verifier" in text
    assert 'CMD ["nightly"]' in text
    assert "postgresql" in re.search(r"pip install .*'\.\[(\w+)\]'", text)[1]
