"""`verifier compare`: a line that cannot be read or compared is named, and all others are answered."""

import json

import pytest
from typer.testing import CliRunner

from verifier import checker
from verifier.cli.app import app

GOOD = {"id": 1, "claim": "It has 142 bridges.", "source": "The county has 142 bridges."}
POISON = {"id": 2, "claim": "It has 666 bridges.", "source": "The county has 142 bridges."}


def run(lines: list[bytes], tmp_path, *options: str):
    file = tmp_path / "claims.jsonl"
    file.write_bytes(b"\n".join(lines) + b"\n")
    return CliRunner().invoke(app, ["compare", str(file), "--jsonl", *options])


def encoded(line: object) -> bytes:
    return json.dumps(line).encode()


@pytest.mark.parametrize("error", [ValueError("math domain error"), RecursionError(), MemoryError(), AssertionError()])
def test_a_line_that_makes_us_fail_is_named_and_the_others_are_answered(tmp_path, monkeypatch, error) -> None:
    plain = checker.compare

    def fails(claim: str, source: str):
        if "666" in claim:
            raise error
        return plain(claim, source)

    monkeypatch.setattr(checker, "compare", fails)
    done = run([encoded(GOOD), encoded(POISON), encoded(GOOD | {"id": 3})], tmp_path)
    assert done.exit_code == 3
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 3]
    assert "line 2: not compared, since our own check of it failed" in done.stderr
    assert "math domain" not in done.stderr


@pytest.mark.parametrize(
    "bad",
    [
        b"\xff\xfe",
        b"[" * 100_000,
        b"{",
        b"9" * 5_000,
        b"null",
        b'{"id": 2, "claim": 5}',
        b'{"id": 2, "claim": "\xff", "source": ""}',
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_are_answered(tmp_path, bad: bytes) -> None:
    done = run([encoded(GOOD), bad, encoded(GOOD | {"id": 3})], tmp_path)
    assert done.exit_code == 2
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 3]
    assert "line 2:" in done.stderr


@pytest.mark.parametrize(
    "odd",
    [
        b'{"id": "\\ud800", "claim": "It has 142 \\ud800 bridges.", "source": "\\udfff 142 bridges"}',
        encoded(
            {"id": 2, "claim": "It has " + "7" * 4301 + " bridges.", "source": "It has " + "7" * 4301 + " bridges."}
        ),
        encoded({"id": {"a": [None]}, "claim": "", "source": ""}),
        encoded({"id": 2, "claim": "\u202e\x1b[2J 142 bridges", "source": "\0"}),
    ],
)
def test_an_odd_line_is_answered(tmp_path, odd: bytes) -> None:
    done = run([encoded(GOOD), odd, encoded(GOOD | {"id": 3})], tmp_path)
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) == 3
