# ruff: noqa: E501 - tables of pages: a case is a line
"""Walls, dead pages and statuses: who stands before the content, what stands in its place."""

from collections.abc import Iterator

import pytest

from tests.support.hostile_cases import Case, article, served, short_page, verdict
from tests.support.hostile_web import HostileWeb, answer, redirect, then
from verifier.resolver import WebSession

CITED = "/reports/bridges-in-traffic"
FINE = "ok/served"
BOT, LOGIN, CONSENT = "blocked/bot_wall", "blocked/login_required", "blocked/consent_wall"
PAYWALL, SCRIPT, FORBIDDEN = "blocked/paywall", "blocked/needs_javascript", "blocked/forbidden"
CRASH, PARKED, DEFAULT = "unreachable/server_error", "broken/parked_domain", "broken/default_page"

CLOUDFLARE = (
    "<html><head><title>Just a moment...</title></head><body><h1>example.test</h1><p>Verifying you are human. "
    "This may take a few seconds.</p><script>window._cf_chl_opt={cvId:'2'}</script></body></html>"
)
INCAPSULA = "<html><head></head><body><iframe src='/_Incapsula_Resource?SWUDNSAI=31&xinfo=1'>Request unsuccessful.</iframe></body></html>"
DATADOME = "<html><title>example.test</title><body><p>Please enable JS and disable any ad blocker</p><script src=https://ct.captcha-delivery.com/c.js></script>"
RECAPTCHA = short_page(
    "Security check",
    "Are you a robot?",
    "Please complete the captcha to continue.",
    extra="<div class=g-recaptcha></div><script src=https://www.google.com/recaptcha/api.js></script>",
)
LOGIN_PAGE = short_page("Log in | Example Library", "Log in", "Use your library card.", extra="<input type=password>")
SPAM = (
    "<title>Slot Gacor Online Casino Terpercaya | Judi Bola</title><h1>Situs slot online gacor</h1>"
    + "<p>Daftar situs judi slot gacor, poker, togel dan casino dengan bonus deposit dan jackpot terbesar.</p>" * 6
)


def here(name: str, page: str | bytes, expected: str, status: int = 200, target: str = CITED, **headers: str) -> Case:
    fields = {key.replace("_", "-"): value for key, value in headers.items()}
    return Case(name, expected, {target: answer(page, status, fields)}, target)


def everywhere(name: str, page: str, expected: str) -> Case:
    return Case(name, expected, others=answer(page))


WALLS = [
    *[here(f"challenge-{status}", CLOUDFLARE, BOT, status) for status in (200, 403, 405, 429, 503)],
    here("challenge-404", CLOUDFLARE, BOT, 404),
    here("mitigated", "<p>no</p>", BOT, 403, cf_mitigated="challenge"),
    here("incapsula", INCAPSULA, BOT),
    here("datadome", DATADOME, BOT, 403),
    here("recaptcha", RECAPTCHA, BOT),
    here("access-denied", short_page("Access Denied", "Access Denied", "You don't have permission. Reference #18.2d"), BOT),
    here("browser-check-german", short_page("Sicherheitsüberprüfung", "Einen Moment", "Überprüfung Ihres Browsers"), BOT),
    here("waf-challenge", "", BOT, 202, x_amzn_waf_action="challenge"),
    here("log-in", LOGIN_PAGE, LOGIN),
    here("log-in-german", short_page("Anmelden", "Anmelden", "", extra="<input type=password>"), LOGIN),
    here("log-in-french", short_page("Connexion - Portail", "Connexion", "", extra="<input type=password>"), LOGIN),
    here("log-in-needed", short_page("Example", "You must be logged in to view this page", "Members only."), LOGIN),
    here("consent", short_page("Before you continue to Example", "Before you continue", "We use cookies and data."), CONSENT),
    here("cookie-wall", short_page("Cookie consent", "We value your privacy", "We and our 812 partners store data."), CONSENT),
    here("age", short_page("Age verification", "Are you over 18?", "Please confirm your age to enter."), CONSENT),
    here("country", short_page("Example", "This content is not available in your region", "Sorry."), "blocked/legal_reasons"),
    here("paywall", article(paragraphs=1, extra="<p>Subscribe to continue reading.</p>"), PAYWALL),
    here("paywall-declared", article(paragraphs=1, extra='<script type="application/ld+json">{"isAccessibleForFree": false}</script>'), PAYWALL),
    here("script-only", "<title>App</title><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div><script src=/a.js></script>", SCRIPT),
    here("script-only-silent", "<title>App</title><div id=app></div><script src=/a.js></script>", SCRIPT),
    everywhere("script-only-everywhere", "<title>App</title><div id=app></div><script src=/a.js></script>", SCRIPT),
    here("loading", "<title>App</title><div id=root><p>Loading...</p></div><script src=/a.js></script>", SCRIPT),
]  # fmt: skip

