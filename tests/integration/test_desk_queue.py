"""The queue as an editor uses it: filtered, counted, walked through, handed on as a table, saved under a name."""

import csv
import io
import re
from html import unescape

import pytest

from db.review_queue import QueueFilter
from tests.integration.test_desk_pages import log_in, store_of
from tests.support.desks import Browser, fingerprints, with_users
from verifier.model import FindingState, Severity
from verifier.review import queue_pages
from verifier.review.paging import Paging


def rows_of(page: str) -> int:
    return page.count("data-row")


def test_every_count_on_the_page_leads_to_as_many(browser):
    page = browser.get("/").text
    options = re.findall(r'<select name="(\w+)">(.*?)</select>', page, re.S)
    choices = [
        (name, value, int(number))
        for name, block in options
        for value, number in re.findall(r'<option value="(\w*)"[^>]*>[^<]*\((\d+)\)</option>', block)
    ]
    assert len(choices) > 15
    for name, value, number in choices:
        assert rows_of(browser.get(f"/?{name}={value}").text) == min(number, 50), (name, value)


def test_counts_of_documents_and_hosts_lead_to_as_many(browser):
    for path in ("/documents", "/sources"):
        links = re.findall(r'<td class="number[^"]*"><a href="([^"]+)"[^>]*>(\d+)</a>', browser.get(path).text)
        assert links, path
        for address, number in links:
            assert rows_of(browser.get(unescape(address)).text) == min(int(number), 50)


def test_where_one_is_in_the_list_is_said(browser):
    app = browser.client.application
    found = fingerprints(app)
    assert f"1 of {len(found)}" in browser.get(f"/findings/{found[0]}").text
    assert f"3 of {len(found)}" in browser.get(f"/findings/{found[2]}").text
    only = store_of(app).queue.page(QueueFilter(severity=Severity.LOW))
    assert f"2 of {len(only)}<" in browser.get(f"/findings/{only[1].fingerprint}?severity=low").text
    assert f"{len(only)} other findings" in browser.get(f"/findings/{found[0]}?severity=low").text


def test_pages_are_numbered_and_go_on(browser, monkeypatch):
    monkeypatch.setattr(queue_pages, "PAGE", 5)
    total = len(fingerprints(browser.client.application))
    first = browser.get("/").text
    assert f"1–5 of {total}" in first
    following = unescape(re.search(r'href="([^"]+)" rel="next"', first)[1])
    second = browser.get(following).text
    assert f"6–10 of {total}" in second
    by_number = browser.get("/?p=2").text
    assert re.findall(r"/findings/\w+", by_number) == re.findall(r"/findings/\w+", second)
    last = browser.get("/?p=999999").text
    assert f"–{total} of {total}" in last
    assert 'rel="next"' not in last
    for nonsense in ("0", "-1", "x", "9" * 30, "²"):
        assert browser.get("/", p=nonsense).status_code == 200
        assert "1–5 of" in browser.get(f"/?p={nonsense}").text or nonsense == "9" * 30


@pytest.mark.parametrize(
    ("total", "first", "choices"),
    [
        (0, 1, [1]),
        (50, 1, [1]),
        (120, 51, [1, 2, 3]),
        (5000, 2501, [1, None, 49, 50, 51, 52, 53, None, 100]),
    ],
)
def test_the_pages_to_choose_from(total, first, choices):
    assert list(Paging(total, first, 50).choices()) == choices


def test_what_is_shown_is_a_table_too(browser):
    answer = browser.get("/queue.csv?severity=low")
    assert answer.headers["Content-Disposition"] == "attachment; filename=findings.csv"
    assert answer.mimetype == "text/csv"
    head, *lines = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    wanted = store_of(browser.client.application).queue.page(QueueFilter(severity=Severity.LOW))
    assert head[:2] == ["Finding", "Code"]
    assert [line[0] for line in lines] == [entry.fingerprint[:16] for entry in wanted]
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@"))]


def test_documents_are_offered_while_their_name_is_typed(browser):
    part = browser.get("/queue/documents?docs=pap&severity=low").text
    assert "<html" not in part
    (address, number) = re.search(r'<a href="([^"]+)">.*?(\d+)</span>', part, re.S).groups()
    assert rows_of(browser.get(unescape(address)).text) == int(number)
    assert "No document has such a name" in browser.get("/queue/documents?docs=zebra").text
    assert browser.get("/queue/documents?docs=").text.strip() == ""
    assert 'href="/?document=1' in browser.get("/?docs=paper").text  # without a script


def test_a_document_is_read_in_order(browser):
    page = browser.get("/?document=1").text
    heads = re.findall(r"<h2>Page (\d+)</h2>", page)
    assert heads == sorted(heads, key=int)
    assert len(heads) == len(set(heads)) > 1


def test_a_filter_is_saved_under_a_name_and_forgotten(browser):
    assert browser.send("/?q=bridge&state=any", "/filters?", name="Bridges <b>").status_code == 303
    page = browser.get("/").text
    address = unescape(re.search(r'<a href="([^"]+)">Bridges &lt;b&gt;</a>', page)[1])
    assert rows_of(browser.get(address).text) == rows_of(browser.get("/?q=bridge&state=any").text) > 1
    assert browser.post("/filters", csrf_token=browser.token(), name="all").status_code == 400
    assert browser.post("/filters?q=x", csrf_token=browser.token(), name=" ").status_code == 400
    assert browser.post("/filters?q=x", name="forged").status_code == 400
    assert browser.send("/", 'name="name" value="Bridges', name="Bridges <b>").status_code == 303
    assert store_of(browser.client.application).saved_filters.list() == ()


def test_what_a_saved_filter_keeps_is_a_filter_and_nothing_else(browser):
    token = browser.token()
    browser.post("/filters?q=%22%3E%3Cscript%3E&evil=1&state=nonsense", csrf_token=token, name="x")
    (saved,) = store_of(browser.client.application).saved_filters.list()
    assert saved.query == "q=%22%3E%3Cscript%3E"
    assert "<script>" not in browser.get("/").text


def test_readers_save_nothing(desk, data):
    with_users(data, Rea="reader")
    app = desk()
    reader = Browser(app)
    log_in(reader, "Rea")
    assert "Save this filter" not in reader.get("/?q=bridge").text
    for path in ("/filters?q=x", "/filters/remove"):
        assert reader.post(path, csrf_token=reader.token(), name="x").status_code == 403
    assert reader.get("/queue.csv").status_code == 200
    assert store_of(app).saved_filters.list() == ()


def test_a_decision_shows_in_the_counts_of_who_decided(browser):
    app = browser.client.application
    browser.decide(fingerprints(app)[0], "accept")
    (choice,) = re.findall(
        r'<li><a href="([^"]+)">[^<]+</a> <span class="soft">1</span>',
        browser.get("/queue/choices/reviewer?state=accepted").text,
    )
    assert rows_of(browser.get(unescape(choice)).text) == 1
    assert browser.get("/queue/choices/nothing").status_code == 404
    assert store_of(app).queue.counts(QueueFilter()).states[FindingState.ACCEPTED] == 1
