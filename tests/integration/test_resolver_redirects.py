"""Redirects: where they lead decides, not that there are some."""

from collections.abc import Iterator

import pytest

from tests.support.hostile_cases import Case, article, served, short_page, verdict
from tests.support.hostile_web import HostileWeb, Request, Site, answer, redirect, then
from verifier.resolver import WebSession

HOME = answer(article("Eleven bridges, open every day"))
CITED = "/reports/bridges-in-traffic"
NEW = "/publications/bridges-in-traffic"
LOGIN = answer("<title>Log in</title><h1>Log in</h1><form><input name=u><input type=password></form>")


def to(location: str, status: int = 302, **more: bytes) -> dict[str, bytes]:
    return {CITED: redirect(location, status), NEW: answer(article()), "/": HOME, **more}


def chain(length: int) -> dict[str, bytes]:
    hops = {f"/hop/{i}": redirect(f"/hop/{i + 1}") for i in range(1, length)}
    return {CITED: redirect("/hop/1"), **hops, f"/hop/{length}": answer(article())}


def cookie_gate(sock, request: Request) -> None:
    if "seen=1" in request.header("Cookie"):
        sock.sendall(answer(article()))
    else:
        sock.sendall(redirect(request.target, 302, Set_Cookie="seen=1; Path=/"))


