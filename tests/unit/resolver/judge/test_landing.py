import pytest

from verifier.resolver.judge.landing import Landing, landing_of, same_site

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
