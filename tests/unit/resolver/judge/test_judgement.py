"""The one function from a fetch to a link status, as a table; pages are in tests/integration/test_resolver_*.py."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.hostile_cases import article, short_page
from verifier.model import Fetch, Hop, Judgement, LinkStatus, Outcome
from verifier.resolver import needs_probe
from verifier.resolver.judge.judgement import judge

ADDRESS = "http://example.test/reports/bridges-in-traffic"


def fetched(html: str = "", code: int = 200, *hops: tuple[str, int], **more: object) -> Fetch:
    path = (*hops, (ADDRESS, code)) if not hops else (*hops, (str(more.pop("final", ADDRESS)), code))
    return Fetch(ADDRESS, Outcome.RESPONSE, tuple(Hop(url, status) for url, status in path), html.encode(), "text/html")


def said(judgement: Judgement) -> str:
    return f"{judgement.status}/{judgement.reason}"


OUTCOMES = {
    Outcome.MALFORMED_ADDRESS: "broken/malformed_address",
    Outcome.UNSUPPORTED_SCHEME: "refused/unsupported_scheme",
    Outcome.PRIVATE_ADDRESS: "refused/private_address",
    Outcome.NO_SUCH_HOST: "broken/no_such_host",
    Outcome.RESOLVER_FAILURE: "unreachable/resolver_failure",
    Outcome.CONNECTION_REFUSED: "unreachable/connection_refused",
    Outcome.NETWORK_UNREACHABLE: "unreachable/network_unreachable",
    Outcome.CONNECTION_RESET: "unreachable/connection_reset",
    Outcome.TIMEOUT: "unreachable/timeout",
    Outcome.TLS_WRONG_NAME: "broken/certificate_wrong_name",
    Outcome.TLS_EXPIRED: "unreachable/certificate_expired",
    Outcome.TLS_UNTRUSTED: "unreachable/certificate_untrusted",
    Outcome.TLS_FAILURE: "unreachable/tls_failure",
    Outcome.PROTOCOL_ERROR: "unreachable/protocol_error",
    Outcome.REDIRECT_LOOP: "broken/redirect_loop",
    Outcome.TOO_MANY_REDIRECTS: "broken/too_many_redirects",
    Outcome.TOO_LARGE: "refused/too_large",
    Outcome.NOT_ASKED: "unreachable/rate_limited",
    Outcome.CHECK_FAILED: "refused/check_failed",
    Outcome.RESPONSE: "ok/served",
}


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_its_status(outcome: Outcome) -> None:
    hops = (Hop(ADDRESS, 200 if outcome is Outcome.RESPONSE else None),)
    fetch = Fetch(ADDRESS, outcome, hops, article().encode(), "text/html")
    assert said(judge(fetch, None)) == OUTCOMES[outcome]
    assert not needs_probe(fetch)


def test_what_was_seen_last_is_told() -> None:
    moved = fetched(article(), 200, (ADDRESS, 301), final="http://example.test/new/bridges-in-traffic")
    assert judge(moved, None).final_url == "http://example.test/new/bridges-in-traffic"
    assert judge(moved, None).http_status == 200
    unanswered = Fetch(ADDRESS, Outcome.TIMEOUT, (Hop(ADDRESS, None),))
    assert (judge(unanswered, None).http_status, judge(unanswered, None).final_url) == (None, ADDRESS)
    assert judge(Fetch("x", Outcome.MALFORMED_ADDRESS), None).final_url is None


UNKNOWN = short_page("Example Society", "Aia ʻaʻole", "ʻAʻole loaʻa ka ʻaoʻao āu e ʻimi nei ma kēia kahua.")


@pytest.mark.parametrize(
    ("page", "control", "code", "expected"),
    [
        (UNKNOWN, None, 0, "ok/served"),
        (UNKNOWN, UNKNOWN, 200, "broken/soft_404"),
        (UNKNOWN, UNKNOWN, 404, "ok/served"),
        (UNKNOWN, UNKNOWN, 500, "ok/served"),
        (UNKNOWN, short_page("Example Society", "Welcome", "Choose a page from the menu above."), 200, "ok/served"),
        (article(), article(), 200, "ok/served"),
    ],
)
def test_what_a_control_url_proves(page: str, control: str | None, code: int, expected: str) -> None:
    address = "http://example.test/reports/xkqwz"
    probe = None
    if control is not None:
        probe = Fetch(address, Outcome.RESPONSE, (Hop(address, code),), control.encode(), "text/html")
    assert said(judge(fetched(page), probe)) == expected


def test_a_probe_that_failed_proves_nothing() -> None:
    probe = Fetch("http://example.test/reports/xkqwz", Outcome.TIMEOUT, (Hop("http://example.test/x", None),))
    assert said(judge(fetched(UNKNOWN), probe)) == "ok/served"


HEADINGS = st.sampled_from(["Page not found", "404", "Log in", "It works!", "For sale", "Bridges", "", "Maintenance"])


@given(st.integers(100, 999), HEADINGS, HEADINGS, st.text(max_size=80), st.text(max_size=40), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_answer_is_judged(code: int, title: str, heading: str, text: str, tag: str, probed: bool) -> None:
    page = short_page(title, heading, text, extra=f"<{tag}>")
    fetch = fetched(page, code)
    judgement = judge(fetch, fetched(page, code) if probed else None)
    assert (judgement.http_status, judgement.final_url) == (code, ADDRESS)


@given(HEADINGS, st.sampled_from([None, 200, 404, 500]))
@settings(deadline=None)
def test_an_article_is_never_broken_whatever_its_title(title: str, probe_code: int | None) -> None:
    long = article(title or "Untitled", paragraphs=10)
    probe = None if probe_code is None else fetched("<title>Sorry</title><p>Nothing like it.</p>", probe_code)
    assert judge(fetched(long), probe).status is not LinkStatus.BROKEN


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (200, "broken/empty_page"),
        (202, "unreachable/empty_page"),
        (203, "unreachable/empty_page"),
        (204, "unreachable/empty_page"),
        (206, "unreachable/empty_page"),
    ],
)
@pytest.mark.parametrize("html", ["", " \n", "<!doctype html><title></title><body></body>"])
def test_nothing_served_is_missing_only_where_the_code_says_that_this_is_all(
    code: int, expected: str, html: str
) -> None:
    """202: not made yet; 203: changed on its way; 206: a part (RFC 9110, section 15.3)."""
    assert said(judge(fetched(html, code), None)) == expected
