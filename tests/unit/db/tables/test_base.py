"""Columns mean the same on both back ends."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from db.tables.base import Member, UtcTime, storable, storable_time
from verifier.errors import StoreError
from verifier.model import LinkStatus

SQLITE, SERVER = sqlite.dialect(), postgresql.dialect()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("plain", "plain"),
        ("é ‖ 𝄞", "é ‖ 𝄞"),
        ("a\x00b", "a\ufffdb"),
        ("é\x00", "é\ufffd"),
        ("\ud800", "\ufffd"),
        ("a\udc00b", "a\ufffdb"),
        ("\ud834\udd1e", "𝄞"),
    ],
)
def test_text_loses_only_what_no_database_holds(text, kept):
    assert storable(text) == kept
    storable(text).encode()


@pytest.mark.parametrize("dialect", [SQLITE, SERVER])
def test_times_are_utc_in_and_out(dialect):
    noon_in_delhi = datetime(2026, 1, 5, 12, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    bound = UtcTime().process_bind_param(noon_in_delhi, dialect)
    assert bound == noon_in_delhi
    assert bound.utcoffset() == timedelta(0)
    naive = datetime(2026, 1, 5, 6, 30)
    assert UtcTime().process_result_value(naive, dialect) == noon_in_delhi
    assert UtcTime().process_result_value(noon_in_delhi, dialect).tzinfo is UTC


def test_a_time_without_a_zone_is_a_mistake():
    with pytest.raises(ValueError, match="no time zone"):
        UtcTime().process_bind_param(datetime(2026, 1, 5), SQLITE)


def test_a_time_beyond_the_calendar_is_none():
    assert storable_time(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1)))) is None
    assert storable_time(datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-2)))) is None
    assert storable_time(datetime(2026, 1, 5, tzinfo=UTC)) == datetime(2026, 1, 5, tzinfo=UTC)
    assert storable_time(None) is None


def test_a_word_of_a_newer_version_is_told():
    with pytest.raises(StoreError, match="upgrade this one"):
        Member(LinkStatus).process_result_value("haunted", SQLITE)


def test_only_members_are_stored():
    assert Member(LinkStatus).process_bind_param("ok", SQLITE) == "ok"
    with pytest.raises(ValueError, match="haunted"):
        Member(LinkStatus).process_bind_param("haunted", SQLITE)
