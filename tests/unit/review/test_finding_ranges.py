"""Numbers of findings as a form carries them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import BadRequest

from verifier.review.finding_ranges import FindingRanges, ranges_of


def test_ranges_are_short():
    assert ranges_of([3, 1, 2, 7, 7, 9, 10]) == "1-3,7,9-10"
    assert ranges_of([]) == ""
    assert len(ranges_of(range(50_000))) < 10


@given(st.sets(st.integers(0, 10**9)), st.sets(st.integers(0, 10**9)))
def test_what_was_written_is_what_is_within(chosen, others):
    ranges = FindingRanges(ranges_of(chosen))
    assert ranges.within(sorted(chosen | others)) == sorted(chosen)
    assert bool(ranges) == bool(chosen)
    assert ranges.count == len(chosen)


def test_a_range_is_never_counted_out():
    ranges = FindingRanges("0-999999999999999999")
    assert ranges.within([1, 5]) == [1, 5]


@pytest.mark.parametrize("words", ["x", "1,", ",1", "1-", "-1", "1--2", "٣", "1 2", "9" * 19, "1;2", "\x00"])
def test_what_is_no_list_is_refused(words):
    with pytest.raises(BadRequest):
        FindingRanges(words)
