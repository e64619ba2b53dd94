"""A letter as text."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from db.letters import LetterQuestion, StoredLetter
from verifier.review.letters.compose import LetterDraft, letter_text, subject_words, title_words

LETTER = StoredLetter(
    "id",
    1,
    "Dr Iñés Who",
    "who@uni.test",
    "2 questions about “Tolls & Crossings”",
    "Dear Dr Who,\n\nwe ask:",
    "Thank you,\nAna",
    (LetterQuestion("Is it 5 < 6?\nOr 7?", "f1"), LetterQuestion("Where is it?", "f2")),
    "Ana",
    datetime(2026, 1, 5, tzinfo=UTC),
)
TEXT = "Dear Dr Who,\n\nwe ask:\n\n1. Is it 5 < 6?\nOr 7?\n\n2. Where is it?\n\nThank you,\nAna\n"


def test_the_letter_as_text():
    assert letter_text(LETTER) == TEXT
    assert subject_words("Tolls", 1) == "1 question about “Tolls”"


def test_what_turns_the_order_of_signs_is_not_in_the_letter():
    text = letter_text(replace(LETTER, opening="a \u202eb\x1b[0m \u05d0\u200f"))
    assert text.startswith("a \ufffdb\ufffd[0m \u05d0\u200f\n")


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Tolls", "Tolls"),
        (None, "a b.pdf"),
        ("", "a b.pdf"),
        ("Microsoft Word - tolls.docx", "tolls.docx"),
        ("Tolls\n\u202eand", "Tolls \ufffdand"),
        ("x" * 500, "x" * 149 + "…"),
    ],
)
def test_what_a_letter_calls_a_document(title, words):
    assert title_words(title, "papers/a b.pdf") == words


def test_what_was_left_as_offered_names_what_was_chosen_since():
    draft = LetterDraft("", "Tolls", 3)
    assert draft.opening == "Dear author,\n\nwe have 3 questions about “Tolls”."
    kept = draft.kept(draft.subject, draft.opening, "Ana Ruiz", 1)
    assert kept == ("1 question about “Tolls”", "Dear Ana Ruiz,\n\nwe have 1 question about “Tolls”.")
    assert draft.kept("Tolls", "Hello", "Ana Ruiz", 1) == ("Tolls", "Hello")
