"""The morning's path in Firefox: by keys alone from the queue to a decision, then through a document's notes."""

import pytest

pytest.importorskip("websocket", reason="websocket-client is not installed: selenium brings it along")
from tests.acceptance.test_desk_browser import serve
from tests.support.firefox import FIREFOX, Firefox
from tests.support.waiting import wait_until
from verifier.model import FindingState

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not FIREFOX, reason="no firefox is installed")]

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
