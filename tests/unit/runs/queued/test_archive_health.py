"""Jobs wait for a bucket that is away, and ask the web for nothing meanwhile."""

import threading

import pytest

from verifier.errors import ArchiveAwayError, ArchiveError
from verifier.runs.queued import archive_health
from verifier.runs.queued.archive_health import ArchiveHealth
from verifier.settings import Settings


class Objects:
    """Answers with what it is given, one by one."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = 0

    def size(self, name):
        self.asked += 1
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def health(tmp_path, monkeypatch):
    monkeypatch.setattr(archive_health, "_LOOK_AGAIN", 0.0)

    def make(*answers):
        made = ArchiveHealth(Settings(data=tmp_path))
        made._objects = Objects(*answers)
        return made

    return make


def never():
    return False


def test_nobody_asks_a_bucket_that_did_not_fail(health):
    here = health()
    assert here.wait(threading.Event(), never)
    assert here._objects.asked == 0


@pytest.mark.parametrize("answer", [None, 7, ArchiveError("access denied")], ids=["not there", "there", "refused"])
def test_a_job_begins_once_it_answers_again(health, answer):
    here = health(ArchiveAwayError("503"), ArchiveAwayError("refused"), answer)
    here.failed(ArchiveAwayError("503"))
    assert here.wait(threading.Event(), never)
    assert here._objects.asked == 3
    assert here.wait(threading.Event(), never)
    assert here._objects.asked == 3


def test_a_worker_that_is_to_end_begins_nothing(health):
    stopping = threading.Event()
    stopping.set()
    here = health(ArchiveAwayError("503"))
    here.failed(ArchiveAwayError("503"))
    assert not here.wait(stopping, never)


def test_a_night_whose_time_is_up_says_so_itself(health):
    here = health(ArchiveAwayError("503"))
    here.failed(ArchiveAwayError("503"))
    assert here.wait(threading.Event(), lambda: True)
