"""A real pywb (GPL) on loopback, where `VERIFIER_TEST_PYWB` names the `bin` folder of an environment of its own."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PYWB = os.environ.get("VERIFIER_TEST_PYWB", "")
REASON = "VERIFIER_TEST_PYWB names no `bin` folder with pywb"


@contextmanager
def served(warc_files: Sequence[Path], folder: Path) -> Iterator[str]:
    """Serves WARC files as the collection `sources`; gives the address of the server."""
    manager = [f"{PYWB}/wb-manager"]
    subprocess.run([*manager, "init", "sources"], cwd=folder, check=True, capture_output=True)
    subprocess.run([*manager, "add", "sources", *warc_files], cwd=folder, check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [f"{PYWB}/wayback", "-b", "127.0.0.1", "-p", str(port)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=2)
        except urllib.error.HTTPError:
            return
        except OSError:
            assert server.poll() is None, "pywb ended"
            time.sleep(0.1)
        else:
            return
    raise AssertionError("pywb does not answer")
