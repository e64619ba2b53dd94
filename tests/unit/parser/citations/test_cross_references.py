import pytest

from verifier.model import Footnote, NoteKind
from verifier.parser.citations.cross_references import (
    CrossReference,
    cited_work,
    cross_references,
    dangling_references,
    is_ibid,
    tie_references,
)
from verifier.parser.citations.split import split_citations


def note(number: int, text: str, kind: NoteKind = NoteKind.FOOTNOTE) -> Footnote:
    return Footnote(f"fn-{number}", str(number), kind, page=1, text=text, citations=split_citations(text, []))


def references(*texts: str) -> list[tuple[str | None, ...]]:
    notes = tie_references([note(i, text) for i, text in enumerate(texts, start=1)])
    return [tuple(citation.refers_to for citation in n.citations) for n in notes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A., supra note 12, at 7.", [CrossReference("12")]),
        ("A., supra n. 12", [CrossReference("12")]),
        ("note 12 above", [CrossReference("12")]),
        ("see notes 12–14 above", [CrossReference("12")]),
        ("above, note 12", [CrossReference("12")]),
        ("Reed (n 12) 4", [CrossReference("12")]),
        ("infra note 40", [CrossReference("40", later=True)]),
        ("note 40 below", [CrossReference("40", later=True)]),
        ("Reed, op. cit. (note 12), p. 3", [CrossReference("12")]),
        ("See note 12.", [CrossReference("12")]),
        ("See footnote 12 and accompanying text.", [CrossReference("12")]),
        ("supra notes 3 and text; infra note 9", [CrossReference("3"), CrossReference("9", later=True)]),
        ("See note 12 of the annual report.", []),
        ("Table 3, note 1 of the report.", []),
        ("Reed at 7 (n 3)", []),
        ("(n = 40)", []),
        ("supra Part III", []),
    ],
)
def test_cross_references(text: str, found: list[CrossReference]) -> None:
    assert cross_references(text) == found


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("Ibid.", True), ("ibid 17", True), ("Id. at 4.", True), ("See id. at 4", True), ("Idem, p. 3.", True),
        ("For more, see id. at 5.", True), ("ID cards were issued.", False), ("Idle talk.", False), ("Id est", False),
    ],
)  # fmt: skip
def test_is_ibid(text: str, means: bool) -> None:
    assert is_ibid(text) is means


def test_ibid_means_the_note_before() -> None:
    assert references("A. Work.", "Ibid., p. 3.", "Id. at 4.") == [(None,), ("fn-1",), ("fn-2",)]


def test_ibid_in_a_note_means_the_work_before_it() -> None:
    assert references("A. Work.", "B (2019), at 3; see also id. at 7.") == [(None,), (None, "fn-2")]


def test_ibid_passes_over_the_notes_of_a_table() -> None:
    notes = [note(1, "A. Work."), note(1, "Rounded.", NoteKind.TABLE_NOTE), note(2, "Ibid.")]
    assert tie_references(notes)[2].citations[0].refers_to == notes[0].id


def test_supra_means_the_note_it_names() -> None:
    assert references("A. Work.", "B. Work.", "A., supra note 1, at 7.", "See note 2 above.", "A (n 1) 3.") == [
        (None,), (None,), ("fn-1",), ("fn-2",), ("fn-1",),
    ]  # fmt: skip


def test_infra_means_a_later_note() -> None:
    assert references("See infra note 2.", "B. Work.") == [("fn-2",), (None,)]


def test_a_name_given_by_hereinafter_is_known_from_then_on() -> None:
    assert references(
        "Tides Act.", "Ann Reed, The Tides of the North (2010) [hereinafter Tides].", "Tides, at 7.", "Tides Act."
    ) == [(None,), (None,), ("fn-2",), ("fn-2",)]


def test_op_cit_and_short_forms_mean_the_work_of_that_author() -> None:
    assert references(
        "Ann Reed, “Tides of the North,” River Review, 2010.",
        "Bo Holm, The Slow Currents (Oslo: North, 2012).",
        "Reed, op. cit., p. 4.",
        "Reed, “Tides of the North,” 15.",
        "Holm, The Slow Currents, 3.",
        "Holm, supra, at 7.",
        "Dale, “Tides of the North,” 15.",
        "Holm, The Fast Currents, 3.",
    ) == [(None,), (None,), ("fn-1",), ("fn-1",), ("fn-2",), ("fn-2",), (None,), (None,)]


def test_what_is_not_there_is_not_referred_to() -> None:
    assert references("Ibid.", "Supra note 9.", "Table 3, note 1 of the report.") == [(None,), (None,), (None,)]


@pytest.mark.parametrize(
    ("pointing", "means"),
    [
        ("Holm, supra note 1, at 7.", 1),
        ("See Reed, supra note 1.", 0),
        ("Holm (n 1) 7", 1),
        ("Reed, “Tides,” supra note 1", 0),
        ("Dale, supra note 1.", None),
        ("Supra note 1.", None),
        ("Ibid.", None),
    ],
)
def test_which_of_several_works_is_meant(pointing: str, means: int | None) -> None:
    several = note(1, "Ann Reed, Tides (2010), at 3; Bo Holm, Currents (2012), at 5.")
    assert cited_work(split_citations(pointing, [])[0], several) == means


def test_dangling_references() -> None:
    notes = [note(1, "Ibid."), note(2, "Supra note 9."), note(3, "Note 1 above.")]
    assert [(n.label, what) for n, what in dangling_references(notes)] == [
        ("1", "refers to the note before it, and there is none"),
        ("2", "refers to note 9, which was not found"),
    ]
