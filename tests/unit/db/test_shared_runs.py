"""A shared run from phase to phase: moved on once, its lost jobs put in anew, its notes kept."""

import pytest

from db.queue_jobs import CLOSE_RUN, PLAN_RUN
from tests.support.shared_stores import shared
from tests.support.stores import T0, day
from verifier.errors import LeaseLostError
from verifier.model import RunNote, RunNoteKind, RunPhase

__all__ = ["shared"]

pytestmark = pytest.mark.postgresql


def tasks(shared):
    return [name for (name,) in shared.ask("SELECT task_name FROM {queue}.procrastinate_jobs ORDER BY id")]


def state(shared):
    found = shared.store.shared_runs.state(shared.run_id)
    assert found is not None
    return found


def test_each_phase_is_left_once(shared):
    shared.share("http://a.test/1", phase=RunPhase.READING)
    runs = shared.store.shared_runs
    assert runs.begin_checking(shared.run_id, shared.jobs, day(1))
    assert not runs.begin_checking(shared.run_id, shared.jobs, day(2))
    shared.ask("UPDATE run_shard SET is_open = false")
    assert (state(shared).phase, state(shared).planned_at) == (RunPhase.CHECKING, day(1))
    documents = runs.documents(shared.run_id)
    assert runs.begin_comparing(shared.run_id, documents, "basis", 7, shared.jobs)
    assert not runs.begin_comparing(shared.run_id, documents, "another", 8, shared.jobs)
    assert (state(shared).basis, state(shared).last_fetch) == ("basis", 7)
    runs.was_compared(shared.run_id, documents[0])
    assert runs.begin_closing(shared.run_id, RunPhase.COMPARING, shared.jobs)
    assert not runs.begin_closing(shared.run_id, RunPhase.COMPARING, shared.jobs)
    assert runs.end(shared.run_id)
    assert not runs.end(shared.run_id)
    assert runs.under_way() is None
    assert tasks(shared) == ["check_shard", "compare_document", "close_run"]


def test_a_phase_is_not_left_while_anything_of_it_waits(shared):
    # A worker that died may have asked for the next phase already, and its job comes when that has begun.
    shared.share("http://a.test/1", phase=RunPhase.READING)
    runs = shared.store.shared_runs
    shared.ask("UPDATE shared_run_document SET awaits_reading = true")
    assert not runs.begin_checking(shared.run_id, shared.jobs, day(1))
    shared.ask("UPDATE shared_run_document SET awaits_reading = false")
    assert runs.begin_checking(shared.run_id, shared.jobs, day(1))
    assert not runs.begin_comparing(shared.run_id, [], "basis", 0, shared.jobs), "its shard is open"
    shared.ask("UPDATE run_shard SET is_open = false")
    assert runs.begin_comparing(shared.run_id, runs.documents(shared.run_id), "basis", 0, shared.jobs)
    assert not runs.begin_closing(shared.run_id, RunPhase.COMPARING, shared.jobs), "a document waits"
    runs.was_compared(shared.run_id, runs.documents(shared.run_id)[0])
    assert runs.begin_closing(shared.run_id, RunPhase.COMPARING, shared.jobs)


def test_ending_a_run_lets_others_in(shared):
    shared.share("http://a.test/1", phase=RunPhase.CLOSING)
    lease = shared.store.lease.acquire("the night", 600)
    shared.ask("UPDATE shared_run SET phase = 'closing'")
    shared.store.lease.hand_over(lease, shared.run_id, 600)
    assert shared.store.shared_runs.end(shared.run_id)
    shared.store.lease.acquire("another", 600)


