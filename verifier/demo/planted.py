"""What is planted in the demo's paper: what a right checker reports on its first run, with no accusation besides."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted fault: the note's label, the code of the finding it must raise, and what is wrong in a sentence.

    The label is None where the fault is of no note.
    """

    label: str | None
    code: str
    what: str


PLANTED: tuple[Planted, ...] = (
    Planted("3", "link_moved", "the statistics office moved the page for good; the figures there are right"),
    Planted("5", "link_unconfirmed", "the survey is gone: its address answers 404"),
    Planted("6", "figure_disagrees", "the paper says 412 cracked welds, the inspection report 142"),
    Planted("7", "source_not_given", "the note gives a figure and nothing to check it against"),
    Planted("8", "figure_disagrees", "the paper takes a van's toll for a lorry's: $5.10 instead of $9.60"),
    Planted("9", "figure_disagrees", "the paper says 12 percent, the Authority 21 percent"),
    Planted("12", "link_unconfirmed", "the minutes are gone: a page that says so is served as if all were well (200)"),
    Planted("14", "link_unconfirmed", "the address now leads to the ferry company's home page"),
    Planted("15", "link_blocked", "the newspaper checks browsers and turns us away"),
    Planted("19", "quote_differs", "the paper quotes “turned away”, the policy says “turned back”"),
    Planted("20", "link_broken", "the address has a slip of the pen: two full stops in a row name no host"),
    Planted("21", "work_other", "the identifier is that of an article on frost, not of the one on passes"),
    Planted(None, "document_inconsistent", "the table's four figures come to 152.3, its total says 153.2"),
)
"""In the order of the notes.

On a first run a dead link is `link_unconfirmed`: broken is earned by three checks. An address that nobody can ask for
is broken at first sight.
"""
