"""The morning's path in Firefox: by keys alone from the queue to a decision, then through a document's notes."""

import pytest

pytest.importorskip("websocket", reason="websocket-client is not installed: selenium brings it along")
from tests.acceptance.test_desk_browser import serve
from tests.acceptance.test_desk_morning import MOST_PRESSED, counts, forty
from tests.support.firefox import FIREFOX, Firefox
from tests.support.waiting import wait_until
from verifier.model import FindingState

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not FIREFOX, reason="no firefox is installed")]

__all__ = ["forty"]

ENTER = "\ue007"


def test_a_morning_by_keys(data, tmp_path):
    with serve(data) as (address, store):
        firefox = Firefox(tmp_path / "profile")
        try:
            morning(firefox, address, store)
        finally:
            firefox.close()


def morning(firefox: Firefox, address: str, store) -> None:
    def states() -> list[FindingState]:
        return [found.state for found in store.findings.list()]

    def shows(words: str) -> bool:
        return bool(
            firefox.evaluate(f"document.readyState === 'complete' && document.body.innerText.includes('{words}')")
        )

    total = len(states())
    firefox.get(address)
    assert firefox.evaluate("document.querySelectorAll('a[data-row]').length") == total
    firefox.press("j", ENTER)
    wait_until(lambda: shows(f"1 of {total}"))
    firefox.press("a")
    wait_until(lambda: states().count(FindingState.ACCEPTED) == 1)
    wait_until(lambda: shows(f"1 of {total - 1}"))
    firefox.press("d")
    firefox.press("Rounded as is usual here", ENTER)
    wait_until(lambda: states().count(FindingState.DISMISSED) == 1)
    wait_until(lambda: shows(f"1 of {total - 2}"))
    firefox.press("u")
    wait_until(lambda: states().count(FindingState.DISMISSED) == 0)
    firefox.get(f"{address}/documents/1/notes?page=2")
    assert shows("every note")
    assert firefox.evaluate("document.querySelector('[data-page-picture]').complete")
    firefox.evaluate("document.querySelector('[data-turns-by=\"1\"]').click()")
    assert firefox.evaluate("document.querySelector('[data-turned]').textContent") == "p. 3 of 3"
    overflow = firefox.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0


def test_forty_findings_before_lunch(forty, tmp_path):
    address, store = forty
    firefox = Firefox(tmp_path / "profile")
    try:
        before_lunch(firefox, address, store)
    finally:
        firefox.close()


def before_lunch(firefox: Firefox, address: str, store) -> None:
    """The same morning as in Chromium, with every key counted but for words that are typed."""
    pressed = 0

    def key(keys: str) -> None:
        nonlocal pressed
        pressed += len(keys)
        firefox.press(*keys)

    def tick(many: int, left: int) -> None:
        ready = "document.readyState === 'complete' && document.querySelectorAll('[data-tick]').length"
        wait_until(
            lambda: firefox.evaluate(f"{ready} === {left} && !document.querySelector('[data-ticked]:not([hidden])')")
        )
        key("x" * many)
        wait_until(lambda: firefox.evaluate("document.querySelector('[data-count]').textContent") == str(many))

    def has(state: FindingState, many: int) -> bool:
        return counts(store).get(state, 0) == many

    firefox.get(address)
    tick(20, 40)
    key("a")
    wait_until(lambda: has(FindingState.ACCEPTED, 20))
    tick(10, 20)
    key("d")
    firefox.press("Rounded as is usual here")
    key(ENTER)
    wait_until(lambda: has(FindingState.DISMISSED, 10))
    tick(5, 10)
    key("q")
    letter = "document.readyState === 'complete' && !!document.querySelector('[name=subject]')"
    wait_until(lambda: firefox.evaluate(letter))
    assert has(FindingState.QUERIED, 5)
    key("w")
    wait_until(lambda: firefox.evaluate("document.readyState === 'complete' && !!document.getElementById('letter')"))
    key("j")
    tick(5, 5)
    key("g")
    firefox.press("Ben")
    key(ENTER)
    wait_until(lambda: set(store.assignments.assignees().values()) == {"Ben"})
    assert len(store.assignments.assignees()) == 5
    assert [len(written.questions) for written in store.letters.of_document(1)] == [5]
    assert pressed <= MOST_PRESSED