def test_lost_jobs_are_put_in_anew(shared):
    shared.share("http://a.test/1")
    runs = shared.store.shared_runs
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    assert runs.refill(state(shared), shared.jobs, "9") == 0, "nothing is lost"
    shared.ask("DELETE FROM {queue}.procrastinate_jobs")
    assert runs.refill(state(shared), shared.jobs, "9", reaped=1) == 1
    assert shared.ask("SELECT reaped FROM shared_run") == [(1,)]
    shared.ask("UPDATE shared_run SET phase = 'comparing'")
    shared.ask("UPDATE shared_run_document SET awaits_comparison = true")
    assert runs.refill(state(shared), shared.jobs, "9") == 1
    assert runs.refill(state(shared), shared.jobs, "9") == 0
    shared.ask("UPDATE shared_run SET phase = 'reading'")
    shared.ask("UPDATE shared_run_document SET awaits_reading = true")
    assert runs.refill(state(shared), shared.jobs, "9") == 1
    assert runs.refill(state(shared), shared.jobs, "9", reaped=2) == 0
    assert tasks(shared) == ["check_shard", "compare_document", "read_document"]


def test_what_is_next_is_put_in_once_nothing_waits(shared):
    shared.share("http://a.test/1")
    runs = shared.store.shared_runs
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    runs.move_on(state(shared), shared.jobs)
    assert PLAN_RUN not in tasks(shared)
    shared.ask("UPDATE run_shard SET is_open = false")
    runs.move_on(state(shared), shared.jobs)
    runs.move_on(state(shared), shared.jobs)
    assert tasks(shared).count(PLAN_RUN) == 1
    shared.ask("UPDATE shared_run SET phase = 'closing'")
    runs.move_on(state(shared), shared.jobs)
    runs.move_on(state(shared), shared.jobs)
    assert tasks(shared).count(CLOSE_RUN) == 1
    shared.ask("UPDATE shared_run SET phase = 'ended'")
    runs.move_on(state(shared), shared.jobs)
    assert len(tasks(shared)) == 3


def test_nothing_is_kept_for_a_phase_that_was_left(shared):
    shared.share("http://a.test/1", phase=RunPhase.COMPARING)
    runs = shared.store.shared_runs
    with runs.fence(shared.run_id, RunPhase.COMPARING):
        runs.was_compared(shared.run_id, 1)
        shared.ask("UPDATE shared_run SET phase = 'closing'")
        with pytest.raises(LeaseLostError, match="not comparing any more"):
            runs.was_compared(shared.run_id, 1, [RunNote(RunNoteKind.NOTE, "late")])
    assert runs.notes(shared.run_id) == []


def test_a_run_whose_time_is_up_waits_for_nothing(shared):
    shared.share("http://a.test/1", phase=RunPhase.READING)
    shared.ask("UPDATE shared_run_document SET awaits_reading = true")
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    assert shared.store.shared_runs.give_up(shared.run_id, shared.jobs) == (1, 0)
    assert shared.ask("SELECT is_open FROM run_shard") == [(False,)]
    assert shared.store.shared_runs.waiting(shared.run_id) == (0, 0)


def test_a_shard_at_work_closes_by_itself_when_the_time_is_up(shared):
    shared.share("http://a.test/1")
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    shared.ask("UPDATE {queue}.procrastinate_jobs SET status = 'doing'")
    shared.store.shared_runs.give_up(shared.run_id, shared.jobs)
    assert shared.ask("SELECT is_open FROM run_shard") == [(True,)]


def test_notes_are_told_once_and_in_order(shared):
    shared.share("http://a.test/1")
    runs = shared.store.shared_runs
    first, failed = RunNote(RunNoteKind.NOTE, "one"), RunNote(RunNoteKind.FAILED, "cannot be read", "paper.pdf")
    runs.add_notes(shared.run_id, [first, failed])
    runs.add_notes(shared.run_id, [first])
    assert runs.notes(shared.run_id) == [first, failed]


def test_a_run_taken_up_again_keeps_its_shards_and_forgets_those_of_others(shared):
    shared.share("http://a.test/1")
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    shared.store.shared_runs.begin(state(shared), [], [])
    assert shared.ask("SELECT count(*) FROM run_shard") == [(1,)]
    other = shared.store.runs.begin("run", ["x"], T0).id
    from dataclasses import replace

    shared.store.shared_runs.begin(replace(state(shared), run_id=other), [], [])
    assert shared.ask("SELECT count(*) FROM run_shard") == [(0,)]
