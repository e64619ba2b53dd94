"""Pages that stand where the content was, and pages that only speak of such."""

# ruff: noqa: E501 - a case a line

import pytest

from verifier.model import LinkReason
from verifier.resolver.judge.dead_pages import (
    dead_page_of,
    has_crashed,
    is_blank,
    is_made_for_parking,
    is_nothing_but_spam,
    looks_spammed,
    names_host,
    says_it_is_down,
)
from verifier.resolver.judge.page import read_page

PROSE = "<p>" + "The county inspected its bridges in the spring and closed nine of them for repairs. " * 50 + "</p>"


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        pytest.param("<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.", LinkReason.DEFAULT_PAGE, id="a server's default"),
        pytest.param("<html><body><h1>It works!</h1></body></html>", LinkReason.DEFAULT_PAGE, id="it works"),
        pytest.param("<title>Account Suspended</title><h1>Account Suspended</h1><p>Contact your hosting provider.", LinkReason.SUSPENDED, id="suspended"),
        pytest.param("<title>bridges.test</title><h1>This domain is for sale</h1><p>Buy this domain.", LinkReason.PARKED_DOMAIN, id="parked"),
        pytest.param("<title>Bridges</title><h1>It works!</h1><p>The county's new pump has been running since the spring and saved nine villages.", None, id="a text about a pump"),
        pytest.param(f"<title>Account suspended</title><h1>Account suspended</h1>{PROSE}", None, id="an article on accounts"),
        pytest.param(f"<title>This domain is for sale</title><h1>This domain is for sale</h1>{PROSE * 2}", None, id="an article on domains"),
        pytest.param("<title>House for sale</title><h1>This house is for sale</h1><p>Four rooms.", None, id="another sale"),
        pytest.param(PROSE, None, id="prose"),
    ],
)  # fmt: skip
def test_what_stands_there(html: str, reason: LinkReason | None):
    assert dead_page_of(read_page(html)) is reason


@pytest.mark.parametrize(
    ("html", "blank"),
    [
        ("", True),
        (" \n ", True),
        ("<html><body></body></html>", True),
        ("<html><head><title>Bridges</title></head></html>", True),
        ("<p>142", False),
        ("<img src=a.png>", False),
        ("<script>run()</script>", False),
        ("<iframe src=/a></iframe>", False),
        ("<meta http-equiv=refresh content='0;url=/a'>", False),
        ("<noscript>142</noscript>", False),
    ],
)
def test_blank_pages(html: str, blank: bool):
    assert is_blank(read_page(html), html.encode()) is blank


def test_what_is_no_page_is_blank_only_without_bytes():
    assert is_blank(None, b" ")
    assert not is_blank(None, b"%PDF")


@pytest.mark.parametrize(
    ("html", "down"),
    [
        ("<title>Site under maintenance</title><h1>Site under maintenance</h1><p>We will be back soon.", True),
        ("<title>Service Unavailable</title><h1>Service Unavailable</h1>", True),
        (f"<title>Site under maintenance</title><h1>Site under maintenance</h1>{PROSE}", False),
        ("<title>Bridges</title><h1>Maintenance of bridges in Aldern</h1><p>Nine are being repaired.", False),
        ("<title>Bridges</title>", False),
    ],
)
def test_sites_that_are_down(html: str, down: bool):
    assert says_it_is_down(read_page(html)) is down


@pytest.mark.parametrize(
    ("html", "crashed"),
    [
        ("<p>Error establishing a database connection</p>", True),
        ("<b>Fatal error</b>: Uncaught Exception in /var/www/index.php on line 12", True),
        (f"<h1>Why sites say so</h1><p>Error establishing a database connection</p>{PROSE}", False),
        ("<p>The county has 142 bridges.</p>", False),
    ],
)
def test_crashes(html: str, crashed: bool):
    assert has_crashed(read_page(html)) is crashed


SPAM = (
    "<title>Online casino: slots and free spins</title><h1>Casino bonus</h1>"
    + "<p>Casino slots, free spins, poker online, sportsbook, casino bonus.</p>" * 5
)


@pytest.mark.parametrize(
    ("html", "address", "spam"),
    [
        (SPAM, "http://bridges.test/report", True),
        (SPAM, "http://bridges.test/casino-report", False),
        (f"<title>Casino taxes in Aldern</title><h1>Casino taxes</h1>{PROSE}", "http://bridges.test/report", False),
        (PROSE, "http://bridges.test/report", False),
    ],
)
def test_what_expired_domains_are_bought_for(html: str, address: str, spam: bool):
    page = read_page(html)
    assert looks_spammed(page, address) is spam
    assert is_nothing_but_spam(page, address) is spam


def test_a_page_that_names_its_host():
    page = read_page("<title>Bridges.test</title><p>Welcome.")
    assert names_host(page, "www.bridges.test")
    assert not names_host(page, "tolls.test")


def test_scripts_of_a_parking_service():
    assert is_made_for_parking(read_page("<script src=https://img.sedoparking.com/a.js></script>"))
    assert not is_made_for_parking(read_page("<script src=/jquery.js></script>"))
