"""`verifier review` as a process: where it says it is, who it lets in, how it ends."""

import signal
import socket
import stat
import subprocess
from urllib.request import urlopen

import pytest

from tests.support.commandline import command, environment_with


@pytest.fixture
def start(data):
    """Starts the desk: start(*options) is the process and its first two lines."""
    running = []

    def begin(*options: str):
        process = subprocess.Popen(
            command("review", "--data", data, "--port", "0", *options),
            env=environment_with(None),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process, [process.stdout.readline(), process.stdout.readline()]

    yield begin
    for process in running:
        process.kill()
        process.wait()


@pytest.mark.parametrize("request_to_stop", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_ends_in_order(start, request_to_stop):
    process, (where, who) = start()
    address = where.removeprefix("The desk: ").strip()
    assert address.startswith("http://127.0.0.1:")
    assert "Open to everybody on this machine" in who
    assert b" findings to decide" in urlopen(address, timeout=300).read()
    process.send_signal(request_to_stop)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0
    assert out == "The desk is closed.\n"
    assert "Traceback" not in err


def test_a_port_that_is_taken_is_told(verifier, data):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = verifier("review", "--data", data, "--port", taken.getsockname()[1])
    assert result.returncode == 2
    assert "is taken" in result.stderr
    assert "--port" in result.stderr


def test_it_does_not_open_to_others_without_users(verifier, data):
    result = verifier("review", "--data", data, "--host", "0.0.0.0", "--port", 0)
    assert result.returncode == 2
    assert "add-user" in result.stderr


def test_where_nothing_was_ever_run_it_says_so(verifier, tmp_path):
    result = verifier("review", "--data", tmp_path / "none")
    assert result.returncode == 2
    assert "holds no store yet" in result.stderr


def test_a_user_is_added_and_then_everybody_logs_in(verifier, data, start):
    password = "a password long enough\n"
    result = verifier("review", "add-user", "Ana", "--role", "editor", "--data", data, stdin=password * 2)
    assert result.returncode == 0, result.stderr
    assert "Ana may come in as editor" in result.stdout
    assert stat.S_IMODE((data / "users.json").stat().st_mode) == 0o600
    assert password.strip() not in (data / "users.json").read_text()
    _, (where, who) = start("--host", "0.0.0.0")
    assert "other machines reach it" in who
    port = where.rpartition(":")[2].strip()
    assert b"<h1>Log in</h1>" in urlopen(f"http://127.0.0.1:{port}/", timeout=300).read()


def test_a_short_password_is_refused(verifier, data):
    result = verifier("review", "add-user", "Ana", "--data", data, stdin="short\nshort\n")
    assert result.returncode == 2
    assert "at least 10 characters" in result.stderr
    assert not (data / "users.json").exists()
