import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.model import Author, DescribedWork, Nature, Notice, TitleOrigin
from verifier.resolver.text.markup import html_tree
from verifier.resolver.works.page import described_page

BODY = "<p>The survey covers forty districts and three rivers.</p>"


def described(head: str = "", body: str = BODY, url: str = "https://x.example/p/1") -> DescribedWork:
    tree = html_tree(f"<html lang='en'><head>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return described_page(tree, url)


def test_metadata_of_a_journal() -> None:
    work = described(
        "<title>Tolls | Port Economics</title><meta name='citation_title' content='Tolls'>"
        "<meta name='citation_author' content='Quist, Ada'><meta name='citation_author' content='Ben van Houten'>"
        "<meta name='citation_publication_date' content='2019/03/04'><meta name='citation_doi' content='10.5555/AbC'>"
        "<meta name='citation_journal_title' content='Port Economics'>"
    )
    assert (work.nature, work.title, work.container) == (Nature.WORK, "Tolls", "Port Economics")
    assert work.authors == (Author("Quist", "Ada"), Author("van Houten", "Ben"))
    assert (work.dates, work.identifiers, work.by_line) == (("2019-03-04",), ("doi:10.5555/abc",), False)


def test_json_ld_in_a_graph() -> None:
    work = described(
        '<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Shelf"},{"@type":["NewsArticle"],'
        '"headline":"Tolls rise","datePublished":"2020-05-01T08:00Z","dateModified":"2024-01-01","author":[{"@type":'
        '"Person","name":"Ada Quist"}],"publisher":{"name":"The Herald"}}]}</script>'
    )
    assert (work.title, work.dates, work.site, work.is_news) == ("Tolls rise", ("2020-05-01",), "The Herald", True)


def test_titles_lose_the_site_and_keep_their_order() -> None:
    work = described(
        "<title>Shelf » Tolls in winter</title><meta property='og:site_name' content='Shelf'>"
        "<meta property='og:title' content='Tolls in winter: a study'>",
        f"<h1>Tolls in winter</h1>{BODY}",
    )
    assert [one.text for one in work.titles] == ["Tolls in winter: a study", "Tolls in winter"]
    assert work.titles[0].origin is TitleOrigin.OPEN_GRAPH


def test_a_byline_is_read_where_it_holds_names_alone() -> None:
    assert described(body=f"<h1>Tolls</h1><p class='byline'>By Ada Quist and Ben Hart</p>{BODY}").authors == (
        Author("Quist", "Ada"),
        Author("Hart", "Ben"),
    )
    assert described(body=f"<h1>Tolls</h1><p class='byline'>Ada Quist 3 days ago</p>{BODY}").authors == ()


def test_lists_of_other_works_are_no_text_of_the_page() -> None:
    work = described(
        body=f"<h1>Tolls</h1>{BODY}<section><h2>References</h2><li>Night trains and sleep</li></section>"
        "<aside><li>Silt</li></aside><div class='related'>Sand</div>"
    )
    assert "forty districts" in work.opening
    assert not {"Night", "Silt", "Sand"} & set(work.opening.split())


def test_what_is_hidden_is_no_text_of_the_page() -> None:
    assert (
        "token"
        not in described(body=f"<h1>Tolls</h1>{BODY}<i hidden>token</i><p style='display: none'>token</p>").opening
    )


LIST = "".join(f"<li><a href='/{n}'>A study of canals and barges, part {n}</a></li>" for n in range(9))
NATURES = [
    ("<title>Log in</title>", "<h1>Log in</h1>", Nature.WALL),
    ("<title>Just a moment...</title>", "<h1>Checking your browser</h1>", Nature.WALL),
    ("<title>404 Not Found</title>", "<h1>Not Found</h1>", Nature.ERROR),
    ("<title>Page not found - Shelf</title>", "<h1>Oops!</h1>", Nature.ERROR),
    ("<title>shelf.example is for sale</title>", "<h1>Make an offer</h1>", Nature.PARKED),
    ("<title>Publications | Shelf</title>", f"<h1>Publications</h1><ul>{LIST}</ul>", Nature.LIST),
    ("<title>Canals | Shelf</title>", f"<h1>Canals</h1><ul>{LIST}</ul>", Nature.LIST),
    ("<title>Vol. 16 No. 1 (2022)</title>", f"<h1>Vol. 16 No. 1 (2022)</h1>{BODY}", Nature.LIST),
    ("<title>Trade Data Explorer</title>", f"<h1>Trade Data Explorer</h1>{BODY}", Nature.PORTAL),
    ("<title>Welcome to the Shelf</title>", f"<h1>Welcome</h1>{BODY}", Nature.HOME),
    ("<title>App</title>", "<div id='root'></div>", Nature.NOTHING),
    ("", "", Nature.NOTHING),
    ("<title>Why a 404 matters to ports</title>", f"<h1>Why a 404 matters to ports</h1>{BODY}", Nature.WORK),
    ("<title>Reports of my death</title>", f"<h1>Reports of my death</h1>{BODY}", Nature.WORK),
]


@pytest.mark.parametrize(("head", "body", "nature"), NATURES)
def test_what_a_page_is(head: str, body: str, nature: Nature) -> None:
    assert described(head, body).nature is nature


def test_the_root_of_a_site_is_its_home() -> None:
    assert described("<title>A shelf</title>", f"<h1>A shelf</h1>{BODY}", "https://x.example/").nature is Nature.HOME


@pytest.mark.parametrize(
    ("title", "notice"),
    [
        ("RETRACTED: Tolls", Notice.RETRACTED),
        ("Erratum: “Tolls”", Notice.CORRECTION),
        ("Retraction notice to: Tolls", Notice.CORRECTION),
        ("Book review: Tolls, by A. Quist", Notice.REVIEW),
        ("Comment on “Tolls”", Notice.COMMENT),
        ("Reviewing tolls", None),
        ("Corrections officers and pay", None),
    ],
)
def test_notices(title: str, notice: Notice | None) -> None:
    assert described(f"<title>{title}</title>", f"<h1>{title}</h1>{BODY}").notice is notice


@given(st.text(max_size=400))
def test_any_page_is_described(source: str) -> None:
    tree = html_tree(f"<html><head><script type='application/ld+json'>{source}</script></head><body>{source}</body>")
    if tree is not None:
        assert described_page(tree).nature in Nature
