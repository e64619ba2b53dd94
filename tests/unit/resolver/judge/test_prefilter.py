"""Phrases find what one expression of all their patterns finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.resolver.judge.phrases import all_of, any_of, signs_of
from verifier.resolver.judge.prefilter import Phrases, needed, phrases_of


@pytest.mark.parametrize(
    ("pattern", "clauses"),
    [
        ("abc", [{"abc"}]),
        ("abcd?", [{"abc"}]),
        ("ab?cd", []),
        ("(?:foo|bar)x", [{"foo", "bar"}]),
        ("(?:foo|b)", []),
        ("(?:foo)?bar", [{"bar"}]),
        ("(?:foo){0,2}bar", [{"bar"}]),
        ("(?:foo)+bar", [{"foo"}, {"bar"}]),
        ("foo(?!never)bar", [{"foo"}, {"bar"}]),
        ("(?<!never )foo", [{"foo"}]),
        (r"foo\b[^.|)]{0,9}bar", [{"foo"}, {"bar"}]),
        (r"a\.b", []),
        ("no (?:page|site)|404 error", [{"page", "site", "404 error"}]),
        ("foo(?:a(?:xyz|uvw)|stu)", [{"foo"}, {"xyz", "uvw", "stu"}]),
        ("页面", [{"页面"}]),
    ],
)
def test_what_a_match_cannot_do_without(pattern, clauses):
    assert list(needed(pattern)) == [frozenset(clause) for clause in clauses]


def test_the_leftmost_match_and_of_those_the_first_pattern():
    phrases = Phrases(["later words", "some", "some longer"])
    found = phrases.search("here are some longer and later words")
    assert found is not None
    assert (found.start(), found.group()) == (9, "some")
    assert phrases.search("nothing of it") is None


SECTIONS = {name: signs_of(name) for name in ("not_found", "absence", "notices", "visitor", "walls", "dead_pages")}
WORDS = sorted(
    {
        word
        for signs in SECTIONS.values()
        for pattern in phrases_of(signs).patterns
        for clause in needed(pattern)
        for word in clause
    }
    | {" ", ". ", "the ", "page ", "not "}
)


@pytest.mark.parametrize("name", SECTIONS)
@given(words=st.lists(st.sampled_from(WORDS), max_size=12))
def test_nothing_is_missed_and_nothing_else_is_found(name, words):
    text = " ".join(words)
    found, expected = phrases_of(SECTIONS[name]).search(text), all_of(SECTIONS[name]).search(text)
    assert (found and found.span()) == (expected and expected.span())


@given(text=st.text(alphabet="abc .", max_size=30))
def test_any_text(text):
    patterns = ["a(?:b|bc)+", "ab?c", "(?:cab|abc)(?! )", r"\bcab\b|bab", "a{2,3}b"]
    found, expected = Phrases(patterns).search(text), any_of(patterns).search(text)
    assert (found and found.group()) == (expected and expected.group())
