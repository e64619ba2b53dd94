"""Links in headers and TimeMaps, as servers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.resolver.memento.link_format import read_links

BASE = "http://archive.example/map/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<http://a.example/>; rel="original"', [("http://a.example/", {"original"}, {})]),
        ("<http://a.example/>;rel=original", [("http://a.example/", {"original"}, {})]),
        (
            '<http://a.example/?x=1,2;3>; rel="first memento"; datetime="Tue, 20 Jun 2000 18:02:59 GMT"',
            [("http://a.example/?x=1,2;3", {"first", "memento"}, {"datetime": "Tue, 20 Jun 2000 18:02:59 GMT"})],
        ),
        (
            '<a>; rel="original",\n <b> ; REL="Timegate" ,\n<../c>; rel=timemap; type="application/link-format"\n',
            [
                (f"{BASE}a", {"original"}, {}),
                (f"{BASE}b", {"timegate"}, {}),
                ("http://archive.example/c", {"timemap"}, {"type": "application/link-format"}),
            ],
        ),
        (
            '<a>; rel="memento"; title="says \\"<no>\\", twice"',
            [(f"{BASE}a", {"memento"}, {"title": 'says "<no>", twice'})],
        ),
        ('<a>; rel="next"; rel="prev"', [(f"{BASE}a", {"next"}, {})]),
        ("<a>", [(f"{BASE}a", set(), {})]),
        ("no links here; at all", []),
        ("<unfinished", []),
        ("<//[::1/x>; rel=memento, <b>; rel=memento", [(f"{BASE}b", {"memento"}, {})]),
        ("", []),
    ],
)
def test_links_are_read(text, expected):
    assert [(link.url, set(link.relations), dict(link.parameters)) for link in read_links(text, BASE)] == expected


WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8)
URL = st.text("abcdefghijklmnopqrstuvwxyz0123456789/?&=,;%.-", max_size=20).map(lambda path: f"http://a.example/{path}")


@given(st.lists(st.tuples(URL, st.sets(WORD, min_size=1, max_size=3), st.text(' ,;<>abc:0123"\\', max_size=20))))
def test_what_is_written_is_read(links):
    def quoted(value: str) -> str:
        return value.replace("\\", "\\\\").replace('"', '\\"')

    text = ", ".join(f'<{url}>; rel="{" ".join(rel)}"; datetime="{quoted(when)}"' for url, rel, when in links)
    read = [(link.url, set(link.relations), link.parameters["datetime"]) for link in read_links(text, BASE)]
    assert read == [(url, rel, when) for url, rel, when in links]


@given(st.text('<>;=", abc\\', max_size=300))
def test_no_text_stops_it(text):
    for link in read_links(text, BASE):
        assert link.url
