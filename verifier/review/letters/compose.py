"""A letter as text: how it begins and ends, and its questions between, numbered."""

from db.letters import StoredLetter
from verifier.reports.labels import counted


def opening_words(recipient: str, title: str, questions: int) -> str:
    """How a letter begins, for an editor to change."""
    asked = f"we have {counted(questions, 'question')} about “{title}”."
    return f"Dear {recipient or 'author'},\n\n{asked}"


def closing_words(editor: str) -> str:
    """How a letter ends, for an editor to change."""
    return f"Thank you,\n{editor}"


def subject_words(title: str, questions: int) -> str:
    """What a letter is about, in a line."""
    return f"{counted(questions, 'question').capitalize()} about “{title}”"


def paragraphs_of(letter: StoredLetter) -> list[str]:
    """The paragraphs of a letter, in order; a paragraph may have several lines."""
    questions = [
        paragraph
        for number, question in enumerate(letter.questions, 1)
        for paragraph in f"{number}. {question.words.strip()}".split("\n\n")
    ]
    return [
        paragraph.strip()
        for paragraph in (*letter.opening.split("\n\n"), *questions, *letter.closing.split("\n\n"))
        if paragraph.strip()
    ]


def letter_text(letter: StoredLetter) -> str:
    """The whole letter as plain text, ending in a line break."""
    return "\n\n".join(paragraphs_of(letter)) + "\n"
