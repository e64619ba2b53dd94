"""What the fields of a work's metadata say: names, lists of names, dates, identifiers."""

import pytest

from verifier.model import Author
from verifier.resolver.works.fields import author_of, authors_in, date_in, identifier_of, plain


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("  Bridges\n of  Aldern ", "Bridges of Aldern"),
        ("Tolls &amp;amp; ferries", "Tolls & ferries"),
        ("H<sub>2</sub>O in <i>rivers</i>", "H2O in rivers"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        (142, ""),
        (None, ""),
        ("x" * 1000, "x" * 600),
    ],
)
def test_words(field: object, words: str):
    assert plain(field) == words


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Ada Quist", Author("Quist", "Ada")),
        ("Quist, Ada M.", Author("Quist", "Ada M")),
        ("By Ada Quist", Author("Quist", "Ada")),
        ("Written by: Ada Quist;", Author("Quist", "Ada")),
        ("Ada van der Berg", Author("van der Berg", "Ada")),
        ("Ada Quist, Jr.", Author("Quist", "Ada")),
        ("Quist", Author("Quist")),
        ("Office for National Statistics", Author("Office for National Statistics")),
        ("Bridge Review", Author("Bridge Review")),
        ("one two three four five six seven", Author("one two three four five six seven")),
        ("https://example.org/ada", None),
        ("ada@example.org", None),
        ("*,†", None),
        ("2024", None),
        ("", None),
        (None, None),
    ],
)
def test_one_name(name: object, author: Author | None):
    assert author_of(name) == author


@pytest.mark.parametrize(
    ("names", "families"),
    [
        ("A. Quist, Ben Hart and Carla Moor", ["Quist", "Hart", "Moor"]),
        ("A. Quist, Ben Hart, and Carla Moor", ["Quist", "Hart", "Moor"]),
        ("Quist, A.; Hart, B.", ["Quist", "Hart"]),
        ("Ada Quist & Ben Hart", ["Quist", "Hart"]),
        ("Ada Quist und Ben Hart", ["Quist", "Hart"]),
        ("Quist, Ada", ["Quist"]),
        ("By Ada Quist", ["Quist"]),
        ("", []),
        (None, []),
    ],
)
def test_a_list_of_names(names: object, families: list[str]):
    assert [author.family for author in authors_in(names)] == families


@pytest.mark.parametrize(
    ("field", "day"),
    [
        ("2020-05-12T10:00:00Z", "2020-05-12"),
        ("2020/5/2", "2020-05-02"),
        ("2020-05", "2020-05"),
        ("2020-05-40", "2020-05"),
        ("2020-13-01", "2020"),
        (2020, "2020"),
        ("May 2020", "2020"),
        ("© 2019-2020", None),
        ("12/05/20", None),
        ("120205", None),
        ("", None),
        (None, None),
    ],
)
def test_dates(field: object, day: str | None):
    assert date_in(field) == day


@pytest.mark.parametrize(
    ("kind", "field", "key"),
    [
        ("doi", "10.1000/ABC.1", "doi:10.1000/abc.1"),
        ("doi", "https://doi.org/10.1000/182).", "doi:10.1000/182"),
        ("doi", "10.1/x", None),
        ("doi", "hdl:2027/1", None),
        ("isbn", "978-0-306-40615-7", "isbn:9780306406157"),
        ("isbn", "ISBN: 0-306-40615-x", "isbn:030640615X"),
        ("isbn", "12345", None),
        ("arxiv", "arXiv:2101.00001", "arxiv:2101.00001"),
        ("pmid", " 123 ", "pmid:123"),
        ("pmid", "", None),
    ],
)
def test_identifiers(kind: str, field: str, key: str | None):
    assert identifier_of(kind, field) == key
