import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.checker.verdict.trees import Tree, forest_of


def asked(tree: Tree, features: list[float]) -> float:
    """A tree's answer, question by question."""
    while isinstance(tree, tuple):
        feature, bound, below, above = tree
        tree = below if features[feature] <= bound else above
    return tree


BOUNDS = st.sampled_from([-1.0, 0.0, 0.25, 0.5, 1.0])
TREES = st.recursive(
    st.floats(-1, 1, width=16), lambda parts: st.tuples(st.integers(0, 2), BOUNDS, parts, parts), max_leaves=8
)


@given(st.lists(TREES, min_size=1, max_size=5), st.lists(BOUNDS | st.floats(-2, 2), min_size=3, max_size=3))
def test_all_trees_asked_at_once_answer_as_one_by_one(trees: list[Tree], features: list[float]) -> None:
    assert forest_of(0.5, trees).total(features) == pytest.approx(0.5 + sum(asked(tree, features) for tree in trees))


def test_a_tree_of_more_leaves_than_a_byte_has_bits_is_refused() -> None:
    tree: Tree = 1.0
    for _ in range(8):
        tree = (0, 0.5, 0.0, tree)
    with pytest.raises(ValueError, match="9 leaves"):
        forest_of(0.0, [tree])
