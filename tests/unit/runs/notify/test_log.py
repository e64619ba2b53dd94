"""The log: a JSON object a line whatever is logged, no secrets, turned over by size, and never in the night's way."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from verifier.errors import StoreError
from verifier.runs.notify import log
from verifier.runs.notify.log import Event, JsonLines, error_words, log_event, log_to


def lines(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("event", Event)
def test_every_event_is_in_the_reference(event):
    reference = Path(__file__).resolve().parents[4] / "docs" / "reference.md"
    rows = [line for line in reference.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert any(f"`{event.value}`" in row for row in rows)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "log" / "verifier.jsonl"


def test_an_event_is_a_line_with_time_level_and_its_fields(file):
    with log_to(file):
        log_event(Event.RUN_BEGUN, run=12)
        log_event(Event.DOCUMENT_FAILED, document="a “b”.pdf", reason="damaged\nhere")
        log_event(Event.NETWORK_DOWN)
    log_event(Event.RUN_FINISHED, run=12)
    begun, failed, down = lines(file)
    assert begun["time"].endswith("+00:00")
    assert {**begun, "time": ""} == {"time": "", "level": "info", "event": "run_begun", "run": 12}
    assert (failed["level"], failed["document"], failed["reason"]) == ("warning", "a “b”.pdf", "damaged\nhere")
    assert (down["level"], down["event"]) == ("error", "network_down")


def test_a_second_run_appends_behind_a_torn_line(file):
    file.parent.mkdir()
    file.write_text('{"event": "run_begun"}\n{"event": "doc', encoding="utf-8")
    with log_to(file):
        log_event(Event.RUN_BEGUN)
    whole, torn, begun = file.read_text(encoding="utf-8").splitlines()
    assert json.loads(whole)["event"] == json.loads(begun)["event"] == "run_begun"
    assert torn == '{"event": "doc'


def test_what_others_log_below_our_name_is_a_line_too_and_the_level_is_given_back(file):
    logger = logging.getLogger("verifier")
    before = (logger.level, list(logger.handlers))
    with log_to(file):
        logging.getLogger("verifier.parser").warning("page %s is odd", 7)
        logging.getLogger("verifier.parser").debug("too fine")
    assert [line["event"] for line in lines(file)] == ["page 7 is odd"]
    assert (logger.level, logger.handlers) == before


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("postgresql+psycopg://bot:secret@db/verifier", "postgresql+psycopg://***@db/verifier"),
        (SecretStr("secret"), "**********"),
        ("x" * 1000, "x" * 499 + "…"),
        (float("nan"), "nan"),
        (1.5, 1.5),
        (True, True),
        (None, None),
    ],
)
def test_values_are_kept_short_and_without_secrets(file, value, kept):
    with log_to(file):
        log_event(Event.MAIL_FAILED, reason=value)
    assert lines(file)[0]["reason"] == kept
    assert "secret" not in file.read_text(encoding="utf-8")


def test_of_an_error_its_kind_and_place_are_kept_and_only_our_own_words(file):
    with log_to(file):
        for error in (ValueError("a sentence of the document"), StoreError("store x is damaged\nDETAIL: a sentence")):
            try:
                raise error
            except (ValueError, StoreError):
                logging.getLogger("verifier").exception("bot_failed")
    foreign, ours = (line["error"] for line in lines(file))
    assert foreign.startswith("ValueError, at test_log.py:")
    assert ours == "store x is damaged"
    assert "sentence" not in file.read_text(encoding="utf-8")


def test_an_error_of_the_system_says_why_but_not_which_file(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        (tmp_path / "confidential-draft.pdf").read_bytes()
    words = error_words(caught.value)
    assert "FileNotFoundError: No such file or directory" in words
    assert "draft" not in words
    assert error_words(MemoryError()) == "MemoryError, at an unknown place"


def test_it_turns_over_by_size_and_keeps_a_few(file, monkeypatch):
    monkeypatch.setattr(log, "MOST_BYTES", 1000)
    with log_to(file):
        for run in range(200):
            log_event(Event.RUN_BEGUN, run=run)
    files = sorted(file.parent.iterdir())
    assert [path.name for path in files] == ["verifier.jsonl", *(f"verifier.jsonl.{n}" for n in range(1, 6))]
    assert all(path.stat().st_size <= 1000 for path in files)
    assert lines(file)[-1]["run"] == 199
    assert all(line["event"] == "run_begun" for path in files for line in lines(path))


def test_a_log_that_cannot_be_opened_is_told_and_the_night_goes_on(tmp_path, capsys):
    (tmp_path / "log").write_text("a file in the way")
    with log_to(tmp_path / "log" / "verifier.jsonl"):
        log_event(Event.RUN_BEGUN)
        log_event(Event.BOT_FAILED)
    said = capsys.readouterr().err
    assert said == f"verifier: the log {tmp_path}/log/verifier.jsonl cannot be written: File exists\n"


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from verifier.runs.notify.log import Event, log_event, log_to

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
with log_to(Path(sys.argv[1])):
    for run in range(50):
        log_event(Event.RUN_BEGUN, run=run)
print("the night went on")
"""


def test_a_log_that_cannot_grow_is_told_once_and_the_night_goes_on(file):
    done = subprocess.run([sys.executable, "-c", FULL_DISK, file], capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout) == (0, "the night went on\n")
    assert done.stderr.count("cannot be written") == 1
    assert "Traceback" not in done.stderr


@given(message=st.text(), fields=st.dictionaries(st.text(max_size=5), st.text() | st.integers() | st.floats()))
def test_whatever_is_logged_is_one_line_of_json(message, fields):
    record = logging.LogRecord("verifier", logging.INFO, "", 0, message, None, None)
    record.fields = fields
    line = JsonLines().format(record)
    assert len(line.splitlines()) == 1
    assert set(json.loads(line)) == {"time", "level", "event", *fields}
