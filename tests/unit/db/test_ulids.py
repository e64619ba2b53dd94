"""Ids of reviews sort as the reviews were made."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from db.ulids import ulid_after, ulid_block

moments = st.datetimes(datetime(1970, 1, 2), datetime(2400, 1, 1), timezones=st.just(UTC))


def test_the_first_ten_letters_are_the_time():
    # The specification's own example: 1469918176385 milliseconds are 01ARYZ6S41.
    assert ulid_after(None, datetime.fromtimestamp(1469918176.385, UTC))[:10] == "01ARYZ6S41"


@given(st.lists(moments, min_size=2, max_size=5))
def test_ids_sort_as_they_were_made_whatever_the_clock_says(times):
    ids: list[str] = []
    for now in times:
        ids.append(ulid_after(ids[-1] if ids else None, now))
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    assert {len(one) for one in ids} == {26}


def test_ids_of_one_millisecond_differ():
    now = datetime(2026, 1, 5, tzinfo=UTC)
    assert len({ulid_after(None, now) for _ in range(50)}) == 50


@given(moments, st.one_of(st.none(), moments))
def test_a_block_sorts_after_what_was_before_it(now, earlier):
    before = ulid_after(None, earlier) if earlier else None
    begin = ulid_block(before, now)
    ids = [begin + "000", begin + "001", begin + "ZZZ"]
    assert ids == sorted(ids)
    assert {len(one) for one in ids} == {26}
    assert before is None or ids[0] > before
    assert ulid_after(ids[-1], now) > ids[-1]
