"""Jobs: followed line by line, and told when they die."""

import sys

import pytest

from tests.support.waiting import wait_until
from verifier.review.jobs import MOST_KEPT, Job, Jobs

ECHO = """
import json, sys
order = json.load(sys.stdin)
for line in order["lines"]:
    print(json.dumps(line), flush=True)
sys.exit(order.get("code", 0))
"""


def over(job: Job) -> Job:
    wait_until(lambda: job.is_over)
    return job


def settled(jobs: Jobs, job: Job) -> Job | None:
    """What the desk remembers of a job that is over: written by the thread that follows it."""
    wait_until(lambda: jobs.find(job.id).is_over)
    return jobs.find(job.id)


@pytest.fixture
def jobs(tmp_path):
    made = Jobs([sys.executable, "-c", ECHO], tmp_path)
    yield made
    made.stop()


def test_progress_is_followed_to_the_end(jobs):
    lines = [
        {"stage": "documents", "total": 2},
        {"step": "documents", "note": "a.pdf"},
        {"step": "documents"},
        {"step": "a stage nobody began"},
        {"done": {"said": ["well"]}},
    ]
    job = over(jobs.start({"lines": lines}, "Checking", "Ana", {"finding": "f"}))
    assert settled(jobs, job) == job
    assert [(stage.name, stage.done, stage.total) for stage in job.stages] == [("documents", 2, 2)]
    assert job.done == {"said": ["well"]}
    assert not job.failure


@pytest.mark.parametrize(
    ("lines", "code", "failure", "busy"),
    [
        ([{"failed": "It is damaged."}], 0, "It is damaged.", False),
        ([{"failed": "Another run.", "busy": True}], 0, "Another run.", True),
        ([], 0, "ended before it was done", False),
        ([{"stage": "documents", "total": 1}], 9, "exit code 9", False),
    ],
)
def test_a_failure_is_told(jobs, lines, code, failure, busy):
    job = over(jobs.start({"lines": lines, "code": code}, "Checking", "Ana", {}))
    assert failure in job.failure
    assert job.was_busy is busy


@pytest.mark.parametrize("line", ["what a library says", "", "{"])
def test_what_is_no_progress_fails_the_job_and_leaves_none_running(tmp_path, line):
    jobs = Jobs([sys.executable, "-S", "-c", f"print({line!r})"], tmp_path)
    assert over(jobs.start({}, "Checking", "Ana", {})).failure


def test_a_job_that_found_another_run_is_started_again_once(jobs):
    job = over(jobs.start({"lines": [{"failed": "Another run.", "busy": True}]}, "Checking", "Ana", {}))
    assert [jobs.may_start_again(job) for _ in range(2)] == [True, False]


def test_what_is_running_is_ended_with_the_desk(tmp_path):
    jobs = Jobs([sys.executable, "-c", "import time; time.sleep(600)"], tmp_path)
    job = jobs.start({}, "Checking", "Ana", {})
    jobs.stop()
    assert "ended before it was done" in over(job).failure


def test_only_the_last_are_remembered(tmp_path):
    jobs = Jobs([sys.executable, "-S", "-c", "pass"], tmp_path)
    started = [jobs.start({}, "Checking", "Ana", {}) for _ in range(MOST_KEPT + 1)]
    assert jobs.find(started[0].id) is None
    assert jobs.find(started[-1].id) == started[-1]
    jobs.stop()


def test_every_process_of_a_desk_finds_a_job_and_one_of_them_starts_it_again(jobs, tmp_path):
    other = Jobs(["false"], tmp_path)
    job = jobs.start({"lines": [{"failed": "Another run.", "busy": True}]}, "Checking", "Ana", {"finding": "f"})
    found = settled(other, job)
    assert (found.title, found.starter, found.leads_to, found.was_busy) == ("Checking", "Ana", {"finding": "f"}, True)
    assert [desk.may_start_again(found) for desk in (other, jobs)] == [True, False]
    assert not jobs.find(job.id).was_busy


@pytest.mark.parametrize("job_id", ["..", "../throttle", "a/b", "", "x" * 41, "a\0b", "none"])
def test_an_invented_number_is_no_job(jobs, job_id):
    assert jobs.find(job_id) is None
