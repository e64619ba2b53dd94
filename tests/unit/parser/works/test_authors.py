"""Lists of authors: persons in either order, initials, particles, institutions."""

import pytest

from verifier.model import Author
from verifier.parser.works.authors import leading_authors, read_authors, split_names, without_et_al


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("Ann Reed", [("Reed", "Ann")]),
        ("Ann Reed and Bo Holm", [("Reed", "Ann"), ("Holm", "Bo")]),
        ("Ann Reed, Bo Holm, and Cy Dale", [("Reed", "Ann"), ("Holm", "Bo"), ("Dale", "Cy")]),
        ("Ann Reed & Bo Holm", [("Reed", "Ann"), ("Holm", "Bo")]),
        ("Ann Reed et al.", [("Reed", "Ann")]),
        ("Reed, Ann", [("Reed", "Ann")]),
        ("Reed, Ann, and Bo Holm", [("Reed", "Ann"), ("Holm", "Bo")]),
        ("Reed, A., Holm, B. and Dale, C.", [("Reed", "A."), ("Holm", "B."), ("Dale", "C.")]),
        ("Reed, A.; Holm, B.", [("Reed", "A."), ("Holm", "B.")]),
        ("Okoye CN, Moor J", [("Okoye", "CN"), ("Moor", "J")]),
        ("Ann van der Berg", [("van der Berg", "Ann")]),
        ("World Health Organization", [("World Health Organization", None)]),
        ("Department of Health and Human Services", [("Department of Health and Human Services", None)]),
        ("Ann Reed (ed.)", [("Reed", "Ann")]),
        ("", []),
    ],
)
def test_lists(written: str, authors: list[tuple[str, str | None]]):
    assert read_authors(written) == tuple(Author(family, given) for family, given in authors)


@pytest.mark.parametrize(
    "written", ["the county inspected its bridges", "142 bridges", "see above, at 3", "http://a.test/x"]
)
def test_what_is_no_list_of_names(written: str):
    assert split_names(written) is None
    assert read_authors(written) == ()


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Ann Reed et al.", "Ann Reed"),
        ("Ann Reed, et al", "Ann Reed"),
        ("Ann Reed, eds.", "Ann Reed"),
        ("Reed", "Reed"),
    ],
)
def test_what_follows_the_names(written: str, left: str):
    assert without_et_al(written) == left


@pytest.mark.parametrize(
    ("parts", "count"),
    [
        (["Ann Reed", "Bridges of Aldern", "2024"], 1),
        (["Ann Reed", "Bo Holm", "and Cy Dale", "Bridges of Aldern"], 3),
        (["Ann Reed and Bo Holm", "Bridges of Aldern"], 1),
        (["Ann Reed", "Bo Holm et al.", "Bridges of Aldern"], 2),
        (["Ann Reed", "eds.", "Bridges of Aldern"], 2),
        (["the bridges of Aldern", "2024"], 0),
        ([], 0),
    ],
)
def test_how_many_parts_before_the_title_are_authors(parts: list[str], count: int):
    assert leading_authors(parts) == count
