"""Real pages whose words are those of dead pages and walls: on a host that knows what it has not, and on one that
answers every address with one page."""

from collections.abc import Iterator

import pytest

from tests.support.hostile_cases import Case, article, served, short_page, verdict
from tests.support.hostile_web import HostileWeb, answer
from verifier.resolver import WebSession

PAGES = [
    (
        "/en/press/closing-of-the-library",
        short_page("Library closed", "Library closed", "The library is closed until 4 May."),
    ),
    ("/notices/road-closed", short_page("Road closed", "Road closed", "The road is closed for maintenance.")),
    ("/about", short_page("About", "About us", "We are a small society.")),
    ("/jobs/12", short_page("Job 12", "Clerk wanted", "Apply by May. This position is no longer open to students.")),
    (
        "/faq/404",
        short_page("What is a 404?", "What is a 404?", "A 404 is an answer of a server that has no such page."),
    ),
    ("/status", short_page("Status", "All systems operational", "No incidents were found in the last day.")),
    ("/search-engines/history", article("A history of search")),
    ("/errata/2020", short_page("Errata", "Errata", "Page 12: the figure was not found to be right.")),
    ("/data/missing", short_page("Missing data", "Missing data", "No records were found for 1944.")),
    ("/obituaries/smith", short_page("John Smith", "John Smith", "He was last seen in 1950 and never found.")),
    (
        "/laws/removed",
        short_page(
            "Removed sections",
            "Removed sections",
            "Section 4 has been removed. Section 5 was deleted by the act of 1990.",
        ),
    ),
    ("/docs/error-404", short_page("Error 404", "Error 404 explained", "It means that the page could not be found.")),
    ("/software/download", short_page("Download", "Download", "Version 2 is no longer available. Use version 3.")),
    ("/events/2019", short_page("Spring fair 2019", "Spring fair 2019", "This event has ended.")),
    ("/product/lamp", short_page("Lamp", "Lamp", "Currently unavailable.")),
    ("/login-history", article("A history of the login")),
    (
        "/casino/report",
        article(
            "Casino report: slots, poker and betting revenue", extra="<p>casino slots poker betting jackpot casino</p>"
        ),
    ),
    ("/games/poker-odds", short_page("Poker odds", "Poker odds in a casino", "poker casino poker casino poker casino")),
    (
        "/health/viagra-cialis-study",
        short_page("Viagra and Cialis: a study", "Viagra and Cialis", "viagra cialis viagra cialis viagra cialis"),
    ),
    ("/maintenance-plan", short_page("Maintenance", "Maintenance", "All bridges are painted every ten years.")),
    ("/welcome", short_page("Welcome", "Welcome back", "We are open again.")),
    ("/privacy", short_page("Your privacy", "Your privacy", "We store nothing.")),
    ("/cookies", short_page("Cookie settings", "Cookie settings", "This site uses two cookies.")),
    ("/security-check", short_page("Security check at the airport", "Security check", "Bags are opened.")),
    ("/index-of-refraction", short_page("Index of refraction", "Index of refraction", "It is 1.33 for water.")),
    (
        "/it-works",
        short_page(
            "It works!", "It works!", "How we repaired the clock tower in a week, and what it cost us in the end. " * 12
        ),
    ),
    ("/domain-for-sale-scams", article("This domain is for sale: a scam explained")),
    ("/coming-soon", short_page("Coming soon", "Coming soon", "The report will be published in June.")),
    ("/subscribe", short_page("Subscribe", "Subscribe to our newsletter", "Once a month.")),
    (
        "/javascript/intro",
        short_page("JavaScript", "Enable JavaScript", "How to enable JavaScript in your browser: open the settings."),
    ),
    ("/a/b/c/lost-in-translation", short_page("Lost", "Lost in translation", "A film.")),
    ("/oops", short_page("Oops", "Oops", "A short film about mistakes.")),
    ("/dead-end", short_page("Dead end", "Dead end", "A street in the old town.")),
    ("/not-found", short_page("Not found", "Not found", "A poem. By A. Smith.")),
]


ELSEWHERE = answer(short_page("Example Society", "Sitemap", "Reports. News. Contact. History of the society."))

CASES = [
    Case(f"{kind}-{number}", "ok/served", {target: answer(page)}, target, others=others)
    for kind, others in (("knows", b""), ("one-page", ELSEWHERE))
    for number, (target, page) in enumerate(PAGES)
]


@pytest.fixture(scope="module")
def web() -> Iterator[tuple[HostileWeb, WebSession]]:
    with served(CASES) as running:
        yield running


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name + case.target)
def test_real_pages_are_believed(web: tuple[HostileWeb, WebSession], case: Case) -> None:
    assert verdict(case, web[1]) == case.expected
