"""Several processes of one desk: what one decides is on the next page of the others, also while a night writes."""

import re
import threading
from datetime import UTC, datetime

import pytest

from db.review_queue import QueueFilter
from tests.integration.test_desk_pages import store_of
from tests.support.desks import Browser, desk
from tests.support.stores import link_finding
from verifier.model import FindingKind

__all__ = ["desk"]


@pytest.fixture
def night(desk):
    """A run that finds dead links while the desk is at work, by a store of its own."""
    store, over = store_of(desk()), threading.Event()

    def find() -> None:
        number = 0
        while not over.wait(0.01) and number < 40:
            number += 1
            run = store.runs.begin("nightly", [f"{number}"], datetime.now(UTC))
            found = [link_finding(f"http://night.example.test/{number}")]
            store.findings.save_link_findings(run.id, found, [], datetime.now(UTC))

    thread = threading.Thread(target=find)
    thread.start()
    yield store
    over.set()
    thread.join()


def accepted(page: str) -> int:
    """How many findings are accepted, as the queue's filter says."""
    return int(re.search(r'<option value="accepted"[^>]*>[^<(]*\((\d+)\)', page)[1])


def test_a_decision_is_on_the_next_page_of_another_process(desk, night):
    here, there = Browser(desk()), Browser(desk())
    queue = store_of(here.client.application).queue
    wanted = [entry.fingerprint for entry in queue.page(QueueFilter(kind=FindingKind.ACCUSATION))][:4]
    assert len(wanted) > 1
    for number, fingerprint in enumerate(wanted, start=1):
        assert accepted(there.get("/").text) == number - 1
        assert f"/findings/{fingerprint}" in there.get("/").text
        here.decide(fingerprint, "accept")
        for browser in (there, here):
            page = browser.get("/").text
            assert accepted(page) == number
            assert f"/findings/{fingerprint}" not in page
            assert f"/findings/{fingerprint}" in browser.get("/?state=accepted").text


def test_the_counts_of_a_page_fit_together_while_a_night_writes(desk, night):
    browser = Browser(desk())
    for _ in range(12):
        page = browser.get("/").text
        total = int(re.search(r'<h1 id="queue-title">(\d+) finding', page)[1])
        by_code = int(re.search(r'<option value="">everything \((\d+)\)', page)[1])
        by_state = int(re.search(r'<option value="open" selected>[^<(]*\((\d+)\)', page)[1])
        assert total == by_code == by_state
        assert f"of {total}</p>" in page
    before = total
    run = night.runs.begin("nightly", ["last"], datetime.now(UTC))
    night.findings.save_link_findings(run.id, [link_finding("http://last.example.test/")], [], datetime.now(UTC))
    assert store_of(browser.client.application).queue.counts(QueueFilter()).total > before
