"""The demo's small web: every host of `http://*.example.test`, answered from loopback."""

from typing import ClassVar
from urllib.parse import unquote, urlsplit

from verifier.demo.loopback import LoopbackServer, QuietHandler
from verifier.demo.pages import Pages


class DemoWeb(LoopbackServer):
    """The demo's sources, served on 127.0.0.1 at a free port for as long as the context lasts.

    >>> with DemoWeb() as web:
    ...     settings = load_settings(hosts=web.hosts, allow_private=True)
    """

    def __init__(self) -> None:
        pages = Pages()

        class Handler(_Handler):
            sites = pages

        super().__init__(Handler)


class _Handler(QuietHandler):
    server_version = "demo"
    sites: ClassVar[Pages]

    def do_GET(self) -> None:  # noqa: N802 - the name that the library calls
        """Answer for the site that the Host header names."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:  # noqa: N802 - as above
        """Answer as to a GET, without the body."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        host = self.headers.get("Host", "").partition(":")[0].lower()
        answer = self.sites.answer(host, unquote(urlsplit(self.path).path) or "/")
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)
