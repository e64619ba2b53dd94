"""A letter as text: how it begins and ends, and its questions between, numbered."""

from dataclasses import dataclass

from db.letters import StoredLetter
from verifier.characters import shown
from verifier.parser.patterns import regex
from verifier.reports.labels import counted, document_name

_LONGEST_TITLE = 150
"""Characters of a title in a letter: longer ones are headings that a program took for one."""

_PRINTED_BY = regex(r"^Microsoft (?:Office )?(?:Word|PowerPoint|Excel) - ")
"""What Windows' printing to PDF puts before the name of the file."""


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """What is offered of a letter before an editor changes it: to whom, about what, how many questions."""

    recipient: str
    title: str
    questions: int

    @property
    def subject(self) -> str:
        """What it is about, in a line."""
        return subject_words(self.title, self.questions)

    @property
    def opening(self) -> str:
        """How it begins."""
        return opening_words(self.recipient, self.title, self.questions)

    def kept(self, subject: str, opening: str, recipient: str, questions: int) -> tuple[str, str]:
        """Subject and opening as they are kept: what an editor left as it was offered names what was chosen since."""
        chosen = LetterDraft(recipient, self.title, questions)
        return (
            chosen.subject if subject == self.subject else subject,
            chosen.opening if opening == self.opening else opening,
        )


def title_words(title: str | None, path: str) -> str:
    """What a letter calls a document: its title, or the file its author printed, else its own name; one line."""
    printed = _PRINTED_BY.match(title or "")
    name = (title or "")[printed.end() :] if printed else document_name(title, path.rpartition("/")[2])
    words = " ".join(shown(name).split())
    return words if len(words) <= _LONGEST_TITLE else words[: _LONGEST_TITLE - 1].rstrip() + "…"


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


def numbered(letter: StoredLetter) -> list[str]:
    """The questions of a letter, each behind its number."""
    return [f"{number}. {question.words.strip()}" for number, question in enumerate(letter.questions, 1)]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, in order; a paragraph may have several lines."""
    return [paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()]


def letter_text(letter: StoredLetter) -> str:
    """The whole letter as plain text, ending in a line break."""
    parts = (letter.opening, *numbered(letter), letter.closing)
    return "\n\n".join(shown(paragraph) for part in parts for paragraph in paragraphs(part)) + "\n"
