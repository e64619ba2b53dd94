import pytest

from verifier.resolver.judge.landing import Landing, landing_of, led_to_parking, same_site

CITED = "http://site.example.org/reports/bridges.html"


@pytest.mark.parametrize(
    ("last", "landing"),
    [
        (CITED, Landing.THERE),
        ("https://www.example.org/reports/bridges", Landing.THERE),
        ("http://site.example.org/", Landing.HOME),
        ("http://site.example.org", Landing.HOME),
        ("http://site.example.org/index.php", Landing.HOME),
        ("http://site.example.org/de", Landing.HOME),
        ("http://site.example.org/en-GB/home.html", Landing.HOME),
        ("http://site.example.org/?lang=en", Landing.HOME),
        ("http://site.example.org/?p=4711", Landing.THERE),
        ("http://elsewhere.example.net/", Landing.HOME),
        ("http://site.example.org/reports/", Landing.THERE),
        ("http://site.example.org/404", Landing.ERROR),
        ("http://site.example.org/error/not-found.aspx", Landing.ERROR),
        ("http://site.example.org/page-not-found/", Landing.ERROR),
        ("http://site.example.org/oops?status=404", Landing.ERROR),
        ("http://site.example.org/errors", Landing.ERROR),
        ("http://site.example.org/terror/index", Landing.THERE),
        ("http://site.example.org/error/403", Landing.THERE),
        ("http://site.example.org/error?code=500", Landing.THERE),
        ("http://site.example.org/authwall?trk=x", Landing.LOGIN),
        ("http://site.example.org/search?q=bridges", Landing.SEARCH),
        ("http://site.example.org/suche", Landing.SEARCH),
        ("http://site.example.org/catalogue/search?recordID=4711", Landing.THERE),
        ("http://site.example.org/research/bridges", Landing.THERE),
        ("http://site.example.org/search/bridges-1", Landing.THERE),
        ("http://site.example.org/login?next=/reports", Landing.LOGIN),
        ("http://site.example.org/users/sign_in", Landing.LOGIN),
        ("http://accounts.example.org/x?continue=y", Landing.LOGIN),
        ("http://accounts.example.org/annual", Landing.THERE),
        ("http://consent.example.org/", Landing.CONSENT),
        ("http://site.example.org/cookie-consent", Landing.CONSENT),
        ("http://site.example.org/age-gate?to=x", Landing.CONSENT),
    ],
)
def test_where_a_redirect_landed(last: str, landing: Landing) -> None:
    assert landing_of(CITED, last) is landing


@pytest.mark.parametrize(
    ("cited", "last", "landing"),
    [
        ("http://a.org/", "http://a.org/en/", Landing.THERE),
        ("http://a.org/index.html", "http://b.org/", Landing.THERE),
        ("http://a.org/census", "http://b.org/", Landing.OTHER_HOME),
        ("http://www.a.org/census", "http://a.org/", Landing.HOME),
        ("http://a.org/census.html", "http://b.org/", Landing.HOME),
        ("http://a.org/x/census", "http://b.org/", Landing.HOME),
        ("http://a.org/~smith/", "http://smith.b.org/", Landing.THERE),
        ("http://a.org/blog/", "http://blog.a.org/", Landing.THERE),
        ("http://a.org/search?q=x", "http://a.org/en/search?q=x", Landing.THERE),
        ("http://a.org/login", "http://a.org/en/login", Landing.THERE),
        ("http://a.org/404", "http://a.org/en/404", Landing.THERE),
        ("http://a.org/x", "mailto:a@b.org", Landing.THERE),
    ],
)
def test_what_was_asked_for_matters(cited: str, last: str, landing: Landing) -> None:
    assert landing_of(cited, last) is landing


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
def test_a_register_of_names_may_lead_to_the_front_door_of_a_source(cited: str, last: str) -> None:
    assert landing_of(cited, last) is Landing.THERE


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
