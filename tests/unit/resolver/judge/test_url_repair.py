import pytest

from tests.support.hostile_cases import Case, article, served, verdict
from tests.support.hostile_web import answer, redirect
from verifier.resolver import check_address, judge_address
from verifier.resolver.judge.url_repair import behind_library_proxy, without_glued_punctuation

REPORT = "http://site.test/report"


@pytest.mark.parametrize(
    ("glued", "bare"),
    [
        (f"{REPORT}.", REPORT),
        (f"{REPORT}),", REPORT),
        (f"{REPORT}”", REPORT),
        (f"{REPORT}%E2%80%9D.", REPORT),
        (f"{REPORT}%22", REPORT),
        (f"{REPORT}];", REPORT),
        (f"{REPORT}_(1984).", f"{REPORT}_(1984)"),
        (f"{REPORT}_(1984)", None),
        (f"{REPORT}。", REPORT),
        (f"{REPORT}%E2%80%8B", REPORT),
        (REPORT, None),
        (f"{REPORT}/", None),
        ("http://site.test.", "http://site.test"),
        ("http://.", None),
    ],
)
def test_punctuation_at_the_end(glued: str, bare: str | None) -> None:
    assert without_glued_punctuation(glued) == bare


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("https://ezproxy.lib.example.edu/login?url=https://journal.test/a?b=c&d=e", "https://journal.test/a?b=c&d=e"),
        ("https://login.ezproxy.example.edu/login?url=http%3A%2F%2Fjournal.test%2Fa%3Fb%3Dc", "http://journal.test/a?b=c"),
        ("https://libproxy.example.edu/login?qurl=https%3A%2F%2Fjournal.test%2Fa", "https://journal.test/a"),
        ("http://www.journal.test.ezproxy.example.edu/a/b?c", "https://www.journal.test/a/b?c"),
        ("https://www-journal-test.ezproxy.example.edu/a", "https://www.journal.test/a"),
        ("https://my--journal-test.proxy1.example.edu/a", "https://my-journal.test/a"),
        ("https://ezproxy.example.edu/help", None),
        ("https://example.edu/login?url=https://journal.test/", None),
        ("https://proxy.example/login?url=https://journal.test/", None),
        ("https://ezproxy.lib.example.edu/login?url=/local", None),
        ("https://journal.test/about-ezproxy.html", None),
        ("mailto:x@ezproxy.example.edu", None),
    ],
)  # fmt: skip
def test_library_proxies(address: str, meant: str | None) -> None:
    assert behind_library_proxy(address) == meant


CASES = [
    Case("glued", "moved/repaired_address", {"/report": answer(article())}, "/report)."),
    Case("glued-and-moved", "moved/repaired_address",
         {"/report": redirect("/new", 301), "/new": answer(article())}, "/report,"),
    Case("glued-but-real", "ok/served", {"/report.": answer(article())}, "/report."),
    Case("glued-and-dead", "broken/not_found", target="/report."),
    Case("glued-and-down", "unreachable/server_error", {"/report.": answer("", 500)}, "/report."),
    Case("malformed-by-glue", "moved/repaired_address", {"/": answer(article())}, url="http://malformed-by-glue.test),"),
    Case("proxied", "moved/library_proxy", {"/report": answer(article())},
         url="https://ezproxy.lib.example.edu/login?url=http://proxied.test/report"),
    Case("proxied-and-dead", "broken/not_found",
         url="https://ezproxy.lib.example.edu/login?url=http://proxied-and-dead.test/report"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_meant_is_checked(case: Case) -> None:
    with served(CASES) as (web, session):
        assert verdict(case, session) == case.expected
        assert all("ezproxy" not in host for host, _ in web.seen)


def test_the_repaired_address_is_named_and_the_printed_one_kept() -> None:
    with served(CASES) as (_, session):
        check = judge_address("http://glued.test/report).", session)
        assert (check.address, check.judgement.final_url) == ("http://glued.test/report).", "http://glued.test/report")
        read = check_address("http://glued.test/report).", session)
        assert read.text is not None
        assert "41 million crossings" in read.text.text
