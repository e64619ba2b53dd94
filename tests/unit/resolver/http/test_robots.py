"""robots.txt as RFC 9309 has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.resolver.http.robots import read_rules


def allows(text: str, target: str, product: str = "Verifier") -> bool:
    return read_rules(text, product).allow(target)


ALL = "User-agent: *\n"


@pytest.mark.parametrize(
    ("text", "target", "allowed"),
    [
        ("", "/x", True),
        (f"{ALL}Disallow: /", "/x", False),
        (f"{ALL}Disallow: /", "/robots.txt", True),
        (f"{ALL}Disallow:", "/x", True),
        (f"{ALL}Disallow: /private", "/private/x", False),
        (f"{ALL}Disallow: /private", "/public", True),
        (f"{ALL}Disallow: /private", "/Private", True),
        (f"{ALL}Disallow: /a\nAllow: /a/b", "/a/b/c", True),
        (f"{ALL}Allow: /a/b\nDisallow: /a", "/a/c", False),
        (f"{ALL}Disallow: /page\nAllow: /page", "/page", True),
        (f"{ALL}Disallow: /*.pdf$", "/x/y.pdf", False),
        (f"{ALL}Disallow: /*.pdf$", "/x/y.pdf?z", True),
        (f"{ALL}Disallow: /*.pdf", "/x/y.pdf?z", False),
        (f"{ALL}Disallow: /a*b*c$", "/a-b-b-c", False),
        (f"{ALL}Disallow: /a*a$", "/a", True),
        (f"{ALL}Disallow: /$", "/", False),
        (f"{ALL}Disallow: /$", "/x", True),
        (f"{ALL}Disallow: /?print=", "/?print=1", False),
        (f"{ALL}Disallow: /caf%C3%A9", "/café", False),
        (f"{ALL}Disallow: /café", "/caf%c3%a9", False),
        (f"{ALL}Disallow: /%7Euser", "/~user/x", False),
        (f"{ALL}Disallow: /a%2Fb", "/a/b", True),
        (f"{ALL}Disallow: /x # the old part", "/x", False),
        ("\ufeffUSER-AGENT: *\r\nDISALLOW: /x\r\n", "/x", False),
        ("Disallow: /x", "/x", True),
        ("User-agent: other\nDisallow: /", "/x", True),
        ("User-agent: verifier/0.1\nDisallow: /\n\nUser-agent: *\nAllow: /", "/x", False),
        (f"{ALL}Disallow: /\n\nUser-agent: VERIFIER\nDisallow: /only", "/x", True),
        ("User-agent: a\nUser-agent: verifier\nDisallow: /x", "/x", False),
        ("User-agent: verifier\nDisallow: /x\nUser-agent: b\nUser-agent: Verifier\nDisallow: /y", "/y", False),
        ("User-agent: verifier\nDisallow: /x\nUser-agent: b\nUser-agent: Verifier\nDisallow: /y", "/x", False),
        ("User-agent: verifier\nCrawl-delay: 9\nSitemap: http://a/\nDisallow: /x", "/x", False),
        ("User-agent: verifierbot\nDisallow: /", "/x", True),
    ],
)
def test_what_is_allowed(text, target, allowed):
    assert allows(text, target) is allowed


@given(st.text(max_size=300), st.text(max_size=50))
def test_no_text_stops_it(text, target):
    assert allows(text, f"/{target}") in (True, False)


def test_a_hostile_pattern_takes_no_time():
    pattern = "/" + "a*" * 2000 + "b$"
    assert allows(f"{ALL}Disallow: {pattern}", "/" + "a" * 20_000) is True
