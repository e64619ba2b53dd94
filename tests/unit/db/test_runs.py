"""Runs are begun, resumed and finished."""

from dataclasses import fields

import pytest

from db.runs import coverage_of, sum_of_counts
from tests.support.stores import day
from verifier.errors import StoreError
from verifier.model import Coverage, RunState


def test_an_unfinished_run_of_the_same_inputs_is_resumed(store):
    begun = store.runs.begin("run", ["a.pdf", "b.pdf"], day(0))
    resumed = store.runs.begin("run", ["a.pdf", "b.pdf"], day(1))
    assert (resumed.id, resumed.started_at, resumed.inputs) == (begun.id, day(0), ("a.pdf", "b.pdf"))
    assert (begun.resumed, resumed.resumed) == (False, True)


@pytest.mark.parametrize(("kind", "inputs"), [("nightly", ["a.pdf"]), ("run", ["a.pdf", "b.pdf"]), ("run", [])])
def test_other_unfinished_runs_are_marked_incomplete(store, kind, inputs):
    left = store.runs.begin("run", ["a.pdf"], day(0))
    begun = store.runs.begin(kind, inputs, day(1))
    assert begun.id != left.id
    # Nobody resumes it any more.
    assert store.runs.begin("run", ["a.pdf"], day(2)).id not in (left.id, begun.id)


@pytest.mark.parametrize("state", [RunState.FINISHED, RunState.INCOMPLETE, RunState.NETWORK_DOWN])
def test_a_run_that_ended_is_never_resumed(store, state):
    begun = store.runs.begin("run", ["a.pdf"], day(0))
    store.runs.finish(begun.id, state, Coverage(), day(0.1))
    assert store.runs.begin("run", ["a.pdf"], day(1)).id != begun.id


def test_finishing_tells_state_coverage_and_time(store):
    begun = store.runs.begin("run", ["a.pdf"], day(0))
    finished = store.runs.finish(begun.id, RunState.FINISHED, Coverage(documents=2, figures=31), day(0.5))
    assert (finished.state, finished.coverage, finished.finished_at) == (
        RunState.FINISHED,
        Coverage(documents=2, figures=31),
        day(0.5),
    )
    assert store.runs.latest() == finished


def test_the_latest_run_is_the_one_begun_last(store):
    assert store.runs.latest() is None
    store.runs.finish(store.runs.begin("run", ["a.pdf"], day(0)).id, RunState.FINISHED, Coverage(), day(0))
    running = store.runs.begin("run", ["b.pdf"], day(1))
    assert store.runs.latest() == running


def test_finishing_no_run_is_an_error(store):
    with pytest.raises(StoreError, match="no run 77"):
        store.runs.finish(77, RunState.FINISHED, Coverage(), day(0))


def test_counts_of_other_versions_are_read_as_far_as_they_are_known():
    assert coverage_of({"figures": 3, "a_count_of_tomorrow": 5}) == Coverage(figures=3)
    assert sum_of_counts([{"figures": 3}, {"figures": 4, "a_count_of_tomorrow": 5}]) == Coverage(figures=7)


def test_every_count_survives(store):
    coverage = Coverage(*range(1, len(fields(Coverage)) + 1))
    run = store.runs.begin("run", [], day(0))
    assert store.runs.finish(run.id, RunState.FINISHED, coverage, day(0)).coverage == coverage
    assert store.runs.latest().coverage == coverage
