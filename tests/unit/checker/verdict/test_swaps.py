from verifier.checker.align.candidates import align
from verifier.checker.align.index import read_source
from verifier.checker.verdict.swaps import NO_SWAP, gain_of_swap

SOURCE = "The north farm keeps 140 goats in the hills, whereas the south farm keeps 260 sheep on the plain."


def gains(claim: str) -> list[float]:
    """The gain for every figure of a claim."""
    alignments = align(read_source(claim), read_source(SOURCE))
    return [gain_of_swap(alignments, index) for index in range(len(alignments))]


def test_exchanged_figures_would_gain_and_right_ones_lose() -> None:
    exchanged = gains("The north farm keeps 260 goats in the hills, whereas the south farm keeps 140 sheep.")
    right = gains("The north farm keeps 140 goats in the hills, whereas the south farm keeps 260 sheep.")
    assert all(gain > 0 for gain in exchanged)
    assert all(gain < 0 for gain in right)


def test_a_lone_figure_or_one_of_another_unit_has_nothing_to_exchange_with() -> None:
    assert gains("The north farm keeps 140 goats.") == [NO_SWAP]
    assert gains("The north farm keeps 140 goats on 12 hectares.") == [NO_SWAP, NO_SWAP]