NO_WALLS = [
    here("cookie-banner", article(extra="<div class=cookie-banner><h2>We value your privacy</h2><button>Accept</button></div>"), FINE),
    here("log-in-box", article(extra="<aside><h2>Log in</h2><form><input type=password></form></aside>"), FINE),
    here("captcha-in-a-form", article(extra="<form><textarea></textarea><div class=g-recaptcha></div></form><script src=https://www.google.com/recaptcha/api.js></script>"), FINE),
    here("cloudflare-scripts", article(extra="<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>"), FINE),
    here("about-captchas", article("Are you a robot? A history of the captcha"), FINE),
    here("about-paywalls", article("Why readers who hit 'subscribe to continue reading' leave", extra="<p>Subscribe to continue reading, they say.</p>"), FINE),
    here("noscript-hint", article(extra="<noscript>Please enable JavaScript for the map.</noscript><script src=/map.js></script>"), FINE),
    here("about-access", article("Access denied: the archives of the war"), FINE),
    here("not-found-with-captcha", short_page("Page not found", "Page not found", "Report this.", extra="<script src=https://www.google.com/recaptcha/api.js></script>"), "broken/not_found", 404),
    here("about-maintenance", article("Maintenance of bridges", extra="<p>The bridge was closed for scheduled maintenance.</p>"), FINE),
    here("maintenance-report", short_page("Maintenance plan", "Bridge maintenance in 2025", "Eleven bridges were painted."), FINE),
    here("about-domains", article("Why this domain is for sale", extra="<p>This domain is for sale, said the owner. Buy this domain?</p>"), FINE),
    here("about-gambling", article("Online casinos and betting: what the regulator found", extra="<p>" + "casino betting poker jackpot slots " * 9 + "</p>"), FINE),
    here("about-php", article("How to debug a fatal error", extra="<p>Fatal error: Uncaught Error in /a.php on line 3</p>"), FINE),
]  # fmt: skip

WALLS += [
    here(
        "gdpr-wall",
        short_page(
            "Our readers",
            "Our European visitors",
            "This site is currently unavailable to visitors from the European Economic Area.",
        ),
        "blocked/legal_reasons",
    ),
    here("age-in-text", "<title>Shop</title><p>Are you over 18?</p><button>Yes</button><button>No</button>", CONSENT),
    here("cookies-in-text", "<title>News</title><p>Accept cookies to continue.</p><button>Accept</button>", CONSENT),
    here("log-in-in-text", short_page("Portal", "Portal", "You need to sign in or sign up before continuing."), LOGIN),
    here("free-articles", article(paragraphs=1, extra="<p>You have no free articles left this month.</p>"), PAYWALL),
    here("unlock", article(paragraphs=1, extra="<p>Unlock this article. Already a subscriber?</p>"), PAYWALL),
    here("old-browser", short_page("Example", "Your browser is not supported", "Please use another."), BOT),
    here("forbidden-200", "<title>403 Forbidden</title><h1>Forbidden</h1>", FORBIDDEN),
]

NO_WALLS += [
    here("drinking-age", article("Are you over 18? How shops ask", extra="<form><input></form>"), FINE),
    here("how-to-log-in", short_page("Help", "How to log in", "Open the menu and choose your name."), FINE),
    here(
        "service-suspended",
        short_page("Ferry news", "Service suspended between the pier and the island", "Until Monday."),
        FINE,
    ),
    here(
        "site-closed", short_page("Quarry site closed", "Site closed for the winter", "It opens again in March."), FINE
    ),
    here(
        "advertised",
        short_page("Bridge facts", "Bridge facts", "It is 90 m long. Related links. Sponsored links."),
        FINE,
    ),
    here(
        "security-check",
        short_page("Security check", "Security check", "At the airport every bag is opened. " * 20),
        FINE,
    ),
    here(
        "identification",
        short_page("Identification", "Identification", "Its bill tells the young bird from the old."),
        FINE,
    ),
    here("form-without-words", "<title>Ask</title><form><input name=q><input type=submit></form>", FINE),
]

NO_WALLS += [
    here(
        "road-closed",
        short_page("Road closed", "Road closed", "The road is closed for maintenance."),
        FINE,
        target="/road-closed",
    ),
    here(
        "maintenance-page",
        short_page("Maintenance", "Maintenance", "Painted every ten years."),
        FINE,
        target="/maintenance",
    ),
    here("welcome-back", short_page("Welcome", "Welcome back", "We are open again."), FINE, target="/welcome"),
    here("privacy-page", short_page("Your privacy", "Your privacy", "We store nothing."), FINE, target="/privacy"),
    here("cookie-page", short_page("Cookie settings", "Cookie settings", "We use two."), FINE, target="/cookies"),
    here(
        "security-page",
        short_page("Security check", "Security check", "Bags are opened."),
        FINE,
        target="/security-check",
    ),
    here("sale-scam", article("This domain is for sale: a scam explained", 4), FINE, target="/scams/domain-for-sale"),
    here("it-works", short_page("It works!", "It works!", "How we repaired the clock."), FINE, target="/it-works"),
    here("named-but-walled", CLOUDFLARE.replace("Just a moment...", "Bridges in traffic"), BOT),
]

