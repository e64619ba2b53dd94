"""Parts of pages that a citation points at: noted where they are surely not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.resolver.judge.fragments import missing_in_html, missing_in_pdf, page_asked_for
from verifier.resolver.sources.urls import fragment_of

PAGE = (
    "<html><head><script>go()</script></head><body><h1 id=tolls>Tolls</h1><p>The county’s <b>bridges</b>\n carried "
    "4,1 million&nbsp;cars.</p><a name='old name'></a><h2 id='user-content-use'>Use</h2><h2 id='Größe'>Size</h2>"
    "<p>They paid well.</p></body></html>"
)


@pytest.mark.parametrize(
    "fragment",
    [
        "tolls",
        "old%20name",
        "use",
        "Gr%C3%B6%C3%9Fe",
        "",
        "top",
        "TOP",
        "/route/12",
        "!/route",
        "!page",
        "tab=2",
        "gid=0",
        "L10-L20",
        "issuecomment-1234",
        "readme",
        "readme-ov-file",
        "L10",
        "respond",
        "comment-7",
        ":~:text=the%20county's%20BRIDGES",
        ":~:text=bridges%20carried,million%20cars",
        ":~:text=county%E2%80%99s-,bridges,cars,-They",
        ":~:text=Tolls&text=paid%20well",
        "tolls:~:text=paid",
        ":~:unknown=directive",
    ],
)
def test_what_is_there_or_names_no_part_is_not_noted(fragment: str) -> None:
    assert missing_in_html(PAGE.encode(), "utf-8", [fragment]) == ()


@pytest.mark.parametrize(
    "fragment",
    [
        "methods",
        "Tolls",  # names are case-sensitive
        ":~:text=the%20ferries",
        ":~:text=cars,bridges",
        "tolls:~:text=ferries",
        "methods:~:text=bridges",
        ":~:text=Tolls&text=ferries",
        ":~:text=go()",
    ],
)
def test_what_is_not_there_is_noted(fragment: str) -> None:
    assert missing_in_html(PAGE.encode(), "utf-8", [fragment, "tolls"]) == (fragment,)


@pytest.mark.parametrize(
    ("page", "noted"),
    [
        ("<html><body><h1>Tolls</h1></body>", True),
        ("<html><body><h1>Tolls</h1><script src=names.js></script></body>", False),  # scripts name its headings
        ("<html><body><main id=app></main><script src=app.js></script></body>", False),
        ("", False),
    ],
)
def test_a_page_whose_parts_scripts_may_name_says_nothing(page: str, noted: bool) -> None:
    assert bool(missing_in_html(page.encode(), None, ["methods"])) is noted


@pytest.mark.parametrize(
    ("fragment", "page"),
    [
        ("page=12", 12),
        ("PAGE=12", 12),
        ("zoom=100&page=7&x=1", 7),
        ("page=3,zoom=50", 3),
        ("page", None),
        ("p=3", None),
    ],
)
def test_a_fragment_asks_for_a_page(fragment: str, page: int | None) -> None:
    assert page_asked_for(fragment) == page


def test_a_page_beyond_the_last_is_noted() -> None:
    assert missing_in_pdf(12, ["page=12", "page=13", "page=0", "nameddest=x", "chapter"]) == ("page=13",)
    assert missing_in_pdf(0, ["page=13"]) == ()


@pytest.mark.parametrize(
    ("url", "fragment"),
    [("http://a.test/x#y#z", "y#z"), ("http://a.test/", ""), ("http://a.test/#", ""), ("#a ", "a")],
)
def test_the_fragment_of_an_address(url: str, fragment: str) -> None:
    assert fragment_of(url) == fragment


@given(st.binary(max_size=200), st.text())
def test_any_page_and_fragment_may_be_asked_about(body: bytes, fragment: str) -> None:
    assert missing_in_html(body, None, [fragment]) in ((), (fragment,))
