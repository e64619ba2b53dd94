"""To whom a letter goes."""

import pytest

from verifier.review.letters.author import recipient_words


@pytest.mark.parametrize(
    ("authors", "words"),
    [
        ((), ""),
        (("Ana Ruiz",), "Ana Ruiz"),
        (("Ana Ruiz", "Bo Li"), "Ana Ruiz and Bo Li"),
        (("Ana Ruiz", "Bo Li", "Cy Day"), "Ana Ruiz, Bo Li and Cy Day"),
        (("Ana Ruiz", "Bo Li", "Cy Day", "Di Ek", "Ed Fox"), "Ana Ruiz and co-authors"),
    ],
)
def test_whom_it_names(authors, words):
    assert recipient_words(authors) == words
