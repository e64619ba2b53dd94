import pytest

from verifier.model import Hop
from verifier.resolver.http.media import charset_of, looks_finished, media_type_of


@pytest.mark.parametrize(
    ("stated", "body", "expected"),
    [
        ("text/html; charset=utf-8", b"", "text/html"),
        ("TEXT/HTML", b"", "text/html"),
        ("application/pdf", b"%PDF-1.7", "application/pdf"),
        ("application/pdf", b"<!DOCTYPE html><title>Log in", "text/html"),
        ("text/html", b"\n%PDF-1.4", "application/pdf"),
        ("application/octet-stream", b"%PDF-1.4", "application/pdf"),
        ("application/octet-stream", b"<html>", "text/html"),
        ("application/octet-stream", b"PK\x03\x04", "application/octet-stream"),
        (None, b"<!-- x --><html>", "text/html"),
        (None, b"\xef\xbb\xbf<html>", "text/html"),
        (None, b"only words", "text/plain"),
        (None, b"\x89PNG\0", "application/octet-stream"),
        ("nonsense", b"<html>", "text/html"),
        ("text/plain", b"<html> is a tag", "text/plain"),
    ],
)
def test_the_media_type(stated: str | None, body: bytes, expected: str) -> None:
    headers = (("Content-Type", stated),) if stated is not None else ()
    assert media_type_of(Hop("http://a.test/", 200, headers), body) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("text/html; charset=UTF-8", "utf-8"),
        ('text/html;charset="iso-8859-1"', "iso-8859-1"),
        ("text/html; charset = koi8-r; x=y", "koi8-r"),
        ("text/html", None),
        ("", None),
    ],
)
def test_the_stated_charset(stated: str, expected: str | None) -> None:
    assert charset_of(Hop("http://a.test/", 200, (("content-type", stated),))) == expected


@pytest.mark.parametrize(
    ("kind", "body", "finished"),
    [
        ("text/html", b"<p>words</p></BODY></HTML >\n", True),
        ("text/html", b"<p>wor", False),
        ("application/pdf", b"...%%EOF\n", True),
        ("application/pdf", b"...", False),
        ("text/plain", b"words", False),
    ],
)
def test_a_body_with_its_own_end(kind: str, body: bytes, finished: bool) -> None:
    assert looks_finished(kind, body) is finished
