from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.support.parser_lines import make_line
from verifier.parser.labels import read_labels
from verifier.parser.notes.markers import NoteStart
from verifier.parser.notes.sequence import Candidate, Pair, best_chain, best_pairs


def chain(*candidates: tuple[str, int, float, bool]) -> list[tuple[str, int]]:
    """Label and page of the chain's members; candidates are label, page, weight, raised."""
    lines = [make_line(label, page=page) for label, page, _, _ in candidates]
    starts = [
        Candidate(NoteStart(i, page, read_labels(label)[0], 1, raised), weight)
        for i, (label, page, weight, raised) in enumerate(candidates)
    ]
    return [(start.label.text, start.page) for start in best_chain(starts, lines, restart=0.3, absence=0.0)]


def test_a_line_that_begins_with_a_figure_is_no_note() -> None:
    found = chain(("8", 1, 1.0, True), ("2019", 1, -1.1, False), ("9", 1, 1.0, True), ("18", 1, -1.1, False))
    assert found == [("8", 1), ("9", 1)]


def test_numbering_may_begin_again_on_a_later_page_only() -> None:
    assert chain(("1", 1, 1.0, True), ("2", 1, 1.0, True), ("1", 2, 1.0, True)) == [("1", 1), ("2", 1), ("1", 2)]
    assert chain(("1", 1, 1.0, True), ("2", 1, 1.0, True), ("1", 1, 0.2, True)) == [("1", 1), ("2", 1)]


def test_symbols_begin_again_one_longer() -> None:
    six = [(symbol, 1, 1.0, True) for symbol in "*†‡§¶‖"]
    twelve = [*six, *((2 * symbol, 1, 1.0, True) for symbol, *_ in six[:5]), ("***", 1, 1.0, True)]
    assert [label for label, _ in chain(*twelve)][-3:] == ["§§", "¶¶", "***"]
    four = [*six[:4], ("**", 1, 1.0, True)]
    assert [label for label, _ in chain(*four)] == ["*", "†", "‡", "§", "**"]


def test_a_symbol_two_places_on_is_no_note() -> None:
    assert chain(("*", 1, 1.0, True), ("†", 1, 1.0, True), ("§", 1, 0.2, True)) == [("*", 1), ("†", 1)]


def test_a_look_alike_with_the_right_number_loses_to_the_raised_label() -> None:
    assert chain(("1", 1, 1.0, True), ("2", 1, -0.8, False), ("2", 1, 1.0, True), ("3", 1, 1.0, True)) == [
        ("1", 1),
        ("2", 1),
        ("3", 1),
    ]


def test_the_notes_of_a_page_between_may_be_missing() -> None:
    first = [(str(n), 1, 1.0, True) for n in (1, 2, 3, 4)]
    later = [(str(n), 3, 1.0, True) for n in (11, 12, 13, 14)]
    assert [label for label, _ in chain(*first, *later)] == ["1", "2", "3", "4", "11", "12", "13", "14"]
    beside = [(label, 2, weight, raised) for label, _, weight, raised in later]
    assert len(chain(*first, *beside)) == 4


def test_nothing_is_found_in_doubtful_candidates() -> None:
    assert chain(("12", 1, -1.1, False), ("1998", 2, -1.1, False)) == []
    assert chain() == []


def weigh(pairs: list[Pair]) -> float:
    return sum(pair.weight for pair in pairs)


def rises(pairs: tuple[Pair, ...]) -> bool:
    return all(a.marker < b.marker and a.note < b.note for a, b in pairwise(pairs))


@given(
    st.lists(
        st.builds(Pair, st.integers(0, 6), st.integers(0, 6), st.sampled_from([0.5, 1.0, 2.0])),
        max_size=9,
        unique_by=lambda pair: (pair.marker, pair.note),
    )
)
def test_best_pairs_is_the_heaviest_rising_set(pairs: list[Pair]) -> None:
    found = best_pairs(pairs)
    assert rises(tuple(found))
    ordered = sorted(pairs, key=lambda pair: (pair.marker, pair.note))
    best = max(
        (weigh(list(some)) for size in range(len(ordered) + 1) for some in combinations(ordered, size) if rises(some)),
        default=0.0,
    )
    assert weigh(found) == best


def test_a_power_loses_to_the_marker_of_the_same_number() -> None:
    power, marker = Pair(marker=3, note=24, weight=0.4), Pair(marker=7, note=24, weight=2.0)
    assert best_pairs([power, marker]) == [marker]
