import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.parser.urls import find_addresses, goes_on, open_address, trimmed


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("See https://example.org/a.", ["https://example.org/a"]),
        ("(https://example.org/guide_(2020)) and", ["https://example.org/guide_(2020)"]),
        ("(see https://example.org/a)", ["https://example.org/a"]),
        ("https://example.org/a; https://example.org/b,", ["https://example.org/a", "https://example.org/b"]),
        ("at www.example.org/x, p. 3", ["http://www.example.org/x"]),
        ("bit.ly/2lrnnEZ (accessed)", ["http://bit.ly/2lrnnEZ"]),
        ("https://a.example.gov/~o/d,2020/f%20g.htm?i=7&l=en.", ["https://a.example.gov/~o/d,2020/f%20g.htm?i=7&l=en"]),
        ("“https://example.org/q”", ["https://example.org/q"]),
        ("https://example.org/a/（2011年5月4日閲覧）。", ["https://example.org/a/"]),
        ("「https://example.org/b」、https://example.org/c。", ["https://example.org/b", "https://example.org/c"]),
        ("见https://example.org/d，第3页", ["https://example.org/d"]),
        ("FTP://files.example.org/x", ["FTP://files.example.org/x"]),
        ("write to jane@example.org/office", []),
        ("either/or and 1.2/3.4", []),
        ("https://", []),
        ("the file notes.txt", []),
    ],
)
def test_find_addresses(text: str, urls: list[str]) -> None:
    assert [address.url for address in find_addresses(text)] == urls


@pytest.mark.parametrize(
    ("raw", "bare"),
    [("a.b/c).", "a.b/c"), ("a.b/(c)", "a.b/(c)"), ("a.b/c]’,", "a.b/c"), ("a.b/?q=1", "a.b/?q=1"), ("...", "")],
)
def test_trimmed(raw: str, bare: str) -> None:
    assert trimmed(raw) == bare


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("see https://example.org/a-", "https://example.org/a-"),
        ("see https://example.org/a and", None),
        ("at www.example.org/", "www.example.org/"),
        ("available at ht", "ht"),
        ("at https:", "https:"),
        ("the depth", None),
        ("bit.ly/2ls", "bit.ly/2ls"),
    ],
)
def test_open_address(text: str, tail: str | None) -> None:
    assert open_address(text) == tail


KNOWN = {"and", "the", "report", "chain", "models", "fibers", "at", "he"}


@pytest.mark.parametrize(
    ("tail", "head", "room", "expected"),
    [
        ("https://example.org/", "report.pdf", 0.2, True),
        ("https://example.org/wiki/Harbour_", "(town)_4.", 3.0, True),
        ("https://example.org/a-b", "(town).", 3.0, False),
        ("https://example.org/a_", "(see", 0.5, False),
        ("https://archive.example.org/web/2019/http", "://old.example.org/a", 2.0, True),
        ("https://archive.example.org/web/2019/http:", "/old.example.org/a,", 0.1, True),
        ("https://archive.example.org/web/2019/https", ":/old.example.org/a", 2.0, True),
        ("https://example.org/", "report", 0.2, True),
        ("https://example.org/", "Report", 20.0, False),
        ("https://example.org/a-", "b-c.pdf,", 3.0, True),
        ("https://example.org/a.", "pdf.", 3.0, True),
        ("https://example.org/a.", "The", 3.0, False),
        ("https://example.org/a", "and", 0.2, False),
        ("https://example.org/a", "iffusion", 0.2, True),
        ("https://example.org/a", "iffusion", 9.0, False),
        ("https://example.org/found-m", "odels.", 0.2, True),
        ("https://example.org/Chain-Fiber", "s-Redux", 0.2, True),
        ("https://example.org/state-of-t", "he-art/long-term", 0.2, True),
        ("https://example.org/note-23/3", "at", 0.2, False),
        ("https://arxiv.org/abs/1603.044", "67.", 0.2, True),
        ("https://example.org/12", "2020", 0.2, False),
        ("https://example.org/12", "4825,", 0.2, True),
        ("ht", "tps://example.org/a", 0.2, True),
        ("ht", "the", 0.2, False),
        ("https:", "//example.org/a", 0.2, True),
        ("https://example.org/a", "https://example.org/b", 0.2, False),
        ("https://example.org/a", "(accessed", 0.2, False),
        ("https://example.org/a?b=1,", "c_d", 2.0, True),
        ("https://example.org/a,", "see", 2.0, False),
    ],
)
def test_goes_on(tail: str, head: str, room: float, expected: bool) -> None:
    assert goes_on(tail, head, room=room, knows=lambda word: word.casefold() in KNOWN) is expected


@given(st.text(alphabet="htps:/.-_()[]wexamplorg ,;“”12\n", max_size=300))
def test_addresses_lie_in_their_text(text: str) -> None:
    end = 0
    for address in find_addresses(text):
        assert end <= address.start < address.end <= len(text)
        assert address.url.endswith(text[address.start : address.end])
        assert not text[address.end - 1].isspace()
        end = address.end


@given(st.integers(1, 4000))
def test_long_runs_of_dots_and_letters_take_no_time(length: int) -> None:
    assert not list(find_addresses("a." * length))
    assert open_address("a-" * length) is None
