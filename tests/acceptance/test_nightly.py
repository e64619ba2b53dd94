"""`verifier nightly` as cron starts it: settings in a file, what it prints, logs and writes, how it exits."""

import json
import signal
import subprocess

import pytest

from tests.support.commandline import command, environment_with
from tests.support.waiting import wait_until


@pytest.fixture
def installation(tmp_path, httpserver, make_paper, clean_environment):
    httpserver.expect_request("/report").respond_with_data(
        "<html><head><title>Report</title></head><body><p>The county has 142 bridges in use.</p></body></html>",
        content_type="text/html",
    )
    make_paper("papers/a.pdf", [("The county has 124 bridges.", "Report, http://bridges.example.test/report.")])
    (tmp_path / "verifier.toml").write_text(
        f"""
data = "{tmp_path}/data"
allow_private = true
metrics_file = "{tmp_path}/verifier.prom"

[hosts]
"*.example.test" = "127.0.0.1:{httpserver.port}"

[fetch]
pause = 0

[[watch]]
path = "{tmp_path}/papers"
""",
        encoding="utf-8",
    )
    return tmp_path


def test_the_first_night_tells_what_is_new_and_the_second_that_nothing_is(verifier_process, installation):
    first = verifier_process("nightly")
    assert first.returncode == 1, first.stderr
    assert "1 new accusation" in first.stdout
    assert "124" in first.stdout
    second = verifier_process("nightly")
    assert second.returncode == 0
    assert "0 new" in second.stdout
    assert "124" not in second.stdout
    assert first.stderr == second.stderr == ""


def test_it_leaves_metrics_and_a_log_that_programs_can_read(verifier_process, installation):
    verifier_process("nightly")
    assert "verifier_" in (installation / "verifier.prom").read_text(encoding="utf-8")
    (log,) = (installation / "data" / "log").glob("*.jsonl")
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert events
    assert all(isinstance(event, dict) for event in events)


def test_a_night_that_finds_another_at_work_leaves_it_alone(verifier_process, installation):
    from filelock import FileLock

    (installation / "data").mkdir()
    with FileLock(installation / "data" / "run.lock"):
        result = verifier_process("nightly")
    assert result.returncode == 4
    assert "another run" in result.stderr


def test_a_night_that_cannot_begin_says_why_and_counts_as_failed(verifier_process, installation):
    toml = installation / "verifier.toml"
    toml.write_text(toml.read_text(encoding="utf-8").split("[[watch]]")[0], encoding="utf-8")
    result = verifier_process("nightly")
    assert result.returncode == 2
    assert "[[watch]]" in result.stderr
    assert "Traceback" not in result.stderr
    assert "verifier_" in (installation / "verifier.prom").read_text(encoding="utf-8")


def test_a_night_that_is_asked_to_terminate_ends_in_order_and_the_next_goes_on(
    verifier_process, installation, make_paper
):
    notes = [(f"The county has {n} mills.", f"Report, http://bridges.example.test/report?{n}.") for n in range(2, 11)]
    make_paper("papers/b.pdf", notes)
    night = subprocess.Popen(
        command("nightly"),
        env=environment_with(None, {"VERIFIER_FETCH__PAUSE": "2"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    archive = installation / "data" / "archive"
    wait_until(lambda: list(archive.glob("*.warc.gz")))
    night.send_signal(signal.SIGTERM)
    told, errors = night.communicate(timeout=300)
    assert night.returncode == 3, errors
    assert "Left for the next run" in told
    assert "not checked yet" in told
    assert errors == ""
    assert verifier_process("nightly").returncode == 1
    assert verifier_process("nightly").returncode == 0
