import pytest

from verifier.resolver.judge.redirect_target import RedirectTarget, led_to_parking, redirect_target_of, same_site

CITED = "http://site.example.org/reports/bridges.html"


@pytest.mark.parametrize(
    ("last", "redirect_target"),
    [
        (CITED, RedirectTarget.THERE),
        ("https://www.example.org/reports/bridges", RedirectTarget.THERE),
        ("http://site.example.org/", RedirectTarget.HOME),
        ("http://site.example.org", RedirectTarget.HOME),
        ("http://site.example.org/index.php", RedirectTarget.HOME),
        ("http://site.example.org/de", RedirectTarget.HOME),
        ("http://site.example.org/en-GB/home.html", RedirectTarget.HOME),
        ("http://site.example.org/?lang=en", RedirectTarget.HOME),
        ("http://site.example.org/?p=4711", RedirectTarget.THERE),
        ("http://elsewhere.example.net/", RedirectTarget.HOME),
        ("http://site.example.org/reports/", RedirectTarget.THERE),
        ("http://site.example.org/404", RedirectTarget.ERROR),
        ("http://site.example.org/error/not-found.aspx", RedirectTarget.ERROR),
        ("http://site.example.org/page-not-found/", RedirectTarget.ERROR),
        ("http://site.example.org/oops?status=404", RedirectTarget.ERROR),
        ("http://site.example.org/errors", RedirectTarget.ERROR),
        ("http://site.example.org/terror/index", RedirectTarget.THERE),
        ("http://site.example.org/error/403", RedirectTarget.THERE),
        ("http://site.example.org/error?code=500", RedirectTarget.THERE),
        ("http://site.example.org/authwall?trk=x", RedirectTarget.LOGIN),
        ("http://site.example.org/search?q=bridges", RedirectTarget.SEARCH),
        ("http://site.example.org/suche", RedirectTarget.SEARCH),
        ("http://site.example.org/catalogue/search?recordID=4711", RedirectTarget.THERE),
        ("http://site.example.org/research/bridges", RedirectTarget.THERE),
        ("http://site.example.org/search/bridges-1", RedirectTarget.THERE),
        ("http://site.example.org/login?next=/reports", RedirectTarget.LOGIN),
        ("http://site.example.org/users/sign_in", RedirectTarget.LOGIN),
        ("http://accounts.example.org/x?continue=y", RedirectTarget.LOGIN),
        ("http://accounts.example.org/annual", RedirectTarget.THERE),
        ("http://consent.example.org/", RedirectTarget.CONSENT),
        ("http://site.example.org/cookie-consent", RedirectTarget.CONSENT),
        ("http://site.example.org/age-gate?to=x", RedirectTarget.CONSENT),
    ],
)
def test_where_a_redirect_leads(last: str, redirect_target: RedirectTarget) -> None:
    assert redirect_target_of(CITED, last) is redirect_target


@pytest.mark.parametrize(
    ("cited", "last", "redirect_target"),
    [
        ("http://a.org/", "http://a.org/en/", RedirectTarget.THERE),
        ("http://a.org/index.html", "http://b.org/", RedirectTarget.THERE),
        ("http://a.org/census", "http://b.org/", RedirectTarget.OTHER_HOME),
        ("http://www.a.org/census", "http://a.org/", RedirectTarget.HOME),
        ("http://a.org/census.html", "http://b.org/", RedirectTarget.HOME),
        ("http://a.org/x/census", "http://b.org/", RedirectTarget.HOME),
        ("http://a.org/~smith/", "http://smith.b.org/", RedirectTarget.THERE),
        ("http://a.org/blog/", "http://blog.a.org/", RedirectTarget.THERE),
        ("http://a.org/search?q=x", "http://a.org/en/search?q=x", RedirectTarget.THERE),
        ("http://a.org/login", "http://a.org/en/login", RedirectTarget.THERE),
        ("http://a.org/404", "http://a.org/en/404", RedirectTarget.THERE),
        ("http://a.org/x", "mailto:a@b.org", RedirectTarget.THERE),
    ],
)
def test_what_was_asked_for_matters(cited: str, last: str, redirect_target: RedirectTarget) -> None:
    assert redirect_target_of(cited, last) is redirect_target


def test_sites() -> None:
    assert same_site("www.example.co.uk", "example.co.uk")
    assert not same_site("one.co.uk", "other.co.uk")
    assert not same_site("127.0.0.1", "10.1.0.1")
    assert same_site("127.0.0.1", "127.0.0.1")


@pytest.mark.parametrize(
    ("cited", "last"),
    [
        ("https://doi.org/10.5555/x", "https://data.example.org/"),
        ("https://hdl.handle.net/2027/x", "https://data.example.org/portal/"),
        ("https://n2t.net/ark:/1/x", "https://data.example.org/web/guest/home"),
    ],
)
def test_a_register_of_names_may_lead_to_the_home_page_of_a_source(cited: str, last: str) -> None:
    assert redirect_target_of(cited, last) is RedirectTarget.THERE


@pytest.mark.parametrize(
    ("cited", "last", "parked"),
    [
        ("http://a.org/x/y", "http://ww1.a.org/", True),
        ("http://www.a.org/x/y", "http://ww25.a.org/lander", True),
        ("http://a.org/x/y", "http://ww1.b.org/", False),
        ("http://ww1.a.org/x", "http://ww1.a.org/y", False),
        ("http://a.org/x/y", "http://www.a.org/", False),
    ],
)
def test_the_host_that_parking_puts_before_a_domain(cited: str, last: str, parked: bool) -> None:
    assert led_to_parking(cited, last) is parked
