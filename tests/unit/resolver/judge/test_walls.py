"""Pages that stand before the content, and pages that only speak of such: a wall is short, or says so in its head."""

# ruff: noqa: E501 - a case a line

import pytest

from verifier.model import LinkReason
from verifier.resolver.judge.page import read_page
from verifier.resolver.judge.walls import (
    has_machinery,
    is_bot_wall,
    is_nothing_but_a_check,
    needs_script,
    states_a_paywall,
    wall_of,
)

MENU = "<nav>" + "".join(f"<a href=/{n}>Part {n}</a>" for n in range(9)) + "</nav>"
PROSE = "<p>" + "The county inspected its bridges in the spring and closed nine of them for repairs. " * 25 + "</p>"
CHALLENGE = "<script>window._cf_chl_opt = {}</script>"


@pytest.mark.parametrize(
    ("html", "wall"),
    [
        pytest.param(f"<title>Just a moment...</title><h1>Checking your browser</h1>{CHALLENGE}", LinkReason.BOT_WALL, id="a check"),
        pytest.param("<title>Too Many Requests</title><h1>Too many requests</h1>", LinkReason.BOT_WALL, id="too many"),
        pytest.param("<title>Log in</title><h1>Log in</h1><form><input name=a><input type=password></form>", LinkReason.LOGIN_REQUIRED, id="a log-in"),
        pytest.param("<title>403 Forbidden</title><h1>403 Forbidden</h1><p>You may not see this.", LinkReason.FORBIDDEN, id="forbidden"),
        pytest.param("<title>Unavailable for legal reasons</title><h1>Unavailable for legal reasons</h1>", LinkReason.LEGAL_REASONS, id="a country"),
        pytest.param("<title>Subscribe to continue reading</title><h1>Subscribe to continue reading</h1>", LinkReason.PAYWALL, id="a pay wall"),
        pytest.param('<title>Bridges</title><script type="application/ld+json">{"isAccessibleForFree": false}</script><p>The county has', LinkReason.PAYWALL, id="a pay wall as search engines are told"),
        pytest.param(f"<title>Bridges</title><h1>Bridges</h1>{PROSE}", None, id="an article"),
        pytest.param(f"<title>Access denied: the archives of the war</title><h1>Access denied: the archives of the war</h1>{PROSE}", None, id="a headline that begins so"),
        pytest.param(f"<title>Bridges</title>{MENU}<h1>Bridges</h1><form><input><input type=password></form>{PROSE}", None, id="a log-in beside an article"),
        pytest.param(f"<title>Log in</title><h1>Log in</h1>{PROSE}", None, id="an article on logging in"),
        pytest.param("<p>", None, id="nothing"),
    ],
)  # fmt: skip
def test_walls(html: str, wall: LinkReason | None):
    assert wall_of(read_page(html)) is wall


@pytest.mark.parametrize(
    ("html", "is_wall"),
    [
        pytest.param("<title>Just a moment...</title>", True, id="by its title"),
        pytest.param(f"<title>bridges.test</title><p>One moment.</p>{CHALLENGE}", True, id="by its scripts"),
        pytest.param(f"<title>Bridges</title>{PROSE}{CHALLENGE}", False, id="an article with such scripts"),
        pytest.param(f"<title>Just a moment...</title>{PROSE}", False, id="an article of that name"),
    ],
)
def test_bot_walls(html: str, is_wall: bool):
    assert is_bot_wall(read_page(html)) is is_wall


def test_scripts_of_a_check():
    assert has_machinery(read_page(CHALLENGE))
    assert not has_machinery(read_page("<script src=/jquery.js></script>"))


@pytest.mark.parametrize(
    ("html", "nothing_else"),
    [
        ("<p>Verify you are human by completing the action below.</p>", True),
        ("<p>Verify you are human by completing the action below.</p><p>The county has 142 bridges in use.</p>", False),
        ("<p>The county has 142 bridges in use.</p>", False),
        ("", False),
    ],
)
def test_what_says_nothing_but_a_check(html: str, nothing_else: bool):
    assert is_nothing_but_a_check(read_page(html)) is nothing_else


@pytest.mark.parametrize(
    ("data", "states"),
    [
        ('{"isAccessibleForFree": false}', True),
        ('{"isAccessibleForFree" : "False"}', True),
        ('{"isAccessibleForFree": true}', False),
        ("{}", False),
    ],
)
def test_what_search_engines_are_told(data: str, states: bool):
    assert states_a_paywall(read_page(f"<script type='application/ld+json'>{data}</script>")) is states


@pytest.mark.parametrize(
    ("html", "needs"),
    [
        pytest.param("<div id=root></div><script src=/app.js></script>", True, id="an app's root"),
        pytest.param("<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript><script src=/a.js></script>", True, id="it says so"),
        pytest.param("<p>Loading...</p><script src=/app.js></script>", True, id="it is loading"),
        pytest.param("<p>Please enable JavaScript to continue.</p><script>x()</script>", True, id="it asks for it"),
        pytest.param("<h1>Bridges</h1><p>The county has 142 bridges in use, and nine are closed for repairs.</p><noscript>Please enable JavaScript.</noscript><script src=/a.js></script>", False, id="content beside it"),
        pytest.param("<p>The county has 142 bridges.</p>", False, id="no script"),
        pytest.param(f"<div id=root>{PROSE}</div><script src=/app.js></script>", False, id="a root that is filled"),
        pytest.param("", False, id="nothing"),
    ],
)  # fmt: skip
def test_shells_for_scripts(html: str, needs: bool):
    assert needs_script(read_page(html)) is needs
