"""Addresses with blanks in them, and what is glued to addresses."""

import pytest

from verifier.parser.urls import find_addresses


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see http://a.test/get.asp?if = x&ID = 20 [May]", [("http://a.test/get.asp?if=x&ID=20", True)]),
        ("(http://a.test/roma n/).", [("http://a.test/roman/", True)]),
        ("<http://a.test/x y/q.html>", [("http://a.test/xy/q.html", True)]),
        ("http: //www.a.test/x and", [("http://www.a.test/x", True)]),
        ("www. a.test/x/ y.pdf, see", [("http://www.a.test/x/y.pdf", True)]),
        ("http://a.test/ \u223choll/x.pdf", [("http://a.test/~holl/x.pdf", True)]),
        ("http://a.test/\u02dcx/y.pdf", [("http://a.test/~x/y.pdf", False)]),
        ("http://a.test/b\u2215c", [("http://a.test/b/c", False)]),
        ("http://a.test/x.pdf.(Retrieved 3 May)", [("http://a.test/x.pdf", False)]),
        ("(http://a.test/b.html).4.2 How", [("http://a.test/b.html", False)]),
        ("http://a.test/x;http://b.test/y.", [("http://a.test/x", False), ("http://b.test/y", False)]),
        ("https://w.test/web/2018/https://a.test/x", [("https://w.test/web/2018/https://a.test/x", False)]),
        ("http://\u2709\u2708.test/x", []),
        ("http://a.test/x (see p. 3/4)", [("http://a.test/x", False)]),
        ("http://a.test/ and/or", [("http://a.test/", False)]),
        ("http://a.test/x = y", [("http://a.test/x", False)]),
        ("http://a.test/report. PDF files", [("http://a.test/report", False)]),
        ("(a.de/x http://a.de/x)", [("http://a.de/x", False), ("http://a.de/x", False)]),
        ("http://a.test/x.\u21a9\ufe0e", [("http://a.test/x", False)]),
    ],
)
def test_addresses(text: str, found: list[tuple[str, bool]]) -> None:
    assert [(address.url, address.guessed) for address in find_addresses(text)] == found
