"""The search of the queue: whatever is typed is no error, and full text finds what a search letter by letter finds."""

import random
import string

import pytest

from db.queue_search import SearchKind, matches, terms_of
from db.review_queue import QueueFilter
from tests.support.stores import day, link_finding
from verifier.review.filters import filter_of

TYPED = (
    *('"', '""', '"a', 'a"b"c', "-", "--x", "a-b", "NOT", "AND OR NOT", "a OR", "(a",
     "NEAR(a b)", "a*", "*", "^a", "col:a"),
    *("words:ferry", "{a b}:c", "\\", "%", "_", "'", "';--", "a'b", "<->", "a <-> b", ":*", "!",
     "a&b|c!d", "a:*b", "\n\t"),
    *("日本語", "橋の通行料", "ภาษาไทย", "العربية", "Ελλάδα", "русский язык", "ﬁn", "İstanbul", "ß",
     "é", "e\u0301", "😀 a"),
    *("\x00", "\ud800", "\u200b", "\u202e", "\ufeff", "1,234.5", "§ 5", "C++", ".net",
     "http://a.test/x?y=1&z", '"' * 300),
    " ".join(f"word{number}" for number in range(200)),
    " ".join(["日本"] * 200),
    "a" * 5000,
)  # fmt: skip

MESSAGES = (
    "The ferry's toll-plan says 1,234.5; the source says C++ and .NET",
    "橋の通行料は五百円、日本語の注",
    "Русский язык и Ελλάδα: e\u0301clair, STRASSE, ﬁnding",
    "col words ferry and or not near a b c d",
    "العربية ภาษาไทย http://a.test/x?y=1&z",
)


@pytest.fixture
def filled(store):
    run = store.runs.begin("nightly", [], day(0)).id
    links = []
    for number, message in enumerate(MESSAGES):
        link = link_finding(f"http://a.test/{number}")
        links.append(type(link)(**{name: getattr(link, name) for name in link.__slots__} | {"message": message}))
    store.findings.save_link_findings(run, links, [], day(0))
    return store


def garbled(count: int) -> list[str]:
    draw = random.Random(11)
    letters = "ab\"'()*:&|!<->^{}+-\\%_ é日\u0301\x00" + string.ascii_uppercase
    return ["".join(draw.choices(letters, k=draw.randrange(1, 60))) for _ in range(100)][:count]


def test_whatever_is_typed_is_no_error_and_all_kinds_of_search_find_the_same(filled, monkeypatch):
    found = {}
    for words in (*TYPED, *garbled(100), *MESSAGES):
        wanted = filter_of({"q": words, "state": "any"})
        found[words] = filled.queue.count(wanted)
        assert filled.queue.counts(wanted).total == len(filled.queue.page(wanted)) == found[words]
    assert all(found[message] for message in MESSAGES[:4])
    monkeypatch.setattr(filled.queue, "_search_kind", lambda _session: SearchKind.LIKE)
    for words, number in found.items():
        assert filled.queue.count(filter_of({"q": words, "state": "any"})) == number, words


def test_a_phrase_is_in_one_piece(filled):
    def count(words):
        return filled.queue.count(QueueFilter(words=words))

    assert (count("ferry toll"), count('"toll plan"'), count('"plan toll"'), count("toll-plan")) == (1, 1, 0, 1)


def test_a_search_without_words_is_none():
    assert terms_of('"" - \' ()') == ()
    assert matches(SearchKind.FTS5, "-- ''") == []
