"""What the doctor says of a store that machines share: who holds it since when, and who reaches the web."""

from datetime import UTC, datetime

import pytest

from db.run_lease import LeaseState
from tests.support.shared_stores import shared
from verifier.admin.doctor import machine
from verifier.admin.doctor import shared as looks
from verifier.admin.doctor.result import CheckContext, Health
from verifier.model import RunPhase
from verifier.settings import Settings

__all__ = ["shared"]

pytestmark = pytest.mark.postgresql

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


@pytest.fixture
def look(shared, tmp_path):
    context = CheckContext(Settings(data=tmp_path, store=shared.url), NOW)

    def look(check):
        said = list(check(context))
        assert all(one.remedy for one in said if one.health is not Health.OK)
        return [(one.health, one.found) for one in said]

    return look


def test_a_free_store(shared, look):
    assert look(looks.lease) == [(Health.OK, "no run has been here")]
    lease = shared.store.lease.acquire("process 7 of press", 60)
    shared.store.lease.release(lease)
    assert look(looks.lease) == [(Health.OK, "free")]
    assert look(machine.run_lock) == [], "run.lock says nothing of it"


def test_a_process_that_holds_it_and_one_that_died(shared, look):
    shared.store.lease.acquire("process 7 of press", 60)
    shared.ask("UPDATE run_lease SET acquired_at = '2026-01-05 01:30+00'")
    ((health, found),) = look(looks.lease)
    assert health is Health.WARN
    assert found.startswith("process 7 of press, since 2026-01-05 01:30 UTC; renewed, holds for ")
    shared.ask("UPDATE run_lease SET expires_at = now() - interval '90 seconds'")
    ((health, found),) = look(looks.lease)
    assert health is Health.WARN
    assert "lapsed 90 s ago: it died" in found


def test_workers_that_hold_it_and_none_that_lives(shared, look):
    shared.share("http://a.test/1", phase=RunPhase.CHECKING)
    lease = shared.store.lease.acquire("the night", 60)
    shared.store.lease.hand_over(lease, shared.run_id, 60)
    assert f"workers of run {shared.run_id}, since " in look(looks.lease)[0][1]
    shared.ask("UPDATE run_lease SET expires_at = now() - interval '90 seconds'")
    ((health, found),) = look(looks.lease)
    assert health is Health.FAIL
    assert "no worker is alive" in found


def test_a_lease_of_an_earlier_version_has_no_beginning():
    assert looks._held(LeaseState("process 7 of press", None, None, 5.0)) == "process 7 of press"


def test_workers_without_web_and_a_run_without_workers(shared, look):
    shared.share("http://a.test/1", phase=RunPhase.CHECKING)
    ((health, found),) = look(looks.workers)
    assert (health, "no worker is alive" in found) == (Health.FAIL, True)
    shared.store.worker_networks.report("process 7 of press", offline=True)
    shared.store.worker_networks.report("process 8 of press", offline=False)
    (first, second) = look(looks.workers)
    assert first[0] is Health.FAIL
    assert "process 7 of press reaches no site since" in first[1]
    assert second == (Health.OK, "1 at work at the web")


def test_a_data_folder_of_ones_own_has_neither(tmp_path):
    context = CheckContext(Settings(data=tmp_path), NOW)
    assert list(looks.lease(context)) == list(looks.workers(context)) == []
