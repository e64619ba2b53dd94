"""Of a run that ended somebody is told: by one at a time, and by another where that one died."""

import pytest

from tests.support.shared_stores import shared
from verifier.model import RunPhase

__all__ = ["shared"]

pytestmark = pytest.mark.postgresql


def test_a_run_is_to_be_told_of_from_its_end_on(shared):
    shared.share("http://a.test/1", phase=RunPhase.CLOSING)
    untold = shared.store.untold_runs
    assert untold.claim(60) is None
    shared.store.shared_runs.end(shared.run_id)
    assert untold.claim(60) == shared.run_id
    assert untold.claim(60) is None, "somebody is at it"
    untold.told(shared.run_id)
    shared.ask("UPDATE shared_run SET telling_until = now() - interval '1 second'")
    assert untold.claim(60) is None


def test_a_claim_lapses_with_whoever_died(shared):
    shared.share("http://a.test/1", phase=RunPhase.CLOSING)
    shared.store.shared_runs.end(shared.run_id)
    assert shared.store.untold_runs.claim(60) == shared.run_id
    shared.ask("UPDATE shared_run SET telling_until = now() - interval '1 second'")
    assert shared.store.untold_runs.claim(60) == shared.run_id


def test_a_run_that_another_took_over_is_not_told_of(shared):
    shared.share("http://a.test/1", phase=RunPhase.CHECKING)
    shared.store.lease.acquire("a local night", 60)
    assert shared.store.shared_runs.under_way() is None
    assert shared.store.untold_runs.claim(60) is None
