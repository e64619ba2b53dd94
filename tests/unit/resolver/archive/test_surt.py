"""Index keys: the spellings that a replay tool takes for one address share a key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.resolver.archive.surt import surt


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://example.org", "org,example)/"),
        ("https://example.org/", "org,example)/"),
        ("https://www.Example.org/Path/File.HTML", "org,example)/path/file.html"),
        ("http://www2.example.org:8080/x", "org,example:8080)/x"),
        ("https://example.org:443/x", "org,example)/x"),
        ("http://user:word@example.org/x", "org,example)/x"),
        ("http://wwwx.example.org/y", "org,example,wwwx)/y"),
        ("http://example.org./x", "org,example)/x"),
        ("http://bücher.example.org/", "org,example,xn--bcher-kva)/"),
        ("http://127.0.0.1:8080/x", "1,0,0,127:8080)/x"),
        ("http://[::1]/x", "::1)/x"),
        ("http://example.org/a//b/../c/./d/", "org,example)/a/c/d"),
        ("http://example.org/%7Euser/%2Fx%20y", "org,example)/~user/x%20y"),
        ("http://example.org/a%2525b", "org,example)/a%25b"),
        ("http://example.org/café", "org,example)/caf%c3%a9"),
        ("http://example.org/?", "org,example)/"),
        ("http://example.org/?b=2&a=1&A=0", "org,example)/?a=0&a=1&b=2"),
        ("http://example.org/a?x=&y", "org,example)/a?x=&y"),
        ("http://example.org/a?q=http://other.org/B", "org,example)/a?q=http://other.org/b"),
        ("http://example.org/p?PHPSESSID=0123456789abcdef0123456789abcdef&id=3", "org,example)/p?id=3"),
        ("http://example.org/x?cfid=12&cftoken=34&z=1", "org,example)/x?z=1"),
        ("http://example.org/x?sid=short", "org,example)/x?sid=short"),
        ("dns:Example.org", "dns:example.org"),
    ],
)
def test_keys(url, key):
    assert surt(url) == key


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_key_is_one_word_whatever_the_address(path, query):
    key = surt(f"http://example.org/{path}?{query}")
    assert key.startswith("org,example")
    assert key.isascii()
    assert key == "".join(key.split())
