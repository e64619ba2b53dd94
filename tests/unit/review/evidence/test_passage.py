"""The passage that a finding rests on, found again among letters."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from verifier.review.evidence.character_index import CharacterIndex, characters_of
from verifier.review.evidence.passage import Marking, Passage, locate

TEXTS = st.text(st.sampled_from("ab12 .|\n$%é½ﬁ<&") | st.characters(), max_size=60)


@given(TEXTS, TEXTS, TEXTS)
def test_marking_changes_no_word(before, words, after):
    text = before + words + after
    marking = Marking.of(text, Passage(words, words[1:3], before))
    marked = str(marking.marked(text))
    assert re.sub(r"</?mark[^>]*>", "", marked) == str(escape(text))
    assert marked.count('id="passage"') == bool(characters_of(words))


@given(TEXTS)
def test_letters_know_where_they_come_from(text):
    found = CharacterIndex.of(text)
    assert found.letters == characters_of(text)
    assert len(found.places) == len(found.letters)
    assert all(letter in characters_of(text[place]) for letter, place in zip(found.letters, found.places, strict=True))


@given(st.text(max_size=80), st.text(max_size=20))
def test_what_is_located_are_the_words(text, words):
    letters = characters_of(text)
    for begin, end in locate(letters, Passage(words)).pieces:
        assert letters[begin:end] in characters_of(words)


@pytest.mark.parametrize(
    ("text", "passage", "figure"),
    [
        ("It cost $9.60 then.", Passage("It cost $9.60 then.", "$9.60"), "$9.60"),
        ("It fell by -3% then.", Passage("It fell by -3% then.", "-3%"), "-3%"),
        ("About ~5 (five) men.", Passage("About ~5 (five) men.", "~5"), "~5"),
        ("Cells: 9.60 | 8", Passage("Cells: $9.60 | 8", "$9.60"), "9.60"),
        ("It rose 5 to 5 again.", Passage("It rose 5 to 5 again.", "5"), "5"),
        ("No figure here.", Passage("No figure here.", "7"), None),
        ("No figure here.", Passage("No figure here.", "$"), None),
        ("No figure here.", Passage("No figure here.", "No figure here."), None),
    ],
)
def test_a_figure_is_marked_with_its_signs(text, passage, figure):
    marking = Marking.of(text, passage)
    assert (text[slice(*marking.figure)] if marking.figure else None) == figure


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("The first sentence is here. The last one too.", ["The first sentence is here", "The last one too"]),
        ("The first sentence is here. Nowhere is this one.", ["The first sentence is here"]),
        ("Nowhere is this one. Nor this other one.", []),
        ("The last one too … The first sentence is here.", ["The last one too"]),
    ],
)
def test_of_a_passage_that_is_not_there_whole_such_pieces_are_marked_as_follow_each_other(words, found):
    text = "The first sentence is here. Between them stands another. The last one too."
    assert [text[slice(*piece)] for piece in Marking.of(text, Passage(words)).pieces] == found
