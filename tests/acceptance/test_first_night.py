"""The way of docs/operate.md: init, some settings, doctor, the first night; a backup, and the next night from it."""

import json
import re
import shutil

import pytest

from verifier.demo import DemoWeb, demo_paper


@pytest.fixture(scope="module")
def web():
    with DemoWeb() as served:
        yield served


def settings_of(text, web, papers, data, heartbeat):
    """What an operator changes, and what makes the demo's web stand for the real one."""
    hosts = ", ".join(f"{json.dumps(name)} = {json.dumps(address)}" for name, address in web.hosts.items())
    changes = {
        "data": json.dumps(str(data)),
        "contact": '"editors@example.test"',
        "allow_private": "true",
        "pause": "0.0",
        "hosts": "{" + hosts + "}",
    }
    for name, value in changes.items():
        text, changed = re.subn(rf"^#{name} = .*$", f"{name} = {value}", text, count=1, flags=re.M)
        assert changed == 1, name
    text, changed = re.subn(r"(?ms)^(\[heartbeat\].*?)^#url = .*?$", rf"\g<1>url = {json.dumps(heartbeat)}", text)
    assert changed == 1
    return text + f"\n[[watch]]\npath = {json.dumps(str(papers))}\n"


def test_from_nothing_to_the_first_night_and_back_from_a_backup(web, verifier, verifier_process, tmp_path, httpserver):
    httpserver.expect_request("/alive").respond_with_data("")
    (tmp_path / "papers").mkdir()
    shutil.copy(demo_paper(), tmp_path / "papers")
    assert verifier_process("init", "etc").returncode == 0
    file = tmp_path / "etc" / "verifier.toml"
    text = settings_of(
        file.read_text(encoding="utf-8"), web, tmp_path / "papers", tmp_path / "data", httpserver.url_for("/alive")
    )
    file.write_text(text, encoding="utf-8")
    config = ("--config", file)

    before = verifier_process("doctor", *config)
    assert before.returncode == 0, before.stdout
    night = verifier_process("nightly", *config)
    assert night.returncode == 1, night.stderr
    assert verifier("doctor", *config).returncode == 0
    first = verifier("dump", *config).stdout
    assert first.count("\n") > 50

    assert verifier_process("backup", "night.tar", *config).returncode == 0
    (tmp_path / "data").rename(tmp_path / "lost")
    restored = verifier_process("restore", "night.tar", *config)
    assert restored.returncode == 0, restored.stderr
    assert verifier("dump", *config).stdout == first
    assert verifier("archive", "check", *config).returncode == 0
    again = verifier_process("nightly", *config)
    assert again.returncode == 0, "nothing is new when nothing has changed\n" + again.stdout
    assert verifier("dump", *config).stdout == first
