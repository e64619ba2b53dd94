"""What is S3's alone: one seam to boto3, and servers that are slow or answer with nonsense."""

import ast
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from verifier.errors import ArchiveAwayError, ArchiveError
from verifier.objects import ObjectSettings, S3Objects

ROOT = Path(__file__).parents[3]


def test_only_the_seam_knows_boto3():
    found = set()
    for path in [*ROOT.glob("verifier/**/*.py"), *ROOT.glob("db/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] in ("boto3", "botocore") for name in names):
                found.add(path.relative_to(ROOT).as_posix())
    assert found == {"verifier/objects/s3.py"}


def test_boto3_is_not_loaded_where_nothing_is_kept_in_a_bucket(tmp_path):
    code = (
        "import sys; from verifier.resolver import open_archive; from verifier.settings import Settings\n"
        f"open_archive(Settings(data={str(tmp_path)!r})).close(); sys.exit('boto3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=300).returncode == 0


@contextmanager
def server(answer: bytes) -> Iterator[ObjectSettings]:
    """A server that says the same to whoever connects; nothing at all for no bytes, and keeps him waiting."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        waiting = []

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                waiting.append(connection)
                if answer:
                    connection.recv(65536)
                    connection.sendall(answer)
                    connection.close()

        threading.Thread(target=serve, daemon=True).start()
        endpoint = f"http://127.0.0.1:{listening.getsockname()[1]}"
        yield ObjectSettings(url="s3://bucket/x", endpoint=endpoint, region="us-east-1", timeout=0.2)
        listening.shutdown(socket.SHUT_RDWR)
        for connection in waiting:
            connection.close()


def test_a_server_that_never_answers_is_given_up(s3):
    with server(b"") as settings, pytest.raises(ArchiveAwayError, match=r"a: cannot be written: .*[Tt]imeout"):
        S3Objects(settings, "archive").put("a", b"1")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 503 Slow Down\r\nContent-Length: 5\r\n\r\nslow!",
        b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut off",
        b"no HTTP at all\r\n\r\n",
        b"\r\n",
    ],
)
@pytest.mark.parametrize("verb", ["get", "list", "size"])
def test_whatever_a_server_says_is_an_archive_error(s3, verb, answer):
    with server(answer) as settings:
        objects = S3Objects(settings, "archive")
        if verb == "size" and answer.startswith(b"HTTP/1.1 200"):
            assert objects.size("a") == 100
            return
        with pytest.raises(ArchiveError, match="s3://bucket/x/archive"):
            {"get": lambda: objects.get("a"), "list": lambda: list(objects.list()), "size": lambda: objects.size("a")}[
                verb
            ]()


def test_what_a_server_refuses_is_no_sign_that_it_is_away(s3):
    forbidden = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
    with server(forbidden) as settings, pytest.raises(ArchiveError) as refused:
        S3Objects(settings, "archive").get("a")
    with pytest.raises(ArchiveError) as missing:
        S3Objects(s3.settings(), "archive").get("never-written")
    assert type(refused.value) is ArchiveError
    assert not isinstance(missing.value, ArchiveAwayError)


@pytest.mark.parametrize("go_away", ["stop", "refuse"])
def test_a_server_that_is_down_or_serves_nobody_is_away(s3, go_away):
    objects = S3Objects(s3.settings(), "archive")
    objects.put("a", b"1")
    getattr(s3, go_away)()
    try:
        with pytest.raises(ArchiveAwayError):
            objects.get("a")
    finally:
        s3.resume()
    assert objects.get("a") == b"1"
