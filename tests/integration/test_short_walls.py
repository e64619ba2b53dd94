"""Bot checks that are a line of text, whatever their title, their address's name and the menu around them; and pages
that are about such lines.
"""

from collections.abc import Iterator

import pytest

from tests.support.hostile_cases import Case, served, verdict
from tests.support.hostile_web import HostileWeb, answer
from verifier.resolver import WebSession

LINES = {
    "moment": "Just a moment...",
    "checking": "Checking your browser before accessing example.test.",
    "automatic": "Checking your browser before accessing the site. This process is automatic. Your browser will "
    "redirect to your requested content shortly. Please allow up to 5 seconds.",
    "stand by": "Please stand by, while we are checking your browser...",
    "verify": "Please wait while we verify your browser.",
    "one more step": "One more step",
    "de": "Einen Moment bitte, Ihr Browser wird geprüft.",
    "es": "Verificando que usted es humano. Esto puede tardar unos segundos.",
    "firewall": "Web Page Blocked! The page cannot be displayed. Attack ID: 20000008",
}
ABOUT = {
    "timed": 'Some sites show "Checking your browser before accessing" while a script does sums. A study of '
    "2021 timed forty of them; the median was five seconds.",
    "poem": "Just a moment... she said, and the tide went out. The boats lay on the mud until five.",
    "queue": "Please wait. So said the sign of 1947, when the average Londoner stood in line for an hour a day.",
}
TITLES = {"its own": "Just a moment...", "the page's": "Bridges in traffic", "none": ""}
MENU = (
    "<nav><a href=/>Home</a> <a href=/n>News</a> <a href=/a>About</a> <a href=/e>Day</a> <a href=/c>Contact</a></nav>"
)
PATHS = ("/reports/bridges-in-traffic", "/2291")


def _cases() -> Iterator[Case]:
    for expected, texts in (("blocked", LINES), ("ok", ABOUT)):
        for name, text in texts.items():
            for titled, title in TITLES.items():
                for path in PATHS:
                    for menu in ("", MENU):
                        page = answer(f"<!doctype html><title>{title}</title>{menu}<main><p>{text}</p></main>")
                        label = "-".join((name, titled, path[1:5], "menu" if menu else "bare")).replace(" ", "-")
                        host = label.replace("'", "")
                        yield Case(host, expected, {path: page}, path, others=page if expected == "blocked" else b"")


CASES = list(_cases())


@pytest.fixture(scope="module")
def web() -> Iterator[tuple[HostileWeb, WebSession]]:
    with served(CASES) as running:
        yield running


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_line_of_a_check_is_a_wall_and_prose_about_it_is_there(
    web: tuple[HostileWeb, WebSession], case: Case
) -> None:
    assert verdict(case, web[1]).partition("/")[0] == case.expected
