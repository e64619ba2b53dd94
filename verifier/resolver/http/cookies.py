"""Cookies, kept within one fetch only: enough for gates that set one and redirect to themselves."""

import urllib.request
from email.message import Message
from http.cookiejar import CookieJar
from typing import Any, cast


class _Answer:
    def __init__(self, headers: tuple[tuple[str, str], ...]) -> None:
        self._message = Message()
        for name, value in headers:
            if name.lower() in ("set-cookie", "set-cookie2"):
                self._message.add_header(name, value)

    def info(self) -> Message:
        return self._message


class FetchCookies:
    """The cookies of one fetch (RFC 6265, by the standard library's rules)."""

    def __init__(self) -> None:
        self._jar: CookieJar | None = None  # most pages set none, and a jar takes as long as reading a short page

    def header(self, url: str) -> str | None:
        """The `Cookie` header to send to an address."""
        if self._jar is None:
            return None
        request = urllib.request.Request(url)
        self._jar.add_cookie_header(request)
        return request.get_header("Cookie")

    def learn(self, url: str, headers: tuple[tuple[str, str], ...]) -> None:
        """Take up what a response sets."""
        if any(name.lower() == "set-cookie" for name, _ in headers):
            self._jar = self._jar if self._jar is not None else CookieJar()
            self._jar.extract_cookies(cast(Any, _Answer(headers)), urllib.request.Request(url))
