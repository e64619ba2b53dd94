"""Every number that is a link leads to as many: all pages of a desk at work are walked, and each is compared."""

import re
from html import unescape

from db.review_queue import QueueFilter
from tests.integration.test_desk_team import batch, blocked, numbers, store_of
from tests.support.desks import fingerprints
from verifier.model import FindingState

LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)[^"]*"[^>]*>(.*?)</a>', re.S)
FILES = (".csv", ".txt", ".eml", ".docx", ".pdf", ".xlsx", ".png", ".json", ".ris", ".zip", ".bin", ".warc.gz")
MOST = 400


def at_work(browser) -> None:
    """Something of everything that pages count: batches, letters, rules, assignments, words, an undo."""
    app = browser.client.application
    batch(browser, "accept", numbers(app)[:3])
    batch(browser, "query", numbers(app)[:2])
    batch(browser, "assign", numbers(app)[:2], assignee="Ben")
    batch(browser, "snooze", numbers(app)[:2])
    browser.send("/", "/undo")
    _, host = blocked(app)
    rule = {"code": "link_blocked", "why": "they let nobody in", "for_good": "1", "host": host}
    browser.send("/rules/new?code=link_blocked", 'name="why"', **rule)
    browser.send(f"/findings/{fingerprints(app)[0]}", 'name="words"', words="Ask Ben")
    assert store_of(app).queue.count(QueueFilter(state=FindingState.QUIET)) == 1


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def walked(browser):
    """All pages that links lead to, by address."""
    pages, ahead = {}, ["/", "/documents", "/sources", "/rules", "/letters", "/activity"]
    while ahead and len(pages) < MOST:
        address = ahead.pop(0)
        if address in pages or address.partition("?")[0].endswith(FILES) or "/evidence" in address:
            continue
        answer = browser.get(address)
        if answer.status_code != 200 or not answer.mimetype.startswith("text/html"):
            continue
        pages[address] = answer.text
        ahead += [unescape(href) for href, _ in LINK.findall(answer.text)]
    return pages


def counted_at(browser, address: str) -> int | None:
    """How many the page at an address lists, on all its pages; None for a page that is no list."""
    path = address.partition("?")[0]
    if path.startswith(("/findings/", "/sources/of", "/jobs/")) or "/parts/" in path or path.endswith(FILES):
        return None
    html = browser.get(address).text
    if path == "/":
        listed = re.search(r'<h1 id="queue-title">(\d+) ', html)
        rows, at = html.count("data-row"), html
        while following := re.search(r'href="([^"]+)" rel="next"', at):
            at = browser.get(unescape(following[1])).text
            rows += at.count("data-row")
        assert int(listed[1]) == rows, address
        return rows
    if path.startswith(("/batch", "/activity/")):
        heading = re.search(r"<h1>(?:All )?(\d+) ", html)
        listed = len(re.findall(r"<li><a href=\"/findings/", html))
        assert not listed or int(heading[1]) == listed, address
        return int(heading[1])
    if path.endswith("/letter"):
        return len(re.findall(r'name="query-', html))
    return None


def number_in(words: str) -> int | None:
    """The number of a link that is one: `7 new since last night`, `Mine (2)`, `all 13`; not a date, a title, a page."""
    found = re.fullmatch(r"(?:[A-Za-z ]*?\(?)(\d+)\)?(?: [A-Za-z ,]*)?…?", words)
    return int(found[1]) if found else None


def test_every_number_that_is_a_link_leads_to_as_many(browser):
    at_work(browser)
    compared = set()
    for address, html in walked(browser).items():
        for href, text in LINK.findall(html):
            number, target = number_in(plain(text)), unescape(href)
            page = "aria-current" in html and "p=" in target  # a page's number counts nothing
            if number is None or page or (target, number) in compared:
                continue
            listed = counted_at(browser, target)
            if listed is not None:
                assert listed == number, (address, plain(text), target)
                compared.add((target, number))
    targets = {target.partition("?")[0] for target, _ in compared}
    assert {"/", "/batch", "/documents/1/letter"} <= targets
    assert any(target.startswith("/activity/") for target in targets)
    kinds = ("document=", "kind=", "host=", "rule=", "state=queried", "new=1", "state=any")
    assert all(any(kind in target for target, _ in compared) for kind in kinds), "all kinds of counts were met"


def test_what_a_day_counts_is_what_it_lists(browser):
    at_work(browser)
    (row,) = re.findall(r'<td><a href="(/activity\?day=[^"]+)">([^<]+)</a>', browser.get("/activity").text)
    counts = dict(part.rsplit(": ", 1) for part in unescape(row[1]).split(", "))
    listed: dict[str, int] = {}
    for line in re.findall(r"<li><strong>.*?</li>", browser.get(unescape(row[0])).text, re.S):
        what = plain(re.search(r"</time>: (.*?) *<a ", line, re.S)[1]).removesuffix(",")
        many = re.search(r">(\d+) findings</a>", line)
        listed[what] = listed.get(what, 0) + (int(many[1]) if many else 1)
    assert listed == {what: int(number) for what, number in counts.items()}
