"""To whom a letter goes: the authors that the document names, offered to be changed; nobody where it names none."""

from collections.abc import Sequence

_MOST_GREETED = 4
"""Authors who are all named; of more the first, who is mostly the one to be asked."""


def recipient_words(authors: Sequence[str]) -> str:
    """The authors as a letter names them: `Ana Ruiz, Bo Li and Cy Day`; empty where nobody is known."""
    if len(authors) > _MOST_GREETED:
        return f"{authors[0]} and co-authors"
    first, last = authors[:-1], authors[-1:]
    return " and ".join(filter(None, (", ".join(first), *last)))
