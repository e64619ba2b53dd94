"""Phrases find what one expression of all their patterns finds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.resolver.judge.phrases import all_of, any_of, patterns_of
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


SECTIONS = {name: patterns_of(name) for name in ("not_found", "absence", "notices", "visitor", "walls", "dead_pages")}
WORDS = sorted(
    {
        word
        for patterns in SECTIONS.values()
        for pattern in phrases_of(patterns).patterns
        for clause in needed(pattern)
        for word in clause
    }
    | {" ", ". ", "the ", "page ", "not "}
)


PHRASES = {name: phrases_of(sections) for name, sections in SECTIONS.items()}
WHOLE = {name: all_of(sections) for name, sections in SECTIONS.items()}


@pytest.mark.parametrize("name", SECTIONS)
@settings(deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=12))
def test_nothing_is_missed_and_nothing_else_is_found(name, words):
    text = " ".join(words)
    found, expected = PHRASES[name].search(text), WHOLE[name].search(text)
    assert (found and found.span()) == (expected and expected.span())
    assert bool(PHRASES[name].fullmatch(text)) is bool(WHOLE[name].fullmatch(text))
    assert [m.span() for m in PHRASES[name].finditer(text)] == [m.span() for m in WHOLE[name].finditer(text)]


def test_a_word_that_is_known_later_is_found_in_a_text_that_was_searched_before() -> None:
    text = "the heron and the egret"
    assert Phrases(["heron"]).search(text)
    assert Phrases(["egre(?:t|g)"]).search(text)


@settings(deadline=None)
@given(text=st.text(alphabet="abc .", max_size=30))
def test_any_text(text):
    patterns = ["a(?:b|bc)+", "ab?c", "(?:cab|abc)(?! )", r"\bcab\b|bab", "a{2,3}b"]
    found, expected = Phrases(patterns).search(text), any_of(patterns).search(text)
    assert (found and found.group()) == (expected and expected.group())
