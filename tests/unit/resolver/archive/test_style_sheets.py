from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from verifier.errors import LimitReached
from verifier.model import ArchivedResponse
from verifier.resolver.archive import style_sheets
from verifier.resolver.archive.style_sheets import StyleSheetPlaces, named_style_sheets

PAGE = "http://a.test/reports/2025/page.html"
CASES = [
    ('<link rel="stylesheet" href="style.css">', ["http://a.test/reports/2025/style.css"]),
    ("<LINK REL=StyleSheet HREF=/style.css?v=1&amp;w=2 >", ["http://a.test/style.css?v=1&w=2"]),
    ("<link href='//cdn.test/s.css' media=screen rel='preload stylesheet'/>", ["http://cdn.test/s.css"]),
    ('<base href="/other/"><link rel=stylesheet href=s.css>', ["http://a.test/other/s.css"]),
    ('<link rel="stylesheet" href="s.css"><link rel="stylesheet" href="s.css">', ["http://a.test/reports/2025/s.css"]),
    ('<link rel="alternate stylesheet" href="dark.css">', []),
    ('<link rel="icon" href="icon.png"><link rel="stylesheet">', []),
    ('<!--[if IE]><link rel="stylesheet" href="ie.css"><![endif]-->', []),
    ('<link rel="stylesheet" href="data:text/css,p{}"><link rel="stylesheet" href="javascript:alert(1)">', []),
    ('<link rel="stylesheet" href="http://[broken/s.css">', []),
    ("<p>no style</p>", []),
    ("<link " + "a" * 5000 + ' rel=stylesheet href="s.css">', []),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_the_style_sheets_that_a_page_links(source, expected):
    assert list(named_style_sheets(source.encode(), PAGE, 5)) == expected


def test_only_the_first_are_taken():
    source = "".join(f'<link rel=stylesheet href="{number}.css">' for number in range(9))
    assert [url[-5:] for url in named_style_sheets(source.encode(), PAGE, 2)] == ["0.css", "1.css"]


def test_a_run_asks_for_each_once_also_from_many_threads():
    places, asked, gone = StyleSheetPlaces(), [], []
    place = ArchivedResponse(0, "http://a.test/s.css", "a.warc.gz", 1, "sha")
    first = Event()

    def ask():
        asked.append(place.url)
        first.wait(60)
        return place

    with ThreadPoolExecutor(4) as threads:
        found = [threads.submit(places.of, place.url, ask) for _ in range(4)]
        assert places.of("http://a.test/gone.css", lambda: gone.append(1)) is None  # another does not wait for it
        first.set()
        assert [one.result() for one in found] == [place] * 4
    assert places.of("http://a.test/gone.css", lambda: gone.append(1)) is None
    assert (len(asked), len(gone)) == (1, 1)


def test_what_failed_is_asked_for_again():
    places = StyleSheetPlaces()
    place = ArchivedResponse(0, "http://a.test/s.css", "a.warc.gz", 1, "sha")

    def fail():
        raise LimitReached("later")

    with pytest.raises(LimitReached):
        places.of(place.url, fail)
    assert places.of(place.url, lambda: place) == place


def test_no_more_are_remembered_than_fit(monkeypatch):
    monkeypatch.setattr(style_sheets, "_MOST_KNOWN", 1)
    places = StyleSheetPlaces()
    place = ArchivedResponse(0, "http://a.test/s.css", "a.warc.gz", 1, "sha")
    assert places.of("http://a.test/1.css", lambda: place) == place
    assert places.of("http://a.test/2.css", lambda: place) is None