CASES = [
    *[Case(f"permanent-{code}", "moved/permanent_redirect", to(NEW, code)) for code in (301, 308)],
    *[Case(f"temporary-{code}", "ok/temporary_redirect", to(NEW, code)) for code in (302, 303, 307)],
    Case("absolute", "moved/permanent_redirect", to("http://absolute.test" + NEW, 301)),
    Case("relative", "ok/temporary_redirect", {**to("../publications/bridges-in-traffic")}),
    Case("raw-utf8", "ok/temporary_redirect", {CITED: redirect("/Brücken/Å…"), "/Br%C3%BCcken/%C3%85%E2%80%A6": HOME}),
    Case(
        "encoded-slash", "ok/temporary_redirect", {CITED: redirect("/a%2Fb%2B//c"), "/a%2Fb%2B//c": answer(article())}
    ),
    Case("fragment", "ok/temporary_redirect", to(NEW + "#part-2")),
    Case("missing-location", "unreachable/unexpected_status", {CITED: answer(article(), 302)}),
    Case("several-choices", "ok/served", {CITED: answer(article(), 300)}),
    Case("not-modified", "unreachable/unexpected_status", {CITED: answer("", 304)}),
    Case(
        "trailing-slash",
        "moved/permanent_redirect",
        {CITED: redirect(CITED + "/", 301), CITED + "/": answer(article())},
    ),
    Case("chain-of-19", "ok/temporary_redirect", chain(19)),
    Case("chain-of-20", "broken/too_many_redirects", chain(20)),
    Case("chain-of-40", "broken/too_many_redirects", chain(40)),
    Case("loop", "broken/redirect_loop", {CITED: redirect("/a"), "/a": redirect(CITED)}),
    Case("to-itself", "broken/redirect_loop", {CITED: redirect(CITED)}),
    Case("cookie-gate", "ok/served", {CITED: cookie_gate}),
    Case("to-home", "broken/redirect_to_home", to("/")),
    Case("to-home-301", "broken/redirect_to_home", to("/", 301)),
    Case("to-home-index", "broken/redirect_to_home", to("/index.html", 301), others=HOME),
    Case("to-home-of-a-language", "broken/redirect_to_home", to("/en/", 301), others=HOME),
    Case("to-home-marked", "broken/redirect_to_home", to("/?utm_source=old&ref=404", 301), others=HOME),
    Case("to-home-in-two-steps", "broken/redirect_to_home", {**to("/start"), "/start": redirect("/", 301)}),
    Case(
        "to-another-hosts-home",
        "broken/redirect_to_home",
        to("http://new-owner.test/", 301),
        hosts={"new-owner.test": Site({"/": HOME})},
    ),
    Case(
        "vanity-name",
        "moved/permanent_redirect",
        {"/census": redirect("http://people-count.test/", 301)},
        target="/census",
        hosts={"people-count.test": Site({"/": HOME})},
    ),
    Case(
        "dead-vanity-name",
        "broken/redirect_to_home",
        others=redirect("http://bought-up.test/", 301),
        target="/census",
        hosts={"bought-up.test": Site({"/": HOME})},
    ),
    Case(
        "blog-moved-to-its-own-host",
        "moved/permanent_redirect",
        {"/blog/": redirect("http://blog.example.test/", 301)},
        target="/blog/",
        hosts={"blog.example.test": Site({"/": HOME})},
    ),
    Case("home-to-home", "ok/temporary_redirect", {"/": redirect("/en/"), "/en/": HOME}, target="/"),
    Case(
        "home-with-content-query", "ok/temporary_redirect", {CITED: redirect("/?p=123"), "/?p=123": answer(article())}
    ),
    Case("to-error-page", "broken/redirect_to_error", {CITED: redirect("/404.html"), "/404.html": HOME}),
    Case(
        "to-not-found-page",
        "broken/redirect_to_error",
        {CITED: redirect("/errors/page-not-found"), "/errors/page-not-found": HOME},
    ),
    Case(
        "to-asp-error", "broken/redirect_to_error", {CITED: redirect("/oops.aspx?aspxerrorpath=/reports")}, others=HOME
    ),
    Case("to-real-404", "broken/not_found", {CITED: redirect("/gone")}),
    Case(
        "notfound-in-a-good-address", "ok/served", {"/blog/notfound-films": answer(article())}, "/blog/notfound-films"
    ),
    Case(
        "error-in-a-good-redirect",
        "moved/permanent_redirect",
        {"/errors/list": redirect("/en/errors/list", 301), "/en/errors/list": answer(article())},
        "/errors/list",
    ),
    Case(
        "to-search",
        "broken/redirect_to_error",
        {CITED: redirect("/search?q=bridges"), "/search?q=bridges": answer(article("Search results"))},
    ),
    Case(
        "to-login", "blocked/login_required", {CITED: redirect("/login?next=/reports"), "/login?next=/reports": LOGIN}
    ),
    Case(
        "to-login-host",
        "blocked/login_required",
        {CITED: redirect("http://sso.example.test/idp?returnUrl=x")},
        hosts={"sso.example.test": Site(others=answer(article()))},
    ),
    Case(
        "to-consent",
        "blocked/consent_wall",
        {CITED: redirect("/consent?back=/reports")},
        others=answer(short_page("Before you continue", "Before you continue", "We use cookies.")),
    ),
    Case("to-age-gate", "blocked/consent_wall", {CITED: redirect("/age-gate")}, others=HOME),
    *[
        Case(f"to-{scheme.partition(':')[0]}", "refused/unsupported_scheme", {CITED: redirect(scheme)})
        for scheme in ("file:///etc/hosts", "ftp://ftp.example.test/a", "javascript:alert(1)", "data:text/html,hi")
    ],
    Case("to-malformed", "unreachable/protocol_error", {CITED: redirect("http://[::1/x")}),
    Case(
        "meta-refresh",
        "ok/temporary_redirect",
        {CITED: answer(f'<meta http-equiv="refresh" content="0; url={NEW}">'), NEW: answer(article())},
    ),
    Case(
        "meta-refresh-home",
        "broken/redirect_to_home",
        {CITED: answer("<html><meta http-equiv=refresh content='1;URL=/'>gone</html>"), "/": HOME},
    ),
    Case(
        "meta-refresh-of-itself",
        "ok/served",
        {CITED: answer(article(extra=f'<meta http-equiv="refresh" content="5;url={CITED}">'))},
    ),
    Case(
        "meta-refresh-without-script",
        "ok/served",
        {CITED: answer(article(extra='<noscript><meta http-equiv="refresh" content="0;url=/nojs"></noscript>'))},
    ),
    Case(
        "http-to-https-is-moved",
        "moved/permanent_redirect",
        {CITED: redirect("http://www.http-to-https-is-moved.test" + CITED, 301)},
        hosts={"www.http-to-https-is-moved.test": Site({CITED: answer(article())})},
    ),
    Case(
        "first-permanent-then-temporary",
        "moved/permanent_redirect",
        {CITED: redirect("/a", 301), "/a": redirect(NEW, 302), NEW: answer(article())},
    ),
    Case(
        "first-temporary-then-permanent",
        "ok/temporary_redirect",
        {CITED: redirect("/a", 302), "/a": redirect(NEW, 301), NEW: answer(article())},
    ),
    Case(
        "counting-cookies",
        "broken/too_many_redirects",
        {CITED: then(*[redirect(CITED, 302, Set_Cookie=f"n={i}; Path=/") for i in range(40)])},
    ),
]


@pytest.fixture(scope="module")
def web() -> Iterator[tuple[HostileWeb, WebSession]]:
    with served(CASES) as running:
        yield running


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_redirects(web: tuple[HostileWeb, WebSession], case: Case) -> None:
    assert verdict(case, web[1]) == case.expected
