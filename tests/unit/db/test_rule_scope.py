"""What a rule is about: a host and what is below it, the beginning of addresses, a document or a folder; no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import CitedSource
from db.rule_scope import RuleScope, is_whole, may_fit
from tests.support.stores import day, extraction, figure_finding, link_finding, note, publish
from verifier.model import Coverage, FindingCode
from verifier.resolver.sources.resolve import source_of_url
from verifier.resolver.sources.urls import host_of

BLOCKED = FindingCode.LINK_BLOCKED

URLS = (
    "https://example.org/reports",
    "https://example.org/reports/",
    "https://example.org/reports/2024?page=1",
    "https://example.org/reports?id=1",
    "https://example.org/reports?id=12",
    "https://example.org/reportsarchive",
    "https://example.org/Reports/x",
    "http://example.org/reports/plain",
    "https://example.org:8443/reports/port",
    "HTTPS://EXAMPLE.org:443/reports/case",
    "https://example.org/other/../reports/dots",
    "https://example.org/caf%C3%A9/a",
    "https://example.org/café/b",
    "https://example.org/100%25/x",
    "https://example.org/1000/x",
    "https://example.org./reports/dot",
    "https://www.example.org/reports/www",
    "https://a_b.example.org/x",
    "https://aXb.example.org/x",
    "https://notexample.org/reports/not",
    "https://example.org.evil.test/reports/evil",
    "https://evil.test/example.org/reports",
    "https://müller.example/straße",
    "https://sub.xn--mller-kva.example/x",
    "http://192.0.2.1/x",
    "http://1192.0.2.1/x",
)


@pytest.fixture
def filled(store):
    """A blocked link at every address, all printed by one document."""
    store.documents.record_edition("papers", "a.pdf", "sha", day(0))
    sources = [CitedSource(0, 0, None, source_of_url(url), {url: host_of(url)}) for url in URLS]
    store.documents.save_extraction(extraction("sha", note(1, list(URLS))), sources, day(0))
    run = store.runs.begin("nightly", [], day(0)).id
    store.findings.save_link_findings(run, [link_finding(url, BLOCKED) for url in URLS], [], day(0))
    return store


def named(store, **scope) -> set[str]:
    return {entry.url for entry in store.queue.entries(store.rules.which(RuleScope(code=BLOCKED, **scope)))}


def of(*parts: str) -> set[str]:
    return {url for url in URLS if any(part in url for part in parts)}


EXAMPLE = {url for url in URLS if host_of(url).rstrip(".") == "example.org"}


SCOPES = (
        ({"host": "example.org"}, EXAMPLE),
        ({"host": "example.org", "subdomains": True}, EXAMPLE | of("www.", "a_b", "aXb")),
        ({"host": "a_b.example.org", "subdomains": True}, of("a_b")),
        ({"host": "b.example.org", "subdomains": True}, set()),
        ({"host": "xn--mller-kva.example", "subdomains": True}, of("müller", "mller")),
        ({"host": "192.0.2.1", "subdomains": True}, {"http://192.0.2.1/x"}),
        (
            {"below": "https://example.org/reports"},
            of("/reports") - of("reportsarchive", ":8443", "org./", "www", "not", "evil", "http:"),
        ),
        ({"below": "//example.org/reports/2024"}, of("2024")),
        ({"below": "//example.org/reports/plain"}, of("plain")),
        ({"below": "http://example.org"}, of("plain")),
        ({"below": "https://example.org:8443"}, of(":8443")),
        ({"below": "https://example.org/reports?id=1"}, {"https://example.org/reports?id=1"}),
        ({"below": "https://example.org/caf%C3%A9"}, of("/a", "/b") & of("caf")),
        ({"below": "https://example.org/100%25"}, of("100%25")),
        ({"below": "https://example.org/rep"}, set()),
        ({"url": "https://example.org/reports"}, {"https://example.org/reports"}),
        ({"url": "https://example.org/reports/case"}, of("case")),
        ({"url": "https://example.org/reports/dots"}, of("dots")),
        ({"url": "https://xn--mller-kva.example/stra%C3%9Fe"}, of("müller")),
)  # fmt: skip


def test_what_a_scope_names_and_nothing_else(filled):
    """All in one store: to fill one takes longer than to ask it."""
    assert [(scope, sorted(named(filled, **scope))) for scope, _ in SCOPES] == [
        (scope, sorted(urls)) for scope, urls in SCOPES
    ]


def test_a_folder_or_document_names_what_no_other_prints(store):
    shared, own, deep = "http://a.test/shared", "http://a.test/own", "http://a.test/deep"
    first = publish(store, "press/a.pdf", "sha1", note(1, [shared, own]))
    publish(store, "pressroom/b.pdf", "sha2", note(1, [shared]))
    publish(store, "press/2024/c.pdf", "sha3", note(1, [deep]))
    run = store.runs.begin("nightly", [], day(0)).id
    store.findings.save_link_findings(run, [link_finding(url, BLOCKED) for url in (shared, own, deep)], [], day(0))
    figure = figure_finding("figure")
    store.findings.save_document_result(first.id, run, "key", [], [figure], Coverage(), day(0))
    assert named(store, document_id=first.id) == {own}
    assert named(store, folder=f"{first.collection}/press") == {own, deep}
    assert named(store, folder=first.collection) == {shared, own, deep}
    assert named(store, folder=f"{first.collection}/press", host="a.test") == {own, deep}
    wanted = RuleScope(code=figure.code, document_id=first.id)
    assert len(store.rules.which(wanted)) == 1


@pytest.mark.parametrize(
    ("scope", "whole"),
    [
        ({}, False),
        ({"http_status": 403}, False),
        ({"host": "a.test"}, True),
        ({"host": "a.test", "url": "http://a.test/"}, False),
        ({"below": "http://a.test", "url": "http://a.test/"}, False),
        ({"folder": "papers"}, True),
        ({"document_id": 3, "host": "a.test"}, True),
    ],
)
def test_a_scope_says_where(scope, whole):
    assert is_whole(RuleScope(code=BLOCKED, **scope)) is whole


labels = st.text("ab-1_", min_size=1, max_size=4)
hosts = st.lists(labels, min_size=1, max_size=4).map(".".join)


@given(hosts, hosts, st.booleans())
def test_a_host_is_below_another_only_at_a_dot(host, other, subdomains):
    fits = may_fit(RuleScope(code=BLOCKED, host=host, subdomains=subdomains), {(BLOCKED, other)})
    below = other.split(".")[-len(host.split(".")) :] == host.split(".")
    assert fits is (below if subdomains else other == host)
