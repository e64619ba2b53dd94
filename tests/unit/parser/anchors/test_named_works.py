import pytest

from verifier.model import Citation, Footnote, NoteKind
from verifier.parser.anchors.named_works import tie_named_works

WORKS = [Footnote(f"fn-{n}", str(n - 1), NoteKind.REFERENCE, 9, "A. Toller. Gates.") for n in (2, 3, 4)]


def note(text: str, page: int = 1, **details: tuple[str, ...]) -> Footnote:
    return Footnote("fn-1", "1", NoteKind.FOOTNOTE, page, text, citations=(Citation(text, **details),))


def pointed(footnote: Footnote, works: list[Footnote] = WORKS) -> str | None:
    return tie_named_works([footnote, *works])[0].citations[0].refers_to


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("See [2], p. 4.", "fn-3"),
        ("[2, pp. 4–6].", "fn-3"),
        ("See [2] and [3].", None),
        ("See [7].", None),
        ("It was held so in [2019] EWCA Civ 2.", None),
        ("A share in the interval [2, 2].", None),
        ("See the town's book.", None),
    ],
)
def test_a_note_that_names_one_work(text: str, target: str | None) -> None:
    assert pointed(note(text)) == target


def test_what_a_note_cites_itself_stays() -> None:
    cited = note("https://example.org/a, see [2].", urls=("https://example.org/a",))
    assert tie_named_works([cited, *WORKS])[0] is cited
    assert pointed(note("See [2].", identifiers=("doi:10.1000/1",))) is None


def test_lists_by_chapter() -> None:
    later = Footnote("fn-9", "1", NoteKind.REFERENCE, 20, "B. Carter. Roads.")
    assert pointed(note("See [1]."), [*WORKS, later]) == "fn-2"
    assert pointed(note("See [1].", page=12), [*WORKS, later]) == "fn-9"
    assert pointed(note("See [1].", page=30), [*WORKS, later]) == "fn-9"


def test_without_a_bibliography_nothing_changes() -> None:
    footnote = note("See [2].")
    assert tie_named_works([footnote]) == (footnote,)
