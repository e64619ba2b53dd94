import pytest

from tests.support.parser_lines import make_line
from verifier.parser.notes.link_evidence import Evidence
from verifier.parser.notes.markers import find_starts
from verifier.parser.page.geometry import Rect
from verifier.parser.page.lines import Line, LinkSpan
from verifier.parser.page.structure import Link


def linked(*rises: float) -> tuple[Evidence, list[Line]]:
    """Notes 1, 2 ... on page 2, with linked markers on page 1 whose targets lie so much above them."""
    markers, notes, links = [], [], []
    for number, rise in enumerate(rises, start=1):
        y = 600.0 - 60 * number
        marker = make_line(f"A claim.{number}", y=700.0 - 12 * number, raised=((8, 9),))
        marker.links = (LinkSpan(8, 9, number - 1),)
        markers.append(marker)
        notes.append(make_line(f"{number}. A source of it.", page=2, y=y))
        links.append(Link((Rect(0, 0, 1, 1),), target_page=2, target_x=72.0, target_y=y + rise))
    lines = [*markers, *notes]
    return Evidence(lines, {1: links}), lines


def weights(*rises: float) -> list[float]:
    evidence, lines = linked(*rises)
    half = len(lines) // 2
    return [evidence.link_weight(find_starts(i, lines[i])[0]) for i in range(half, len(lines))]


def test_links_that_land_on_their_notes_speak_for_them() -> None:
    assert weights(10.0, 8.0, 12.0) == [2.0, 2.0, 2.0]


def test_links_that_all_miss_by_the_same_height_do_too() -> None:
    assert weights(39.0, 39.2, 38.9) == [2.0, 2.0, 2.0]


@pytest.mark.parametrize("rises", [(39.0, -52.0, 71.0), (300.0, 300.0, 300.0)])
def test_links_that_lead_anywhere_do_not(rises: tuple[float, ...]) -> None:
    assert weights(*rises) == [0.0, 0.0, 0.0]


def test_a_marker_alone_on_its_line_is_one() -> None:
    lines = [make_line("the means to access it."), make_line("7", y=690.4, size=7.0), make_line("8", y=600.0, size=7.0)]
    assert [(m.label.text, m.line) for m in Evidence(lines, {}).markers] == [("7", 1)]


@pytest.mark.parametrize(
    ("words", "target_page", "weight"),
    [((0, 2), 1, 1.5), ((0, 1), 2, 1.5), ((0, 1), 5, 0.0), ((0, 14), 1, 0.0)],
)
def test_a_label_that_links_back_speaks_for_its_note(words: tuple[int, int], target_page: int, weight: float) -> None:
    line = make_line("2 Introduction", page=2)
    line.links = (LinkSpan(*words, 0),)
    evidence = Evidence([line], {2: [Link((Rect(0, 0, 1, 1),), target_page=target_page)]})
    assert evidence.link_weight(find_starts(0, line)[0]) == weight


@pytest.mark.parametrize(
    ("raised", "target_page", "elsewhere"),
    [(((8, 11),), 3, False), ((), 3, True), ((), 2, False), ((), None, False)],
)
def test_a_marker_made_by_its_link_leads_to_its_note(
    raised: tuple[tuple[int, int], ...], target_page: int | None, elsewhere: bool
) -> None:
    marker, note = make_line("A claim [7].", raised=raised), make_line("[7] A source.", page=2)
    marker.links = (LinkSpan(8, 11, 0),)
    evidence = Evidence([marker, note], {1: [Link((Rect(0, 0, 1, 1),), target_page=target_page)]})
    assert evidence.leads_elsewhere(evidence.markers[0], find_starts(1, note)[0]) is elsewhere


def test_a_small_marker_alone_on_its_line_needs_no_link() -> None:
    lines = [make_line("A claim"), make_line("7", y=690.4, size=7.0), make_line("7 A source.", page=2)]
    lines[1].links = (LinkSpan(0, 1, 0),)
    evidence = Evidence(lines, {1: [Link((Rect(0, 0, 1, 1),), target_page=3)]})
    assert [evidence.leads_elsewhere(m, find_starts(2, lines[2])[0]) for m in evidence.markers] == [False]


def test_a_tagged_note_speaks_for_the_line_on_which_it_begins() -> None:
    lines = [make_line(f"{number}. A source of it.", y=700.0 - 12 * number) for number in range(1, 6)]
    for line, note in zip(lines, (0, -1, 1, 1, 2), strict=True):
        line.note = note
    evidence = Evidence(lines, {})
    weighed = [evidence.structure_weight(find_starts(at, line)[0]) for at, line in enumerate(lines)]
    assert weighed == [0.0, 0.0, 2.0, 0.0, 2.0]