DEAD_PAGES = [
    here("blank", "", "broken/empty_page"),
    here("blank-html", "<html><head></head><body> &nbsp; </body></html>", "broken/empty_page"),
    here("blank-with-title", "<html><head><title>Example</title></head><body></body></html>", "broken/empty_page"),
    here("nginx", "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working.</p>", DEFAULT),
    here("apache", "<html><body><h1>It works!</h1></body></html>", DEFAULT),
    here("ubuntu", short_page("Apache2 Ubuntu Default Page: It works", "Apache2 Ubuntu Default Page", "This is the default welcome page used to test the correct operation of the server."), DEFAULT),
    here("iis", "<title>IIS Windows Server</title><img src=iis.png>", DEFAULT),
    here("suspended", short_page("Account Suspended", "This Account has been suspended.", "Contact your hosting provider."), "broken/suspended"),
    everywhere("for-sale", short_page("bridges.test is for sale", "This domain is for sale", "Buy this domain. Make an offer."), PARKED),
    everywhere("for-sale-german", short_page("bruecken.test", "Diese Domain steht zum Verkauf", "Interesse? Diese Domain ist zu verkaufen."), PARKED),
    everywhere("parked", "<title>bridges.test</title><p>Related Searches: Bridge loans. Toll payment.</p><script src=https://www.parkingcrew.example/js></script>", PARKED),
    everywhere("expired", short_page("Domain expired", "This domain has expired", "Is this your domain? Renew it now."), PARKED),
    everywhere("hijacked", SPAM, "broken/hijacked"),
    Case("hijacked-home", "broken/hijacked", {"/": answer(SPAM)}, others=redirect("/", 301)),
    Case("hijacked-here-only", "broken/hijacked", {CITED: answer(SPAM)}),
    here("maintenance", short_page("Site maintenance", "Down for maintenance", "We will be back soon."), CRASH),
    here("database", "<html><body><h1>Error establishing a database connection</h1></body></html>", CRASH),
    here("php", "<br />\n<b>Fatal error</b>:  Uncaught PDOException: SQLSTATE[HY000] [2002] in /var/www/db.php on line 12<br />", CRASH),
    here("bad-gateway-200", "<title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>", CRASH),
]  # fmt: skip

STATUSES = [
    here("created", article(), FINE, 201),
    here("partial", article(), FINE, 206),
    here("no-content", "", "unreachable/empty_page", 204),
    *[here(f"status-{code}", "<p>no</p>", expected, code) for code, expected in {
        400: "unreachable/unexpected_status", 401: LOGIN, 402: PAYWALL, 403: FORBIDDEN, 404: "broken/not_found",
        405: FORBIDDEN, 406: FORBIDDEN, 409: "unreachable/unexpected_status", 410: "broken/gone", 412: FORBIDDEN,
        418: FORBIDDEN, 428: FORBIDDEN, 429: "unreachable/rate_limited", 440: LOGIN, 449: LOGIN,
        451: "blocked/legal_reasons", 500: CRASH, 502: CRASH, 503: CRASH, 520: CRASH, 526: CRASH, 999: BOT}.items()],
    Case("once-500", FINE, {CITED: then(answer("", 500), answer(article()))}),
    Case("once-429", FINE, {CITED: then(answer("", 429, {"Retry-After": "0"}), answer(article()))}),
    Case("later-than-we-wait", "unreachable/rate_limited", {CITED: then(answer("", 429, {"Retry-After": "3600"}), answer(article()))}),
    here("retry-absurd", "", "unreachable/rate_limited", 429, Retry_After="99999999999"),
    here("retry-nonsense", "", CRASH, 503, Retry_After="tomorrow"),
    here("retry-long-ago", "", CRASH, 503, Retry_After="Mon, 01 Jan 2001 00:00:00 GMT"),
]  # fmt: skip

CASES = WALLS + NO_WALLS + DEAD_PAGES + STATUSES


@pytest.fixture(scope="module")
def web() -> Iterator[tuple[HostileWeb, WebSession]]:
    with served(CASES) as running:
        yield running


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_walls_and_statuses(web: tuple[HostileWeb, WebSession], case: Case) -> None:
    assert verdict(case, web[1]) == case.expected
