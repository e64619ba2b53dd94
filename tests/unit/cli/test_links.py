"""The list of addresses as its writer made it: every line is answered, and in UTF-8."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from verifier.cli.app import app

ADDRESS = "http://127.0.0.1:9/report"

LISTS = [
    ("a byte order mark", b"\xef\xbb\xbf" + ADDRESS.encode(), [ADDRESS]),
    ("carriage returns", ADDRESS.encode() + b"\r\n" + ADDRESS.encode() + b"\r\n", [ADDRESS, ADDRESS]),
    ("blank lines", b"\n\n  \n\t" + ADDRESS.encode() + b" \n\n", [ADDRESS]),
    ("no newline at the end", b"\n" + ADDRESS.encode(), [ADDRESS]),
    ("a NUL", ADDRESS.encode() + b"\x00x\n", [ADDRESS + "\x00x"]),
    ("a long line", ADDRESS.encode() + b"y" * 10_000, [ADDRESS + "y" * 10_000]),
    ("bytes that are no UTF-8", ADDRESS.encode() + b"/caf\xe9\n", [ADDRESS + "/caf\ufffd"]),
    ("another end of line", (ADDRESS + "/a\u2028b\x85c").encode(), [ADDRESS + "/a\u2028b\x85c"]),
]


@pytest.mark.parametrize(("content", "urls"), [row[1:] for row in LISTS], ids=[row[0] for row in LISTS])
def test_every_line_is_answered(tmp_path: Path, content: bytes, urls: list[str]) -> None:
    listed = tmp_path / "addresses.txt"
    listed.write_bytes(content)
    result = CliRunner().invoke(app, ["links", str(listed), "--jsonl", "--pause", "0"])
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["url"] for answer in answers] == urls
    assert {answer["status"] for answer in answers} == {"refused"}
