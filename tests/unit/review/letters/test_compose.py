"""A letter as text."""

from datetime import UTC, datetime

from db.letters import LetterQuestion, StoredLetter
from verifier.review.letters.compose import letter_text, subject_words

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
