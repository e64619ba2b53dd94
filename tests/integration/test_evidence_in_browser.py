"""In a real browser nothing of a hostile page runs or asks the network, even without the frame and the policy."""

import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.support.hostile_pages import HOSTILE_PAGES
from verifier.review.evidence import Passage, sanitised

CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed, so no browser is asked")


class Web:
    """Serves pages by their path on loopback and keeps every other path that is asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.asked: set[str] = set()
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                page = web.pages.get(self.path)
                if page is None:
                    web.asked.add(self.path)
                self.send_response(200 if page is not None else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page or b"")

            do_POST = do_HEAD = do_GET  # noqa: N815 - the names of the base class

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def web():
    served = Web()
    yield served
    served.close()


def visit(web: Web, pages: list[str], profile) -> str:
    """Show every page in a frame of its own, without sandbox; what chromium made of the page around them."""
    frames = "".join(f'<iframe src="/{number}"></iframe>' for number in range(len(pages)))
    web.pages = {f"/{number}": page.encode() for number, page in enumerate(pages)}
    web.pages |= {"/": f"<title>frames</title>{frames}".encode(), "/favicon.ico": b""}
    done = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         f"--user-data-dir={profile}", "--virtual-time-budget=4000", "--dump-dom", web.address],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    return done.stdout


def hostile_pages(web: Web) -> list[str]:
    return [f"<p>Words.</p>{page.format(trap=web.address)}" for page in HOSTILE_PAGES.values()]


def test_shown_as_they_are_they_would_act(web, tmp_path):
    assert "frames" in visit(web, hostile_pages(web), tmp_path)
    assert len(web.asked) > 20


@pytest.mark.parametrize("policy", ["with its policy", "by the words alone"])
def test_sanitised_they_neither_run_nor_ask(web, tmp_path, policy):
    shown = [str(sanitised(page.encode(), Passage("Words."))) for page in hostile_pages(web)]
    if policy == "by the words alone":
        shown = [re.sub(r"<meta http-equiv[^>]*>", "", page) for page in shown]
    assert "frames" in visit(web, shown, tmp_path)
    assert web.asked == set()
