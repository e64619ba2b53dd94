"""Journals, proceedings and newspapers: which names may be of one."""

import pytest

from verifier.checker.works.containers import is_agency, is_repository, same_container


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Journal of Bridge Engineering", "Journal of Bridge Engineering"),
        ("Journal of Bridge Engineering", "The Journal of Bridge Engineering"),
        ("Trans. Mach. Learn. Res.", "Transactions on Machine Learning Research"),
        ("Natl. Geogr.", "National Geographic"),
        ("JAMA", "Journal of the American Medical Association"),
        ("ICML", "International Conference on Machine Learning"),
        ("NeurIPS", "Advances in Neural Information Processing Systems"),
        ("Proceedings of the 12th Workshop on Tolls", "Workshop on Tolls"),
        ("Aldern Courier, May 3, 2020", "Aldern Courier"),
        ("Bridge Review", "Bridge Review, 3 May 2020"),
        ("", "Bridge Review"),
        ("12", "Bridge Review"),
    ],
)
def test_names_that_may_be_of_one(one: str, other: str):
    assert same_container(one, other)
    assert same_container(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Journal of Bridge Engineering", "Journal of Medical Ethics"),
        ("International Review", "International Conference on Ferries"),
        ("Nature", "Science"),
        ("JAMA", "Journal of Bridge Engineering"),
        ("Trans. Mach. Learn. Res.", "Transactions on Medical Imaging"),
        ("Aldern Courier", "Corvale Gazette"),
    ],
)
def test_names_of_two(one: str, other: str):
    assert not same_container(one, other)
    assert not same_container(other, one)


@pytest.mark.parametrize(
    ("name", "keeps"),
    [
        ("arXiv", True),
        ("SSRN Electronic Journal", True),
        ("NBER Working Papers", True),
        ("Europe PMC", True),
        ("Journal of Bridge Engineering", False),
        ("Halifax Courier", False),
        ("", False),
    ],
)
def test_where_works_are_kept(name: str, keeps: bool):
    assert is_repository(name) is keeps


@pytest.mark.parametrize(
    ("name", "passes_on"), [("Reuters", True), ("Associated Press", True), ("AP", True), ("Apple Daily", False)]
)
def test_who_passes_news_on(name: str, passes_on: bool):
    assert is_agency(name) is passes_on
